// SPDX-License-Identifier: MIT
// Decoding of text streams and translation of their line ends; the type IncrementalNewlineDecoder.
#include "modules/io/newline_decoder.h"

#include <algorithm>

#include "modules/io/io_object.h"
#include "runtime/codecs.h"
#include "text/codecs.h"
#include "text/scan_units.h"

namespace viperine {

NewlineDecoder* make_newline_decoder(Thread& thread, TextCodec codec, Value decoder, Str* errors, LineEnds line_ends) {
  auto* result = make_exact<NewlineDecoder>(thread, Kind::NewlineDecoder);
  result->decoder_.initialize(decoder);
  result->errors_.initialize(errors);
  result->codec_ = codec;
  result->universal_ = line_ends != LineEnds::Keep;
  result->translate_ = line_ends == LineEnds::Translate;
  return result;
}

TextCodec native_codec(Str* encoding) {
  if (!encoding->is_ascii() || encoding->length() > 16) return TextCodec::Python;
  char name[17];
  size_t length = 0;
  for (char c : encoding->ascii())
    name[length++] = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c == '_' ? '-' : c;
  std::string_view text(name, length);
  if (text == "utf-8" || text == "utf8") return TextCodec::Utf8;
  if (text == "ascii" || text == "us-ascii" || text == "646" || text == "ansi-x3.4-1968") return TextCodec::Ascii;
  if (text == "latin-1" || text == "latin1" || text == "iso-8859-1" || text == "iso8859-1" || text == "8859" ||
      text == "l1")
    return TextCodec::Latin1;
  return TextCodec::Python;
}

namespace {

Result<Str*> make_uninitialized(Thread& thread, size_t length, uint32_t bits) {
  if (length == 0) return thread.runtime().empty_str();
  Str* text = Str::try_make(thread.heap(), static_cast<int64_t>(length), width_of_bits(bits));
  if (text == nullptr) return thread.raise_memory_error();
  return text;
}

Result<Str*> decode_ascii_bytes(Thread& thread, ByteView data) {
  Str* text = TRY(make_uninitialized(thread, data.size(), 0));
  if (!data.empty()) __builtin_memcpy(text->data8(), data.data(), data.size());
  return text;
}

void keep_undecoded(NewlineDecoder* decoder, ByteView rest) {
  decoder->undecoded_count_ = static_cast<uint8_t>(rest.size());
  for (size_t i = 0; i < rest.size(); ++i) decoder->undecoded_[i] = rest[i];
}

/// Whether this is the beginning of a sequence whose end has not come yet.
bool is_incomplete(ByteView rest) {
  if (rest.empty() || rest.size() > 3) return false;
  uint8_t first = rest[0];
  size_t wanted = first >= 0xC2 && first <= 0xDF   ? 2
                  : first >= 0xE0 && first <= 0xEF ? 3
                  : first >= 0xF0 && first <= 0xF4 ? 4
                                                   : 0;
  if (rest.size() >= wanted) return false;
  for (size_t i = 1; i < rest.size(); ++i) {
    uint8_t low = i > 1 ? 0x80 : first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    uint8_t high = i > 1 ? 0xBF : first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (rest[i] < low || rest[i] > high) return false;
  }
  return true;
}

Result<Str*> decode_utf8_bytes(Thread& thread, NewlineDecoder* decoder, Value object, ByteView data, bool final) {
  if (is_ascii(data.data(), data.size())) return decode_ascii_bytes(thread, data);
  Utf8Scan scan = scan_utf8(data);
  ByteView rest = data.subspan(scan.bytes);
  if (rest.empty() || (!final && is_incomplete(rest))) {
    Str* text = TRY(make_uninitialized(thread, scan.length, scan.bits));
    if (scan.length != 0)
      decode_valid_utf8(data.data(), scan.bytes, text->data(), static_cast<uint8_t>(text->unit_size()));
    keep_undecoded(decoder, rest);
    return text;
  }
  DecodeHandler handler(thread, object, data, decoder->errors_.get());
  TextBuffer out;
  DecodeErrors errors = handler.errors();
  CodecStatus status = decode_utf8(data, errors, final ? Final::kYes : Final::kNo, out);
  Str* text = TRY(handler.finish(status, out));
  keep_undecoded(decoder, data.subspan(std::min(status.consumed, data.size())));
  return text;
}

Result<Str*> decode_bytes(Thread& thread, NewlineDecoder* decoder, Value object, ByteView data, bool final) {
  if (decoder->codec_ == TextCodec::Latin1 || is_ascii(data.data(), data.size())) {
    if (decoder->codec_ != TextCodec::Latin1) return decode_ascii_bytes(thread, data);
    return make_str_from_units(thread, data.data(), 1, static_cast<int64_t>(data.size()));
  }
  if (decoder->codec_ == TextCodec::Utf8) return decode_utf8_bytes(thread, decoder, object, data, final);
  DecodeHandler handler(thread, object, data, decoder->errors_.get());
  TextBuffer out;
  DecodeErrors errors = handler.errors();
  return handler.finish(decode_ascii(data, errors, out), out);
}

/// Our own codecs, with the bytes kept from last time in front.
Result<Str*> decode_native(Thread& thread, NewlineDecoder* decoder, Value object, bool final) {
  BufferScope scope(thread);
  TRY(scope.acquire(object));
  if (decoder->undecoded_count_ == 0) [[likely]]
    return decode_bytes(thread, decoder, is<Bytes>(object) ? object : Value::absent(), scope.span(), final);
  ByteBuffer joined;
  joined.append(decoder->undecoded_, decoder->undecoded_count_);
  joined.append(scope.data(), static_cast<size_t>(scope.length()));
  uint8_t count = decoder->undecoded_count_;
  decoder->undecoded_count_ = 0;
  auto text = decode_bytes(thread, decoder, Value::absent(), joined.view(), final);
  if (text.is_raised()) decoder->undecoded_count_ = count;
  return text;
}

// --- line ends

template <typename Unit>
uint8_t seen_in(const Unit* text, size_t length) {
  uint8_t seen = 0;
  for (size_t i = 0; i < length && seen != 7; ++i) {
    if (text[i] == '\n') {
      seen |= kSeenLf;
    } else if (text[i] == '\r') {
      bool pair = i + 1 < length && text[i + 1] == '\n';
      seen |= pair ? kSeenCrLf : kSeenCr;
      i += pair;
    }
  }
  return seen;
}

bool contains_unit(const TextView& text, uint32_t unit) {
  if (text.width == 1)
    return text.length != 0 && __builtin_memchr(text.data, static_cast<int>(unit), text.length) != nullptr;
  for (size_t i = 0; i < text.length; ++i)
    if (text[i] == unit) return true;
  return false;
}

template <typename Unit>
size_t translated_length(const Unit* text, size_t length) {
  size_t pairs = 0;
  for (size_t i = 0; i + 1 < length; ++i) pairs += text[i] == '\r' && text[i + 1] == '\n';
  return length - pairs;
}

template <typename Unit>
void translate(const Unit* text, size_t length, Unit* out) {
  for (size_t i = 0; i < length; ++i) {
    if (text[i] != '\r') {
      *out++ = text[i];
      continue;
    }
    *out++ = '\n';
    if (i + 1 < length && text[i + 1] == '\n') ++i;
  }
}

Result<Str*> translate_text(Thread& thread, Str* text) {
  size_t length = static_cast<size_t>(text->length());
  return with_width(view_of(text), [&](auto* units) -> Result<Str*> {
    using Unit = std::remove_const_t<std::remove_pointer_t<decltype(units)>>;
    Str* result = Str::try_make(thread.heap(), static_cast<int64_t>(translated_length(units, length)), text->width());
    if (result == nullptr) return thread.raise_memory_error();
    translate(units, length, static_cast<Unit*>(result->data()));
    return result;
  });
}

}  // namespace

Result<Str*> decode_line_ends(Thread& thread, NewlineDecoder* decoder, Str* text, bool final) {
  if (!decoder->universal_) return text;
  if (decoder->pending_cr_ && (final || text->length() > 0)) {
    Value joined = TRY(concatenate(thread, to_value(thread.runtime().latin1_character('\r')), to_value(text)));
    text = as_str(thread, joined);
    decoder->pending_cr_ = 0;
  }
  if (!final && text->length() > 0 && text->at(text->length() - 1) == '\r') {
    text = TRY(substring(thread, text, 0, text->length() - 1));
    decoder->pending_cr_ = 1;
  }
  if (text->length() == 0) return text;
  TextView view = view_of(text);
  if (!contains_unit(view, '\r')) [[likely]] {
    if ((decoder->seen_ & kSeenLf) == 0 && contains_unit(view, '\n')) decoder->seen_ |= kSeenLf;
    return text;
  }
  if (decoder->seen_ != 7)
    decoder->seen_ |= with_width(view, [&](auto* units) { return seen_in(units, view.length); });
  return decoder->translate_ ? translate_text(thread, text) : Result<Str*>(text);
}

Result<Str*> decoder_decode(Thread& thread, NewlineDecoder* decoder, Value object, bool final) {
  Str* text;
  if (decoder->codec_ >= TextCodec::Utf8) {
    text = TRY(decode_native(thread, decoder, object, final));
  } else {
    Value decoded = object;
    if (decoder->codec_ == TextCodec::Python)
      decoded =
          TRY(call_method(thread, decoder->decoder_.get(), thread.names().decode, object, Value::from_bool(final)));
    text = try_str(thread, decoded);
    if (text == nullptr)
      return thread.raise<TypeError>("decoder should return a string result, not '{}'", type_name_of(decoded));
  }
  return decode_line_ends(thread, decoder, text, final);
}

Result<DecoderState> decoder_state(Thread& thread, NewlineDecoder* decoder) {
  DecoderState state{thread.runtime().empty_bytes(), 0};
  if (decoder->codec_ == TextCodec::Python) {
    Value answer = TRY(call_named(thread, decoder->decoder_.get(), "getstate"));
    auto* pair = try_cast<Tuple>(answer);
    if (pair == nullptr) return thread.raise<TypeError>("illegal decoder state");
    if (pair->length() != 2 || !is_integer(pair->at(1))) return thread.raise<TypeError>("illegal decoder state");
    if (!is<Bytes>(pair->at(0)))
      return thread.raise<TypeError>("illegal decoder state: the first item should be a bytes object, not '{}'",
                                     type_name_of(pair->at(0)));
    state = {cast<Bytes>(pair->at(0)), TRY(to_c_int64(thread, pair->at(1)))};
  } else if (decoder->undecoded_count_ != 0) {
    state.input = TRY(try_make_bytes(thread, decoder->undecoded_, decoder->undecoded_count_));
  }
  if (decoder->universal_) state.flags = state.flags << 1 | decoder->pending_cr_;
  return state;
}

Result<void> set_decoder_state(Thread& thread, NewlineDecoder* decoder, DecoderState state) {
  if (decoder->universal_) {
    decoder->pending_cr_ = static_cast<uint8_t>(state.flags & 1);
    state.flags >>= 1;
  }
  if (decoder->codec_ == TextCodec::Python) {
    Value pair = make_pair(thread, to_value(state.input), make_int(thread.heap(), state.flags));
    TRY(call_named(thread, decoder->decoder_.get(), "setstate", pair));
  } else {
    int64_t count = std::min<int64_t>(state.input->length(), 3);
    keep_undecoded(decoder, state.input->span().first(static_cast<size_t>(count)));
  }
  return {};
}

Result<void> reset_decoder(Thread& thread, NewlineDecoder* decoder) {
  decoder->seen_ = decoder->pending_cr_ = decoder->undecoded_count_ = 0;
  if (decoder->codec_ == TextCodec::Python) TRY(call_method(thread, decoder->decoder_.get(), thread.names().reset));
  return {};
}

Value decoder_newlines(Thread& thread, NewlineDecoder* decoder) {
  Value found[3];
  size_t count = 0;
  if (decoder->seen_ & kSeenCr) found[count++] = to_value(thread.runtime().latin1_character('\r'));
  if (decoder->seen_ & kSeenLf) found[count++] = to_value(thread.runtime().latin1_character('\n'));
  if (decoder->seen_ & kSeenCrLf) found[count++] = to_value(make_str(thread, "\r\n"));
  if (count == 0) return Value::none();
  if (count == 1) return found[0];
  return to_value(Tuple::make(thread.heap(), {found, count}));
}

// --- the type

namespace {

Result<Value> decoder_new(Thread& thread, Type* type, const Arguments&) {
  return to_value(make_instance<NewlineDecoder>(thread, type));
}

Result<void> decoder_init(Thread& thread, Value self, const Arguments& arguments) {
  static constexpr NativeMethod kSignature =
      io_signature("IncrementalNewlineDecoder(decoder, translate, errors='strict')");
  BoundArguments bound;
  TRY(bind_arguments(thread, kSignature, arguments, bound));
  auto* decoder = cast<NewlineDecoder>(self);
  bool translate = TRY(is_true(thread, bound.values[1]));
  Str* errors = bound.values[2].is_absent() ? thread.names().strict : try_str(thread, bound.values[2]);
  decoder->decoder_.set(decoder, bound.values[0]);
  decoder->errors_.set(decoder, errors);
  decoder->codec_ = bound.values[0].is_none() ? TextCodec::None : TextCodec::Python;
  decoder->universal_ = 1;
  decoder->translate_ = translate;
  decoder->pending_cr_ = decoder->seen_ = decoder->undecoded_count_ = 0;
  return {};
}

Result<void> check_ready(Thread& thread, NewlineDecoder* decoder) {
  if (decoder->decoder_.get() == Value())
    return thread.raise<ValueError>("IncrementalNewlineDecoder.__init__() not called");
  return {};
}

Result<Value> decode_method(Thread& thread, NewlineDecoder* self, Value input, bool final) {
  TRY(check_ready(thread, self));
  return to_value(TRY(decoder_decode(thread, self, input, final)));
}
Result<Value> getstate_method(Thread& thread, NewlineDecoder* self) {
  TRY(check_ready(thread, self));
  DecoderState state = TRY(decoder_state(thread, self));
  return make_pair(thread, to_value(state.input), make_int(thread.heap(), state.flags));
}
Result<void> setstate_method(Thread& thread, NewlineDecoder* self, Value state) {
  TRY(check_ready(thread, self));
  auto* pair = try_cast<Tuple>(state);
  if (pair == nullptr) return thread.raise<TypeError>("state argument must be a tuple");
  if (pair->length() != 2 || !is<Bytes>(pair->at(0)) || !is_integer(pair->at(1)))
    return thread.raise<TypeError>("setstate(): illegal state argument");
  return set_decoder_state(thread, self, {cast<Bytes>(pair->at(0)), TRY(to_c_int64(thread, pair->at(1)))});
}
Result<void> reset_method(Thread& thread, NewlineDecoder* self) {
  TRY(check_ready(thread, self));
  return reset_decoder(thread, self);
}
Result<Value> newlines_attribute(Thread& thread, NewlineDecoder* self) {
  TRY(check_ready(thread, self));
  return decoder_newlines(thread, self);
}

constexpr NativeMethod kMethods[] = {
    method<decode_method>("decode($self, /, input, final=False)"),
    method<getstate_method>("getstate($self, /)"),
    method<setstate_method>("setstate($self, state, /)"),
    method<reset_method>("reset($self, /)"),
};
constexpr NativeAttribute kAttributes[] = {attribute<newlines_attribute>("newlines")};

}  // namespace

constinit const TypeSpec kNewlineDecoderType = {
    .name = "_io.IncrementalNewlineDecoder",
    .kind = Kind::NewlineDecoder,
    .flags = kTypeBase,
    .layout = [] { return layout_of<NewlineDecoder>("IncrementalNewlineDecoder"); },
    .slots = {.new_ = decoder_new, .init = decoder_init},
    .methods = kMethods,
    .attributes = kAttributes,
    .doc =
        "Codec used when reading a file in universal newlines mode.\n\nIt wraps another incremental decoder, "
        "translating \\r\\n and \\r into \\n.\n"
        "It also records the types of newlines encountered.  When used with\ntranslate=False, it ensures that the "
        "newline sequence is returned in\none piece. "
        "When used with decoder=None, it expects unicode strings as\ndecode input and translates newlines without "
        "first invoking an external\ndecoder.",
    .text_signature = "(decoder, translate, errors='strict')",
};

}  // namespace viperine
