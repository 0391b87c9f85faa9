// SPDX-License-Identifier: MIT
// What gc.collect() reports: how many unreachable objects only a collector could find, those in cycles and what they
// reach. Marks from the roots, then takes away, again and again, dead objects that no dead object refers to; what is
// left is counted. Frees nothing, moves nothing; the marks are gone when it returns.
#include <algorithm>
#include <bit>

#include "heap/collect/mark.h"

namespace viperine {

namespace {

constexpr size_t kMostCounted = 2 << 20;  // of more dead objects, each one counts

struct DeadObjects {
  HeapState& heap;
  Marker& marker;
  PageVector<uint64_t> addresses;   // sorted
  PageVector<uint32_t> references;  // from dead objects
  PageVector<uint64_t> loose;       // indices of objects that nothing dead refers to

  size_t index_of(uint64_t address) {
    uint64_t* found = std::lower_bound(addresses.begin(), addresses.end(), address);
    return found != addresses.end() && *found == address ? static_cast<size_t>(found - addresses.begin()) : SIZE_MAX;
  }
  template <typename F>
  void for_each_dead_target(size_t index, F&& visit) {
    heap.model.for_each_strong(object_at(addresses[index]), [&](Value* words, size_t count) {
      for (size_t i = 0; i < count; ++i) {
        if (!words[i].is_pointer() || marker.is_marked(words[i].as_object())) continue;
        size_t target = index_of(target_of(words[i]));
        if (target != SIZE_MAX) visit(target);
      }
    });
  }
};

/// The first word from `word` on whose live bit is `live`; `end` when there is none.
size_t find_word(const SpaceMap& map, size_t word, size_t end, bool live) {
  for (; word < end; word = (word | 63) + 1) {
    uint64_t group = (live ? map.live[word >> 6] : ~map.live[word >> 6]) & ~uint64_t{0} << (word & 63);
    if (group != 0) return std::min(end, (word & ~size_t{63}) + static_cast<size_t>(std::countr_zero(group)));
  }
  return end;
}

/// What lies between marked objects: all words of those have their live bit.
void find_dead_between(HeapState& heap, const char* start, const char* end, PageVector<uint64_t>& found) {
  size_t last = heap.map.word(address_of(end)), word = heap.map.word(address_of(start));
  while ((word = find_word(heap.map, word, last, false)) < last) {
    size_t stop = find_word(heap.map, word, last, true);
    while (word < stop) {
      auto* cell = reinterpret_cast<HeapObject*>(heap.map.base + word * 8);
      size_t words = heap.model.cell_size(cell) / 8;
      CHECK(words != 0 && stop - word >= words);
      if (heap.model.is_object(cell) && !(cell->gc_bits() & kGcImmortal)) found.push(address_of(cell));
      word += words;
    }
  }
}

void find_dead(HeapState& heap, Marker& marker, PageVector<uint64_t>& found) {
  for (size_t i = 0; i < heap.nursery.span_count(); ++i) {
    Span span = heap.nursery.span(i, nullptr);
    find_dead_between(heap, span.start, span.end, found);
  }
  find_dead_between(heap, heap.fixed.start(), heap.fixed.top(), found);
  find_dead_between(heap, heap.old.bottom(), heap.old.top(), found);
  for (size_t i = 0; i < heap.large.count(); ++i)
    if (HeapObject* object = heap.large.at(i)->object(); !marker.is_marked(object)) found.push(address_of(object));
}

/// What was found before and only lived on for its finalizer is not found again.
void leave_out_finalized(HeapState& heap, Marker& marker, PageVector<uint64_t>& dead) {
  bool any = false;
  for (uint64_t address : dead) {
    HeapObject* object = object_at(address);
    bool refers = heap.model.layout(object).slot_mask + heap.attribute_words[object->shape_index()] != 0;
    if (!(object->gc_bits() & kGcFinalized) || !refers) continue;
    marker.mark(object);
    any = true;
  }
  if (!any) return;
  marker.drain();
  PageVector<uint64_t> left;
  for (uint64_t address : dead)
    if (!marker.is_marked(object_at(address))) left.push(address);
  dead.swap(left);
}

}  // namespace

uint64_t count_unreachable(HeapState& heap, ObjectList& native, bool (*counts)(const HeapObject*)) {
  Marker marker(heap);
  mark_roots(heap, marker, native);
  DeadObjects dead{heap, marker, {}, {}, {}};
  find_dead(heap, marker, dead.addresses);
  leave_out_finalized(heap, marker, dead.addresses);
  uint64_t found = 0;
  if (dead.addresses.size() <= kMostCounted) {
    std::sort(dead.addresses.begin(), dead.addresses.end());
    size_t size = dead.addresses.size();
    for (size_t i = 0; i < size; ++i) dead.references.push(0);
    for (size_t i = 0; i < size; ++i) dead.for_each_dead_target(i, [&](size_t target) { ++dead.references[target]; });
    for (size_t i = 0; i < size; ++i)
      if (dead.references[i] == 0) dead.loose.push(i);
    while (!dead.loose.empty()) {
      size_t index = dead.loose.pop();
      dead.for_each_dead_target(index, [&](size_t target) {
        if (--dead.references[target] == 0) dead.loose.push(target);
      });
    }
    for (size_t i = 0; i < size; ++i)
      if (dead.references[i] != 0 && counts(object_at(dead.addresses[i]))) ++found;
  } else {
    for (uint64_t address : dead.addresses)
      if (counts(object_at(address))) ++found;
  }
  clear_marks(heap);
  return found;
}

}  // namespace viperine
