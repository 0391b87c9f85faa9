// SPDX-License-Identifier: MIT
// Decimal floating-point arithmetic after the General Decimal Arithmetic specification, as `_decimal` needs it.
// Pure functions: operands are views, results live in the context's Scratch; conditions are gathered in context.status.
// Traps, Python objects and error texts are the module's business. Digits and exponents are 64-bit on every machine.
// Invariant: a finite number's coefficient is normalised; an infinity has none; a NaN's is its payload.
#pragma once

#include <cstdint>
#include <string_view>

#include "numeric/decimal/words.h"

namespace viperine::decimal {

inline constexpr int64_t kMaximumPrecision = 999'999'999'999'999'999;
inline constexpr int64_t kMaximumExponent = 999'999'999'999'999'999;
inline constexpr int64_t kMinimumExponent = -999'999'999'999'999'999;
inline constexpr int64_t kMinimumTinyExponent = -1'999'999'999'999'999'997;

/// Conditions, with the values that _decimal shows as context._flags.
enum Condition : uint32_t {
  kClamped = 0x1,
  kConversionSyntax = 0x2,
  kDivisionByZero = 0x4,
  kDivisionImpossible = 0x8,
  kDivisionUndefined = 0x10,
  kFpuError = 0x20,
  kInexact = 0x40,
  kInvalidContext = 0x80,
  kInvalidOperation = 0x100,
  kMallocError = 0x200,  // the result would not fit in memory: MemoryError
  kNotImplemented = 0x400,
  kOverflow = 0x800,
  kRounded = 0x1000,
  kSubnormal = 0x2000,
  kUnderflow = 0x4000,
  kFloatOperation = 0x8000,
};
/// All the conditions that signal InvalidOperation.
inline constexpr uint32_t kInvalidOperations = kConversionSyntax | kDivisionImpossible | kDivisionUndefined |
                                               kFpuError | kInvalidContext | kInvalidOperation | kMallocError;

/// In the order of decimal.ROUND_* in _decimal.
enum class Rounding : uint8_t { Up, Down, Ceiling, Floor, HalfUp, HalfDown, HalfEven, ZeroFiveUp, Truncate };

enum class Kind : uint8_t { Finite, Infinity, QuietNan, SignalingNan };

struct Decimal {
  Coefficient coefficient;
  int64_t exponent = 0;
  bool negative = false;
  Kind kind = Kind::Finite;

  bool is_finite() const { return kind == Kind::Finite; }
  bool is_infinite() const { return kind == Kind::Infinity; }
  bool is_nan() const { return kind >= Kind::QuietNan; }
  bool is_special() const { return kind != Kind::Finite; }
  bool is_zero() const { return kind == Kind::Finite && coefficient.is_zero(); }
  /// Of a finite number: at least 1.
  int64_t digits() const { return coefficient.is_zero() ? 1 : count_digits(coefficient); }
  /// The exponent of the first digit of a finite number.
  int64_t adjusted() const { return exponent + digits() - 1; }
};

struct Context {
  explicit Context(Scratch& memory) : scratch(memory) {}

  Scratch& scratch;
  int64_t precision = 28;
  int64_t maximum_exponent = 999'999;
  int64_t minimum_exponent = -999'999;
  Rounding rounding = Rounding::HalfEven;
  bool clamp = false;
  uint32_t status = 0;

