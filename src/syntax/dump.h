// SPDX-License-Identifier: MIT
// The tree as text, exactly as Python's ast.dump(tree, include_attributes=True) writes it.
#pragma once

#include <string_view>

#include "syntax/ast.h"
#include "syntax/session.h"

namespace viperine::syntax {

struct DumpOptions {
  bool include_attributes = true;
};

void dump_tree(const ast::Node* node, const DumpOptions& options, Buffer<char>& out);

}  // namespace viperine::syntax
