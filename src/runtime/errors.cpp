// SPDX-License-Identifier: MIT
// Raising: making exception objects, context chaining, errno. The exception classes themselves are in
// builtins/exceptions.cpp.
#include <cerrno>
#include <cstring>

#include "runtime/attributes.h"
#include "runtime/calls.h"
#include "runtime/strings.h"
#include "runtime/type_spec.h"

namespace viperine {

namespace {

ExceptionObject* make_exception(Thread& thread, Type* type, Tuple* args) {
  auto* exception = make_instance<ExceptionObject>(thread, type);
  exception->args_.initialize(args);
  exception->traceback_.initialize(Value::none());
  exception->context_.initialize(Value::none());
  exception->cause_.initialize(Value::none());
  return exception;
}

/// The exception being handled becomes the context, unless that would close a cycle.
void set_context(Thread& thread, ExceptionObject* exception) {
  Value handled = thread.handled();
  if (handled.is_none() || handled.as_object() == exception) return;
  // Break a chain that leads back to `exception` (Floyd's second pointer guards against cycles made by hand).
  auto* link = cast<ExceptionObject>(handled);
  auto* slow = link;
  bool move_slow = false;
  for (;;) {
    Value next = link->context_.get();
    if (!is<ExceptionObject>(next)) break;
    if (next.as_object() == exception) {
      link->context_.set(link, Value::none());
      break;
    }
    link = cast<ExceptionObject>(next);
    if (link == slow) break;
    if (move_slow) slow = cast<ExceptionObject>(slow->context_.get());
    move_slow = !move_slow;
  }
  exception->context_.set(exception, handled);
}

ExceptionKind kind_of_errno(int error_number) {
  switch (error_number) {
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

}  // namespace

Raised Thread::raise_object(ExceptionObject* exception) {
  set_context(*this, exception);
  pending_ = to_value(exception);
  return Raised{};
}

Raised Thread::raise_text(ExceptionKind kind, std::string_view format, const TextArgument* arguments, size_t count) {
  Str* text = format_text(*this, format, arguments, count);
  return raise_value(kind, to_value(text));
}

Raised Thread::raise_empty(ExceptionKind kind) {
  return raise_object(make_exception(*this, runtime().exception_type(kind), runtime().empty_tuple()));
}

Raised Thread::raise_value(ExceptionKind kind, Value argument) {
  auto* exception = make_exception(*this, runtime().exception_type(kind), Tuple::of(heap(), argument));
  if (kind == ExceptionKind::StopIteration) set_exception_member(*this, exception, names().value, argument);
  if (kind == ExceptionKind::SystemExit) set_exception_member(*this, exception, names().code, argument);
  if (kind == ExceptionKind::ImportError || kind == ExceptionKind::ModuleNotFoundError)
    set_exception_member(*this, exception, names().msg, argument);
  return raise_object(exception);
}

Raised Thread::raise_errno(int error_number, Value filename, Value filename2) {
  Type* type = runtime().exception_type(kind_of_errno(error_number));
  Value number = Value::from_int(error_number);
  Value text = to_value(make_str(*this, std::strerror(error_number)));
  auto* exception = make_exception(*this, type, Tuple::of(heap(), number, text));
  set_exception_member(*this, exception, names().errno_, number);
  set_exception_member(*this, exception, names().strerror, text);
  if (!filename.is_absent()) set_exception_member(*this, exception, names().filename, filename);
  if (!filename2.is_absent()) set_exception_member(*this, exception, names().filename2, filename2);
  return raise_object(exception);
}

Raised Thread::raise_memory_error() { return raise_empty(ExceptionKind::MemoryError); }

bool Thread::pending_is(ExceptionKind kind) const {
  return has_pending() && is_subtype(runtime().type_of(pending_), runtime().exception_type(kind));
}

bool Thread::recursion_failed(const char* where) {
  // A little room is left for handling the error itself.
  if (handling_recursion_error_) return false;
  handling_recursion_error_ = true;
  raise<RecursionError>("maximum recursion depth exceeded{}", where);
  handling_recursion_error_ = false;
  return true;
}

}  // namespace viperine
