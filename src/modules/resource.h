// SPDX-License-Identifier: MIT
// What others need of the module resource. Precondition: it has been imported.
#pragma once

#include "runtime/runtime.h"

struct rusage;

namespace viperine {

/// resource.struct_rusage.
Result<Value> usage_value(Thread& thread, const struct rusage& usage);

}  // namespace viperine
