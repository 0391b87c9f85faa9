// SPDX-License-Identifier: MIT
// From a Blueprint (plain data of the compiler) to a Code object with its constants.
#pragma once

#include "bytecode/blueprint.h"
#include "objects/list.h"
#include "runtime/runtime.h"

namespace viperine {

/// `opaque`: objects for constants of kind Opaque (compile() from an AST); may be null. MemoryError only.
Result<Code*> materialize(Thread& thread, const Blueprint& blueprint, List* opaque = nullptr);
/// A function over `code` with these globals (builtins found in them), without arguments or closure: modules, exec,
/// eval.
Result<Function*> make_plain_function(Thread& thread, Code* code, Dict* globals);
/// The builtins dict that globals["__builtins__"] names (a module or a dict), null when it is something else, the
/// runtime's own when there is none.
Dict* builtins_of(Thread& thread, Dict* globals);
/// An int from decimal or 0x, 0o, 0b text without underscores.
Result<Value> int_from_literal(Thread& thread, std::string_view text);

}  // namespace viperine
