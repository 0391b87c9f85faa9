// SPDX-License-Identifier: MIT
// Weak references: slots of dead targets are cleared, their owners queued; chains of WeakRefs lose their dead members.
// Works for both kinds of collection through Tracer. Dead objects are still readable while this runs.
// Invariant: clear_weak_slots runs before finalizers bring objects back, as in CPython: what became unreachable is
// cleared for good.
#include <algorithm>

#include "heap/collect/phases.h"

namespace viperine {

namespace {
struct Cleared {
  uint64_t group;   // the dead target; then the number of its first owner
  uint64_t number;  // owners in the order of their creation
  HeapObject* owner;
};

/// Callbacks run as in CPython: for each object the youngest reference first.
void queue_cleared(HeapState& heap, PageVector<Cleared>& cleared) {
  std::sort(cleared.begin(), cleared.end(), [](const Cleared& a, const Cleared& b) {
    return a.group != b.group ? a.group < b.group : a.number < b.number;
  });
  uint64_t target = 0, first = 0;
  for (Cleared& each : cleared) {
    if (each.group != target) target = each.group, first = each.number;
    each.group = first;
  }
  std::sort(cleared.begin(), cleared.end(), [](const Cleared& a, const Cleared& b) {
    return a.group != b.group ? a.group < b.group : a.number > b.number;
  });
  for (Cleared& each : cleared) heap.cleared.push(each.owner);
}
}  // namespace

void clear_weak_slots(HeapState& heap, Tracer& tracer, ObjectList& list) {
  PageVector<Cleared> cleared;
  for (HeapObject* owner : list) {
    HeapObject* alive = tracer.resolve(owner);
    HeapObject* place = alive == nullptr ? owner : alive;
    Value* slot = heap.model.weak_slot(place, 0);
    if (slot == nullptr || !slot->is_pointer()) continue;
    HeapObject* target = slot->as_object();
    if (target->gc_bits() & kGcImmortal && !is_forwarded(target)) continue;
    HeapObject* now = tracer.resolve(target);
    if (now == nullptr) {
      *slot = Value::none();
      if (alive != nullptr) cleared.push({address_of(target), cleared.size(), alive});
      continue;
    }
    *slot = Value::from_object(now);
    if (alive != nullptr && heap.is_young(now) && !heap.is_young(alive)) heap.remember(alive);
  }
  queue_cleared(heap, cleared);
}

namespace {
/// The living members of a chain, linked anew; null when none is left. A member belongs to it while it refers to
/// `referent`.
HeapObject* relink(HeapState& heap, Tracer& tracer, HeapObject* head, HeapObject* referent) {
  HeapObject *first = nullptr, *last = nullptr;
  for (HeapObject* member = head; member != nullptr;) {
    HeapObject* alive = tracer.resolve(member);
    HeapObject* place = alive == nullptr ? member : alive;
    Value* chain = heap.model.weak_slot(place, 1);
    Value following = chain == nullptr ? Value::none() : *chain;
    bool more = following.is_pointer() && !following.is_none();
    Value* target = heap.model.weak_slot(place, 0);
    if (alive != nullptr && target->is_pointer() && target->as_object() == referent) {
      if (first == nullptr) {
        first = alive;
      } else {
        *heap.model.weak_slot(last, 1) = Value::from_object(alive);
        if (heap.is_young(alive) && !heap.is_young(last)) heap.remember(last);
      }
      last = alive;
    }
    member = more ? following.as_object() : nullptr;
  }
  if (last != nullptr && heap.model.weak_slot(last, 1) != nullptr) *heap.model.weak_slot(last, 1) = Value::none();
  return first;
}
}  // namespace

void update_weak_chains(HeapState& heap, Tracer& tracer, PageVector<uint64_t>& referents) {
  for (uint64_t key : referents) {
    uint64_t* entry = heap.weak_heads.find(key);
    if (entry == nullptr) continue;
    HeapObject* referent = tracer.resolve(object_at(key));
    HeapObject* head = referent == nullptr ? nullptr : relink(heap, tracer, object_at(*entry), referent);
    if (head != nullptr && address_of(referent) == key) {
      *entry = address_of(head);
      continue;
    }
    heap.weak_heads.remove(key);
    if (head != nullptr) {
      heap.weak_heads.set(address_of(referent), address_of(head));
    } else if (referent != nullptr) {
      referent->clear_gc_bit(kGcHasWeakref);
    }
  }
}

void clear_dead_chain_slots(HeapState& heap, Tracer& tracer, ObjectList& list) {
  for (HeapObject* owner : list) {
    HeapObject* alive = tracer.resolve(owner);
    if (alive == nullptr) continue;
    Value* referent = heap.model.weak_slot(alive, 0);  // the owner may just have been brought back by a finalizer
    if (referent != nullptr && referent->is_pointer() && heap.is_young(referent->as_object()) && !heap.is_young(alive))
      heap.remember(alive);
    Value* slot = heap.model.weak_slot(alive, 1);
    if (slot == nullptr || !slot->is_pointer() || slot->is_none()) continue;
    HeapObject* now = tracer.resolve(slot->as_object());
    *slot = now == nullptr ? Value::none() : Value::from_object(now);
    if (now != nullptr && heap.is_young(now) && !heap.is_young(alive)) heap.remember(alive);
  }
}

void settle_specials(HeapState& heap, Tracer& tracer, ObjectList& list) {
  for (HeapObject* object : list) {
    HeapObject* alive = tracer.resolve(object);
    if (alive != nullptr) {
      (heap.is_young(alive) ? heap.special_young : heap.special_old).push(alive);
    } else if (auto release = heap.model.layout(object).release) {
      release(object);
    }
  }
}

}  // namespace viperine
