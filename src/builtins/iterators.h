// SPDX-License-Identifier: MIT
// Making iterators from other files.
#pragma once

#include "runtime/runtime.h"

namespace viperine {

/// iter(callable, sentinel).
Value make_callable_iterator(Thread& thread, Value callable, Value sentinel);

}  // namespace viperine
