// SPDX-License-Identifier: MIT
// Full collection: the order of its phases, and the sweeps of what does not move. A minor collection has run before
// (unless the nursery is off); what is left in the nursery is pinned. Invariant: after it, the old space holds living
// objects and fillers only, and no list or table names a dead object.
#include "heap/collect/mark.h"

namespace viperine {

void mark_roots(HeapState& heap, Marker& marker, ObjectList& native) {
  for (HeapObject* object : native) marker.mark(object);
  heap.roots->visit_roots(marker);
  for (HeapObject* object : heap.finalizable) marker.mark(object);
  for (HeapObject* object : heap.cleared) marker.mark(object);
  for (uint32_t index = 0; index < 256; ++index)
    if (heap.shapes[index] != nullptr) marker.mark(heap.shapes[index]);
  marker.drain();
}

namespace {

void pin_blocks(HeapState& heap, ObjectList& native) {
  for (HeapObject* object : native)
    if (heap.old.contains(address_of(object))) heap.map.offsets[heap.map.block(address_of(object))] = kFixedBlock;
}

void process_specials(HeapState& heap, Marker& marker) {
  ObjectList special_young, special_old, finalizer_young, finalizer_old;
  special_young.swap(heap.special_young);
  special_old.swap(heap.special_old);
  finalizer_young.swap(heap.finalizer_young);
  finalizer_old.swap(heap.finalizer_old);
  clear_weak_slots(heap, marker, special_young);
  clear_weak_slots(heap, marker, special_old);
  queue_finalizers(heap, marker, finalizer_old);
  queue_finalizers(heap, marker, finalizer_young);
  PageVector<uint64_t> referents;
  heap.weak_heads.for_each([&](uint64_t key, uint64_t) { referents.push(key); });
  update_weak_chains(heap, marker, referents);
  clear_dead_chain_slots(heap, marker, special_young);
  clear_dead_chain_slots(heap, marker, special_old);
  settle_specials(heap, marker, special_old);
  settle_specials(heap, marker, special_young);
  heap.unique.keep([&](HeapObject* object) { return marker.is_marked(object); });
  heap.unique.drop_young([&](HeapObject* object) { return heap.in_nursery(object) && marker.is_marked(object); });
  heap.identities.rebuild([&](uint64_t& key, uint64_t&) { return marker.is_marked(object_at(key)); });
}

/// Dead objects in windows that pins have kept become fillers.
void sweep_nursery(HeapState& heap, Marker& marker) {
  for (size_t i = 0; i < heap.nursery.span_count(); ++i) {
    Span span = heap.nursery.span(i, nullptr);
    for (char* cell = span.start; cell < span.end;) {
      auto* object = reinterpret_cast<HeapObject*>(cell);
      size_t bytes = heap.model.cell_size(object);
      if (heap.model.is_object(object) && !marker.is_marked(object)) make_filler(cell, bytes);
      cell += bytes;
    }
  }
}

void sweep_large(HeapState& heap) {
  for (size_t i = heap.large.count(); i-- > 0;) {
    LargeHead* head = heap.large.at(i);
    if (head->marked) {
      head->marked = false;
    } else {
      heap.large.free(head);
    }
  }
}

void sweep_logs(HeapState& heap, Marker& marker) {
  size_t kept = 0;
  for (HeapObject* object : heap.log)
    if (marker.is_marked(object)) heap.log[kept++] = object;
  heap.log.truncate(kept);
  kept = 0;
  for (LargeHead* head : heap.carded)
    if (head->marked) heap.carded[kept++] = head;
  heap.carded.truncate(kept);
}

void sweep_shapes(HeapState& heap) {
  for (uint32_t index = 256; index < heap.next_shape; ++index) {
    if (heap.shapes[index] == nullptr || heap.map.is_live(address_of(heap.shapes[index]))) continue;
    heap.shapes[index] = nullptr;
    heap.attribute_words[index] = 0;
    heap.dead_shapes.push(index);
  }
}

/// Where the slide begins: the bottom; with stress_move a range that is free, so that every object moves.
char* choose_destination(HeapState& heap, ObjectList& native) {
  OldSpace& old = heap.old;
  if (!heap.options.stress_move) return old.bottom();
  for (HeapObject* object : native)
    if (old.contains(address_of(object))) return old.bottom();
  size_t bytes = static_cast<size_t>(old.top() - old.bottom()) + page_size();
  if (static_cast<size_t>(old.bottom() - old.start()) >= bytes) return old.start();
  char* above = reinterpret_cast<char*>((address_of(old.top()) + page_size() - 1) & ~(page_size() - 1));
  return old.ensure(above + bytes) ? above : old.bottom();
}

}  // namespace

void collect_full(HeapState& heap, ObjectList& native) {
  if (heap.old.committed() == 0 && !heap.old.ensure(heap.old.start() + page_size())) return;
  pin_blocks(heap, native);
  {
    Marker marker(heap);
    mark_roots(heap, marker, native);
    process_specials(heap, marker);
    heap.weak_keys.clear();
    heap.identity_keys.clear();
    sweep_nursery(heap, marker);
    sweep_logs(heap, marker);
    heap.large.forget_young();
    sweep_large(heap);
    heap.fixed.sweep(heap.model);
    sweep_shapes(heap);
  }
  char *bottom = heap.old.bottom(), *top = heap.old.top();
  char* destination = choose_destination(heap, native);
  size_t pinned = 0;
  if (compute_offsets(heap, destination, pinned)) {
    heap.statistics->pinned_blocks += pinned;
    update_outside(heap);
    compact(heap, destination);
  } else {
    fill_dead(heap);
  }
  heap.old.fresh().clear();
  release_unused(heap, bottom, top);
}

}  // namespace viperine
