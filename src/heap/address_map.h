// SPDX-License-Identifier: MIT
// AddressMap: a hash table from object addresses to words, in memory of its own. Open addressing, linear probing,
// deletion by shifting back. Collections rebuild it, because objects move. Invariant: keys are non-zero; at most 3/4 of
// the table is in use.
#pragma once

#include <cstdint>

#include "heap/page_vector.h"

namespace viperine {

class AddressMap {
 public:
  AddressMap() = default;
  AddressMap(const AddressMap&) = delete;
  AddressMap& operator=(const AddressMap&) = delete;
  ~AddressMap() { release(); }

  size_t size() const { return size_; }
  /// The word stored for `key`, or null. Valid until the next change of the table.
  uint64_t* find(uint64_t key) const {
    if (size_ == 0) return nullptr;
    for (size_t i = place(key);; i = (i + 1) & mask_) {
      if (entries_[i].key == key) return &entries_[i].value;
      if (entries_[i].key == 0) return nullptr;
    }
  }
  void set(uint64_t key, uint64_t value) {
    if ((size_ + 1) * 4 > capacity() * 3) resize(capacity() == 0 ? page_size() / sizeof(Entry) : capacity() * 2);
    size_t i = place(key);
    while (entries_[i].key != 0 && entries_[i].key != key) i = (i + 1) & mask_;
    if (entries_[i].key == 0) ++size_;
    entries_[i] = {key, value};
  }
  void remove(uint64_t key);
  /// Calls transform(key&, value&) for each entry; those for which it answers false are dropped.
  template <typename F>
  void rebuild(F&& transform) {
    if (size_ == 0) return release();
    Entry* old = entries_;
    size_t old_capacity = capacity(), old_size = size_;
    entries_ = nullptr;
    mask_ = size_ = 0;
    size_t wanted = page_size() / sizeof(Entry);
    while (old_size * 2 > wanted) wanted *= 2;
    resize(wanted);
    for (size_t i = 0; i < old_capacity; ++i)
      if (old[i].key != 0 && transform(old[i].key, old[i].value)) set(old[i].key, old[i].value);
    unmap_memory(reinterpret_cast<char*>(old), old_capacity * sizeof(Entry));
  }
  template <typename F>
  void for_each(F&& callback) const {
    for (size_t i = 0; i < capacity(); ++i)
      if (entries_[i].key != 0) callback(entries_[i].key, entries_[i].value);
  }
  void release();

 private:
  struct Entry {
    uint64_t key, value;
  };
  size_t capacity() const { return entries_ == nullptr ? 0 : mask_ + 1; }
  size_t place(uint64_t key) const { return (((key >> 3) * 0x9E3779B97F4A7C15u) >> 20) & mask_; }
  void resize(size_t capacity);

  Entry* entries_ = nullptr;
  size_t mask_ = 0, size_ = 0;
};

}  // namespace viperine
