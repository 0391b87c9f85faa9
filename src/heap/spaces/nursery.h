// SPDX-License-Identifier: MIT
// Nursery: where objects are born, in windows of 4 KiB that are zeroed just before use. Windows that hold an object
// pinned by the last collection are skipped for one cycle. Copying survivors out is not here (collect/minor.cpp).
// Invariants: a span is a run of windows filled with consecutive cells from its start; at each window's first object
// the crossing byte is recorded; the allocation pointers of the heap lie in the last span, or nowhere.
#pragma once

#include "heap/page_vector.h"
#include "heap/spaces/space_map.h"

namespace viperine {

struct Span {
  char* start;
  char* end;
};

class Nursery {
 public:
  /// `start` is committed memory of 2 * largest_budget bytes.
  void create(SpaceMap* map, char* start, size_t first_budget, size_t largest_budget);
  bool contains(uint64_t address) const { return address - address_of(start_) < capacity_; }
  uint64_t start_address() const { return address_of(start_); }
  size_t capacity() const { return capacity_; }
  size_t budget() const { return budget_; }
  bool is_off() const { return capacity_ == 0; }

  /// Moves [next, end) on so that `bytes` fit; false when the budget (or, with reserve, twice the budget) is used up.
  bool refill(char*& next, char*& end, size_t bytes, bool with_reserve);
  /// Ends allocation at `next`: the rest of the current window becomes a filler.
  void close(char* next, char* end);
  /// Everything but the pinned objects (sorted, non-overlapping) is dead from now on.
  void reset(const ObjectModel& model, PageVector<HeapObject*>& pinned);
  /// Gives unused windows back to the operating system.
  void release_unused();
  /// The object at or around `address`, or null; `next` is the heap's allocation pointer.
  HeapObject* find(const ObjectModel& model, uint64_t address, const char* next) const;
  /// Bytes of windows taken since the last reset.
  size_t used() const { return taken_; }
  void grow_budget() { budget_ = budget_ * 2 <= capacity_ / 2 ? budget_ * 2 : capacity_ / 2; }
  void shrink_to_first_budget() { budget_ = first_budget_; }
  size_t span_count() const { return spans_.size(); }
  /// The last span ends at `next` while allocation goes on in it.
  Span span(size_t number, const char* next) const;

 private:
  enum : uint8_t { kRetained = 1, kDirty = 2 };
  size_t window_of(const char* address) const { return static_cast<size_t>(address - start_) / kNurseryWindow; }
  void prepare(char* from, char* to);

  SpaceMap* map_ = nullptr;
  char* start_ = nullptr;
  size_t capacity_ = 0, budget_ = 0, first_budget_ = 0, taken_ = 0;
  char* cursor_ = nullptr;         // windows from here on have not been looked at in this cycle
  bool open_ = false;
  PageVector<Span> spans_;
  PageVector<uint8_t> windows_;    // flags
};

}  // namespace viperine
