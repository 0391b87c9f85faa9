// SPDX-License-Identifier: MIT
// Reading text: chunks, read(), readline(), where lines end.
#include <algorithm>

#include "modules/io/text_io.h"
#include "text/scan_units.h"

namespace viperine {

namespace {

/// The next bytes, of about that size: a bytes-like object.
Result<Value> next_bytes(Thread& thread, TextIO* text, int64_t size) {
  if (BufferedIO* stream = plain_buffered(text->buffer_.get()); stream != nullptr && stream->reads()) {
    TRY(buffered_check_open(thread, stream, "read of closed file"));
    return buffered_read1(thread, stream, size);
  }
  Str* name = text->has(kTextHasRead1) ? thread.names().read1 : thread.names().read;
  Value data = TRY(call_method(thread, text->buffer_.get(), name, Value::from_int(size)));
  if (!is<Bytes>(data) && !has_buffer(thread, data))
    return thread.raise<TypeError>("underlying {}() should have returned a bytes-like object, not '{}'", name,
                                   type_name_of(data));
  return data;
}

Result<Bytes*> as_bytes(Thread& thread, Value data) {
  if (auto* bytes = try_cast<Bytes>(data)) return bytes;
  BufferScope scope(thread);
  TRY(scope.acquire(data));
  return try_make_bytes(thread, scope.data(), scope.length());
}

}  // namespace

Result<bool> text_read_chunk(Thread& thread, TextIO* text, int64_t size_hint) {
  NewlineDecoder* decoder = text->decoder();
  if (decoder == nullptr) return raise_unsupported(thread, "not readable");
  DecoderState before{nullptr, 0};
  if (text->has(kTextTelling)) before = TRY(decoder_state(thread, decoder));
  if (size_hint > 0)
    size_hint = static_cast<int64_t>(std::max(text->bytes_per_character_, 1.0) * static_cast<double>(size_hint));
  Value data = TRY(next_bytes(thread, text, std::max(text->chunk_size_, size_hint)));
  Bytes* bytes = TRY(as_bytes(thread, data));
  bool end = bytes->length() == 0;
  Str* decoded = TRY(decoder_decode(thread, decoder, to_value(bytes), end));
  text->set_decoded(decoded);
  int64_t count = decoded->length();
  text->bytes_per_character_ = count > 0 ? static_cast<double>(bytes->length()) / static_cast<double>(count) : 0.0;
  if (count > 0) end = false;
  if (text->has(kTextTelling)) {
    Bytes* input = bytes;
    if (before.input->length() > 0) {
      input = TRY(try_make_bytes(thread, nullptr, before.input->length() + bytes->length()));
      __builtin_memcpy(input->data(), before.input->data(), static_cast<size_t>(before.input->length()));
      __builtin_memcpy(input->data() + before.input->length(), bytes->data(), static_cast<size_t>(bytes->length()));
    }
    text->snapshot_input_.set(text, input);
    text->snapshot_flags_ = before.flags;
  }
  return !end;
}

namespace {

/// Up to `count` of the decoded characters (all: negative).
Result<Str*> take_decoded(Thread& thread, TextIO* text, int64_t count) {
  int64_t have = text->available();
  if (count < 0 || count > have) count = have;
  if (count == 0) return thread.runtime().empty_str();
  Str* decoded = text->decoded_.get();
  int64_t start = text->decoded_used_;
  Str* result =
      start == 0 && count == decoded->length() ? decoded : TRY(substring(thread, decoded, start, start + count));
  text->decoded_used_ += count;
  return result;
}

Result<Value> read_rest(Thread& thread, TextIO* text) {
  NewlineDecoder* decoder = text->decoder();
  Value data;
  BufferedIO* stream = plain_buffered(text->buffer_.get());
  if (stream != nullptr && stream->reads()) {
    TRY(buffered_check_open(thread, stream, "read of closed file"));
    data = TRY(buffered_read(thread, stream, -1));
  } else {
    data = TRY(call_method(thread, text->buffer_.get(), thread.names().read));
  }
  if (!is<Bytes>(data) && !data.is_none() && !has_buffer(thread, data))
    return thread.raise<TypeError>("underlying read() should have returned a bytes-like object, not '{}'",
                                   type_name_of(data));
  if (data.is_none()) {
    return thread.raise<TypeError>("underlying read() should have returned a bytes-like object, not 'NoneType'");
  }
  Str* decoded = TRY(decoder_decode(thread, decoder, data, true));
  Str* before = TRY(take_decoded(thread, text, -1));
  text->drop_decoded();
  if (before->length() == 0) return to_value(decoded);
  return concatenate(thread, to_value(before), to_value(decoded));
}

}  // namespace

Result<Value> text_read(Thread& thread, TextIO* text, int64_t size) {
  if (text->decoder() == nullptr) return raise_unsupported(thread, "not readable");
  TRY(text_write_pending(thread, text));
  if (size < 0) return read_rest(thread, text);
  Str* first = TRY(take_decoded(thread, text, size));
  int64_t remaining = size - first->length();
  if (remaining == 0) return to_value(first);
  StringBuilder builder(thread);
  bool several = false;
  while (remaining > 0) {
    bool more;
    for (;;) {
      auto answer = text_read_chunk(thread, text, remaining);
      if (!answer.is_raised()) {
        more = answer.take();
        break;
      }
      if (!take_interrupted(thread)) return Raised{};
      TRY(check_signals(thread));
    }
    if (!more) break;
    if (!several && first->length() > 0) {
      builder.append(first);
      several = true;
    }
    Str* next = TRY(take_decoded(thread, text, remaining));
    remaining -= next->length();
    if (!several && first->length() == 0) {
      first = next;
    } else {
      builder.append(next);
      several = true;
    }
  }
  if (!several) return to_value(first);
  return to_value(TRY(builder.finish()));
}

namespace {

template <typename Unit>
bool find_universal(const Unit* text, size_t length, size_t start, size_t* end) {
  for (size_t i = start; i < length; ++i) {
    if (text[i] > '\r') continue;
    if (text[i] == '\n') return *end = i + 1, true;
    if (text[i] == '\r') return *end = i + 1 + (i + 1 < length && text[i + 1] == '\n'), true;
  }
  *end = length;
  return false;
}

template <typename Unit>
bool find_one(const Unit* text, size_t length, size_t start, Unit wanted, size_t* end) {
  if constexpr (sizeof(Unit) == 1) {
    auto* found = static_cast<const uint8_t*>(__builtin_memchr(text + start, wanted, length - start));
    *end = found == nullptr ? length : static_cast<size_t>(found - text) + 1;
    return found != nullptr;
  } else {
    size_t i = start;
    while (i < length && text[i] != wanted) ++i;
    *end = i < length ? i + 1 : length;
    return i < length;
  }
}

}  // namespace

bool find_line_end(const TextView& text, size_t start, bool translated, bool universal, Str* newline, size_t* end) {
  if (start >= text.length) return *end = text.length, false;
  return with_width(text, [&](auto* units) {
    using Unit = std::remove_const_t<std::remove_pointer_t<decltype(units)>>;
    if (translated) return find_one<Unit>(units, text.length, start, '\n', end);
    if (universal) return find_universal<Unit>(units, text.length, start, end);
    auto first = static_cast<Unit>(newline->at(0));
    if (newline->length() == 1) return find_one<Unit>(units, text.length, start, first, end);
    for (size_t at = start;;) {
      if (!find_one<Unit>(units, text.length, at, first, &at)) return *end = text.length, false;
      if (at == text.length) return *end = text.length - 1, false;   // the other half may follow
      if (units[at] == newline->at(1)) return *end = at + 1, true;
    }
  });
}

Result<Str*> text_readline(Thread& thread, TextIO* text, int64_t limit) {
  if (text->pending_length_ != 0) TRY(text_write_pending(thread, text));
  bool translated = text->has(kTextReadTranslate), universal = text->has(kTextReadUniversal);
  Str* newline = text->newline_.get().is_none() ? nullptr : static_cast<Str*>(text->newline_.get().as_object());
  if (newline != nullptr && newline->length() == 0) newline = nullptr;
  StringBuilder builder(thread);
  bool several = false;
  Str* half = nullptr;   // the beginning of a two-character line end
  for (;;) {
    while (text->available() == 0) {
      auto answer = text_read_chunk(thread, text, 0);
      if (answer.is_raised()) {
        if (!take_interrupted(thread)) return Raised{};
        TRY(check_signals(thread));
        continue;
      }
      if (answer.take()) continue;
      text->drop_decoded();
      if (half != nullptr) builder.append(half);
      if (!several) return thread.runtime().empty_str();
      return builder.finish();
    }
    if (half != nullptr) {
      Value joined = TRY(concatenate(
          thread, to_value(half),
          to_value(TRY(substring(thread, text->decoded_.get(), text->decoded_used_, text->decoded_->length())))));
      // What tell() says is about the last chunk: the half character belongs to an earlier one, so the used count
      // starts behind it.
      text->decoded_.set(text, as_str(thread, joined));
      text->decoded_used_ = 0;
      half = nullptr;
    }
    Str* decoded = text->decoded_.get();
    int64_t start = text->decoded_used_;
    size_t end;
    bool found = find_line_end(
        {decoded->data(), static_cast<size_t>(decoded->length()), static_cast<uint8_t>(decoded->unit_size())},
        static_cast<size_t>(start), translated, universal, newline, &end);
    auto stop = static_cast<int64_t>(end);
    bool enough = limit >= 0 && builder.length() + stop - start >= limit;
    if (enough) stop = start + limit - builder.length();
    if (found || enough) {
      text->decoded_used_ = stop;
      if (!several)
        return start == 0 && stop == decoded->length() ? decoded : TRY(substring(thread, decoded, start, stop));
      builder.append(decoded, start, stop);
      return builder.finish();
    }
    builder.append(decoded, start, stop);
    several = true;
    if (stop < decoded->length()) half = TRY(substring(thread, decoded, stop, decoded->length()));
    text->set_decoded(nullptr);
  }
}

}  // namespace viperine
