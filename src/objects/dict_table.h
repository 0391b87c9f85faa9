// SPDX-License-Identifier: MIT
// The index of a DictTable: where keys are placed and how they are searched; shared by objects/dict.cpp and
// runtime/dicts.cpp. Placement: an exact str by the 30 bits that it caches, any other key by its hash. A key that is no
// exact str but may equal one (an instance with __eq__) is therefore searched twice. Index places: 0 = empty, else
// entry + 1. Deleting leaves the place; the entry's key is Value::deleted() then.
// Defence against chosen keys: hashes of str can be foreseen, so a table in which a str meets kFlood taken places is
// keyed from then on: each lookup hashes the text again, with a key made at random for this process.
#pragma once

#include "objects/dict.h"
#include "objects/hashing.h"

namespace viperine {

inline uint32_t index_place(const DictTable* table, size_t position) {
  const uint8_t* index = const_cast<DictTable*>(table)->index();
  if (table->capacity() <= 0xFE) return index[position];
  if (table->capacity() <= 0xFFFE) return reinterpret_cast<const uint16_t*>(index)[position];
  return reinterpret_cast<const uint32_t*>(index)[position];
}
inline void set_index_place(DictTable* table, size_t position, uint32_t place) {
  uint8_t* index = table->index();
  if (table->capacity() <= 0xFE)
    index[position] = static_cast<uint8_t>(place);
  else if (table->capacity() <= 0xFFFE)
    reinterpret_cast<uint16_t*>(index)[position] = static_cast<uint16_t>(place);
  else
    reinterpret_cast<uint32_t*>(index)[position] = place;
}

/// The sequence of index positions for a placement hash.
class IndexProbe {
 public:
  IndexProbe(const DictTable* table, uint64_t placement)
      : mask_((size_t{1} << table->index_bits()) - 1), position_(placement & mask_), perturb_(placement) {}
  size_t position() const { return position_; }
  void advance() {
    perturb_ >>= 5;
    position_ = (position_ * 5 + perturb_ + 1) & mask_;
  }

 private:
  size_t mask_, position_;
  uint64_t perturb_;
};

constexpr uint32_t kFlood = 100;
uint64_t keyed_placement(const Str* text);

inline uint64_t placement_of_hash(int64_t hash) { return static_cast<uint64_t>(hash); }
/// Placement of the key of a live entry.
inline uint64_t placement_of_entry(const Heap& heap, const DictTable* table, uint32_t entry) {
  Value key = table->key(entry);
  if (is_exact<Str>(key)) {
    auto* text = static_cast<const Str*>(key.as_object());
    return table->is_keyed() ? keyed_placement(text) : str_hash30(heap, text);
  }
  if (table->has_hashes()) return table->hashes()[entry];
  return placement_of_hash(hash_plain_number(key));
}

/// Entry of a plain number, -1 when there is none; looks at plain numbers only. Precondition: is_plain_number(key).
int64_t find_plain_number(const Dict* dict, Value key, uint64_t placement);
/// Room for one more entry whose key has a cheap hash, or any key. False: no memory.
bool dict_reserve(Heap& heap, Dict* dict, bool cheap_key, uint32_t more = 1);
/// Adds a key that is not there. Precondition: dict_reserve said true for it just before. Never allocates.
void dict_add_new(Heap& heap, Dict* dict, Value key, uint64_t placement, Value value);
/// Deletes a live entry.
void dict_delete_entry(Heap& heap, Dict* dict, uint32_t entry);
/// A copy of the table without deleted entries; null: no memory. Precondition: dict->length() > 0.
DictTable* dict_copy_table(Heap& heap, const Dict* dict);

}  // namespace viperine
