// SPDX-License-Identifier: MIT
// File descriptors as arguments of select, fcntl, termios: an int or an object with fileno().
#pragma once

#include "runtime/calls.h"

namespace viperine {

/// TypeError "argument must be an int, or have a fileno() method."; ValueError for negative numbers.
Result<int> fileno_of(Thread& thread, Value value);

}  // namespace viperine
