// SPDX-License-Identifier: MIT
// The syntax tree: C++ structs, kinds and field descriptions, all derived from nodes.def and operators.def.
// Plain data in an Arena; no Values, no ownership. Names are not mangled. The parser that builds it is parser.h.
// Invariant: identifiers of one parse are interned: equal text has equal data(); an absent optional text has no data().
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/arena.h"

namespace viperine::ast {

#define ENUM(Class, python_name) enum class Class : uint8_t {
#define ENUMERATOR(Class, Name, python_name, symbol) Name,
#define ENUM_END(Class) };
#include "syntax/operators.def"

enum class NodeKind : uint8_t {
#define NODE(Class, Base, python_name) Class,
#include "syntax/nodes.def"
};

inline constexpr int kNodeKindCount = 0
#define NODE(Class, Base, python_name) +1
#include "syntax/nodes.def"
    ;

enum class ConstantKind : uint8_t { None, True, False, Ellipsis, Int, Float, Complex, Str, Bytes, Opaque };

/// What a literal denotes. Ints keep their digits: lower case, no prefix, no underscores, no leading zeros but for "0".
struct ConstantValue {
  ConstantKind kind = ConstantKind::None;
  uint8_t base = 10;           // Int: 2, 8, 10 or 16
  bool negative = false;       // Int: only for trees that were built from Python objects
  uint32_t opaque_index = 0;   // Opaque: which object of the table that came with the tree
  std::string_view text = {};  // Int: digits; Str: UTF-8, surrogates encoded as if they were scalar values; Bytes: raw
  double real = 0;             // Float, Complex
  double imaginary = 0;        // Complex
};

struct Node {
  NodeKind kind;
};
struct UnpositionedNode : Node {};
struct PositionedNode : Node {
  int32_t lineno = 0;      // from 1
  int32_t col_offset = 0;  // in bytes of UTF-8, from 0
  int32_t end_lineno = 0;
  int32_t end_col_offset = 0;
};

#define SUM(Class, python_name, positions) \
  struct Class : positions##Node {};
#include "syntax/nodes.def"

#define NODE(Class, Base, python_name) struct Class;
#include "syntax/nodes.def"

/// How a field of a given type and arity is stored.
namespace storage {
struct identifier { using Type = std::string_view; };
struct string { using Type = std::string_view; };
struct constant { using Type = ConstantValue; };
template <typename T>
struct Leaf { using Type = T; };
template <typename T>
struct Pointer { using Type = T*; };
}  // namespace storage

enum class Arity : uint8_t { Required, Optional, Sequence };
enum class FieldType : uint8_t {
  identifier_, int_, string_, constant_,
#define ENUM(Class, python_name) Class##_,
#include "syntax/operators.def"
#define SUM(Class, python_name, positions) Class##_,
#include "syntax/nodes.def"
  Comprehension_, Arguments_, Arg_, Keyword_, Alias_, WithItem_, MatchCase_,
};

namespace storage {
template <FieldType type>
struct Of;
template <> struct Of<FieldType::identifier_> : identifier {};
template <> struct Of<FieldType::string_> : string {};
template <> struct Of<FieldType::constant_> : constant {};
template <> struct Of<FieldType::int_> : Leaf<int32_t> {};
#define ENUM(Class, python_name) template <> struct Of<FieldType::Class##_> : Leaf<ast::Class> {};
#include "syntax/operators.def"
#define SUM(Class, python_name, positions) template <> struct Of<FieldType::Class##_> : Pointer<ast::Class> {};
#include "syntax/nodes.def"
template <> struct Of<FieldType::Comprehension_> : Pointer<ast::Comprehension> {};
template <> struct Of<FieldType::Arguments_> : Pointer<ast::Arguments> {};
template <> struct Of<FieldType::Arg_> : Pointer<ast::Arg> {};
template <> struct Of<FieldType::Keyword_> : Pointer<ast::Keyword> {};
template <> struct Of<FieldType::Alias_> : Pointer<ast::Alias> {};
template <> struct Of<FieldType::WithItem_> : Pointer<ast::WithItem> {};
template <> struct Of<FieldType::MatchCase_> : Pointer<ast::MatchCase> {};

template <FieldType type, Arity arity>
struct Field { using Type = typename Of<type>::Type; };
template <FieldType type>
struct Field<type, Arity::Sequence> { using Type = std::span<typename Of<type>::Type>; };
}  // namespace storage

// struct BinOp : ExprNode { static constexpr NodeKind kKind; ExprNode* left{}; Operator op{}; ExprNode* right{}; }; ...
#define NODE(Class, Base, python_name) \
  struct Class : Base {                \
    static constexpr NodeKind kKind = NodeKind::Class;
#define FIELD(type, arity, name) storage::Field<FieldType::type##_, Arity::arity>::Type name{};
#define END(Class) };
#include "syntax/nodes.def"

struct FieldInfo {
  const char* name;  // as Python spells it
  FieldType type;
  Arity arity;
  uint16_t offset;  // of the member in its struct
};

struct NodeInfo {
  const char* name;        // the Python class
  const char* base_name;   // "expr", ... or "AST" for product types
  bool has_positions;
  uint16_t size;
  std::span<const FieldInfo> fields;
};

/// Description of a node class, for generic walking, dumps and the `_ast` module.
const NodeInfo& node_info(NodeKind kind);
/// Python's name of an enumerator of one of the operator classes (type must be such a class).
const char* enumerator_name(FieldType type, uint8_t value);
/// Python's name of a field type: "identifier", "expr", "cmpop", "comprehension".
const char* field_type_name(FieldType type);
/// Source spelling of an operator.
const char* symbol_of(Operator op);
const char* symbol_of(CompareOperator op);
const char* symbol_of(UnaryOperator op);
const char* symbol_of(BoolOperator op);

inline bool has_positions(const Node* node) { return node_info(node->kind).has_positions; }
inline const PositionedNode* as_positioned(const Node* node) { return static_cast<const PositionedNode*>(node); }

template <typename T, typename Base>
T* try_cast(Base* node) {
  return node && node->kind == T::kKind ? static_cast<T*>(node) : nullptr;
}
template <typename T, typename Base>
const T* try_cast(const Base* node) {
  return node && node->kind == T::kKind ? static_cast<const T*>(node) : nullptr;
}
template <typename T, typename Base>
T* cast(Base* node) {
  return static_cast<T*>(node);
}
template <typename T, typename Base>
const T* cast(const Base* node) {
  return static_cast<const T*>(node);
}

/// A zeroed node of class T; positions and fields are then assigned by name.
template <typename T>
T* make_node(Arena& arena) {
  T* node = new (arena.allocate(sizeof(T))) T;
  node->kind = T::kKind;
  return node;
}
template <typename T>
T* make_node(Arena& arena, const PositionedNode* position) {
  T* node = make_node<T>(arena);
  node->lineno = position->lineno;
  node->col_offset = position->col_offset;
  node->end_lineno = position->end_lineno;
  node->end_col_offset = position->end_col_offset;
  return node;
}

/// The same for a class that is known at run time only.
Node* make_node(Arena& arena, NodeKind kind);

/// Calls visitor(field_description, member&) for each field, in order, with the member's static C++ type.
template <typename NodeT, typename Visitor>
void visit_fields(NodeT* node, Visitor&& visitor) {
  const FieldInfo* field = node_info(node->kind).fields.data();
  switch (node->kind) {
#define NODE(Class, Base, python_name) \
  case NodeKind::Class: {              \
    [[maybe_unused]] auto* self = cast<Class>(node);
#define FIELD(type, arity, name) visitor(*field++, self->name);
#define END(Class) \
  break;           \
  }
#include "syntax/nodes.def"
  }
}

/// Calls visit(child) for each non-null child node, in field order.
template <typename Visit>
void for_each_child(Node* node, Visit&& visit) {
  visit_fields(node, [&](const FieldInfo&, auto& member) {
    using T = std::remove_cvref_t<decltype(member)>;
    if constexpr (std::is_pointer_v<T>) {
      if (member) visit(static_cast<Node*>(member));
    } else if constexpr (requires { member.data(); typename T::element_type; }) {
      if constexpr (std::is_pointer_v<typename T::element_type>) {
        for (auto* item : member)
          if (item) visit(static_cast<Node*>(item));
      }
    }
  });
}

}  // namespace viperine::ast
