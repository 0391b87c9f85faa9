// SPDX-License-Identifier: MIT
// The door to _ast for compile(): the module installs what it can do (upward calls are data).
#include "runtime/syntax_trees.h"

#include <array>

#include "runtime/attributes.h"
#include "runtime/import.h"
#include "syntax/validate.h"

namespace viperine {

namespace {
Result<const SyntaxTreeHooks*> hooks_of(Thread& thread) {
  if (thread.runtime().syntax_tree_hooks_ == nullptr) TRY(import_module(thread, "_ast"));
  if (thread.runtime().syntax_tree_hooks_ == nullptr) return thread.raise<ImportError>("_ast is not available");
  return thread.runtime().syntax_tree_hooks_;
}

Result<void> check_tree(Thread& thread, Arena& arena, const ast::ModNode* root) {
  syntax::TreeComplaint complaint = syntax::validate_tree(arena, root);
  ExceptionKind kind = ExceptionKind::ValueError;
  switch (complaint.error_class) {
    case syntax::TreeComplaint::Class::None:
      return {};
    case syntax::TreeComplaint::Class::ValueError:
      break;
    case syntax::TreeComplaint::Class::TypeError:
      kind = ExceptionKind::TypeError;
      break;
    case syntax::TreeComplaint::Class::RecursionError:
      kind = ExceptionKind::RecursionError;
      break;
  }
  return thread.raise_text(kind, "{}", std::array{TextArgument(complaint.message)}.data(), 1);
}
}  // namespace

Result<bool> is_syntax_tree(Thread& thread, Value object) {
  const SyntaxTreeHooks* hooks = thread.runtime().syntax_tree_hooks_;
  return hooks != nullptr && hooks->is_tree(thread, object);
}

Result<Value> parse_to_object(Thread& thread, std::string_view source, Str* filename, const SourceOptions& options,
                              int feature_version) {
  const SyntaxTreeHooks* hooks = TRY(hooks_of(thread));
  Arena arena;
  syntax::ParseOptions parse = parse_options(thread, options, "<unknown>");
  if (feature_version >= 0) parse.feature_version = feature_version;
  syntax::ParseResult parsed = syntax::parse(arena, source, parse);
  TRY(issue_warnings(thread, parsed.warnings, filename, source));
  if (parsed.tree == nullptr) return raise_diagnostic(thread, *parsed.error, filename, source);
  return hooks->to_object(thread, parsed.tree);
}

Result<Code*> compile_tree_object(Thread& thread, Value tree, Str* filename, const SourceOptions& options) {
  const SyntaxTreeHooks* hooks = TRY(hooks_of(thread));
  Arena arena;
  List* opaque = List::make(thread.heap());
  ast::ModNode* root = TRY(hooks->from_object(thread, arena, tree, options.mode, opaque));
  TRY(check_tree(thread, arena, root));
  return compile_parsed(thread, arena, root, filename, options, opaque);
}

}  // namespace viperine
