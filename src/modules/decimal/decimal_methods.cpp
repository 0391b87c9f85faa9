// SPDX-License-Identifier: MIT
// The methods of Decimal. Operators are in decimal_number.cpp.
#include "modules/decimal/decimal_objects.h"

namespace viperine::decimals {

namespace {

template <UnaryFunction F>
Result<Value> unary(Thread& thread, DecimalObject* self, Value context) {
  Operation operation(thread, TRY(context_argument(thread, context)));
  return operation.finish(F(operation.engine(), self->number()));
}
template <BinaryFunction F>
Result<Value> binary(Thread& thread, DecimalObject* self, Value other, Value context_value) {
  ContextObject* context = TRY(context_argument(thread, context_value));
  Value right = TRY(to_operand(thread, other, context, Otherwise::TypeError));
  Operation operation(thread, context);
  return operation.finish(F(operation.engine(), self->number(), number_of(right)));
}
/// With the rounding mode as an argument.
template <UnaryFunction F>
Result<Value> integral(Thread& thread, DecimalObject* self, Value rounding, Value context) {
  Operation operation(thread, TRY(context_argument(thread, context)));
  if (!rounding.is_none()) operation.engine().rounding = TRY(rounding_of(thread, rounding));
  return operation.finish(F(operation.engine(), self->number()));
}
template <UnaryFunction F>
Result<Value> plain(Thread& thread, DecimalObject* self) {
  Scratch scratch;
  Engine engine(scratch);
  return make_decimal(thread, F(engine, self->number()));
}
template <bool (*F)(const Number&)>
Result<bool> predicate(Thread&, DecimalObject* self) {
  return F(self->number());
}
template <bool (*F)(const Engine&, const Number&)>
Result<bool> context_predicate(Thread& thread, DecimalObject* self, Value context) {
  Operation operation(thread, TRY(context_argument(thread, context)));
  return F(operation.engine(), self->number());
}

bool is_canonical(const Number&) { return true; }
bool is_finite(const Number& a) { return a.is_finite(); }
bool is_infinite(const Number& a) { return a.is_infinite(); }
bool is_nan(const Number& a) { return a.is_nan(); }
bool is_qnan(const Number& a) { return a.kind == decimal::Kind::QuietNan; }
bool is_snan(const Number& a) { return a.kind == decimal::Kind::SignalingNan; }
bool is_signed(const Number& a) { return a.negative; }
bool is_zero(const Number& a) { return a.is_zero(); }

Result<Value> quantize(Thread& thread, DecimalObject* self, Value exp, Value rounding, Value context_value) {
  ContextObject* context = TRY(context_argument(thread, context_value));
  Operation operation(thread, context);
  if (!rounding.is_none()) operation.engine().rounding = TRY(rounding_of(thread, rounding));
  Value right = TRY(to_operand(thread, exp, context, Otherwise::TypeError));
  return operation.finish(decimal::quantize(operation.engine(), self->number(), number_of(right)));
}
Result<Value> fma(Thread& thread, DecimalObject* self, Value other, Value third, Value context) {
  return fma_in(thread, TRY(context_argument(thread, context)), to_value(self), other, third);
}
Result<bool> same_quantum(Thread& thread, DecimalObject* self, Value other, Value context_value) {
  ContextObject* context = TRY(context_argument(thread, context_value));
  Value right = TRY(to_operand(thread, other, context, Otherwise::TypeError));
  return decimal::same_quantum(self->number(), number_of(right));
}
Result<Value> adjusted(Thread& thread, DecimalObject* self) {
  Number number = self->number();
  return make_int(thread.heap(),
                  number.is_special() || number.is_zero() ? number.is_zero() ? number.exponent : 0 : number.adjusted());
}
Result<Value> itself(Thread&, DecimalObject* self) { return to_value(self); }
Result<Value> deepcopy(Thread&, DecimalObject* self, Value) { return to_value(self); }
Result<Value> radix(Thread& thread, DecimalObject*) {
  Scratch scratch;
  return make_decimal(thread, decimal::make_integer(scratch, 10));
}
Result<Value> number_class(Thread& thread, DecimalObject* self, Value context) {
  Operation operation(thread, TRY(context_argument(thread, context)));
  return to_value(make_str(thread, decimal::number_class(operation.engine(), self->number())));
}
Result<Value> to_eng_string(Thread& thread, DecimalObject* self, Value context) {
  bool capitals = TRY(context_argument(thread, context))->capitals_ != 0;
  return to_value(decimal_text(thread, self->number(), true, capitals));
}
Result<Value> from_float(Thread& thread, Type* type, Value f) {
  ContextObject* context = TRY(current_context(thread));
  Type* exact = thread.runtime().type(Kind::DecimalObject);
  Value result = TRY(decimal_from_float_exact(thread, exact, f, context));
  return type == exact ? Result<Value>(result) : call(thread, to_value(type), result);
}
Result<Value> format_method(Thread& thread, DecimalObject* self, Value specification, Optional<Value> override_) {
  return decimal_format(thread, self, specification, override_);
}
Result<Value> reduce(Thread& thread, DecimalObject* self) {
  Value text = to_value(TRY(str(thread, to_value(self))));
  return make_pair(thread, to_value(type_of(thread, to_value(self))), to_value(Tuple::of(thread.heap(), text)));
}
Result<Value> round_method(Thread& thread, DecimalObject* self, Optional<Value> ndigits) {
  ContextObject* context = TRY(current_context(thread));
  if (!ndigits) return decimal_to_integer(thread, self->number(), decimal::Rounding::HalfEven);
  if (!is_integer(*ndigits)) return thread.raise<TypeError>("optional arg must be an integer");
  int64_t digits;
  if (!int_fits_int64(*ndigits, &digits))
    return thread.raise<OverflowError>("Python int too large to convert to C ssize_t");
  Operation operation(thread, context);
  Number places = decimal::make_integer(operation.scratch(), 1);
  places.exponent = digits == INT64_MIN ? INT64_MAX : -digits;
  return operation.finish(decimal::quantize(operation.engine(), self->number(), places));
}
template <decimal::Rounding kRounding>
Result<Value> to_integer(Thread& thread, DecimalObject* self) {
  return decimal_to_integer(thread, self->number(), kRounding);
}
Result<Value> complex_method(Thread& thread, DecimalObject* self) {
  Value real = TRY(decimal_to_float(thread, to_value(self)));
  return to_value(Complex::make(thread.heap(), as_float(real), 0));
}
Result<Value> sizeof_method(Thread&, DecimalObject* self) {
  return Value::from_int(static_cast<int64_t>(sizeof(DecimalObject) + self->size_ * sizeof(decimal::Word)));
}

constexpr NativeMethod kMethods[] = {
    method<unary<decimal::exp>>("exp($self, /, context=None)"),
    method<unary<decimal::ln>>("ln($self, /, context=None)"),
    method<unary<decimal::log10>>("log10($self, /, context=None)"),
    method<unary<decimal::next_minus>>("next_minus($self, /, context=None)"),
    method<unary<decimal::next_plus>>("next_plus($self, /, context=None)"),
    method<unary<decimal::reduce>>("normalize($self, /, context=None)"),
    method<integral<decimal::to_integral_value>>("to_integral($self, /, rounding=None, context=None)"),
    method<integral<decimal::to_integral_exact>>("to_integral_exact($self, /, rounding=None, context=None)"),
    method<integral<decimal::to_integral_value>>("to_integral_value($self, /, rounding=None, context=None)"),
    method<unary<decimal::square_root>>("sqrt($self, /, context=None)"),
    method<binary<decimal::compare>>("compare($self, /, other, context=None)"),
    method<binary<decimal::compare_signal>>("compare_signal($self, /, other, context=None)"),
    method<binary<decimal::maximum>>("max($self, /, other, context=None)"),
    method<binary<decimal::maximum_magnitude>>("max_mag($self, /, other, context=None)"),
    method<binary<decimal::minimum>>("min($self, /, other, context=None)"),
    method<binary<decimal::minimum_magnitude>>("min_mag($self, /, other, context=None)"),
    method<binary<decimal::next_toward>>("next_toward($self, /, other, context=None)"),
    method<quantize>("quantize($self, /, exp, rounding=None, context=None)"),
    method<binary<decimal::remainder_near>>("remainder_near($self, /, other, context=None)"),
    method<fma>("fma($self, /, other, third, context=None)"),
    method<predicate<is_canonical>>("is_canonical($self, /)"),
    method<predicate<is_finite>>("is_finite($self, /)"),
    method<predicate<is_infinite>>("is_infinite($self, /)"),
    method<predicate<is_nan>>("is_nan($self, /)"),
    method<predicate<is_qnan>>("is_qnan($self, /)"),
    method<predicate<is_snan>>("is_snan($self, /)"),
    method<predicate<is_signed>>("is_signed($self, /)"),
    method<predicate<is_zero>>("is_zero($self, /)"),
    method<context_predicate<decimal::is_normal>>("is_normal($self, /, context=None)"),
    method<context_predicate<decimal::is_subnormal>>("is_subnormal($self, /, context=None)"),
    method<adjusted>("adjusted($self, /)"),
    method<itself>("canonical($self, /)"),
    method<itself>("conjugate($self, /)"),
    method<radix>("radix($self, /)"),
    method<plain<copy_abs>>("copy_abs($self, /)"),
    method<plain<copy_negate>>("copy_negate($self, /)"),
    method<unary<decimal::logb>>("logb($self, /, context=None)"),
    method<unary<decimal::logical_invert>>("logical_invert($self, /, context=None)"),
    method<number_class>("number_class($self, /, context=None)"),
    method<to_eng_string>("to_eng_string($self, /, context=None)"),
    method<binary<compare_total>>("compare_total($self, /, other, context=None)"),
    method<binary<compare_total_mag>>("compare_total_mag($self, /, other, context=None)"),
    method<binary<copy_sign>>("copy_sign($self, /, other, context=None)"),
    method<same_quantum>("same_quantum($self, /, other, context=None)"),
    method<binary<decimal::logical_and>>("logical_and($self, /, other, context=None)"),
    method<binary<decimal::logical_or>>("logical_or($self, /, other, context=None)"),
    method<binary<decimal::logical_xor>>("logical_xor($self, /, other, context=None)"),
    method<binary<decimal::rotate>>("rotate($self, /, other, context=None)"),
    method<binary<decimal::scaleb>>("scaleb($self, /, other, context=None)"),
    method<binary<decimal::shift>>("shift($self, /, other, context=None)"),
    method<from_float>("from_float($type, f, /)"),
    method<decimal_as_tuple>("as_tuple($self, /)"),
    method<decimal_as_integer_ratio>("as_integer_ratio($self, /)"),
    method<itself>("__copy__($self, /)"),
    method<deepcopy>("__deepcopy__($self, memo, /)"),
    method<format_method>("__format__($self, format_spec, override=<unrepresentable>, /)"),
    method<reduce>("__reduce__($self, /)"),
    method<round_method>("__round__($self, ndigits=<unrepresentable>, /)"),
    method<to_integer<decimal::Rounding::Ceiling>>("__ceil__($self, /)"),
    method<to_integer<decimal::Rounding::Floor>>("__floor__($self, /)"),
    method<to_integer<decimal::Rounding::Down>>("__trunc__($self, /)"),
    method<complex_method>("__complex__($self, /)"),
    method<sizeof_method>("__sizeof__($self, /)"),
};

}  // namespace

std::span<const NativeMethod> decimal_methods() { return kMethods; }

Result<Value> fma_in(Thread& thread, ContextObject* context, Value a, Value b, Value c) {
  Value x = TRY(to_operand(thread, a, context, Otherwise::TypeError));
  Value y = TRY(to_operand(thread, b, context, Otherwise::TypeError));
  Value z = TRY(to_operand(thread, c, context, Otherwise::TypeError));
  Operation operation(thread, context);
  return operation.finish(decimal::fused_multiply_add(operation.engine(), number_of(x), number_of(y), number_of(z)));
}

}  // namespace viperine::decimals
