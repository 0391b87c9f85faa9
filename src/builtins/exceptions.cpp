// SPDX-License-Identifier: MIT
// BaseException and what all exceptions share: args, state, notes, traceback, cause and context. The table of types is
// made here from exceptions.def; those with rules of their own are in exceptions_os.cpp, exceptions_text.cpp and
// exception_groups.cpp.
#include "builtins/exceptions.h"

#include "builtins/builtin_types.h"
#include "runtime/operators.h"

namespace viperine {

// --- creation

Result<Value> exception_new(Thread& thread, Type* type, const Arguments& arguments) {
  auto* exception = make_instance<ExceptionObject>(thread, type);
  exception->args_.initialize(thread.runtime().empty_tuple());
  exception->traceback_.initialize(Value::none());
  exception->context_.initialize(Value::none());
  exception->cause_.initialize(Value::none());
  exception->args_.set(exception, TRY(make_tuple(thread, arguments.positional())));
  return to_value(exception);
}

Result<void> exception_init(Thread& thread, Value self, const Arguments& arguments) {
  if (arguments.keyword_count() != 0)
    return thread.raise<TypeError>("{}() takes no keyword arguments", type_of(thread, self)->name());
  auto* exception = cast<ExceptionObject>(self);
  exception->args_.set(exception, TRY(make_tuple(thread, arguments.positional())));
  return {};
}

namespace {

// --- text

Result<Value> exception_str(Thread& thread, Value self) {
  Tuple* args = cast<ExceptionObject>(self)->args_.get();
  if (args->length() == 0) return to_value(thread.runtime().empty_str());
  if (args->length() == 1) return to_value(TRY(str(thread, args->at(0))));
  return to_value(TRY(str(thread, to_value(args))));
}

Result<Value> exception_repr(Thread& thread, Value self) {
  Tuple* args = cast<ExceptionObject>(self)->args_.get();
  Str* name = type_of(thread, self)->name();
  if (args->length() == 1) return to_value(format_text(thread, "{}({})", name, TRY(repr(thread, args->at(0)))));
  return to_value(format_text(thread, "{}{}", name, TRY(repr(thread, to_value(args)))));
}

// --- attributes

Value exception_args(Thread&, ExceptionObject* self) { return to_value(self->args_.get()); }
Result<void> set_exception_args(Thread& thread, ExceptionObject* self, Value value) {
  if (value.is_absent()) return thread.raise<TypeError>("args may not be deleted");
  self->args_.set(self, TRY(tuple_from_iterable(thread, value)));
  return {};
}

Value exception_traceback(Thread&, ExceptionObject* self) { return self->traceback_.get(); }
Result<void> set_exception_traceback(Thread& thread, ExceptionObject* self, Value value) {
  if (value.is_absent()) return thread.raise<TypeError>("__traceback__ may not be deleted");
  if (!value.is_none() && !is<Traceback>(value))
    return thread.raise<TypeError>("__traceback__ must be a traceback or None");
  self->traceback_.set(self, value);
  return {};
}

Value exception_context(Thread&, ExceptionObject* self) { return self->context_.get(); }
Result<void> set_exception_context(Thread& thread, ExceptionObject* self, Value value) {
  if (value.is_absent()) return thread.raise<TypeError>("__context__ may not be deleted");
  if (!value.is_none() && !is<ExceptionObject>(value))
    return thread.raise<TypeError>("exception context must be None or derive from BaseException");
  self->context_.set(self, value);
  return {};
}

Value exception_cause(Thread&, ExceptionObject* self) { return self->cause_.get(); }
Result<void> set_exception_cause(Thread& thread, ExceptionObject* self, Value value) {
  if (value.is_absent()) return thread.raise<TypeError>("__cause__ may not be deleted");
  if (!value.is_none() && !is<ExceptionObject>(value))
    return thread.raise<TypeError>("exception cause must be None or derive from BaseException");
  self->cause_.set(self, value);
  self->suppress_context_ = 1;
  return {};
}

Value exception_suppress_context(Thread&, ExceptionObject* self) {
  return Value::from_bool(self->suppress_context_ != 0);
}
Result<void> set_exception_suppress_context(Thread& thread, ExceptionObject* self, Value value) {
  if (value.is_absent()) return thread.raise<TypeError>("can't delete numeric/char attribute");
  if (!value.is_bool()) return thread.raise<TypeError>("attribute value type must be bool");
  self->suppress_context_ = value.is_true() ? 1 : 0;
  return {};
}

Result<Value> exception_dict(Thread& thread, Value self) {
  return to_value(TRY(instance_dict(thread, self.as_object())));
}
Result<void> set_exception_dict(Thread& thread, Value self, Value value) {
  if (value.is_absent()) return thread.raise<TypeError>("cannot delete __dict__");
  if (!is<Dict>(value))
    return thread.raise<TypeError>("__dict__ must be set to a dictionary, not a '{}'", type_name_of(value));
  return replace_instance_dict(thread, self.as_object(), cast<Dict>(value));
}

// --- methods

Result<Value> exception_with_traceback(Thread& thread, ExceptionObject* self, Value traceback) {
  TRY(set_exception_traceback(thread, self, traceback));
  return to_value(self);
}

Result<void> exception_add_note(Thread& thread, Value self, Value note) {
  if (!is_str(note)) return thread.raise<TypeError>("note must be a str, not '{}'", type_name_of(note));
  Str* name = thread.names().__notes__;
  Optional<Value> notes = TRY(find_attribute(thread, self, name));
  if (!notes) {
    notes = to_value(List::make(thread.heap()));
    TRY(set_attribute(thread, self, name, *notes));
  }
  if (!is<List>(*notes)) return thread.raise<TypeError>("Cannot add note: __notes__ is not a list");
  return list_append_value(thread, cast<List>(*notes), note);
}

Result<Value> exception_reduce(Thread& thread, ExceptionObject* self) {
  Value type = to_value(type_of(thread, to_value(self)));
  Dict* dict = TRY(copy_instance_dict(thread, self));
  if (dict->length() == 0) return make_pair(thread, type, to_value(self->args_.get()));
  return to_value(Tuple::of(thread.heap(), type, to_value(self->args_.get()), to_value(dict)));
}

Result<void> exception_setstate(Thread& thread, Value self, Value state) {
  if (state.is_none()) return {};
  if (!is<Dict>(state)) return thread.raise<TypeError>("state is not a dictionary");
  Dict* dict = cast<Dict>(state);
  for (int64_t entry = dict->next_entry(0); entry >= 0; entry = dict->next_entry(entry + 1)) {
    Value key = dict->table()->key(static_cast<uint32_t>(entry));
    Str* name = try_str(thread, key);
    if (name == nullptr) return thread.raise<TypeError>("attribute name must be string, not '{}'", type_name_of(key));
    TRY(set_attribute(thread, self, name, dict->table()->value(static_cast<uint32_t>(entry))));
  }
  return {};
}

constexpr NativeMethod kMethods[] = {
    method<exception_with_traceback>(
        "with_traceback($self, object, /)",
        "Exception.with_traceback(tb) --\n    set self.__traceback__ to tb and return self."),
    method<exception_add_note>("add_note($self, object, /)",
                               "Exception.add_note(note) --\n    add a note to the exception"),
    method<exception_reduce>("__reduce__($self, /)"),
    method<exception_setstate>("__setstate__($self, state, /)"),
};

constexpr NativeAttribute kAttributes[] = {
    attribute<exception_args, set_exception_args>("args"),
    attribute<exception_traceback, set_exception_traceback>("__traceback__"),
    attribute<exception_context, set_exception_context>("__context__", "exception context"),
    attribute<exception_cause, set_exception_cause>("__cause__", "exception cause"),
    attribute<exception_suppress_context, set_exception_suppress_context>("=__suppress_context__"),
    attribute<exception_dict, set_exception_dict>("__dict__"),
};

// --- small exceptions with rules of their own

Result<void> system_exit_init(Thread& thread, Value self, const Arguments& arguments) {
  TRY(exception_init(thread, self, arguments));
  if (arguments.count == 0) return {};
  Value code = arguments.count == 1 ? arguments[0] : to_value(cast<ExceptionObject>(self)->args_.get());
  set_exception_member(thread, self.as_object(), thread.names().code, code);
  return {};
}

Result<void> stop_iteration_init(Thread& thread, Value self, const Arguments& arguments) {
  TRY(exception_init(thread, self, arguments));
  Value value = arguments.count > 0 ? arguments[0] : Value::none();
  set_exception_member(thread, self.as_object(), thread.names().value, value);
  return {};
}

Result<Value> key_error_str(Thread& thread, Value self) {
  Tuple* args = cast<ExceptionObject>(self)->args_.get();
  if (args->length() == 1) return to_value(TRY(repr(thread, args->at(0))));
  return exception_str(thread, self);
}

/// NameError(*args, name=None) and AttributeError(*args, name=None, obj=None).
Result<void> init_with_keywords(Thread& thread, Value self, const Arguments& arguments, std::string_view type_name,
                                std::initializer_list<std::string_view> allowed) {
  auto* exception = cast<ExceptionObject>(self);
  exception->args_.set(exception, TRY(make_tuple(thread, arguments.positional())));
  for (std::string_view name : allowed) set_exception_member(thread, exception, intern(thread, name), Value::unbound());
  for (uint32_t i = 0; i < arguments.keyword_count(); ++i) {
    Str* key = as_str(thread, arguments.keywords->at(i));
    bool known = false;
    for (std::string_view name : allowed) known = known || key->equals(name);
    if (!known) return thread.raise<TypeError>("'{}' is an invalid keyword argument for {}()", key, type_name);
    set_exception_member(thread, exception, intern(thread, key), arguments.keyword_value(i));
  }
  return {};
}
Result<void> name_error_init(Thread& thread, Value self, const Arguments& arguments) {
  return init_with_keywords(thread, self, arguments, "NameError", {"name"});
}
Result<void> attribute_error_init(Thread& thread, Value self, const Arguments& arguments) {
  return init_with_keywords(thread, self, arguments, "AttributeError", {"name", "obj"});
}
Result<void> import_error_init(Thread& thread, Value self, const Arguments& arguments) {
  TRY(init_with_keywords(thread, self, arguments, "ImportError", {"name", "path"}));
  Value message = arguments.positional_count() == 1 ? arguments[0] : Value::unbound();
  set_exception_member(thread, self.as_object(), thread.names().msg, message);
  return {};
}
Result<Value> import_error_str(Thread& thread, Value self) {
  Value message = exception_member(thread, self.as_object(), thread.names().msg);
  if (is_exact<Str>(message)) return message;
  return exception_str(thread, self);
}
Result<Value> import_error_reduce(Thread& thread, ExceptionObject* self) {
  const Names& names = thread.names();
  Dict* state = TRY(copy_instance_dict(thread, self));
  for (Str* name : {names.name, names.path}) {
    Value value = exception_member(thread, self, name);
    if (!value.is_none()) TRY(dict_set_name(thread, state, name, value));
  }
  Value type = to_value(type_of(thread, to_value(self)));
  if (state->length() == 0) return make_pair(thread, type, to_value(self->args_.get()));
  return to_value(Tuple::of(thread.heap(), type, to_value(self->args_.get()), to_value(state)));
}
constexpr NativeMethod kImportErrorMethods[] = {method<import_error_reduce>("__reduce__($self, /)")};

// --- the types

/// Enters the type where C++ finds it and adds the members that the table names.
Result<void> ready(Thread& thread, Type* type, ExceptionKind kind, std::string_view members) {
  thread.runtime().exception_types_[static_cast<size_t>(kind)] = type;
  std::string_view names[8];
  size_t count = 0;
  while (!members.empty()) {
    size_t space = members.find(' ');
    names[count++] = members.substr(0, space);
    members = space == std::string_view::npos ? std::string_view() : members.substr(space + 1);
  }
  if (count == 0) return {};
  return add_members(thread, type, std::span<const std::string_view>(names, count), kMemberNoneWhenUnset);
}

constexpr const char* kMemberNames[] = {
#define EXCEPTION(name, base, slots, doc) slots,
#include "runtime/exceptions.def"
#undef EXCEPTION
};

template <ExceptionKind K>
Result<void> ready_as(Thread& thread, Type* type) {
  return ready(thread, type, K, kMemberNames[static_cast<size_t>(K)]);
}

/// What an exception class does in its own way; empty for most.
struct Special {
  InitSlot init = nullptr;
  NewSlot new_ = nullptr;
  UnarySlot str = nullptr;
  UnarySlot repr = nullptr;
  std::span<const NativeMethod> methods{};
  std::span<const NativeAttribute> attributes{};
};

constexpr Special special_of(ExceptionKind kind) {
  switch (kind) {
    case ExceptionKind::BaseException:
      return {&exception_init, &exception_new, &exception_str, &exception_repr, kMethods, kAttributes};
    case ExceptionKind::SystemExit: return {.init = &system_exit_init};
    case ExceptionKind::StopIteration: return {.init = &stop_iteration_init};
    case ExceptionKind::KeyError: return {.str = &key_error_str};
    case ExceptionKind::NameError: return {.init = &name_error_init};
    case ExceptionKind::AttributeError: return {.init = &attribute_error_init};
    case ExceptionKind::ImportError:
      return {.init = &import_error_init, .str = &import_error_str, .methods = kImportErrorMethods};
    case ExceptionKind::OSError:
      return {.init = &os_error_init, .new_ = &os_error_new, .str = &os_error_str, .methods = kOsErrorMethods};
    case ExceptionKind::BlockingIOError: return {.attributes = kBlockingErrorAttributes};
    case ExceptionKind::SyntaxError: return {.init = &syntax_error_init, .str = &syntax_error_str};
    case ExceptionKind::UnicodeDecodeError:
      return {
          .init = &unicode_decode_error_init, .str = &unicode_decode_error_str, .attributes = kUnicodeErrorAttributes};
    case ExceptionKind::UnicodeEncodeError:
      return {
          .init = &unicode_encode_error_init, .str = &unicode_encode_error_str, .attributes = kUnicodeErrorAttributes};
    case ExceptionKind::UnicodeTranslateError:
      return {.init = &unicode_translate_error_init,
              .str = &unicode_translate_error_str,
              .attributes = kUnicodeErrorAttributes};
    case ExceptionKind::BaseExceptionGroup:
      return {&exception_group_init,  &exception_group_new,     &exception_group_str, nullptr,
              kExceptionGroupMethods, kExceptionGroupAttributes};
    default: return {};
  }
}

constexpr TypeSlots slots_of(ExceptionKind kind) {
  Special special = special_of(kind);
  TypeSlots slots;
  slots.init = special.init;
  // Every exception class has a __new__ of its own name, so that cls.__new__ is found on the class itself.
  slots.new_ = special.new_;
  slots.str = special.str;
  slots.repr = special.repr;
  return slots;
}

}  // namespace

#define kobjectType kObjectType  // the base that the table calls object
#define EXCEPTION(exception, parent, slot_names, text)                                                   \
  const TypeSpec k##exception##Type = {                                                                  \
      .name = #exception,                                                                                \
      .kind = Kind::Exception,                                                                           \
      .base = Kind::Object,                                                                              \
      .flags = kTypeBase | kTypeHasDict | kTypeHasWeakrefs | kTypeSubclassOfException,                   \
      .layout = [] { return layout_of<ExceptionObject>("BaseException"); },                             \
      .slots = slots_of(ExceptionKind::exception),                                                       \
      .methods = special_of(ExceptionKind::exception).methods,                                           \
      .attributes = special_of(ExceptionKind::exception).attributes,                                     \
      .doc = text,                                                                                       \
      .ready = &ready_as<ExceptionKind::exception>,                                                      \
      .base_spec = ExceptionKind::exception == ExceptionKind::BaseException ? nullptr : &k##parent##Type};
#include "runtime/exceptions.def"
#undef EXCEPTION
#undef kobjectType

}  // namespace viperine
