// SPDX-License-Identifier: MIT
// FixedUniques: the unique objects (interned text) of the image, a table that is part of the image itself. Those of the
// heap are in unique_table.h. Invariant: a place is 0 or names an object of the window of immortal objects by its word
// number, beside ten bits of its hash, so that objects of another hash are rarely touched.
#pragma once

#include <cstdint>

#include "heap/heap_object.h"

namespace viperine {

struct FixedUniques {
  static constexpr uint32_t kWordBits = 22;
  /// Such objects lie below.
  static constexpr uint64_t kLimit = Value::kFixedBase + (uint64_t{8} << kWordBits);

  const uint32_t* places = nullptr;
  uint32_t mask = 0;  // number of places - 1, a power of two; some place is 0

  /// Hashes have 30 bits.
  static uint32_t place_of(uint32_t hash, uint64_t address) {
    return (hash >> 20) << kWordBits | static_cast<uint32_t>((address - Value::kFixedBase) >> 3);
  }
  HeapObject* find(uint32_t hash, bool (*equal)(const HeapObject*, const void*), const void* key) const {
    if (places == nullptr) return nullptr;
    for (uint32_t i = hash & mask; places[i] != 0; i = (i + 1) & mask) {
      if (places[i] >> kWordBits != hash >> 20) continue;
      uint64_t word = places[i] & ((1u << kWordBits) - 1);
      auto* object = reinterpret_cast<HeapObject*>(Value::kFixedBase + (word << 3));
      if (equal(object, key)) return object;
    }
    return nullptr;
  }
};

}  // namespace viperine
