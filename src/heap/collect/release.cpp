// SPDX-License-Identifier: MIT
// Release: after a full collection all unused memory goes back to the operating system, and the side tables are zero
// again.
#include "heap/collect/phases.h"

namespace viperine {

namespace {
void clear_tables(HeapState& heap, char* start, char* end) {
  SpaceMap& map = heap.map;
  if (start >= end) return;
  size_t first = map.block(address_of(start)), last = map.block(address_of(end) + kBlock - 1);
  clear_memory(reinterpret_cast<char*>(map.live + first), reinterpret_cast<char*>(map.live + last));
  clear_memory(reinterpret_cast<char*>(map.offsets + first), reinterpret_cast<char*>(map.offsets + last));
}
}  // namespace

namespace {
/// The tables of all but the old space.
void clear_outer_tables(HeapState& heap) {
  clear_tables(heap, heap.fixed.start(), heap.fixed.top());
  if (heap.nursery.is_off()) return;
  char* nursery = reinterpret_cast<char*>(heap.nursery.start_address());
  clear_tables(heap, nursery, nursery + heap.nursery.capacity());
}
}  // namespace

void clear_marks(HeapState& heap) {
  clear_tables(heap, heap.old.bottom(), heap.old.top());
  clear_outer_tables(heap);
  for (size_t i = 0; i < heap.large.count(); ++i) heap.large.at(i)->marked = false;
}

void release_unused(HeapState& heap, char* old_bottom, char* old_top) {
  clear_tables(heap, old_bottom, old_top);
  clear_outer_tables(heap);
  char *bottom = heap.old.bottom(), *top = heap.old.top();
  auto forget = [&](char* start, char* end) {  // a range without cells any more
    if (start >= end) return;
    release_and_zero(start, end);
    heap.map.forget_starts(start + kBlock - 1, end + 8);  // the end itself has an entry too
  };
  forget(bottom == old_bottom ? top : old_bottom, old_top);
  heap.map.record_start(bottom);
  for (size_t i = 0; i < heap.old.gaps().size(); ++i) {
    Span gap = heap.old.gaps()[i];
    release_memory(gap.start + 8, gap.end);
  }
  heap.nursery.release_unused();
  heap.large.release_kept();
  for (ObjectList* list : {&heap.log, &heap.special_young, &heap.special_old, &heap.finalizer_young,
                           &heap.finalizer_old, &heap.finalizable, &heap.cleared})
    list->shrink();
}

}  // namespace viperine
