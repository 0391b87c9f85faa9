// SPDX-License-Identifier: MIT
// SHA-3 and SHAKE: the Keccak-f[1600] sponge (FIPS 202).
#include <bit>
#include <cstring>

#include "numeric/digests.h"

namespace viperine {

namespace {

constexpr uint64_t kRoundConstants[24] = {
    0x0000000000000001u, 0x0000000000008082u, 0x800000000000808Au, 0x8000000080008000u, 0x000000000000808Bu,
    0x0000000080000001u, 0x8000000080008081u, 0x8000000000008009u, 0x000000000000008Au, 0x0000000000000088u,
    0x0000000080008009u, 0x000000008000000Au, 0x000000008000808Bu, 0x800000000000008Bu, 0x8000000000008089u,
    0x8000000000008003u, 0x8000000000008002u, 0x8000000000000080u, 0x000000000000800Au, 0x800000008000000Au,
    0x8000000080008081u, 0x8000000000008080u, 0x0000000080000001u, 0x8000000080008008u};

}  // namespace

void Keccak::permute() {
  uint64_t* a = lanes_;
  for (uint64_t constant : kRoundConstants) {
    // Theta: mix the columns.
    uint64_t parity[5];
    for (int x = 0; x < 5; ++x) parity[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20];
    for (int x = 0; x < 5; ++x) {
      uint64_t mixed = parity[(x + 4) % 5] ^ std::rotl(parity[(x + 1) % 5], 1);
      for (int y = 0; y < 25; y += 5) a[x + y] ^= mixed;
    }
    // Rho and pi: rotate the lanes along their orbit.
    uint64_t carried = a[1];
    int x = 1, y = 0;
    for (int t = 0; t < 24; ++t) {
      int next_y = (2 * x + 3 * y) % 5;
      x = y;
      y = next_y;
      uint64_t saved = a[x + 5 * y];
      a[x + 5 * y] = std::rotl(carried, (t + 1) * (t + 2) / 2 % 64);
      carried = saved;
    }
    // Chi, within the rows.
    for (int row = 0; row < 25; row += 5) {
      uint64_t before[5];
      std::memcpy(before, a + row, sizeof before);
      for (int i = 0; i < 5; ++i) a[row + i] = before[i] ^ (~before[(i + 1) % 5] & before[(i + 2) % 5]);
    }
    a[0] ^= constant;
  }
}

void Keccak::update(ByteSpan data) {
  size_t i = 0;
  while (i < data.size()) {
    if (position_ % 8 == 0 && data.size() - i >= 8 && rate_ - position_ >= 8) {
      uint64_t lane = 0;
      for (int k = 0; k < 8; ++k) lane |= uint64_t{data[i + static_cast<size_t>(k)]} << (8 * k);
      lanes_[position_ / 8] ^= lane;
      position_ = static_cast<uint16_t>(position_ + 8);
      i += 8;
    } else {
      absorb_byte(position_++, data[i++]);
    }
    if (position_ == rate_) {
      permute();
      position_ = 0;
    }
  }
}

void Keccak::digest(std::span<uint8_t> out) const {
  Keccak copy = *this;
  copy.absorb_byte(copy.position_, suffix_);
  copy.absorb_byte(rate_ - 1u, 0x80);
  for (size_t i = 0; i < out.size(); ++i) {
    size_t place = i % rate_;
    if (place == 0) copy.permute();
    out[i] = static_cast<uint8_t>(copy.lanes_[place / 8] >> (8 * (place % 8)));
  }
}

}  // namespace viperine
