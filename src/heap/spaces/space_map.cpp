// SPDX-License-Identifier: MIT
// SpaceMap: reservation, committing, resolving of interior addresses.
#include "heap/spaces/space_map.h"

namespace viperine {

bool SpaceMap::reserve(size_t largest, size_t smallest) {
  for (size = largest; size >= smallest; size /= 2) {
    reserved = size + size / 64 + size / 128 + size / 512 + 4 * page_size();
    reservation = reserve_memory(reserved);
    if (reservation != nullptr) break;
  }
  if (reservation == nullptr) return false;
  avoid_huge_pages(reservation, reserved);
  base = reservation;
  live = reinterpret_cast<uint64_t*>(base + size);
  offsets = reinterpret_cast<uint32_t*>(base + size + size / 64);
  crossing = reinterpret_cast<uint8_t*>(base + size + size / 64 + size / 128);
  return true;
}

void SpaceMap::unreserve() {
  if (reservation != nullptr) unmap_memory(reservation, reserved);
  reservation = nullptr;
}

bool SpaceMap::commit(char* start, char* end) {
  auto first = static_cast<size_t>(start - base), last = static_cast<size_t>(end - base) + kBlock - 1;
  auto* bits = reinterpret_cast<char*>(live);
  auto* table = reinterpret_cast<char*>(offsets);
  auto* starts = reinterpret_cast<char*>(crossing);
  return commit_memory(start, end) && commit_memory(bits + first / 64, bits + last / 64 + 8) &&
         commit_memory(table + first / 128, table + last / 128 + 4) &&
         commit_memory(starts + first / 512, starts + last / 512 + 1);
}

HeapObject* SpaceMap::find_cell(const ObjectModel& model, uint64_t address, const char* low) const {
  size_t number = block(address), lowest = block(address_of(low));
  size_t offset = word(address) & 63;
  if (crossing[number] == 0 || crossing[number] - size_t{1} > offset) {
    do {
      if (number == lowest) return nullptr;
      --number;
    } while (crossing[number] == 0);
  }
  uint64_t cell = address_of(block_start(number)) + (crossing[number] - size_t{1}) * 8;
  for (;;) {
    uint64_t next = cell + model.cell_size(object_at(cell));
    if (next > address) return object_at(cell);
    cell = next;
  }
}

}  // namespace viperine
