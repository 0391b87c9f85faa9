// SPDX-License-Identifier: MIT
// Offsets: from the live bits, where the live words of each 512-byte block go. Pinned blocks (marked kFixedBlock
// before) and the dense prefix stay; all else slides down. Invariants: order is kept; the destination of a word is
// never above it (unless everything goes to an empty range).
#include "heap/collect/phases.h"

namespace viperine {

namespace {
/// Blocks from the bottom that are so densely alive that moving them would gain little.
size_t dense_prefix(const HeapState& heap, size_t first, size_t last) {
  size_t live = 0, end = first;
  for (size_t block = first; block < last; ++block) {
    live += static_cast<size_t>(std::popcount(heap.map.live[block]));
    if (live * 100 >= (block + 1 - first) * (kBlock / 8) * 98) end = block + 1;
  }
  return end - first >= 32 ? end : first;
}
}  // namespace

bool compute_offsets(HeapState& heap, char* destination, size_t& pinned_blocks) {
  SpaceMap& map = heap.map;
  size_t first = map.block(address_of(heap.old.bottom()));
  size_t last = map.block(address_of(heap.old.top()) + kBlock - 1);
  bool sliding = destination == heap.old.bottom();
  size_t dense = sliding && !heap.options.stress_move ? dense_prefix(heap, first, last) : first;
  if (sliding && dense == last) return false;
  heap.moving_low = address_of(map.block_start(dense));
  heap.moving_size = address_of(heap.old.top()) - heap.moving_low;
  size_t cursor = map.word(address_of(destination));
  for (size_t block = first; block < last; ++block) {
    uint64_t bits = map.live[block];
    bool pinned = map.offsets[block] == kFixedBlock;
    pinned_blocks += pinned;
    if (pinned || block < dense) {
      map.offsets[block] = kFixedBlock;
      if (bits != 0) cursor = block * 64 + 64 - static_cast<size_t>(std::countl_zero(bits));
    } else {
      map.offsets[block] = static_cast<uint32_t>(cursor);
      cursor += static_cast<size_t>(std::popcount(bits));
    }
  }
  return true;
}

}  // namespace viperine
