// SPDX-License-Identifier: MIT
// Tuple: immutable sequence, items inline. Methods are in builtins/tuple.cpp. The empty tuple is one object per
// runtime.
#pragma once

#include <span>

#include "heap/heap.h"
#include "objects/kinds.h"

namespace viperine {

class Tuple final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::Tuple;
  int64_t length() const { return length_; }
  Value at(int64_t index) const { return items()[index]; }
  Value* items() { return reinterpret_cast<Value*>(this + 1); }
  const Value* items() const { return reinterpret_cast<const Value*>(this + 1); }
  std::span<const Value> span() const { return {items(), static_cast<size_t>(length_)}; }
  /// Only while the tuple is under construction (it may be old by then).
  void set(int64_t index, Value value) {
    items()[index] = value;
    write_barrier(this);
  }
  void initialize(int64_t length) { length_ = length; }
  static TailExtent tail_extent(const HeapObject* object) {
    return {static_cast<size_t>(static_cast<const Tuple*>(object)->length_), 0};
  }
  /// Items are int 0; null when the heap's limit forbids it.
  static Tuple* try_make(Heap& heap, int64_t length) {
    auto* tuple = static_cast<Tuple*>(
        heap.try_allocate(exact_shape_word(Kind::Tuple), sizeof(Tuple) + static_cast<size_t>(length) * 8));
    if (tuple != nullptr) tuple->length_ = length;
    return tuple;
  }
  /// A small tuple of the given items (at most ~1000).
  static Tuple* make(Heap& heap, std::span<const Value> items) {
    Tuple* tuple = try_make(heap, static_cast<int64_t>(items.size()));
    CHECK(tuple != nullptr);
    for (size_t i = 0; i < items.size(); ++i) tuple->items()[i] = items[i];
    return tuple;
  }
  template <typename... Values>
  static Tuple* of(Heap& heap, Values... values) {
    const Value items[] = {values...};
    return make(heap, std::span<const Value>(items));
  }

 private:
  int64_t length_;
  LAYOUT(Tuple, HeapObject, length_);
};

}  // namespace viperine
