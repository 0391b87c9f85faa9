// SPDX-License-Identifier: MIT
// Decimals from and to other Python objects.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "modules/decimal/decimal_objects.h"
#include "numeric/float_text.h"
#include "runtime/comparison.h"
#include "runtime/integers.h"
#include "runtime/numbers_text.h"
#include "text/unicode.h"

namespace viperine::decimals {

namespace {

constexpr uint32_t kErrors = decimal::kInvalidOperations | decimal::kDivisionByZero;

Type* decimal_type(Thread& thread) { return thread.runtime().type(Kind::DecimalObject); }

/// Ends an exact conversion: only errors count.
Result<Value> finish_exact(Thread& thread, Type* type, ContextObject* context, const Engine& engine,
                           const Number& number) {
  if ((engine.status & kErrors) != 0) TRY(add_status(thread, context, engine.status & kErrors));
  return make_decimal(thread, type, number);
}

// --- text

std::string_view without_underscores(Arena& arena, std::string_view text) {
  if (text.find('_') == std::string_view::npos) return text;
  auto* out = static_cast<char*>(arena.allocate(text.size() + 1));
  size_t length = 0;
  for (char c : text)
    if (c != '_') out[length++] = c;
  return {out, length};
}

Result<Value> from_str_exact(Thread& thread, Type* type, Str* text, ContextObject* context) {
  Scratch scratch;
  Engine engine = Engine(scratch).widest();
  std::string_view ascii = without_underscores(scratch.arena(), numeric_text(scratch.arena(), text));
  Number number = decimal::from_text_exact(engine, ascii);
  return finish_exact(thread, type, context, engine, number);
}
Result<Value> from_str(Thread& thread, Str* text, ContextObject* context) {
  Operation operation(thread, context);
  int64_t length = text->length();
  bool has_space = length > 0 && (unicode::is_space(text->at(0)) || unicode::is_space(text->at(length - 1)));
  std::string_view ascii = has_space ? std::string_view("?") : numeric_text(operation.scratch().arena(), text);
  Number number = decimal::from_text(operation.engine(), ascii);
  return operation.finish(number);
}

// --- (sign, digits, exponent)

struct Parts {
  bool negative = false;
  decimal::Kind kind = decimal::Kind::Finite;
  int64_t exponent = 0;
  std::string_view digits;
};

Result<void> read_exponent(Thread& thread, Value value, Parts& parts) {
  if (is_str(value)) {
    Str* text = as_str(thread, value);
    if (text->equals("F"))
      parts.kind = decimal::Kind::Infinity;
    else if (text->equals("n"))
      parts.kind = decimal::Kind::QuietNan;
    else if (text->equals("N"))
      parts.kind = decimal::Kind::SignalingNan;
    else
      return thread.raise<ValueError>("string argument in the third position must be 'F', 'n' or 'N'");
    return {};
  }
  if (!is_integer(value)) return thread.raise<ValueError>("exponent must be an integer");
  if (!int_fits_int64(value, &parts.exponent))
    return thread.raise<OverflowError>("Python int too large to convert to C ssize_t");
  return {};
}
Result<Parts> read_parts(Thread& thread, Arena& arena, Value sequence) {
  constexpr const char* kBadDigits = "coefficient must be a tuple of digits";
  constexpr const char* kBadSign = "sign must be an integer with the value 0 or 1";
  Tuple* tuple = TRY(tuple_from_iterable(thread, sequence));
  if (tuple->length() != 3) return thread.raise<ValueError>("argument must be a sequence of length 3");
  Parts parts;
  Value sign = tuple->at(0);
  int64_t number;
  if (!is_integer(sign) || !int_fits_int64(sign, &number) || (number != 0 && number != 1))
    return thread.raise<ValueError>("{}", kBadSign);
  parts.negative = number == 1;
  TRY(read_exponent(thread, tuple->at(2), parts));
  if (!is<Tuple>(tuple->at(1)) && !is<List>(tuple->at(1))) return thread.raise<ValueError>("{}", kBadDigits);
  Tuple* digits = TRY(tuple_from_iterable(thread, tuple->at(1)));
  auto count = static_cast<size_t>(digits->length());
  auto* text = static_cast<char*>(arena.allocate(count + 1));
  for (size_t i = 0; i < count; ++i) {
    Value digit = digits->at(static_cast<int64_t>(i));
    if (!is_integer(digit) || !int_fits_int64(digit, &number) || number < 0 || number > 9)
      return thread.raise<ValueError>("{}", kBadDigits);
    text[i] = static_cast<char>('0' + number);
  }
  if (parts.kind != decimal::Kind::Infinity) parts.digits = {text, count};
  return parts;
}
Result<Value> from_sequence_exact(Thread& thread, Type* type, Value sequence, ContextObject* context) {
  Scratch scratch;
  Parts parts = TRY(read_parts(thread, scratch.arena(), sequence));
  Engine engine = Engine(scratch).widest();
  Number number = decimal::from_parts(engine, parts.negative, parts.digits, parts.exponent, parts.kind);
  return finish_exact(thread, type, context, engine, number);
}
Result<Value> from_sequence(Thread& thread, Value sequence, ContextObject* context) {
  Operation operation(thread, context);
  Parts parts = TRY(read_parts(thread, operation.scratch().arena(), sequence));
  Number number;
  number.negative = parts.negative;
  number.kind = parts.kind;
  number.coefficient = decimal::from_digits(operation.scratch(), parts.digits.data(), parts.digits.size());
  constexpr int64_t kFarOut = 4 * decimal::kMaximumExponent;  // as extreme as 64 bits allow without overflow
  if (number.is_finite()) number.exponent = std::clamp(parts.exponent, -kFarOut / 2, kFarOut / 2);
  return operation.finish(rounded(operation.engine(), number));
}

Raised raise_unsupported(Thread& thread, Value value) {
  return thread.raise<TypeError>("conversion from {} to Decimal is not supported", type_name_of(value));
}
bool is_sequence_argument(Value value) { return is<Tuple>(value) || is<List>(value); }

// --- comparison with numbers of other types

/// An attribute of a Rational as a Decimal.
Result<Value> ratio_part(Thread& thread, Value rational, const char* name, ContextObject* context) {
  Value part = TRY(get_attribute(thread, rational, name));
  if (!is_integer(part)) return raise_unsupported(thread, part);
  return decimal_from_integer_exact(thread, decimal_type(thread), part, context);
}
Result<Value> exact_product(Thread& thread, Value a, Value b, ContextObject* context) {
  Scratch scratch;
  Engine engine = Engine(scratch).widest();
  Number left = number_of(a);
  int64_t exponent = left.exponent;
  left.exponent = 0;
  Number product = decimal::multiply(engine, left, number_of(b));
  product.exponent = exponent;
  return finish_exact(thread, decimal_type(thread), context, engine, product);
}

struct Operands {
  Value left, right;  // right absent: not comparable
};
Result<Operands> comparable(Thread& thread, Value self, Value other, Comparison op, ContextObject* context) {
  bool is_equality = op == Comparison::Equal || op == Comparison::NotEqual;
  if (is_decimal(other)) return Operands{self, other};
  if (is_integer(other))
    return Operands{self, TRY(decimal_from_integer_exact(thread, decimal_type(thread), other, context))};
  if (is<Complex>(other)) {
    if (!is_equality || cast<Complex>(other)->imaginary() != 0) return Operands{self, Value::absent()};
    other = make_float(thread.heap(), cast<Complex>(other)->real());
  }
  if (is_float(other)) {
    if (is_equality)
      context->status_ |= decimal::kFloatOperation;
    else
      TRY(add_status(thread, context, decimal::kFloatOperation));
    return Operands{self, TRY(decimal_from_float_exact(thread, decimal_type(thread), other, context))};
  }
  if (!TRY(is_instance_of(thread, other, state(thread, kStateRational)))) return Operands{self, Value::absent()};
  Value numerator = TRY(ratio_part(thread, other, "numerator", context));
  if (number_of(self).is_special()) return Operands{self, numerator};
  Value denominator = TRY(ratio_part(thread, other, "denominator", context));
  return Operands{TRY(exact_product(thread, self, denominator, context)), numerator};
}

}  // namespace

Number rounded(Engine& engine, const Number& number) {
  if (number.is_nan()) {
    if (!number.coefficient.is_zero() &&
        decimal::count_digits(number.coefficient) > engine.precision - (engine.clamp ? 1 : 0))
      return decimal::invalid(engine, decimal::kConversionSyntax);
    return number;
  }
  return number.is_infinite() ? number : decimal::finish(engine, number);
}

Result<Value> make_decimal(Thread& thread, Type* type, const Number& number) {
  size_t bytes = number.coefficient.size * sizeof(decimal::Word);
  DecimalObject* object;
  if (type == decimal_type(thread)) {
    object = static_cast<DecimalObject*>(
        thread.heap().try_allocate(exact_shape_word(Kind::DecimalObject), sizeof(DecimalObject) + bytes));
    if (object == nullptr) return thread.raise_memory_error();
  } else {
    object = make_instance<DecimalObject>(thread, type, bytes);
  }
  object->exponent_ = number.exponent;
  object->size_ = static_cast<uint32_t>(number.coefficient.size);
  object->number_kind_ = static_cast<uint8_t>(number.kind);
  object->negative_ = number.negative;
  if (bytes != 0) std::memcpy(object->words(), number.coefficient.words, bytes);
  return to_value(object);
}
Result<Value> make_decimal(Thread& thread, const Number& number) {
  return make_decimal(thread, decimal_type(thread), number);
}

Result<Value> decimal_from_integer_exact(Thread& thread, Type* type, Value value, ContextObject* context) {
  Scratch scratch;
  Engine engine = Engine(scratch).widest();
  IntView view(value);
  Number number = decimal::from_integer_exact(engine, view);
  return finish_exact(thread, type, context, engine, number);
}

Result<Value> decimal_from_float_exact(Thread& thread, Type* type, Value value, ContextObject* context) {
  if (is_integer(value)) return decimal_from_integer_exact(thread, type, value, context);
  if (!is_float(value)) return thread.raise<TypeError>("argument must be int or float");
  Scratch scratch;
  Engine engine = Engine(scratch).widest();
  Number number = decimal::from_double_exact(engine, as_float(value));
  return finish_exact(thread, type, context, engine, number);
}

Result<Value> decimal_from_object_exact(Thread& thread, Type* type, Value value, ContextObject* context) {
  if (is_decimal(value)) {
    if (type == decimal_type(thread) && type_of(thread, value) == type) return value;
    return make_decimal(thread, type, number_of(value));
  }
  if (is_str(value)) return from_str_exact(thread, type, as_str(thread, value), context);
  if (is_integer(value)) return decimal_from_integer_exact(thread, type, value, context);
  if (is_sequence_argument(value)) return from_sequence_exact(thread, type, value, context);
  if (is_float(value)) {
    TRY(add_status(thread, context, decimal::kFloatOperation));
    return decimal_from_float_exact(thread, type, value, context);
  }
  return raise_unsupported(thread, value);
}

Result<Value> decimal_from_object(Thread& thread, Value value, ContextObject* context) {
  if (is_str(value)) return from_str(thread, as_str(thread, value), context);
  if (is_sequence_argument(value)) return from_sequence(thread, value, context);
  if (is_float(value))
    TRY(add_status(thread, context, decimal::kFloatOperation));
  else if (!is_decimal(value) && !is_integer(value))
    return raise_unsupported(thread, value);
  Value exact = is_decimal(value) ? value : TRY(decimal_from_float_exact(thread, decimal_type(thread), value, context));
  Operation operation(thread, context);
  return operation.finish(rounded(operation.engine(), number_of(exact)));
}

Result<Value> to_operand(Thread& thread, Value value, ContextObject* context, Otherwise otherwise) {
  if (is_decimal(value)) return value;
  if (is_integer(value)) return decimal_from_integer_exact(thread, decimal_type(thread), value, context);
  if (otherwise == Otherwise::TypeError) return raise_unsupported(thread, value);
  return Value::absent();
}

Str* decimal_text(Thread& thread, const Number& number, bool engineering, bool capitals) {
  Scratch scratch;
  size_t room = decimal::text_size(number);
  auto* text = static_cast<char*>(scratch.arena().allocate(room + 1));
  return make_str(thread, std::string_view(text, decimal::to_text(text, number, engineering, capitals)));
}

Result<Value> decimal_to_integer(Thread& thread, const Number& number, decimal::Rounding rounding) {
  if (number.is_nan()) return thread.raise<ValueError>("cannot convert NaN to integer");
  if (number.is_infinite()) return thread.raise<OverflowError>("cannot convert Infinity to integer");
  Scratch scratch;
  Engine engine = Engine(scratch).widest();
  engine.rounding = rounding;
  Number whole = decimal::to_integral_value(engine, number);
  limbs::Signed result;
  if ((engine.status & decimal::kMallocError) != 0 || !decimal::to_integer(scratch, whole, &result))
    return thread.raise_memory_error();
  return make_integer(thread, result.magnitude.data(), result.magnitude.size(), result.negative);
}

Result<Value> decimal_to_float(Thread& thread, Value self) {
  Number number = number_of(self);
  if (number.kind == decimal::Kind::SignalingNan)
    return thread.raise<ValueError>("cannot convert signaling NaN to float");
  if (number.is_nan()) return make_float(thread.heap(), number.negative ? -std::nan("") : std::nan(""));
  Scratch scratch;
  auto* text = static_cast<char*>(scratch.arena().allocate(decimal::text_size(number) + 1));
  double result = 0;
  if (!float_from_text({text, decimal::to_text(text, number, false, true)}, &result))
    return thread.raise<ValueError>("could not convert Decimal to float");
  return make_float(thread.heap(), result);
}

Result<Value> decimal_as_tuple(Thread& thread, DecimalObject* self) {
  Number number = self->number();
  Value exponent = make_int(thread.heap(), number.exponent);
  if (number.is_infinite())
    exponent = to_value(intern(thread, "F"));
  else if (number.is_nan())
    exponent = to_value(intern(thread, number.kind == decimal::Kind::QuietNan ? "n" : "N"));
  Tuple* digits;
  if (number.coefficient.is_zero()) {
    digits = number.is_nan() ? thread.runtime().empty_tuple() : Tuple::of(thread.heap(), Value::from_int(0));
  } else {
    Scratch scratch;
    auto count = static_cast<size_t>(decimal::count_digits(number.coefficient));
    auto* text = static_cast<char*>(scratch.arena().allocate(count + 1));
    decimal::to_digits(text, number.coefficient);
    digits = TRY(make_tuple(thread, static_cast<int64_t>(count)));
    for (size_t i = 0; i < count; ++i) digits->set(static_cast<int64_t>(i), Value::from_int(text[i] - '0'));
  }
  return call(thread, state(thread, kStateTuple), Value::from_int(number.negative), to_value(digits), exponent);
}

Result<Value> decimal_as_integer_ratio(Thread& thread, DecimalObject* self) {
  Number number = self->number();
  if (number.is_nan()) return thread.raise<ValueError>("cannot convert NaN to integer ratio");
  if (number.is_infinite()) return thread.raise<OverflowError>("cannot convert Infinity to integer ratio");
  Scratch scratch;
  limbs::Signed numerator;
  limbs::Limbs denominator;
  if (!decimal::to_ratio(scratch, number, &numerator, &denominator)) return thread.raise_memory_error();
  Value top = TRY(make_integer(thread, numerator.magnitude.data(), numerator.magnitude.size(), numerator.negative));
  return make_pair(thread, top, TRY(make_integer(thread, denominator.data(), denominator.size(), false)));
}

Result<Value> decimal_compare(Thread& thread, Value self, Value other, Comparison op) {
  ContextObject* context = TRY(current_context(thread));
  Operands operands = TRY(comparable(thread, self, other, op, context));
  if (operands.right.is_absent()) return Value::not_implemented();
  Number a = number_of(operands.left), b = number_of(operands.right);
  bool is_equality = op == Comparison::Equal || op == Comparison::NotEqual;
  if (a.is_nan() || b.is_nan()) {
    if (!is_equality || a.kind == decimal::Kind::SignalingNan || b.kind == decimal::Kind::SignalingNan)
      TRY(add_status(thread, context, decimal::kInvalidOperation));
    return Value::from_bool(op == Comparison::NotEqual);
  }
  int order = decimal::compare_numbers(a, b);
  return Value::from_bool(holds(order, 0, op));
}

}  // namespace viperine::decimals
