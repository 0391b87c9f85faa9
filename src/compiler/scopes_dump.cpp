// SPDX-License-Identifier: MIT
// The listing of -X dump=scopes: each block with its names, what it does to them and where they live; nested blocks
// follow, indented. Deterministic: names in the order in which the block mentions them.
#include "compiler/scopes_dump.h"

#include "compiler/scopes.h"

namespace viperine::compiler {

namespace {

struct FlagName {
  uint32_t flag;
  const char* name;
};
constexpr FlagName kFlagNames[] = {
    {kDefinedParameter, "parameter"},
    {kDefinedGlobal, "global"},
    {kDefinedNonlocal, "nonlocal"},
    {kDefinedLocal, "assigned"},
    {kUsed, "used"},
    {kImported, "imported"},
    {kAnnotated, "annotated"},
    {kIterationTarget, "target"},
    {kFreeInClass, "free in class"},
};

const char* text_of(ScopeKind kind) {
  switch (kind) {
    case ScopeKind::Function:
      return "function";
    case ScopeKind::Class:
      return "class";
    case ScopeKind::Module:
      return "module";
    case ScopeKind::Annotation:
      return "annotation";
  }
  return "";
}

const char* text_of(NameScope scope) {
  switch (scope) {
    case NameScope::Unknown:
      return "unknown";
    case NameScope::Local:
      return "local";
    case NameScope::GlobalExplicit:
      return "global, declared";
    case NameScope::GlobalImplicit:
      return "global";
    case NameScope::Free:
      return "free";
    case NameScope::Cell:
      return "cell";
  }
  return "";
}

void list_symbol(const Symbol& symbol, size_t indent, std::string& out) {
  out.append(indent, ' ').append(symbol.name).append(": ").append(text_of(symbol.scope)).append(" (");
  bool first = true;
  auto add = [&](const char* text) {
    if (!first) out += ", ";
    first = false;
    out += text;
  };
  for (const FlagName& each : kFlagNames)
    if (symbol.flags & each.flag) add(each.name);
  if (symbol.walrus) add("walrus");
  if (symbol.deleted) add("deleted");
  out += ")\n";
}

void list_scope(const Scope& scope, size_t indent, std::string& out) {
  out.append(indent, ' ').append(text_of(scope.kind)).append(" ").append(scope.name);
  out.append(" line ").append(std::to_string(scope.position.line));
  const struct {
    bool holds;
    const char* text;
  } traits[] = {{scope.nested, "nested"},       {scope.generator, "generator"},
                {scope.coroutine, "coroutine"}, {scope.comprehension != ComprehensionKind::None, "comprehension"},
                {scope.has_free, "has free"},   {scope.needs_class_cell, "needs __class__"}};
  for (const auto& trait : traits)
    if (trait.holds) out.append(", ").append(trait.text);
  out += "\n";
  for (const Symbol& symbol : scope.symbols) list_symbol(symbol, indent + 2, out);
  for (const Scope* child : scope.children) list_scope(*child, indent + 2, out);
}

}  // namespace

std::string scopes_listing(Arena& arena, ast::ModNode* tree, const CompileOptions& options) {
  Session session{arena, options};
  session.future_flags = options.flags & (kFutureAnnotations | kFutureBarryAsBdfl);
  ScopeTable scopes(session);
  std::string out;
  if (read_future_imports(session, tree) && scopes.build(tree)) list_scope(*scopes.top(), 0, out);
  return out;
}

}  // namespace viperine::compiler
