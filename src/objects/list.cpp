// SPDX-License-Identifier: MIT
// Growth and shrinking of a List: capacity grows by an eighth (at least to 4), shrinks when less than half is used.
#include "objects/list.h"

#include <algorithm>
#include <cstring>

namespace viperine {

bool List::reserve(Heap& heap, int64_t wanted) {
  if (wanted <= capacity()) return true;
  Array* array = items_.is_null() ? nullptr : Array::try_extend(heap, items_.get(), wanted);
  if (array != nullptr) {
    set_array(array);
    return true;
  }
  array = Array::try_make(heap, wanted);
  if (array == nullptr) return false;
  if (length_ > 0) Heap::move_content(items_.get(), array, sizeof(Array), static_cast<size_t>(length_) * 8);
  array->written();
  set_array(array);
  return true;
}

bool List::grow(Heap& heap) {
  int64_t capacity = length_ + (length_ >> 3) + (length_ < 8 ? 4 : 6);
  return reserve(heap, capacity & ~int64_t{1});
}

void List::truncate(Heap& heap, int64_t length) {
  if (length >= length_) return;
  std::fill(items() + length, items() + length_, Value());
  length_ = length;
  if (length == 0) return set_array(nullptr);
  if (capacity() < 64 || length > capacity() / 2) return;
  Array* array = Array::try_make(heap, length + (length >> 3) + 4);
  if (array == nullptr) return;
  std::memcpy(static_cast<void*>(array->items()), items(), static_cast<size_t>(length) * 8);
  array->written();
  set_array(array);
}

List* List::try_make(Heap& heap, int64_t capacity) {
  List* list = make(heap);
  return capacity == 0 || list->reserve(heap, capacity) ? list : nullptr;
}

}  // namespace viperine
