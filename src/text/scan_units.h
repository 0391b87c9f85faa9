// SPDX-License-Identifier: MIT
// The scanning loops under search.h, for others that work on units of one width.
#pragma once

#include <cstring>

#include "text/search.h"

namespace viperine {

template <typename Unit>
size_t find_unit(const Unit* units, size_t length, Unit wanted) {
  if constexpr (sizeof(Unit) == 1) {
    if (length == 0) return kNotFound;
    auto* found = static_cast<const uint8_t*>(std::memchr(units, wanted, length));
    return found != nullptr ? found - units : kNotFound;
  } else {
    constexpr size_t kBlock = 64 / sizeof(Unit);
    size_t i = 0;
    for (; i + kBlock <= length; i += kBlock) {
      Unit any = 0;
      for (size_t j = 0; j < kBlock; ++j) any |= units[i + j] == wanted;
      if (any != 0) break;
    }
    for (; i < length; ++i) {
      if (units[i] == wanted) return i;
    }
    return kNotFound;
  }
}

/// The first occurrence of needle[0, length), 0 < length <= text_length. For uint8_t, uint16_t and uint32_t.
template <typename Unit>
size_t find_units(const Unit* text, size_t text_length, const Unit* needle, size_t length);

}  // namespace viperine
