// SPDX-License-Identifier: MIT
// BLAKE2b and BLAKE2s: one template over the word.
#include "numeric/blake2.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace viperine {

namespace {

// SHA-512's start words; BLAKE2s uses the upper halves.
constexpr uint64_t kStart[8] = {0x6A09E667F3BCC908u, 0xBB67AE8584CAA73Bu, 0x3C6EF372FE94F82Bu, 0xA54FF53A5F1D36F1u,
                                0x510E527FADE682D1u, 0x9B05688C2B3E6C1Fu, 0x1F83D9ABFB41BD6Bu, 0x5BE0CD19137E2179u};

constexpr uint8_t kOrder[10][16] = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
    {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4}, {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
    {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13}, {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
    {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11}, {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
    {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5}, {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0}};

template <typename Word>
constexpr Word start_word(int i) {
  return static_cast<Word>(sizeof(Word) == 8 ? kStart[i] : kStart[i] >> 32);
}

template <typename Word>
Word load(const uint8_t* bytes) {
  Word word = 0;
  for (size_t i = 0; i < sizeof(Word); ++i) word |= static_cast<Word>(Word{bytes[i]} << (8 * i));
  return word;
}

template <typename Word>
void mix(Word* v, int a, int b, int c, int d, Word x, Word y) {
  constexpr bool kWide = sizeof(Word) == 8;
  v[a] += v[b] + x;
  v[d] = std::rotr(v[d] ^ v[a], kWide ? 32 : 16);
  v[c] += v[d];
  v[b] = std::rotr(v[b] ^ v[c], kWide ? 24 : 12);
  v[a] += v[b] + y;
  v[d] = std::rotr(v[d] ^ v[a], kWide ? 16 : 8);
  v[c] += v[d];
  v[b] = std::rotr(v[b] ^ v[c], kWide ? 63 : 7);
}

}  // namespace

template <typename Word>
Blake2<Word>::Blake2(const Blake2Parameters& parameters)
    : digest_size_(static_cast<uint8_t>(parameters.digest_size)), last_node_(parameters.last_node) {
  uint8_t block[8 * sizeof(Word)] = {};
  block[0] = digest_size_;
  block[1] = static_cast<uint8_t>(parameters.key.size());
  block[2] = parameters.fanout;
  block[3] = parameters.depth;
  for (int i = 0; i < 4; ++i) block[4 + i] = static_cast<uint8_t>(parameters.leaf_size >> (8 * i));
  constexpr int kOffsetBytes = sizeof(Word) == 8 ? 8 : 6;
  for (int i = 0; i < kOffsetBytes; ++i) block[8 + i] = static_cast<uint8_t>(parameters.node_offset >> (8 * i));
  block[8 + kOffsetBytes] = parameters.node_depth;
  block[9 + kOffsetBytes] = parameters.inner_size;
  auto copy_to = [&](size_t place, std::span<const uint8_t> data) {
    if (!data.empty()) std::memcpy(block + place, data.data(), data.size());
  };
  copy_to(4 * sizeof(Word), parameters.salt);
  copy_to(6 * sizeof(Word), parameters.person);
  for (int i = 0; i < 8; ++i) {
    state_[i] = start_word<Word>(i) ^ load<Word>(block + static_cast<size_t>(i) * sizeof(Word));
  }
  if (!parameters.key.empty()) {
    uint8_t padded[kBlockSize] = {};
    std::memcpy(padded, parameters.key.data(), parameters.key.size());
    update(padded);
  }
}

template <typename Word>
void Blake2<Word>::compress(bool is_last) {
  Word words[16], v[16];
  for (size_t i = 0; i < 16; ++i) words[i] = load<Word>(buffer_ + i * sizeof(Word));
  std::memcpy(v, state_, sizeof state_);
  for (int i = 0; i < 8; ++i) v[8 + i] = start_word<Word>(i);
  v[12] ^= static_cast<Word>(length_);
  if constexpr (sizeof(Word) == 4) v[13] ^= static_cast<Word>(length_ >> 32);
  if (is_last) {
    v[14] = ~v[14];
    if (last_node_) v[15] = ~v[15];
  }
  constexpr int kRounds = sizeof(Word) == 8 ? 12 : 10;
  for (int round = 0; round < kRounds; ++round) {
    const uint8_t* order = kOrder[round % 10];
    for (int i = 0; i < 4; ++i) {
      mix(v, i, 4 + i, 8 + i, 12 + i, words[order[2 * i]], words[order[2 * i + 1]]);
    }
    for (int i = 0; i < 4; ++i) {
      mix(v, i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4, words[order[8 + 2 * i]], words[order[9 + 2 * i]]);
    }
  }
  for (int i = 0; i < 8; ++i) state_[i] ^= v[i] ^ v[8 + i];
}

template <typename Word>
void Blake2<Word>::update(std::span<const uint8_t> data) {
  while (!data.empty()) {
    if (used_ == kBlockSize) {
      length_ += kBlockSize;
      compress(false);
      used_ = 0;
    }
    size_t taken = std::min(kBlockSize - used_, data.size());
    std::memcpy(buffer_ + used_, data.data(), taken);
    used_ = static_cast<uint8_t>(used_ + taken);
    data = data.subspan(taken);
  }
}

template <typename Word>
void Blake2<Word>::digest(uint8_t* out) const {
  Blake2 copy = *this;
  std::memset(copy.buffer_ + copy.used_, 0, kBlockSize - copy.used_);
  copy.length_ += copy.used_;
  copy.compress(true);
  for (size_t i = 0; i < digest_size_; ++i) {
    out[i] = static_cast<uint8_t>(copy.state_[i / sizeof(Word)] >> (8 * (i % sizeof(Word))));
  }
}

template class Blake2<uint64_t>;
template class Blake2<uint32_t>;

}  // namespace viperine
