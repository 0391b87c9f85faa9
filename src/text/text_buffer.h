// SPDX-License-Identifier: MIT
// ByteBuffer and TextBuffer: growing scratch bytes, and text that starts at one byte per code point and widens when a
// code point asks for it.
// For results whose size or width is not known beforehand; the caller copies the finished view into a str.
// Short results stay in the inline bytes and never touch malloc. Invariant: width() is the least that fits.
#pragma once

#include <span>

#include "text/text_view.h"

namespace viperine {

using ByteView = std::span<const uint8_t>;

/// Growing scratch bytes.
class ByteBuffer {
 public:
  ByteBuffer() = default;
  ByteBuffer(const ByteBuffer&) = delete;
  ByteBuffer& operator=(const ByteBuffer&) = delete;
  ~ByteBuffer();

  void append(uint8_t byte) {
    if (length_ == capacity_) reserve(1);
    data_[length_++] = byte;
  }
  void append(const void* bytes, size_t count);
  void append(std::string_view text) { append(text.data(), text.size()); }
  /// Adds `count` unset bytes and returns where they start.
  uint8_t* extend(size_t count) {
    if (count > capacity_ - length_) reserve(count);
    length_ += count;
    return data_ + length_ - count;
  }
  void reserve(size_t more);
  void clear() { length_ = 0; }
  void truncate(size_t length) { length_ = length; }
  const uint8_t* data() const { return data_; }
  size_t length() const { return length_; }
  ByteView view() const { return {data_, length_}; }

 private:
  static constexpr size_t kInlineBytes = 240;
  uint8_t inline_[kInlineBytes];
  uint8_t* data_ = inline_;
  size_t length_ = 0;
  size_t capacity_ = kInlineBytes;
};

class TextBuffer {
 public:
  TextBuffer() = default;
  TextBuffer(const TextBuffer&) = delete;
  TextBuffer& operator=(const TextBuffer&) = delete;
  ~TextBuffer();

  void append(char32_t code) {
    if (length_ < capacity_) [[likely]] {
      if (width_ == 1 && code < 0x100) {
        static_cast<uint8_t*>(data_)[length_++] = static_cast<uint8_t>(code);
        bits_ |= code;
        return;
      }
      if (width_ == 2 && code < 0x10000) {
        static_cast<uint16_t*>(data_)[length_++] = static_cast<uint16_t>(code);
        bits_ |= code;
        return;
      }
      if (width_ == 4) {
        static_cast<uint32_t*>(data_)[length_++] = code;
        bits_ |= code;
        return;
      }
    }
    append_slow(code);
  }
  void append(const TextView& text);
  void append_fill(char32_t code, size_t count);
  /// Adds `count` unset code points of at most `bits` and returns where they start, `width()` bytes each.
  void* extend(size_t count, char32_t bits);
  void reserve(size_t more);
  void clear() { length_ = 0, width_ = 1, bits_ = 0, capacity_ = byte_capacity_; }

  TextView view() const { return {data_, length_, width_}; }
  size_t length() const { return length_; }
  uint8_t width() const { return width_; }
  char32_t operator[](size_t index) const { return view()[index]; }
  /// OR of all code points appended.
  char32_t bits() const { return bits_; }
  bool is_ascii() const { return bits_ < 0x80; }
  /// For bytes results: the contents when every unit was below 256.
  const uint8_t* bytes() const { return static_cast<const uint8_t*>(data_); }
  /// Drops the end, and narrows if what was dropped alone was wide.
  void truncate(size_t length);
  void set(size_t index, char32_t code);

 private:
  static constexpr size_t kInlineBytes = 240;

  void append_slow(char32_t code);
  void grow(size_t more, uint8_t width);

  alignas(8) uint8_t inline_[kInlineBytes];
  void* data_ = inline_;
  size_t length_ = 0;
  size_t capacity_ = kInlineBytes;  // in code points of width_
  size_t byte_capacity_ = kInlineBytes;
  char32_t bits_ = 0;
  uint8_t width_ = 1;
};

}  // namespace viperine
