// SPDX-License-Identifier: MIT
// Is a Code that did not come from the compiler (read from a file, made by code.replace) fit to run? The verifier's
// checks, and that counts, tables and names agree.
#pragma once

#include "bytecode/verifier.h"
#include "objects/function.h"
#include "runtime/runtime.h"

namespace viperine {

/// Null, or what is wrong. Constants that instructions use as names are interned here.
const char* check_code(Thread& thread, Code* code, CodeVerifier& verifier);

}  // namespace viperine
