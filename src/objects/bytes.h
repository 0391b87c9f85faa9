// SPDX-License-Identifier: MIT
// Bytes (immutable), ByteArray (growable) and MemoryView, with the buffer protocol's exporter side in
// runtime/buffers.h. Invariant: a Bytes has one more byte than its length, zero, so that data() is also a C string.
#pragma once

#include <span>
#include <string_view>

#include "objects/array.h"

namespace viperine {

class Bytes final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::Bytes;
  int64_t length() const { return length_; }
  uint8_t* data() { return reinterpret_cast<uint8_t*>(this + 1); }
  const uint8_t* data() const { return reinterpret_cast<const uint8_t*>(this + 1); }
  std::span<const uint8_t> span() const { return {data(), static_cast<size_t>(length_)}; }
  std::string_view view() const { return {reinterpret_cast<const char*>(data()), static_cast<size_t>(length_)}; }
  /// 0 = not computed yet.
  uint64_t cached_hash() const { return hash_; }
  void set_cached_hash(uint64_t hash) { hash_ = hash; }
  void initialize(int64_t length) { length_ = length; }
  static TailExtent tail_extent(const HeapObject* object) {
    return {0, static_cast<size_t>(static_cast<const Bytes*>(object)->length_) + 1};
  }
  /// Zeroed; null when the heap's limit forbids it.
  static Bytes* try_make(Heap& heap, int64_t length) {
    auto* bytes = static_cast<Bytes*>(
        heap.try_allocate(exact_shape_word(Kind::Bytes), sizeof(Bytes) + static_cast<size_t>(length) + 1));
    if (bytes != nullptr) bytes->length_ = length;
    return bytes;
  }

 private:
  int64_t length_;
  uint64_t hash_;
  LAYOUT(Bytes, HeapObject, length_, hash_);
};

class ByteArray final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::ByteArray;
  int64_t length() const { return length_; }
  uint8_t* data() { return buffer_.is_null() ? nullptr : buffer_->data() + start_; }
  const uint8_t* data() const { return const_cast<ByteArray*>(this)->data(); }
  std::span<const uint8_t> span() const { return {data(), static_cast<size_t>(length_)}; }
  /// Number of buffer exports: while not 0 the size is locked ("Existing exports of data: object cannot be re-sized").
  int32_t exports_ = 0;
  int32_t padding_ = 0;
  int64_t length_ = 0;
  int64_t start_ = 0;       // first byte in buffer_ (deletions at the front)
  Slot<Buffer> buffer_;     // null while empty
  LAYOUT(ByteArray, HeapObject, exports_, padding_, length_, start_, buffer_);
};

}  // namespace viperine
