// SPDX-License-Identifier: MIT
// UniqueTable: insertion, growth, deletion by shifting back.
#include "heap/unique_table.h"

namespace viperine {

void UniqueTable::allocate(size_t capacity) {
  char* memory = map_memory(capacity * 12);
  if (memory == nullptr) out_of_memory("the table of unique objects");
  objects_ = reinterpret_cast<HeapObject**>(memory);
  hashes_ = reinterpret_cast<uint32_t*>(memory + capacity * 8);
  mask_ = capacity - 1;
  size_ = 0;
}

void UniqueTable::place(uint32_t hash, HeapObject* object) {
  size_t i = hash & mask_;
  while (objects_[i] != nullptr) i = (i + 1) & mask_;
  objects_[i] = object;
  hashes_[i] = hash;
  ++size_;
}

void UniqueTable::add(uint32_t hash, HeapObject* object, bool young) {
  if (objects_ == nullptr || (size_ + 1) * 8 > (mask_ + 1) * 7) rebuild(size_ + 1, [](HeapObject*) { return true; });
  place(hash, object);
  if (young) young_.push({hash, object});
}

void UniqueTable::remove(size_t hole) {
  --size_;
  for (size_t i = (hole + 1) & mask_; objects_[i] != nullptr; i = (i + 1) & mask_) {
    size_t home = hashes_[i] & mask_;
    bool stays = hole <= i ? home > hole && home <= i : home > hole || home <= i;
    if (stays) continue;
    objects_[hole] = objects_[i];
    hashes_[hole] = hashes_[i];
    hole = i;
  }
  objects_[hole] = nullptr;
}

void UniqueTable::release() {
  if (objects_ != nullptr) unmap_memory(reinterpret_cast<char*>(objects_), (mask_ + 1) * 12);
  objects_ = nullptr;
  hashes_ = nullptr;
  mask_ = size_ = 0;
  young_.release();
}

}  // namespace viperine
