// SPDX-License-Identifier: MIT
// Array and Buffer: internal variable-length storage of Values and of bytes; lists, dicts, bytearrays and others keep
// their items here. Invariant: unused elements of an Array are int 0.
#pragma once

#include "heap/heap.h"
#include "objects/kinds.h"

namespace viperine {

class Array final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::Array;
  int64_t length() const { return length_; }
  Value at(int64_t index) const { return items()[index]; }
  void set(int64_t index, Value value) {
    items()[index] = value;
    write_barrier(this, items() + index);
  }
  /// After writing many through items(): one barrier.
  void written() { write_barrier(this); }
  Value* items() { return reinterpret_cast<Value*>(this + 1); }
  const Value* items() const { return reinterpret_cast<const Value*>(this + 1); }
  static TailExtent tail_extent(const HeapObject* object) {
    return {static_cast<size_t>(static_cast<const Array*>(object)->length_), 0};
  }
  /// Null when the heap's limit forbids it.
  static Array* try_make(Heap& heap, int64_t length) {
    auto* array = static_cast<Array*>(
        heap.try_allocate(exact_shape_word(Kind::Array), sizeof(Array) + static_cast<size_t>(length) * 8));
    if (array != nullptr) array->length_ = length;
    return array;
  }
  /// A longer array with the content of a large one, which nobody may read again; null: make one and copy.
  static Array* try_extend(Heap& heap, Array* array, int64_t length) {
    auto* longer = static_cast<Array*>(heap.try_extend(array, sizeof(Array) + static_cast<size_t>(length) * 8));
    if (longer != nullptr) longer->length_ = length;
    return longer;
  }

 private:
  int64_t length_;
  LAYOUT(Array, HeapObject, length_);
};

class Buffer final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::Buffer;
  int64_t length() const { return length_; }
  uint8_t* data() { return reinterpret_cast<uint8_t*>(this + 1); }
  const uint8_t* data() const { return reinterpret_cast<const uint8_t*>(this + 1); }
  static TailExtent tail_extent(const HeapObject* object) {
    return {0, static_cast<size_t>(static_cast<const Buffer*>(object)->length_)};
  }
  static Buffer* try_make(Heap& heap, int64_t length) {
    auto* buffer = static_cast<Buffer*>(
        heap.try_allocate(exact_shape_word(Kind::Buffer), sizeof(Buffer) + static_cast<size_t>(length)));
    if (buffer != nullptr) buffer->length_ = length;
    return buffer;
  }
  /// As for an Array.
  static Buffer* try_extend(Heap& heap, Buffer* buffer, int64_t length) {
    auto* longer = static_cast<Buffer*>(heap.try_extend(buffer, sizeof(Buffer) + static_cast<size_t>(length)));
    if (longer != nullptr) longer->length_ = length;
    return longer;
  }

 private:
  int64_t length_;
  LAYOUT(Buffer, HeapObject, length_);
};

}  // namespace viperine
