// SPDX-License-Identifier: MIT
// Update: everything outside the old space that refers into it receives the new addresses: roots, the collector's lists
// and tables, and the slots of objects that do not move.
#include "heap/collect/phases.h"

namespace viperine {

namespace {
class RootUpdater final : public EdgeVisitor {
 public:
  explicit RootUpdater(HeapState& heap) : heap_(heap) {}
  void visit(Value* words, size_t count) override { update_words(heap_, words, count); }

 private:
  HeapState& heap_;
};

void update_list(HeapState& heap, ObjectList& list) {
  for (HeapObject*& object : list) object = object_at(forwarded(heap, address_of(object)));
}

void update_cells(HeapState& heap, char* start, char* end) {
  for (char* cell = start; cell < end;) {
    auto* object = reinterpret_cast<HeapObject*>(cell);
    cell +=
        heap.model.is_object(object)
            ? heap.model.for_each_slot(object, [&](Value* words, size_t count) { update_words(heap, words, count); })
            : heap.model.cell_size(object);
  }
}
}  // namespace

void update_outside(HeapState& heap) {
  RootUpdater updater(heap);
  heap.roots->visit_roots(updater);
  for (ObjectList* list : {&heap.log, &heap.special_young, &heap.special_old, &heap.finalizer_young,
                           &heap.finalizer_old, &heap.finalizable, &heap.cleared})
    update_list(heap, *list);
  auto forward_both = [&](uint64_t& key, uint64_t& value) {
    key = forwarded(heap, key);
    value = forwarded(heap, value);
    return true;
  };
  heap.weak_heads.rebuild(forward_both);
  heap.unique.forward([&](HeapObject* object) { return object_at(forwarded(heap, address_of(object))); });
  heap.identities.rebuild([&](uint64_t& key, uint64_t&) {
    key = forwarded(heap, key);
    return true;
  });
  update_cells(heap, heap.fixed.start(), heap.fixed.top());
  for (size_t i = 0; i < heap.nursery.span_count(); ++i) {
    Span span = heap.nursery.span(i, nullptr);
    update_cells(heap, span.start, span.end);
  }
  for (size_t i = 0; i < heap.large.count(); ++i)
    heap.model.for_each_slot(heap.large.at(i)->object(),
                             [&](Value* words, size_t count) { update_words(heap, words, count); });
}

}  // namespace viperine
