// SPDX-License-Identifier: MIT
// The digits of an int in a base, for % and format. Limits on decimal digits (sys.set_int_max_str_digits) are checked
// here.
#pragma once

#include <charconv>

#include "base/arena.h"
#include "numeric/limbs.h"
#include "runtime/operators.h"

namespace viperine {

struct IntegerDigits {
  std::string_view digits;   // lower case, no sign, no prefix
  bool negative = false;
};

/// Keeps the digits of one integer.
class IntegerText {
 public:
  explicit IntegerText(Thread& thread) : thread_(thread) {}
  /// Precondition: is_integer(value).
  Result<IntegerDigits> write(Value value, int base) {
    int64_t number;
    if (int_fits_int64(value, &number)) {
      auto magnitude = number < 0 ? uint64_t{0} - static_cast<uint64_t>(number) : static_cast<uint64_t>(number);
      auto end = std::to_chars(small_, small_ + sizeof small_, magnitude, base);
      return IntegerDigits{{small_, static_cast<size_t>(end.ptr - small_)}, number < 0};
    }
    auto* big = cast<BigInt>(value);
    int64_t limit = thread_.runtime().options().int_max_str_digits;
    size_t size = limbs::text_size(big->magnitude(), base);
    bool is_limited = base == 10 && limit > 0;
    // A number far beyond the limit is refused before the work of converting it.
    if (is_limited && size > static_cast<size_t>(limit) * 2 + 64) return raise_limit(limit);
    char* out = static_cast<char*>(arena_.allocate(size + 1));
    size_t count = limbs::to_text(out, big->magnitude(), base, arena_);
    if (is_limited && count > static_cast<size_t>(limit)) return raise_limit(limit);
    return IntegerDigits{{out, count}, big->is_negative()};
  }

 private:
  Raised raise_limit(int64_t limit) {
    return thread_.raise<ValueError>(
        "Exceeds the limit ({} digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the "
        "limit",
        limit);
  }
  Thread& thread_;
  Arena arena_;
  char small_[72];
};

}  // namespace viperine