  int64_t tiny_exponent() const { return minimum_exponent - (precision - 1); }
  int64_t top_exponent() const { return maximum_exponent - (precision - 1); }
  /// The widest context, for exact conversions: the same memory, no conditions yet.
  Context widest() const;
  /// The same settings and memory, no conditions yet.
  Context fresh() const;
};

// Making numbers ---------------------------------------------------------------------------------------------------

Decimal make_nan();
Decimal make_infinity(bool negative);
Decimal make_zero(bool negative, int64_t exponent = 0);
Decimal make_integer(Scratch& scratch, int64_t value);
/// Rounds an exact number to the context; `lost` says what follows its last digit already.
Decimal finish(Context& context, Decimal number, Lost lost = Lost::Nothing);
/// NaN and kInvalidOperation (or another condition).
Decimal invalid(Context& context, uint32_t condition = kInvalidOperation);
/// When a or b is a NaN: the NaN that the operation yields.
bool propagate_nan(Context& context, const Decimal& a, Decimal* out);
bool propagate_nan(Context& context, const Decimal& a, const Decimal& b, Decimal* out);

// Text and other types (text.cpp, format.cpp, convert.cpp) ----------------------------------------------------------

/// ASCII text without surrounding space and without underscores, rounded to the context.
Decimal from_text(Context& context, std::string_view text);
/// The same without rounding: kInvalidOperation when the number is beyond the limits.
Decimal from_text_exact(Context& context, std::string_view text);
/// Room for to_text; the sign, digits, point and exponent.
size_t text_size(const Decimal& a);
size_t to_text(char* out, const Decimal& a, bool engineering, bool capitals);

/// An int, rounded to the context, or exactly (kInvalidOperation when beyond the limits).
Decimal from_integer(Context& context, limbs::Signed value);
Decimal from_integer_exact(Context& context, limbs::Signed value);
/// A finite double, an infinity or NaN, exactly.
Decimal from_double_exact(Context& context, double value);
/// sign, digits and exponent of Decimal(tuple): `digits` are 0 to 9 as characters.
Decimal from_parts(Context& context, bool negative, std::string_view digits, int64_t exponent, Kind kind);
/// The integer part of a finite number towards zero. False when it would not fit in memory.
bool to_integer(Scratch& scratch, const Decimal& a, limbs::Signed* out);
/// as_integer_ratio() of a finite number. False when it would not fit in memory.
bool to_ratio(Scratch& scratch, const Decimal& a, limbs::Signed* numerator, limbs::Limbs* denominator);
/// hash() of anything but a NaN.
int64_t hash(const Decimal& a);

/// What format(decimal, ...) asks for. The strings are UTF-8.
struct FormatSpec {
  int64_t minimum_width = 0;
  int64_t precision = -1;  // -1: none given
  char type = 'g';         // e E f F g G n %; "none given" is g with a precision of -1
  char align = '>';        // < > = ^ and z: zeros after the sign
  char sign = '-';         // - + or space
  bool no_negative_zero = false;
  std::string_view fill = " ";
  std::string_view point = ".";
  std::string_view separator = "";
  std::string_view grouping = "";  // as in lconv, "\3" for thousands
};
/// Parses a format specifier; false when it is not valid. With type n the caller fills in the locale's strings.
bool parse_format_spec(std::string_view text, bool capitals, FormatSpec* out);
/// The formatted text in the context's scratch; empty data with kInvalidOperation or kMallocError in the status.
std::string_view format(Context& context, const Decimal& a, const FormatSpec& spec);

// Arithmetic (arithmetic.cpp) --------------------------------------------------------------------------------------

Decimal plus(Context& context, const Decimal& a);
Decimal minus(Context& context, const Decimal& a);
Decimal absolute(Context& context, const Decimal& a);
Decimal add(Context& context, const Decimal& a, const Decimal& b);
Decimal subtract(Context& context, const Decimal& a, const Decimal& b);
Decimal multiply(Context& context, const Decimal& a, const Decimal& b);
Decimal divide(Context& context, const Decimal& a, const Decimal& b);
Decimal divide_integer(Context& context, const Decimal& a, const Decimal& b);
Decimal remainder(Context& context, const Decimal& a, const Decimal& b);
/// divmod(): both at once, truncating.
Decimal divide_remainder(Context& context, const Decimal& a, const Decimal& b, Decimal* remainder);
Decimal remainder_near(Context& context, const Decimal& a, const Decimal& b);
/// a * b + c with one rounding.
Decimal fused_multiply_add(Context& context, const Decimal& a, const Decimal& b, const Decimal& c);

// Comparison (compare.cpp) -----------------------------------------------------------------------------------------

/// -1, 0 or 1 of numbers that are not NaNs.
int compare_numbers(const Decimal& a, const Decimal& b);
Decimal compare(Context& context, const Decimal& a, const Decimal& b);
Decimal compare_signal(Context& context, const Decimal& a, const Decimal& b);
int compare_total(const Decimal& a, const Decimal& b);
int compare_total_magnitude(const Decimal& a, const Decimal& b);
Decimal maximum(Context& context, const Decimal& a, const Decimal& b);
Decimal minimum(Context& context, const Decimal& a, const Decimal& b);
Decimal maximum_magnitude(Context& context, const Decimal& a, const Decimal& b);
Decimal minimum_magnitude(Context& context, const Decimal& a, const Decimal& b);
Decimal next_minus(Context& context, const Decimal& a);
Decimal next_plus(Context& context, const Decimal& a);
Decimal next_toward(Context& context, const Decimal& a, const Decimal& b);
bool same_quantum(const Decimal& a, const Decimal& b);
bool is_normal(const Context& context, const Decimal& a);
bool is_subnormal(const Context& context, const Decimal& a);
/// "sNaN", "-Infinity", "+Normal", ...
const char* number_class(const Context& context, const Decimal& a);
bool is_integer(const Decimal& a);

// Digits (digits.cpp) ----------------------------------------------------------------------------------------------

Decimal quantize(Context& context, const Decimal& a, const Decimal& b);
/// The older operation that takes the exponent as a number.
Decimal rescale(Context& context, const Decimal& a, int64_t exponent);
Decimal to_integral_value(Context& context, const Decimal& a);
Decimal to_integral_exact(Context& context, const Decimal& a);
/// normalize(): without trailing zeros.
Decimal reduce(Context& context, const Decimal& a);
Decimal logb(Context& context, const Decimal& a);
Decimal scaleb(Context& context, const Decimal& a, const Decimal& b);
Decimal shift(Context& context, const Decimal& a, const Decimal& b);
Decimal rotate(Context& context, const Decimal& a, const Decimal& b);
Decimal logical_and(Context& context, const Decimal& a, const Decimal& b);
Decimal logical_or(Context& context, const Decimal& a, const Decimal& b);
Decimal logical_xor(Context& context, const Decimal& a, const Decimal& b);
Decimal logical_invert(Context& context, const Decimal& a);

// Functions (functions.cpp, power.cpp) -----------------------------------------------------------------------------

Decimal square_root(Context& context, const Decimal& a);
Decimal exp(Context& context, const Decimal& a);
Decimal ln(Context& context, const Decimal& a);
Decimal log10(Context& context, const Decimal& a);
Decimal power(Context& context, const Decimal& a, const Decimal& b);
/// pow(a, b, modulus).
Decimal power_modulo(Context& context, const Decimal& a, const Decimal& b, const Decimal& modulus);

}  // namespace viperine::decimal
