// SPDX-License-Identifier: MIT
// int: construction from numbers and text, methods. Operators are in int.cpp.
#include <cmath>
#include <cstring>

#include "builtins/int.h"
#include "objects/number.h"
#include "runtime/attributes.h"
#include "runtime/binding.h"
#include "runtime/buffers.h"
#include "runtime/containers.h"
#include "runtime/integers.h"
#include "runtime/numbers_text.h"
#include "runtime/warnings.h"
#include "text/unicode.h"

namespace viperine {

namespace {

Raised invalid_literal(Thread& thread, Value text, int64_t base) {
  auto shown = repr(thread, text);
  if (shown.is_raised()) return Raised{};
  return thread.raise<ValueError>("invalid literal for int() with base {}: {}", base, shown.take());
}

/// ASCII digits without underscores, sign and prefix; false when the text is no number.
bool clean_digits(std::string_view text, int64_t& base, bool& negative, Arena& arena, std::string_view& digits) {
  negative = false;
  if (!text.empty() && (text[0] == '+' || text[0] == '-')) {
    negative = text[0] == '-';
    text.remove_prefix(1);
  }
  bool after_prefix = false;
  if (text.size() > 1 && text[0] == '0') {
    char letter = static_cast<char>(text[1] | 32);
    int64_t implied = letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 0;
    if (implied != 0 && (base == 0 || base == implied)) {
      base = implied;
      text.remove_prefix(2);
      after_prefix = true;
    }
  }
  bool zero_only = base == 0 && !text.empty() && text[0] == '0';
  if (base == 0) base = 10;
  char* out = static_cast<char*>(arena.allocate(text.size() + 1));
  size_t count = 0;
  bool underscore_allowed = after_prefix;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '_') {
      if (!underscore_allowed || i + 1 == text.size()) return false;
      underscore_allowed = false;
      continue;
    }
    unsigned digit = limbs::digit_value(text[i]);
    if (digit >= static_cast<unsigned>(base)) return false;
    if (zero_only && text[i] != '0') return false;
    out[count++] = text[i];
    underscore_allowed = true;
  }
  digits = {out, count};
  return count > 0;
}

Result<Value> parse_digits(Thread& thread, std::string_view text, int64_t base, Value original) {
  int64_t shown_base = base;
  Arena arena;
  bool negative;
  std::string_view digits;
  if (!clean_digits(text, base, negative, arena, digits)) return invalid_literal(thread, original, shown_base);
  int64_t limit = thread.runtime().options().int_max_str_digits;
  bool power_of_two = (base & (base - 1)) == 0;
  if (!power_of_two && limit > 0 && static_cast<int64_t>(digits.size()) > limit)
    return thread.raise<ValueError>(
        "Exceeds the limit ({} digits) for integer string conversion: value has {} digits; use "
        "sys.set_int_max_str_digits() to increase the limit",
        limit, digits.size());
  LimbBuffer out(limbs::from_text_size(digits.size(), static_cast<int>(base)) + 1);
  size_t size = limbs::from_text(out.data(), digits, static_cast<int>(base), arena);
  return make_integer(thread, out.data(), size, negative);
}

}  // namespace

/// ASCII form of numeric text: spaces stripped (within: made ' '), other decimal digits converted; anything else
/// becomes '?'.
std::string_view numeric_text(Arena& arena, const Str* text) {
  int64_t start = 0, stop = text->length();
  while (start < stop && unicode::is_space(text->at(start))) ++start;
  while (stop > start && unicode::is_space(text->at(stop - 1))) --stop;
  if (text->is_ascii()) {  // as it is
    std::string_view inner = text->ascii().substr(static_cast<size_t>(start), static_cast<size_t>(stop - start));
    if (inner.find('\0') == std::string_view::npos) return inner;
  }
  char* out = static_cast<char*>(arena.allocate(static_cast<size_t>(stop - start) + 1));
  for (int64_t i = start; i < stop; ++i) {
    uint32_t c = text->at(i);
    int digit = c < 128 ? -1 : unicode::decimal_value(static_cast<char32_t>(c));
    char other = c >= 128 && unicode::is_space(c) ? ' ' : '?';
    out[i - start] = c < 128 ? static_cast<char>(c) : digit >= 0 ? static_cast<char>('0' + digit) : other;
    if (c < 128 && c == 0) out[i - start] = '?';
  }
  return {out, static_cast<size_t>(stop - start)};
}

