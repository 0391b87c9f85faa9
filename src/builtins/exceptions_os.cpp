// SPDX-License-Identifier: MIT
// OSError: errno picks the subclass in __new__, filenames, text. PEP 3151.
#include <cerrno>

#include "builtins/exceptions.h"
#include "runtime/operators.h"

namespace viperine {

namespace {

ExceptionKind kind_of_errno(int64_t number) {
  switch (number) {
    case EAGAIN: case EALREADY: case EINPROGRESS: return ExceptionKind::BlockingIOError;
    case EPIPE: case ESHUTDOWN: return ExceptionKind::BrokenPipeError;
    case ECHILD: return ExceptionKind::ChildProcessError;
    case ECONNABORTED: return ExceptionKind::ConnectionAbortedError;
    case ECONNREFUSED: return ExceptionKind::ConnectionRefusedError;
    case ECONNRESET: return ExceptionKind::ConnectionResetError;
    case EEXIST: return ExceptionKind::FileExistsError;
    case ENOENT: return ExceptionKind::FileNotFoundError;
    case EISDIR: return ExceptionKind::IsADirectoryError;
    case ENOTDIR: return ExceptionKind::NotADirectoryError;
    case EINTR: return ExceptionKind::InterruptedError;
    case EACCES: case EPERM: return ExceptionKind::PermissionError;
    case ESRCH: return ExceptionKind::ProcessLookupError;
    case ETIMEDOUT: return ExceptionKind::TimeoutError;
    default: return ExceptionKind::OSError;
  }
}

/// A class with its own __init__ but not its own __new__ gets its arguments in __init__ only.
bool initializes_in_init(Type* type) {
  return type->slots().init != &os_error_init && type->slots().new_ == &os_error_new;
}

Result<void> fill(Thread& thread, ExceptionObject* self, std::span<const Value> values) {
  const Names& names = thread.names();
  size_t count = values.size();
  Tuple* args = TRY(make_tuple(thread, values));
  if (count >= 2 && count <= 5) {
    Value filename = count >= 3 ? values[2] : Value::none();
    bool is_blocking = type_of(thread, to_value(self)) == thread.runtime().exception_type<BlockingIOError>();
    if (!filename.is_none()) {
      bool is_number = is_blocking && type_of(thread, filename)->slots().to_index != nullptr;
      if (is_number) {
        Value written = make_int(thread.heap(), TRY(to_index_int64(thread, filename)));
        set_exception_member(thread, self, intern(thread, "characters_written"), written);
      } else {
        set_exception_member(thread, self, names.filename, filename);
        if (count == 5 && !values[4].is_none()) set_exception_member(thread, self, names.filename2, values[4]);
        // args stays (errno, strerror): what was there before filenames came.
        args = TRY(make_tuple(thread, values.first(2)));
      }
    }
    set_exception_member(thread, self, names.errno_, values[0]);
    set_exception_member(thread, self, names.strerror, values[1]);
  }
  self->args_.set(self, args);
  return {};
}

}  // namespace

Result<Value> os_error_new(Thread& thread, Type* type, const Arguments& arguments) {
  if (initializes_in_init(type)) return exception_new(thread, type, Arguments{nullptr, 0, nullptr});
  if (arguments.keyword_count() != 0) return thread.raise<TypeError>("{}() takes no keyword arguments", type->name());
  uint32_t count = arguments.count;
  if (count >= 2 && count <= 5 && type == thread.runtime().exception_type<OSError>() && arguments[0].is_int())
    type = thread.runtime().exception_type(kind_of_errno(arguments[0].as_int()));
  Value object = TRY(exception_new(thread, type, Arguments{nullptr, 0, nullptr}));
  TRY(fill(thread, cast<ExceptionObject>(object), arguments.positional()));
  return object;
}

Result<void> os_error_init(Thread& thread, Value self, const Arguments& arguments) {
  Type* type = type_of(thread, self);
  if (!initializes_in_init(type)) return {};
  if (arguments.keyword_count() != 0) return thread.raise<TypeError>("{}() takes no keyword arguments", type->name());
  return fill(thread, cast<ExceptionObject>(self), arguments.positional());
}

Result<Value> os_error_str(Thread& thread, Value self) {
  const Names& names = thread.names();
  HeapObject* object = self.as_object();
  Value number = exception_member(thread, object, names.errno_),
        text = exception_member(thread, object, names.strerror);
  Value first = exception_member(thread, object, names.filename),
        second = exception_member(thread, object, names.filename2);
  if (!first.is_none()) {
    Str* number_text = TRY(str(thread, number));
    Str* message = TRY(str(thread, text));
    Str* first_text = TRY(repr(thread, first));
    if (second.is_none()) return to_value(format_text(thread, "[Errno {}] {}: {}", number_text, message, first_text));
    return to_value(
        format_text(thread, "[Errno {}] {}: {} -> {}", number_text, message, first_text, TRY(repr(thread, second))));
  }
  if (!number.is_none() && !text.is_none()) {
    Str* number_text = TRY(str(thread, number));
    return to_value(format_text(thread, "[Errno {}] {}", number_text, TRY(str(thread, text))));
  }
  return thread.runtime().exception_type<BaseException>()->slots().str(thread, self);
}

Result<Value> os_error_reduce(Thread& thread, ExceptionObject* self) {
  const Names& names = thread.names();
  Tuple* args = self->args_.get();
  Value first = exception_member(thread, self, names.filename),
        second = exception_member(thread, self, names.filename2);
  if (args->length() == 2 && !first.is_none()) {
    args = second.is_none() ? Tuple::of(thread.heap(), args->at(0), args->at(1), first)
                            : Tuple::of(thread.heap(), args->at(0), args->at(1), first, Value::none(), second);
  }
  Value type = to_value(type_of(thread, to_value(self)));
  Dict* dict = TRY(copy_instance_dict(thread, self));
  if (dict->length() == 0) return make_pair(thread, type, to_value(args));
  return to_value(Tuple::of(thread.heap(), type, to_value(args), to_value(dict)));
}

Result<Value> blocking_error_written(Thread& thread, Value self) {
  Str* name = intern(thread, "characters_written");
  Value written = exception_member(thread, self.as_object(), name);
  if (written.is_none()) {
    thread.raise<AttributeError>("characters_written");
    return Raised{};
  }
  return written;
}
Result<void> set_blocking_error_written(Thread& thread, Value self, Value value) {
  Str* name = intern(thread, "characters_written");
  if (value.is_absent()) {
    TRY(blocking_error_written(thread, self));
    set_exception_member(thread, self.as_object(), name, Value::unbound());
    return {};
  }
  set_exception_member(thread, self.as_object(), name, make_int(thread.heap(), TRY(to_index_int64(thread, value))));
  return {};
}

}  // namespace viperine
