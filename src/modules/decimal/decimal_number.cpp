// SPDX-License-Identifier: MIT
// The type Decimal: construction, operators, hash and text. Methods are in decimal_methods.cpp.
#include "modules/decimal/decimal_objects.h"
#include "runtime/hashing.h"

namespace viperine::decimals {

namespace {

Result<Value> unused(Thread&, const Arguments&) { return Value::none(); }
constexpr NativeMethod kSignature = function<unused>("function(value=<unrepresentable>, context=None)");

Result<Value> decimal_new(Thread& thread, Type* type, const Arguments& arguments) {
  BoundArguments bound;
  TRY(bind_arguments(thread, kSignature, arguments, bound));
  ContextObject* context = TRY(context_argument(thread, bound.values[1]));
  Value value = bound.values[0].is_absent() ? Value::from_int(0) : bound.values[0];
  return decimal_from_object_exact(thread, type, value, context);
}

template <BinaryFunction F>
Result<Value> binary_slot(Thread& thread, Value left, Value right) {
  ContextObject* context = TRY(current_context(thread));
  Value a = TRY(to_operand(thread, left, context, Otherwise::Absent));
  if (a.is_absent()) return Value::not_implemented();
  Value b = TRY(to_operand(thread, right, context, Otherwise::Absent));
  if (b.is_absent()) return Value::not_implemented();
  Operation operation(thread, context);
  return operation.finish(F(operation.engine(), number_of(a), number_of(b)));
}
template <UnaryFunction F>
Result<Value> unary_slot(Thread& thread, Value self) {
  Operation operation(thread, TRY(current_context(thread)));
  return operation.finish(F(operation.engine(), number_of(self)));
}
Result<Value> divmod_slot(Thread& thread, Value left, Value right) {
  ContextObject* context = TRY(current_context(thread));
  Value a = TRY(to_operand(thread, left, context, Otherwise::Absent));
  if (a.is_absent()) return Value::not_implemented();
  Value b = TRY(to_operand(thread, right, context, Otherwise::Absent));
  if (b.is_absent()) return Value::not_implemented();
  return divmod_in(thread, context, a, b);
}
Result<Value> power_slot(Thread& thread, Value base, Value exponent, Value modulus) {
  ContextObject* context = TRY(current_context(thread));
  Value a = TRY(to_operand(thread, base, context, Otherwise::Absent));
  if (a.is_absent()) return Value::not_implemented();
  Value b = TRY(to_operand(thread, exponent, context, Otherwise::Absent));
  if (b.is_absent()) return Value::not_implemented();
  if (!modulus.is_absent() && !modulus.is_none()) {
    modulus = TRY(to_operand(thread, modulus, context, Otherwise::Absent));
    if (modulus.is_absent()) return Value::not_implemented();
  }
  return power_in(thread, context, a, b, modulus);
}

Result<bool> decimal_truth(Thread&, Value self) { return !number_of(self).is_zero(); }
Result<Value> decimal_int(Thread& thread, Value self) {
  return decimal_to_integer(thread, number_of(self), decimal::Rounding::Down);
}
Result<int64_t> decimal_hash(Thread& thread, Value self) {
  Number number = number_of(self);
  if (number.kind == decimal::Kind::SignalingNan) return thread.raise<TypeError>("Cannot hash a signaling NaN value");
  if (number.is_nan()) return hash_identity(thread, self.as_object());
  return decimal::hash(number);
}
Result<Value> decimal_str(Thread& thread, Value self) {
  ContextObject* context = TRY(current_context(thread));
  return to_value(decimal_text(thread, number_of(self), false, context->capitals_ != 0));
}
Result<Value> decimal_repr(Thread& thread, Value self) {
  ContextObject* context = TRY(current_context(thread));
  return to_value(
      format_text(thread, "Decimal('{}')", decimal_text(thread, number_of(self), false, context->capitals_ != 0)));
}
Result<Value> decimal_real(Thread&, DecimalObject* self) { return to_value(self); }
Result<Value> decimal_imag(Thread& thread, DecimalObject*) { return make_decimal(thread, decimal::make_zero(false)); }

constexpr NativeAttribute kAttributes[] = {attribute<decimal_real>("real"), attribute<decimal_imag>("imag")};

}  // namespace

Result<Value> divmod_in(Thread& thread, ContextObject* context, Value left, Value right) {
  Scratch scratch;
  Engine engine(scratch);
  context->apply_to(engine);
  Number remainder;
  Number quotient = decimal::divide_remainder(engine, number_of(left), number_of(right), &remainder);
  if (engine.status != 0) TRY(add_status(thread, context, engine.status));
  Value first = TRY(make_decimal(thread, quotient));
  return make_pair(thread, first, TRY(make_decimal(thread, remainder)));
}

Result<Value> power_in(Thread& thread, ContextObject* context, Value base, Value exponent, Value modulus) {
  Operation operation(thread, context);
  if (modulus.is_absent() || modulus.is_none())
    return operation.finish(decimal::power(operation.engine(), number_of(base), number_of(exponent)));
  return operation.finish(
      decimal::power_modulo(operation.engine(), number_of(base), number_of(exponent), number_of(modulus)));
}

const TypeSpec kDecimalType = {
    .name = "decimal.Decimal",
    .kind = Kind::DecimalObject,
    .flags = kTypeBase,
    .layout = [] { return layout_of<DecimalObject>("Decimal"); },
    .slots = {.repr = &decimal_repr,
              .str = &decimal_str,
              .hash = &decimal_hash,
              .compare = &decimal_compare,
              .new_ = &decimal_new,
              .truth = &decimal_truth,
              .to_int = &decimal_int,
              .to_float = &decimal_to_float,
              .negative = &unary_slot<decimal::minus>,
              .positive = &unary_slot<decimal::plus>,
              .absolute = &unary_slot<decimal::absolute>,
              .add = &binary_slot<decimal::add>,
              .subtract = &binary_slot<decimal::subtract>,
              .multiply = &binary_slot<decimal::multiply>,
              .true_divide = &binary_slot<decimal::divide>,
              .floor_divide = &binary_slot<decimal::divide_integer>,
              .modulo = &binary_slot<decimal::remainder>,
              .divmod = &divmod_slot,
              .power = &power_slot},
    .methods = decimal_methods(),
    .attributes = kAttributes,
    .doc =
        "Construct a new Decimal object. 'value' can be an integer, string, tuple,\nor another Decimal object. "
        "Without a value the result is Decimal('0'). The context\ndoes not affect the conversion; it tells whether "
        "the InvalidOperation trap is active.\n",
    .text_signature = "(value=\"0\", context=None)"};

}  // namespace viperine::decimals
