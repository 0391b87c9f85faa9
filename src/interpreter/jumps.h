// SPDX-License-Identifier: MIT
// Assignment to f_lineno: where a trace function may send a running frame.
#pragma once

#include "runtime/interpreter_data.h"

namespace viperine {

/// frame.f_lineno = line. ValueErrors as CPython 3.11's.
Result<void> jump_to_line(Thread& thread, Frame* frame, Value line);

}  // namespace viperine
