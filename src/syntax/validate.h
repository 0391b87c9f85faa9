// SPDX-License-Identifier: MIT
// Checks a tree that did not come from the parser: what compile() demands of AST objects before it compiles them.
// Types of fields are checked where the objects are read; here it is contexts, empty bodies, lengths, names and places.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/arena.h"
#include "syntax/ast.h"

namespace viperine::syntax {

struct TreeComplaint {
  enum class Class : uint8_t { None, ValueError, TypeError, RecursionError };
  Class error_class = Class::None;
  std::string_view message;  // in the arena or static

  explicit operator bool() const { return error_class != Class::None; }
};

/// CPython allows three levels of tree for each level of the recursion limit.
inline constexpr int kTreeLevelsPerFrame = 3;

/// The first thing wrong with the tree, or none.
TreeComplaint validate_tree(Arena& arena, const ast::ModNode* tree, int max_depth = 1000 * kTreeLevelsPerFrame);

}  // namespace viperine::syntax
