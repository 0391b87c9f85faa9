// SPDX-License-Identifier: MIT
// UniqueTable: finds objects by content (interned text) without keeping them alive. Hash and equality are the
// program's. Entries of dead objects disappear in collections; the others follow their objects. Invariant: at most 7/8
// of the places are in use; an object is entered once.
#pragma once

#include <cstdint>

#include "heap/object_model.h"
#include "heap/page_vector.h"

namespace viperine {

class UniqueTable {
 public:
  UniqueTable() = default;
  UniqueTable(const UniqueTable&) = delete;
  UniqueTable& operator=(const UniqueTable&) = delete;
  ~UniqueTable() { release(); }

  size_t size() const { return size_; }
  HeapObject* find(uint32_t hash, bool (*equal)(const HeapObject*, const void*), const void* key) const {
    if (size_ == 0) return nullptr;
    for (size_t i = hash & mask_; objects_[i] != nullptr; i = (i + 1) & mask_)
      if (hashes_[i] == hash && equal(objects_[i], key)) return objects_[i];
    return nullptr;
  }
  void add(uint32_t hash, HeapObject* object, bool young);

  template <typename F>
  void for_each(F&& visit) const {
    for (size_t i = 0; objects_ != nullptr && i <= mask_; ++i)
      if (objects_[i] != nullptr) visit(objects_[i]);
  }
  /// Minor collection: resolve(object) is the new place of a young object, or null when it died.
  template <typename F, typename G>
  void update_young(F&& resolve, G&& still_young) {
    size_t kept = 0;
    for (Young entry : young_) {
      size_t place = place_of(entry);
      HeapObject* now = resolve(entry.object);
      if (now == nullptr) {
        remove(place);
        continue;
      }
      objects_[place] = now;
      if (still_young(now)) young_[kept++] = entry;  // pinned
    }
    young_.truncate(kept);
  }
  /// Full collection: objects for which alive(object) is false are dropped.
  template <typename F>
  void keep(F&& alive) {
    size_t capacity = objects_ == nullptr ? 0 : mask_ + 1, living = 0;
    for (size_t i = 0; i < capacity; ++i) living += objects_[i] != nullptr && alive(objects_[i]);
    if (living == size_) return;
    rebuild(living, [&](HeapObject* object) { return alive(object); });
  }
  /// Of the young ones only those for which still_young is true are so any longer.
  template <typename F>
  void drop_young(F&& still_young) {
    size_t kept = 0;
    for (Young entry : young_)
      if (still_young(entry.object)) young_[kept++] = entry;
    young_.truncate(kept);
    young_.shrink();
  }
  /// Objects have moved: place(object) is where to. (Young ones do not move.)
  template <typename F>
  void forward(F&& place) {
    for (size_t i = 0; objects_ != nullptr && i <= mask_; ++i)
      if (objects_[i] != nullptr) objects_[i] = place(objects_[i]);
  }
  void release();

 private:
  struct Young {
    uint32_t hash;
    HeapObject* object;
  };
  size_t place_of(Young entry) const {
    size_t i = entry.hash & mask_;
    while (objects_[i] != entry.object) i = (i + 1) & mask_;
    return i;
  }
  void remove(size_t hole);
  void place(uint32_t hash, HeapObject* object);
  void allocate(size_t capacity);
  template <typename F>
  void rebuild(size_t expected, F&& wanted) {
    HeapObject** old_objects = objects_;
    uint32_t* old_hashes = hashes_;
    size_t old_capacity = objects_ == nullptr ? 0 : mask_ + 1, capacity = 256;
    while (expected * 4 >= capacity * 3) capacity *= 2;
    allocate(capacity);
    for (size_t i = 0; i < old_capacity; ++i)
      if (old_objects[i] != nullptr && wanted(old_objects[i])) place(old_hashes[i], old_objects[i]);
    if (old_objects != nullptr) unmap_memory(reinterpret_cast<char*>(old_objects), old_capacity * 12);
  }

  HeapObject** objects_ = nullptr;  // capacity places, then the hashes, in one mapping
  uint32_t* hashes_ = nullptr;
  size_t mask_ = 0, size_ = 0;
  PageVector<Young> young_;
};

}  // namespace viperine
