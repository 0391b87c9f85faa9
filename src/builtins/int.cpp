// SPDX-License-Identifier: MIT
// int and bool: operators. Construction and methods are in int_methods.cpp; arithmetic of any size in
// runtime/integers.h.
#include "builtins/int.h"

#include "builtins/builtin_types.h"
#include "objects/hashing.h"
#include "runtime/binding.h"
#include "runtime/comparison.h"
#include "runtime/integers.h"

namespace viperine {

namespace {

#define REQUIRE_INTS(a, b) \
  if (!is_integer(a) || !is_integer(b)) return Value::not_implemented()

Result<Value> add(Thread& thread, Value a, Value b) {
  REQUIRE_INTS(a, b);
  return int_add(thread, a, b);
}
Result<Value> subtract(Thread& thread, Value a, Value b) {
  REQUIRE_INTS(a, b);
  return int_subtract(thread, a, b);
}
Result<Value> multiply(Thread& thread, Value a, Value b) {
  REQUIRE_INTS(a, b);
  return int_multiply(thread, a, b);
}
Result<Value> floor_divide(Thread& thread, Value a, Value b) {
  REQUIRE_INTS(a, b);
  Value quotient;
  TRY(int_floor_divide(thread, a, b, &quotient, nullptr, "integer division or modulo by zero"));
  return quotient;
}
Result<Value> modulo(Thread& thread, Value a, Value b) {
  REQUIRE_INTS(a, b);
  Value remainder;
  TRY(int_floor_divide(thread, a, b, nullptr, &remainder, "integer modulo by zero"));
  return remainder;
}
Result<Value> divide_modulo(Thread& thread, Value a, Value b) {
  REQUIRE_INTS(a, b);
  Value quotient, remainder;
  TRY(int_floor_divide(thread, a, b, &quotient, &remainder, "integer division or modulo by zero"));
  return to_value(Tuple::of(thread.heap(), quotient, remainder));
}
Result<Value> true_divide(Thread& thread, Value a, Value b) {
  REQUIRE_INTS(a, b);
  if (int_is_zero(b)) return thread.raise<ZeroDivisionError>("division by zero");
  constexpr int64_t kExact = int64_t{1} << 53;
  if (Value::both_ints(a, b) && a.as_int() >= -kExact && a.as_int() <= kExact && b.as_int() >= -kExact &&
      b.as_int() <= kExact)
    return make_float(thread.heap(), static_cast<double>(a.as_int()) / static_cast<double>(b.as_int()));
  Arena scratch;
  limbs::DoubleStatus status;
  IntView x(a), y(b);
  double result = limbs::true_divide(x, y, &status, scratch);
  if (status == limbs::DoubleStatus::Overflow)
    return thread.raise<OverflowError>("integer division result too large for a float");
  return make_float(thread.heap(), result);
}

template <auto Operation>
Result<Value> bit_operation(Thread& thread, Value a, Value b) {
  REQUIRE_INTS(a, b);
  IntView x(a), y(b);
  LimbBuffer out(std::max(x.magnitude().size(), y.magnitude().size()) + 1);
  return make_integer(thread, out.data(), Operation(out.data(), x, y));
}
Result<Value> and_(Thread& thread, Value a, Value b) {
  if (Value::both_ints(a, b)) return Value::from_int(a.as_int() & b.as_int());
  if (a.is_bool() && b.is_bool()) return Value::from_bool(a.is_true() && b.is_true());
  return bit_operation<limbs::bit_and>(thread, a, b);
}
Result<Value> or_(Thread& thread, Value a, Value b) {
  if (Value::both_ints(a, b)) return Value::from_int(a.as_int() | b.as_int());
  if (a.is_bool() && b.is_bool()) return Value::from_bool(a.is_true() || b.is_true());
  return bit_operation<limbs::bit_or>(thread, a, b);
}
Result<Value> xor_(Thread& thread, Value a, Value b) {
  if (Value::both_ints(a, b)) return Value::from_int(a.as_int() ^ b.as_int());
  if (a.is_bool() && b.is_bool()) return Value::from_bool(a.is_true() != b.is_true());
  return bit_operation<limbs::bit_xor>(thread, a, b);
}

Result<Value> left_shift(Thread& thread, Value a, Value b) {
  if (Value::both_ints(a, b) && b.as_int() >= 0 && b.as_int() < 62) {
    int64_t number = a.as_int(), shifted = static_cast<int64_t>(static_cast<uint64_t>(number) << b.as_int());
    if (shifted >> b.as_int() == number) return make_int(thread.heap(), shifted);
  }
  REQUIRE_INTS(a, b);
  if (IntView(b).negative()) return thread.raise<ValueError>("negative shift count");
  if (int_is_zero(a)) return Value::from_int(0);
  int64_t count;
  if (!int_fits_int64(b, &count) || count > (int64_t{1} << 40)) return thread.raise_memory_error();
  IntView x(a);
  size_t room = x.magnitude().size() + static_cast<size_t>(count / 64) + 1;
  BigInt* check = room > 4096 ? BigInt::try_make(thread.heap(), static_cast<int64_t>(room), false) : nullptr;
  if (room > 4096 && check == nullptr) return thread.raise_memory_error();
  LimbBuffer out(room);
  return make_integer(thread, out.data(), limbs::shift_left(out.data(), x.magnitude(), static_cast<uint64_t>(count)),
                      x.negative());
}
Result<Value> right_shift(Thread& thread, Value a, Value b) {
  if (Value::both_ints(a, b) && b.as_int() >= 0)
    return Value::from_int(a.as_int() >> std::min<int64_t>(b.as_int(), 63));
  REQUIRE_INTS(a, b);
  if (IntView(b).negative()) return thread.raise<ValueError>("negative shift count");
  int64_t count;
  if (!int_fits_int64(b, &count)) return Value::from_int(IntView(a).negative() ? -1 : 0);
  IntView x(a);
  LimbBuffer out(x.magnitude().size() + 1);
  return make_integer(thread, out.data(), limbs::shift_right_signed(out.data(), x, static_cast<uint64_t>(count)));
}

Result<Value> modular_power(Thread& thread, Value base, Value exponent, Value modulus) {
  if (int_is_zero(modulus)) return thread.raise<ValueError>("pow() 3rd argument cannot be 0");
  IntView m(modulus), e(exponent);
  // The base reduced into [0, |m|), inverted first for a negative exponent.
  Value absolute_modulus = m.negative() ? TRY(int_negate(thread, modulus)) : modulus;
  Value reduced;
  TRY(int_floor_divide(thread, base, absolute_modulus, nullptr, &reduced, ""));
  IntView b(reduced), n(absolute_modulus);
  LimbBuffer inverse(n.magnitude().size() + 1), out(n.magnitude().size() + 1);
  limbs::Limbs start = b.magnitude();
  if (e.negative()) {
    size_t size;
    if (!limbs::invert_modulo(inverse.data(), &size, start, n.magnitude()))
      return thread.raise<ValueError>("base is not invertible for the given modulus");
    start = {inverse.data(), size};
  }
  size_t size = limbs::power_modulo(out.data(), start, e.magnitude(), n.magnitude());
  Value result = TRY(make_integer(thread, out.data(), size, false));
  if (m.negative() && !int_is_zero(result)) return int_add(thread, result, modulus);
  return result;
}

Result<Value> int_power_slot(Thread& thread, Value a, Value b, Value modulus) {
  REQUIRE_INTS(a, b);
  if (!modulus.is_absent()) {
    if (!is_integer(modulus)) return Value::not_implemented();
    return modular_power(thread, a, b, modulus);
  }
  if (IntView(b).negative()) {
    double x = TRY(int_to_double(thread, a)), y = TRY(int_to_double(thread, b));
    return viperine::power(thread, make_float(thread.heap(), x), make_float(thread.heap(), y), Value::absent());
  }
  int64_t exponent;
  if (Value::both_ints(a, b) && b.as_int() < 64) {
    int64_t number = 1, square = a.as_int();
    bool fits = true;
    for (int64_t rest = b.as_int(); rest != 0 && fits; rest >>= 1) {
      if (rest & 1) fits = !__builtin_mul_overflow(number, square, &number);
      if (rest > 1) fits = fits && !__builtin_mul_overflow(square, square, &square);
    }
    if (fits) return make_int(thread.heap(), number);
  }
  IntView x(a);
  if (x.magnitude().empty()) return Value::from_int(int_is_zero(b) ? 1 : 0);
  if (x.magnitude().size() == 1 && x.magnitude()[0] == 1)
    return Value::from_int(x.negative() && (IntView(b).magnitude().empty() ? 0 : IntView(b).magnitude()[0] & 1) ? -1
                                                                                                                : 1);
  if (!int_fits_int64(b, &exponent)) return thread.raise_memory_error();
  size_t room = limbs::power_size(x.magnitude(), static_cast<uint64_t>(exponent));
  if (room > (size_t{1} << 34)) return thread.raise_memory_error();
  if (room > 4096 && BigInt::try_make(thread.heap(), static_cast<int64_t>(room), false) == nullptr)
    return thread.raise_memory_error();
  Arena scratch;
  LimbBuffer out(room);
  size_t size = limbs::power(out.data(), x.magnitude(), static_cast<uint64_t>(exponent), scratch);
  return make_integer(thread, out.data(), size, x.negative() && (exponent & 1) != 0);
}

Result<Value> negate(Thread& thread, Value a) {
  return int_negate(thread, a.is_bool() ? Value::from_int(a.is_true()) : a);
}
Result<Value> plain(Thread& thread, Value a) { return plain_int(thread, a); }
Result<Value> int_absolute_slot(Thread& thread, Value a) {
  return IntView(a).negative() ? int_negate(thread, a) : plain_int(thread, a);
}
Result<Value> int_invert_slot(Thread& thread, Value a) {
  IntView x(a);
  LimbBuffer out(x.magnitude().size() + 1);
  return make_integer(thread, out.data(), limbs::bit_invert(out.data(), x));
}

Result<Value> int_compare_slot(Thread&, Value a, Value b, Comparison op) {
  REQUIRE_INTS(a, b);
  int order = int_compare(a, b);
  return Value::from_bool(holds(order, 0, op));
}

Result<int64_t> hash_int(Thread&, Value self) { return hash_integer(self); }
Result<bool> int_truth(Thread&, Value self) { return !int_is_zero(self); }
Result<Value> int_repr(Thread& thread, Value self) { return to_value(TRY(int_to_text(thread, self, 10))); }
Result<Value> to_float(Thread& thread, Value self) {
  return make_float(thread.heap(), TRY(int_to_double(thread, self)));
}
Result<Value> bool_repr(Thread& thread, Value self) {
  return to_value(intern(thread, self.is_true() ? "True" : "False"));
}

}  // namespace

Result<Value> plain_int(Thread& thread, Value value) {
  if (value.is_int() || is_exact<BigInt>(value)) return value;
  if (value.is_bool()) return Value::from_int(value.is_true() ? 1 : 0);
  IntView x(value);
  return make_integer(thread, x.magnitude().data(), x.magnitude().size(), x.negative());
}

const TypeSpec kIntType = {
    .name = "int",
    .kind = Kind::Int,
    .flags = kTypeBase | kTypeMatchSelf,
    .layout = [] { return layout_of<BigInt>("int"); },
    .slots = {.repr = &int_repr,
              .hash = &hash_int,
              .compare = &int_compare_slot,
              .new_ = &int_new,
              .truth = &int_truth,
              .to_int = &plain,
              .to_float = &to_float,
              .to_index = &plain,
              .negative = &negate,
              .positive = &plain,
              .absolute = &int_absolute_slot,
              .invert = &int_invert_slot,
              .add = &add,
              .subtract = &subtract,
              .multiply = &multiply,
              .true_divide = &true_divide,
              .floor_divide = &floor_divide,
              .modulo = &modulo,
              .divmod = &divide_modulo,
              .left_shift = &left_shift,
              .right_shift = &right_shift,
              .and_ = &and_,
              .or_ = &or_,
              .xor_ = &xor_,
              .power = &int_power_slot},
    .methods = kIntMethods,
    .attributes = kIntAttributes,
    .doc = "int([x]) -> integer\nint(x, base=10) -> integer\n\nConvert a number or string to an integer.\n\n"
           ">>> int('-0b100', base=0)\n-4",
};

const TypeSpec kBoolType = {
    .name = "bool",
    .kind = Kind::Bool,
    .base = Kind::Int,
    .flags = kTypeMatchSelf,
    .slots = {.repr = &bool_repr, .new_ = &bool_new, .and_ = &and_, .or_ = &or_, .xor_ = &xor_},
    .doc = "bool(x) -> bool\n\nReturns True when the argument x is true, False otherwise.",
};

}  // namespace viperine
