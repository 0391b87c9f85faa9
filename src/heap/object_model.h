// SPDX-License-Identifier: MIT
// ObjectModel: sizes and edges of objects, from the layouts and the shapes' attribute words. Fillers, which make dead
// memory walkable, and forwarding marks are told apart here too. Nothing is allocated or moved here. Invariants: a cell
// is an object, a filler or a zero word (8 bytes); consecutive cells cover a space without holes.
#pragma once

#include <bit>

#include "heap/heap_object.h"

namespace viperine {

constexpr uint8_t kGcForwarded = 128;  // only during a minor collection: the low half of the header is the new place
constexpr uint8_t kGcFiller = kGcForwarded | kGcImmortal | kGcFixed | kGcLarge;
constexpr size_t kLargeObject = 16384;  // from this size on an object has a mapping of its own
constexpr size_t kNurseryWindow = 4096;

inline uint64_t address_of(const void* object) { return reinterpret_cast<uint64_t>(object); }
inline uint64_t target_of(Value value) { return value.bits() - Value::kPointerTag; }
inline HeapObject* object_at(uint64_t address) { return reinterpret_cast<HeapObject*>(address); }
inline uint64_t header_of(const HeapObject* object) { return *reinterpret_cast<const uint64_t*>(object); }

inline bool is_filler(const HeapObject* cell) { return (cell->gc_bits() & kGcFiller) == kGcFiller; }
inline bool is_forwarded(const HeapObject* object) { return object->gc_bits() & kGcForwarded; }
/// `bytes` is a multiple of 8, below 32 GiB.
inline void make_filler(char* start, size_t bytes) {
  auto* cell = reinterpret_cast<HeapObject*>(start);
  *reinterpret_cast<uint64_t*>(start) = 0;
  cell->set_shape_word(static_cast<uint32_t>(bytes / 8));
  cell->set_gc_bit(kGcFiller);
}

struct ObjectModel {
  const Layout* layouts = nullptr;
  const uint8_t* attribute_words = nullptr;

  const Layout& layout(const HeapObject* object) const { return layouts[object->kind_byte()]; }
  size_t attributes_offset(const HeapObject* object) const {
    const Layout& layout = layouts[object->kind_byte()];
    size_t size = layout.fixed_size;
    if (layout.tail != nullptr) {
      TailExtent extent = layout.tail(object);
      size += extent.values * 8 + extent.bytes;
    }
    return (size + 7) & ~size_t{7};
  }
  size_t size(const HeapObject* object) const {
    return attributes_offset(object) + size_t{8} * attribute_words[object->shape_index()];
  }
  bool is_object(const HeapObject* cell) const { return !is_filler(cell) && header_of(cell) != 0; }
  size_t cell_size(const HeapObject* cell) const {
    if (is_filler(cell)) return size_t{cell->shape_word()} * 8;
    return header_of(cell) == 0 ? 8 : size(cell);
  }

  /// Calls range(Value* words, size_t count) for the slots of the fixed part in `mask`, the tail and the attribute
  /// words. Returns the size of the object.
  template <typename F>
  size_t for_each_range(HeapObject* object, uint32_t mask, F&& range) const {
    const Layout& layout = layouts[object->kind_byte()];
    auto* words = reinterpret_cast<Value*>(object);
    for (; mask != 0; mask &= mask - 1) range(words + std::countr_zero(mask), size_t{1});
    size_t end = layout.fixed_size;
    if (layout.tail != nullptr) {
      TailExtent extent = layout.tail(object);
      if (extent.values != 0) range(reinterpret_cast<Value*>(reinterpret_cast<char*>(object) + end), extent.values);
      end += extent.values * 8 + extent.bytes;
    }
    size_t attributes = attribute_words[object->shape_index()];
    end = (end + 7) & ~size_t{7};
    if (attributes != 0) range(words + end / 8, attributes);
    return end + attributes * 8;
  }
  template <typename F>
  size_t for_each_strong(HeapObject* object, F&& range) const {
    return for_each_range(object, layout(object).slot_mask, range);
  }
  template <typename F>
  size_t for_each_slot(HeapObject* object, F&& range) const {
    return for_each_range(object, layout(object).slot_mask | layout(object).weak_mask, range);
  }
  /// Where the tail's Values are: pointer and count.
  std::span<Value> tail_values(HeapObject* object) const {
    const Layout& layout = layouts[object->kind_byte()];
    if (layout.tail == nullptr) return {};
    return {reinterpret_cast<Value*>(reinterpret_cast<char*>(object) + layout.fixed_size), layout.tail(object).values};
  }
  /// The weak slot with this number (0: referent, 1: chain), or null.
  Value* weak_slot(HeapObject* object, int number) const {
    uint32_t mask = layout(object).weak_mask;
    for (; number > 0; --number) mask &= mask - 1;
    return mask == 0 ? nullptr : reinterpret_cast<Value*>(object) + std::countr_zero(mask);
  }
};

}  // namespace viperine
