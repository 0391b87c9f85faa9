// SPDX-License-Identifier: MIT
// TextIOWrapper's constructor and reconfigure(): codecs, newline modes.
#include <cstdlib>

#include "modules/io/text_io.h"
#include "runtime/codecs.h"

namespace viperine {

Str* locale_encoding(Thread& thread) {
  const char* value = nullptr;
  for (const char* variable : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    value = std::getenv(variable);
    if (value != nullptr && *value != 0) break;
  }
  const char* everywhere = std::getenv("LC_ALL");
  bool forced =
      everywhere != nullptr && (std::string_view(everywhere) == "C" || std::string_view(everywhere) == "POSIX");
  if (forced) return intern(thread, "utf-8");   // UTF-8 mode (PEP 540)
  std::string_view locale = value == nullptr ? "" : value;
  size_t dot = locale.find('.');
  if (dot == std::string_view::npos) return intern(thread, "UTF-8");
  std::string_view codeset = locale.substr(dot + 1);
  codeset = codeset.substr(0, codeset.find('@'));
  if (codeset == "utf8" || codeset == "UTF8" || codeset == "utf-8" || codeset.empty()) codeset = "UTF-8";
  return intern(thread, codeset);
}

namespace {

Result<void> check_newline(Thread& thread, Value newline) {
  if (newline.is_none()) return {};
  Str* text = try_str(thread, newline);
  if (text == nullptr)
    return thread.raise<TypeError>("TextIOWrapper() argument 'newline' must be str or None, not {}",
                                   type_name_of(newline));
  if (text->length() == 0 || text->equals("\n") || text->equals("\r") || text->equals("\r\n")) return {};
  return thread.raise<ValueError>("illegal newline value: {}", TRY(repr(thread, newline)));
}

void set_newline(TextIO* text, Value newline) {
  bool none = newline.is_none();
  bool empty = !none && has_kind(newline, Kind::Str) && static_cast<Str*>(newline.as_object())->length() == 0;
  text->newline_.set(text, newline);
  text->set_flag(kTextReadUniversal, none || empty);
  text->set_flag(kTextReadTranslate, none);
  bool writes_other = !none && !empty && !static_cast<Str*>(newline.as_object())->equals("\n");
  text->set_flag(kTextWriteTranslate, writes_other);
}

/// The codec's CodecInfo; LookupError when it is no text encoding.
Result<Value> text_codec_info(Thread& thread, Str* encoding) {
  Value info = to_value(TRY(lookup_codec(thread, encoding)));
  Optional<Value> is_text = TRY(find_attribute(thread, info, intern(thread, "_is_text_encoding")));
  if (is_text && !TRY(is_true(thread, *is_text)))
    return thread.raise<LookupError>("'{}' is not a text encoding; use codecs.open() to handle arbitrary codecs",
                                     encoding);
  return info;
}

Result<void> set_codec(Thread& thread, TextIO* text, Str* encoding, Str* errors) {
  TextCodec codec = native_codec(encoding);
  Value info = codec == TextCodec::Python ? TRY(text_codec_info(thread, encoding)) : Value::none();
  const Names& names = thread.names();
  text->codec_ = codec;
  text->encoding_.set(text, encoding);
  text->errors_.set(text, errors);
  text->decoder_.set(text, nullptr);
  text->encoder_.set(text, Value::none());
  bool reads = TRY(is_true(thread, TRY(call_method(thread, text->buffer_.get(), names.readable))));
  text->set_flag(kTextReads, reads);
  if (reads) {
    Value decoder = Value::none();
    if (codec == TextCodec::Python)
      decoder = TRY(call_named(thread, info, "incrementaldecoder", to_value(errors)));
    LineEnds ends = !text->has(kTextReadUniversal)   ? LineEnds::Keep
                    : text->has(kTextReadTranslate) ? LineEnds::Translate
                                                    : LineEnds::Look;
    text->decoder_.set(text, make_newline_decoder(thread, codec, decoder, errors, ends));
  }
  bool writes = TRY(is_true(thread, TRY(call_method(thread, text->buffer_.get(), names.writable))));
  text->set_flag(kTextWrites, writes);
  if (writes && codec == TextCodec::Python)
    text->encoder_.set(text, TRY(call_named(thread, info, "incrementalencoder", to_value(errors))));
  return {};
}

/// Encoders that begin with a byte order mark must not do so in the middle of a file.
Result<void> fix_encoder_state(Thread& thread, TextIO* text) {
  if (!text->has(kTextSeekable) || text->encoder_.get().is_none()) return {};
  Value position = TRY(call_method(thread, text->buffer_.get(), thread.names().tell));
  if (TRY(equals(thread, position, Value::from_int(0)))) return {};
  return reset_text_encoder(thread, text, false);
}

}  // namespace

Result<void> reset_text_encoder(Thread& thread, TextIO* text, bool at_start) {
  Value encoder = text->encoder_.get();
  if (encoder.is_none() || encoder == Value()) return {};
  if (at_start) TRY(call_method(thread, encoder, thread.names().reset));
  else TRY(call_method(thread, encoder, thread.names().setstate, Value::from_int(0)));
  return {};
}

Result<void> text_initialize(Thread& thread, TextIO* text, const TextOptions& options) {
  const Names& names = thread.names();
  text->flags_ = 0;
  text->drop_decoded();
  text->pending_length_ = 0;
  text->bytes_per_character_ = 0;
  TRY(check_newline(thread, options.newline));
  Value newline = options.newline.is_none() ? options.newline : to_value(as_str(thread, options.newline));
  Str* encoding = options.encoding;
  if (encoding == nullptr || encoding->equals("locale")) encoding = locale_encoding(thread);
  Str* errors = options.errors == nullptr ? names.strict : options.errors;
  text->chunk_size_ = kDefaultBufferSize;
  text->buffer_.set(text, options.buffer);
  text->set_flag(kTextLineBuffered, options.line_buffering);
  text->set_flag(kTextWriteThrough, options.write_through);
  set_newline(text, newline);
  TRY(set_codec(thread, text, encoding, errors));
  bool seekable = TRY(is_true(thread, TRY(call_method(thread, options.buffer, names.seekable))));
  text->set_flag(kTextSeekable, seekable);
  text->set_flag(kTextTelling, seekable);
  bool read1 =
      plain_buffered(options.buffer) != nullptr || TRY(find_attribute(thread, options.buffer, names.read1)).has_value();
  text->set_flag(kTextHasRead1, read1);
  TRY(fix_encoder_state(thread, text));
  if (is<IoObject>(options.buffer)) static_cast<IoObject*>(options.buffer.as_object())->set_io_flag(kIoOwned);
  text->set_flag(kTextReady, true);
  return {};
}

namespace {

Result<Str*> text_or_none(Thread& thread, Value value, const char* name) {
  if (value.is_absent() || value.is_none()) return static_cast<Str*>(nullptr);
  return try_str(thread, value) != nullptr
             ? Result<Str*>(as_str(thread, value))
             : Result<Str*>(thread.raise<TypeError>("TextIOWrapper() argument '{}' must be str or None, not {}", name,
                                                    type_name_of(value)));
}

Result<void> check_no_null(Thread& thread, Str* text) {
  for (int64_t i = 0; text != nullptr && i < text->length(); ++i)
    if (text->at(i) == 0) return thread.raise<ValueError>("embedded null character");
  return {};
}

}  // namespace

Result<void> text_init(Thread& thread, Value self, const Arguments& arguments) {
  static constexpr NativeMethod kSignature = io_signature(
      "TextIOWrapper(buffer, encoding=None, errors=None, newline=None, line_buffering=False, write_through=False)");
  BoundArguments bound;
  TRY(bind_arguments(thread, kSignature, arguments, bound));
  TextOptions options;
  options.buffer = bound.values[0];
  auto encoding = text_or_none(thread, bound.values[1], "encoding");
  if (thread.has_pending()) return Raised{};
  auto errors = text_or_none(thread, bound.values[2], "errors");
  if (thread.has_pending()) return Raised{};
  options.encoding = encoding.is_raised() ? nullptr : encoding.take();
  options.errors = errors.is_raised() ? nullptr : errors.take();
  TRY(check_no_null(thread, options.encoding));
  TRY(check_no_null(thread, options.errors));
  if (!bound.values[3].is_absent()) options.newline = bound.values[3];
  options.line_buffering = !bound.values[4].is_absent() && TRY(is_true(thread, bound.values[4]));
  options.write_through = !bound.values[5].is_absent() && TRY(is_true(thread, bound.values[5]));
  return text_initialize(thread, cast<TextIO>(self), options);
}

Result<Value> text_reconfigure(Thread& thread, TextIO* self, Value encoding, Value errors, Optional<Value> newline,
                               Value line_buffering, Value write_through) {
  TRY(text_check(thread, self));
  if (self->decoder() != nullptr && !self->snapshot_input_.is_null() &&
      (!encoding.is_none() || !errors.is_none() || newline.has_value()))
    return raise_unsupported(thread,
                             "It is not possible to set the encoding or newline of stream after the first read");
  if (newline) TRY(check_newline(thread, *newline));
  auto flag = [&](Value value, uint32_t bit) -> Result<bool> {
    if (value.is_none()) return self->has(bit);
    return TRY(to_index_int64(thread, value)) != 0;
  };
  bool line = TRY(flag(line_buffering, kTextLineBuffered));
  bool through = TRY(flag(write_through, kTextWriteThrough));
  if (!encoding.is_none() && !is_str(encoding))
    return thread.raise<TypeError>("reconfigure() argument 'encoding' must be str or None, not {}",
                                   type_name_of(encoding));
  if (!errors.is_none() && !is_str(errors))
    return thread.raise<TypeError>("reconfigure() argument 'errors' must be str or None, not {}", type_name_of(errors));
  TRY(call_method(thread, to_value(self), thread.names().flush));
  self->snapshot_input_.set(self, nullptr);
  if (!encoding.is_none() || !errors.is_none() || newline.has_value()) {
    Str* new_encoding = encoding.is_none() ? self->encoding_.get() : as_str(thread, encoding);
    if (!encoding.is_none() && new_encoding->equals("locale")) new_encoding = locale_encoding(thread);
    Str* new_errors = !errors.is_none()   ? as_str(thread, errors)
                      : encoding.is_none() ? self->errors_.get()
                                           : thread.names().strict;
    if (newline) set_newline(self, (*newline).is_none() ? *newline : to_value(as_str(thread, *newline)));
    TRY(set_codec(thread, self, new_encoding, new_errors));
    TRY(fix_encoder_state(thread, self));
  }
  self->set_flag(kTextLineBuffered, line);
  self->set_flag(kTextWriteThrough, through);
  return Value::none();
}

}  // namespace viperine
