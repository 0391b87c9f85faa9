// SPDX-License-Identifier: MIT
// Conservative scan: which objects do native stacks and registers refer to? Interior addresses count; an address just
// behind an object counts for both neighbours. What is found is pinned for the running collection.
#include <setjmp.h>

#include <algorithm>

#include "heap/collect/phases.h"
#include "platform/memory_limits.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define VIPERINE_ADDRESS_SANITIZER 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define VIPERINE_ADDRESS_SANITIZER 1
#endif
#ifdef VIPERINE_ADDRESS_SANITIZER
#include <sanitizer/asan_interface.h>
#define NOT_SANITIZED __attribute__((no_sanitize("address", "undefined")))
#else
#define NOT_SANITIZED
#endif

namespace viperine {

namespace {

void add_word(HeapState& heap, uint64_t word, ObjectList& found) {
  HeapObject* object = heap.find(word, nullptr, nullptr);
  if (object != nullptr) found.push(object);
  if ((word & 7) == 0 && (object == nullptr || address_of(object) == word)) {
    HeapObject* before = heap.find(word - 1, nullptr, nullptr);
    if (before != nullptr && before != object) found.push(before);
  }
}

NOT_SANITIZED void scan_range(HeapState& heap, const void* low, const void* high, ObjectList& found) {
  auto* word = reinterpret_cast<const uint64_t*>((address_of(low) + 7) & ~uint64_t{7});
  for (; word + 1 <= high; ++word) {
    uint64_t bits = *word;
    if (bits < 4096) continue;
    add_word(heap, bits, found);
#ifdef VIPERINE_ADDRESS_SANITIZER
    void *begin = nullptr, *end = nullptr;  // locals that the sanitizer keeps elsewhere
    if (__asan_addr_is_in_fake_stack(__asan_get_current_fake_stack(), reinterpret_cast<void*>(bits), &begin, &end))
      for (auto* hidden = static_cast<uint64_t*>(begin); hidden + 1 <= end; ++hidden) add_word(heap, *hidden, found);
#endif
  }
}

[[gnu::noinline]] NOT_SANITIZED void scan_own_stack(HeapState& heap, ObjectList& found) {
  jmp_buf registers;
  __builtin_unwind_init();  // callee-saved registers as they are; setjmp may encode some of them
  setjmp(registers);
  const void* high = native_stack_high();
  scan_range(heap, __builtin_frame_address(0), high, found);
  scan_range(heap, &registers, reinterpret_cast<char*>(&registers) + sizeof registers, found);
  auto* here = reinterpret_cast<const char*>(&registers);
  auto* frame = static_cast<const char*>(__builtin_frame_address(0));
  if (here < frame) scan_range(heap, here, frame, found);
}

}  // namespace

void find_native_roots(HeapState& heap, bool own_stack, ObjectList& found) {
  for (const NativeRange& range : heap.roots->native_ranges()) scan_range(heap, range.low, range.high, found);
  if (own_stack) scan_own_stack(heap, found);
  std::sort(found.begin(), found.end());
  size_t kept = 0;
  for (HeapObject* object : found)
    if (kept == 0 || found[kept - 1] != object) found[kept++] = object;
  found.truncate(kept);
}

}  // namespace viperine
