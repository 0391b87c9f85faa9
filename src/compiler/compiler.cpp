// SPDX-License-Identifier: MIT
// compile_tree: __future__ features, symbol tables, code.
#include "compiler/compiler.h"

#include "base/check.h"
#include "bytecode/verifier.h"
#include "compiler/generator.h"
#include "compiler/scopes.h"
#include "compiler/session.h"

namespace viperine::compiler {

using namespace ast;

namespace {

bool is_docstring(StmtNode* node) {
  auto* statement = try_cast<Expr>(node);
  auto* constant = statement ? try_cast<ast::Constant>(statement->value) : nullptr;
  return constant && constant->value.kind == ConstantKind::Str;
}

/// One `from __future__ import ...`.
bool read_features(Session& session, ImportFrom* node) {
  constexpr std::string_view kDone[] = {"nested_scopes", "generators", "division", "absolute_import", "with_statement",
                                        "print_function", "unicode_literals", "generator_stop"};
  for (Alias* alias : node->names) {
    std::string_view name = alias->name;
    bool known = false;
    for (std::string_view each : kDone) known |= each == name;
    if (name == "annotations") {
      session.future_flags |= kFutureAnnotations;
    } else if (name == "barry_as_FLUFL") {
      session.future_flags |= kFutureBarryAsBdfl;
    } else if (name == "braces") {
      session.fail(position_of(node), "not a chance", true);
      return false;
    } else if (!known) {
      session.fail(position_of(node), "future feature " + std::string(name.substr(0, 100)) + " is not defined", true);
      return false;
    }
  }
  return true;
}

void read_imports(Session& session, std::span<StmtNode*> body) {
  bool done = false;
  int previous_line = 0;
  for (size_t i = 0; i < body.size(); ++i) {
    StmtNode* node = body[i];
    if (done && node->lineno > previous_line) return;
    previous_line = node->lineno;
    auto* import = try_cast<ImportFrom>(node);
    if (import && import->module == "__future__" && import->level == 0) {
      if (done) {
        Position position = position_of(node);
        --position.column;  // CPython counts from 0 here
        return session.fail(position, "from __future__ imports must occur at the beginning of the file", true);
      }
      if (!read_features(session, import)) return;
      session.future_line = node->lineno;
    } else if (i > 0 || !is_docstring(node)) {
      done = true;
    }
  }
}

std::span<StmtNode*> body_of(ModNode* tree) {
  if (auto* module = try_cast<Module>(tree)) return module->body;
  if (auto* interactive = try_cast<Interactive>(tree)) return interactive->body;
  return {};
}

}  // namespace

bool read_future_imports(Session& session, ModNode* tree) {
  read_imports(session, body_of(tree));
  return !session.failed();
}

CompileResult compile_tree(Arena& arena, ModNode* tree, const CompileOptions& options) {
  Session session{arena, options};
  session.future_flags = options.flags & (kFutureAnnotations | kFutureBarryAsBdfl);
  CompileResult result;
  ScopeTable scopes(session);
  if (read_future_imports(session, tree) && scopes.build(tree)) {
    Generator generator(session, scopes);
    result.blueprint = generator.module(tree);
    if (!result.blueprint && !session.failed()) session.fail_depth();
  }
  if (session.failed()) result.blueprint = nullptr;
  DCHECK(!result.blueprint || verify(*result.blueprint).empty());
  result.error = session.error;
  result.future_flags = session.future_flags;
  result.warnings = arena.copy(std::span<const syntax::Warning>(session.warnings));
  return result;
}

}  // namespace viperine::compiler
