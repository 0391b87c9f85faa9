// SPDX-License-Identifier: MIT
// Set and FrozenSet: open addressing exactly as CPython's (linear probes of 9, then perturbation; resize at 3/5), so that iteration
// order is the same for the same hashes. Lookup that may run Python is in runtime/sets.h, methods in builtins/set.cpp.
// Invariants: an empty place has key int 0 with hash word 0 ... see runtime/sets.cpp; deleted = Value::deleted().
#pragma once

#include "objects/array.h"

namespace viperine {

class SetTable final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::SetTable;
  uint32_t size() const { return mask_ + 1; }
  Value* keys() { return reinterpret_cast<Value*>(this + 1); }
  const Value* keys() const { return reinterpret_cast<const Value*>(this + 1); }
  /// Hashes, present when stride is 2 (keys whose hash is not cheap to recompute): after the keys, as raw words.
  uint64_t* hashes() { return reinterpret_cast<uint64_t*>(keys() + size()); }
  static TailExtent tail_extent(const HeapObject* object) {
    auto* table = static_cast<const SetTable*>(object);
    return {table->size(), table->has_hashes_ ? size_t{table->size()} * 8 : 0};
  }

  uint32_t mask_;
  uint32_t fill_;        // used + deleted places
  uint32_t has_hashes_;
  uint32_t padding_;
  LAYOUT(SetTable, HeapObject, mask_, fill_, has_hashes_, padding_);
};

/// set and frozenset share everything but the kind (and the cached hash of a frozenset).
class Set final : public HeapObject {
 public:
  static bool is_kind(Kind kind) { return kind == Kind::Set || kind == Kind::FrozenSet; }
  uint32_t length() const { return live_; }
  SetTable* table() const { return table_.get(); }

  Slot<SetTable> table_;    // null while empty
  uint32_t live_ = 0;
  uint32_t version_ = 0;    // changes whenever an element is added or removed
  uint64_t hash_ = 0;       // frozenset: cached hash, 0 = not computed
  LAYOUT(Set, HeapObject, table_, live_, version_, hash_);
};

}  // namespace viperine
