// SPDX-License-Identifier: MIT
// From a syntax tree to instances of the node classes.
#include "modules/ast/state.h"
#include "objects/number.h"
#include "runtime/attributes.h"
#include "runtime/containers.h"
#include "runtime/materialize.h"
#include "runtime/strings.h"
#include "runtime/type_spec.h"

namespace viperine::syntax_objects {

using ast::ConstantKind;
using ast::ConstantValue;
using ast::FieldInfo;
using ast::Node;

namespace {

Result<Value> int_constant(Thread& thread, const ConstantValue& constant) {
  const char* prefix = constant.base == 16 ? "0x" : constant.base == 8 ? "0o" : constant.base == 2 ? "0b" : "";
  if (*prefix == 0 && !constant.negative) return int_from_literal(thread, constant.text);
  Arena scratch;
  size_t head = (constant.negative ? 1u : 0u) + std::string_view(prefix).size(), size = head + constant.text.size();
  char* text = static_cast<char*>(scratch.allocate(size));
  char* at = text;
  if (constant.negative) *at++ = '-';
  for (const char* c = prefix; *c != 0; ++c) *at++ = *c;
  std::memcpy(at, constant.text.data(), constant.text.size());
  return int_from_literal(thread, {text, size});
}

Result<Value> constant_object(Thread& thread, const ConstantValue& constant) {
  switch (constant.kind) {
    case ConstantKind::None:
      return Value::none();
    case ConstantKind::True:
      return Value::true_();
    case ConstantKind::False:
      return Value::false_();
    case ConstantKind::Ellipsis:
      return Value::ellipsis();
    case ConstantKind::Int:
      return int_constant(thread, constant);
    case ConstantKind::Float:
      return make_float(thread.heap(), constant.real);
    case ConstantKind::Complex:
      return to_value(Complex::make(thread.heap(), constant.real, constant.imaginary));
    case ConstantKind::Str:
      return to_value(make_str(thread, constant.text));
    case ConstantKind::Bytes:
      return to_value(make_bytes(thread, constant.text));
    case ConstantKind::Opaque:
      break;  // parsers make none
  }
  return Value::none();
}

class Converter {
 public:
  explicit Converter(Thread& thread) : thread_(thread), state_(state_of(thread)) {}

  Result<Value> node(Node* node) {
    if (node == nullptr) return Value::none();
    if (thread_.native_recursion_exceeded(" during ast construction")) return Raised{};
    HeapObject* object = allocate_instance(thread_, state_.type_of_kind(node->kind), sizeof(HeapObject));
    Result<void> outcome;
    size_t index = 0;
    ast::visit_fields(node, [&](const FieldInfo& field, auto& member) {
      if (outcome.is_raised()) return;
      outcome = set_field(object, state_.field_name(node->kind, index++), field, member);
    });
    if (outcome.is_raised()) return Raised{};
    if (ast::has_positions(node)) TRY(positions(object, *ast::as_positioned(node)));
    return to_value(object);
  }

 private:
  template <typename Member>
  Result<void> set_field(HeapObject* object, Str* name, const FieldInfo& field, Member& member) {
    return set_instance_attribute(thread_, object, name, TRY(value_of(field, member)));
  }

  template <typename T>
  Result<Value> value_of(const FieldInfo& field, std::span<T> items) {
    List* list = List::try_make(thread_.heap(), static_cast<int64_t>(items.size()));
    if (list == nullptr) return thread_.raise_memory_error();
    for (T& item : items)
      if (!list->append(thread_.heap(), TRY(value_of(field, item)))) return thread_.raise_memory_error();
    return to_value(list);
  }
  template <typename T>
  Result<Value> value_of(const FieldInfo& field, T& member) {
    if constexpr (std::is_pointer_v<T>) {
      return node(member);
    } else if constexpr (std::is_enum_v<T>) {
      return state_.singleton(field.type, static_cast<uint8_t>(member));
    } else if constexpr (std::is_same_v<T, int32_t>) {
      return Value::from_int(member);
    } else if constexpr (std::is_same_v<T, ConstantValue>) {
      return constant_object(thread_, member);
    } else {
      if (member.data() == nullptr && field.arity == ast::Arity::Optional) return Value::none();
      Str* text = make_str(thread_, member);
      return to_value(field.type == ast::FieldType::identifier_ ? intern(thread_, text) : text);
    }
  }

  Result<void> positions(HeapObject* object, const ast::PositionedNode& node) {
    const int32_t values[] = {node.lineno, node.col_offset, node.end_lineno, node.end_col_offset};
    for (size_t i = 0; i < 4; ++i)
      TRY(set_instance_attribute(thread_, object, state_.position_name(i), Value::from_int(values[i])));
    return {};
  }

  Thread& thread_;
  State& state_;
};

}  // namespace

Result<Value> tree_to_object(Thread& thread, ast::ModNode* tree) { return Converter(thread).node(tree); }

}  // namespace viperine::syntax_objects
