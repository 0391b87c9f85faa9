// SPDX-License-Identifier: MIT
// Exponential and logarithm in binary fixed point: halving (or rooting) the argument, a power series, and squaring
// back.
#include "numeric/decimal/fixed_point.h"

#include <algorithm>
#include <cmath>

#include "numeric/decimal/internal.h"

namespace viperine::decimal::fixed {

namespace {

mp_bitcnt_t count(int64_t bits) { return static_cast<mp_bitcnt_t>(bits); }

void set_coefficient(mpz_ptr out, Scratch& scratch, Coefficient a) {
  mpz_set(out, limbs::backend::View(to_limbs(scratch, a)));
}

/// out = x * y / 2 ** bits.
void multiply(mpz_ptr out, mpz_srcptr x, mpz_srcptr y, int64_t bits) {
  mpz_mul(out, x, y);
  mpz_fdiv_q_2exp(out, out, count(bits));
}

/// sum += weight * atanh(1 / n).
void add_inverse_atanh(mpz_ptr sum, unsigned n, unsigned weight, int64_t bits) {
  Big term, part;
  mpz_set_ui(term, weight);
  mpz_mul_2exp(term, term, count(bits));
  mpz_tdiv_q_ui(term, term, n);
  for (unsigned long i = 1; mpz_sgn(static_cast<mpz_ptr>(term)) != 0; i += 2) {
    mpz_tdiv_q_ui(part, term, i);
    mpz_add(sum, sum, part);
    mpz_tdiv_q_ui(term, term, static_cast<unsigned long>(n) * n);
  }
}

/// e ** x for |x| < 2.
void small_exponential(mpz_ptr out, mpz_srcptr x, int64_t bits) {
  auto halvings = static_cast<int64_t>(std::sqrt(static_cast<double>(bits)) * 0.8) + 2;
  int64_t work = bits + halvings + 32;
  Big y, term, sum;
  mpz_mul_2exp(y, x, count(work - bits));
  mpz_fdiv_q_2exp(y, y, count(halvings));
  mpz_set_ui(sum, 1);
  mpz_mul_2exp(sum, sum, count(work));
  mpz_set(term, sum);
  for (unsigned long n = 1;; ++n) {
    multiply(term, term, y, work);
    mpz_tdiv_q_ui(term, term, n);
    if (mpz_sgn(static_cast<mpz_ptr>(term)) == 0 || mpz_cmpabs_ui(static_cast<mpz_ptr>(term), 1) == 0) break;
    mpz_add(sum, sum, term);
  }
  for (int64_t i = 0; i < halvings; ++i) multiply(sum, sum, sum, work);
  mpz_fdiv_q_2exp(out, sum, count(work - bits));
}

/// ln(m) for 0.3 < m < 3.3.
void small_logarithm(mpz_ptr out, mpz_srcptr m, int64_t bits) {
  Big one, difference;
  mpz_set_ui(one, 1);
  mpz_mul_2exp(one, one, count(bits));
  mpz_sub(difference, m, one);
  // Each square root halves the logarithm; none are needed when m is very near 1.
  int64_t zero_bits = bits - static_cast<int64_t>(mpz_sizeinbase(static_cast<mpz_ptr>(difference), 2));
  auto wanted = static_cast<int64_t>(std::sqrt(static_cast<double>(bits)) * 0.6);
  int64_t roots = std::max<int64_t>(wanted - zero_bits, 0);
  int64_t work = bits + roots + 32;
  Big x, z, square, term, part, sum;
  mpz_mul_2exp(x, m, count(work - bits));
  mpz_mul_2exp(one, one, count(work - bits));
  for (int64_t i = 0; i < roots; ++i) {
    mpz_mul_2exp(x, x, count(work));
    mpz_sqrt(x, x);
  }
  // ln x = 2 atanh((x - 1) / (x + 1)).
  mpz_sub(z, x, one);
  mpz_mul_2exp(z, z, count(work));
  mpz_add(part, x, one);
  mpz_tdiv_q(z, z, part);
  multiply(square, z, z, work);
  mpz_set(term, z);
  mpz_set(sum, z);
  for (unsigned long i = 3;; i += 2) {
    multiply(term, term, square, work);
    mpz_tdiv_q_ui(part, term, i);
    if (mpz_sgn(static_cast<mpz_ptr>(part)) == 0 || mpz_cmpabs_ui(static_cast<mpz_ptr>(part), 1) == 0) break;
    mpz_add(sum, sum, part);
  }
  mpz_mul_2exp(sum, sum, count(roots + 1));
  mpz_fdiv_q_2exp(out, sum, count(work - bits));
}

void set_power_of_ten(mpz_ptr out, int64_t exponent) { mpz_ui_pow_ui(out, 10, static_cast<unsigned long>(exponent)); }

}  // namespace

void from_decimal(mpz_ptr out, Scratch& scratch, const Decimal& a, int64_t bits) {
  if (a.adjusted() < -(bits / 3) - 2) {
    mpz_set_ui(out, 0);
    return;
  }
  Big power;
  set_coefficient(out, scratch, a.coefficient);
  mpz_mul_2exp(out, out, count(bits));
  set_power_of_ten(power, a.exponent < 0 ? -a.exponent : a.exponent);
  if (a.exponent < 0) {
    mpz_tdiv_q(out, out, power);
  } else {
    mpz_mul(out, out, power);
  }
  if (a.negative) mpz_neg(out, out);
}

Coefficient to_coefficient(Scratch& scratch, mpz_srcptr value, int64_t bits, int64_t places) {
  Big scaled;
  set_power_of_ten(scaled, places);
  mpz_mul(scaled, scaled, value);
  mpz_tdiv_q_2exp(scaled, scaled, count(bits));
  Word* limbs = scratch.words((mpz_sizeinbase(static_cast<mpz_ptr>(scaled), 2) + 63) / 64 + 1);
  return from_limbs(scratch, {limbs, scaled.copy_to(limbs)});
}

void ln_10(mpz_ptr out, int64_t bits) {
  // 10 = 2 * 5, with ln 2 and ln 5 as sums of atanh(1/31), atanh(1/49) and atanh(1/161).
  int64_t work = bits + 32;
  mpz_set_ui(out, 0);
  add_inverse_atanh(out, 31, 46, work);
  add_inverse_atanh(out, 49, 34, work);
  add_inverse_atanh(out, 161, 20, work);
  mpz_fdiv_q_2exp(out, out, 32);
}

Coefficient exponential(Scratch& scratch, mpz_srcptr x, int64_t bits, int64_t digits, int64_t* exponent) {
  // x = k ln 10 + rest, so e ** x = 10 ** k * e ** rest.
  Big ln10, k, rest, power;
  ln_10(ln10, bits);
  mpz_mul_2exp(k, x, 1);
  mpz_add(k, k, ln10);
  mpz_mul_2exp(rest, ln10, 1);
  mpz_fdiv_q(k, k, rest);
  mpz_mul(rest, k, ln10);
  mpz_sub(rest, x, rest);
  small_exponential(power, rest, bits);
  *exponent = static_cast<int64_t>(mpz_get_d(static_cast<mpz_ptr>(k)));
  // A double may not hold k exactly: rebuild it from its limbs.
  Word limb[4] = {};
  bool negative = mpz_sgn(static_cast<mpz_ptr>(k)) < 0;
  if (k.copy_to(limb) <= 1) *exponent = negative ? -static_cast<int64_t>(limb[0]) : static_cast<int64_t>(limb[0]);
  *exponent -= digits;
  return to_coefficient(scratch, power, bits, digits);
}

int64_t logarithm(mpz_ptr out, Context& context, const Decimal& a, int64_t digits, int64_t* bits) {
  // a = m * 10 ** k with m between 0.3 and 3.2.
  int64_t length = a.digits(), k = a.adjusted();
  int first = digit_at(a.coefficient, length - 1);
  int64_t places = length - 1;
  if (first >= 3) {
    ++k;
    ++places;
  }
  int64_t zeros = 0;
  if (k == 0) {
    Context exact = context.widest();
    exact.precision = length + 2;
    Decimal distance = subtract(exact, a, make_integer(context.scratch, 1));
    zeros = std::max<int64_t>(-distance.adjusted(), 0);
  }
  *bits = static_cast<int64_t>(static_cast<double>(digits + zeros) * 3.3219280948873627) + 140;
  Big m, power, shift;
  set_coefficient(m, context.scratch, a.coefficient);
  mpz_mul_2exp(m, m, count(*bits));
  set_power_of_ten(power, places);
  mpz_tdiv_q(m, m, power);
  small_logarithm(out, m, *bits);
  if (k != 0) {
    ln_10(shift, *bits);
    Word magnitude = static_cast<Word>(k < 0 ? -k : k);
    mpz_mul(shift, shift, limbs::backend::View(limbs::from_word(magnitude)));
    if (k < 0) {
      mpz_sub(out, out, shift);
    } else {
      mpz_add(out, out, shift);
    }
  }
  return zeros;
}

}  // namespace viperine::decimal::fixed