namespace {

/// Decimal digits, perhaps after a sign, that fit 62 bits: what most texts of numbers are.
bool read_small_decimal(const Str* text, int64_t* number) {
  if (!text->is_ascii()) return false;
  std::string_view digits = text->ascii();
  bool negative = !digits.empty() && digits[0] == '-';
  if (negative) digits.remove_prefix(1);
  if (digits.empty() || digits.size() > 18) return false;
  int64_t value = 0;
  for (char c : digits) {
    auto digit = static_cast<unsigned>(c - '0');
    if (digit > 9) return false;
    value = value * 10 + static_cast<int64_t>(digit);
  }
  *number = negative ? -value : value;
  return true;
}

}  // namespace

Result<Value> int_from_text(Thread& thread, Value text, int64_t base) {
  if (Str* str = try_str(thread, text)) {
    int64_t small;
    if (base == 10 && read_small_decimal(str, &small)) return Value::from_int(small);
    Arena arena;
    return parse_digits(thread, numeric_text(arena, str), base, text);
  }
  BufferScope buffer(thread);
  TRY(buffer.acquire(text));
  std::string_view bytes = buffer.text();
  constexpr std::string_view kSpaces = " \t\n\r\f\v";
  size_t first = bytes.find_first_not_of(kSpaces);
  bytes = first == std::string_view::npos ? std::string_view()
                                          : bytes.substr(first, bytes.find_last_not_of(kSpaces) - first + 1);
  Value original = is<Bytes>(text) || is<ByteArray>(text) ? to_value(make_bytes(thread, buffer.text())) : text;
  return parse_digits(thread, bytes, base, original);
}

