// SPDX-License-Identifier: MIT
// HeapState: everything that a heap consists of, shared by the phases of the collector. The public face is heap.h.
// Invariants: an object is young when it lies in the nursery or is a large object not yet seen by a collection; every
// old object that may refer to a young one is in `log`, in a `fresh` span of the old space, or has a dirty card in
// `carded`.
#pragma once

#include "heap/address_map.h"
#include "heap/heap.h"
#include "heap/spaces/fixed_space.h"
#include "heap/spaces/large_space.h"
#include "heap/spaces/old_space.h"
#include "heap/unique_table.h"

namespace viperine {

using ObjectList = PageVector<HeapObject*>;

struct HeapState {
  ObjectModel model;
  RootProvider* roots = nullptr;
  HeapOptions options;
  HeapStatistics* statistics = nullptr;
  uint8_t* attribute_words = nullptr;
  HeapObject** shapes = nullptr;
  uint32_t next_shape = 256;
  PageVector<uint32_t> free_shapes, dead_shapes;

  SpaceMap map;
  Nursery nursery;
  OldSpace old;
  FixedSpace fixed;
  LargeSpace large;

  ObjectList log;                         // old objects without kGcMustLog that may refer to young ones
  PageVector<LargeHead*> carded;          // large old objects with dirty cards
  ObjectList special_young, special_old;  // kinds with weak slots or release
  ObjectList finalizer_young, finalizer_old;
  ObjectList finalizable, cleared;  // queues for the program; roots
  size_t finalizable_taken = 0, cleared_taken = 0;
  AddressMap weak_heads;           // referent -> its first WeakRef
  PageVector<uint64_t> weak_keys;  // referents whose chain has changed since the last collection
  AddressMap identities;           // numbers that do not fit the header
  PageVector<uint64_t> identity_keys;
  UniqueTable unique;
  uint64_t next_identity = 16;  // the first ones belong to the fixed objects

  int64_t external = 0;
  size_t threshold = 0;         // full collection when used() passes it
  size_t growth = 4;            // see adapt_growth
  uint64_t last_full = 0;       // when the last full collection ended, nanoseconds
  size_t limit = SIZE_MAX;      // MemoryError beyond
  size_t grace = 0;             // after a MemoryError: no further one below this
  size_t emergency = SIZE_MAX;  // allocate() collects by itself beyond this
  uint64_t survived = 0;        // bytes copied by the last minor collection
  uint32_t safepoints = 0;      // for stress_every
  uint64_t moving_low = 0, moving_size = 0;  // during a full collection: the range that compaction may move
  bool (*counts)(const HeapObject*) = nullptr;  // the next collection counts these (count.cpp)
  uint64_t counted = 0, counted_total = 0;
  bool has_count = false;

  bool in_nursery(const HeapObject* object) const { return nursery.contains(address_of(object)); }
  bool is_young(HeapObject* object) const {
    return in_nursery(object) || ((object->gc_bits() & kGcLarge) && LargeHead::of(object)->young);
  }
  size_t used() const {
    return old.used() + fixed.used() + large.used() + nursery.used() + static_cast<size_t>(external > 0 ? external : 0);
  }
  /// An old object that may refer to a young one from now on.
  void remember(HeapObject* object) {
    if (!(object->gc_bits() & kGcMustLog)) return;
    object->clear_gc_bit(kGcMustLog);
    log.push(object);
  }
  HeapObject* find(uint64_t address, const char* next, const char* end);
};

/// How a collection sees objects: which are alive, and where they are now.
class Tracer {
 public:
  /// The present place of a living object, or null.
  virtual HeapObject* resolve(HeapObject* object) = 0;
  /// Keeps the object alive with all it reaches (after drain); returns its present place.
  virtual HeapObject* keep(HeapObject* object) = 0;
  virtual void drain() = 0;

 protected:
  ~Tracer() = default;
};

}  // namespace viperine
