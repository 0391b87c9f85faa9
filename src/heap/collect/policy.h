// SPDX-License-Identifier: MIT
// Policy: when the next full collection is due, how large the nursery is, and what limits the surroundings set.
#pragma once

#include "heap/heap_state.h"

namespace viperine {

constexpr size_t kSmallestThreshold = size_t{3} << 19;
constexpr size_t kLargestReservation = size_t{32} << 30;  // word numbers have 32 bits
constexpr size_t kSmallestReservation = size_t{8} << 20;
constexpr size_t kFirstNursery = 256 << 10;
constexpr size_t kLargestNursery = size_t{2} << 20;
constexpr size_t kDefaultNursery = size_t{1} << 20;

/// The largest reservation to try: leaves half of `ulimit -v` to others.
size_t reservation_wanted();
/// Limits from options, ulimit and (once the heap is large enough to care) the control group.
void set_limits(HeapState& heap, bool ask_control_group);
/// From which use on allocate() collects by itself.
void reset_emergency(HeapState& heap);
/// How much the heap may grow until the next full collection, in sixteenths of what is live: less while full
/// collections cost little of the program's time (under 3 %), more when they cost much (over 8 %).
constexpr size_t kGrowthUnit = 16, kSmallestGrowth = 2, kLargestGrowth = 8;

/// After a full collection that took `pause` nanoseconds, `interval` after the end of the one before.
void adapt_growth(HeapState& heap, uint64_t pause, uint64_t interval);
/// After a full collection.
void set_threshold(HeapState& heap);
/// After a minor collection that started with `used` bytes in the nursery.
void adapt_nursery(HeapState& heap, size_t used);
/// True when a MemoryError is due.
bool is_over_limit(const HeapState& heap);

}  // namespace viperine
