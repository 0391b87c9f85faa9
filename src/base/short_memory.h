// SPDX-License-Identifier: MIT
// Copying and comparing short runs of bytes in line: most texts are so short that calling memcpy or memcmp for them
// costs more than the work. Longer runs go to the C library.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace viperine {

namespace short_memory_detail {
template <typename Word>
inline Word load(const uint8_t* from) {
  Word word;
  std::memcpy(&word, from, sizeof word);
  return word;
}
template <typename Word>
inline void move(uint8_t* to, const uint8_t* from) {
  Word word = load<Word>(from);
  std::memcpy(to, &word, sizeof word);
}
}  // namespace short_memory_detail

/// memcpy.
inline void copy_run(void* target, const void* source, size_t size) {
  using namespace short_memory_detail;  // NOLINT
  auto* to = static_cast<uint8_t*>(target);
  auto* from = static_cast<const uint8_t*>(source);
  if (size > 32) {
    std::memcpy(to, from, size);
  } else if (size >= 8) {  // the last word may overlap the one before
    uint64_t last = load<uint64_t>(from + size - 8);
    for (size_t at = 0; at + 8 < size; at += 8) move<uint64_t>(to + at, from + at);
    std::memcpy(to + size - 8, &last, 8);
  } else if (size >= 4) {
    uint32_t last = load<uint32_t>(from + size - 4);
    move<uint32_t>(to, from);
    std::memcpy(to + size - 4, &last, 4);
  } else if (size != 0) {
    uint8_t middle = from[size / 2], last = from[size - 1];
    to[0] = from[0];
    to[size / 2] = middle;
    to[size - 1] = last;
  }
}

/// memcmp() == 0.
inline bool equal_runs(const void* first, const void* second, size_t size) {
  using namespace short_memory_detail;  // NOLINT
  auto* left = static_cast<const uint8_t*>(first);
  auto* right = static_cast<const uint8_t*>(second);
  if (size > 32) return std::memcmp(left, right, size) == 0;
  if (size >= 8) {
    for (size_t at = 0; at + 8 < size; at += 8)
      if (load<uint64_t>(left + at) != load<uint64_t>(right + at)) return false;
    return load<uint64_t>(left + size - 8) == load<uint64_t>(right + size - 8);
  }
  if (size >= 4)
    return load<uint32_t>(left) == load<uint32_t>(right) &&
           load<uint32_t>(left + size - 4) == load<uint32_t>(right + size - 4);
  for (size_t at = 0; at < size; ++at)
    if (left[at] != right[at]) return false;
  return true;
}

}  // namespace viperine
