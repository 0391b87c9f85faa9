// SPDX-License-Identifier: MIT
// What the files of the decimal engine share beyond decimal.h.
#pragma once

#include "numeric/decimal/decimal.h"

namespace viperine::decimal {

/// Numbers with more digits than this are refused with kMallocError before the memory is asked for.
inline constexpr int64_t kMaximumWorkDigits = 1'000'000'000;

/// Whether so many digits may be worked on; else sets kMallocError.
bool fits_memory(Context& context, int64_t digits);

bool rounds_up(Rounding rounding, bool negative, Coefficient kept, Lost lost);

/// a / 10 ** count rounded to an integer. *lost: what follows a's last digit; afterwards, what was dropped in all.
Coefficient round_off(Scratch& scratch, Coefficient a, int64_t count, Rounding rounding, bool negative, Lost* lost);

/// For precisions beyond memory: `operation` with this precision, which holds every exact result; kMallocError when
/// the result is not exact.
template <typename F>
Decimal exactly_or_too_large(Context& context, int64_t precision, F operation) {
  Context work = context.fresh();
  work.precision = precision;
  Decimal result = operation(work);
  if ((work.status & (kInexact | kMallocError)) != 0) {
    context.status |= kMallocError;
    return make_nan();
  }
  context.status |= work.status;
  return result;
}

/// The value of an integer with a zero exponent after scaling, when its magnitude is at most `limit`.
bool small_integer(const Decimal& a, int64_t limit, int64_t* out);

}  // namespace viperine::decimal