namespace {

Result<Value> int_from_number(Thread& thread, Value x) {
  if (x.is_int() || is_exact<BigInt>(x)) return x;
  const TypeSlots& slots = type_of(thread, x)->slots();
  if (slots.to_int != nullptr) {
    Value result = TRY(slots.to_int(thread, x));
    if (!is_integer(result)) return thread.raise<TypeError>("__int__ returned non-int (type {})", type_name_of(result));
    if (!result.is_int() && !is_exact<BigInt>(result))
      TRY(warn_subclass_returned(thread, intern(thread, "__int__"), "int", result));
    return plain_int(thread, result);
  }
  if (slots.to_index != nullptr) return plain_int(thread, TRY(to_index(thread, x)));
  Optional<Value> trunc = TRY(lookup_special(thread, x, thread.names().__trunc__));
  if (trunc) {
    TRY(warn(thread, thread.runtime().exception_type<DeprecationWarning>(),
             "The delegation of int() to __trunc__ is deprecated."));
    Value result = TRY(call(thread, *trunc));
    if (is_integer(result)) return plain_int(thread, result);
    if (type_of(thread, result)->slots().to_index == nullptr)
      return thread.raise<TypeError>("__trunc__ returned non-Integral (type {})", type_name_of(result));
    return plain_int(thread, TRY(to_index(thread, result)));
  }
  if (is_str(x)) return int_from_text(thread, x, 10);
  if (has_buffer(thread, x)) return int_from_text(thread, x, 10);
  return thread.raise<TypeError>("int() argument must be a string, a bytes-like object or a real number, not '{}'",
                                 type_name_of(x));
}

Result<Value> construct(Thread& thread, Optional<Value> x, Optional<Value> base) {
  if (!x) {
    if (base) return thread.raise<TypeError>("int() missing string argument");
    return Value::from_int(0);
  }
  if (!base) return int_from_number(thread, *x);
  int64_t number = TRY(to_index_clipped(thread, *base));
  if (number != 0 && (number < 2 || number > 36))
    return thread.raise<ValueError>("int() base must be >= 2 and <= 36, or 0");
  if (!is_str(*x) && !is<Bytes>(*x) && !is<ByteArray>(*x))
    return thread.raise<TypeError>("int() can't convert non-string with explicit base");
  return int_from_text(thread, *x, number);
}
constexpr NativeMethod kConstruct = function<construct>("int(x=<unrepresentable>, /, base=<unrepresentable>)");

Result<Value> int_bit_length(Thread& thread, Value self) {
  return make_unsigned(thread.heap(), limbs::bit_length(IntView(self).magnitude()));
}
Result<Value> int_bit_count(Thread& thread, Value self) {
  return make_unsigned(thread.heap(), limbs::bit_count(IntView(self).magnitude()));
}
Result<Value> int_conjugate(Thread& thread, Value self) { return plain_int(thread, self); }

Result<limbs::Endian> endian_of(Thread& thread, const char* method, Value order) {
  Str* text = try_str(thread, order);
  if (text == nullptr)
    return thread.raise<TypeError>("{}() argument 'byteorder' must be str, not {}", method,
                                   order.is_none() ? TextArgument("None") : TextArgument(type_name_of(order)));
  if (text->equals("little")) return limbs::Endian::Little;
  if (text->equals("big")) return limbs::Endian::Big;
  return thread.raise<ValueError>("byteorder must be either 'little' or 'big'");
}

Result<Value> int_to_bytes(Thread& thread, Value self, Value length, Optional<Value> order, bool is_signed) {
  limbs::Endian endian = order ? TRY(endian_of(thread, "to_bytes", *order)) : limbs::Endian::Big;
  int64_t count = TRY(to_index_int64(thread, length));
  if (count < 0) return thread.raise<ValueError>("length argument must be non-negative");
  Bytes* bytes = TRY(try_make_bytes(thread, nullptr, count));
  switch (limbs::to_bytes({bytes->data(), static_cast<size_t>(count)}, IntView(self), endian, is_signed)) {
    case limbs::BytesStatus::Ok:
      return to_value(bytes);
    case limbs::BytesStatus::TooBig:
      return thread.raise<OverflowError>("int too big to convert");
    case limbs::BytesStatus::NegativeToUnsigned:
      return thread.raise<OverflowError>("can't convert negative int to unsigned");
  }
  __builtin_unreachable();
}

Result<Value> int_from_bytes(Thread& thread, Type* type, Value data, Optional<Value> order, bool is_signed) {
  limbs::Endian endian = order ? TRY(endian_of(thread, "from_bytes", *order)) : limbs::Endian::Big;
  Value bytes = data;
  if (is_integer(data) || is_str(data))
    return thread.raise<TypeError>("cannot convert '{}' object to bytes", type_name_of(data));
  if (!is<Bytes>(data)) bytes = TRY(call(thread, to_value(thread.runtime().type(Kind::Bytes)), data));
  auto* source = cast<Bytes>(bytes);
  LimbBuffer out(static_cast<size_t>(source->length()) / 8 + 1);
  Value result =
      TRY(make_integer(thread, out.data(), limbs::from_bytes(out.data(), source->span(), endian, is_signed)));
  if (type == thread.runtime().type(Kind::Int)) return result;
  return call(thread, to_value(type), result);
}

Result<Value> int_as_integer_ratio(Thread& thread, Value self) {
  return to_value(Tuple::of(thread.heap(), TRY(plain_int(thread, self)), Value::from_int(1)));
}

/// round(self, digits): to a multiple of 10 ** -digits, ties to even.
Result<Value> int_round(Thread& thread, Value self, Optional<Value> digits) {
  Value number = TRY(plain_int(thread, self));
  if (!digits) return number;
  Value places = TRY(to_index(thread, *digits));
  if (!IntView(places).negative()) return number;
  Value ten_power = TRY(power(thread, Value::from_int(10), TRY(int_negate(thread, places)), Value::absent()));
  Value quotient, remainder;
  TRY(int_floor_divide(thread, number, ten_power, &quotient, &remainder, ""));
  int order = int_compare(TRY(int_add(thread, remainder, remainder)), ten_power);
  bool odd = !IntView(quotient).magnitude().empty() && (IntView(quotient).magnitude()[0] & 1) != 0;
  if (order > 0 || (order == 0 && odd)) return int_add(thread, TRY(int_subtract(thread, number, remainder)), ten_power);
  return int_subtract(thread, number, remainder);
}

Result<Value> int_format(Thread& thread, Value self, Str* specification) {
  if (specification->length() == 0) return to_value(TRY(str(thread, self)));
  return format_int(thread, self, specification);
}
Result<Value> int_getnewargs(Thread& thread, Value self) {
  return to_value(Tuple::of(thread.heap(), TRY(plain_int(thread, self))));
}
Result<Value> int_sizeof(Thread& thread, Value self) {
  return Value::from_int(self.is_pointer() ? static_cast<int64_t>(thread.heap().size_of(self.as_object())) : 8);
}

Result<Value> zero(Thread&, Value) { return Value::from_int(0); }
Result<Value> one(Thread&, Value) { return Value::from_int(1); }

constexpr NativeMethod kMethods[] = {
    method<int_as_integer_ratio>("as_integer_ratio($self, /)",
                                 "Return integer ratio.\n\n>>> (-7).as_integer_ratio()\n(-7, 1)"),
    method<int_bit_count>("bit_count($self, /)",
                          "Number of ones in the binary representation of the absolute value of self.\n\n"
                          ">>> (-11).bit_count()\n3"),
    method<int_bit_length>("bit_length($self, /)",
                           "Number of bits necessary to represent self in binary.\n\n>>> (1000).bit_length()\n10"),
    method<int_conjugate>("conjugate($self, /)", "Returns self, the complex conjugate of any int."),
    method<int_from_bytes>("from_bytes($type, /, bytes, byteorder='big', *, signed=False)",
                           "Return the integer represented by the given array of bytes."),
    method<int_to_bytes>("to_bytes($self, /, length=1, byteorder='big', *, signed=False)",
                         "Return an array of bytes representing an integer."),
    method<int_conjugate>("__ceil__($self, /)", "Ceiling of an Integral returns itself."),
    method<int_conjugate>("__floor__($self, /)", "Flooring an Integral returns itself."),
    method<int_format>("__format__($self, format_spec, /)", "Default object formatter."),
    method<int_getnewargs>("__getnewargs__($self, /)"),
    method<int_round>("__round__($self, ndigits=<unrepresentable>, /)", "Rounding an Integral returns itself."),
    method<int_sizeof>("__sizeof__($self, /)", "Returns size in memory, in bytes."),
    method<int_conjugate>("__trunc__($self, /)", "Truncating an Integral returns itself."),
};
constexpr NativeAttribute kAttributes[] = {
    attribute<int_conjugate>("real", "the real part of a complex number"),
    attribute<zero>("imag", "the imaginary part of a complex number"),
    attribute<int_conjugate>("numerator", "the numerator of a rational number in lowest terms"),
    attribute<one>("denominator", "the denominator of a rational number in lowest terms"),
};

}  // namespace

