// SPDX-License-Identifier: MIT
// SHA-224, SHA-256, SHA-384 and SHA-512 (FIPS 180-4).
#include <bit>
#include <cstring>

#include "numeric/digest_blocks.h"
#include "numeric/digests.h"

namespace viperine {

namespace {

// The first 64 bits of the fractional parts of the cube roots of the first 80 primes; SHA-256 uses the upper halves.
constexpr uint64_t kRoots[80] = {
    0x428A2F98D728AE22u, 0x7137449123EF65CDu, 0xB5C0FBCFEC4D3B2Fu, 0xE9B5DBA58189DBBCu, 0x3956C25BF348B538u,
    0x59F111F1B605D019u, 0x923F82A4AF194F9Bu, 0xAB1C5ED5DA6D8118u, 0xD807AA98A3030242u, 0x12835B0145706FBEu,
    0x243185BE4EE4B28Cu, 0x550C7DC3D5FFB4E2u, 0x72BE5D74F27B896Fu, 0x80DEB1FE3B1696B1u, 0x9BDC06A725C71235u,
    0xC19BF174CF692694u, 0xE49B69C19EF14AD2u, 0xEFBE4786384F25E3u, 0x0FC19DC68B8CD5B5u, 0x240CA1CC77AC9C65u,
    0x2DE92C6F592B0275u, 0x4A7484AA6EA6E483u, 0x5CB0A9DCBD41FBD4u, 0x76F988DA831153B5u, 0x983E5152EE66DFABu,
    0xA831C66D2DB43210u, 0xB00327C898FB213Fu, 0xBF597FC7BEEF0EE4u, 0xC6E00BF33DA88FC2u, 0xD5A79147930AA725u,
    0x06CA6351E003826Fu, 0x142929670A0E6E70u, 0x27B70A8546D22FFCu, 0x2E1B21385C26C926u, 0x4D2C6DFC5AC42AEDu,
    0x53380D139D95B3DFu, 0x650A73548BAF63DEu, 0x766A0ABB3C77B2A8u, 0x81C2C92E47EDAEE6u, 0x92722C851482353Bu,
    0xA2BFE8A14CF10364u, 0xA81A664BBC423001u, 0xC24B8B70D0F89791u, 0xC76C51A30654BE30u, 0xD192E819D6EF5218u,
    0xD69906245565A910u, 0xF40E35855771202Au, 0x106AA07032BBD1B8u, 0x19A4C116B8D2D0C8u, 0x1E376C085141AB53u,
    0x2748774CDF8EEB99u, 0x34B0BCB5E19B48A8u, 0x391C0CB3C5C95A63u, 0x4ED8AA4AE3418ACBu, 0x5B9CCA4F7763E373u,
    0x682E6FF3D6B2B8A3u, 0x748F82EE5DEFB2FCu, 0x78A5636F43172F60u, 0x84C87814A1F0AB72u, 0x8CC702081A6439ECu,
    0x90BEFFFA23631E28u, 0xA4506CEBDE82BDE9u, 0xBEF9A3F7B2C67915u, 0xC67178F2E372532Bu, 0xCA273ECEEA26619Cu,
    0xD186B8C721C0C207u, 0xEADA7DD6CDE0EB1Eu, 0xF57D4F7FEE6ED178u, 0x06F067AA72176FBAu, 0x0A637DC5A2C898A6u,
    0x113F9804BEF90DAEu, 0x1B710B35131C471Bu, 0x28DB77F523047D84u, 0x32CAAB7B40C72493u, 0x3C9EBE0A15C9BEBCu,
    0x431D67C49C100D4Cu, 0x4CC5D4BECB3E42B6u, 0x597F299CFC657E2Au, 0x5FCB6FAB3AD6FAECu, 0x6C44198C4A475817u};

// Fractional parts of the square roots of the first and the second eight primes.
constexpr uint64_t kStart512[8] = {0x6A09E667F3BCC908u, 0xBB67AE8584CAA73Bu, 0x3C6EF372FE94F82Bu, 0xA54FF53A5F1D36F1u,
                                   0x510E527FADE682D1u, 0x9B05688C2B3E6C1Fu, 0x1F83D9ABFB41BD6Bu, 0x5BE0CD19137E2179u};
constexpr uint64_t kStart384[8] = {0xCBBB9D5DC1059ED8u, 0x629A292A367CD507u, 0x9159015A3070DD17u, 0x152FECD8F70E5939u,
                                   0x67332667FFC00B31u, 0x8EB44A8768581511u, 0xDB0C2E0D64F98FA7u, 0x47B5481DBEFA4FA4u};

/// The rotations that differ between the two widths.
template <typename Word>
struct Rotations;
template <>
struct Rotations<uint32_t> {
  static constexpr int kRounds = 64;
  static uint32_t big_a(uint32_t x) { return std::rotr(x, 2) ^ std::rotr(x, 13) ^ std::rotr(x, 22); }
  static uint32_t big_e(uint32_t x) { return std::rotr(x, 6) ^ std::rotr(x, 11) ^ std::rotr(x, 25); }
  static uint32_t small_0(uint32_t x) { return std::rotr(x, 7) ^ std::rotr(x, 18) ^ (x >> 3); }
  static uint32_t small_1(uint32_t x) { return std::rotr(x, 17) ^ std::rotr(x, 19) ^ (x >> 10); }
  static uint32_t constant(int i) { return static_cast<uint32_t>(kRoots[i] >> 32); }
};
template <>
struct Rotations<uint64_t> {
  static constexpr int kRounds = 80;
  static uint64_t big_a(uint64_t x) { return std::rotr(x, 28) ^ std::rotr(x, 34) ^ std::rotr(x, 39); }
  static uint64_t big_e(uint64_t x) { return std::rotr(x, 14) ^ std::rotr(x, 18) ^ std::rotr(x, 41); }
  static uint64_t small_0(uint64_t x) { return std::rotr(x, 1) ^ std::rotr(x, 8) ^ (x >> 7); }
  static uint64_t small_1(uint64_t x) { return std::rotr(x, 19) ^ std::rotr(x, 61) ^ (x >> 6); }
  static uint64_t constant(int i) { return kRoots[i]; }
};

template <typename Word>
void compress_sha2(Word* state, const uint8_t* block) {
  using R = Rotations<Word>;
  Word words[R::kRounds];
  for (size_t i = 0; i < 16; ++i) words[i] = load_word<Word, true>(block + sizeof(Word) * i);
  for (int i = 16; i < R::kRounds; ++i) {
    words[i] = R::small_1(words[i - 2]) + words[i - 7] + R::small_0(words[i - 15]) + words[i - 16];
  }
  Word s[8];
  std::memcpy(s, state, sizeof s);
  for (int i = 0; i < R::kRounds; ++i) {
    Word choice = (s[4] & s[5]) ^ (~s[4] & s[6]);
    Word majority = (s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]);
    Word first = s[7] + R::big_e(s[4]) + choice + R::constant(i) + words[i];
    Word second = R::big_a(s[0]) + majority;
    s[7] = s[6];
    s[6] = s[5];
    s[5] = s[4];
    s[4] = s[3] + first;
    s[3] = s[2];
    s[2] = s[1];
    s[1] = s[0];
    s[0] = first + second;
  }
  for (int i = 0; i < 8; ++i) state[i] += s[i];
}

}  // namespace

Sha256::Sha256(size_t digest_size) : digest_size_(digest_size) {
  // SHA-224 starts from the lower halves of SHA-384's words.
  for (int i = 0; i < 8; ++i) {
    state_[i] = static_cast<uint32_t>(digest_size == 28 ? kStart384[i] : kStart512[i] >> 32);
  }
}

void Sha256::compress(uint32_t* state, const uint8_t* block) { compress_sha2(state, block); }

void Sha256::digest(uint8_t* out) const {
  uint32_t words[8];
  finish(words);
  store_words<uint32_t, true>(out, words, digest_size_);
}

Sha512::Sha512(size_t digest_size) : digest_size_(digest_size) {
  std::memcpy(state_, digest_size == 48 ? kStart384 : kStart512, sizeof state_);
}

void Sha512::compress(uint64_t* state, const uint8_t* block) { compress_sha2(state, block); }

void Sha512::digest(uint8_t* out) const {
  uint64_t words[8];
  finish(words);
  store_words<uint64_t, true>(out, words, digest_size_);
}

template class BlockDigest<Sha256, uint32_t, 8, 64>;
template class BlockDigest<Sha512, uint64_t, 8, 128>;

}  // namespace viperine
