// SPDX-License-Identifier: MIT
// Signal numbers as arguments.
#pragma once

#include <signal.h>

#include "runtime/runtime.h"

namespace viperine {

/// The set of an iterable of numbers; ValueError "signal number 65 out of range [1; 64]".
Result<sigset_t> signal_set_argument(Thread& thread, Value numbers);

/// As if the signal had come: runs its handler, if that is a Python function; ValueError for what is no signal.
Result<void> interrupt_main(Thread& thread, int number);

}  // namespace viperine
