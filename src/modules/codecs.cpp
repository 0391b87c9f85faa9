// SPDX-License-Identifier: MIT
// The module _codecs: the registry, every built-in codec as functions, and the built-in error handlers as objects.
// What they do is in runtime/codecs.h (registry, handlers) and text/codecs.h (conversion).
#include "runtime/codecs.h"

#include "runtime/attributes.h"
#include "runtime/binding.h"
#include "runtime/buffers.h"
#include "runtime/classes.h"
#include "runtime/containers.h"
#include "runtime/warnings.h"

namespace viperine {

namespace {

Result<Value> with_length(Thread& thread, Value result, int64_t consumed) {
  return make_pair(thread, result, Value::from_int(consumed));
}

Str* name_or_empty(Thread& thread, NoneOr<Str*> name) { return name ? name.get() : thread.runtime().empty_str(); }

// --- encoders

using EncodeFunction = CodecStatus (*)(const TextView&, const EncodeErrors&, ByteBuffer&);

Result<Value> encode_by(Thread& thread, Str* text, NoneOr<Str*> errors, EncodeFunction function) {
  EncodeHandler handler(thread, text, name_or_empty(thread, errors));
  ByteBuffer out;
  CodecStatus status = function(view_of(text), handler.errors(), out);
  return with_length(thread, TRY(handler.finish(status, out)), text->length());
}

template <EncodeFunction F>
Result<Value> encoder(Thread& thread, Str* text, NoneOr<Str*> errors) {
  return encode_by(thread, text, errors, F);
}

template <CodecStatus (*F)(const TextView&, const EncodeErrors&, ByteOrder, ByteBuffer&), ByteOrder kOrder>
CodecStatus ordered(const TextView& text, const EncodeErrors& errors, ByteBuffer& out) {
  return F(text, errors, kOrder, out);
}

template <void (*F)(const TextView&, ByteBuffer&)>
CodecStatus never_fails(const TextView& text, const EncodeErrors&, ByteBuffer& out) {
  F(text, out);
  return {};
}

template <CodecStatus (*F)(const TextView&, const EncodeErrors&, ByteOrder, ByteBuffer&)>
Result<Value> encoder_with_order(Thread& thread, Str* text, NoneOr<Str*> errors, int order) {
  if (order < 0) return encode_by(thread, text, errors, ordered<F, ByteOrder::kLittle>);
  if (order > 0) return encode_by(thread, text, errors, ordered<F, ByteOrder::kBig>);
  return encode_by(thread, text, errors, ordered<F, ByteOrder::kNative>);
}

// --- decoders

/// The input of a decoder: bytes-like, or for the escape codecs also a str (as UTF-8).
class Input {
 public:
  explicit Input(Thread& thread) : thread_(thread), buffer_(thread) {}
  Result<void> take(Value data, bool allow_text = false) {
    object_ = data;
    if (allow_text && is_str(data)) {
      Bytes* encoded = TRY(encode_utf8(thread_, as_str(thread_, data)));
      object_ = to_value(encoded);
      span_ = encoded->span();
      return {};
    }
    TRY(buffer_.acquire(data));
    span_ = buffer_.span();
    return {};
  }
  ByteView span() const { return span_; }
  Value object() const { return object_; }

