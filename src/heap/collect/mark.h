// SPDX-License-Identifier: MIT
// Marker: finds every object reachable from what it is given. Moves nothing, runs no Python code.
// Invariants: the live bit of an object's first word is set when it is found, those of its other words when it is
// scanned; after drain() no marked object refers to an unmarked one; a shape is marked with the first object that has
// it.
#pragma once

#include "heap/collect/phases.h"

namespace viperine {

class Marker final : public EdgeVisitor, public Tracer {
 public:
  explicit Marker(HeapState& heap) : heap_(heap) {}

  void visit(Value* words, size_t count) override {
    for (size_t i = 0; i < count; ++i) mark_value(words[i]);
  }
  void mark(HeapObject* object) { mark_address(address_of(object)); }
  HeapObject* resolve(HeapObject* object) override { return is_marked(object) ? object : nullptr; }
  HeapObject* keep(HeapObject* object) override {
    mark(object);
    return object;
  }
  void drain() override;

  bool is_marked(HeapObject* object) const {
    uint64_t address = address_of(object);
    if (heap_.map.contains(address)) return heap_.map.is_live(address);
    if (object->gc_bits() & kGcImmortal) return true;
    return !(object->gc_bits() & kGcLarge) || LargeHead::of(object)->marked;
  }

 private:
  static constexpr size_t kAhead = 8;     // objects whose memory is fetched before they are scanned
  static constexpr size_t kPiece = 1024;  // words of a long array that are scanned at a time

  void mark_value(Value value) {
    if (value.is_pointer()) mark_address(target_of(value));
  }
  void mark_address(uint64_t address) {
    if (heap_.map.contains(address)) [[likely]] {
      if (heap_.map.set_live(address)) stack_.push(address);
    } else if (address - Value::kFixedBase >= Value::kFixedLimit - Value::kFixedBase) {
      mark_outside(address);  // the image's pages are not even looked at
    }
  }
  void mark_outside(uint64_t address);
  void scan(uint64_t entry);
  void scan_words(Value* words, size_t count);
  [[gnu::noinline]] void push_rest(Value* words, size_t count);

  HeapState& heap_;
  PageVector<uint64_t> stack_;  // addresses of objects; or (words, count, 1): the rest of a long array
};

/// Marks all that is reachable from the roots, from what native code holds and from what waits for its finalizer.
/// (full.cpp)
void mark_roots(HeapState& heap, Marker& marker, ObjectList& native);

}  // namespace viperine
