// SPDX-License-Identifier: MIT
// The tables behind ast.h: names, fields and offsets of every node class, generated from the .def files.
// No behaviour lives here.
#include "syntax/ast.h"

#include <cstddef>
#include <string_view>

#include "base/check.h"

#pragma GCC diagnostic ignored "-Winvalid-offsetof"

namespace viperine::ast {

namespace {

template <NodeKind kind>
struct FieldsOf;

// Constant.kind is `string_kind` in C++, because Node already has a `kind`.
constexpr const char* python_field_name(const char* name) {
  return std::string_view(name) == "string_kind" ? "kind" : name;
}

// Each list ends with a sentinel, so that field-less nodes have an array too.
#define NODE(Class, Base, python_name)   \
  template <>                            \
  struct FieldsOf<NodeKind::Class> {     \
    using Self = Class;                  \
    static constexpr FieldInfo kFields[] = {
#define FIELD(type, arity, name) \
  {python_field_name(#name), FieldType::type##_, Arity::arity, static_cast<uint16_t>(offsetof(Self, name))},
#define END(Class)                                                 \
  { nullptr, FieldType::int_, Arity::Required, 0 }                 \
  }                                                                \
  ;                                                                \
  static constexpr size_t kCount = sizeof(kFields) / sizeof(kFields[0]) - 1; \
  }                                                                \
  ;
#include "syntax/nodes.def"

template <typename T>
constexpr const char* base_name_of() {
#define SUM(Class, python_name, positions) \
  if (std::is_base_of_v<Class, T>) return python_name;
#include "syntax/nodes.def"
  return "AST";
}

const NodeInfo kNodes[] = {
#define NODE(Class, Base, python_name)                                                             \
  {python_name, base_name_of<Class>(), std::is_base_of_v<PositionedNode, Class>, sizeof(Class),    \
   {FieldsOf<NodeKind::Class>::kFields, FieldsOf<NodeKind::Class>::kCount}},
#include "syntax/nodes.def"
};

#define ENUM(Class, python_name) const char* const kNamesOf##Class[] = {
#define ENUMERATOR(Class, Name, python_name, symbol) python_name,
#define ENUM_END(Class) };
#include "syntax/operators.def"

#define ENUM(Class, python_name) [[maybe_unused]] const char* const kSymbolsOf##Class[] = {
#define ENUMERATOR(Class, Name, python_name, symbol) symbol,
#define ENUM_END(Class) };
#include "syntax/operators.def"

}  // namespace

const NodeInfo& node_info(NodeKind kind) { return kNodes[static_cast<int>(kind)]; }

Node* make_node(Arena& arena, NodeKind kind) {
  switch (kind) {
#define NODE(Class, Base, python_name) \
  case NodeKind::Class: return make_node<Class>(arena);
#include "syntax/nodes.def"
  }
  UNREACHABLE();
}

const char* enumerator_name(FieldType type, uint8_t value) {
  switch (type) {
#define ENUM(Class, python_name) \
  case FieldType::Class##_: return kNamesOf##Class[value];
#include "syntax/operators.def"
    default: UNREACHABLE();
  }
}

const char* field_type_name(FieldType type) {
  switch (type) {
    case FieldType::identifier_: return "identifier";
    case FieldType::int_: return "int";
    case FieldType::string_: return "string";
    case FieldType::constant_: return "constant";
    case FieldType::Comprehension_: return "comprehension";
    case FieldType::Arguments_: return "arguments";
    case FieldType::Arg_: return "arg";
    case FieldType::Keyword_: return "keyword";
    case FieldType::Alias_: return "alias";
    case FieldType::WithItem_: return "withitem";
    case FieldType::MatchCase_: return "match_case";
#define ENUM(Class, python_name) \
  case FieldType::Class##_: return python_name;
#include "syntax/operators.def"
#define SUM(Class, python_name, positions) \
  case FieldType::Class##_: return python_name;
#include "syntax/nodes.def"
  }
  UNREACHABLE();
}

const char* symbol_of(Operator op) { return kSymbolsOfOperator[static_cast<int>(op)]; }
const char* symbol_of(CompareOperator op) { return kSymbolsOfCompareOperator[static_cast<int>(op)]; }
const char* symbol_of(UnaryOperator op) { return kSymbolsOfUnaryOperator[static_cast<int>(op)]; }
const char* symbol_of(BoolOperator op) { return kSymbolsOfBoolOperator[static_cast<int>(op)]; }

}  // namespace viperine::ast
