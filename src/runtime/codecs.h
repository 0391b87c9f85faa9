// SPDX-License-Identifier: MIT
// Codecs: str.encode and bytes.decode by name, the registry of search functions and error handlers, and the bridge
// between the pure codecs of text/ and Python's error handlers. Module _codecs shows all of it to Python. Invariant:
// names that text/ can do itself never reach the registry, so that nothing is imported for them.
#pragma once

#include "runtime/text_views.h"
#include "text/codecs.h"

namespace viperine {

/// text.encode(encoding, errors); empty names mean utf-8 and strict.
Result<Value> encode_text(Thread& thread, Str* text, Str* encoding, Str* errors);
/// str(object, encoding, errors) of a bytes-like object.
Result<Str*> decode_object(Thread& thread, Value object, Str* encoding, Str* errors);
/// The same when the bytes are at hand; `object` is what an exception shows.
Result<Str*> decode_data(Thread& thread, Value object, ByteView data, Str* encoding, Str* errors);

// --- the registry
Result<void> register_codec_search(Thread& thread, Value function);
void unregister_codec_search(Thread& thread, Value function);
/// The 4-tuple (CodecInfo) of an encoding; LookupError "unknown encoding: x".
Result<Tuple*> lookup_codec(Thread& thread, Str* encoding);
/// codecs.encode and decode: any codec.
Result<Value> encode_with_codec(Thread& thread, Value object, Str* encoding, Str* errors);
Result<Value> decode_with_codec(Thread& thread, Value object, Str* encoding, Str* errors);
Result<void> register_error_handler(Thread& thread, Str* name, Value handler);
/// LookupError "unknown error handler name 'x'".
Result<Value> lookup_error_handler(Thread& thread, Str* name);
/// What finds the built-in handlers ("strict" and so on) as Python objects; _codecs gives them.
void set_builtin_error_handler(Thread& thread, std::string_view name, Value handler);

/// The error handler of one decoding or encoding. Lives on the native stack, as it holds Values.
class DecodeHandler {
 public:
  /// `object` is the bytes-like object, or absent: then a bytes is made of the input when an exception needs it.
  DecodeHandler(Thread& thread, Value object, ByteView input, Str* errors);
  DecodeErrors errors() { return {policy_, &DecodeHandler::call, this}; }
  /// Raises what `status` says, or gives the text.
  Result<Str*> finish(const CodecStatus& status, const TextBuffer& out);
  Result<void> check(const CodecStatus& status);

 private:
  static bool call(void* context, DecodeRequest& request);
  Result<void> ask(DecodeRequest& request);
  Result<ExceptionObject*> exception(const CodecError& error);
  Thread& thread_;
  Value object_, handler_ = Value::absent(), exception_ = Value::absent(), answer_ = Value::absent();
  ByteView input_;
  Str* errors_;
  ErrorPolicy policy_;
};

class EncodeHandler {
 public:
  EncodeHandler(Thread& thread, Str* text, Str* errors);
  EncodeErrors errors() { return {policy_, &EncodeHandler::call, this}; }
  Result<void> check(const CodecStatus& status);
  Result<Value> finish(const CodecStatus& status, const ByteBuffer& out);

 private:
  static bool call(void* context, EncodeRequest& request);
  Result<void> ask(EncodeRequest& request);
  Result<ExceptionObject*> exception(const CodecError& error);
  Thread& thread_;
  Str* text_;
  Value handler_ = Value::absent(), exception_ = Value::absent(), answer_ = Value::absent();
  Str* errors_;
  ErrorPolicy policy_;
};

/// The policy for an `errors` argument that may be empty.
ErrorPolicy policy_of(Str* errors);

}  // namespace viperine