 private:
  Thread& thread_;
  BufferScope buffer_;
  Value object_;
  ByteView span_;
};

template <typename Decode>
Result<Value> decode_by(Thread& thread, Value data, NoneOr<Str*> errors, Decode decode, bool allow_text = false) {
  Input input(thread);
  TRY(input.take(data, allow_text));
  DecodeHandler handler(thread, input.object(), input.span(), name_or_empty(thread, errors));
  TextBuffer out;
  CodecStatus status = decode(input.span(), handler.errors(), out);
  Str* text = TRY(handler.finish(status, out));
  return with_length(thread, to_value(text), static_cast<int64_t>(status.consumed));
}

Final final_of(bool final) { return final ? Final::kYes : Final::kNo; }

template <CodecStatus (*F)(ByteView, const DecodeErrors&, Final, TextBuffer&)>
Result<Value> decoder(Thread& thread, Value data, NoneOr<Str*> errors, bool final) {
  return decode_by(thread, data, errors, [&](ByteView input, const DecodeErrors& on_error, TextBuffer& out) {
    return F(input, on_error, final_of(final), out);
  });
}

using OrderedDecode = CodecStatus (*)(ByteView, const DecodeErrors&, Final, ByteOrder&, TextBuffer&);

template <OrderedDecode F, ByteOrder kOrder>
Result<Value> ordered_decoder(Thread& thread, Value data, NoneOr<Str*> errors, bool final) {
  return decode_by(thread, data, errors, [&](ByteView input, const DecodeErrors& on_error, TextBuffer& out) {
    ByteOrder order = kOrder;
    return F(input, on_error, final_of(final), order, out);
  });
}

/// (text, consumed, byte order found).
template <OrderedDecode F>
Result<Value> ex_decoder(Thread& thread, Value data, NoneOr<Str*> errors, int order_number, bool final) {
  ByteOrder order = order_number < 0 ? ByteOrder::kLittle : order_number > 0 ? ByteOrder::kBig : ByteOrder::kNative;
  Value pair = TRY(decode_by(thread, data, errors, [&](ByteView input, const DecodeErrors& on_error, TextBuffer& out) {
    return F(input, on_error, final_of(final), order, out);
  }));
  auto* items = cast<Tuple>(pair);
  return to_value(Tuple::of(thread.heap(), items->at(0), items->at(1), Value::from_int(static_cast<int>(order))));
}

Result<Value> latin_1_decode(Thread& thread, Value data, NoneOr<Str*>) {
  BufferScope buffer(thread);
  TRY(buffer.acquire(data));
  return with_length(thread, to_value(TRY(make_text(thread, view_of(buffer.span())))), buffer.length());
}

Result<Value> ascii_decode(Thread& thread, Value data, NoneOr<Str*> errors) {
  return decode_by(thread, data, errors, [](ByteView input, const DecodeErrors& on_error, TextBuffer& out) {
    return decode_ascii(input, on_error, out);
  });
}

/// DeprecationWarning for a backslash before a letter that means nothing.
Result<void> warn_escape(Thread& thread, ByteView input, size_t at) {
  if (at == kNoEscape || at >= input.size()) return {};
  uint8_t c = input[at];
  Str* text;
  if (c >= '4' && c <= '7') {
    char digits[4] = {static_cast<char>(c), 0, 0, 0};
    for (size_t i = 1; i < 3 && at + i < input.size(); ++i) digits[i] = static_cast<char>(input[at + i]);
    text = format_text(thread, "invalid octal escape sequence '\\{}'", static_cast<const char*>(digits));
  } else {
    text = format_text(thread, "invalid escape sequence '\\{}'", character(c));
  }
  Bytes* message = TRY(encode_utf8(thread, text));
  return warn(thread, thread.runtime().exception_type<DeprecationWarning>(), message->view());
}

Result<Value> unicode_escape_decode(Thread& thread, Value data, NoneOr<Str*> errors, bool final) {
  size_t invalid = kNoEscape;
  Value result = TRY(decode_by(
      thread, data, errors,
      [&](ByteView input, const DecodeErrors& on_error, TextBuffer& out) {
        return decode_unicode_escape(input, on_error, final_of(final), out, &invalid);
      },
      true));
  if (invalid == kNoEscape) return result;
  Input input(thread);
  TRY(input.take(data, true));
  TRY(warn_escape(thread, input.span(), invalid));
  return result;
}

Result<Value> raw_unicode_escape_decode(Thread& thread, Value data, NoneOr<Str*> errors, bool final) {
  return decode_by(
      thread, data, errors,
      [&](ByteView input, const DecodeErrors& on_error, TextBuffer& out) {
        return decode_raw_unicode_escape(input, on_error, final_of(final), out);
      },
      true);
}

Result<Value> escape_decode_(Thread& thread, Value data, NoneOr<Str*> errors) {
  Input input(thread);
  TRY(input.take(data, true));
  ByteBuffer out;
  size_t invalid = kNoEscape;
  CodecStatus status = escape_decode(input.span(), policy_of(name_or_empty(thread, errors)), out, &invalid);
  if (!status.ok) {
    std::string_view reason = status.error.reason;
    if (reason.find("position") != std::string_view::npos)
      return thread.raise<ValueError>("{} {}", reason, static_cast<int64_t>(status.error.start));
    if (reason.find("unknown") != std::string_view::npos)
      return thread.raise<ValueError>("{}: {}", reason, name_or_empty(thread, errors));
    return thread.raise<ValueError>("{}", reason);
  }
  TRY(warn_escape(thread, input.span(), invalid));
  return with_length(thread, to_value(TRY(make_bytes(thread, out))), static_cast<int64_t>(input.span().size()));
}

Result<Value> escape_encode_(Thread& thread, Value data, NoneOr<Str*>) {
  if (!is<Bytes>(data))
    return thread.raise<TypeError>("escape_encode() argument 1 must be bytes, not {}", type_name_of(data));
  ByteBuffer out;
  escape_encode(cast<Bytes>(data)->span(), out);
  return with_length(thread, to_value(TRY(make_bytes(thread, out))), cast<Bytes>(data)->length());
}

Result<Value> readbuffer_encode(Thread& thread, Value data, NoneOr<Str*>) {
  Input input(thread);
  TRY(input.take(data, true));
  auto size = static_cast<int64_t>(input.span().size());
  return with_length(thread, to_value(TRY(try_make_bytes(thread, input.span().data(), size))), size);
}

// --- charmap

struct MapContext {
  Thread& thread;
  Value mapping;
};

/// mapping[key]; absent for a LookupError.
Result<Optional<Value>> look_up(MapContext& context, int64_t key) {
  Thread& thread = context.thread;
  if (is_exact<Dict>(context.mapping)) return dict_find(thread, cast<Dict>(context.mapping), Value::from_int(key));
  Result<Value> found = get_item(thread, context.mapping, Value::from_int(key));
  if (!found.is_raised()) return Optional<Value>(found.take());
  if (!thread.pending_is<LookupError>()) return Raised{};
  thread.clear_pending();
  return Optional<Value>();
}

CharmapAnswer answer_of(Result<CharmapAnswer> result) {
  return result.is_raised() ? CharmapAnswer::kRaised : result.take();
}

Result<CharmapAnswer> decode_one(MapContext& context, uint8_t byte, TextBuffer& out) {
  Thread& thread = context.thread;
  Optional<Value> found = TRY(look_up(context, byte));
  if (!found || (*found).is_none()) return CharmapAnswer::kUndefined;
  if (is_integer(*found)) {
    int64_t code;
    if (!int_fits_int64(*found, &code) || code < 0 || code > 0x10FFFF)
      return thread.raise<TypeError>("character mapping must be in range(0x110000)");
    if (code == 0xFFFE) return CharmapAnswer::kUndefined;
    out.append(static_cast<char32_t>(code));
    return CharmapAnswer::kMapped;
  }
  if (!is_str(*found)) return thread.raise<TypeError>("character mapping must return integer, None or str");
  Str* text = as_str(thread, *found);
  if (text->length() == 1 && text->at(0) == 0xFFFE) return CharmapAnswer::kUndefined;
  out.append(view_of(text));
  return CharmapAnswer::kMapped;
}

Result<CharmapAnswer> encode_one(MapContext& context, char32_t code, ByteBuffer& out) {
  Thread& thread = context.thread;
  Optional<Value> found = TRY(look_up(context, code));
  if (!found || (*found).is_none()) return CharmapAnswer::kUndefined;
  if (is_integer(*found)) {
    int64_t byte;
    if (!int_fits_int64(*found, &byte) || byte < 0 || byte > 255)
      return thread.raise<TypeError>("character mapping must be in range(256)");
    out.append(static_cast<uint8_t>(byte));
    return CharmapAnswer::kMapped;
  }
  if (!is<Bytes>(*found))
    return thread.raise<TypeError>("character mapping must return integer, bytes or None, not {}",
                                   type_name_of(*found));
  out.append(cast<Bytes>(*found)->data(), static_cast<size_t>(cast<Bytes>(*found)->length()));
  return CharmapAnswer::kMapped;
}

Result<Value> charmap_decode(Thread& thread, Value data, NoneOr<Str*> errors, Value mapping) {
  if (mapping.is_none()) return latin_1_decode(thread, data, errors);
  return decode_by(thread, data, errors, [&](ByteView input, const DecodeErrors& on_error, TextBuffer& out) {
    if (is_str(mapping)) return decode_charmap(input, view_of(as_str(thread, mapping)), on_error, out);
    MapContext context{thread, mapping};
    CharmapDecodeTable table = {[](void* at, uint8_t byte, TextBuffer& text) {
                                  return answer_of(decode_one(*static_cast<MapContext*>(at), byte, text));
                                },
                                &context};
    return decode_charmap(input, table, on_error, out);
  });
}

Result<Value> charmap_encode(Thread& thread, Str* text, NoneOr<Str*> errors, Value mapping) {
  if (mapping.is_none()) return encode_by(thread, text, errors, encode_latin1);
  EncodeHandler handler(thread, text, name_or_empty(thread, errors));
  ByteBuffer out;
  MapContext context{thread, mapping};
  CharmapEncodeTable table = {[](void* at, char32_t code, ByteBuffer& bytes) {
                                return answer_of(encode_one(*static_cast<MapContext*>(at), code, bytes));
                              },
                              &context};
  CodecStatus status = encode_charmap(view_of(text), table, handler.errors(), out);
  return with_length(thread, TRY(handler.finish(status, out)), text->length());
}

/// A dict from code point to byte.
Result<Value> charmap_build(Thread& thread, Str* map) {
  Dict* table = Dict::make(thread.heap());
  for (int64_t i = 0; i < map->length() && i < 256; ++i)
    if (map->at(i) != 0xFFFE) TRY(dict_set(thread, table, Value::from_int(map->at(i)), Value::from_int(i)));
  return to_value(table);
}

// --- the registry

Result<void> codecs_register(Thread& thread, Value search_function) {
  return register_codec_search(thread, search_function);
}
Result<void> codecs_unregister(Thread& thread, Value search_function) {
  unregister_codec_search(thread, search_function);
  return {};
}
Result<Value> codecs_lookup(Thread& thread, Str* encoding) { return to_value(TRY(lookup_codec(thread, encoding))); }
Result<Value> codecs_encode(Thread& thread, Value object, Optional<Str*> encoding, Optional<Str*> errors) {
  Str* name = encoding ? *encoding : make_str(thread, "utf-8");
  return encode_with_codec(thread, object, name, errors ? *errors : nullptr);
}
Result<Value> codecs_decode(Thread& thread, Value object, Optional<Str*> encoding, Optional<Str*> errors) {
  Str* name = encoding ? *encoding : make_str(thread, "utf-8");
  return decode_with_codec(thread, object, name, errors ? *errors : nullptr);
}
Result<void> codecs_register_error(Thread& thread, Str* errors, Value handler) {
  return register_error_handler(thread, errors, handler);
}
Result<Value> codecs_lookup_error(Thread& thread, Str* name) { return lookup_error_handler(thread, name); }

// --- the built-in error handlers

/// The part of an exception's object that an error is about.
struct ErrorPart {
  Value object;
  std::string_view encoding;
  int64_t start, end;
};

Result<ErrorPart> part_of(Thread& thread, Value exception, int64_t length) {
  ErrorPart part;
  part.start = TRY(to_c_int64(thread, TRY(get_attribute(thread, exception, thread.names().start))));
  part.end = TRY(to_c_int64(thread, TRY(get_attribute(thread, exception, thread.names().end))));
  part.start = part.start < 0 ? 0 : part.start >= length && length > 0 ? length - 1 : part.start;
  if (length == 0) part.start = 0;
  part.end = part.end < 1 ? (length > 0 ? 1 : 0) : part.end > length ? length : part.end;
  if (part.end < part.start) part.end = part.start;
  return part;
}

Raised raise_unknown(Thread& thread, Value exception) {
  return thread.raise<TypeError>("don't know how to handle {} in error callback", type_name_of(exception));
}

Result<Value> handle_decode(Thread& thread, ErrorPolicy policy, Value exception) {
  Value object = TRY(get_attribute(thread, exception, thread.names().object));
  if (!is<Bytes>(object)) return thread.raise<TypeError>("object attribute must be bytes");
  ByteView input = cast<Bytes>(object)->span();
  ErrorPart part = TRY(part_of(thread, exception, static_cast<int64_t>(input.size())));
  Value encoding = TRY(get_attribute(thread, exception, thread.names().encoding));
  Bytes* name = is_str(encoding) ? TRY(encode_utf8(thread, as_str(thread, encoding))) : thread.runtime().empty_bytes();
  CodecError error = {reinterpret_cast<const char*>(name->data()), static_cast<size_t>(part.start),
                      static_cast<size_t>(part.end), ""};
  TextBuffer out;
  size_t resume = error.end;
  switch (decode_replacement(policy, input, error, out, resume)) {
    case Refusal::kNone:
      return make_pair(thread, to_value(TRY(make_text(thread, out))), Value::from_int(static_cast<int64_t>(resume)));
    case Refusal::kError: return thread.raise_object(cast<ExceptionObject>(exception));
    case Refusal::kOther: return raise_unknown(thread, exception);
  }
  return raise_unknown(thread, exception);
}

Result<Value> handle_encode(Thread& thread, ErrorPolicy policy, Value exception) {
  bool translating = is_instance(thread, exception, thread.runtime().exception_type<UnicodeTranslateError>());
  Value object = TRY(get_attribute(thread, exception, thread.names().object));
  if (!is_str(object)) return thread.raise<TypeError>("object attribute must be unicode");
  TextView input = view_of(as_str(thread, object));
  ErrorPart part = TRY(part_of(thread, exception, static_cast<int64_t>(input.length)));
  Value resume = Value::from_int(part.end);
  if (translating && policy == ErrorPolicy::kReplace) {
    TextBuffer marks;
    marks.append_fill(0xFFFD, static_cast<size_t>(part.end - part.start));
    return make_pair(thread, to_value(TRY(make_text(thread, marks))), resume);
  }
  if (translating && policy != ErrorPolicy::kIgnore && policy != ErrorPolicy::kBackslashReplace)
    return raise_unknown(thread, exception);
  Bytes* name = thread.runtime().empty_bytes();
  if (!translating) {
    Value encoding = TRY(get_attribute(thread, exception, thread.names().encoding));
    if (is_str(encoding)) name = TRY(encode_utf8(thread, as_str(thread, encoding)));
  }
  CodecError error = {reinterpret_cast<const char*>(name->data()), static_cast<size_t>(part.start),
                      static_cast<size_t>(part.end), ""};
  TextBuffer text;
  ByteBuffer bytes;
  bool is_bytes = false;
  switch (encode_replacement(policy, input, error, text, bytes, is_bytes)) {
    case Refusal::kNone: break;
    case Refusal::kError: return thread.raise_object(cast<ExceptionObject>(exception));
    case Refusal::kOther: return raise_unknown(thread, exception);
  }
  Value replacement = is_bytes ? to_value(TRY(make_bytes(thread, bytes))) : to_value(TRY(make_text(thread, text)));
  return make_pair(thread, replacement, resume);
}

template <ErrorPolicy kPolicy>
Result<Value> handler(Thread& thread, Value exception) {
  Runtime& runtime = thread.runtime();
  if (kPolicy == ErrorPolicy::kStrict) {
    if (is<ExceptionObject>(exception)) return thread.raise_object(cast<ExceptionObject>(exception));
    return thread.raise<TypeError>("codec must pass exception instance");
  }
  if (is_instance(thread, exception, runtime.exception_type<UnicodeDecodeError>()))
    return handle_decode(thread, kPolicy, exception);
  if (is_instance(thread, exception, runtime.exception_type<UnicodeEncodeError>()) ||
      is_instance(thread, exception, runtime.exception_type<UnicodeTranslateError>()))
    return handle_encode(thread, kPolicy, exception);
  return raise_unknown(thread, exception);
}

constexpr NativeMethod kHandlers[] = {
    function<handler<ErrorPolicy::kStrict>>(
        "strict_errors(exc, /)",
        "Implements the 'strict' error handling, which raises a UnicodeError on coding errors."),
    function<handler<ErrorPolicy::kIgnore>>(
        "ignore_errors(exc, /)", "Implements the 'ignore' error handling, which ignores malformed data and continues."),
    function<handler<ErrorPolicy::kReplace>>(
        "replace_errors(exc, /)",
        "Implements the 'replace' error handling, which replaces malformed data with a replacement marker."),
    function<handler<ErrorPolicy::kXmlCharRefReplace>>(
        "xmlcharrefreplace_errors(exc, /)",
        "Implements the 'xmlcharrefreplace' error handling, which replaces an unencodable character with the "
        "appropriate XML character reference."),
    function<handler<ErrorPolicy::kBackslashReplace>>("backslashreplace_errors(exc, /)",
                                                      "Implements the 'backslashreplace' error handling, which "
                                                      "replaces malformed data with a backslashed escape sequence."),
    function<handler<ErrorPolicy::kNameReplace>>("namereplace_errors(exc, /)",
                                                 "Implements the 'namereplace' error handling, which replaces an "
                                                 "unencodable character with a \\N{...} escape sequence."),
    function<handler<ErrorPolicy::kSurrogatePass>>("surrogatepass(exc, /)"),
    function<handler<ErrorPolicy::kSurrogateEscape>>("surrogateescape(exc, /)"),
};
constexpr const char* kHandlerNames[] = {"strict",           "ignore",      "replace",       "xmlcharrefreplace",
                                         "backslashreplace", "namereplace", "surrogatepass", "surrogateescape"};

Result<void> codecs_initialize(Thread& thread, Module*) {
  for (size_t i = 0; i < std::size(kHandlers); ++i)
    set_builtin_error_handler(thread, kHandlerNames[i],
                              to_value(make_native_function(thread, kHandlers[i], Value(), Value::none())));
  return {};
}

constexpr NativeMethod kFunctions[] = {
    function<codecs_register>("register($module, search_function, /)", "Register a codec search function."),
    function<codecs_unregister>("unregister($module, search_function, /)",
                                "Unregister a codec search function and clear the registry's cache."),
    function<codecs_lookup>("lookup($module, encoding, /)",
                            "Looks up a codec tuple in the Python codec registry and returns a CodecInfo object."),
    function<codecs_encode>("encode($module, /, obj, encoding='utf-8', errors='strict')",
                            "Encodes obj using the codec registered for encoding."),
    function<codecs_decode>("decode($module, /, obj, encoding='utf-8', errors='strict')",
                            "Decodes obj using the codec registered for encoding."),
    function<codecs_register_error>("register_error($module, errors, handler, /)",
                                    "Register the specified error handler under the name errors."),
    function<codecs_lookup_error>(
        "lookup_error($module, name, /)",
        "Return the error handler for the specified error handling name, or raise LookupError."),
    function<encoder<encode_utf8>>("utf_8_encode($module, str, errors=None, /)"),
    function<decoder<decode_utf8>>("utf_8_decode($module, data, errors=None, final=False, /)"),
    function<encoder<never_fails<encode_utf7>>>("utf_7_encode($module, str, errors=None, /)"),
    function<decoder<decode_utf7>>("utf_7_decode($module, data, errors=None, final=False, /)"),
    function<encoder_with_order<encode_utf16>>("utf_16_encode($module, str, errors=None, byteorder=0, /)"),
    function<encoder<ordered<encode_utf16, ByteOrder::kLittle>>>("utf_16_le_encode($module, str, errors=None, /)"),
    function<encoder<ordered<encode_utf16, ByteOrder::kBig>>>("utf_16_be_encode($module, str, errors=None, /)"),
    function<ordered_decoder<decode_utf16, ByteOrder::kNative>>(
        "utf_16_decode($module, data, errors=None, final=False, /)"),
    function<ordered_decoder<decode_utf16, ByteOrder::kLittle>>(
        "utf_16_le_decode($module, data, errors=None, final=False, /)"),
    function<ordered_decoder<decode_utf16, ByteOrder::kBig>>(
        "utf_16_be_decode($module, data, errors=None, final=False, /)"),
    function<ex_decoder<decode_utf16>>("utf_16_ex_decode($module, data, errors=None, byteorder=0, final=False, /)"),
    function<encoder_with_order<encode_utf32>>("utf_32_encode($module, str, errors=None, byteorder=0, /)"),
    function<encoder<ordered<encode_utf32, ByteOrder::kLittle>>>("utf_32_le_encode($module, str, errors=None, /)"),
    function<encoder<ordered<encode_utf32, ByteOrder::kBig>>>("utf_32_be_encode($module, str, errors=None, /)"),
    function<ordered_decoder<decode_utf32, ByteOrder::kNative>>(
        "utf_32_decode($module, data, errors=None, final=False, /)"),
    function<ordered_decoder<decode_utf32, ByteOrder::kLittle>>(
        "utf_32_le_decode($module, data, errors=None, final=False, /)"),
    function<ordered_decoder<decode_utf32, ByteOrder::kBig>>(
        "utf_32_be_decode($module, data, errors=None, final=False, /)"),
    function<ex_decoder<decode_utf32>>("utf_32_ex_decode($module, data, errors=None, byteorder=0, final=False, /)"),
    function<encoder<encode_latin1>>("latin_1_encode($module, str, errors=None, /)"),
    function<latin_1_decode>("latin_1_decode($module, data, errors=None, /)"),
    function<encoder<encode_ascii>>("ascii_encode($module, str, errors=None, /)"),
    function<ascii_decode>("ascii_decode($module, data, errors=None, /)"),
    function<charmap_encode>("charmap_encode($module, str, errors=None, mapping=None, /)"),
    function<charmap_decode>("charmap_decode($module, data, errors=None, mapping=None, /)"),
    function<charmap_build>("charmap_build($module, map, /)"),
    function<escape_encode_>("escape_encode($module, data, errors=None, /)"),
    function<escape_decode_>("escape_decode($module, data, errors=None, /)"),
    function<encoder<never_fails<encode_unicode_escape>>>("unicode_escape_encode($module, str, errors=None, /)"),
    function<unicode_escape_decode>("unicode_escape_decode($module, data, errors=None, final=True, /)"),
    function<encoder<never_fails<encode_raw_unicode_escape>>>(
        "raw_unicode_escape_encode($module, str, errors=None, /)"),
    function<raw_unicode_escape_decode>("raw_unicode_escape_decode($module, data, errors=None, final=True, /)"),
    function<readbuffer_encode>("readbuffer_encode($module, data, errors=None, /)"),
};

}  // namespace

extern const ModuleSpec kCodecsModule;
constinit const ModuleSpec kCodecsModule = {
    .name = "_codecs", .functions = kFunctions, .initialize = codecs_initialize};

}  // namespace viperine
