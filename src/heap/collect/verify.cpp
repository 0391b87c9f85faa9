// SPDX-License-Identifier: MIT
// Verification: walks every space and checks each edge, the remembered set and the lists. Also the plain walk over all
// objects.
#include <cstdio>
#include <cstdlib>

#include "heap/collect/phases.h"

namespace viperine {

namespace {

class Verifier final : public EdgeVisitor {
 public:
  Verifier(HeapState& heap, const char* when) : heap_(heap), when_(when) {}

  void visit(Value* words, size_t count) override {
    for (size_t i = 0; i < count; ++i) check_edge(words + i, nullptr);
  }
  void check_object(HeapObject* object) {
    const Layout& layout = heap_.model.layout(object);
    if (layout.name == nullptr) fail("object of an unknown kind", object, nullptr);
    if (is_forwarded(object)) fail("forwarded object", object, nullptr);
    size_t bytes = heap_.model.size(object);
    if (object->gc_bits() & kGcLarge) {
      LargeHead* head = LargeHead::of(object);
      if (head->magic != LargeHead::kMagic || bytes > head->bytes)
        fail("broken head of a large object", object, nullptr);
    }
    young_owner_ = heap_.is_young(object);
    logged_ = !(object->gc_bits() & kGcMustLog);
    heap_.model.for_each_slot(object, [&](Value* words, size_t count) {
      for (size_t i = 0; i < count; ++i) check_edge(words + i, object);
    });
  }
  void check_list(ObjectList& list, const char* name) {
    for (HeapObject* object : list)
      if (!is_valid(object)) fail(name, nullptr, object);
  }

 private:
  bool is_valid(HeapObject* target) {
    uint64_t address = address_of(target);
    if (address % 8 != 0) return false;
    if (heap_.map.contains(address)) {
      return heap_.find(address, nullptr, nullptr) == target && heap_.model.layout(target).name != nullptr;
    }
    if (target->gc_bits() & kGcImmortal) return true;
    return heap_.large.find(address) == target;
  }
  void check_edge(Value* word, HeapObject* owner) {
    if (!word->is_pointer()) return;
    HeapObject* target = word->as_object();
    if (!is_valid(target)) fail("edge to what is not an object", owner, target, word);
    if (owner == nullptr || young_owner_ || logged_ || !heap_.is_young(target)) return;
    if (owner->gc_bits() & kGcLarge) {
      auto index = static_cast<size_t>(word - reinterpret_cast<Value*>(owner));
      if (LargeHead::of(owner)->cards()[index / kCardWords] != 0) return;
    }
    fail("write barrier missing: old object refers to a young one", owner, target, word);
  }
  [[noreturn]] void fail(const char* what, HeapObject* owner, HeapObject* target, Value* word = nullptr) {
    const char* name = owner == nullptr ? "root" : heap_.model.layout(owner).name;
    std::fprintf(stderr, "viperine: heap verification (%s): %s: %s %p", when_, what, name == nullptr ? "?" : name,
                 static_cast<void*>(owner));
    if (owner != nullptr && word != nullptr) {
      auto offset = static_cast<size_t>(reinterpret_cast<char*>(word) - reinterpret_cast<char*>(owner));
      std::fprintf(stderr, " offset %zu", offset);
      const Layout& layout = heap_.model.layout(owner);
      for (uint16_t i = 0; i < layout.field_count; ++i)
        if (layout.fields[i].offset == offset) std::fprintf(stderr, " (%s)", layout.fields[i].name);
    }
    if (target != nullptr) std::fprintf(stderr, " -> %p", static_cast<void*>(target));
    std::fputc('\n', stderr);
    std::abort();
  }

  HeapState& heap_;
  const char* when_;
  bool young_owner_ = false, logged_ = false;
};

void walk_cells(HeapState& heap, char* start, char* end, void (*callback)(HeapObject*, void*), void* context) {
  for (char* cell = start; cell < end;) {
    auto* object = reinterpret_cast<HeapObject*>(cell);
    size_t bytes = heap.model.cell_size(object);
    CHECK(bytes != 0 && static_cast<size_t>(end - cell) >= bytes);
    if (heap.model.is_object(object)) callback(object, context);
    cell += bytes;
  }
}

}  // namespace

void walk_objects(HeapState& heap, void (*callback)(HeapObject*, void*), void* context) {
  size_t spans = heap.nursery.span_count(), large = heap.large.count();
  char *old_top = heap.old.top(), *fixed_top = heap.fixed.top();
  for (size_t i = 0; i < spans; ++i) {
    Span span = heap.nursery.span(i, nullptr);
    walk_cells(heap, span.start, span.end, callback, context);
  }
  walk_cells(heap, heap.fixed.start(), fixed_top, callback, context);
  walk_cells(heap, heap.old.bottom(), old_top, callback, context);
  for (size_t i = 0; i < large && i < heap.large.count(); ++i) callback(heap.large.at(i)->object(), context);
}

void verify_heap(HeapState& heap, const char* when) {
  Verifier verifier(heap, when);
  walk_objects(heap, [](HeapObject* object, void* context) { static_cast<Verifier*>(context)->check_object(object); },
               &verifier);
  heap.roots->visit_roots(verifier);
  verifier.check_list(heap.log, "log");
  verifier.check_list(heap.special_young, "list of young special objects");
  verifier.check_list(heap.special_old, "list of special objects");
  verifier.check_list(heap.finalizer_young, "list of young finalizers");
  verifier.check_list(heap.finalizer_old, "list of finalizers");
  verifier.check_list(heap.finalizable, "queue of finalizers");
  verifier.check_list(heap.cleared, "queue of cleared weak references");
}

}  // namespace viperine