constinit const std::span<const NativeMethod> kIntMethods = kMethods;
constinit const std::span<const NativeAttribute> kIntAttributes = kAttributes;

Result<Value> int_new(Thread& thread, Type* type, const Arguments& arguments) {
  if (arguments.count == 1 && arguments.keywords == nullptr && type == thread.runtime().type(Kind::Int)) {
    if (is_exact<Str>(arguments[0])) return int_from_text(thread, arguments[0], 10);
    if (arguments[0].is_int()) return arguments[0];
    if (arguments[0].is_immediate_float() && std::fabs(as_float(arguments[0])) < 1e18)
      return int_from_double(thread, as_float(arguments[0]));
  }
  Value value = TRY(kConstruct.entry(thread, kConstruct, arguments));
  if (type == thread.runtime().type(Kind::Int)) return value;
  IntView x(value);
  size_t size = x.magnitude().size();
  auto* result = make_instance<BigInt>(thread, type, size * sizeof(limbs::Limb));
  result->initialize(static_cast<int64_t>(size), x.negative());
  std::memcpy(result->limbs(), IntView(value).magnitude().data(), size * sizeof(limbs::Limb));
  return to_value(result);
}

Result<Value> bool_new(Thread& thread, Type*, const Arguments& arguments) {
  if (arguments.keyword_count() > 0) return thread.raise<TypeError>("bool() takes no keyword arguments");
  if (arguments.count > 1) return thread.raise<TypeError>("bool expected at most 1 argument, got {}", arguments.count);
  return Value::from_bool(arguments.count == 1 && TRY(is_true(thread, arguments[0])));
}

}  // namespace viperine
