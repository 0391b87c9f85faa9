// SPDX-License-Identifier: MIT
// Parts of _functools: partial (partial.cpp), the cache (lru_cache.cpp), reduce and cmp_to_key (module.cpp).
#pragma once

#include "builtins/container_support.h"

namespace viperine {

extern const TypeSpec kPartialType, kLruCacheType, kCmpKeyType;

}  // namespace viperine
