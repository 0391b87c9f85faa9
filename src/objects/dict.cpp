// SPDX-License-Identifier: MIT
// Dict tables: growth, placement, lookup of str and of plain numbers. Nothing here runs Python; keys of any type:
// runtime/dicts.cpp.
#include "objects/dict.h"

#include <sys/auxv.h>

#include <algorithm>
#include <cstring>
#include <span>

#include "base/short_memory.h"
#include "numeric/siphash.h"
#include "objects/dict_table.h"

namespace viperine {

namespace {

constexpr uint32_t kLinearCapacity = 8;

uint16_t index_bits_for(uint32_t capacity) {
  if (capacity <= kLinearCapacity) return 0;
  uint16_t bits = 4;
  while ((uint64_t{1} << bits) * 2 < uint64_t{capacity} * 3) ++bits;
  return bits;
}

DictTable* make_table(Heap& heap, uint32_t capacity, bool with_hashes) {
  uint16_t index_bits = index_bits_for(capacity);
  size_t unit = capacity <= 0xFE ? 1 : capacity <= 0xFFFE ? 2 : 4;
  size_t size =
      sizeof(DictTable) + size_t{capacity} * (with_hashes ? 24 : 16) + (index_bits == 0 ? 0 : unit << index_bits);
  auto* table = static_cast<DictTable*>(heap.try_allocate(exact_shape_word(Kind::DictTable), size));
  if (table == nullptr) return nullptr;
  table->capacity_ = capacity;
  table->index_bits_ = index_bits;
  table->has_hashes_ = with_hashes;
  return table;
}

/// How many taken places were met.
uint32_t place(DictTable* table, uint32_t entry, uint64_t placement) {
  if (table->index_bits() == 0) return 0;
  IndexProbe probe(table, placement);
  uint32_t met = 0;
  for (; index_place(table, probe.position()) != 0; ++met) probe.advance();
  set_index_place(table, probe.position(), entry + 1);
  ++table->placed_;
  return met;
}

/// Makes the table a keyed one.
void place_again(const Heap& heap, DictTable* table) {
  std::memset(table->index(), 0, table->index_byte_length());
  table->index_bits_ |= DictTable::kKeyed;
  table->placed_ = 0;
  for (uint32_t entry = 0; entry < table->used(); ++entry)
    if (table->key(entry) != Value::deleted()) place(table, entry, placement_of_entry(heap, table, entry));
}

/// Fills `to` with the live entries of `from`.
void move_entries(const Heap& heap, const DictTable* from, DictTable* to) {
  uint32_t out = 0;
  if (to->index_bits() != 0) to->index_bits_ |= from->index_bits_ & DictTable::kKeyed;
  for (uint32_t entry = 0; entry < from->used(); ++entry) {
    Value key = from->key(entry);
    if (key == Value::deleted()) continue;
    Value* words = to->words() + size_t{out} * to->stride();
    words[0] = key;
    words[1] = from->value(entry);
    uint64_t placement = 0;
    if (to->index_bits() != 0 || to->has_hashes()) placement = placement_of_entry(heap, from, entry);
    if (to->has_hashes()) to->hashes()[out] = placement;
    place(to, out, placement);
    ++out;
  }
  to->used_ = out;
  write_barrier(to);
}

uint32_t grown_capacity(uint64_t wanted, uint32_t present) {
  if (wanted <= 4) return 4;
  if (wanted <= kLinearCapacity) return kLinearCapacity;
  uint64_t capacity = std::max<uint64_t>(present, 16);
  while (capacity < wanted) capacity += capacity < 50000 ? capacity : capacity / 2;
  // Tables that lost most of their keys become smaller.
  while (capacity > 16 && capacity / 4 >= wanted) capacity /= 2;
  return static_cast<uint32_t>(std::min<uint64_t>(capacity, 0xFFFFFFF0u));
}

}  // namespace

uint64_t keyed_placement(const Str* text) {
  // The kernel gives every process 16 random bytes.
  std::span<const uint8_t, 16> random(reinterpret_cast<const uint8_t*>(getauxval(AT_RANDOM)), 16);
  return siphash13(hash_key_from_bytes(random), text->data(), text->byte_length());
}

bool dict_reserve(Heap& heap, Dict* dict, bool cheap_key, uint32_t more) {
  DictTable* table = dict->table();
  if (table == nullptr) {
    DictTable* fresh = make_table(heap, grown_capacity(more, 0), !cheap_key);
    if (fresh == nullptr) return false;
    dict->table_.set(dict, fresh);
    return true;
  }
  bool hashes = table->has_hashes() || !cheap_key;
  if (std::max(table->used(), table->placed_) + uint64_t{more} <= table->capacity() && table->has_hashes() == hashes)
    return true;
  // One more than needed: a table that is full of live entries doubles.
  uint64_t wanted = uint64_t{dict->length()} + more;
  if (more == 1 && dict->length() > 8) wanted += dict->length() / 4;  // many tombstones: do not rebuild again at once
  DictTable* fresh = make_table(heap, grown_capacity(wanted, table->capacity()), hashes);
  if (fresh == nullptr) return false;
  move_entries(heap, table, fresh);
  dict->table_.set(dict, fresh);
  return true;
}

void dict_add_new(Heap& heap, Dict* dict, Value key, uint64_t placement, Value value) {
  DictTable* table = dict->table();
  uint32_t entry = table->used_++;
  Value* words = table->words() + size_t{entry} * table->stride();
  words[0] = key;
  words[1] = value;
  if (table->has_hashes()) table->hashes()[entry] = placement;
  if (table->is_keyed() && is_exact<Str>(key)) placement = keyed_placement(static_cast<const Str*>(key.as_object()));
  if (place(table, entry, placement) > kFlood && !table->is_keyed() && is_exact<Str>(key)) [[unlikely]]
    place_again(heap, table);
  write_barrier(table, words);
  write_barrier(table, words + 1);
  ++dict->live_;
  ++dict->version_;
}

void dict_delete_entry(Heap&, Dict* dict, uint32_t entry) {
  DictTable* table = dict->table();
  Value* words = table->words() + size_t{entry} * table->stride();
  words[0] = Value::deleted();
  words[1] = Value();
  --dict->live_;
  ++dict->version_;
  if (dict->live_ == 0 && table->capacity() > kLinearCapacity) dict->table_.set(dict, nullptr);
}

DictTable* dict_copy_table(Heap& heap, const Dict* dict) {
  DictTable* table = dict->table();
  uint32_t capacity = table->capacity();
  bool dense = table->used() == dict->length() && uint64_t{dict->length()} * 2 > capacity;
  if (!dense) capacity = grown_capacity(dict->length(), 0);
  DictTable* fresh = make_table(heap, capacity, table->has_hashes());
  if (fresh == nullptr) return nullptr;
  if (!dense) {
    move_entries(heap, table, fresh);
    return fresh;
  }
  TailExtent extent = DictTable::tail_extent(table);
  std::memcpy(static_cast<void*>(fresh->words()), table->words(), extent.values * 8 + extent.bytes);
  fresh->index_bits_ = table->index_bits_;
  fresh->used_ = table->used_;
  fresh->placed_ = table->placed_;
  write_barrier(fresh);
  return fresh;
}

namespace {

/// Entry of a str by the index, whose places are as wide as Place.
template <typename Place>
int64_t find_in_index(const DictTable* table, const Place* index, const Str* key, uint32_t hash) {
  for (IndexProbe probe(table, table->is_keyed() ? keyed_placement(key) : hash);; probe.advance()) {
    uint32_t place = index[probe.position()];
    if (place == 0) return -1;
    Value candidate = table->key(place - 1);
    if (candidate == Value::from_object(key)) return place - 1;
    if (!is_exact<Str>(candidate)) continue;
    auto* text = static_cast<const Str*>(candidate.as_object());
    if (text->cached_hash() == hash && text->length() == key->length() && text->width() == key->width() &&
        equal_runs(text->data8(), key->data8(), key->byte_length()))
      return place - 1;
  }
}

}  // namespace

int64_t Dict::find_str(const Str* key) const {
  const DictTable* table = this->table();
  if (table == nullptr) return -1;
  uint32_t hash = key->cached_hash();
  if (table->index_bits() == 0 || hash == 0) {
    uint32_t used = table->used();
    constexpr uint32_t stride = DictTable::stride();
    Value wanted = Value::from_object(key);
    const Value* words = table->words();
    for (uint32_t entry = 0; entry < used; ++entry)
      if (words[size_t{entry} * stride] == wanted) return entry;
    for (uint32_t entry = 0; entry < used; ++entry) {
      Value candidate = words[size_t{entry} * stride];
      if (!is_exact<Str>(candidate)) continue;
      auto* text = static_cast<const Str*>(candidate.as_object());
      if (hash != 0 && text->cached_hash() != 0 && text->cached_hash() != hash) continue;
      if (key->equals(text)) return entry;
    }
    return -1;
  }
  const uint8_t* index = const_cast<DictTable*>(table)->index();
  if (table->capacity() <= 0xFE) return find_in_index(table, index, key, hash);
  if (table->capacity() <= 0xFFFE) return find_in_index(table, reinterpret_cast<const uint16_t*>(index), key, hash);
  return find_in_index(table, reinterpret_cast<const uint32_t*>(index), key, hash);
}

namespace {

/// Entry of an immediate int by the index, whose places are as wide as Place.
template <typename Place>
int64_t find_int_in_index(const DictTable* table, const Place* index, Value key, uint64_t placement) {
  for (IndexProbe probe(table, placement);; probe.advance()) {
    uint32_t place = index[probe.position()];
    if (place == 0) return -1;
    Value candidate = table->key(place - 1);
    if (candidate == key) return place - 1;
    if (!candidate.is_int() && is_plain_number(candidate) && plain_numbers_equal(candidate, key)) return place - 1;
  }
}

}  // namespace

int64_t find_plain_number(const Dict* dict, Value key, uint64_t placement) {
  const DictTable* table = dict->table();
  if (table == nullptr) return -1;
  if (key.is_int() && table->index_bits() != 0) {
    const uint8_t* index = const_cast<DictTable*>(table)->index();
    if (table->capacity() <= 0xFE) return find_int_in_index(table, index, key, placement);
    if (table->capacity() <= 0xFFFE)
      return find_int_in_index(table, reinterpret_cast<const uint16_t*>(index), key, placement);
    return find_int_in_index(table, reinterpret_cast<const uint32_t*>(index), key, placement);
  }
  if (table->index_bits() == 0) {
    for (uint32_t entry = 0; entry < table->used(); ++entry) {
      Value candidate = table->key(entry);
      if (candidate == key || (is_plain_number(candidate) && plain_numbers_equal(candidate, key))) return entry;
    }
    return -1;
  }
  for (IndexProbe probe(table, placement);; probe.advance()) {
    uint32_t place = index_place(table, probe.position());
    if (place == 0) return -1;
    Value candidate = table->key(place - 1);
    if (candidate == key || (is_plain_number(candidate) && plain_numbers_equal(candidate, key))) return place - 1;
  }
}

bool Dict::set_str(Heap& heap, Str* key, Value value) {
  str_hash30(heap, key);
  int64_t entry = find_str(key);
  if (entry >= 0) {
    table_->set_value(static_cast<uint32_t>(entry), value);
    return true;
  }
  if (!dict_reserve(heap, this, true)) return false;
  dict_add_new(heap, this, to_value(key), key->cached_hash(), value);
  return true;
}

bool Dict::delete_str(Heap& heap, const Str* key) {
  int64_t entry = find_str(key);
  if (entry < 0) return false;
  dict_delete_entry(heap, this, static_cast<uint32_t>(entry));
  return true;
}

void Dict::clear() {
  if (live_ == 0) return;
  table_.set(this, nullptr);
  live_ = 0;
  ++version_;
}

}  // namespace viperine
