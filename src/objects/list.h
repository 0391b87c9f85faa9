// SPDX-License-Identifier: MIT
// List: length and a growable Array. Methods are in builtins/list.cpp; growth with errors in runtime/lists.h.
// Invariants: 0 <= length_ <= capacity; elements beyond length_ are int 0.
#pragma once

#include "objects/array.h"

namespace viperine {

class List final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::List;
  int64_t length() const { return length_; }
  int64_t capacity() const { return items_.is_null() ? 0 : items_->length(); }
  Value at(int64_t index) const { return items_->at(index); }
  void set(int64_t index, Value value) { items_->set(index, value); }
  Value* items() { return items_.is_null() ? nullptr : items_->items(); }
  Array* array() const { return items_.get(); }
  std::span<const Value> span() const {
    return {items_.is_null() ? nullptr : items_->items(), static_cast<size_t>(length_)};
  }
  void set_length(int64_t length) { length_ = length; }
  void set_array(Array* array) { items_.set(this, array); }
  /// Room for `capacity` items at least; false when the heap's limit forbids it.
  bool reserve(Heap& heap, int64_t capacity);
  /// Appends; false when the heap's limit forbids it.
  bool append(Heap& heap, Value value) {
    if (length_ == capacity() && !grow(heap)) return false;
    items_->set(length_++, value);
    return true;
  }
  /// Cuts to `length` items, giving memory back when much is free.
  void truncate(Heap& heap, int64_t length);
  static List* make(Heap& heap) {
    return static_cast<List*>(heap.allocate(exact_shape_word(Kind::List), sizeof(List)));
  }
  /// A list with room for `capacity`; null when the heap's limit forbids it.
  static List* try_make(Heap& heap, int64_t capacity);

 private:
  bool grow(Heap& heap);

  Slot<Array> items_;   // null while nothing was ever put in
  int64_t length_ = 0;
  LAYOUT(List, HeapObject, items_, length_);
};

}  // namespace viperine
