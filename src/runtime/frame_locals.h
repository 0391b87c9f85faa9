// SPDX-License-Identifier: MIT
// f_locals of a running frame, the other way round.
#pragma once

#include "runtime/interpreter_data.h"

namespace viperine {

/// Puts what a trace function left in f_locals back into the variables of a running frame.
void store_frame_locals(Thread& thread, Frame* frame);

}  // namespace viperine
