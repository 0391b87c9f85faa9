// SPDX-License-Identifier: MIT
// Dict: compact table in insertion order. Lookup that may run Python (__eq__, __hash__) is in runtime/dicts.h, methods
// in builtins/dict.cpp.
//   DictTable: header | capacity | used | index_bits ... | entries (key, value) ... | hashes (u64) or nothing | index
//   (u8/u16/u32), absent when capacity <= 8
// Invariants: a deleted entry has key Value::deleted(); there are no hashes while every key is a str, int, float, bool
// or None (hash is cheap to recompute); version_ changes whenever the set of keys changes. An entry's number stays
// valid while the same table is in place.
#pragma once

#include "objects/array.h"
#include "objects/str.h"

namespace viperine {

class DictTable final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::DictTable;
  uint32_t capacity() const { return capacity_; }
  uint32_t used() const { return used_; }
  static constexpr uint32_t stride() { return 2; }
  bool has_hashes() const { return has_hashes_; }
  uint32_t index_bits() const { return index_bits_ & (kKeyed - 1u); }
  /// Exact str keys are placed by a hash that nobody outside this process knows (objects/dict_table.h).
  bool is_keyed() const { return (index_bits_ & kKeyed) != 0; }
  Value key(uint32_t entry) const { return words()[size_t{entry} * stride()]; }
  Value value(uint32_t entry) const { return words()[size_t{entry} * stride() + 1]; }
  uint64_t* hashes() { return reinterpret_cast<uint64_t*>(words() + size_t{capacity_} * stride()); }
  const uint64_t* hashes() const { return const_cast<DictTable*>(this)->hashes(); }
  void set_value(uint32_t entry, Value value) {
    Value* word = words() + size_t{entry} * stride() + 1;
    *word = value;
    write_barrier(this, word);
  }
  Value* words() { return reinterpret_cast<Value*>(this + 1); }
  const Value* words() const { return reinterpret_cast<const Value*>(this + 1); }
  uint8_t* index() { return reinterpret_cast<uint8_t*>(hashes() + (has_hashes_ ? capacity_ : 0)); }
  size_t index_byte_length() const {
    return index_bits() == 0 ? 0 : (size_t{1} << index_bits()) * (capacity_ <= 0xFE ? 1 : capacity_ <= 0xFFFE ? 2 : 4);
  }
  static TailExtent tail_extent(const HeapObject* object) {
    auto* table = static_cast<const DictTable*>(object);
    return {size_t{table->capacity_} * stride(),
            (table->has_hashes_ ? size_t{table->capacity_} * 8 : 0) + table->index_byte_length()};
  }

  static constexpr uint16_t kKeyed = 0x80;
  uint32_t capacity_;    // entries there is room for
  uint32_t used_;        // entries handed out, deleted ones included
  uint16_t index_bits_;  // the index has 2^index_bits() places; 0 = no index (linear search). Perhaps with kKeyed
  uint16_t has_hashes_;  // 0 or 1
  uint32_t placed_;      // entries ever put into the index; with used_ it says when to rebuild
  LAYOUT(DictTable, HeapObject, capacity_, used_, index_bits_, has_hashes_, placed_);
};

class Dict final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::Dict;
  uint32_t length() const { return live_; }
  /// Null while the dict never had an entry.
  DictTable* table() const { return table_.get(); }
  uint32_t version() const { return version_; }

  /// Lookup of an interned or any other exact str: never runs Python. Entry number or -1.
  int64_t find_str(const Str* key) const;
  Optional<Value> get_str(const Str* key) const {
    int64_t entry = find_str(key);
    return entry < 0 ? Optional<Value>() : Optional<Value>(table_->value(static_cast<uint32_t>(entry)));
  }
  /// Sets an exact-str key; false when the heap's limit forbids growth.
  bool set_str(Heap& heap, Str* key, Value value);
  bool delete_str(Heap& heap, const Str* key);
  /// Iteration without Python: next live entry at or after `position`, or -1. Robust against changes in between.
  int64_t next_entry(int64_t position) const {
    DictTable* table = table_.get();
    if (table == nullptr) return -1;
    while (position < table->used() && table->key(static_cast<uint32_t>(position)) == Value::deleted()) ++position;
    return position < table->used() ? position : -1;
  }
  void clear();
  static Dict* make(Heap& heap) {
    return static_cast<Dict*>(heap.allocate(exact_shape_word(Kind::Dict), sizeof(Dict)));
  }

  Slot<DictTable> table_;
  uint32_t live_ = 0;
  uint32_t version_ = 0;
  LAYOUT(Dict, HeapObject, table_, live_, version_);
};

}  // namespace viperine
