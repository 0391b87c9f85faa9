// SPDX-License-Identifier: MIT
// SipHash-1-3 (Aumasson and Bernstein) and the key that a hash seed selects.
#include "numeric/siphash.h"

#include <cstring>

namespace viperine {

namespace {

struct State {
  uint64_t v0, v1, v2, v3;

  void round() {
    v0 += v1;
    v2 += v3;
    v1 = rotate(v1, 13) ^ v0;
    v3 = rotate(v3, 16) ^ v2;
    v0 = rotate(v0, 32) + v3;
    v2 += v1;
    v3 = rotate(v3, 21) ^ v0;
    v1 = rotate(v1, 17) ^ v2;
    v2 = rotate(v2, 32);
  }

  void absorb(uint64_t word) {
    v3 ^= word;
    round();
    v0 ^= word;
  }

  static uint64_t rotate(uint64_t word, int bits) { return (word << bits) | (word >> (64 - bits)); }
};

/// Little-endian, whatever the machine.
uint64_t load(const uint8_t* bytes, size_t size) {
  uint64_t word = 0;
  for (size_t i = 0; i < size; ++i) word |= uint64_t{bytes[i]} << (8 * i);
  return word;
}
uint64_t load8(const uint8_t* bytes) { return load(bytes, 8); }  // one instruction where the machine is little-endian
uint64_t load4(const uint8_t* bytes) { return load(bytes, 4); }

/// load() of fewer than 8 bytes without a loop: halves that overlap.
uint64_t load_rest(const uint8_t* bytes, size_t size) {
  if (size >= 4) return load4(bytes) | load4(bytes + size - 4) << (8 * (size - 4));
  if (size == 0) return 0;
  return uint64_t{bytes[0]} | uint64_t{bytes[size / 2]} << (8 * (size / 2)) |
         uint64_t{bytes[size - 1]} << (8 * (size - 1));
}

}  // namespace

HashKey hash_key_from_seed(uint32_t seed) {
  if (seed == 0) return {};
  uint8_t bytes[16];
  for (uint8_t& byte : bytes) {
    seed = seed * 214013u + 2531011u;
    byte = static_cast<uint8_t>(seed >> 16);
  }
  return hash_key_from_bytes(bytes);
}

HashKey hash_key_from_bytes(std::span<const uint8_t, 16> bytes) {
  return {load(bytes.data(), 8), load(bytes.data() + 8, 8)};
}

uint64_t siphash13(HashKey key, const void* data, size_t size) {
  const auto* bytes = static_cast<const uint8_t*>(data);
  State state{key.first ^ 0x736f6d6570736575u, key.second ^ 0x646f72616e646f6du, key.first ^ 0x6c7967656e657261u,
              key.second ^ 0x7465646279746573u};
  uint64_t last = static_cast<uint64_t>(size) << 56;
  for (; size >= 8; size -= 8, bytes += 8) state.absorb(load8(bytes));
  state.absorb(last | load_rest(bytes, size));
  state.v2 ^= 0xff;
  state.round();
  state.round();
  state.round();
  return (state.v0 ^ state.v1) ^ (state.v2 ^ state.v3);
}

int64_t hash_bytes(HashKey key, const void* data, size_t size) {
  if (size == 0) return 0;
  auto hash = static_cast<int64_t>(siphash13(key, data, size));
  return hash == -1 ? -2 : hash;
}

int64_t TupleHash::finish(size_t count) const {
  uint64_t hash = state_ + (count ^ (0x27D4EB2F165667C5u ^ 3527539u));
  return hash == UINT64_MAX ? 1546275796 : static_cast<int64_t>(hash);
}

int64_t FrozenSetHash::finish(size_t count) const {
  uint64_t hash = state_ ^ ((static_cast<uint64_t>(count) + 1) * 1927868237u);
  hash ^= (hash >> 11) ^ (hash >> 25);
  hash = hash * 69069u + 907133923u;
  return hash == UINT64_MAX ? 590923713 : static_cast<int64_t>(hash);
}

}  // namespace viperine
