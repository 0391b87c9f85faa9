// SPDX-License-Identifier: MIT
// FixedUniques: the unique objects (interned text) of the image, a table that is part of the image itself. Those of the
// heap are in unique_table.h. Text that every start asks for has a table of its own, and the large table has a byte for
// each place, so that few pages are touched. Invariant: a place is 0 or names an object of the window of immortal
// objects by its word number, beside ten bits of its hash, so that objects of another hash are rarely touched.
#pragma once

#include <cstdint>

#include "heap/heap_object.h"

namespace viperine {

struct FixedUniques {
  static constexpr uint32_t kWordBits = 22;
  /// Such objects lie below.
  static constexpr uint64_t kLimit = Value::kFixedBase + (uint64_t{8} << kWordBits);

  struct Table {
    const uint32_t* places = nullptr;
    uint32_t mask = 0;  // number of places - 1, a power of two; some place is 0
  };
  Table near, far;
  const uint8_t* tags = nullptr;  // of far.places: 0 where that is 0, otherwise tag_of the hash

  /// Hashes have 30 bits.
  static uint32_t place_of(uint32_t hash, uint64_t address) {
    return (hash >> 20) << kWordBits | static_cast<uint32_t>((address - Value::kFixedBase) >> 3);
  }
  static uint8_t tag_of(uint32_t hash) { return static_cast<uint8_t>(hash >> 16 | 0x80); }

  HeapObject* find(uint32_t hash, bool (*equal)(const HeapObject*, const void*), const void* key) const {
    if (tags == nullptr) return nullptr;
    for (uint32_t i = hash & near.mask; near.places[i] != 0; i = (i + 1) & near.mask)
      if (HeapObject* object = object_at(near.places[i], hash); object != nullptr && equal(object, key)) return object;
    for (uint32_t i = hash & far.mask; tags[i] != 0; i = (i + 1) & far.mask) {
      if (tags[i] != tag_of(hash)) continue;
      if (HeapObject* object = object_at(far.places[i], hash); object != nullptr && equal(object, key)) return object;
    }
    return nullptr;
  }

 private:
  static HeapObject* object_at(uint32_t place, uint32_t hash) {
    if (place >> kWordBits != hash >> 20) return nullptr;
    uint64_t word = place & ((1u << kWordBits) - 1);
    return reinterpret_cast<HeapObject*>(Value::kFixedBase + (word << 3));
  }
};

}  // namespace viperine
