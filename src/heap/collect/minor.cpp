// SPDX-License-Identifier: MIT
// Minor collection: copies the survivors of the nursery to the old space (Cheney), frees dead young large objects.
// Old objects are not visited but for those in the log, with dirty cards, or allocated directly since the last
// collection. Invariants: a pinned object has kGcFixed while this runs, stays in the nursery and stays young; an old
// object that still refers to a young one afterwards is in the log again.
#include <algorithm>

#include "heap/collect/phases.h"

namespace viperine {

namespace {

class MinorCollector final : public EdgeVisitor, public Tracer {
 public:
  explicit MinorCollector(HeapState& heap)
      : heap_(heap),
        nursery_start_(heap.nursery.start_address()),
        nursery_size_(heap.nursery.capacity()),
        large_low_(heap.large.young_low()),
        large_size_(heap.large.young_size()) {}

  void run(ObjectList& native);

  void visit(Value* words, size_t count) override {
    for (size_t i = 0; i < count; ++i) visit_word(words + i);
  }
  HeapObject* resolve(HeapObject* object) override {
    uint64_t address = address_of(object);
    if (address - nursery_start_ < nursery_size_) {
      if (is_forwarded(object)) return forwardee(object);
      return object->gc_bits() & kGcFixed ? object : nullptr;
    }
    if (is_young_large(address)) return LargeHead::of(object)->marked ? object : nullptr;
    return object;
  }
  HeapObject* keep(HeapObject* object) override {
    Value value = Value::from_object(object);
    visit_word(&value);
    return value.as_object();
  }
  void drain() override;

 private:
  bool is_young_large(uint64_t address) const {
    if (address - large_low_ >= large_size_) return false;
    HeapObject* object = object_at(address);
    return (object->gc_bits() & kGcFiller) == kGcLarge && LargeHead::of(object)->young;
  }
  HeapObject* forwardee(HeapObject* object) const {
    return reinterpret_cast<HeapObject*>(heap_.map.base + size_t{object->shape_word()} * 8);
  }
  // Most words hold no young object: what is done with one is out of line.
  [[gnu::always_inline]] void visit_word(Value* word) {
    if (!word->is_pointer()) return;
    uint64_t address = target_of(*word);
    if (address - nursery_start_ < nursery_size_) {
      visit_young_word(word);
    } else if (address - large_low_ < large_size_) [[unlikely]] {
      visit_large(address);
    }
  }
  [[gnu::noinline]] void visit_young_word(Value* word) { *word = Value::from_object(visit_young(word->as_object())); }
  HeapObject* visit_young(HeapObject* object) {
    uint8_t bits = object->gc_bits();
    if (bits & kGcForwarded) return forwardee(object);
    if (bits & kGcFixed) {
      saw_young_ = true;
      return object;
    }
    return evacuate(object);
  }
  [[gnu::noinline]] void visit_large(uint64_t address) {
    if (!is_young_large(address)) return;
    LargeHead* head = LargeHead::of(object_at(address));
    if (head->marked) return;
    head->marked = true;
    large_stack_.push(head);
  }
  HeapObject* evacuate(HeapObject* object);
  void pin(HeapObject* object) {
    object->set_gc_bit(kGcFixed);
    pinned_.push(object);
  }
  /// Visits all edges; the size of the object. `saw_young_` tells whether some target stays young.
  size_t scan(HeapObject* object) {
    saw_young_ = false;
    return heap_.model.for_each_strong(object, [this](Value* words, size_t count) {
      for (size_t i = 0; i < count; ++i) visit_word(words + i);
    });
  }
  /// An old object whose edges have been visited: it must be logged from now on, or is at once.
  void settle_old(HeapObject* object) {
    if (saw_young_) {
      object->clear_gc_bit(kGcMustLog);
      still_logged_.push(object);
    } else {
      object->set_gc_bit(kGcMustLog);
    }
  }
  size_t scan_old(HeapObject* object) {
    size_t bytes = scan(object);
    if (heap_.model.layout(object).weak_mask != 0) weak_owners_.push(object);
    settle_old(object);
    return bytes;
  }
  void scan_roots(ObjectList& native);
  void scan_cards(LargeHead* head);
  void collect_chain_keys(ObjectList& owners);
  void settle_large();
  void settle_identities();

