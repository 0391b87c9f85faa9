// SPDX-License-Identifier: MIT
// MT19937 (Matsumoto and Nishimura): seeding by word and by array, tempering, 53-bit doubles.
#include "numeric/mersenne_twister.h"

#include <bit>

#include "base/check.h"

namespace viperine {

namespace {

constexpr int kShift = 397;

uint32_t twist(uint32_t upper, uint32_t lower) {
  uint32_t mixed = (upper & 0x80000000u) | (lower & 0x7FFFFFFFu);
  return (mixed >> 1) ^ ((lower & 1) != 0 ? 0x9908B0DFu : 0);
}

}  // namespace

void MersenneTwister::seed_word(uint32_t seed) {
  state_[0] = seed;
  for (int i = 1; i < kSize; ++i) {
    state_[i] = 1812433253u * (state_[i - 1] ^ (state_[i - 1] >> 30)) + static_cast<uint32_t>(i);
  }
  index_ = kSize;
}

void MersenneTwister::seed_by_array(std::span<const uint32_t> key) {
  seed_word(19650218u);
  int i = 1;
  size_t j = 0;
  auto previous_mixed = [&] { return state_[i - 1] ^ (state_[i - 1] >> 30); };
  auto advance = [&] {
    if (++i >= kSize) {
      state_[0] = state_[kSize - 1];
      i = 1;
    }
  };
  size_t rounds = key.size() > static_cast<size_t>(kSize) ? key.size() : static_cast<size_t>(kSize);
  for (size_t k = 0; k < rounds; ++k) {
    state_[i] = (state_[i] ^ (previous_mixed() * 1664525u)) + key[j] + static_cast<uint32_t>(j);
    advance();
    if (++j >= key.size()) j = 0;
  }
  for (int k = 0; k < kSize - 1; ++k) {
    state_[i] = (state_[i] ^ (previous_mixed() * 1566083941u)) - static_cast<uint32_t>(i);
    advance();
  }
  state_[0] = 0x80000000u;
}

void MersenneTwister::seed(limbs::Limbs number) {
  const uint32_t zero = 0;
  if (number.empty()) return seed_by_array({&zero, 1});
  static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__);
  size_t count = number.size() * 2 - (number.back() >> 32 == 0);
  seed_by_array({reinterpret_cast<const uint32_t*>(number.data()), count});
}

void MersenneTwister::refill() {
  DCHECK(index_ == kSize);
  for (int i = 0; i < kSize; ++i) {
    state_[i] = state_[(i + kShift) % kSize] ^ twist(state_[i], state_[(i + 1) % kSize]);
  }
  index_ = 0;
}

uint32_t MersenneTwister::next() {
  if (index_ >= kSize) refill();
  uint32_t y = state_[index_++];
  y ^= y >> 11;
  y ^= (y << 7) & 0x9D2C5680u;
  y ^= (y << 15) & 0xEFC60000u;
  return y ^ (y >> 18);
}

double MersenneTwister::next_double() {
  uint32_t high = next() >> 5, low = next() >> 6;
  return (high * 67108864.0 + low) * (1.0 / 9007199254740992.0);
}

size_t MersenneTwister::next_bits(limbs::Limb* out, uint64_t count) {
  size_t size = 0;
  uint64_t done = 0;
  while (done < count) {
    uint32_t word = next();
    if (count - done < 32) word >>= 32 - (count - done);
    if (done % 64 == 0) {
      out[size++] = word;
    } else {
      out[size - 1] |= static_cast<uint64_t>(word) << 32;
    }
    done += 32;
  }
  return limbs::normalised_size(out, size);
}

uint64_t MersenneTwister::next_below(uint64_t limit) {
  unsigned bits = static_cast<unsigned>(64 - std::countl_zero(limit));
  for (;;) {
    limbs::Limb value = 0;
    next_bits(&value, bits);
    if (value < limit) return value;
  }
}

}  // namespace viperine
