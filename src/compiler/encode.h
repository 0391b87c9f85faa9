// SPDX-License-Identifier: MIT
// From the cleaned-up instruction list to a Blueprint: constants numbered, jumps measured, tables written.
#pragma once

#include "bytecode/blueprint.h"
#include "compiler/function_code.h"

namespace viperine::compiler {

/// nullptr: session.error is set (more constants than an operand can name).
const Blueprint* encode(Session& session, FunctionCode& code);

}  // namespace viperine::compiler
