// SPDX-License-Identifier: MIT
// Natural numbers as words of 19 decimal digits, least significant first: the coefficients of decimal numbers.
// Small operands are worked on in base 10 ** 19, large ones take a detour through binary limbs. No signs, no exponents.
// Invariant: a Coefficient has no leading zero word; zero has no words. Results live in the Scratch, or are the
// argument.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/arena.h"
#include "numeric/limbs.h"

namespace viperine::decimal {

using Word = uint64_t;
inline constexpr int kWordDigits = 19;
inline constexpr Word kRadix = 10'000'000'000'000'000'000u;

/// 10 ** n for n up to 19.
Word power_of_ten(int n);

/// Memory for the temporaries and results of one operation: a little of it inline, the rest in an arena.
class Scratch {
 public:
  Scratch() = default;
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  /// Not zeroed.
  Word* words(size_t count) {
    if (count <= kInline - used_) {
      Word* result = inline_ + used_;
      used_ += count;
      return result;
    }
    return static_cast<Word*>(arena_.allocate(count * sizeof(Word)));
  }
  Arena& arena() { return arena_; }

 private:
  static constexpr size_t kInline = 160;
  Word inline_[kInline];
  size_t used_ = 0;
  Arena arena_;
};

struct Coefficient {
  const Word* words = nullptr;
  size_t size = 0;

  bool is_zero() const { return size == 0; }
  bool is_odd() const { return size != 0 && (words[0] & 1) != 0; }
};

/// How what was dropped compares with half a unit of the last digit kept.
enum class Lost : uint8_t { Nothing, BelowHalf, Half, AboveHalf };
/// `first` of the dropped digits, when something else that is not zero follows them.
inline Lost with_more(Lost first) {
  return first == Lost::Nothing ? Lost::BelowHalf : first == Lost::Half ? Lost::AboveHalf : first;
}

Coefficient from_word(Scratch& scratch, uint64_t value);
Coefficient normalised(const Word* words, size_t size);

/// Number of decimal digits, 0 for zero.
int64_t count_digits(Coefficient a);
/// Decimal digit number `index`, 0 being the least significant; 0 beyond the top.
int digit_at(Coefficient a, int64_t index);
/// Number of decimal zeros at the end; 0 for zero.
int64_t trailing_zeros(Coefficient a);
bool is_power_of_ten(Coefficient a);
int compare(Coefficient a, Coefficient b);

Coefficient add(Scratch& scratch, Coefficient a, Coefficient b);
/// a >= b.
Coefficient subtract(Scratch& scratch, Coefficient a, Coefficient b);
Coefficient multiply(Scratch& scratch, Coefficient a, Coefficient b);
/// b != 0.
Coefficient divide(Scratch& scratch, Coefficient a, Coefficient b, Coefficient* remainder);
/// a * 10 ** count.
Coefficient shift_left(Scratch& scratch, Coefficient a, int64_t count);
/// a / 10 ** count towards zero.
Coefficient shift_right(Scratch& scratch, Coefficient a, int64_t count, Lost* lost);
/// a mod 10 ** count.
Coefficient low_digits(Scratch& scratch, Coefficient a, int64_t count);
/// 10 ** count.
Coefficient unit(Scratch& scratch, int64_t count);
/// 10 ** count - 1.
Coefficient nines(Scratch& scratch, int64_t count);

/// Decimal text: `digits` characters '0' to '9'.
Coefficient from_digits(Scratch& scratch, const char* digits, size_t count);
/// Writes exactly count_digits(a) characters.
void to_digits(char* out, Coefficient a);

Coefficient from_limbs(Scratch& scratch, limbs::Limbs value);
limbs::Limbs to_limbs(Scratch& scratch, Coefficient a);

}  // namespace viperine::decimal
