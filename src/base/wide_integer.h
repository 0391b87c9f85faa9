// SPDX-License-Identifier: MIT
// 64 x 64 -> 128-bit multiplication, 128 / 64 division and add/subtract with carry, with or without a native 128-bit
// type. No allocation, no state.
#pragma once

#include <cstdint>
#include <type_traits>

namespace viperine {

struct Wide {
  uint64_t low;
  uint64_t high;
};

constexpr Wide multiply_wide(uint64_t a, uint64_t b) {
#ifdef __SIZEOF_INT128__
  auto product = static_cast<unsigned __int128>(a) * b;
  return {static_cast<uint64_t>(product), static_cast<uint64_t>(product >> 64)};
#else
  uint64_t a_low = static_cast<uint32_t>(a), a_high = a >> 32, b_low = static_cast<uint32_t>(b), b_high = b >> 32;
  uint64_t low = a_low * b_low, cross = a_high * b_low + (low >> 32);
  uint64_t middle = a_low * b_high + static_cast<uint32_t>(cross);
  return {(middle << 32) | static_cast<uint32_t>(low), a_high * b_high + (cross >> 32) + (middle >> 32)};
#endif
}

/// (high:low) / divisor; precondition high < divisor.
constexpr uint64_t divide_wide(uint64_t high, uint64_t low, uint64_t divisor, uint64_t* remainder) {
#ifdef __x86_64__
  if (!std::is_constant_evaluated()) {
    // Compilers call a library function for this one instruction.
    uint64_t quotient, rest;
    asm("divq %4" : "=a"(quotient), "=d"(rest) : "0"(low), "1"(high), "r"(divisor) : "cc");
    *remainder = rest;
    return quotient;
  }
#endif
#ifdef __SIZEOF_INT128__
  auto dividend = (static_cast<unsigned __int128>(high) << 64) | low;
  *remainder = static_cast<uint64_t>(dividend % divisor);
  return static_cast<uint64_t>(dividend / divisor);
#else
  uint64_t quotient = 0;
  for (int i = 63; i >= 0; --i) {
    bool carry = (high >> 63) != 0;
    high = (high << 1) | ((low >> i) & 1);
    quotient <<= 1;
    if (carry || high >= divisor) {
      high -= divisor;
      quotient |= 1;
    }
  }
  *remainder = high;
  return quotient;
#endif
}

/// a * b mod divisor, exactly; precondition: a < divisor or b < divisor.
constexpr uint64_t multiply_modulo(uint64_t a, uint64_t b, uint64_t divisor) {
  Wide product = multiply_wide(a, b);
  uint64_t remainder = 0;
  divide_wide(product.high, product.low, divisor, &remainder);
  return remainder;
}

/// a + b + *carry; *carry becomes 0 or 1.
constexpr uint64_t add_carry(uint64_t a, uint64_t b, uint64_t* carry) {
  uint64_t sum = 0, result = 0;
  bool first = __builtin_add_overflow(a, b, &sum);
  bool second = __builtin_add_overflow(sum, *carry, &result);
  *carry = first | second;
  return result;
}

/// a - b - *borrow; *borrow becomes 0 or 1.
constexpr uint64_t subtract_borrow(uint64_t a, uint64_t b, uint64_t* borrow) {
  uint64_t difference = 0, result = 0;
  bool first = __builtin_sub_overflow(a, b, &difference);
  bool second = __builtin_sub_overflow(difference, *borrow, &result);
  *borrow = first | second;
  return result;
}

}  // namespace viperine
