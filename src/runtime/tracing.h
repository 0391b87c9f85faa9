// SPDX-License-Identifier: MIT
// sys.settrace and sys.setprofile: functions of a thread. Events are produced by the interpreter's tracing dispatch
// table.
#pragma once

#include "runtime/runtime.h"

namespace viperine {

/// None switches tracing off.
Result<void> set_trace_function(Thread& thread, Value function);
Result<void> set_profile_function(Thread& thread, Value function);

}  // namespace viperine
