// SPDX-License-Identifier: MIT
// Policy: thresholds and limits.
#include "heap/collect/policy.h"

#include "platform/memory_limits.h"

namespace viperine {

size_t reservation_wanted() {
  size_t wanted = kLargestReservation;
  size_t allowed = address_space_limit();
  while (wanted > kSmallestReservation && wanted > allowed / 2) wanted /= 2;
  return wanted;
}

void set_limits(HeapState& heap, bool ask_control_group) {
  size_t limit = heap.options.max_heap == 0 ? SIZE_MAX : heap.options.max_heap;
  auto consider = [&](size_t bytes, size_t percent) {
    if (bytes != kNoMemoryLimit) limit = std::min(limit, bytes / 100 * percent);
  };
  consider(address_space_limit(), 85);
  consider(data_limit(), 85);
  if (ask_control_group) consider(control_group_memory_limit(), 92);
  heap.limit = limit;
  reset_emergency(heap);
}

void reset_emergency(HeapState& heap) {
  heap.emergency = heap.limit == SIZE_MAX ? SIZE_MAX : heap.limit + std::max(heap.limit / 8, kSmallestThreshold / 2);
}

void set_threshold(HeapState& heap) {
  size_t live = heap.used();
  heap.threshold = std::min(std::max(kSmallestThreshold, live + live / kGrowthUnit * heap.growth), heap.limit);
}

void adapt_growth(HeapState& heap, uint64_t pause, uint64_t interval) {
  if (pause * 32 < interval)
    heap.growth = std::max(heap.growth / 2, kSmallestGrowth);
  else if (pause * 12 > interval)
    heap.growth = std::min(heap.growth * 2, kLargestGrowth);
}

void adapt_nursery(HeapState& heap, size_t used) {
  if (used < heap.nursery.budget() / 2) return;
  if (heap.nursery.budget() * 8 > heap.used()) return;        // a small program stays small
  if (heap.survived * 32 > used) heap.nursery.grow_budget();  // more time to die pays when more than 3 % survive
}

bool is_over_limit(const HeapState& heap) {
  if (heap.used() > heap.limit) return true;
  return heap.old.room() < heap.nursery.capacity() + (size_t{256} << 10);
}

}  // namespace viperine
