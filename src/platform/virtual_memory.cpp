// SPDX-License-Identifier: MIT
// Virtual memory by mmap, mprotect, madvise and mremap.
#include "platform/virtual_memory.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cstring>

namespace viperine {

namespace {
uintptr_t up(uintptr_t address) { return (address + page_size() - 1) & ~(page_size() - 1); }
uintptr_t down(uintptr_t address) { return address & ~(page_size() - 1); }
char* checked(void* memory) { return memory == MAP_FAILED ? nullptr : static_cast<char*>(memory); }
}  // namespace

size_t page_size() {
  static const size_t size = static_cast<size_t>(sysconf(_SC_PAGESIZE));
  return size;
}

char* reserve_memory(size_t bytes) {
  return checked(mmap(nullptr, up(bytes), PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0));
}

bool commit_memory(char* start, char* end) {
  uintptr_t low = down(reinterpret_cast<uintptr_t>(start)), high = up(reinterpret_cast<uintptr_t>(end));
  return low >= high || mprotect(reinterpret_cast<void*>(low), high - low, PROT_READ | PROT_WRITE) == 0;
}

size_t release_memory(char* start, char* end) {
  uintptr_t low = up(reinterpret_cast<uintptr_t>(start)), high = down(reinterpret_cast<uintptr_t>(end));
  if (low >= high) return 0;
  madvise(reinterpret_cast<void*>(low), high - low, MADV_DONTNEED);
  return high - low;
}

void release_and_zero(char* start, char* end) {
  uintptr_t first = reinterpret_cast<uintptr_t>(start), last = reinterpret_cast<uintptr_t>(end);
  uintptr_t low = up(first), high = down(last);
  if (low >= high) {
    if (first < last) std::memset(start, 0, last - first);
    return;
  }
  if (first < low) std::memset(start, 0, low - first);
  madvise(reinterpret_cast<void*>(low), high - low, MADV_DONTNEED);
  if (high < last) std::memset(reinterpret_cast<void*>(high), 0, last - high);
}

void clear_memory(char* start, char* end) {
  constexpr ptrdiff_t kClearByHand = 64 << 10;  // below, zeroing is cheaper than faulting the pages in again
  if (end - start > kClearByHand)
    release_and_zero(start, end);
  else if (start < end)
    std::memset(start, 0, static_cast<size_t>(end - start));
}

char* map_memory(size_t bytes) {
  return checked(mmap(nullptr, up(bytes), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
}

char* remap_memory(char* start, size_t old_bytes, size_t new_bytes) {
  return checked(mremap(start, up(old_bytes), up(new_bytes), MREMAP_MAYMOVE));
}

char* move_pages(char* start, size_t old_bytes, size_t new_bytes) {
#ifdef MREMAP_DONTUNMAP
  size_t from = up(old_bytes), to = up(new_bytes);
  char* place = checked(mremap(start, from, from, MREMAP_MAYMOVE | MREMAP_DONTUNMAP));
  if (place == nullptr || from == to) return place;
  char* grown = checked(mremap(place, from, to, MREMAP_MAYMOVE));
  if (grown == nullptr) mremap(place, from, from, MREMAP_MAYMOVE | MREMAP_FIXED, start);
  return grown;
#else
  static_cast<void>(start), static_cast<void>(old_bytes), static_cast<void>(new_bytes);
  return nullptr;
#endif
}

void unmap_memory(char* start, size_t bytes) { munmap(start, up(bytes)); }

void avoid_huge_pages(char* start, size_t bytes) { madvise(start, up(bytes), MADV_NOHUGEPAGE); }

}  // namespace viperine
