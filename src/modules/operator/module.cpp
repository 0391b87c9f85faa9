// SPDX-License-Identifier: MIT
// The module _operator: operators as functions, all by way of runtime/operators.h.
#include "modules/operator/operator.h"
#include "objects/bytes.h"
#include "runtime/buffers.h"

namespace viperine {

namespace {

using Op = BinaryOperator;

template <Op op>
Result<Value> binary(Thread& thread, Value a, Value b) {
  if constexpr (op == Op::Add)
    if (Value::both_ints(a, b)) return make_int(thread.heap(), a.as_int() + b.as_int());
  if constexpr (op == Op::Subtract)
    if (Value::both_ints(a, b)) return make_int(thread.heap(), a.as_int() - b.as_int());
  return binary_operation(thread, op, a, b);
}
template <Op op>
Result<Value> inplace(Thread& thread, Value a, Value b) {
  return inplace_operation(thread, op, a, b);
}
template <Comparison op>
Result<Value> comparison(Thread& thread, Value a, Value b) {
  return compare(thread, a, b, op);
}

Result<Value> op_neg(Thread& thread, Value a) { return negative(thread, a); }
Result<Value> op_pos(Thread& thread, Value a) { return positive(thread, a); }
Result<Value> op_abs(Thread& thread, Value a) { return absolute(thread, a); }
Result<Value> op_invert(Thread& thread, Value a) { return invert(thread, a); }
Result<Value> op_index(Thread& thread, Value a) { return to_index(thread, a); }
Result<bool> op_truth(Thread& thread, Value a) { return is_true(thread, a); }
Result<bool> op_not(Thread& thread, Value a) { return !TRY(is_true(thread, a)); }
Result<bool> op_is(Thread&, Value a, Value b) { return same_object(a, b); }
Result<bool> op_is_not(Thread&, Value a, Value b) { return !same_object(a, b); }
Result<Value> op_pow(Thread& thread, Value a, Value b) { return power(thread, a, b, Value::absent()); }
Result<bool> op_contains(Thread& thread, Value a, Value b) { return contains(thread, a, b); }
Result<Value> op_getitem(Thread& thread, Value a, Value b) { return get_item(thread, a, b); }
Result<void> op_setitem(Thread& thread, Value a, Value b, Value c) { return set_item(thread, a, b, c); }
Result<void> op_delitem(Thread& thread, Value a, Value b) { return delete_item(thread, a, b); }

Result<void> check_sequence(Thread& thread, Value value) {
  const TypeSlots& slots = type_of(thread, value)->slots();
  if (slots.concatenate != nullptr || (slots.get_item != nullptr && !slots.is_mapping)) return {};
  return thread.raise<TypeError>("'{}' object can't be concatenated", type_name_of(value));
}
Result<Value> op_concat(Thread& thread, Value a, Value b) {
  TRY(check_sequence(thread, a));
  return binary_operation(thread, Op::Add, a, b);
}
Result<Value> op_iconcat(Thread& thread, Value a, Value b) {
  TRY(check_sequence(thread, a));
  return inplace_operation(thread, Op::Add, a, b);
}

Result<Value> op_count_of(Thread& thread, Value a, Value b) {
  int64_t count = 0;
  TRY(for_each(thread, a, [&](Value item) -> Result<bool> {
    if (TRY(equals(thread, item, b))) ++count;
    return true;
  }));
  return Value::from_int(count);
}

Result<Value> op_index_of(Thread& thread, Value a, Value b) {
  int64_t index = 0;
  bool found = false;
  TRY(for_each(thread, a, [&](Value item) -> Result<bool> {
    found = TRY(equals(thread, item, b));
    if (!found) ++index;
    return !found;
  }));
  if (!found) return thread.raise<ValueError>("sequence.index(x): x not in sequence");
  return Value::from_int(index);
}

Result<Value> op_length_hint(Thread& thread, Value object, Value fallback) {
  if (!is_integer(fallback))
    return thread.raise<TypeError>("'{}' object cannot be interpreted as an integer", type_name_of(fallback));
  return make_int(thread.heap(), TRY(length_hint(thread, object, TRY(to_index_int64(thread, fallback)))));
}

Result<Value> op_call(Thread& thread, const Arguments& arguments) {
  if (arguments.positional_count() == 0) return thread.raise<TypeError>("call expected at least 1 argument, got 0");
  return call(thread, arguments[0], arguments.without_first());
}

/// Compares all bytes whatever they are: the time does not tell where they differ.
bool equal_in_constant_time(std::span<const uint8_t> a, std::span<const uint8_t> b) {
  volatile uint8_t difference = a.size() == b.size() ? 0 : 1;
  std::span<const uint8_t> left = a.size() == b.size() ? a : b;
  for (size_t i = 0; i < b.size(); ++i) difference = difference | static_cast<uint8_t>(left[i] ^ b[i]);
  return difference == 0;
}

Result<bool> op_compare_digest(Thread& thread, Value a, Value b) {
  if (is_str(a) && is_str(b)) {
    Str* left = as_str(thread, a);
    Str* right = as_str(thread, b);
    if (!left->is_ascii() || !right->is_ascii())
      return thread.raise<TypeError>("comparing strings with non-ASCII characters is not supported");
    return equal_in_constant_time({left->data8(), static_cast<size_t>(left->length())},
                                  {right->data8(), static_cast<size_t>(right->length())});
  }
  if (!has_buffer(thread, a) && !has_buffer(thread, b))
    return thread.raise<TypeError>("unsupported operand types(s) or combination of types: '{}' and '{}'",
                                   type_name_of(a), type_name_of(b));
  BufferScope left(thread), right(thread);
  TRY(left.acquire(a));
  TRY(right.acquire(b));
  return equal_in_constant_time(left.span(), right.span());
}

constexpr NativeMethod kFunctions[] = {
    function<op_truth>("truth(a, /)", "Return True if a is true, False otherwise."),
    function<op_contains>("contains(a, b, /)", "Same as b in a (note reversed operands)."),
    function<op_index_of>("indexOf(a, b, /)", "Return the first index of b in a."),
    function<op_count_of>("countOf(a, b, /)", "Return the number of items in a which are, or which equal, b."),
    function<op_is>("is_(a, b, /)", "Same as a is b."),
    function<op_is_not>("is_not(a, b, /)", "Same as a is not b."),
    function<op_neg>("neg(a, /)", "Same as -a."),
    function<op_pos>("pos(a, /)", "Same as +a."),
    function<op_not>("not_(a, /)", "Same as not a."),
    function<op_abs>("abs(a, /)", "Same as abs(a)."),
    function<op_invert>("inv(a, /)", "Same as ~a."),
    function<op_invert>("invert(a, /)", "Same as ~a."),
    function<op_index>("index(a, /)", "Same as a.__index__()"),
    function<op_pow>("pow(a, b, /)", "Same as a ** b."),
    function<binary<Op::Add>>("add(a, b, /)", "Same as a + b."),
    function<binary<Op::Subtract>>("sub(a, b, /)", "Same as a - b."),
    function<binary<Op::Multiply>>("mul(a, b, /)", "Same as a * b."),
    function<binary<Op::MatrixMultiply>>("matmul(a, b, /)", "Same as a @ b."),
    function<binary<Op::FloorDivide>>("floordiv(a, b, /)", "Same as a // b."),
    function<binary<Op::TrueDivide>>("truediv(a, b, /)", "Same as a / b."),
    function<binary<Op::Modulo>>("mod(a, b, /)", "Same as a % b."),
    function<binary<Op::LeftShift>>("lshift(a, b, /)", "Same as a << b."),
    function<binary<Op::RightShift>>("rshift(a, b, /)", "Same as a >> b."),
    function<binary<Op::And>>("and_(a, b, /)", "Same as a & b."),
    function<binary<Op::Or>>("or_(a, b, /)", "Same as a | b."),
    function<binary<Op::Xor>>("xor(a, b, /)", "Same as a ^ b."),
    function<inplace<Op::Add>>("iadd(a, b, /)", "Same as a += b."),
    function<inplace<Op::Subtract>>("isub(a, b, /)", "Same as a -= b."),
    function<inplace<Op::Multiply>>("imul(a, b, /)", "Same as a *= b."),
    function<inplace<Op::MatrixMultiply>>("imatmul(a, b, /)", "Same as a @= b."),
    function<inplace<Op::FloorDivide>>("ifloordiv(a, b, /)", "Same as a //= b."),
    function<inplace<Op::TrueDivide>>("itruediv(a, b, /)", "Same as a /= b."),
    function<inplace<Op::Modulo>>("imod(a, b, /)", "Same as a %= b."),
    function<inplace<Op::LeftShift>>("ilshift(a, b, /)", "Same as a <<= b."),
    function<inplace<Op::RightShift>>("irshift(a, b, /)", "Same as a >>= b."),
    function<inplace<Op::And>>("iand(a, b, /)", "Same as a &= b."),
    function<inplace<Op::Or>>("ior(a, b, /)", "Same as a |= b."),
    function<inplace<Op::Xor>>("ixor(a, b, /)", "Same as a ^= b."),
    function<inplace<Op::Power>>("ipow(a, b, /)", "Same as a **= b."),
    function<op_concat>("concat(a, b, /)", "Same as a + b, for a and b sequences."),
    function<op_iconcat>("iconcat(a, b, /)", "Same as a += b, for a and b sequences."),
    function<op_getitem>("getitem(a, b, /)", "Same as a[b]."),
    function<op_setitem>("setitem(a, b, c, /)", "Same as a[b] = c."),
    function<op_delitem>("delitem(a, b, /)", "Same as del a[b]."),
    function<comparison<Comparison::Less>>("lt(a, b, /)", "Same as a < b."),
    function<comparison<Comparison::LessEqual>>("le(a, b, /)", "Same as a <= b."),
    function<comparison<Comparison::Equal>>("eq(a, b, /)", "Same as a == b."),
    function<comparison<Comparison::NotEqual>>("ne(a, b, /)", "Same as a != b."),
    function<comparison<Comparison::Greater>>("gt(a, b, /)", "Same as a > b."),
    function<comparison<Comparison::GreaterEqual>>("ge(a, b, /)", "Same as a >= b."),
    function<op_length_hint>(
        "length_hint(obj, default=0, /)",
        "Return an estimate of the number of items in obj.\n\nThis is useful for presizing containers when building "
        "from an iterable.\n\nIf the object supports len(), the result will be exact.\nOtherwise, it may over- or "
        "under-estimate by an arbitrary amount.\nThe result will be an integer >= 0."),
    function<op_call>("call(obj, /, *args, **kwargs)", "Same as obj(*args, **kwargs)."),
    function<op_compare_digest>(
        "_compare_digest(a, b, /)",
        "Return 'a == b'.\n\nThis function uses an approach designed to prevent\ntiming analysis, making it "
        "appropriate for cryptography.\n\na and b must both be of the same type: either str (ASCII only),\nor any "
        "bytes-like object.\n\nNote: If a and b are of different lengths, or if an error occurs,\na timing attack "
        "could theoretically reveal information about the\ntypes and lengths of a and b--but not their values."),
};

Result<void> initialize_operator(Thread& thread, Module* module) {
  for (const TypeSpec* spec : {&kItemGetterType, &kAttrGetterType, &kMethodCallerType})
    TRY(add_type(thread, module, *spec));
  return {};
}

}  // namespace

extern const ModuleSpec kOperatorModule;
constinit const ModuleSpec kOperatorModule = {
    .name = "_operator",
    .functions = kFunctions,
    .initialize = initialize_operator,
    .doc =
        "Operator interface.\n\nThis module exports a set of functions implemented in C corresponding\nto the "
        "intrinsic operators of "
        "Python.  For example, operator.add(x, y)\nis equivalent to the expression x+y.",
};

}  // namespace viperine
