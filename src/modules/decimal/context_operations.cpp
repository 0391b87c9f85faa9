// SPDX-License-Identifier: MIT
// The methods of Context that are operations on numbers: context.add(a, b) and so on.
#include "modules/decimal/decimal_objects.h"

namespace viperine::decimals {

namespace {

Result<Value> operand(Thread& thread, ContextObject* context, Value value) {
  return to_operand(thread, value, context, Otherwise::TypeError);
}

template <UnaryFunction F>
Result<Value> unary(Thread& thread, ContextObject* self, Value x) {
  Value a = TRY(operand(thread, self, x));
  Operation operation(thread, self);
  return operation.finish(F(operation.engine(), number_of(a)));
}
template <BinaryFunction F>
Result<Value> binary(Thread& thread, ContextObject* self, Value x, Value y) {
  Value a = TRY(operand(thread, self, x)), b = TRY(operand(thread, self, y));
  Operation operation(thread, self);
  return operation.finish(F(operation.engine(), number_of(a), number_of(b)));
}
template <bool (*F)(const Engine&, const Number&)>
Result<bool> predicate(Thread& thread, ContextObject* self, Value x) {
  Value a = TRY(operand(thread, self, x));
  Operation operation(thread, self);
  return F(operation.engine(), number_of(a));
}
bool is_finite(const Engine&, const Number& a) { return a.is_finite(); }
bool is_infinite(const Engine&, const Number& a) { return a.is_infinite(); }
bool is_nan(const Engine&, const Number& a) { return a.is_nan(); }
bool is_qnan(const Engine&, const Number& a) { return a.kind == decimal::Kind::QuietNan; }
bool is_snan(const Engine&, const Number& a) { return a.kind == decimal::Kind::SignalingNan; }
bool is_signed(const Engine&, const Number& a) { return a.negative; }
bool is_zero(const Engine&, const Number& a) { return a.is_zero(); }

Result<Value> divmod_method(Thread& thread, ContextObject* self, Value x, Value y) {
  Value a = TRY(operand(thread, self, x)), b = TRY(operand(thread, self, y));
  return divmod_in(thread, self, a, b);
}
Result<Value> power(Thread& thread, ContextObject* self, Value a, Value b, Value modulo) {
  Value base = TRY(operand(thread, self, a)), exponent = TRY(operand(thread, self, b));
  if (!modulo.is_none()) modulo = TRY(operand(thread, self, modulo));
  return power_in(thread, self, base, exponent, modulo);
}
Result<Value> fma(Thread& thread, ContextObject* self, Value x, Value y, Value z) {
  return fma_in(thread, self, x, y, z);
}
Result<Value> radix(Thread& thread, ContextObject*) {
  Scratch scratch;
  return make_decimal(thread, decimal::make_integer(scratch, 10));
}
Result<Value> canonical(Thread& thread, ContextObject*, Value x) {
  if (!is_decimal(x)) return thread.raise<TypeError>("argument must be a Decimal");
  return x;
}
Result<bool> is_canonical(Thread& thread, ContextObject* self, Value x) {
  TRY(canonical(thread, self, x));
  return true;
}
Result<Value> apply(Thread& thread, ContextObject* self, Value x) {
  Value a = TRY(operand(thread, self, x));
  Operation operation(thread, self);
  return operation.finish(rounded(operation.engine(), number_of(a)));
}
Result<Value> number_class(Thread& thread, ContextObject* self, Value x) {
  Value a = TRY(operand(thread, self, x));
  Operation operation(thread, self);
  return to_value(make_str(thread, decimal::number_class(operation.engine(), number_of(a))));
}
template <bool kEngineering>
Result<Value> to_string(Thread& thread, ContextObject* self, Value x) {
  Value a = TRY(operand(thread, self, x));
  return to_value(decimal_text(thread, number_of(a), kEngineering, self->capitals_ != 0));
}
Result<bool> same_quantum(Thread& thread, ContextObject* self, Value x, Value y) {
  Value a = TRY(operand(thread, self, x)), b = TRY(operand(thread, self, y));
  return decimal::same_quantum(number_of(a), number_of(b));
}
Result<Value> create_decimal(Thread& thread, ContextObject* self, Optional<Value> num) {
  return decimal_from_object(thread, num.value_or(Value::from_int(0)), self);
}
Result<Value> create_decimal_from_float(Thread& thread, ContextObject* self, Value f) {
  Value exact = TRY(decimal_from_float_exact(thread, thread.runtime().type(Kind::DecimalObject), f, self));
  return apply(thread, self, exact);
}
Result<Value> etiny(Thread& thread, ContextObject* self) {
  return make_int(thread.heap(), self->minimum_exponent_ - (self->precision_ - 1));
}
Result<Value> etop(Thread& thread, ContextObject* self) {
  return make_int(thread.heap(), self->maximum_exponent_ - (self->precision_ - 1));
}
Result<void> clear_flags(Thread&, ContextObject* self) {
  self->status_ = 0;
  return {};
}
Result<void> clear_traps(Thread&, ContextObject* self) {
  self->traps_ = 0;
  return {};
}
Result<Value> copy(Thread& thread, ContextObject* self) { return to_value(copy_context(thread, self)); }
Result<Value> reduce(Thread& thread, ContextObject* self) {
  auto signals = [&](uint32_t bits) -> Result<Value> {
    List* list = List::make(thread.heap());
    for (int i = 0; i < kSignalCount; ++i)
      if (bits & kSignals[i].bits) TRY(list_append_value(thread, list, state(thread, kStateSignals + i)));
    return to_value(list);
  };
  Value flags = TRY(signals(self->status_)), traps = TRY(signals(self->traps_));
  Value rounding = cast<Tuple>(state(thread, kStateRoundings))->at(self->rounding_);
  Heap& heap = thread.heap();
  Tuple* arguments = Tuple::of(heap, make_int(heap, self->precision_), rounding,
                               make_int(heap, self->minimum_exponent_), make_int(heap, self->maximum_exponent_),
                               Value::from_int(self->capitals_), Value::from_int(self->clamp_), flags, traps);
  return make_pair(thread, to_value(type_of(thread, to_value(self))), to_value(arguments));
}

constexpr NativeMethod kMethods[] = {
    method<unary<decimal::absolute>>("abs($self, x, /)"),
    method<unary<decimal::exp>>("exp($self, x, /)"),
    method<unary<decimal::ln>>("ln($self, x, /)"),
    method<unary<decimal::log10>>("log10($self, x, /)"),
    method<unary<decimal::minus>>("minus($self, x, /)"),
    method<unary<decimal::next_minus>>("next_minus($self, x, /)"),
    method<unary<decimal::next_plus>>("next_plus($self, x, /)"),
    method<unary<decimal::reduce>>("normalize($self, x, /)"),
    method<unary<decimal::plus>>("plus($self, x, /)"),
    method<unary<decimal::to_integral_value>>("to_integral($self, x, /)"),
    method<unary<decimal::to_integral_exact>>("to_integral_exact($self, x, /)"),
    method<unary<decimal::to_integral_value>>("to_integral_value($self, x, /)"),
    method<unary<decimal::square_root>>("sqrt($self, x, /)"),
    method<binary<decimal::add>>("add($self, x, y, /)"),
    method<binary<decimal::compare>>("compare($self, x, y, /)"),
    method<binary<decimal::compare_signal>>("compare_signal($self, x, y, /)"),
    method<binary<decimal::divide>>("divide($self, x, y, /)"),
    method<binary<decimal::divide_integer>>("divide_int($self, x, y, /)"),
    method<divmod_method>("divmod($self, x, y, /)"),
    method<binary<decimal::maximum>>("max($self, x, y, /)"),
    method<binary<decimal::maximum_magnitude>>("max_mag($self, x, y, /)"),
    method<binary<decimal::minimum>>("min($self, x, y, /)"),
    method<binary<decimal::minimum_magnitude>>("min_mag($self, x, y, /)"),
    method<binary<decimal::multiply>>("multiply($self, x, y, /)"),
    method<binary<decimal::next_toward>>("next_toward($self, x, y, /)"),
    method<binary<decimal::quantize>>("quantize($self, x, y, /)"),
    method<binary<decimal::remainder>>("remainder($self, x, y, /)"),
    method<binary<decimal::remainder_near>>("remainder_near($self, x, y, /)"),
    method<binary<decimal::subtract>>("subtract($self, x, y, /)"),
    method<power>("power($self, /, a, b, modulo=None)"),
    method<fma>("fma($self, x, y, z, /)"),
    method<etiny>("Etiny($self, /)"),
    method<etop>("Etop($self, /)"),
    method<radix>("radix($self, /)"),
    method<is_canonical>("is_canonical($self, x, /)"),
    method<predicate<is_finite>>("is_finite($self, x, /)"),
    method<predicate<is_infinite>>("is_infinite($self, x, /)"),
    method<predicate<is_nan>>("is_nan($self, x, /)"),
    method<predicate<decimal::is_normal>>("is_normal($self, x, /)"),
    method<predicate<is_qnan>>("is_qnan($self, x, /)"),
    method<predicate<is_signed>>("is_signed($self, x, /)"),
    method<predicate<is_snan>>("is_snan($self, x, /)"),
    method<predicate<decimal::is_subnormal>>("is_subnormal($self, x, /)"),
    method<predicate<is_zero>>("is_zero($self, x, /)"),
    method<apply>("_apply($self, x, /)"),
    method<canonical>("canonical($self, x, /)"),
    method<unary<copy_abs>>("copy_abs($self, x, /)"),
    method<operand>("copy_decimal($self, x, /)"),
    method<unary<copy_negate>>("copy_negate($self, x, /)"),
    method<unary<decimal::logb>>("logb($self, x, /)"),
    method<unary<decimal::logical_invert>>("logical_invert($self, x, /)"),
    method<number_class>("number_class($self, x, /)"),
    method<to_string<false>>("to_sci_string($self, x, /)"),
    method<to_string<true>>("to_eng_string($self, x, /)"),
    method<binary<compare_total>>("compare_total($self, x, y, /)"),
    method<binary<compare_total_mag>>("compare_total_mag($self, x, y, /)"),
    method<binary<copy_sign>>("copy_sign($self, x, y, /)"),
    method<binary<decimal::logical_and>>("logical_and($self, x, y, /)"),
    method<binary<decimal::logical_or>>("logical_or($self, x, y, /)"),
    method<binary<decimal::logical_xor>>("logical_xor($self, x, y, /)"),
    method<binary<decimal::rotate>>("rotate($self, x, y, /)"),
    method<same_quantum>("same_quantum($self, x, y, /)"),
    method<binary<decimal::scaleb>>("scaleb($self, x, y, /)"),
    method<binary<decimal::shift>>("shift($self, x, y, /)"),
    method<clear_flags>("clear_flags($self, /)"),
    method<clear_traps>("clear_traps($self, /)"),
    method<copy>("__copy__($self, /)"),
    method<reduce>("__reduce__($self, /)"),
    method<copy>("copy($self, /)"),
    method<create_decimal>("create_decimal($self, num=\"0\", /)"),
    method<create_decimal_from_float>("create_decimal_from_float($self, f, /)"),
};

}  // namespace

std::span<const NativeMethod> context_operations() { return kMethods; }

}  // namespace viperine::decimals
