// SPDX-License-Identifier: MIT
// SignedInt: a parameter that is a C int with the error texts of CPython's older argument parser.
#pragma once

#include "runtime/binding.h"

namespace viperine {

struct SignedInt {
  int value;
  operator int() const { return value; }  // NOLINT: reads as a number
};
template <>
struct Converter<SignedInt> {
  static Result<SignedInt> convert(Thread& thread, Value value, const ParameterPlace&) { return of(thread, value); }
  static Result<SignedInt> of(Thread& thread, Value value) {
    Value index = TRY(to_index(thread, value));
    int64_t number;
    if (!int_fits_int64(index, &number))
      return thread.raise<OverflowError>("Python int too large to convert to C long");
    if (number > INT32_MAX) return thread.raise<OverflowError>("signed integer is greater than maximum");
    if (number < INT32_MIN) return thread.raise<OverflowError>("signed integer is less than minimum");
    return SignedInt{static_cast<int>(number)};
  }
};

inline Result<int> to_signed_int(Thread& thread, Value value) {
  return TRY(Converter<SignedInt>::of(thread, value)).value;
}

}  // namespace viperine
