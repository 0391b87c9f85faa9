// SPDX-License-Identifier: MIT
// Symbol tables: which block binds which name, with the rules and messages of Python 3.11.
// Built in one walk over the tree (scopes.cpp), then resolved from the outside in (scopes_analyze.cpp).
// The flag values are those of the `symtable` module, so that `_symtable` can be made from this.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/session.h"

namespace viperine::compiler {

enum class ScopeKind : uint8_t { Function, Class, Module, Annotation };
enum class ComprehensionKind : uint8_t { None, List, Dict, Set, Generator };

enum SymbolFlags : uint32_t {
  kDefinedGlobal = 1, kDefinedLocal = 2, kDefinedParameter = 4, kDefinedNonlocal = 8, kUsed = 16, kDefinedFree = 32,
  kFreeInClass = 64, kImported = 128, kAnnotated = 256, kIterationTarget = 512,
  kBound = kDefinedLocal | kDefinedParameter | kImported,
};

enum class NameScope : uint8_t { Unknown, Local, GlobalExplicit, GlobalImplicit, Free, Cell };

struct Symbol {
  std::string_view name;
  uint32_t flags = 0;
  NameScope scope = NameScope::Unknown;
  bool walrus = false;   // bound by a walrus here (its value may change in the middle of an expression)
  bool deleted = false;  // some block deletes it: `del x`, or the end of `except ... as x`
};

struct Scope {
  ScopeKind kind = ScopeKind::Module;
  ComprehensionKind comprehension = ComprehensionKind::None;
  std::string_view name;
  const ast::Node* node = nullptr;
  Position position;
  Scope* parent = nullptr;
  std::vector<Symbol> symbols;  // in order of first appearance
  std::unordered_map<std::string_view, uint32_t> index;
  std::vector<std::string_view> parameters;  // mangled, in order of declaration
  std::vector<Scope*> children;
  struct Directive {
    std::string_view name;
    Position position;
  };
  std::vector<Directive> directives;
  bool nested = false, has_free = false, child_has_free = false, generator = false, coroutine = false;
  bool var_arguments = false, var_keywords = false, returns_value = false, needs_class_cell = false;
  bool in_iteration_target = false, has_walrus = false;
  int in_iterable_expression = 0;

  Symbol* find(std::string_view name_) {
    auto found = index.find(name_);
    return found == index.end() ? nullptr : &symbols[found->second];
  }
  Symbol& ensure(std::string_view name_);
};

class ScopeTable {
 public:
  explicit ScopeTable(Session& session) : session_(session) {}
  ~ScopeTable();
  ScopeTable(const ScopeTable&) = delete;
  ScopeTable& operator=(const ScopeTable&) = delete;

  /// Builds and resolves everything; false: session.error is set.
  bool build(ast::ModNode* tree);
  Scope* top() const { return top_; }
  Scope* of(const ast::Node* node) const {
    auto found = by_node_.find(node);
    return found == by_node_.end() ? nullptr : found->second;
  }

 private:
  friend class ScopeBuilder;
  Session& session_;
  Scope* top_ = nullptr;
  std::vector<Scope*> all_;
  std::unordered_map<const ast::Node*, Scope*> by_node_;
};

/// `__x` inside class `_C` becomes `_C__x`.
std::string_view mangle(Arena& arena, std::string_view class_name, std::string_view name);

/// Reads the `from __future__` imports of a tree into the session; false: session.error is set.
bool read_future_imports(Session& session, ast::ModNode* tree);

/// Resolves every symbol below `top`; false: session.error is set.
bool analyze_scopes(Session& session, Scope* top);

}  // namespace viperine::compiler
