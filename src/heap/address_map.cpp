// SPDX-License-Identifier: MIT
// AddressMap: growth and deletion.
#include "heap/address_map.h"

namespace viperine {

void AddressMap::release() {
  if (entries_ != nullptr) unmap_memory(reinterpret_cast<char*>(entries_), capacity() * sizeof(Entry));
  entries_ = nullptr;
  mask_ = size_ = 0;
}

void AddressMap::resize(size_t capacity_wanted) {
  Entry* old = entries_;
  size_t old_capacity = capacity();
  entries_ = reinterpret_cast<Entry*>(map_memory(capacity_wanted * sizeof(Entry)));
  if (entries_ == nullptr) out_of_memory("a table of the collector");
  mask_ = capacity_wanted - 1;
  size_ = 0;
  for (size_t i = 0; i < old_capacity; ++i)
    if (old[i].key != 0) set(old[i].key, old[i].value);
  if (old != nullptr) unmap_memory(reinterpret_cast<char*>(old), old_capacity * sizeof(Entry));
}

void AddressMap::remove(uint64_t key) {
  if (size_ == 0) return;
  size_t hole = place(key);
  while (entries_[hole].key != key) {
    if (entries_[hole].key == 0) return;
    hole = (hole + 1) & mask_;
  }
  --size_;
  for (size_t i = (hole + 1) & mask_; entries_[i].key != 0; i = (i + 1) & mask_) {
    size_t home = place(entries_[i].key);
    bool stays = hole <= i ? home > hole && home <= i : home > hole || home <= i;
    if (stays) continue;
    entries_[hole] = entries_[i];
    hole = i;
  }
  entries_[hole] = {0, 0};
}

}  // namespace viperine
