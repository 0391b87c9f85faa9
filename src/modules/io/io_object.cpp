// SPDX-License-Identifier: MIT
// Helpers of all streams: errors, questions, signals, warnings.
#include "modules/io/io_object.h"

#include <cerrno>

#include "runtime/classes.h"
#include "runtime/import.h"
#include "runtime/poll.h"

namespace viperine {

Type* unsupported_operation(Thread& thread) {
  return cast<Type>(thread.runtime().type(Kind::IOBase)->extra_.get());
}

Raised raise_unsupported(Thread& thread, std::string_view text) {
  Value exception = TRY(call(thread, to_value(unsupported_operation(thread)), to_value(make_str(thread, text))));
  return thread.raise_object(cast<ExceptionObject>(exception));
}

Raised raise_blocking(Thread& thread, const char* text, int64_t written) {
  Value exception = TRY(call(thread, to_value(thread.runtime().exception_type<BlockingIOError>()),
                             Value::from_int(EAGAIN), to_value(make_str(thread, text)), Value::from_int(written)));
  return thread.raise_object(cast<ExceptionObject>(exception));
}

Raised raise_cannot_pickle(Thread& thread, Value self) {
  return thread.raise<TypeError>("cannot pickle '{}' object", TRY(full_type_name(thread, type_of(thread, self))));
}

Result<bool> is_closed(Thread& thread, Value stream) {
  return is_true(thread, TRY(get_attribute(thread, stream, thread.names().closed)));
}

Result<void> check_open(Thread& thread, Value stream) {
  if (TRY(is_closed(thread, stream))) return thread.raise<ValueError>("I/O operation on closed file.");
  return {};
}

Result<void> require_ability(Thread& thread, Value stream, Str* question, const char* text) {
  Value answer = TRY(call_method(thread, stream, question));
  if (!answer.is_true()) return raise_unsupported(thread, text);
  return {};
}

Result<void> check_signals(Thread& thread) {
  if ((thread.poll() & kPollSignal) == 0) return {};
  auto handler = thread.runtime().signal_handler_;
  if (handler == nullptr) return {};
  thread.poll_.fetch_and(~static_cast<uint32_t>(kPollSignal), std::memory_order_relaxed);
  if (!handler(thread)) return Raised{};
  return {};
}

bool take_interrupted(Thread& thread) {
  if (!thread.pending_is<OSError>()) return false;
  Value number = exception_member(thread, thread.pending(), thread.names().errno_);
  if (number != Value::from_int(EINTR)) return false;
  thread.clear_pending();
  return true;
}

Raised chain_errors(Thread& thread, ExceptionObject* earlier) {
  if (!thread.has_pending()) return thread.restore_pending(earlier);
  ExceptionObject* later = thread.pending();
  if (later != earlier && later->context_.get().is_none()) later->context_.set(later, to_value(earlier));
  return Raised{};
}

Result<int64_t> optional_size(Thread& thread, Value value, int64_t fallback) {
  if (value.is_absent() || value.is_none()) return fallback;
  if (!is_integer(value) && type_of(thread, value)->slots().to_index == nullptr)
    return thread.raise<TypeError>("argument should be integer or None, not '{}'", type_name_of(value));
  return to_index_int64(thread, value);
}

Result<int64_t> to_offset(Thread& thread, Value value) {
  if (value.is_int()) return value.as_int();
  return to_c_int64(thread, TRY(to_index(thread, value)));
}

Result<Value> view_of_buffer(Thread& thread, Buffer* buffer, int64_t start, int64_t length) {
  auto* array = make_exact<ByteArray>(thread, Kind::ByteArray);
  array->length_ = length;
  array->start_ = start;
  array->buffer_.initialize(buffer);
  Type* view = thread.runtime().type(Kind::MemoryView);
  return view == nullptr ? Result<Value>(to_value(array)) : call(thread, to_value(view), to_value(array));
}

void warn_unclosed(Thread& thread, Value source) {
  Value pending = thread.pending_;
  thread.pending_ = Value::absent();
  auto done = [&]() -> Result<void> {
    Value module = TRY(import_module(thread, "_warnings"));
    Value warn = TRY(get_attribute(thread, module, "warn"));
    Value text = to_value(format_text(thread, "unclosed file {}", TRY(repr(thread, source))));
    Value values[] = {text, to_value(thread.runtime().exception_type<ResourceWarning>()), Value::from_int(1), source};
    TRY(call(thread, warn, Arguments{values, 4, nullptr}));
    return {};
  }();
  if (done.is_raised()) report_unraisable(thread, source);
  thread.pending_ = pending;
}

Result<void> append_name(Thread& thread, StringBuilder& builder, Value stream) {
  auto name = find_attribute(thread, stream, thread.names().name);
  if (name.is_raised()) {
    // A stream without a name may say so with other errors, too.
    if (!thread.pending_is<ValueError>()) return Raised{};
    thread.clear_pending();
    return {};
  }
  if (!name.take()) return {};
  Str* text = TRY(repr(thread, *name.take()));
  builder.append(" name=");
  builder.append(text);
  return {};
}

}  // namespace viperine
