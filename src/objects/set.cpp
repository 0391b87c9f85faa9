// SPDX-License-Identifier: MIT
// Set tables: creation, growth, insertion of new keys. Nothing here compares keys.
#include "objects/set.h"

#include <algorithm>

namespace viperine {

SetTable* SetTable::try_make(Heap& heap, uint32_t size, bool with_hashes) {
  size_t bytes = sizeof(SetTable) + size_t{size} * (with_hashes ? 16 : 8);
  auto* table = static_cast<SetTable*>(heap.try_allocate(exact_shape_word(Kind::SetTable), bytes));
  if (table == nullptr) return nullptr;
  table->mask_ = size - 1;
  table->has_hashes_ = with_hashes;
  std::fill_n(table->keys(), size, Value::absent());
  return table;
}

void SetTable::insert_clean(Value key, int64_t hash) {
  auto perturb = static_cast<uint64_t>(hash);
  uint64_t mask = mask_, place = perturb & mask;
  for (;;) {
    uint64_t last = place + kSetLinearProbes <= mask ? place + kSetLinearProbes : place;
    for (uint64_t at = place; at <= last; ++at) {
      if (keys()[at] != Value::absent()) continue;
      set_place(static_cast<uint32_t>(at), key, hash);
      return;
    }
    perturb >>= 5;
    place = (place * 5 + 1 + perturb) & mask;
  }
}

bool Set::resize(Heap& heap, uint64_t minimum) {
  uint64_t size = kMinimum;
  while (size <= minimum) size <<= 1;
  if (size > uint64_t{1} << 31) return false;
  SetTable* old = table();
  SetTable* fresh = SetTable::try_make(heap, static_cast<uint32_t>(size), old != nullptr && old->has_hashes_);
  if (fresh == nullptr) return false;
  if (old != nullptr) {
    for (uint32_t place = 0; place < old->size(); ++place)
      if (old->is_live(place)) fresh->insert_clean(old->keys()[place], old->hash_at(place));
    fresh->finger_ = old->finger_;
  }
  fresh->fill_ = live_;
  table_.set(this, fresh);
  return true;
}

bool Set::ensure_table(Heap& heap, bool with_hashes) {
  SetTable* old = table();
  if (old == nullptr) {
    SetTable* fresh = SetTable::try_make(heap, kMinimum, with_hashes);
    if (fresh == nullptr) return false;
    table_.set(this, fresh);
    return true;
  }
  if (!with_hashes || old->has_hashes_) return true;
  SetTable* fresh = SetTable::try_make(heap, old->size(), true);
  if (fresh == nullptr) return false;
  for (uint32_t place = 0; place < old->size(); ++place) {
    fresh->keys()[place] = old->keys()[place];
    if (old->is_live(place)) fresh->hashes()[place] = static_cast<uint64_t>(old->hash_at(place));
  }
  write_barrier(fresh);
  fresh->fill_ = old->fill_;
  fresh->finger_ = old->finger_;
  table_.set(this, fresh);
  return true;
}

void Set::clear() {
  table_.set(this, nullptr);
  live_ = 0;
  ++version_;
}

}  // namespace viperine
