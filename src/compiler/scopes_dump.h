// SPDX-License-Identifier: MIT
// The symbol tables of a tree as text, for -X dump=scopes. Empty when the tree breaks a rule of scopes.
#pragma once

#include <string>

#include "compiler/compiler.h"

namespace viperine::compiler {

std::string scopes_listing(Arena& arena, ast::ModNode* tree, const CompileOptions& options);

}  // namespace viperine::compiler
