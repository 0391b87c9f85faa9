// SPDX-License-Identifier: MIT
// Growth and widening of TextBuffer. Running out of memory here is fatal: results are bounded by inputs already held.
#include "text/text_buffer.h"

#include <cstdlib>
#include <cstring>

#include "base/check.h"

namespace viperine {

ByteBuffer::~ByteBuffer() {
  if (data_ != inline_) std::free(data_);
}

void ByteBuffer::reserve(size_t more) {
  if (more <= capacity_ - length_) return;
  size_t wanted = length_ + more;
  if (wanted < capacity_ + capacity_ / 2) wanted = capacity_ + capacity_ / 2;
  auto* fresh = static_cast<uint8_t*>(std::realloc(data_ == inline_ ? nullptr : data_, wanted));
  CHECK(fresh != nullptr);
  if (data_ == inline_) std::memcpy(fresh, inline_, length_);
  data_ = fresh;
  capacity_ = wanted;
}

void ByteBuffer::append(const void* bytes, size_t count) {
  uint8_t* start = extend(count);
  if (count != 0) std::memcpy(start, bytes, count);
}

TextBuffer::~TextBuffer() {
  if (data_ != inline_) std::free(data_);
}

void TextBuffer::grow(size_t more, uint8_t width) {
  size_t wanted = (length_ + more) * width;
  if (width == width_ && wanted <= byte_capacity_) return;
  size_t bytes = byte_capacity_;
  if (wanted > bytes) bytes = wanted > bytes + bytes / 2 ? wanted : bytes + bytes / 2;
  bytes = (bytes + 7) & ~size_t{7};
  if (width == width_ && data_ != inline_) {
    data_ = std::realloc(data_, bytes);
    CHECK(data_ != nullptr);
  } else {
    void* fresh = std::malloc(bytes);
    CHECK(fresh != nullptr);
    copy_text(fresh, width, view());
    if (data_ != inline_) std::free(data_);
    data_ = fresh;
  }
  byte_capacity_ = bytes;
  width_ = width;
  capacity_ = bytes / width;
}

void TextBuffer::reserve(size_t more) { grow(more, width_); }

void* TextBuffer::extend(size_t count, char32_t bits) {
  uint8_t width = width_for(bits);
  if (width < width_) width = width_;
  if (width != width_ || count > capacity_ - length_) grow(count, width);
  void* start = static_cast<uint8_t*>(data_) + length_ * width_;
  length_ += count;
  bits_ |= bits;
  return start;
}

void TextBuffer::append_slow(char32_t code) { append_fill(code, 1); }

namespace {

/// Copies bytes, returns their OR (8 lanes of it). Written for the short texts that most are.
uint64_t copy_and_collect(uint8_t* to, const uint8_t* from, size_t length) {
  uint64_t bits = 0;
  if (length >= 8) {
    uint64_t word;
    for (size_t i = 0; i + 8 < length; i += 8) {
      std::memcpy(&word, from + i, 8);
      std::memcpy(to + i, &word, 8);
      bits |= word;
    }
    std::memcpy(&word, from + length - 8, 8);
    std::memcpy(to + length - 8, &word, 8);
    return bits | word;
  }
  if (length >= 4) {
    uint32_t first, last;
    std::memcpy(&first, from, 4);
    std::memcpy(&last, from + length - 4, 4);
    std::memcpy(to, &first, 4);
    std::memcpy(to + length - 4, &last, 4);
    return first | last;
  }
  for (size_t i = 0; i < length; ++i) bits |= to[i] = from[i];
  return bits;
}

}  // namespace

void TextBuffer::append(const TextView& text) {
  if (text.width == 1 && width_ == 1 && text.length <= capacity_ - length_ && text.length <= 256) [[likely]] {
    uint64_t bits = copy_and_collect(static_cast<uint8_t*>(data_) + length_, text.bytes(), text.length);
    length_ += text.length;
    if ((bits & 0x8080808080808080u) != 0) bits_ |= 0xFF;  // Latin-1: only the class counts
    return;
  }
  void* start = extend(text.length, text_bits(text));
  copy_text(start, width_, text);
}

void TextBuffer::append_fill(char32_t code, size_t count) {
  void* start = extend(count, code);
  if (width_ == 1) {
    if (count != 0) std::memset(start, static_cast<int>(code), count);
  } else if (width_ == 2) {
    for (size_t i = 0; i < count; ++i) static_cast<uint16_t*>(start)[i] = static_cast<uint16_t>(code);
  } else {
    for (size_t i = 0; i < count; ++i) static_cast<uint32_t*>(start)[i] = code;
  }
}

void TextBuffer::truncate(size_t length) {
  length_ = length;
  if (bits_ < 0x80) return;
  bits_ = text_bits(view());
  uint8_t width = width_for(bits_);
  if (width == width_) return;
  copy_text(data_, width, view());  // front to back, so in place is safe
  width_ = width;
  capacity_ = byte_capacity_ / width;
}

void TextBuffer::set(size_t index, char32_t code) {
  if (width_for(code) > width_) grow(0, width_for(code));
  bits_ |= code;
  if (width_ == 1) static_cast<uint8_t*>(data_)[index] = static_cast<uint8_t>(code);
  if (width_ == 2) static_cast<uint16_t*>(data_)[index] = static_cast<uint16_t>(code);
  if (width_ == 4) static_cast<uint32_t*>(data_)[index] = code;
}

}  // namespace viperine
