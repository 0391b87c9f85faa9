// SPDX-License-Identifier: MIT
// Str: compact text of 1, 2 or 4 bytes a code point, always the narrowest; Rope: a concatenation not yet carried out.
// Methods of Python's str are in builtins/str.cpp; creation helpers with errors in runtime/strings.h.
//   header 8 | length 4 | hash 30 bits, width code 2 bits | code units
// Invariant: a Str uses the narrowest width that holds its code points; the hash bits are 0 until asked for, never 0
// afterwards.
#pragma once

#include <string_view>

#include "heap/heap.h"
#include "objects/kinds.h"

namespace viperine {

class Str final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::Str;
  enum class Width : uint8_t { Ascii = 0, Latin1 = 1, Two = 2, Four = 3 };
  static constexpr int64_t kMaxLength = (int64_t{1} << 32) - 2;

  int64_t length() const { return length_; }
  Width width() const { return static_cast<Width>(hash_and_width_ & 3); }
  bool is_ascii() const { return width() == Width::Ascii; }
  /// Bytes per code point: 1, 2 or 4.
  int unit_size() const { return 1 << (width() <= Width::Latin1 ? 0 : static_cast<int>(width()) - 1); }
  size_t byte_length() const { return static_cast<size_t>(length_) * static_cast<size_t>(unit_size()); }
  uint8_t* data8() { return reinterpret_cast<uint8_t*>(this + 1); }
  uint16_t* data16() { return reinterpret_cast<uint16_t*>(this + 1); }
  uint32_t* data32() { return reinterpret_cast<uint32_t*>(this + 1); }
  void* data() { return this + 1; }
  const uint8_t* data8() const { return const_cast<Str*>(this)->data8(); }
  const uint16_t* data16() const { return const_cast<Str*>(this)->data16(); }
  const uint32_t* data32() const { return const_cast<Str*>(this)->data32(); }
  const void* data() const { return this + 1; }
  uint32_t at(int64_t index) const {
    switch (width()) {
      case Width::Ascii:
      case Width::Latin1: return data8()[index];
      case Width::Two: return data16()[index];
      case Width::Four: return data32()[index];
    }
    __builtin_unreachable();
  }
  /// Precondition: is_ascii(). Valid while the object lives and does not move.
  std::string_view ascii() const { return {reinterpret_cast<const char*>(data8()), static_cast<size_t>(length_)}; }
  bool equals(const Str* other) const {
    return this == other || (length_ == other->length_ && width() == other->width() &&
                             __builtin_memcmp(data8(), other->data8(), byte_length()) == 0);
  }
  bool equals(std::string_view ascii_text) const { return is_ascii() && ascii() == ascii_text; }

  /// Low 30 bits of the hash, never 0; 0 = not computed yet (runtime/hashing.h computes).
  uint32_t cached_hash() const { return hash_and_width_ >> 2; }
  void set_cached_hash(uint32_t hash30) { hash_and_width_ = (hash_and_width_ & 3) | hash30 << 2; }
  static TailExtent tail_extent(const HeapObject* object) {
    return {0, static_cast<const Str*>(object)->byte_length()};
  }
  /// Uninitialised text; null when the heap's limit forbids it or the length is beyond kMaxLength.
  static Str* try_make(Heap& heap, int64_t length, Width width) {
    if (length > kMaxLength) return nullptr;
    size_t unit = width <= Width::Latin1 ? 1 : width == Width::Two ? 2 : 4;
    auto* str = static_cast<Str*>(
        heap.try_allocate(exact_shape_word(Kind::Str), sizeof(Str) + static_cast<size_t>(length) * unit));
    if (str == nullptr) return nullptr;
    str->length_ = static_cast<uint32_t>(length);
    str->hash_and_width_ = static_cast<uint32_t>(width);
    return str;
  }
  /// For instances of Python subclasses of str: header word with another shape.
  void initialize(int64_t length, Width width) {
    length_ = static_cast<uint32_t>(length);
    hash_and_width_ = static_cast<uint32_t>(width);
  }

 private:
  uint32_t length_;
  uint32_t hash_and_width_;
  LAYOUT(Str, HeapObject, length_, hash_and_width_);
};

/// A str whose two halves are not joined yet; `flatten` (runtime/strings.h) joins them on first use. Same Python type
/// as Str. Length and width are known; after flattening left is the joined Str and right is null.
class Rope final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::Rope;
  int64_t length() const { return length_; }
  Str::Width width() const { return static_cast<Str::Width>(width_); }
  HeapObject* left() const { return left_.get(); }
  HeapObject* right() const { return right_.get(); }
  bool is_flat() const { return right_.is_null(); }
  void initialize(HeapObject* left, HeapObject* right, int64_t length, Str::Width width) {
    left_.initialize(left);
    right_.initialize(right);
    length_ = static_cast<uint32_t>(length);
    width_ = static_cast<uint32_t>(width);
  }
  void become_flat(Str* flat) {
    left_.set(this, flat);
    right_.set(this, nullptr);
  }

 private:
  Slot<HeapObject> left_, right_;
  uint32_t length_, width_;
  LAYOUT(Rope, HeapObject, left_, right_, length_, width_);
};

}  // namespace viperine
