// SPDX-License-Identifier: MIT
// Writing text: encoding, line ends, what waits until the buffer below gets it.
#include <algorithm>

#include "modules/io/text_io.h"
#include "runtime/codecs.h"
#include "text/codecs.h"

namespace viperine {

namespace {

bool contains(Str* text, uint32_t unit) {
  if (text->unit_size() == 1)
    return text->length() != 0 &&
           __builtin_memchr(text->data8(), static_cast<int>(unit), static_cast<size_t>(text->length())) != nullptr;
  for (int64_t i = 0; i < text->length(); ++i)
    if (text->at(i) == unit) return true;
  return false;
}

Result<void> write_to_buffer(Thread& thread, TextIO* text, Buffer* owner, const uint8_t* data, int64_t length) {
  if (BufferedIO* stream = plain_buffered(text->buffer_.get()); stream != nullptr && stream->writes()) {
    TRY(buffered_check_open(thread, stream, "write to closed file"));
    TRY(buffered_write(thread, stream, data, length));
    return {};
  }
  Value bytes = to_value(TRY(try_make_bytes(thread, data, length)));
  (void)owner;
  for (;;) {
    auto result = call_method(thread, text->buffer_.get(), thread.names().write, bytes);
    if (!result.is_raised()) return {};
    if (!take_interrupted(thread)) return Raised{};
    TRY(check_signals(thread));
  }
}

}  // namespace

Result<void> text_write_pending(Thread& thread, TextIO* text) {
  int64_t length = text->pending_length_;
  if (length == 0) return {};
  // Taken out first: the stream below may call us again.
  Buffer* pending = text->pending_.get();
  text->pending_.set(text, nullptr);
  text->pending_length_ = 0;
  TRY(write_to_buffer(thread, text, pending, pending->data(), length));
  if (text->pending_.is_null() && pending->length() <= 2 * text->chunk_size_) text->pending_.set(text, pending);
  return {};
}

namespace {

/// Room for `length` more bytes.
Result<uint8_t*> reserve_pending(Thread& thread, TextIO* text, int64_t length) {
  int64_t needed = text->pending_length_ + length;
  Buffer* pending = text->pending_.get();
  if (pending == nullptr || pending->length() < needed) {
    Buffer* larger =
        Buffer::try_make(thread.heap(), std::max(needed, std::min<int64_t>(text->chunk_size_, kDefaultBufferSize)));
    if (larger == nullptr) return thread.raise_memory_error();
    if (pending != nullptr && text->pending_length_ != 0)
      __builtin_memcpy(larger->data(), pending->data(), static_cast<size_t>(text->pending_length_));
    text->pending_.set(text, larger);
    pending = larger;
  }
  return pending->data() + text->pending_length_;
}

Result<void> append_bytes(Thread& thread, TextIO* text, const uint8_t* data, int64_t length) {
  if (text->pending_length_ + length > text->chunk_size_ && text->pending_length_ != 0)
    TRY(text_write_pending(thread, text));
  // A long text does not take the way over the pending bytes.
  if (length >= text->chunk_size_ && text->pending_length_ == 0)
    return write_to_buffer(thread, text, nullptr, data, length);
  uint8_t* target = TRY(reserve_pending(thread, text, length));
  __builtin_memcpy(target, data, static_cast<size_t>(length));
  text->pending_length_ += length;
  return {};
}

Result<void> encode_native(Thread& thread, TextIO* text, Str* string) {
  EncodeHandler handler(thread, string, text->errors_.get());
  ByteBuffer out;
  TextView view = view_of(string);
  EncodeErrors errors = handler.errors();
  CodecStatus status = text->codec_ == TextCodec::Utf8    ? encode_utf8(view, errors, out)
                       : text->codec_ == TextCodec::Ascii ? encode_ascii(view, errors, out)
                                                          : encode_latin1(view, errors, out);
  TRY(handler.check(status));
  return append_bytes(thread, text, out.data(), static_cast<int64_t>(out.length()));
}

Result<void> encode(Thread& thread, TextIO* text, Str* string) {
  if (text->codec_ != TextCodec::Python) {
    if (string->is_ascii() || (text->codec_ == TextCodec::Latin1 && string->unit_size() == 1))
      return append_bytes(thread, text, string->data8(), string->length());
    return encode_native(thread, text, string);
  }
  Value bytes = TRY(call_method(thread, text->encoder_.get(), thread.names().encode, to_value(string)));
  auto* encoded = try_cast<Bytes>(bytes);
  if (encoded == nullptr)
    return thread.raise<TypeError>("encoder should return a bytes object, not '{}'", type_name_of(bytes));
  return append_bytes(thread, text, encoded->data(), encoded->length());
}

Result<Str*> with_newlines(Thread& thread, TextIO* text, Str* string) {
  Str* newline = static_cast<Str*>(text->newline_.get().as_object());
  StringBuilder builder(thread);
  int64_t start = 0;
  for (int64_t i = 0; i < string->length(); ++i) {
    if (string->at(i) != '\n') continue;
    builder.append(string, start, i);
    builder.append(newline);
    start = i + 1;
  }
  builder.append(string, start, string->length());
  return builder.finish();
}

}  // namespace

Result<void> text_write(Thread& thread, TextIO* text, Str* string) {
  if (!text->has(kTextWrites)) return raise_unsupported(thread, "not writable");
  bool line_buffered = text->has(kTextLineBuffered), translates = text->has(kTextWriteTranslate);
  bool newline = (line_buffered || translates) && contains(string, '\n');
  bool flush = line_buffered && (newline || contains(string, '\r'));
  if (newline && translates) string = TRY(with_newlines(thread, text, string));
  TRY(encode(thread, text, string));
  if (flush || text->has(kTextWriteThrough) || text->pending_length_ >= text->chunk_size_)
    TRY(text_write_pending(thread, text));
  if (flush) {
    BufferedIO* stream = plain_buffered(text->buffer_.get());
    if (stream != nullptr && stream->writes()) TRY(buffered_flush_method(thread, stream));
    else TRY(call_method(thread, text->buffer_.get(), thread.names().flush));
  }
  if (text->decoder() != nullptr) {
    text->drop_decoded();
    TRY(reset_decoder(thread, text->decoder()));
  }
  return {};
}

Result<void> text_flush(Thread& thread, TextIO* text) {
  text->set_flag(kTextTelling, text->has(kTextSeekable));
  TRY(text_write_pending(thread, text));
  BufferedIO* stream = plain_buffered(text->buffer_.get());
  if (stream != nullptr && stream->writes()) return buffered_flush_method(thread, stream);
  TRY(call_method(thread, text->buffer_.get(), thread.names().flush));
  return {};
}

}  // namespace viperine
