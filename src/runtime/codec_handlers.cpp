// SPDX-License-Identifier: MIT
// Error handlers of codecs: exceptions made of CodecErrors, Python's handlers called for those that text/ does not
// know.
#include "runtime/attributes.h"
#include "runtime/codecs.h"
#include "runtime/operators.h"

namespace viperine {

namespace {

Result<ExceptionObject*> make_error(Thread& thread, ExceptionKind kind, const CodecError& error, Value object) {
  Value exception =
      TRY(call(thread, to_value(thread.runtime().exception_type(kind)), to_value(make_str(thread, error.encoding)),
               object, Value::from_int(static_cast<int64_t>(error.start)),
               Value::from_int(static_cast<int64_t>(error.end)), to_value(make_str(thread, error.reason))));
  return cast<ExceptionObject>(exception);
}

/// The exception of an earlier error of the same run, moved to this one.
Result<void> move_error(Thread& thread, Value exception, const CodecError& error) {
  TRY(set_attribute(thread, exception, thread.names().start, Value::from_int(static_cast<int64_t>(error.start))));
  TRY(set_attribute(thread, exception, thread.names().end, Value::from_int(static_cast<int64_t>(error.end))));
  return set_attribute(thread, exception, thread.names().reason, to_value(make_str(thread, error.reason)));
}

/// The position a handler answered, from the end when negative.
Result<size_t> answered_position(Thread& thread, Value value, size_t length) {
  int64_t position = TRY(to_c_int64(thread, value));
  int64_t actual = position < 0 ? position + static_cast<int64_t>(length) : position;
  if (actual < 0 || actual > static_cast<int64_t>(length))
    return thread.raise<IndexError>("position {} from error handler out of bounds", actual < 0 ? position : actual);
  return static_cast<size_t>(actual);
}

}  // namespace

ErrorPolicy policy_of(Str* errors) {
  if (errors == nullptr || errors->length() == 0) return ErrorPolicy::kStrict;
  return errors->is_ascii() ? parse_error_policy(errors->ascii()) : ErrorPolicy::kOther;
}

// --- decoding

DecodeHandler::DecodeHandler(Thread& thread, Value object, ByteView input, Str* errors)
    : thread_(thread), object_(object), input_(input), errors_(errors), policy_(policy_of(errors)) {}

Result<ExceptionObject*> DecodeHandler::exception(const CodecError& error) {
  if (!is<Bytes>(object_))
    object_ = to_value(TRY(try_make_bytes(thread_, input_.data(), static_cast<int64_t>(input_.size()))));
  if (exception_.is_absent())
    exception_ = to_value(TRY(make_error(thread_, ExceptionKind::UnicodeDecodeError, error, object_)));
  else TRY(move_error(thread_, exception_, error));
  return cast<ExceptionObject>(exception_);
}

bool DecodeHandler::call(void* context, DecodeRequest& request) {
  return !static_cast<DecodeHandler*>(context)->ask(request).is_raised();
}

Result<void> DecodeHandler::ask(DecodeRequest& request) {
  if (handler_.is_absent()) handler_ = TRY(lookup_error_handler(thread_, errors_));
  ExceptionObject* error = TRY(exception(request.error));
  Value answer = TRY(viperine::call(thread_, handler_, to_value(error)));
  if (!is<Tuple>(answer) || cast<Tuple>(answer)->length() != 2 || !is_str(cast<Tuple>(answer)->at(0)) ||
      !is_integer(cast<Tuple>(answer)->at(1)))
    return thread_.raise<TypeError>("decoding error handler must return (str, int) tuple");
  answer_ = answer;
  Value object = TRY(get_attribute(thread_, exception_, thread_.names().object));
  if (!is<Bytes>(object)) return thread_.raise<TypeError>("exception attribute object must be bytes");
  if (object != object_) {   // the handler put other input there
    object_ = object;
    input_ = cast<Bytes>(object)->span();
    request.input = input_;
  }
  request.resume = TRY(answered_position(thread_, cast<Tuple>(answer)->at(1), request.input.size()));
  request.replacement = view_of(as_str(thread_, cast<Tuple>(answer)->at(0)));
  return {};
}

Result<void> DecodeHandler::check(const CodecStatus& status) {
  if (status.ok) return {};
  if (status.raised) return Raised{};
  ExceptionObject* error = TRY(exception(status.error));
  return thread_.raise_object(error);
}

Result<Str*> DecodeHandler::finish(const CodecStatus& status, const TextBuffer& out) {
  TRY(check(status));
  return make_text(thread_, out);
}

// --- encoding

EncodeHandler::EncodeHandler(Thread& thread, Str* text, Str* errors)
    : thread_(thread), text_(text), errors_(errors), policy_(policy_of(errors)) {}

Result<ExceptionObject*> EncodeHandler::exception(const CodecError& error) {
  if (exception_.is_absent())
    exception_ = to_value(TRY(make_error(thread_, ExceptionKind::UnicodeEncodeError, error, to_value(text_))));
  else TRY(move_error(thread_, exception_, error));
  return cast<ExceptionObject>(exception_);
}

bool EncodeHandler::call(void* context, EncodeRequest& request) {
  return !static_cast<EncodeHandler*>(context)->ask(request).is_raised();
}

Result<void> EncodeHandler::ask(EncodeRequest& request) {
  if (handler_.is_absent()) handler_ = TRY(lookup_error_handler(thread_, errors_));
  ExceptionObject* error = TRY(exception(request.error));
  Value answer = TRY(viperine::call(thread_, handler_, to_value(error)));
  if (!is<Tuple>(answer) || cast<Tuple>(answer)->length() != 2 || !is_integer(cast<Tuple>(answer)->at(1)) ||
      (!is_str(cast<Tuple>(answer)->at(0)) && !is<Bytes>(cast<Tuple>(answer)->at(0))))
    return thread_.raise<TypeError>("encoding error handler must return (str/bytes, int) tuple");
  answer_ = answer;
  request.resume = TRY(answered_position(thread_, cast<Tuple>(answer)->at(1), request.input.length));
  Value replacement = cast<Tuple>(answer)->at(0);
  request.is_bytes = is<Bytes>(replacement);
  if (request.is_bytes) request.bytes = cast<Bytes>(replacement)->span();
  else request.text = view_of(as_str(thread_, replacement));
  return {};
}

Result<void> EncodeHandler::check(const CodecStatus& status) {
  if (status.ok) return {};
  if (status.raised) return Raised{};
  ExceptionObject* error = TRY(exception(status.error));
  return thread_.raise_object(error);
}

Result<Value> EncodeHandler::finish(const CodecStatus& status, const ByteBuffer& out) {
  TRY(check(status));
  return to_value(TRY(make_bytes(thread_, out)));
}

}  // namespace viperine
