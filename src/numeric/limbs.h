// SPDX-License-Identifier: MIT
// Arithmetic on magnitudes: spans of 64-bit limbs, least significant first. The back end (GMP's mpn layer) is known to
// limbs*.cpp only; text, bytes and doubles are in limbs_text.cpp and limbs_double.cpp. No Python objects, no heap.
// Invariants: inputs are normalised (no leading zero limb; zero is the empty span) and a zero is never negative;
// results are normalised, and the returned size may be smaller than the documented size of the output buffer. Outputs
// do not overlap inputs unless the comment says so. Temporary memory comes from the Arena that the caller passes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/arena.h"

namespace viperine::limbs {

using Limb = uint64_t;
using Limbs = std::span<const Limb>;

/// A signed number in sign-magnitude form.
struct Signed {
  Limbs magnitude;
  bool negative = false;
};

/// What a signed operation wrote: `size` limbs in the output buffer.
struct SignedSize {
  size_t size;
  bool negative;
};

struct DivisionSizes {
  size_t quotient;
  size_t remainder;
};

struct SignedDivisionSizes {
  SignedSize quotient;
  SignedSize remainder;
};

enum class Endian { Little, Big };
enum class BytesStatus { Ok, TooBig, NegativeToUnsigned };
enum class DoubleStatus { Ok, Overflow, ZeroDivision };

/// The number of limbs of data[0..size) without leading zero limbs.
inline size_t normalised_size(const Limb* data, size_t size) {
  while (size > 0 && data[size - 1] == 0) --size;
  return size;
}

/// One machine word as a magnitude: `storage` must outlive the result.
inline Limbs from_word(const Limb& storage) { return {&storage, storage != 0 ? size_t{1} : size_t{0}}; }

// Comparison -------------------------------------------------------------------------------------------------------

/// -1, 0 or 1.
int compare(Limbs a, Limbs b);
int compare_signed(Signed a, Signed b);

// Addition and subtraction -----------------------------------------------------------------------------------------

/// out: max(a, b) + 1 limbs; out may be a's or b's data.
size_t add(Limb* out, Limbs a, Limbs b);
/// a - b with a >= b. out: a.size() limbs; out may be a's or b's data.
size_t subtract(Limb* out, Limbs a, Limbs b);
/// out: max(a, b) + 1 limbs; out may be a's or b's data.
SignedSize add_signed(Limb* out, Signed a, Signed b);
SignedSize subtract_signed(Limb* out, Signed a, Signed b);

// Multiplication and division --------------------------------------------------------------------------------------

/// out: a.size() + b.size() limbs.
size_t multiply(Limb* out, Limbs a, Limbs b);
/// out: a.size() + 1 limbs; out may be a's data.
size_t multiply_word(Limb* out, Limbs a, Limb b);
/// Truncating division, b != 0. quotient: max(a - b, 0) + 1 limbs; remainder: b.size() limbs, and it
/// may be a's data.
DivisionSizes divide(Limb* quotient, Limb* remainder, Limbs a, Limbs b);
/// Quotient to out (a.size() limbs; may be a's data), remainder returned; *size receives the quotient's size.
Limb divide_word(Limb* out, size_t* size, Limbs a, Limb b);
Limb modulo_word(Limbs a, Limb b);
/// Python's // and %: the remainder has the divisor's sign. quotient: max(a - b, 0) + 2 limbs, remainder: b.size() + 1
/// limbs.
SignedDivisionSizes floor_divide(Limb* quotient, Limb* remainder, Signed a, Signed b);

// Bits -------------------------------------------------------------------------------------------------------------

uint64_t bit_length(Limbs a);
uint64_t bit_count(Limbs a);
/// Number of zero bits below the lowest one bit; 0 for zero.
uint64_t trailing_zeros(Limbs a);
bool bit_test(Limbs a, uint64_t index);

/// out: a.size() + count / 64 + 1 limbs; out may be a's data.
size_t shift_left(Limb* out, Limbs a, uint64_t count);
/// Towards zero. out: a.size() limbs; out may be a's data.
size_t shift_right(Limb* out, Limbs a, uint64_t count);
/// Python's >> (towards minus infinity). out: a.size() + 1 limbs.
SignedSize shift_right_signed(Limb* out, Signed a, uint64_t count);

/// Python's & | ^ ~ on the infinite two's-complement view. out: max(a, b) + 1 limbs; out may be a's or b's data.
SignedSize bit_and(Limb* out, Signed a, Signed b);
SignedSize bit_or(Limb* out, Signed a, Signed b);
SignedSize bit_xor(Limb* out, Signed a, Signed b);
SignedSize bit_invert(Limb* out, Signed a);

// Powers and number theory -----------------------------------------------------------------------------------------

/// Limbs that power() may write; SIZE_MAX when that is more than a size_t can say.
size_t power_size(Limbs base, uint64_t exponent);
/// out: power_size() limbs. 0 ** 0 is 1.
size_t power(Limb* out, Limbs base, uint64_t exponent, Arena& scratch);
/// base ** exponent mod modulus, modulus != 0. out: modulus.size() limbs.
size_t power_modulo(Limb* out, Limbs base, Limbs exponent, Limbs modulus);
/// The number in [0, modulus) whose product with a is 1 mod modulus; false when there is none. out: modulus.size()
/// limbs. As in Python, everything has the inverse 0 modulo 1.
bool invert_modulo(Limb* out, size_t* size, Limbs a, Limbs modulus);
/// out: min(a, b) limbs, or the other's size when one is zero: max(a, b) always does.
size_t gcd(Limb* out, Limbs a, Limbs b);
uint64_t gcd_word(uint64_t a, uint64_t b);
/// The floor of the square root. out: (a.size() + 1) / 2 limbs. *exact says whether a is a square (may be null).
size_t square_root(Limb* out, Limbs a, bool* exact);
uint64_t square_root_word(uint64_t a);

// Text (limbs_text.cpp) --------------------------------------------------------------------------------------------

/// Upper bound of the digits of a in the base (2..36), the buffer size that to_text needs.
size_t text_size(Limbs a, int base);
/// Writes lower-case digits, no sign, no prefix, "0" for zero; returns their number.
size_t to_text(char* out, Limbs a, int base, Arena& scratch);
/// Limbs that from_text may write for so many digits.
size_t from_text_size(size_t digits, int base);
/// All characters must be digits of the base (either case); see digit_value.
size_t from_text(Limb* out, std::string_view digits, int base, Arena& scratch);
/// 0..35, or 37 for anything that is no ASCII digit or letter.
unsigned digit_value(char character);

// Bytes ------------------------------------------------------------------------------------------------------------

/// int.to_bytes into all of `out`.
BytesStatus to_bytes(std::span<uint8_t> out, Signed a, Endian endian, bool is_signed);
/// int.from_bytes. out: bytes.size() / 8 + 1 limbs.
SignedSize from_bytes(Limb* out, std::span<const uint8_t> bytes, Endian endian, bool is_signed);

// Doubles and hash (limbs_double.cpp) ------------------------------------------------------------------------------

/// Nearest double, ties to even; infinity and *overflow = true when it is too large.
double to_double(Limbs a, bool* overflow);
/// a = result * 2 ** *exponent with 0.5 <= result < 1, rounded to 53 bits; 0 and exponent 0 for zero. Never overflows.
double to_double_scaled(Limbs a, int64_t* exponent);
/// int(value) of a finite double. out: kDoubleLimbs limbs.
inline constexpr size_t kDoubleLimbs = 17;
SignedSize from_double(Limb* out, double value);
/// a / b correctly rounded.
double true_divide(Signed a, Signed b, DoubleStatus* status, Arena& scratch);
/// -1, 0, 1 as a is less than, equal to, greater than the (not NaN) double.
int compare_double(Signed a, double value);
/// The magnitude modulo 2**61 - 1.
uint64_t hash_magnitude(Limbs a);
/// Python's hash(int).
int64_t hash_signed(Signed a);

}  // namespace viperine::limbs
