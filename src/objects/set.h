// SPDX-License-Identifier: MIT
// Set and FrozenSet: open addressing exactly as CPython's (groups of linear probes, then perturbation; resize at 3/5),
// so that iteration order is the same for the same hashes. Lookup that may run Python is in runtime/sets.cpp, methods
// in builtins/set.cpp. Invariants: an empty place has the key Value::absent(), a deleted one Value::deleted(); hashes
// are stored as soon as one element is no plain number (objects/hashing.h).
#pragma once

#include "objects/array.h"
#include "objects/hashing.h"

namespace viperine {

class SetTable final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::SetTable;
  uint32_t size() const { return mask_ + 1; }
  uint32_t mask() const { return mask_; }
  Value* keys() { return reinterpret_cast<Value*>(this + 1); }
  const Value* keys() const { return reinterpret_cast<const Value*>(this + 1); }
  bool is_live(uint32_t place) const { return keys()[place] != Value::absent() && keys()[place] != Value::deleted(); }
  /// Hashes, when has_hashes_: after the keys, as raw words.
  uint64_t* hashes() { return reinterpret_cast<uint64_t*>(keys() + size()); }
  const uint64_t* hashes() const { return const_cast<SetTable*>(this)->hashes(); }
  /// Hash of a live element.
  int64_t hash_at(uint32_t place) const {
    return has_hashes_ ? static_cast<int64_t>(hashes()[place]) : hash_plain_number(keys()[place]);
  }
  void set_place(uint32_t place, Value key, int64_t hash) {
    keys()[place] = key;
    if (has_hashes_) hashes()[place] = static_cast<uint64_t>(hash);
    write_barrier(this, keys() + place);
  }
  static TailExtent tail_extent(const HeapObject* object) {
    auto* table = static_cast<const SetTable*>(object);
    return {table->size(), table->has_hashes_ ? size_t{table->size()} * 8 : 0};
  }
  /// An empty table of 2^n places; null: no memory.
  static SetTable* try_make(Heap& heap, uint32_t size, bool with_hashes);
  /// Puts a key that is not there into a table without deleted places.
  void insert_clean(Value key, int64_t hash);

  uint32_t mask_;
  uint32_t fill_;        // used + deleted places
  uint32_t has_hashes_;
  uint32_t finger_;      // where pop looks next
  LAYOUT(SetTable, HeapObject, mask_, fill_, has_hashes_, finger_);
};

/// set and frozenset share everything but the kind (and the cached hash of a frozenset).
class Set final : public HeapObject {
 public:
  static constexpr Kind kFirstKind = Kind::Set;
  static bool is_kind(Kind kind) { return kind == Kind::Set || kind == Kind::FrozenSet; }
  uint32_t length() const { return live_; }
  SetTable* table() const { return table_.get(); }
  uint32_t fill() const { return table_.is_null() ? 0 : table_->fill_; }
  uint32_t mask() const { return table_.is_null() ? kMinimum - 1 : table_->mask_; }
  static constexpr uint32_t kMinimum = 8;

  /// A table for more than `minimum` elements, without deleted places. False: no memory.
  bool resize(Heap& heap, uint64_t minimum);
  /// Makes sure that there is a table, and that it stores hashes when asked to. False: no memory.
  bool ensure_table(Heap& heap, bool with_hashes);
  void clear();

  Slot<SetTable> table_;    // null while empty
  uint32_t live_ = 0;
  uint32_t version_ = 0;    // changes whenever an element is added or removed
  uint64_t hash_ = 0;       // frozenset: cached hash, 0 = not computed
  LAYOUT(Set, HeapObject, table_, live_, version_, hash_);
};

/// How many places after the first are looked at before the perturbation.
constexpr uint32_t kSetLinearProbes = 9;

}  // namespace viperine
