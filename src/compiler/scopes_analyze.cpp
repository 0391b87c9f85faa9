// SPDX-License-Identifier: MIT
// Resolution of symbols: local, cell, free, global; from the outside in, then free names back up.
#include <string>
#include <unordered_set>

#include "compiler/scopes.h"

namespace viperine::compiler {

namespace {

using NameSet = std::unordered_set<std::string_view>;

class Analyzer {
 public:
  explicit Analyzer(Session& session) : session_(session) {}

  /// `bound`: names bound by enclosing functions (nullptr at the top); `global`: declared global outside.
  /// Adds to `free` what must come from outside.
  void block(Scope* scope, NameSet* bound, NameSet& free, NameSet& global) {
    DepthGuard guard(session_);
    if (session_.failed()) return;
    NameSet local, inner_global, inner_bound, inner_free;
    if (scope->kind == ScopeKind::Class) {
      inner_global = global;
      if (bound) inner_bound = *bound;
    }
    for (Symbol& symbol : scope->symbols) {
      name(scope, symbol, bound, local, free, global);
      if (session_.failed()) return;
    }
    if (scope->kind == ScopeKind::Class) {
      inner_bound.insert("__class__");
    } else {
      if (scope->kind == ScopeKind::Function) inner_bound.insert(local.begin(), local.end());
      if (bound) inner_bound.insert(bound->begin(), bound->end());
      inner_global.insert(global.begin(), global.end());
    }
    for (Scope* child : scope->children) {
      NameSet child_bound = inner_bound, child_free, child_global = inner_global;
      block(child, &child_bound, child_free, child_global);
      if (session_.failed()) return;
      inner_free.insert(child_free.begin(), child_free.end());
      if (child->has_free || child->child_has_free) scope->child_has_free = true;
    }
    if (scope->kind == ScopeKind::Function) {
      for (Symbol& symbol : scope->symbols)
        if (symbol.scope == NameScope::Local && inner_free.erase(symbol.name) != 0) symbol.scope = NameScope::Cell;
    } else if (scope->kind == ScopeKind::Class && inner_free.erase("__class__") != 0) {
      scope->needs_class_cell = true;
    }
    pass_through(scope, bound, inner_free);
    for (Symbol& symbol : scope->symbols)
      if (symbol.scope == NameScope::Free && symbol.deleted) mark_deleted(scope->parent, symbol.name);
    free.insert(inner_free.begin(), inner_free.end());
  }

 private:
  void name(Scope* scope, Symbol& symbol, NameSet* bound, NameSet& local, NameSet& free, NameSet& global) {
    uint32_t flags = symbol.flags;
    if (flags & kDefinedGlobal) {
      if (flags & kDefinedNonlocal) return fail(scope, symbol.name, "name '", "' is nonlocal and global");
      symbol.scope = NameScope::GlobalExplicit;
      global.insert(symbol.name);
      if (bound) bound->erase(symbol.name);
    } else if (flags & kDefinedNonlocal) {
      if (!bound) return fail(scope, symbol.name, nullptr, "nonlocal declaration not allowed at module level");
      if (!bound->contains(symbol.name)) return fail(scope, symbol.name, "no binding for nonlocal '", "' found");
      symbol.scope = NameScope::Free;
      scope->has_free = true;
      free.insert(symbol.name);
    } else if (flags & kBound) {
      symbol.scope = NameScope::Local;
      local.insert(symbol.name);
      global.erase(symbol.name);
    } else if (bound && bound->contains(symbol.name)) {
      symbol.scope = NameScope::Free;
      scope->has_free = true;
      free.insert(symbol.name);
    } else {
      if (!global.contains(symbol.name) && scope->nested) scope->has_free = true;
      symbol.scope = NameScope::GlobalImplicit;
    }
  }

  static void mark_deleted(Scope* scope, std::string_view name) {
    for (; scope; scope = scope->parent) {
      Symbol* symbol = scope->find(name);
      if (symbol && scope->kind == ScopeKind::Function && (symbol->flags & kBound)) {
        symbol->deleted = true;
        return;
      }
    }
  }

  static void pass_through(Scope* scope, NameSet* bound, const NameSet& free) {
    for (std::string_view each : free) {
      if (Symbol* symbol = scope->find(each)) {
        const bool bound_here = (symbol->flags & (kBound | kDefinedGlobal)) != 0;
        if (scope->kind == ScopeKind::Class && bound_here) symbol->flags |= kFreeInClass;
      } else if (!bound || bound->contains(each)) {
        scope->ensure(each).scope = NameScope::Free;
      }
    }
  }

  void fail(Scope* scope, std::string_view name, const char* before, const char* after) {
    std::string message = before ? std::string(before) + std::string(name) + after : std::string(after);
    for (const Scope::Directive& directive : scope->directives)
      if (directive.name == name) return session_.fail(directive.position, message);
    session_.fail(scope->position, message);
  }

  Session& session_;
};

}  // namespace

bool analyze_scopes(Session& session, Scope* top) {
  NameSet free, global;
  Analyzer(session).block(top, nullptr, free, global);
  return !session.failed();
}

}  // namespace viperine::compiler
