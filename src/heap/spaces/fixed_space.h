// SPDX-License-Identifier: MIT
// FixedSpace: objects that never move (shapes, code). First fit into free ranges, swept after marking.
// Invariants: cells cover [start, top); free ranges are fillers; what lies in the log table of the heap is not known
// here.
#pragma once

#include "heap/spaces/nursery.h"

namespace viperine {

class FixedSpace {
 public:
  void create(SpaceMap* map, char* start, char* limit);
  bool contains(uint64_t address) const { return address - address_of(start_) < static_cast<size_t>(limit_ - start_); }
  char* start() const { return start_; }
  char* top() const { return top_; }
  size_t used() const { return used_; }
  size_t committed() const { return static_cast<size_t>(committed_ - start_); }
  /// Zeroed memory, or null when the space is full.
  char* allocate(size_t bytes);
  /// Frees every cell whose live bit is not set.
  void sweep(const ObjectModel& model);
  HeapObject* find(const ObjectModel& model, uint64_t address) const;

 private:
  SpaceMap* map_ = nullptr;
  char *start_ = nullptr, *top_ = nullptr, *limit_ = nullptr, *committed_ = nullptr;
  size_t used_ = 0;
  PageVector<Span> free_;
};

}  // namespace viperine
