// SPDX-License-Identifier: MIT
// Bringing a runtime to life: tables of the layers above, types, builtins, sys, importlib.
#pragma once

#include "runtime/runtime.h"

namespace viperine {

/// Null (with a message on standard error) when the process has no memory for it.
Runtime* start_runtime(const RuntimeOptions& options);

}  // namespace viperine
