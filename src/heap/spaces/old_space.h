// SPDX-License-Identifier: MIT
// OldSpace: one contiguous range of cells, [bottom, top). Allocation goes into gaps of 4 KiB and more that collections
// left between pinned blocks, then to the top. Moving is not here (collect/). Invariants: memory above top is zero;
// gaps are fillers, sorted, and their whole pages are given back.
#pragma once

#include "heap/spaces/nursery.h"

namespace viperine {

constexpr size_t kSmallestGap = 4096;

class OldSpace {
 public:
  void create(SpaceMap* map, char* start, char* limit);
  bool contains(uint64_t address) const { return address - address_of(start_) < static_cast<size_t>(limit_ - start_); }
  char* start() const { return start_; }
  char* bottom() const { return bottom_; }
  char* top() const { return top_; }
  char* limit() const { return limit_; }
  /// Bytes in use: everything but the gaps.
  size_t used() const { return static_cast<size_t>(top_ - bottom_) - gap_bytes_; }
  size_t room() const { return static_cast<size_t>(limit_ - top_) + gap_bytes_; }
  size_t committed() const { return static_cast<size_t>(committed_ - start_); }

  /// Room for one surviving object (not zeroed), or null when memory is exhausted. Only between begin_ and
  /// end_promotion.
  char* promote(size_t bytes) {
    if (bytes <= static_cast<size_t>(cursor_end_ - cursor_)) [[likely]] {
      char* place = cursor_;
      cursor_ += bytes;
      map_->record_cell(place, cursor_);
      return place;
    }
    return promote_slow(bytes);
  }
  void begin_promotion();
  void end_promotion();
  /// Spans filled since begin_promotion, in order; the last one is still growing.
  size_t promoted_count() const { return promoted_.size(); }
  Span promoted(size_t number) const {
    return number + 1 == promoted_.size() ? Span{promoted_[number].start, cursor_} : promoted_[number];
  }

  /// Moves the allocation window [next, end) on so that `bytes` fit: zeroed memory. False when memory is exhausted.
  bool refill(char*& next, char*& end, size_t bytes);
  bool is_direct() const { return direct_; }
  /// Ends direct allocation.
  void close(char* next, char* end);
  /// Where direct allocation has gone since the last clear: cells not seen by any collection.
  PageVector<Span>& fresh() { return fresh_; }

  /// The object at or around `address`, or null. `next`: the heap's allocation pointer.
  HeapObject* find(const ObjectModel& model, uint64_t address, const char* next, const char* end) const;

  /// Commits memory up to `end`; false when exhausted.
  bool ensure(char* end);
  /// Compaction decides where everything is.
  void set_bounds(char* bottom, char* top);
  void clear_gaps();
  void add_gap(char* start, char* end);
  const PageVector<Span>& gaps() const { return gaps_; }

 private:
  char* promote_slow(size_t bytes);
  bool next_gap(size_t bytes, Span& found);

  SpaceMap* map_ = nullptr;
  char *start_ = nullptr, *bottom_ = nullptr, *top_ = nullptr, *limit_ = nullptr, *committed_ = nullptr;
  PageVector<Span> gaps_;
  size_t first_gap_ = 0;         // gaps before it are used up
  size_t gap_bytes_ = 0;
  char *cursor_ = nullptr, *cursor_end_ = nullptr;
  bool cursor_at_top_ = false;
  PageVector<Span> promoted_;
  PageVector<Span> fresh_;
  bool direct_ = false;          // the heap's allocation window is in this space
  bool direct_at_top_ = false;
  char* direct_limit_ = nullptr;  // end of the gap that the window is in
};

}  // namespace viperine
