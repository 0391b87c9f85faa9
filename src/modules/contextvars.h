// SPDX-License-Identifier: MIT
// What other modules need of _contextvars.
#pragma once

#include "runtime/runtime.h"

namespace viperine {

/// contextvars.copy_context().
Result<Value> copy_current_context(Thread& thread);

}  // namespace viperine
