// SPDX-License-Identifier: MIT
// The phases of collections, in the order in which collect_full runs them; each is in the file named behind it.
// Invariant: allocation windows are closed before any phase runs; no phase runs Python code or allocates in the heap.
#pragma once

#include "heap/heap_state.h"

namespace viperine {

/// Objects that native stacks refer to, in any space, sorted, each once. (conservative.cpp)
void find_native_roots(HeapState& heap, bool own_stack, ObjectList& found);

/// Copies what survives out of the nursery; `native` objects stay where they are. (minor.cpp)
void collect_minor(HeapState& heap, ObjectList& native);

/// Everything: mark, weak references, finalizers, sweep, slide, release. (full.cpp)
void collect_full(HeapState& heap, ObjectList& native);

/// Sets weak slots of `list` whose target is dead to None and queues their owners; updates the others. (weak.cpp)
void clear_weak_slots(HeapState& heap, Tracer& tracer, ObjectList& list);
/// Unlinks dead WeakRefs from the chains of these referents (old addresses) and updates the table of heads.
void update_weak_chains(HeapState& heap, Tracer& tracer, PageVector<uint64_t>& referents);
/// Chain slots that no chain walk reached must not dangle.
void clear_dead_chain_slots(HeapState& heap, Tracer& tracer, ObjectList& list);
/// Drops dead objects from `list`, releasing what they own; the rest goes to special_young or special_old.
void settle_specials(HeapState& heap, Tracer& tracer, ObjectList& list);

/// Queues the unreachable objects of `list` for finalization and keeps them with all they reach. (finalizers.cpp)
void queue_finalizers(HeapState& heap, Tracer& tracer, ObjectList& list);

/// Where everything goes: the offset of every block. False when nothing moves, and then there are none. (offsets.cpp)
bool compute_offsets(HeapState& heap, char* destination, size_t& pinned_blocks);
/// The new place of an object of the old space. Precondition: marked.
inline uint64_t forwarded(const HeapState& heap, uint64_t address) {
  if (address - heap.moving_low >= heap.moving_size) return address;
  uint32_t offset = heap.map.offsets[heap.map.block(address)];
  if (offset == kFixedBlock) return address;
  uint64_t below = heap.map.live[heap.map.block(address)] & ((uint64_t{1} << (heap.map.word(address) & 63)) - 1);
  return address_of(heap.map.base) + 8 * (uint64_t{offset} + static_cast<uint64_t>(std::popcount(below)));
}
inline void update_words(const HeapState& heap, Value* words, size_t count) {
  for (size_t i = 0; i < count; ++i)
    if (words[i].is_pointer()) words[i] = Value::from_address(forwarded(heap, target_of(words[i])));
}
/// Roots, lists, tables, and the slots of all objects outside the old space. (update.cpp)
void update_outside(HeapState& heap);
/// One pass over the old space: update slots, slide down. (compact.cpp)
void compact(HeapState& heap, char* destination);
/// Instead, when nothing moves: what died becomes fillers. (compact.cpp)
void fill_dead(HeapState& heap);
/// How many of the unreachable objects for which `counts` holds are in cycles or hang on one. (count.cpp)
uint64_t count_unreachable(HeapState& heap, ObjectList& native, bool (*counts)(const HeapObject*));
/// The mark bits and the marks of large objects are zero again. (release.cpp)
void clear_marks(HeapState& heap);
/// All unused memory goes back to the operating system. (release.cpp)
void release_unused(HeapState& heap, char* old_bottom, char* old_top);

/// Checks every edge, size and table; aborts with a message at the first fault. (verify.cpp)
void verify_heap(HeapState& heap, const char* when);
/// Calls callback for every object. (verify.cpp)
void walk_objects(HeapState& heap, void (*callback)(HeapObject*, void*), void* context);

}  // namespace viperine
