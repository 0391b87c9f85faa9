// SPDX-License-Identifier: MIT
// The types of _collections: deque (deque.cpp), defaultdict and OrderedDict (dicts.cpp), and the parts shared by the
// module's files.
#pragma once

#include "builtins/container_support.h"

namespace viperine {

/// Items in a ring: item i is items_[(head_ + i) % capacity].
class Deque final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::Deque;
  int64_t length() const { return length_; }
  int64_t capacity() const { return items_.is_null() ? 0 : items_->length(); }
  int64_t place(int64_t index) const {
    int64_t place = head_ + index;
    return place >= capacity() ? place - capacity() : place;
  }
  Value at(int64_t index) const { return items_->at(place(index)); }
  void set(int64_t index, Value value) { items_->set(place(index), value); }

  Slot<Array> items_;     // null while nothing was ever put in
  int64_t head_;
  int64_t length_;
  int64_t maximum_;       // -1: no limit
  uint64_t version_;      // changes with every insertion and deletion
  LAYOUT(Deque, HeapObject, items_, head_, length_, maximum_, version_);
};

extern const TypeSpec kDequeType, kDequeIteratorType, kDequeReverseIteratorType, kDefaultDictType, kOrderedDictType,
    kTupleGetterType;

/// Moves the key to the front of the dict's order. False: no memory.
bool dict_move_to_front(Heap& heap, Dict* dict, uint32_t entry);
/// Removes and returns the first item as (key, value); null when empty.
Tuple* dict_pop_first(Thread& thread, Dict* dict);

}  // namespace viperine
