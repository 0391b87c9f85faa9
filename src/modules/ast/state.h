// SPDX-License-Identifier: MIT
// Internal to the module _ast: the classes it made, one set per runtime, and how they are found from syntax/ast.h's
// tables.
#pragma once

#include "runtime/syntax_trees.h"
#include "syntax/ast.h"

namespace viperine::syntax_objects {

inline constexpr size_t kEnumRoom = 16;  // enumerators of one field-less class at most
inline constexpr int kEnumCount = 0
#define ENUM(Class, python_name) +1
#include "syntax/operators.def"
    ;
inline constexpr size_t kFieldTypeCount = static_cast<size_t>(ast::FieldType::MatchCase_) + 1;
inline constexpr std::string_view kPositionNames[] = {"lineno", "col_offset", "end_lineno", "end_col_offset"};

/// What Runtime::syntax_tree_hooks_ points to; lives as long as the runtime.
struct State : SyntaxTreeHooks {
  explicit State(Runtime& runtime) : roots(runtime) {}
  RootVector roots;

  enum Place : size_t {
    kBase = 0,
    kPositions = 1,                            // interned names of the position attributes
    kKinds = kPositions + 4,                   // node classes, by NodeKind
    kFields = kKinds + ast::kNodeKindCount,    // their _fields tuples
    kGroups = kFields + ast::kNodeKindCount,   // by FieldType: abstract classes, int 0 for others
    kEnumClasses = kGroups + kFieldTypeCount,  // enumerator classes
    kSingletons = kEnumClasses + kEnumCount * kEnumRoom,
    kPlaces = kSingletons + kEnumCount * kEnumRoom,
  };
  static size_t enum_place(ast::FieldType type, uint8_t value) {
    return (static_cast<size_t>(type) - static_cast<size_t>(ast::FieldType::ExprContext_)) * kEnumRoom + value;
  }
  Type* base_type() { return cast<Type>(roots[kBase]); }
  Type* type_of_kind(ast::NodeKind kind) { return cast<Type>(roots[kKinds + static_cast<size_t>(kind)]); }
  Str* position_name(size_t index) { return cast<Str>(roots[kPositions + index]); }
  Str* field_name(ast::NodeKind kind, size_t index) {
    return cast<Str>(cast<Tuple>(roots[kFields + static_cast<size_t>(kind)])->at(static_cast<int64_t>(index)));
  }
  Value enum_class(ast::FieldType type, uint8_t value) { return roots[kEnumClasses + enum_place(type, value)]; }
  Value singleton(ast::FieldType type, uint8_t value) { return roots[kSingletons + enum_place(type, value)]; }
};

inline State& state_of(Thread& thread) {
  return *const_cast<State*>(static_cast<const State*>(thread.runtime().syntax_tree_hooks_));
}

inline bool is_enum(ast::FieldType type) {
  return type >= ast::FieldType::ExprContext_ && type <= ast::FieldType::CompareOperator_;
}
/// How many enumerators a field-less class has.
uint8_t enumerator_count(ast::FieldType type);

Result<Value> tree_to_object(Thread& thread, ast::ModNode* tree);
Result<ast::ModNode*> tree_from_object(Thread& thread, Arena& arena, Value tree, syntax::ParseMode mode, List* opaque);

}  // namespace viperine::syntax_objects
