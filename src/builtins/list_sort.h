// SPDX-License-Identifier: MIT
// list.sort: see list_sort.cpp.
#pragma once

#include "runtime/containers.h"

namespace viperine {

/// Sorts in place; `key` may be None.
Result<void> list_sort(Thread& thread, List* list, Value key, bool reverse);

}  // namespace viperine
