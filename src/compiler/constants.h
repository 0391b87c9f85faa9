// SPDX-License-Identifier: MIT
// Constants: the pool of one code block and the folding of constant expressions.
// Two constants are one when type and value agree (0.0 and -0.0 differ, 1 and True differ, 1 and 1.0 differ).
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "compiler/session.h"

namespace viperine::compiler {

using Constant = BlueprintConstant;

class ConstantPool {
 public:
  /// Number of the constant in this pool; equal ones share it.
  int add(const Constant& constant);
  int add_name(Arena& arena, std::string_view name);
  const Constant& at(int index) const { return items_[static_cast<size_t>(index)]; }
  int size() const { return static_cast<int>(items_.size()); }

 private:
  std::vector<Constant> items_;
  std::unordered_map<std::string, int> index_;
};

/// Folds constant expressions as CPython's tree optimiser does; remembers what it found by node.
class Folder {
 public:
  Folder(Session& session) : session_(session) {}
  /// The value of a constant expression, or nullptr.
  const Constant* fold(ast::ExprNode* node);

 private:
  const Constant* compute(ast::ExprNode* node);
  const Constant* tuple(std::span<ast::ExprNode*> items, Constant::Kind kind);
  const Constant* unary(ast::UnaryOp* node);
  const Constant* binary(ast::BinOp* node);
  const Constant* subscript(ast::Subscript* node);
  const Constant* make(const Constant& constant) { return session_.arena.make<Constant>(constant); }

  Session& session_;
  std::unordered_map<const ast::ExprNode*, const Constant*> known_;

 public:
  /// A list or set display of constants as tuple or frozenset (for `in` and `for`), or nullptr.
  const Constant* fold_container(ast::ExprNode* node);
};

Constant constant_of(Arena& arena, const ast::ConstantValue& value);
Constant string_constant(std::string_view text, bool interned);
inline Constant none_constant() { return {}; }
Constant int_constant(int64_t value);
/// Truth of a constant: 0, 1, or -1 when it cannot be told here.
int truth_of(const Constant& constant);

}  // namespace viperine::compiler
