// SPDX-License-Identifier: MIT
// The heap's front: creation, allocation's slow paths, identity numbers, queues, and when to collect. How is in
// collect/. Invariants: when a collection runs, no allocation window is open; limits are settled in safepoint() only,
// but for the emergency collection of an allocation that would otherwise exhaust memory.
#include "heap/heap.h"

#include <time.h>

#include <cstdio>
#include <cstdlib>

#include "heap/collect/phases.h"
#include "heap/collect/policy.h"
#include "platform/memory_limits.h"

namespace viperine {

namespace {
thread_local Heap* t_current_heap = nullptr;

constexpr size_t kShapeStep = 8192;  // entries of the shape table committed at a time
constexpr uint32_t kIdentityInTable = (1u << 24) - 1;
constexpr uint64_t kFirstTableIdentity = uint64_t{1} << 48;
constexpr size_t kControlGroupMatters = size_t{32} << 20;

uint64_t now(clockid_t clock = CLOCK_MONOTONIC) {
  timespec time;
  clock_gettime(clock, &time);
  return static_cast<uint64_t>(time.tv_sec) * 1000000000u + static_cast<uint64_t>(time.tv_nsec);
}
size_t round_up(size_t bytes, size_t unit) { return (bytes + unit - 1) & ~(unit - 1); }
}  // namespace

struct Heap::Parts final : HeapState {
  size_t shape_capacity = 0, shapes_committed = 0;
  bool wanted = false;  // a collection is due (with stress_every, collection_wanted_ is always set)
  bool full_wanted = false;
  bool collecting = false;
  bool asked_control_group = false;
  size_t young_pressure = 0;  // bytes of large objects and external memory since the last collection

