// SPDX-License-Identifier: MIT
// Binary, in-place, unary operators and rich comparison: dispatch through TypeSlots with reflected methods (language
// reference 3.3.8). Fast paths: interpreter/arithmetic.inc (immediate ints and floats), `equals` and `compare_truth`
// below (ints, floats, str).
#include "runtime/operators.h"

#include "runtime/attributes.h"
#include "runtime/comparison.h"
#include "runtime/strings.h"

namespace viperine {

namespace {

struct OperatorInfo {
  const char* symbol;
  const char* inplace_symbol;
  BinarySlot TypeSlots::*slot;
  BinarySlot TypeSlots::*inplace;
};

constexpr OperatorInfo kOperators[] = {
    {"+", "+=", &TypeSlots::add, &TypeSlots::inplace_add},
    {"-", "-=", &TypeSlots::subtract, &TypeSlots::inplace_subtract},
    {"*", "*=", &TypeSlots::multiply, &TypeSlots::inplace_multiply},
    {"@", "@=", &TypeSlots::matrix_multiply, &TypeSlots::inplace_matrix_multiply},
    {"/", "/=", &TypeSlots::true_divide, &TypeSlots::inplace_true_divide},
    {"//", "//=", &TypeSlots::floor_divide, &TypeSlots::inplace_floor_divide},
    {"%", "%=", &TypeSlots::modulo, &TypeSlots::inplace_modulo},
    {"** or pow()", "**=", nullptr, &TypeSlots::inplace_power},
    {"<<", "<<=", &TypeSlots::left_shift, &TypeSlots::inplace_left_shift},
    {">>", ">>=", &TypeSlots::right_shift, &TypeSlots::inplace_right_shift},
    {"&", "&=", &TypeSlots::and_, &TypeSlots::inplace_and},
    {"|", "|=", &TypeSlots::or_, &TypeSlots::inplace_or},
    {"^", "^=", &TypeSlots::xor_, &TypeSlots::inplace_xor},
};

Raised raise_unsupported(Thread& thread, const char* symbol, Value left, Value right) {
  return thread.raise<TypeError>("unsupported operand type(s) for {}: '{}' and '{}'", symbol, type_name_of(left),
                                 type_name_of(right));
}

/// NotImplemented when neither side knows the operation.
Result<Value> try_binary(Thread& thread, BinarySlot TypeSlots::*field, Value left, Value right) {
  Type* left_type = type_of(thread, left);
  Type* right_type = type_of(thread, right);
  BinarySlot left_slot = left_type->slots().*field;
  BinarySlot right_slot = right_type == left_type ? nullptr : right_type->slots().*field;
  if (right_slot == left_slot) right_slot = nullptr;
  if (left_slot != nullptr) {
    if (right_slot != nullptr && is_subtype(right_type, left_type)) {
      Value result = TRY(right_slot(thread, left, right));
      if (!result.is_not_implemented()) return result;
      right_slot = nullptr;
    }
    Value result = TRY(left_slot(thread, left, right));
    if (!result.is_not_implemented()) return result;
  }
  if (right_slot != nullptr) return right_slot(thread, left, right);
  return Value::not_implemented();
}

Result<Value> repeat_sequence(Thread& thread, Value sequence, Value count, bool inplace) {
  const TypeSlots& slots = type_of(thread, sequence)->slots();
  if (type_of(thread, count)->slots().to_index == nullptr)
    return thread.raise<TypeError>("can't multiply sequence by non-int of type '{}'", type_name_of(count));
  auto number = to_index_int64(thread, count);
  if (number.is_raised()) {
    return Raised{};
  }
  if (inplace && slots.inplace_repeat != nullptr) return slots.inplace_repeat(thread, sequence, number.take());
  return slots.repeat(thread, sequence, number.take());
}

/// What sequences add to + and *; NotImplemented when it is not their case.
Result<Value> sequence_operation(Thread& thread, BinaryOperator op, Value left, Value right, bool inplace) {
  const TypeSlots& slots = type_of(thread, left)->slots();
  if (op == BinaryOperator::Add) {
    if (inplace && slots.inplace_concatenate != nullptr) return slots.inplace_concatenate(thread, left, right);
    if (slots.concatenate != nullptr) return slots.concatenate(thread, left, right);
  } else if (op == BinaryOperator::Multiply) {
    if (slots.repeat != nullptr) return repeat_sequence(thread, left, right, inplace);
    // In place, a left operand with anything of a sequence speaks for both.
    Type* type = type_of(thread, left);
    bool speaks = inplace && (type->is_heap_type() || slots.length != nullptr || slots.contains != nullptr);
    if (!speaks && type_of(thread, right)->slots().repeat != nullptr)
      return repeat_sequence(thread, right, left, false);
  }
  return Value::not_implemented();
}

bool is_print_method(Value value) {
  auto* function = try_cast<NativeFunction>(value);
  return function != nullptr && function->method_->name() == "print";
}

}  // namespace

Result<Value> binary_operation(Thread& thread, BinaryOperator op, Value left, Value right) {
  if (thread.native_recursion_exceeded("")) return Raised{};
  if (op == BinaryOperator::Power) return power(thread, left, right, Value::absent());
  const OperatorInfo& info = kOperators[static_cast<int>(op)];
  Value result = TRY(try_binary(thread, info.slot, left, right));
  if (!result.is_not_implemented()) return result;
  result = TRY(sequence_operation(thread, op, left, right, false));
  if (!result.is_not_implemented()) return result;
  if (op == BinaryOperator::RightShift && is_print_method(left))
    return thread.raise<TypeError>(
        "unsupported operand type(s) for >>: '{}' and '{}'. Did you mean \"print(<message>, file=<output_stream>)\"?",
        type_name_of(left), type_name_of(right));
  return raise_unsupported(thread, info.symbol, left, right);
}

Result<Value> inplace_operation(Thread& thread, BinaryOperator op, Value left, Value right) {
  if (thread.native_recursion_exceeded("")) return Raised{};
  const OperatorInfo& info = kOperators[static_cast<int>(op)];
  BinarySlot slot = type_of(thread, left)->slots().*(info.inplace);
  if (slot != nullptr) {
    Value result = TRY(slot(thread, left, right));
    if (!result.is_not_implemented()) return result;
  }
  if (op == BinaryOperator::Power) {
    Value result = TRY(power(thread, left, right, Value::unbound()));
    return result;
  }
  Value result = TRY(try_binary(thread, info.slot, left, right));
  if (!result.is_not_implemented()) return result;
  result = TRY(sequence_operation(thread, op, left, right, true));
  if (!result.is_not_implemented()) return result;
  return raise_unsupported(thread, info.inplace_symbol, left, right);
}

Result<Value> power(Thread& thread, Value base, Value exponent, Value modulus) {
  // Unbound marks `**=` for the error text.
  const char* symbol = modulus.is_unbound() ? "**=" : "** or pow()";
  if (modulus.is_unbound()) modulus = Value::absent();
  bool ternary = !modulus.is_absent() && !modulus.is_none();
  if (!ternary) modulus = Value::absent();
  Type* types[3] = {type_of(thread, base), type_of(thread, exponent), ternary ? type_of(thread, modulus) : nullptr};
  TernarySlot slots[3] = {types[0]->slots().power, types[1] == types[0] ? nullptr : types[1]->slots().power, nullptr};
  if (slots[1] == slots[0]) slots[1] = nullptr;
  if (ternary) {
    slots[2] = types[2]->slots().power;
    if (slots[2] == slots[0] || slots[2] == slots[1]) slots[2] = nullptr;
  }
  int order[3] = {0, 1, 2};
  if (slots[0] != nullptr && slots[1] != nullptr && is_subtype(types[1], types[0])) order[0] = 1, order[1] = 0;
  for (int index : order) {
    if (slots[index] == nullptr) continue;
    Value result = TRY(slots[index](thread, base, exponent, modulus));
    if (!result.is_not_implemented()) return result;
  }
  if (!ternary) return raise_unsupported(thread, symbol, base, exponent);
  return thread.raise<TypeError>("unsupported operand type(s) for ** or pow(): '{}', '{}', '{}'", types[0], types[1],
                                 types[2]);
}

Result<Value> divmod(Thread& thread, Value left, Value right) {
  Value result = TRY(try_binary(thread, &TypeSlots::divmod, left, right));
  if (!result.is_not_implemented()) return result;
  return raise_unsupported(thread, "divmod()", left, right);
}

namespace {
Result<Value> unary(Thread& thread, UnarySlot TypeSlots::*field, const char* symbol, Value value) {
  UnarySlot slot = type_of(thread, value)->slots().*field;
  if (slot == nullptr) return thread.raise<TypeError>("bad operand type for {}: '{}'", symbol, type_name_of(value));
  if (thread.native_recursion_exceeded("")) return Raised{};
  return slot(thread, value);
}
}  // namespace

Result<Value> negative(Thread& thread, Value value) { return unary(thread, &TypeSlots::negative, "unary -", value); }
Result<Value> positive(Thread& thread, Value value) { return unary(thread, &TypeSlots::positive, "unary +", value); }
Result<Value> invert(Thread& thread, Value value) { return unary(thread, &TypeSlots::invert, "unary ~", value); }
Result<Value> absolute(Thread& thread, Value value) { return unary(thread, &TypeSlots::absolute, "abs()", value); }

// --- comparison

namespace {

constexpr Comparison kSwapped[] = {Comparison::Greater,  Comparison::GreaterEqual, Comparison::Equal,
                                   Comparison::NotEqual, Comparison::Less,         Comparison::LessEqual};
constexpr const char* kComparisonText[] = {"<", "<=", "==", "!=", ">", ">="};

bool text_holds(Value left, Value right, Comparison op) {
  auto *a = static_cast<const Str*>(left.as_object()), *b = static_cast<const Str*>(right.as_object());
  if (op == Comparison::Equal) return a->equals(b);
  if (op == Comparison::NotEqual) return !a->equals(b);
  return holds(compare_text(a, b), 0, op);
}

}  // namespace

Result<Value> compare(Thread& thread, Value left, Value right, Comparison op) {
  if (Value::both_ints(left, right)) return Value::from_bool(holds(left.as_int(), right.as_int(), op));
  if (left.is_immediate_float() && right.is_immediate_float())
    return Value::from_bool(holds(left.as_immediate_float(), right.as_immediate_float(), op));
  if (is_exact<Str>(left) && is_exact<Str>(right)) return Value::from_bool(text_holds(left, right, op));
  if (thread.native_recursion_exceeded(" in comparison")) return Raised{};
  Type* left_type = type_of(thread, left);
  Type* right_type = type_of(thread, right);
  bool reflected_tried = false;
  if (left_type != right_type && is_subtype(right_type, left_type) && right_type->slots().compare != nullptr) {
    reflected_tried = true;
    Value result = TRY(right_type->slots().compare(thread, right, left, kSwapped[static_cast<int>(op)]));
    if (!result.is_not_implemented()) return result;
  }
  if (left_type->slots().compare != nullptr) {
    Value result = TRY(left_type->slots().compare(thread, left, right, op));
    if (!result.is_not_implemented()) return result;
  }
  if (!reflected_tried && right_type->slots().compare != nullptr) {
    Value result = TRY(right_type->slots().compare(thread, right, left, kSwapped[static_cast<int>(op)]));
    if (!result.is_not_implemented()) return result;
  }
  if (op == Comparison::Equal) return Value::from_bool(same_object(left, right));
  if (op == Comparison::NotEqual) return Value::from_bool(!same_object(left, right));
  return thread.raise<TypeError>("'{}' not supported between instances of '{}' and '{}'",
                                 kComparisonText[static_cast<int>(op)], left_type, right_type);
}

Result<bool> compare_truth(Thread& thread, Value left, Value right, Comparison op) {
  if (Value::both_ints(left, right)) return holds(left.as_int(), right.as_int(), op);
  if (is_exact<Str>(left) && is_exact<Str>(right)) return text_holds(left, right, op);
  return is_true(thread, TRY(compare(thread, left, right, op)));
}

Result<bool> equals(Thread& thread, Value left, Value right) {
  if (same_object(left, right)) return true;
  return compare_truth(thread, left, right, Comparison::Equal);
}

Result<bool> truth(Thread& thread, Value value) {
  if (value.is_bool()) return value.is_true();
  if (value.is_none()) return false;
  if (value.is_int()) return value.as_int() != 0;
  if (value.is_immediate_float()) return value.as_immediate_float() != 0.0;
  if (thread.native_recursion_exceeded("")) return Raised{};
  const TypeSlots& slots = type_of(thread, value)->slots();
  if (slots.truth != nullptr) return slots.truth(thread, value);
  if (slots.length != nullptr) return TRY(slots.length(thread, value)) != 0;
  return true;
}

}  // namespace viperine
