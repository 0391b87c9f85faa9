// SPDX-License-Identifier: MIT
// Mark phase: an explicit stack in memory of its own, a short queue so that headers are in the cache when they are
// read.
#include "heap/collect/mark.h"

namespace viperine {

void Marker::mark_outside(uint64_t address) {
  HeapObject* object = object_at(address);
  if ((object->gc_bits() & (kGcLarge | kGcImmortal)) != kGcLarge) return;
  LargeHead* head = LargeHead::of(object);
  if (head->marked) return;
  head->marked = true;
  stack_.push(address);
}

[[gnu::always_inline]] inline void Marker::scan_words(Value* words, size_t count) {
  if (count > kPiece) [[unlikely]] {
    push_rest(words + kPiece, count - kPiece);
    count = kPiece;
  }
  for (size_t i = 0; i < count; ++i) mark_value(words[i]);
}

void Marker::push_rest(Value* words, size_t count) {
  stack_.push(reinterpret_cast<uint64_t>(words));
  stack_.push(count);
  stack_.push(1);
}

void Marker::scan(uint64_t address) {
  HeapObject* object = object_at(address);
  uint32_t shape = object->shape_index();
  if (shape >= 256 && heap_.shapes[shape] != nullptr) mark(heap_.shapes[shape]);
  size_t bytes = heap_.model.for_each_strong(object, [this](Value* words, size_t count) { scan_words(words, count); });
  if (bytes > 8 && heap_.map.contains(address)) heap_.map.set_live_words(address, bytes / 8);
}

void Marker::drain() {
  uint64_t queue[kAhead] = {};
  size_t position = 0, waiting = 0;
  for (;;) {
    uint64_t next = 0;
    if (!stack_.empty()) {
      next = stack_.pop();
      if (next == 1) {
        size_t count = stack_.pop();
        auto* words = reinterpret_cast<Value*>(stack_.pop());
        scan_words(words, count);
        continue;
      }
      __builtin_prefetch(reinterpret_cast<void*>(next));
      ++waiting;
    } else if (waiting == 0) {
      return;
    }
    uint64_t ready = queue[position];
    queue[position] = next;
    position = (position + 1) % kAhead;
    if (ready == 0) continue;
    --waiting;
    scan(ready);
  }
}

}  // namespace viperine
