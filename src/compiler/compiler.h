// SPDX-License-Identifier: MIT
// The compiler's door: syntax tree in, Blueprint or diagnostic out. The stages: scopes.h (symbol tables), then
// generator.h (instructions of one function after another), flow.h (clean-up), encode.h (words and tables).
// Nothing here knows Values. Invariant: never overflows the C stack; all that is returned lives in the given Arena.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/arena.h"
#include "bytecode/blueprint.h"
#include "syntax/ast.h"
#include "syntax/diagnostics.h"

namespace viperine::compiler {

/// Bits of CompileOptions::flags, numbered as in ast.PyCF_* and __future__.
enum CompileFlags : uint32_t {
  kAllowTopLevelAwait = 0x2000,
  kFutureBarryAsBdfl = 0x400000,
  kFutureAnnotations = 0x1000000,
};

struct CompileOptions {
  std::string_view filename = "<string>";
  uint32_t flags = 0;   // CompileFlags: inherited __future__ features, top-level await
  int optimize = 0;     // 0, 1 (no asserts) or 2 (no docstrings either)
  int depth_limit = 3000;
};

struct CompileResult {
  const Blueprint* blueprint = nullptr;             // nullptr: see error
  const syntax::Diagnostic* error = nullptr;
  std::span<const syntax::Warning> warnings;        // SyntaxWarnings in source order
  uint32_t future_flags = 0;                        // features in force at the end (the interactive loop keeps them)
};

/// The mode is that of the tree's root: Module, Interactive or Expression.
CompileResult compile_tree(Arena& arena, ast::ModNode* tree, const CompileOptions& options);

/// Source text of an expression as `from __future__ import annotations` stores it.
std::string_view unparse_expression(Arena& arena, ast::ExprNode* expression);

}  // namespace viperine::compiler
