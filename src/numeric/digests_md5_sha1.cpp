// SPDX-License-Identifier: MIT
// MD5 (RFC 1321) and SHA-1 (FIPS 180-4).
#include <bit>
#include <cstring>

#include "numeric/digest_blocks.h"
#include "numeric/digests.h"

namespace viperine {

namespace {

// floor(2 ** 32 * |sin(i + 1)|)
constexpr uint32_t kSines[64] = {
    0xD76AA478u, 0xE8C7B756u, 0x242070DBu, 0xC1BDCEEEu, 0xF57C0FAFu, 0x4787C62Au, 0xA8304613u, 0xFD469501u,
    0x698098D8u, 0x8B44F7AFu, 0xFFFF5BB1u, 0x895CD7BEu, 0x6B901122u, 0xFD987193u, 0xA679438Eu, 0x49B40821u,
    0xF61E2562u, 0xC040B340u, 0x265E5A51u, 0xE9B6C7AAu, 0xD62F105Du, 0x02441453u, 0xD8A1E681u, 0xE7D3FBC8u,
    0x21E1CDE6u, 0xC33707D6u, 0xF4D50D87u, 0x455A14EDu, 0xA9E3E905u, 0xFCEFA3F8u, 0x676F02D9u, 0x8D2A4C8Au,
    0xFFFA3942u, 0x8771F681u, 0x6D9D6122u, 0xFDE5380Cu, 0xA4BEEA44u, 0x4BDECFA9u, 0xF6BB4B60u, 0xBEBFBC70u,
    0x289B7EC6u, 0xEAA127FAu, 0xD4EF3085u, 0x04881D05u, 0xD9D4D039u, 0xE6DB99E5u, 0x1FA27CF8u, 0xC4AC5665u,
    0xF4292244u, 0x432AFF97u, 0xAB9423A7u, 0xFC93A039u, 0x655B59C3u, 0x8F0CCC92u, 0xFFEFF47Du, 0x85845DD1u,
    0x6FA87E4Fu, 0xFE2CE6E0u, 0xA3014314u, 0x4E0811A1u, 0xF7537E82u, 0xBD3AF235u, 0x2AD7D2BBu, 0xEB86D391u};

constexpr int kShifts[4][4] = {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};

}  // namespace

Md5::Md5() {
  constexpr uint32_t kStart[4] = {0x67452301u, 0xEFCDAB89u, 0x98BADCFEu, 0x10325476u};
  std::memcpy(state_, kStart, sizeof kStart);
}

void Md5::compress(uint32_t* state, const uint8_t* block) {
  uint32_t words[16];
  for (int i = 0; i < 16; ++i) words[i] = load_word<uint32_t, false>(block + 4 * i);
  uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
  for (int i = 0; i < 64; ++i) {
    uint32_t mixed = 0;
    int word = 0;
    switch (i / 16) {
      case 0:
        mixed = (b & c) | (~b & d), word = i;
        break;
      case 1:
        mixed = (b & d) | (c & ~d), word = 5 * i + 1;
        break;
      case 2:
        mixed = b ^ c ^ d, word = 3 * i + 5;
        break;
      default:
        mixed = c ^ (b | ~d), word = 7 * i;
        break;
    }
    uint32_t sum = a + mixed + kSines[i] + words[word & 15];
    a = d;
    d = c;
    c = b;
    b += std::rotl(sum, kShifts[i / 16][i % 4]);
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
}

void Md5::digest(uint8_t* out) const {
  uint32_t words[4];
  finish(words);
  store_words<uint32_t, false>(out, words, kDigestSize);
}

Sha1::Sha1() {
  constexpr uint32_t kStart[5] = {0x67452301u, 0xEFCDAB89u, 0x98BADCFEu, 0x10325476u, 0xC3D2E1F0u};
  std::memcpy(state_, kStart, sizeof kStart);
}

void Sha1::compress(uint32_t* state, const uint8_t* block) {
  uint32_t words[80];
  for (int i = 0; i < 16; ++i) words[i] = load_word<uint32_t, true>(block + 4 * i);
  for (int i = 16; i < 80; ++i) words[i] = std::rotl(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);
  uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
  for (int i = 0; i < 80; ++i) {
    uint32_t mixed = 0;
    switch (i / 20) {
      case 0:
        mixed = ((b & c) | (~b & d)) + 0x5A827999u;
        break;
      case 1:
        mixed = (b ^ c ^ d) + 0x6ED9EBA1u;
        break;
      case 2:
        mixed = ((b & c) | (b & d) | (c & d)) + 0x8F1BBCDCu;
        break;
      default:
        mixed = (b ^ c ^ d) + 0xCA62C1D6u;
        break;
    }
    uint32_t next = std::rotl(a, 5) + mixed + e + words[i];
    e = d;
    d = c;
    c = std::rotl(b, 30);
    b = a;
    a = next;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
}

void Sha1::digest(uint8_t* out) const {
  uint32_t words[5];
  finish(words);
  store_words<uint32_t, true>(out, words, kDigestSize);
}

template class BlockDigest<Md5, uint32_t, 4, 64>;
template class BlockDigest<Sha1, uint32_t, 5, 64>;

}  // namespace viperine
