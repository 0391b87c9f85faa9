// SPDX-License-Identifier: MIT
// Compaction: one pass over the live bits of the old space in address order; each object's slots are updated, then it
// slides down. Neighbours that move by the same distance are moved together. Invariants: dead memory left between fixed
// blocks becomes fillers; crossing bytes describe the new places when this returns. When the living are so dense that
// nothing moves, no slot is looked at.
#include "heap/collect/phases.h"

namespace viperine {

namespace {

class Compactor {
 public:
  Compactor(HeapState& heap, char* destination) : heap_(heap), cursor_(destination) {}

  void run() {
    SpaceMap& map = heap_.map;
    size_t position = map.word(address_of(heap_.old.bottom())), last = map.word(address_of(heap_.old.top()));
    while (next_live(position, last)) {
      char* source = map.base + position * 8;
      position += move(source) / 8;
    }
    flush();
  }
  /// Nothing moves: only the dead memory between the living is marked as such.
  void run_in_place() {
    SpaceMap& map = heap_.map;
    size_t position = map.word(address_of(heap_.old.bottom())), last = map.word(address_of(heap_.old.top()));
    while (next_live(position, last)) {
      char* place = map.base + position * 8;
      if (place != cursor_) leave_gap(place);
      position = next_dead(position, last);
      cursor_ = map.base + position * 8;
    }
  }
  char* end() const { return cursor_; }

 private:
  bool next_live(size_t& position, size_t last) const {
    if (position >= last) return false;
    size_t group = position >> 6;
    uint64_t bits = heap_.map.live[group] & (~uint64_t{0} << (position & 63));
    while (bits == 0) {
      if (++group << 6 >= last) return false;
      bits = heap_.map.live[group];
    }
    position = (group << 6) + static_cast<size_t>(std::countr_zero(bits));
    return true;
  }
  size_t next_dead(size_t position, size_t last) const {
    size_t group = position >> 6;
    uint64_t bits = ~heap_.map.live[group] & (~uint64_t{0} << (position & 63));
    while (bits == 0) {
      if (++group << 6 >= last) return last;
      bits = ~heap_.map.live[group];
    }
    return std::min(last, (group << 6) + static_cast<size_t>(std::countr_zero(bits)));
  }
  size_t move(char* source) {
    auto* object = reinterpret_cast<HeapObject*>(source);
    size_t bytes =
        heap_.model.for_each_slot(object, [this](Value* words, size_t count) { update_words(heap_, words, count); });
    char* place = reinterpret_cast<char*>(forwarded(heap_, address_of(source)));
    if (place != cursor_) leave_gap(place);
    if (source != run_source_ + run_bytes_ || place != run_place_ + run_bytes_) {
      flush();
      run_source_ = source;
      run_place_ = place;
    }
    run_bytes_ += bytes;
    heap_.map.record_cell(place, place + bytes);
    cursor_ = place + bytes;
    return bytes;
  }
  void leave_gap(char* place) {
    flush();
    auto bytes = static_cast<size_t>(place - cursor_);
#ifndef NDEBUG
    std::memset(cursor_, 0xDB, bytes);
#endif
    make_filler(cursor_, bytes);
    heap_.map.record_start(cursor_);  // the block's entry may name a dead cell behind it
    heap_.map.record_cell(cursor_, place);
    if (bytes >= kSmallestGap) heap_.old.add_gap(cursor_, place);
  }
  void flush() {
    if (run_bytes_ != 0 && run_source_ != run_place_) std::memmove(run_place_, run_source_, run_bytes_);
    run_bytes_ = 0;
    run_source_ = run_place_ = nullptr;
  }

  HeapState& heap_;
  char* cursor_;
  char *run_source_ = nullptr, *run_place_ = nullptr;
  size_t run_bytes_ = 0;
};

}  // namespace

void compact(HeapState& heap, char* destination) {
  heap.old.clear_gaps();
  heap.map.record_start(destination);
  Compactor compactor(heap, destination);
  compactor.run();
  heap.old.set_bounds(destination, compactor.end());
}

void fill_dead(HeapState& heap) {
  char* bottom = heap.old.bottom();
  heap.old.clear_gaps();
  Compactor compactor(heap, bottom);
  compactor.run_in_place();
  heap.old.set_bounds(bottom, compactor.end());
  heap.map.record_start(compactor.end());
}

}  // namespace viperine
