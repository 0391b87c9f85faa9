// SPDX-License-Identifier: MIT
// SpaceMap: the one reservation of addresses (nursery, fixed space, old space) and its side tables, which run parallel
// to it: live bits (one per word, only during a full collection), offsets (one per 512-byte block, likewise) and
// crossing bytes (one per block: where a cell starts in it). Large objects are elsewhere. Invariant: a crossing byte
// that is not 0 names the start of a cell (word number + 1); 0 says nothing.
#pragma once

#include <algorithm>
#include <cstring>

#include "heap/object_model.h"
#include "platform/virtual_memory.h"

namespace viperine {

constexpr size_t kBlock = 512;
constexpr uint32_t kFixedBlock = UINT32_MAX;

struct SpaceMap {
  char* base = nullptr;
  size_t size = 0;  // bytes of object memory; word numbers fit 32 bits
  uint64_t* live = nullptr;
  uint32_t* offsets = nullptr;
  uint8_t* crossing = nullptr;
  char* reservation = nullptr;
  size_t reserved = 0;

  /// False when not even a small range can be had.
  bool reserve(size_t largest, size_t smallest);
  void unreserve();
  /// Makes the memory and the tables that belong to it usable.
  bool commit(char* start, char* end);

  bool contains(uint64_t address) const { return address - address_of(base) < size; }
  size_t word(uint64_t address) const { return (address - address_of(base)) >> 3; }
  size_t block(uint64_t address) const { return (address - address_of(base)) / kBlock; }
  char* block_start(size_t number) const { return base + number * kBlock; }

  bool is_live(uint64_t address) const { return live[word(address) >> 6] >> (word(address) & 63) & 1; }
  /// Sets the bit of the first word; true when it was not set.
  bool set_live(uint64_t address) {
    size_t number = word(address);
    uint64_t bit = uint64_t{1} << (number & 63);
    uint64_t& group = live[number >> 6];
    if (group & bit) return false;
    group |= bit;
    return true;
  }
  void set_live_words(uint64_t address, size_t words) {
    size_t first = word(address), last = first + words - 1;
    uint64_t low = ~uint64_t{0} << (first & 63), high = ~uint64_t{0} >> (63 - (last & 63));
    if (first >> 6 == last >> 6) [[likely]] {
      live[first >> 6] |= low & high;
      return;
    }
    live[first >> 6] |= low;
    for (size_t i = (first >> 6) + 1; i < last >> 6; ++i) live[i] = ~uint64_t{0};
    live[last >> 6] |= high;
  }

  /// A cell [start, next) was placed and another one begins, or will begin, at `next`.
  void record_cell(const char* start, const char* next) {
    size_t first = block(address_of(start)), last = block(address_of(next));
    if (first == last) return;
    if (last - first > 1) std::memset(crossing + first + 1, 0, last - first - 1);
    crossing[last] = static_cast<uint8_t>((word(address_of(next)) & 63) + 1);
  }
  /// A cell starts here; others may start in the same block.
  void record_start(const char* start) {
    uint8_t& entry = crossing[block(address_of(start))];
    auto number = static_cast<uint8_t>((word(address_of(start)) & 63) + 1);
    if (entry == 0 || entry > number) entry = number;
  }
  void forget_starts(const char* start, const char* end) {
    size_t first = block(address_of(start)), last = block(address_of(end) + kBlock - 1);
    if (first < last) clear_memory(reinterpret_cast<char*>(crossing + first), reinterpret_cast<char*>(crossing + last));
  }
  /// The cell that covers `address`; some cell must start at or before it in the same space, at or after `low`.
  HeapObject* find_cell(const ObjectModel& model, uint64_t address, const char* low) const;
};

}  // namespace viperine
