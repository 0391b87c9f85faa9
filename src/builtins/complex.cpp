// SPDX-License-Identifier: MIT
// complex: operators, construction, methods. Arithmetic is in numeric/complex_functions.h.
#include <cmath>

#include "builtins/builtin_types.h"
#include "numeric/complex_functions.h"
#include "numeric/float_text.h"
#include "numeric/siphash.h"
#include "runtime/attributes.h"
#include "runtime/binding.h"
#include "runtime/containers.h"
#include "runtime/integers.h"
#include "runtime/numbers_text.h"
#include "runtime/warnings.h"

namespace viperine {

namespace {

struct Parts {
  double real = 0, imaginary = 0;
  bool is_number = false;
};

Result<Parts> operand(Thread& thread, Value value) {
  if (is<Complex>(value)) return Parts{cast<Complex>(value)->real(), cast<Complex>(value)->imaginary(), true};
  if (is_float(value)) return Parts{as_float(value), 0, true};
  if (is_integer(value))
    return Parts{TRY(int_to_double(thread, value.is_bool() ? Value::from_int(value.is_true()) : value)), 0, true};
  return Parts{};
}

#define OPERANDS(a, b)                                                 \
  Parts x = TRY(operand(thread, a)), y = TRY(operand(thread, b));      \
  if (!x.is_number || !y.is_number) return Value::not_implemented()

Value make(Thread& thread, double real, double imaginary) {
  return to_value(Complex::make(thread.heap(), real, imaginary));
}
ComplexNumber number(const Parts& parts) { return {parts.real, parts.imaginary}; }

Result<Value> complex_add(Thread& thread, Value a, Value b) {
  OPERANDS(a, b);
  return make(thread, x.real + y.real, x.imaginary + y.imaginary);
}
Result<Value> complex_subtract(Thread& thread, Value a, Value b) {
  OPERANDS(a, b);
  return make(thread, x.real - y.real, x.imaginary - y.imaginary);
}
Result<Value> complex_multiply_slot(Thread& thread, Value a, Value b) {
  OPERANDS(a, b);
  ComplexNumber result = complex_multiply(number(x), number(y));
  return make(thread, result.real, result.imaginary);
}
Result<Value> complex_divide_slot(Thread& thread, Value a, Value b) {
  OPERANDS(a, b);
  MathStatus status = MathStatus::Ok;
  ComplexNumber result = complex_divide(number(x), number(y), &status);
  if (status != MathStatus::Ok) return thread.raise<ZeroDivisionError>("complex division by zero");
  return make(thread, result.real, result.imaginary);
}
Result<Value> complex_power_slot(Thread& thread, Value a, Value b, Value modulus) {
  if (!modulus.is_absent()) return thread.raise<ValueError>("complex modulo");
  OPERANDS(a, b);
  MathStatus status = MathStatus::Ok;
  ComplexNumber result = complex_power(number(x), number(y), &status);
  if (status == MathStatus::Ok) return make(thread, result.real, result.imaginary);
  if (status == MathStatus::Range) return thread.raise<OverflowError>("complex exponentiation");
  return thread.raise<ZeroDivisionError>("0.0 to a negative or complex power");
}
Result<Value> complex_negate(Thread& thread, Value a) {
  auto* c = cast<Complex>(a);
  return make(thread, -c->real(), -c->imaginary());
}
Result<Value> complex_plain(Thread& thread, Value a) {
  auto* c = cast<Complex>(a);
  return make(thread, c->real(), c->imaginary());
}
Result<Value> complex_absolute_slot(Thread& thread, Value a) {
  auto* c = cast<Complex>(a);
  double result = std::hypot(c->real(), c->imaginary());
  if (std::isinf(result) && std::isfinite(c->real()) && std::isfinite(c->imaginary()))
    return thread.raise<OverflowError>("absolute value too large");
  return make_float(thread.heap(), result);
}
Result<Value> complex_compare(Thread& thread, Value a, Value b, Comparison op) {
  if (op != Comparison::Equal && op != Comparison::NotEqual) return Value::not_implemented();
  auto* x = cast<Complex>(a);
  bool equal;
  if (is<Complex>(b)) {
    equal = x->real() == cast<Complex>(b)->real() && x->imaginary() == cast<Complex>(b)->imaginary();
  } else if (is_float(b) || is_integer(b)) {
    equal =
        x->imaginary() == 0 && TRY(compare_truth(thread, make_float(thread.heap(), x->real()), b, Comparison::Equal));
  } else {
    return Value::not_implemented();
  }
  return Value::from_bool(equal == (op == Comparison::Equal));
}
Result<int64_t> complex_hash_slot(Thread& thread, Value self) {
  auto* c = cast<Complex>(self);
  int64_t real = TRY(hash(thread, make_float(thread.heap(), c->real())));
  int64_t imaginary = TRY(hash(thread, make_float(thread.heap(), c->imaginary())));
  return hash_complex(real, imaginary);
}
Result<bool> complex_truth(Thread&, Value self) {
  return cast<Complex>(self)->real() != 0 || cast<Complex>(self)->imaginary() != 0;
}
Result<Value> complex_repr_slot(Thread& thread, Value self) {
  char text[kComplexReprSize];
  auto* c = cast<Complex>(self);
  return to_value(make_str(thread, std::string_view(text, complex_repr(text, c->real(), c->imaginary()))));
}

Result<Value> to_exact(Thread& thread, Complex* self) { return make(thread, self->real(), self->imaginary()); }
Result<Value> conjugate(Thread& thread, Complex* self) { return make(thread, self->real(), -self->imaginary()); }
Result<Value> getnewargs(Thread& thread, Complex* self) {
  return to_value(
      Tuple::of(thread.heap(), make_float(thread.heap(), self->real()), make_float(thread.heap(), self->imaginary())));
}
Result<Value> format_method(Thread& thread, Complex* self, Str* specification) {
  if (specification->length() == 0) return to_value(TRY(str(thread, to_value(self))));
  return format_complex(thread, self->real(), self->imaginary(), specification);
}
Result<Value> real(Thread& thread, Complex* self) { return make_float(thread.heap(), self->real()); }
Result<Value> imaginary(Thread& thread, Complex* self) { return make_float(thread.heap(), self->imaginary()); }

constexpr NativeMethod kMethods[] = {
    method<conjugate>("conjugate($self, /)",
                      "Return the complex conjugate of its argument. (3-4j).conjugate() == 3+4j."),
    method<to_exact>("__complex__($self, /)", "Convert this value to exact type complex."),
    method<format_method>("__format__($self, format_spec, /)", "Convert to a string according to format_spec."),
    method<getnewargs>("__getnewargs__($self, /)"),
};
constexpr NativeAttribute kAttributes[] = {
    attribute<real>("=real", "the real part of a complex number"),
    attribute<imaginary>("=imag", "the imaginary part of a complex number"),
};

/// One argument of complex(): through __complex__, __float__ or __index__.
Result<Parts> argument(Thread& thread, Value value, const char* which) {
  if (is_exact<Complex>(value)) return operand(thread, value);
  Optional<Value> method = TRY(call_special(thread, value, thread.names().dunder_complex, {}));
  if (method) {
    if (!is<Complex>(*method))
      return thread.raise<TypeError>("__complex__ returned non-complex (type {})", type_name_of(*method));
    if (!is_exact<Complex>(*method))
      TRY(warn_subclass_returned(thread, thread.names().dunder_complex, "complex", *method));
    return operand(thread, *method);
  }
  const TypeSlots& slots = type_of(thread, value)->slots();
  if (slots.to_float == nullptr && slots.to_index == nullptr)
    return thread.raise<TypeError>("complex() {} argument must be a {}number, not '{}'", which,
                                   which[0] == 'f' ? "string or a " : "", type_name_of(value));
  return Parts{TRY(to_double(thread, value)), 0, true};
}

Result<Value> construct(Thread& thread, Optional<Value> real_part, Optional<Value> imaginary_part) {
  if (real_part && is_str(*real_part)) {
    if (imaginary_part) return thread.raise<TypeError>("complex() can't take second arg if first is a string");
    Arena arena;
    double re, im;
    if (!complex_from_text(numeric_text(arena, as_str(thread, *real_part)), &re, &im))
      return thread.raise<ValueError>("complex() arg is a malformed string");
    return make(thread, re, im);
  }
  if (imaginary_part && is_str(*imaginary_part))
    return thread.raise<TypeError>("complex() second arg can't be a string");
  if (real_part && !imaginary_part && is_exact<Complex>(*real_part)) return *real_part;
  Parts re = real_part ? TRY(argument(thread, *real_part, "first")) : Parts{};
  Parts im = imaginary_part ? TRY(argument(thread, *imaginary_part, "second")) : Parts{};
  bool real_is_complex = real_part && is<Complex>(*real_part),
       imaginary_is_complex = imaginary_part && is<Complex>(*imaginary_part);
  double real_result = re.real - (imaginary_is_complex ? im.imaginary : 0);
  double imaginary_result = imaginary_part ? im.real : re.imaginary;
  if (imaginary_part && (real_is_complex || re.imaginary != 0)) imaginary_result += re.imaginary;
  if (!imaginary_is_complex) real_result = re.real;
  return make(thread, real_result, imaginary_result);
}
constexpr NativeMethod kConstruct = function<construct>("complex(real=0, imag=<unrepresentable>)");

Result<Value> complex_new(Thread& thread, Type* type, const Arguments& arguments) {
  Value value = TRY(kConstruct.entry(thread, kConstruct, arguments));
  if (type == thread.runtime().type(Kind::Complex)) return value;
  auto* result = make_instance<Complex>(thread, type);
  result->initialize(cast<Complex>(value)->real(), cast<Complex>(value)->imaginary());
  return to_value(result);
}

}  // namespace

const TypeSpec kComplexType = {
    .name = "complex",
    .kind = Kind::Complex,
    .flags = kTypeBase,
    .layout = [] { return layout_of<Complex>("complex"); },
    .slots = {.repr = &complex_repr_slot,
              .hash = &complex_hash_slot,
              .compare = &complex_compare,
              .new_ = &complex_new,
              .truth = &complex_truth,
              .negative = &complex_negate,
              .positive = &complex_plain,
              .absolute = &complex_absolute_slot,
              .add = &complex_add,
              .subtract = &complex_subtract,
              .multiply = &complex_multiply_slot,
              .true_divide = &complex_divide_slot,
              .power = &complex_power_slot},
    .methods = kMethods,
    .attributes = kAttributes,
    .doc = "Create a complex number from a real part and an optional imaginary part.",
    .text_signature = "(real=0, imag=0)",
};

}  // namespace viperine
