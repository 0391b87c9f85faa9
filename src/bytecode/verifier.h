// SPDX-License-Identifier: MIT
// Checks that a Blueprint is well formed: operands in range, jumps and handlers on instruction starts, no running off
// the end. Says nothing of types or of what registers hold.
#pragma once

#include <string>

#include "bytecode/blueprint.h"

namespace viperine {

/// Empty, or what is wrong (first fault found), with the code's name and the word.
std::string verify(const Blueprint& blueprint);

}  // namespace viperine