  bool commit_shapes(uint32_t index) {
    while (index >= shapes_committed) {
      if (shapes_committed + kShapeStep > shape_capacity) return false;
      auto* entries = reinterpret_cast<char*>(shapes + shapes_committed);
      auto* words = reinterpret_cast<char*>(attribute_words + shapes_committed);
      if (!commit_memory(entries, entries + kShapeStep * 8) || !commit_memory(words, words + kShapeStep)) return false;
      shapes_committed += kShapeStep;
    }
    return true;
  }
  bool create_spaces() {
    size_t largest = options.nursery == kDefaultNursery ? kLargestNursery : round_up(options.nursery, kNurseryWindow);
    if (options.max_heap != 0) largest = std::min(largest, round_up(options.max_heap / 16, kNurseryWindow));
    if (options.nursery != 0) largest = std::max(largest, 4 * kNurseryWindow);
    if (!map.reserve(std::max(reservation_wanted(), round_up(largest * 4, kSmallestReservation)), kSmallestReservation))
      return false;
    char* place = map.base;
    if (largest * 2 > map.size / 2) return false;
    if (largest != 0) {
      if (!map.commit(place, place + largest * 2)) return false;
      nursery.create(&map, place, std::min(largest, kFirstNursery), largest);
      place += largest * 2;
    }
    place = map.base + round_up(static_cast<size_t>(place - map.base), 64 << 10);
    char* old_start = place + std::min(size_t{1} << 30, map.size / 8);
    fixed.create(&map, place, old_start);
    old.create(&map, old_start, map.base + map.size);
    return true;
  }
};

Heap* Heap::create(const Layout* layouts, RootProvider& roots, const HeapOptions& options) {
  auto* heap = new Heap();
  auto* parts = heap->parts_ = new Parts();
  parts->options = heap->options_ = options;
  parts->roots = heap->roots_ = &roots;
  parts->statistics = &heap->statistics_;
  bool cramped = address_space_limit() < (size_t{4} << 30);
  parts->shape_capacity = size_t{1} << (cramped ? 20 : 24);
  heap->shapes_ = parts->shapes = reinterpret_cast<HeapObject**>(reserve_memory(parts->shape_capacity * 8));
  heap->attribute_words_ = parts->attribute_words = reinterpret_cast<uint8_t*>(reserve_memory(parts->shape_capacity));
  heap->layouts_ = layouts;
  parts->model = {layouts, parts->attribute_words};
  if (parts->shapes == nullptr || parts->attribute_words == nullptr || !parts->commit_shapes(0) ||
      !parts->create_spaces()) {
    destroy(heap);
    return nullptr;
  }
  set_limits(*parts, false);
  set_threshold(*parts);
  return heap;
}

void Heap::destroy(Heap* heap) {
  Parts* parts = heap->parts_;
  for (ObjectList* list : {&parts->special_young, &parts->special_old})
    for (HeapObject* object : *list)
      if (auto release = parts->model.layout(object).release) release(object);
  if (t_current_heap == heap) t_current_heap = nullptr;
  parts->map.unreserve();
  if (heap->shapes_ != nullptr) unmap_memory(reinterpret_cast<char*>(heap->shapes_), parts->shape_capacity * 8);
  if (heap->attribute_words_ != nullptr)
    unmap_memory(reinterpret_cast<char*>(heap->attribute_words_), parts->shape_capacity);
  delete parts;
  delete heap;
}

// --- allocation

void Heap::want_collection() {
  parts_->wanted = collection_wanted_ = true;
  roots_->request_safepoint();
}

bool Heap::refill(size_t size) {
  Parts& parts = *parts_;
  if (options_.stress_every != 0) {
    collection_wanted_ = true;
    roots_->request_safepoint();
  }
  if (!parts.old.is_direct() && !parts.nursery.is_off()) {
    if (parts.nursery.refill(next_, end_, size, false)) return true;
    want_collection();
    if (parts.nursery.refill(next_, end_, size, true)) return true;
    parts.nursery.close(next_, end_);
    next_ = end_ = nullptr;
  }
  if (!parts.old.refill(next_, end_, size)) return false;
  if (parts.old.used() > parts.threshold) want_collection();
  return true;
}

HeapObject* Heap::allocate_slow(uint32_t shape_word, size_t size) {
  if (size >= kLargeObject) {
    HeapObject* object = allocate_large(shape_word, size);
    if (object == nullptr) out_of_memory("an object that must exist");
    return object;
  }
  if (parts_->used() > parts_->emergency) collect_in_emergency();
  if (!refill(size)) {
    collect_in_emergency();
    if (!refill(size)) out_of_memory("small objects");
  }
  auto* result = reinterpret_cast<HeapObject*>(next_);
  next_ += size;
  result->set_shape_word(shape_word);
  return result;
}

HeapObject* Heap::allocate_large(uint32_t shape_word, size_t size) {
  Parts& parts = *parts_;
  LargeHead* head = parts.large.allocate(size);
  if (head == nullptr) {
    collect_in_emergency();
    head = parts.large.allocate(size);
    if (head == nullptr) return nullptr;
  }
  if (parts.nursery.is_off()) head->young = false;
  HeapObject* object = head->object();
  object->set_shape_word(shape_word);
  object->set_gc_bit(kGcLarge);
  parts.young_pressure += size;
  note_pressure();
  return object;
}

/// Large objects and external memory do not fill the nursery; they ask for collections by their size.
void Heap::note_pressure() {
  Parts& parts = *parts_;
  size_t used = parts.used();
  if (used > parts.threshold || parts.young_pressure > std::max(kSmallestThreshold / 2, used / 8)) want_collection();
}

HeapObject* Heap::try_allocate_large(uint32_t shape_word, size_t size) {
  Parts& parts = *parts_;
  size = round_up(size, 8);
  if (size > (size_t{1} << 46)) return nullptr;
  if (parts.used() + size > parts.limit) {
    collect_in_emergency();
    if (parts.used() + size > parts.limit) return nullptr;
  }
  return size < kLargeObject ? allocate(shape_word, size) : allocate_large(shape_word, size);
}

HeapObject* Heap::try_extend(HeapObject* object, size_t size) {
  Parts& parts = *parts_;
  size = round_up(size, 8);
  if (!(object->gc_bits() & kGcLarge) || size > (size_t{1} << 46)) return nullptr;
  LargeHead* head = LargeHead::of(object);
  const size_t before = head->bytes;
  if (size <= before || parts.used() + (size - before) > parts.limit) return nullptr;
  const uint32_t shape_word = object->shape_word();
  LargeHead* grown = parts.large.extend(head, size);
  if (grown == nullptr) return nullptr;
  if (parts.nursery.is_off()) grown->young = false;
  *reinterpret_cast<uint64_t*>(grown->object()) = 0;
  grown->object()->set_shape_word(shape_word);
  grown->object()->set_gc_bit(kGcLarge);
  parts.young_pressure += size - before;
  note_pressure();
  return grown->object();
}

HeapObject* Heap::allocate_fixed(uint32_t shape_word, size_t size) {
  Parts& parts = *parts_;
  size = round_up(size, 8);
  HeapObject* object = nullptr;
  if (size >= kLargeObject) {
    // A large object never moves as it is; both bits together would mark a filler.
    object = allocate_large(shape_word, size);
  } else if (char* place = parts.fixed.allocate(size)) {
    object = reinterpret_cast<HeapObject*>(place);
    object->set_shape_word(shape_word);
    object->set_gc_bit(kGcFixed);
    if (!parts.nursery.is_off()) parts.log.push(object);
  }
  if (object == nullptr) out_of_memory("objects that do not move");
  return object;
}

void Heap::move_content(HeapObject* from, HeapObject* to, size_t offset, size_t bytes) {
  constexpr size_t kPiece = 256 << 10;
  char *source = reinterpret_cast<char*>(from) + offset, *target = reinterpret_cast<char*>(to) + offset;
  bool in_pieces = (from->gc_bits() & kGcLarge) != 0 && bytes > 2 * kPiece;
  while (in_pieces && bytes > kPiece) {
    std::memcpy(target, source, kPiece);
    release_memory(source, source + kPiece);
    source += kPiece, target += kPiece, bytes -= kPiece;
  }
  std::memcpy(target, source, bytes);
}

// --- tables

uint32_t Heap::add_shape(HeapObject* shape) {
  uint32_t index;
  if (!parts_->free_shapes.empty()) {
    index = parts_->free_shapes.pop();
  } else {
    index = parts_->next_shape;
    if (index >= parts_->shape_capacity || !parts_->commit_shapes(index)) return 0;
    ++parts_->next_shape;
  }
  shapes_[index] = shape;
  return index;
}

size_t Heap::dead_shape_count() const { return parts_->dead_shapes.size(); }

void Heap::recycle_shapes() {
  for (uint32_t index : parts_->dead_shapes) parts_->free_shapes.push(index);
  parts_->dead_shapes.release();
}

size_t Heap::attributes_offset(const HeapObject* object) const { return parts_->model.attributes_offset(object); }

uint64_t Heap::identity(HeapObject* object) {
  uint32_t number = object->identity_number();
  if (number != 0 && number != kIdentityInTable) return number;
  if (object->gc_bits() & kGcImmortal) return address_of(object);
  Parts& parts = *parts_;
  if (number == kIdentityInTable) return *parts.identities.find(address_of(object));
  uint64_t given = parts.next_identity++;
  if (given < kIdentityInTable) {
    object->set_identity_number(static_cast<uint32_t>(given));
    return given;
  }
  given += kFirstTableIdentity;
  object->set_identity_number(kIdentityInTable);
  parts.identities.set(address_of(object), given);
  if (parts.in_nursery(object)) parts.identity_keys.push(address_of(object));
  return given;
}

void Heap::register_finalizer(HeapObject* object) {
  if (object->gc_bits() & (kGcHasFinalizer | kGcFinalized)) return;
  object->set_gc_bit(kGcHasFinalizer);
  (parts_->is_young(object) ? parts_->finalizer_young : parts_->finalizer_old).push(object);
}

void Heap::register_special(HeapObject* object) {
  (parts_->is_young(object) ? parts_->special_young : parts_->special_old).push(object);
}

HeapObject* Heap::take_finalizable() {
  if (parts_->finalizable_taken == parts_->finalizable.size()) return nullptr;
  return parts_->finalizable[parts_->finalizable_taken++];
}

HeapObject* Heap::take_cleared_weak() {
  if (parts_->cleared_taken == parts_->cleared.size()) return nullptr;
  return parts_->cleared[parts_->cleared_taken++];
}

HeapObject* Heap::weakref_head(HeapObject* referent) const {
  if (!(referent->gc_bits() & (kGcHasWeakref | kGcImmortal))) return nullptr;
  uint64_t* head = parts_->weak_heads.find(address_of(referent));
  return head == nullptr ? nullptr : object_at(*head);
}

void Heap::set_weakref_head(HeapObject* referent, HeapObject* weakref) {
  bool writable = !(referent->gc_bits() & kGcImmortal);
  if (weakref == nullptr) {
    parts_->weak_heads.remove(address_of(referent));
    if (writable) referent->clear_gc_bit(kGcHasWeakref);
    return;
  }
  parts_->weak_heads.set(address_of(referent), address_of(weakref));
  if (writable) referent->set_gc_bit(kGcHasWeakref);
  if (parts_->is_young(referent) || parts_->is_young(weakref)) parts_->weak_keys.push(address_of(referent));
}

HeapObject* Heap::find_unique(uint32_t hash, bool (*equal)(const HeapObject*, const void*), const void* key) const {
  HeapObject* found = parts_->unique.find(hash, equal, key);
  return found != nullptr ? found : fixed_uniques_.find(hash, equal, key);
}
void Heap::add_unique(uint32_t hash, HeapObject* object) {
  parts_->unique.add(hash, object, parts_->is_young(object));
  object->set_gc_bit(kGcUnique);
}
std::vector<HeapObject*> Heap::unique_objects() const {
  std::vector<HeapObject*> objects;
  parts_->unique.for_each([&](HeapObject* object) { objects.push_back(object); });
  return objects;
}
size_t Heap::unique_count() const { return parts_->unique.size(); }

void Heap::add_external_bytes(int64_t bytes) {
  parts_->external += bytes;
  if (bytes <= 0) return;
  parts_->young_pressure += static_cast<size_t>(bytes);
  note_pressure();
}

// --- collection

void Heap::close_windows() {
  parts_->nursery.close(next_, end_);
  parts_->old.close(next_, end_);
  next_ = end_ = nullptr;
}

void Heap::collect(Collection kind, bool own_stack) {
  Parts& parts = *parts_;
  CHECK(!parts.collecting);
  parts.collecting = true;
  uint64_t start = now();
  close_windows();
  auto drop_taken = [](ObjectList& queue, size_t& taken) {
    std::memmove(queue.begin(), queue.begin() + taken, (queue.size() - taken) * sizeof(HeapObject*));
    queue.truncate(queue.size() - taken);
    taken = 0;
  };
  if (parts.finalizable_taken != 0) drop_taken(parts.finalizable, parts.finalizable_taken);
  if (parts.cleared_taken != 0) drop_taken(parts.cleared, parts.cleared_taken);
  if (options_.verify) verify_heap(parts, "before a collection");
  statistics_.peak_bytes = std::max<uint64_t>(statistics_.peak_bytes, parts.used());
  {
    ObjectList native;
    find_native_roots(parts, own_stack, native);
    if (parts.counts != nullptr && kind == Collection::Full) {
      parts.counted = count_unreachable(parts, native, parts.counts);
      parts.counted_total += parts.counted;
      parts.has_count = true;
      parts.counts = nullptr;
    }
    if (!parts.nursery.is_off()) {
      size_t used = parts.nursery.used();
      collect_minor(parts, native);
      adapt_nursery(parts, used);
      ++statistics_.minor_collections;
      if (options_.verify) verify_heap(parts, "after a minor collection");
    }
    if (kind == Collection::Minor && full_is_due(!own_stack)) kind = Collection::Full;
    if (kind == Collection::Full) {
      bool is_due = parts.used() > parts.threshold;  // not asked for by the program
      uint64_t full_start = now(CLOCK_PROCESS_CPUTIME_ID);
      collect_full(parts, native);
      uint64_t full_end = now(CLOCK_PROCESS_CPUTIME_ID);
      if (is_due && parts.last_full != 0) adapt_growth(parts, full_end - full_start, full_end - parts.last_full);
      parts.last_full = full_end;
      ++statistics_.full_collections;
      if (!parts.asked_control_group && parts.used() > kControlGroupMatters) {
        parts.asked_control_group = true;
        set_limits(parts, true);
      }
      set_threshold(parts);
      parts.full_wanted = false;
      if (options_.verify) verify_heap(parts, "after a full collection");
    }
  }
  parts.young_pressure = 0;
  parts.wanted = false;
  collection_wanted_ = options_.stress_every != 0;  // the program comes back at the next safepoint
  uint64_t pause = now() - start;
  statistics_.pause_nanoseconds_total += pause;
  statistics_.pause_nanoseconds_max = std::max(statistics_.pause_nanoseconds_max, pause);
  parts.collecting = false;
  roots_->collection_finished();
}

/// Full collections wait a while for a clean safepoint, because pinned blocks cannot be compacted.
bool Heap::full_is_due(bool clean) const {
  const Parts& parts = *parts_;
  size_t used = parts.used();
  if (parts.nursery.is_off() || parts.full_wanted || used > parts.limit) return true;
  return used > (clean ? parts.threshold : parts.threshold + parts.threshold / 4);
}

/// Native code in the middle of its work may hold anything: its stack is scanned.
void Heap::collect_in_emergency() {
  Parts& parts = *parts_;
  collect(Collection::Full, true);
  want_collection();  // the next safepoint settles the limit
  if (parts.used() <= parts.emergency || parts.limit == SIZE_MAX) return;
  size_t step = std::max(parts.limit / 8, kSmallestThreshold / 2);
  if (parts.used() > parts.limit * 2 + step * 4)
    out_of_memory("heap limit exceeded twice over by one native operation");
  parts.emergency = parts.used() + step;
}

bool Heap::safepoint(bool clean) {
  Parts& parts = *parts_;
  bool forced = options_.stress_every != 0 && ++parts.safepoints % options_.stress_every == 0;
  if (!parts.wanted && !forced) return true;
  bool dirty = !clean || options_.always_dirty;
  bool full =
      parts.full_wanted || (forced && (options_.stress_move || parts.safepoints / options_.stress_every % 32 == 0));
  collect(full ? Collection::Full : Collection::Minor, dirty);
  if (!is_over_limit(parts)) {
    parts.grace = 0;
    reset_emergency(parts);
    return true;
  }
  if (parts.used() <= parts.grace) return true;  // the program is handling a MemoryError
  if (!full) collect(Collection::Full, dirty);
  if (!is_over_limit(parts)) return true;
  parts.grace = parts.used() + std::max(parts.limit / 16, size_t{256} << 10);
  return false;
}

void Heap::request_collection(Collection kind) {
  if (kind == Collection::Full) parts_->full_wanted = true;
  want_collection();
}

void Heap::request_counting_collection(bool (*counts)(const HeapObject*)) {
  parts_->counts = counts;
  parts_->has_count = false;
  request_collection(Collection::Full);
}

bool Heap::take_count(uint64_t* found) {
  if (!parts_->has_count) return false;
  parts_->has_count = false;
  *found = parts_->counted;
  return true;
}

uint64_t Heap::counted_total() const { return parts_->counted_total; }

// --- looking

HeapObject* HeapState::find(uint64_t address, const char* next, const char* end) {
  if (map.contains(address)) {
    if (nursery.contains(address)) return nursery.find(model, address, next);
    if (old.contains(address)) return old.find(model, address, next, end);
    return fixed.contains(address) ? fixed.find(model, address) : nullptr;
  }
  return large.find(address);
}

HeapObject* Heap::find_object(uint64_t word) { return parts_->find(word, next_, end_); }

void Heap::for_each_object(void (*callback)(HeapObject*, void*), void* context) {
  close_windows();
  walk_objects(*parts_, callback, context);
}

void Heap::for_each_edge(HeapObject* object, void (*callback)(Value*, void*), void* context) {
  parts_->model.for_each_slot(object, [&](Value* words, size_t count) {
    for (size_t i = 0; i < count; ++i) callback(words + i, context);
  });
}

HeapStatistics Heap::statistics() const {
  HeapStatistics result = statistics_;
  const Parts& parts = *parts_;
  result.external_bytes = static_cast<uint64_t>(std::max<int64_t>(parts.external, 0));
  result.live_bytes = parts.used() - result.external_bytes;
  result.large_bytes = parts.large.used();
  result.committed_bytes = static_cast<uint64_t>(parts.old.top() - parts.old.bottom()) + parts.large.used() +
                           parts.fixed.used() + parts.nursery.used();
  result.peak_bytes = std::max<uint64_t>(result.peak_bytes, parts.used());
  return result;
}

// --- threads and the write barrier

Heap* Heap::enter_thread() {
  Heap* previous = t_current_heap;
  t_current_heap = this;
  return previous;
}
void Heap::restore_thread(Heap* previous) { t_current_heap = previous; }

void log_old_object(HeapObject* owner) {
  DCHECK(t_current_heap != nullptr);
  t_current_heap->parts_->remember(owner);
}

void log_old_slot(HeapObject* owner, const void* word) {
  if (!(owner->gc_bits() & kGcLarge)) return log_old_object(owner);
  LargeHead* head = LargeHead::of(owner);
  head->cards()[(address_of(word) - address_of(owner)) / (kCardWords * 8)] = 1;
  if (head->carded) return;
  head->carded = true;
  t_current_heap->parts_->carded.push(head);
}

}  // namespace viperine
