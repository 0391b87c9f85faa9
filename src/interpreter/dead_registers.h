// SPDX-License-Identifier: MIT
// Forgetting what only dead temporaries of the running frames refer to.
#pragma once

#include "runtime/interpreter_data.h"

namespace viperine {

/// Precondition: a native function that the innermost frame calls asks for it.
void clear_dead_registers(Thread& thread);

}  // namespace viperine
