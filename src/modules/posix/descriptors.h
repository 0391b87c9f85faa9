// SPDX-License-Identifier: MIT
// File descriptors as arguments of select, fcntl, termios: an int or an object with fileno(); interrupted calls.
#pragma once

#include "runtime/calls.h"

namespace viperine {

/// TypeError "argument must be an int, or have a fileno() method."; ValueError for negative numbers.
Result<int> fileno_of(Thread& thread, Value value);
/// Runs the signal handlers that wait: what is done between two tries of an interrupted system call (PEP 475).
Result<void> handle_signals(Thread& thread);

}  // namespace viperine
