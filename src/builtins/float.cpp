// SPDX-License-Identifier: MIT
// float: operators, construction, methods. Text conversions and edge cases are in numeric/.
#include <cmath>
#include <cstring>

#include "builtins/builtin_types.h"
#include "builtins/int.h"
#include "numeric/float_arithmetic.h"
#include "numeric/float_text.h"
#include "objects/hashing.h"
#include "runtime/attributes.h"
#include "runtime/binding.h"
#include "runtime/buffers.h"
#include "runtime/comparison.h"
#include "runtime/containers.h"
#include "runtime/integers.h"
#include "runtime/numbers_text.h"
#include "runtime/warnings.h"

namespace viperine {

namespace {

/// The double of a float or int operand; absent when it is neither. OverflowError for huge ints.
Result<Optional<double>> operand(Thread& thread, Value value) {
  if (is_float(value)) return Optional<double>(as_float(value));
  if (is_integer(value))
    return Optional<double>(TRY(int_to_double(thread, value.is_bool() ? Value::from_int(value.is_true()) : value)));
  return Optional<double>();
}

#define OPERANDS(a, b)                                                         \
  Optional<double> x_ = TRY(operand(thread, a)), y_ = TRY(operand(thread, b)); \
  if (!x_ || !y_) return Value::not_implemented();                             \
  double x = *x_, y = *y_

Result<Value> add(Thread& thread, Value a, Value b) {
  OPERANDS(a, b);
  return make_float(thread.heap(), x + y);
}
Result<Value> subtract(Thread& thread, Value a, Value b) {
  OPERANDS(a, b);
  return make_float(thread.heap(), x - y);
}
Result<Value> multiply(Thread& thread, Value a, Value b) {
  OPERANDS(a, b);
  return make_float(thread.heap(), x * y);
}
Result<Value> true_divide(Thread& thread, Value a, Value b) {
  OPERANDS(a, b);
  if (y == 0.0) return thread.raise<ZeroDivisionError>("float division by zero");
  return make_float(thread.heap(), x / y);
}
Result<Value> floor_divide(Thread& thread, Value a, Value b) {
  OPERANDS(a, b);
  if (y == 0.0) return thread.raise<ZeroDivisionError>("float floor division by zero");
  return make_float(thread.heap(), float_floor_divide(x, y));
}
Result<Value> modulo(Thread& thread, Value a, Value b) {
  OPERANDS(a, b);
  if (y == 0.0) return thread.raise<ZeroDivisionError>("float modulo");
  return make_float(thread.heap(), float_modulo(x, y));
}
Result<Value> divide_modulo(Thread& thread, Value a, Value b) {
  OPERANDS(a, b);
  if (y == 0.0) return thread.raise<ZeroDivisionError>("float divmod()");
  FloatDivision result = float_divmod(x, y);
  return to_value(Tuple::of(thread.heap(), make_float(thread.heap(), result.quotient),
                            make_float(thread.heap(), result.remainder)));
}
Result<Value> float_power_slot(Thread& thread, Value a, Value b, Value modulus) {
  if (!modulus.is_absent())
    return thread.raise<TypeError>("pow() 3rd argument not allowed unless all arguments are integers");
  OPERANDS(a, b);
  double result;
  switch (float_power(x, y, &result)) {
    case FloatPowerStatus::Ok:
      return make_float(thread.heap(), result);
    case FloatPowerStatus::ZeroDivision:
      return thread.raise<ZeroDivisionError>("0.0 cannot be raised to a negative power");
    case FloatPowerStatus::NegativeBase:
      return viperine::power(thread, to_value(Complex::make(thread.heap(), x, 0)),
                             to_value(Complex::make(thread.heap(), y, 0)), Value::absent());
    case FloatPowerStatus::Overflow: {
      auto error = call(thread, to_value(thread.runtime().exception_type<OverflowError>()), Value::from_int(34),
                        to_value(make_str(thread, "Numerical result out of range")));
      if (error.is_raised()) return Raised{};
      return thread.raise_object(cast<ExceptionObject>(error.take()));
    }
  }
  __builtin_unreachable();
}

Result<Value> negate(Thread& thread, Value a) { return make_float(thread.heap(), -as_float(a)); }
Result<Value> plain(Thread& thread, Value a) { return make_float(thread.heap(), as_float(a)); }
Result<Value> float_absolute_slot(Thread& thread, Value a) { return make_float(thread.heap(), std::fabs(as_float(a))); }

Result<Value> float_compare_slot(Thread&, Value a, Value b, Comparison op) {
  double x = as_float(a);
  int order;
  if (is_float(b)) {
    double y = as_float(b);
    if (std::isnan(x) || std::isnan(y)) return Value::from_bool(op == Comparison::NotEqual);
    order = x < y ? -1 : x > y ? 1 : 0;
  } else if (is_integer(b)) {
    if (std::isnan(x)) return Value::from_bool(op == Comparison::NotEqual);
    IntView y(b);
    order = -limbs::compare_double(y, x);
  } else {
    return Value::not_implemented();
  }
  return Value::from_bool(holds(order, 0, op));
}

Result<int64_t> hash_float(Thread& thread, Value self) {
  double value = as_float(self);
  if (!std::isnan(value)) return hash_double(value);
  // As object.__hash__: each NaN object for itself.
  if (!self.is_pointer()) return static_cast<int64_t>(self.bits() >> 2);
  return static_cast<int64_t>(thread.heap().identity(self.as_object()));
}
Result<bool> float_truth(Thread&, Value self) { return as_float(self) != 0.0; }
Result<Value> float_repr_slot(Thread& thread, Value self) { return to_value(float_text(thread, as_float(self))); }

Result<Value> truncate(Thread& thread, Value self) {
  double value = as_float(self);
  if (std::isnan(value)) return thread.raise<ValueError>("cannot convert float NaN to integer");
  if (std::isinf(value)) return thread.raise<OverflowError>("cannot convert float infinity to integer");
  return int_from_double(thread, value);
}
Result<Value> floor_method(Thread& thread, Value self) {
  return truncate(thread, make_float(thread.heap(), std::floor(as_float(self))));
}
Result<Value> ceil_method(Thread& thread, Value self) {
  return truncate(thread, make_float(thread.heap(), std::ceil(as_float(self))));
}

Result<Value> float_round_method(Thread& thread, Value self, Value digits) {
  double value = as_float(self);
  if (digits.is_none()) return truncate(thread, make_float(thread.heap(), float_round_half_even(value)));
  int64_t places = TRY(to_index_clipped(thread, digits));
  if (!std::isfinite(value)) return self;
  double result;
  if (!float_round(value, places, &result)) return thread.raise<OverflowError>("rounded value too large to represent");
  return make_float(thread.heap(), result);
}

Result<Value> as_integer_ratio(Thread& thread, Value self) {
  double value = as_float(self);
  if (std::isinf(value)) return thread.raise<OverflowError>("cannot convert Infinity to integer ratio");
  if (std::isnan(value)) return thread.raise<ValueError>("cannot convert NaN to integer ratio");
  FloatRatio ratio = float_ratio(value);
  Value numerator = make_int(
      thread.heap(), ratio.negative ? -static_cast<int64_t>(ratio.mantissa) : static_cast<int64_t>(ratio.mantissa));
  Value denominator = Value::from_int(1);
  Value shift = Value::from_int(ratio.exponent < 0 ? -ratio.exponent : ratio.exponent);
  if (ratio.exponent < 0)
    denominator = TRY(binary_operation(thread, BinaryOperator::LeftShift, denominator, shift));
  else
    numerator = TRY(binary_operation(thread, BinaryOperator::LeftShift, numerator, shift));
  return to_value(Tuple::of(thread.heap(), numerator, denominator));
}

Result<Value> hex(Thread& thread, Value self) {
  char text[kFloatHexSize];
  return to_value(make_str(thread, std::string_view(text, float_to_hex(text, as_float(self)))));
}
Result<Value> from_hex(Thread& thread, Type* type, Str* text) {
  double value;
  Arena arena;
  switch (float_from_hex(text->is_ascii() ? text->ascii() : std::string_view("?"), &value)) {
    case FloatHexStatus::Ok:
      break;
    case FloatHexStatus::Invalid:
      return thread.raise<ValueError>("invalid hexadecimal floating-point string");
    case FloatHexStatus::Overflow:
      return thread.raise<OverflowError>("hexadecimal value too large to represent as a float");
  }
  Value result = make_float(thread.heap(), value);
  if (type == thread.runtime().type(Kind::Float)) return result;
  return call(thread, to_value(type), result);
}
Result<Value> is_integer_method(Thread&, Value self) {
  double value = as_float(self);
  return Value::from_bool(std::isfinite(value) && std::floor(value) == value);
}
Result<Value> format_method(Thread& thread, Value self, Str* specification) {
  if (specification->length() == 0) return to_value(TRY(str(thread, self)));  // a subclass may have its own
  return format_float(thread, as_float(self), specification, "float");
}
Result<Value> getnewargs(Thread& thread, Value self) {
  return to_value(Tuple::of(thread.heap(), make_float(thread.heap(), as_float(self))));
}
Result<Value> get_format(Thread& thread, Type*, Str* kind) {
  if (!kind->equals("double") && !kind->equals("float"))
    return thread.raise<ValueError>("__getformat__() argument 1 must be 'double' or 'float'");
  return to_value(make_str(thread, "IEEE, little-endian"));
}
Result<Value> zero(Thread& thread, Value) { return make_float(thread.heap(), 0.0); }
Result<Value> real(Thread& thread, Value self) { return make_float(thread.heap(), as_float(self)); }

constexpr NativeMethod kMethods[] = {
    method<as_integer_ratio>("as_integer_ratio($self, /)",
                             "Return integer ratio.\n\n>>> (0.75).as_integer_ratio()\n(3, 4)"),
    method<real>("conjugate($self, /)", "Return self, the complex conjugate of any float."),
    method<from_hex>("fromhex($type, string, /)", "Create a floating-point number from a hexadecimal string.\n\n"
                     ">>> float.fromhex('0x1.8p+1')\n3.0"),
    method<hex>("hex($self, /)", "Return a hexadecimal representation of a floating-point number.\n\n"
                ">>> (-0.5).hex()\n'-0x1.0000000000000p-1'"),
    method<is_integer_method>("is_integer($self, /)", "Return True if the float is an integer."),
    method<ceil_method>("__ceil__($self, /)", "Return the ceiling as an Integral."),
    method<floor_method>("__floor__($self, /)", "Return the floor as an Integral."),
    method<format_method>("__format__($self, format_spec, /)", "Formats the float according to format_spec."),
    method<get_format>("__getformat__($type, typestr, /)"),
    method<getnewargs>("__getnewargs__($self, /)"),
    method<float_round_method>("__round__($self, ndigits=None, /)",
                               "Return the Integral closest to x, rounding half toward even."),
    method<truncate>("__trunc__($self, /)", "Return the Integral closest to x between 0 and x."),
};
constexpr NativeAttribute kAttributes[] = {
    attribute<real>("real", "the real part of a complex number"),
    attribute<zero>("imag", "the imaginary part of a complex number"),
};

Result<Value> from_text(Thread& thread, Value text) {
  double value;
  if (Str* str = try_str(thread, text)) {
    Arena arena;
    if (float_from_text(numeric_text(arena, str), &value)) return make_float(thread.heap(), value);
  } else {
    BufferScope buffer(thread);
    TRY(buffer.acquire(text));
    std::string_view bytes = buffer.text();
    constexpr std::string_view kSpaces = " \t\n\r\f\v";
    size_t first = bytes.find_first_not_of(kSpaces);
    if (first != std::string_view::npos &&
        float_from_text(bytes.substr(first, bytes.find_last_not_of(kSpaces) - first + 1), &value))
      return make_float(thread.heap(), value);
  }
  return thread.raise<ValueError>("could not convert string to float: {}", TRY(repr(thread, text)));
}

Result<Value> construct(Thread& thread, Optional<Value> x) {
  if (!x) return make_float(thread.heap(), 0.0);
  const TypeSlots& slots = type_of(thread, *x)->slots();
  if (is_str(*x) && slots.to_float == nullptr) return from_text(thread, *x);
  if (slots.to_float != nullptr || slots.to_index != nullptr)
    return type_of(thread, *x) == thread.runtime().type(Kind::Float)
               ? *x
               : make_float(thread.heap(), TRY(float_of_number(thread, *x)));
  if (has_buffer(thread, *x)) return from_text(thread, *x);
  return thread.raise<TypeError>("float() argument must be a string or a real number, not '{}'", type_name_of(*x));
}
constexpr NativeMethod kConstruct = function<construct>("float(x=0, /)");

Result<Value> float_new(Thread& thread, Type* type, const Arguments& arguments) {
  if (arguments.count == 1 && arguments.keywords == nullptr && type == thread.runtime().type(Kind::Float)) {
    if (is_exact<Str>(arguments[0])) return from_text(thread, arguments[0]);
    if (arguments[0].is_int()) return make_float(thread.heap(), static_cast<double>(arguments[0].as_int()));
    if (arguments[0].is_immediate_float()) return arguments[0];
  }
  // A subclass with an __init__ of its own takes keywords there.
  Arguments own = arguments;
  Type* plain_type = thread.runtime().type(Kind::Float);
  if (type->slots().init != plain_type->slots().init) own = {arguments.values, arguments.positional_count(), nullptr};
  Value value = TRY(kConstruct.entry(thread, kConstruct, own));
  if (type == thread.runtime().type(Kind::Float)) return value;
  auto* result = make_instance<BoxedFloat>(thread, type);
  result->initialize(as_float(value));
  return to_value(result);
}

}  // namespace

const TypeSpec kFloatType = {
    .name = "float",
    .kind = Kind::Float,
    .flags = kTypeBase | kTypeMatchSelf,
    .layout = [] { return layout_of<BoxedFloat>("float"); },
    .slots = {.repr = &float_repr_slot,
              .hash = &hash_float,
              .compare = &float_compare_slot,
              .new_ = &float_new,
              .truth = &float_truth,
              .to_int = &truncate,
              .to_float = &plain,
              .negative = &negate,
              .positive = &plain,
              .absolute = &float_absolute_slot,
              .add = &add,
              .subtract = &subtract,
              .multiply = &multiply,
              .true_divide = &true_divide,
              .floor_divide = &floor_divide,
              .modulo = &modulo,
              .divmod = &divide_modulo,
              .power = &float_power_slot},
    .methods = kMethods,
    .attributes = kAttributes,
    .doc = "Convert a string or number to a floating point number, if possible.",
    .text_signature = "(x=0, /)",
};

}  // namespace viperine