  HeapState& heap_;
  const uint64_t nursery_start_;
  const uint64_t nursery_size_;
  const uint64_t large_low_, large_size_;
  bool saw_young_ = false;
  ObjectList pinned_;
  size_t pinned_scanned_ = 0;
  PageVector<LargeHead*> large_stack_;
  ObjectList still_logged_;
  ObjectList weak_owners_;  // old objects in the log that have weak slots
  size_t span_ = 0;         // Cheney scan: span number and place
  char* place_ = nullptr;
};

HeapObject* MinorCollector::evacuate(HeapObject* object) {
  size_t bytes = heap_.model.size(object);
  char* place = heap_.old.promote(bytes);
  if (place == nullptr) [[unlikely]] {  // no memory: it stays
    pin(object);
    saw_young_ = true;
    return object;
  }
  auto* from = reinterpret_cast<uint64_t*>(object);
  auto* to = reinterpret_cast<uint64_t*>(place);
  if (bytes <= 64) {
    for (size_t i = 0; i < bytes / 8; ++i) to[i] = from[i];
  } else {
    std::memcpy(to, from, bytes);
  }
  auto* copy = reinterpret_cast<HeapObject*>(place);
  copy->set_gc_bit(kGcMustLog);
  object->set_shape_word(static_cast<uint32_t>(heap_.map.word(address_of(place))));
  object->set_gc_bit(kGcForwarded);
  heap_.survived += bytes;
  return copy;
}

void MinorCollector::drain() {
  for (;;) {
    bool worked = false;
    while (span_ < heap_.old.promoted_count()) {
      Span span = heap_.old.promoted(span_);
      if (place_ == nullptr) place_ = span.start;
      while (place_ < heap_.old.promoted(span_).end) {
        auto* object = reinterpret_cast<HeapObject*>(place_);
        place_ += scan(object);
        if (saw_young_) settle_old(object);
        worked = true;
      }
      if (span_ + 1 == heap_.old.promoted_count()) break;
      ++span_;
      place_ = nullptr;
    }
    while (pinned_scanned_ < pinned_.size()) {
      scan(pinned_[pinned_scanned_++]);
      worked = true;
    }
    while (!large_stack_.empty()) {
      LargeHead* head = large_stack_.pop();
      scan(head->object());
      settle_old(head->object());
      worked = true;
    }
    if (!worked) return;
  }
}

void MinorCollector::scan_cards(LargeHead* head) {
  HeapObject* object = head->object();
  std::span<Value> values = heap_.model.tail_values(object);
  auto* first = reinterpret_cast<Value*>(object);
  bool still = false;
  for (size_t card = 0; card < head->card_count(); ++card) {
    if (head->cards()[card] == 0) continue;
    Value* low = std::max(first + card * kCardWords, values.data());
    Value* high = std::min(first + (card + 1) * kCardWords, values.data() + values.size());
    saw_young_ = false;
    for (Value* word = low; word < high; ++word) visit_word(word);
    head->cards()[card] = saw_young_;
    still |= saw_young_;
  }
  head->carded = still;
}

void MinorCollector::scan_roots(ObjectList& native) {
  for (HeapObject* object : native) {
    if (heap_.in_nursery(object)) {
      pin(object);
    } else {
      visit_large(address_of(object));
    }
  }
  heap_.roots->visit_roots(*this);
  for (HeapObject*& object : heap_.finalizable) object = keep(object);
  for (HeapObject*& object : heap_.cleared) object = keep(object);
  ObjectList logged;
  logged.swap(heap_.log);
  for (HeapObject* object : logged) scan_old(object);
  size_t kept = 0;
  for (LargeHead* head : heap_.carded) {
    scan_cards(head);
    if (head->carded) heap_.carded[kept++] = head;
  }
  heap_.carded.truncate(kept);
  for (Span span : heap_.old.fresh()) {
    for (char* cell = span.start; cell < span.end;) {
      auto* object = reinterpret_cast<HeapObject*>(cell);
      cell += heap_.model.is_object(object) ? scan_old(object) : heap_.model.cell_size(object);
    }
  }
  heap_.old.fresh().clear();
}

void MinorCollector::collect_chain_keys(ObjectList& owners) {
  if (heap_.weak_heads.size() == 0) return;
  for (HeapObject* owner : owners) {
    HeapObject* now = resolve(owner);
    Value* referent = heap_.model.weak_slot(now == nullptr ? owner : now, 0);
    if (referent != nullptr && referent->is_pointer()) heap_.weak_keys.push(target_of(*referent));
  }
}

void MinorCollector::settle_large() {
  for (LargeHead* head : heap_.large.young()) {
    if (!head->marked) {
      heap_.large.free(head);
      continue;
    }
    head->marked = head->young = false;
  }
  heap_.large.forget_young();
}

void MinorCollector::settle_identities() {
  for (uint64_t key : heap_.identity_keys) {
    uint64_t* number = heap_.identities.find(key);
    HeapObject* now = resolve(object_at(key));
    if (number == nullptr || address_of(now) == key) continue;
    uint64_t kept = *number;
    heap_.identities.remove(key);
    if (now != nullptr) heap_.identities.set(address_of(now), kept);
  }
  size_t young = 0;
  for (HeapObject* object : pinned_)  // still young
    if (heap_.identities.find(address_of(object)) != nullptr) heap_.identity_keys[young++] = address_of(object);
  heap_.identity_keys.truncate(young);
}

void MinorCollector::run(ObjectList& native) {
  heap_.survived = 0;
  heap_.old.begin_promotion();
  scan_roots(native);
  drain();
  ObjectList specials, finalizers;
  specials.swap(heap_.special_young);
  finalizers.swap(heap_.finalizer_young);
  collect_chain_keys(specials);
  collect_chain_keys(weak_owners_);
  clear_weak_slots(heap_, *this, specials);
  clear_weak_slots(heap_, *this, weak_owners_);
  queue_finalizers(heap_, *this, finalizers);
  update_weak_chains(heap_, *this, heap_.weak_keys);
  clear_dead_chain_slots(heap_, *this, specials);
  clear_dead_chain_slots(heap_, *this, weak_owners_);
  heap_.weak_keys.clear();
  settle_specials(heap_, *this, specials);
  settle_identities();
  heap_.unique.update_young([this](HeapObject* object) { return resolve(object); },
                            [this](HeapObject* object) { return heap_.in_nursery(object); });
  for (HeapObject* object : still_logged_) heap_.log.push(object);
  heap_.old.end_promotion();
  for (HeapObject* object : pinned_) object->clear_gc_bit(kGcFixed);
  std::sort(pinned_.begin(), pinned_.end());
  settle_large();
  heap_.nursery.reset(heap_.model, pinned_);
}

}  // namespace

void collect_minor(HeapState& heap, ObjectList& native) { MinorCollector(heap).run(native); }

}  // namespace viperine
