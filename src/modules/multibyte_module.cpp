// SPDX-License-Identifier: MIT
// The module _multibyte: conversions of text/multibyte.h that stop at the first error. lib/_multibytecodec.py has the
// error handlers, the incremental codecs and the streams.
#include "runtime/binding.h"
#include "runtime/buffers.h"
#include "runtime/containers.h"
#include "runtime/text_views.h"
#include "text/multibyte.h"

namespace viperine {

namespace {

Result<void> open_codec(Thread& thread, MultibyteCodec& codec, Str* name) {
  const std::string_view text(reinterpret_cast<const char*>(name->data8()), static_cast<size_t>(name->length()));
  if (name->is_ascii() && codec.open(text)) return {};
  return thread.raise_value(ExceptionKind::LookupError, to_value(make_str(thread, "no such codec is supported.")));
}

Result<Value> answer(Thread& thread, Value result, const MultibyteStop& stop, uint64_t state) {
  const Value items[] = {result, Value::from_int(static_cast<int64_t>(stop.position)), Value::from_int(stop.error),
                         Value::from_int(static_cast<int64_t>(state))};
  return to_value(TRY(make_tuple(thread, std::span<const Value>(items))));
}

Result<Value> multibyte_decode(Thread& thread, Str* name, Value data, int64_t start, int64_t state) {
  MultibyteCodec codec;
  TRY(open_codec(thread, codec, name));
  BufferScope input(thread);
  TRY(input.acquire(data));
  uint64_t shifts = static_cast<uint64_t>(state);
  TextBuffer out;
  const MultibyteStop stop = codec.decode(input.span(), static_cast<size_t>(start), shifts, out);
  return answer(thread, to_value(TRY(make_text(thread, out))), stop, shifts);
}

Result<Value> multibyte_encode(Thread& thread, Str* name, Str* text, int64_t start, int64_t state, bool is_last) {
  MultibyteCodec codec;
  TRY(open_codec(thread, codec, name));
  uint64_t shifts = static_cast<uint64_t>(state);
  ByteBuffer out;
  const MultibyteStop stop = codec.encode(view_of(text), static_cast<size_t>(start), is_last, shifts, out);
  return answer(thread, to_value(TRY(make_bytes(thread, out))), stop, shifts);
}

Result<Value> multibyte_reset(Thread& thread, Str* name, int64_t state) {
  MultibyteCodec codec;
  TRY(open_codec(thread, codec, name));
  uint64_t shifts = static_cast<uint64_t>(state);
  ByteBuffer out;
  codec.reset(shifts, out);
  return answer(thread, to_value(TRY(make_bytes(thread, out))), MultibyteStop(), shifts);
}

Result<Value> multibyte_initial_state(Thread& thread, Str* name, bool decoding) {
  MultibyteCodec codec;
  TRY(open_codec(thread, codec, name));
  return Value::from_int(static_cast<int64_t>(codec.initial_state(decoding)));
}

constexpr NativeMethod kFunctions[] = {
    function<multibyte_decode>("decode($module, name, data, start, state, /)",
                               "The text, where it stopped, the error (0, the number of bytes, or -1), the state."),
    function<multibyte_encode>("encode($module, name, text, start, state, is_last, /)",
                               "The bytes, where it stopped, the error, the state."),
    function<multibyte_reset>("reset($module, name, state, /)", "As encode: what returns to the initial state."),
    function<multibyte_initial_state>("initial_state($module, name, decoding, /)"),
};

}  // namespace

extern const ModuleSpec kMultibyteModule;
constinit const ModuleSpec kMultibyteModule = {
    .name = "_multibyte", .functions = kFunctions, .doc = "Conversions beneath _multibytecodec."};

}  // namespace viperine
