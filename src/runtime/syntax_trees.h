// SPDX-License-Identifier: MIT
// AST objects (module _ast) as compile() needs them: from source to objects, and from objects to code.
#pragma once

#include "runtime/source.h"

namespace viperine {

/// What the module _ast can do.
struct SyntaxTreeHooks {
  bool (*is_tree)(Thread&, Value object);
  Result<Value> (*to_object)(Thread&, ast::ModNode* tree);
  /// Constants that the compiler does not know go to `opaque`.
  Result<ast::ModNode*> (*from_object)(Thread&, Arena&, Value tree, syntax::ParseMode mode, List* opaque);
};

/// Whether it is an instance of _ast.AST. False while _ast was never imported.
Result<bool> is_syntax_tree(Thread& thread, Value object);
Result<Value> parse_to_object(Thread& thread, std::string_view source, Str* filename, const SourceOptions& options,
                              int feature_version);
Result<Code*> compile_tree_object(Thread& thread, Value tree, Str* filename, const SourceOptions& options);

}  // namespace viperine
