// SPDX-License-Identifier: MIT
// Arithmetic of coefficients in base 10 ** 19 and their conversion to digits and binary limbs.
#include "numeric/decimal/words.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/check.h"
#include "base/wide_integer.h"

namespace viperine::decimal {

namespace {

/// From this many words on, products and quotients are computed in binary.
constexpr size_t kBinaryThreshold = 96;

constexpr Word kPowers[20] = {1u,
                              10u,
                              100u,
                              1000u,
                              10000u,
                              100000u,
                              1000000u,
                              10000000u,
                              100000000u,
                              1000000000u,
                              10000000000u,
                              100000000000u,
                              1000000000000u,
                              10000000000000u,
                              100000000000000u,
                              1000000000000000u,
                              10000000000000000u,
                              100000000000000000u,
                              1000000000000000000u,
                              10000000000000000000u};

int word_digits(Word word) {
  int digits = 0;
  while (digits < 20 && word >= kPowers[digits]) ++digits;
  return digits;
}

/// a * b + c as high * kRadix + low.
Word multiply_add(Word a, Word b, Word c, Word* high) {
  Wide product = multiply_wide(a, b);
  Word low = product.low + c;
  product.high += low < c;
  Word remainder = 0;
  *high = divide_wide(product.high, low, kRadix, &remainder);
  return remainder;
}

/// (high * kRadix + low) / divisor, high < divisor.
Word divide_pair(Word high, Word low, Word divisor, Word* remainder) {
  Wide product = multiply_wide(high, kRadix);
  Word sum = product.low + low;
  product.high += sum < low;
  return divide_wide(product.high, sum, divisor, remainder);
}

/// words = words * factor + addend; returns the carry word.
Word scale(Word* words, size_t size, Word factor, Word addend) {
  for (size_t i = 0; i < size; ++i) words[i] = multiply_add(words[i], factor, addend, &addend);
  return addend;
}

Coefficient divide_by_word(Scratch& scratch, Coefficient a, Word b, Coefficient* remainder) {
  Word* out = scratch.words(a.size);
  Word rest = 0;
  for (size_t i = a.size; i-- > 0;) out[i] = divide_pair(rest, a.words[i], b, &rest);
  *remainder = from_word(scratch, rest);
  return normalised(out, a.size);
}

/// Knuth's algorithm D; a.size >= b.size >= 2.
Coefficient divide_school(Scratch& scratch, Coefficient a, Coefficient b, Coefficient* remainder) {
  size_t n = b.size, m = a.size - n;
  Word* u = scratch.words(a.size + 1);
  Word* v = scratch.words(n);
  std::memcpy(u, a.words, a.size * sizeof(Word));
  std::memcpy(v, b.words, n * sizeof(Word));
  // Normalise so that the divisor's top word is at least half the radix.
  Word factor = kRadix / (b.words[n - 1] + 1);
  u[a.size] = scale(u, a.size, factor, 0);
  CHECK(scale(v, n, factor, 0) == 0);
  Word* q = scratch.words(m + 1);
  for (size_t j = m + 1; j-- > 0;) {
    Word estimate = 0, rest = 0;
    bool rest_fits = true;  // rest < kRadix
    if (u[j + n] >= v[n - 1]) {
      estimate = kRadix - 1;
      // rest = u[j+n] * radix + u[j+n-1] - estimate * v[n-1]; with u[j+n] == v[n-1] that is u[j+n-1] + v[n-1].
      rest = u[j + n - 1] + v[n - 1];
      rest_fits = rest >= v[n - 1] && rest < kRadix;
    } else {
      estimate = divide_pair(u[j + n], u[j + n - 1], v[n - 1], &rest);
    }
    while (rest_fits) {
      // Is estimate * v[n-2] > rest * radix + u[j+n-2]?
      Wide left = multiply_wide(estimate, v[n - 2]);
      Wide right = multiply_wide(rest, kRadix);
      right.low += u[j + n - 2];
      right.high += right.low < u[j + n - 2];
      if (left.high < right.high || (left.high == right.high && left.low <= right.low)) break;
      --estimate;
      Word next = rest + v[n - 1];
      rest_fits = next >= rest && next < kRadix;
      rest = next;
    }
    // Multiply and subtract.
    Word carry = 0, borrow = 0;
    for (size_t i = 0; i < n; ++i) {
      Word product = multiply_add(estimate, v[i], carry, &carry);
      Word subtrahend = product + borrow;  // at most kRadix
      borrow = u[i + j] < subtrahend;
      u[i + j] = borrow ? u[i + j] + (kRadix - subtrahend) : u[i + j] - subtrahend;
    }
    Word subtrahend = carry + borrow;
    bool negative = u[j + n] < subtrahend;
    u[j + n] -= subtrahend;
    if (negative) {
      --estimate;
      Word overflow = 0;
      for (size_t i = 0; i < n; ++i) {
        // Both are below the radix: the sum may pass 2 ** 64, so compare before adding.
        Word addend = v[i] + overflow;
        overflow = addend >= kRadix - u[i + j];
        u[i + j] = overflow ? addend - (kRadix - u[i + j]) : u[i + j] + addend;
      }
      u[j + n] += overflow;
    }
    q[j] = estimate;
  }
  Word rest = 0;
  for (size_t i = n; i-- > 0;) u[i] = divide_pair(rest, u[i], factor, &rest);
  *remainder = normalised(u, n);
  return normalised(q, m + 1);
}

Coefficient divide_binary(Scratch& scratch, Coefficient a, Coefficient b, Coefficient* remainder) {
  limbs::Limbs dividend = to_limbs(scratch, a), divisor = to_limbs(scratch, b);
  size_t quotient_size = dividend.size() > divisor.size() ? dividend.size() - divisor.size() + 1 : 1;
  Word* quotient = scratch.words(quotient_size);
  Word* rest = scratch.words(divisor.size());
  limbs::DivisionSizes sizes = limbs::divide(quotient, rest, dividend, divisor);
  *remainder = from_limbs(scratch, {rest, sizes.remainder});
  return from_limbs(scratch, {quotient, sizes.quotient});
}

/// The 19 digits of a word, with leading zeros.
void write_word(char* out, Word word) {
  for (int i = kWordDigits - 1; i >= 0; --i, word /= 10) out[i] = static_cast<char>('0' + word % 10);
}

Word read_word(const char* digits, size_t count) {
  Word word = 0;
  for (size_t i = 0; i < count; ++i) word = word * 10 + static_cast<Word>(digits[i] - '0');
  return word;
}

}  // namespace

Word power_of_ten(int n) { return kPowers[n]; }

Coefficient normalised(const Word* words, size_t size) {
  while (size > 0 && words[size - 1] == 0) --size;
  return {words, size};
}

Coefficient from_word(Scratch& scratch, uint64_t value) {
  Word* words = scratch.words(2);
  words[0] = value % kRadix;
  words[1] = value / kRadix;
  return normalised(words, 2);
}

int64_t count_digits(Coefficient a) {
  if (a.size == 0) return 0;
  return static_cast<int64_t>(a.size - 1) * kWordDigits + word_digits(a.words[a.size - 1]);
}

int digit_at(Coefficient a, int64_t index) {
  auto word = static_cast<size_t>(index / kWordDigits);
  return word >= a.size ? 0 : static_cast<int>(a.words[word] / kPowers[index % kWordDigits] % 10);
}

int64_t trailing_zeros(Coefficient a) {
  for (size_t i = 0; i < a.size; ++i) {
    if (a.words[i] == 0) continue;
    int zeros = 0;
    for (Word word = a.words[i]; word % 10 == 0; word /= 10) ++zeros;
    return static_cast<int64_t>(i) * kWordDigits + zeros;
  }
  return 0;
}

bool is_power_of_ten(Coefficient a) {
  if (a.size == 0 || trailing_zeros(a) + 1 != count_digits(a)) return false;
  Word top = a.words[a.size - 1];
  return top == kPowers[word_digits(top) - 1];
}

int compare(Coefficient a, Coefficient b) {
  if (a.size != b.size) return a.size < b.size ? -1 : 1;
  for (size_t i = a.size; i-- > 0;) {
    if (a.words[i] != b.words[i]) return a.words[i] < b.words[i] ? -1 : 1;
  }
  return 0;
}

Coefficient add(Scratch& scratch, Coefficient a, Coefficient b) {
  if (a.size < b.size) std::swap(a, b);
  Word* out = scratch.words(a.size + 1);
  bool carry = false;
  for (size_t i = 0; i < a.size; ++i) {
    Word addend = (i < b.size ? b.words[i] : 0) + (carry ? 1 : 0);
    Word room = kRadix - a.words[i];
    carry = addend >= room;
    out[i] = carry ? addend - room : a.words[i] + addend;
  }
  out[a.size] = carry;
  return normalised(out, a.size + 1);
}

Coefficient subtract(Scratch& scratch, Coefficient a, Coefficient b) {
  Word* out = scratch.words(a.size);
  bool borrow = false;
  for (size_t i = 0; i < a.size; ++i) {
    Word subtrahend = (i < b.size ? b.words[i] : 0) + (borrow ? 1 : 0);
    borrow = a.words[i] < subtrahend;
    out[i] = borrow ? a.words[i] + (kRadix - subtrahend) : a.words[i] - subtrahend;
  }
  DCHECK(!borrow);
  return normalised(out, a.size);
}

Coefficient multiply(Scratch& scratch, Coefficient a, Coefficient b) {
  if (a.size < b.size) std::swap(a, b);
  if (b.size == 0) return {};
  if (b.size >= kBinaryThreshold) {
    limbs::Limbs left = to_limbs(scratch, a), right = to_limbs(scratch, b);
    Word* product = scratch.words(left.size() + right.size());
    return from_limbs(scratch, {product, limbs::multiply(product, left, right)});
  }
  Word* out = scratch.words(a.size + b.size);
  std::memset(out, 0, (a.size + b.size) * sizeof(Word));
  for (size_t j = 0; j < b.size; ++j) {
    Word carry = 0;
    for (size_t i = 0; i < a.size; ++i) {
      // a * b + carry + out stays below radix ** 2, hence below 2 ** 128.
      Wide product = multiply_wide(a.words[i], b.words[j]);
      Word sum = product.low + carry;
      product.high += sum < carry;
      Word total = sum + out[i + j];
      product.high += total < sum;
      carry = divide_wide(product.high, total, kRadix, &out[i + j]);
    }
    out[a.size + j] = carry;
  }
  return normalised(out, a.size + b.size);
}

Coefficient divide(Scratch& scratch, Coefficient a, Coefficient b, Coefficient* remainder) {
  DCHECK(b.size != 0);
  if (compare(a, b) < 0) {
    *remainder = a;
    return {};
  }
  if (b.size == 1) return divide_by_word(scratch, a, b.words[0], remainder);
  if (b.size >= kBinaryThreshold && a.size - b.size >= kBinaryThreshold) {
    return divide_binary(scratch, a, b, remainder);
  }
  return divide_school(scratch, a, b, remainder);
}

Coefficient shift_left(Scratch& scratch, Coefficient a, int64_t count) {
  if (a.size == 0 || count == 0) return a;
  auto whole = static_cast<size_t>(count / kWordDigits);
  Word* out = scratch.words(a.size + whole + 1);
  std::memset(out, 0, whole * sizeof(Word));
  std::memcpy(out + whole, a.words, a.size * sizeof(Word));
  out[a.size + whole] = count % kWordDigits == 0 ? 0 : scale(out + whole, a.size, kPowers[count % kWordDigits], 0);
  return normalised(out, a.size + whole + 1);
}

Coefficient shift_right(Scratch& scratch, Coefficient a, int64_t count, Lost* lost) {
  *lost = Lost::Nothing;
  if (a.size == 0 || count <= 0) return a;
  int64_t digits = count_digits(a);
  if (count > digits) {
    *lost = Lost::BelowHalf;
    return {};
  }
  // The digit after the cut, and whether anything follows it.
  int next = digit_at(a, count - 1);
  bool more = trailing_zeros(a) < count - 1;
  if (next == 5) {
    *lost = more ? Lost::AboveHalf : Lost::Half;
  } else if (next != 0 || more) {
    *lost = next > 5 ? Lost::AboveHalf : Lost::BelowHalf;
  }
  auto whole = static_cast<size_t>(count / kWordDigits);
  if (whole >= a.size) return {};
  int part = static_cast<int>(count % kWordDigits);
  if (part == 0) return {a.words + whole, a.size - whole};
  Word* out = scratch.words(a.size - whole);
  for (size_t i = whole; i < a.size; ++i) {
    Word above = i + 1 < a.size ? a.words[i + 1] % kPowers[part] * kPowers[kWordDigits - part] : 0;
    out[i - whole] = a.words[i] / kPowers[part] + above;
  }
  return normalised(out, a.size - whole);
}

Coefficient low_digits(Scratch& scratch, Coefficient a, int64_t count) {
  if (count >= count_digits(a)) return a;
  auto whole = static_cast<size_t>(count / kWordDigits);
  int part = static_cast<int>(count % kWordDigits);
  Word* out = scratch.words(whole + 1);
  std::memcpy(out, a.words, whole * sizeof(Word));
  out[whole] = part == 0 ? 0 : a.words[whole] % kPowers[part];
  return normalised(out, whole + 1);
}

Coefficient unit(Scratch& scratch, int64_t count) {
  auto size = static_cast<size_t>(count / kWordDigits) + 1;
  Word* out = scratch.words(size);
  std::memset(out, 0, size * sizeof(Word));
  out[size - 1] = kPowers[count % kWordDigits];
  return {out, size};
}

Coefficient nines(Scratch& scratch, int64_t count) {
  auto size = static_cast<size_t>(count / kWordDigits) + 1;
  Word* out = scratch.words(size);
  for (size_t i = 0; i + 1 < size; ++i) out[i] = kRadix - 1;
  out[size - 1] = kPowers[count % kWordDigits] - 1;
  return normalised(out, size);
}

Coefficient from_digits(Scratch& scratch, const char* digits, size_t count) {
  size_t size = (count + kWordDigits - 1) / kWordDigits;
  Word* out = scratch.words(size);
  for (size_t i = 0; i < size; ++i) {
    size_t end = count - i * kWordDigits;
    size_t start = end > kWordDigits ? end - kWordDigits : 0;
    out[i] = read_word(digits + start, end - start);
  }
  return normalised(out, size);
}

void to_digits(char* out, Coefficient a) {
  if (a.size == 0) return;
  int top = word_digits(a.words[a.size - 1]);
  char buffer[kWordDigits];
  write_word(buffer, a.words[a.size - 1]);
  std::memcpy(out, buffer + kWordDigits - top, static_cast<size_t>(top));
  out += top;
  for (size_t i = a.size - 1; i-- > 0; out += kWordDigits) write_word(out, a.words[i]);
}

Coefficient from_limbs(Scratch& scratch, limbs::Limbs value) {
  if (value.empty()) return {};
  if (value.size() <= 8) {
    limbs::Limb rest[8];
    std::memcpy(rest, value.data(), value.size_bytes());
    Word* out = scratch.words(9);
    size_t size = value.size(), count = 0;
    while (size > 0) out[count++] = limbs::divide_word(rest, &size, {rest, size}, kRadix);
    return normalised(out, count);
  }
  Arena& arena = scratch.arena();
  auto* text = static_cast<char*>(arena.allocate(limbs::text_size(value, 10)));
  return from_digits(scratch, text, limbs::to_text(text, value, 10, arena));
}

limbs::Limbs to_limbs(Scratch& scratch, Coefficient a) {
  if (a.size == 0) return {};
  Word* out = scratch.words(a.size + 1);
  if (a.size <= 32) {
    size_t size = 0;
    for (size_t i = a.size; i-- > 0;) {
      size = limbs::multiply_word(out, {out, size}, kRadix);
      size = limbs::add(out, {out, size}, limbs::from_word(a.words[i]));
    }
    return {out, size};
  }
  Arena& arena = scratch.arena();
  auto digits = static_cast<size_t>(count_digits(a));
  auto* text = static_cast<char*>(arena.allocate(digits));
  to_digits(text, a);
  auto* words = static_cast<Word*>(arena.allocate(limbs::from_text_size(digits, 10) * sizeof(Word)));
  return {words, limbs::from_text(words, {text, digits}, 10, arena)};
}

}  // namespace viperine::decimal
