// SPDX-License-Identifier: MIT
// The shared half of BlockDigest: buffering, padding, and words to and from bytes in either order. For digests_*.cpp
// only.
#pragma once

#include <algorithm>
#include <cstring>

#include "numeric/digests.h"

namespace viperine {

template <typename Word, bool kBig>
Word load_word(const uint8_t* bytes) {
  Word word = 0;
  for (size_t i = 0; i < sizeof(Word); ++i) word |= Word{bytes[i]} << (8 * (kBig ? sizeof(Word) - 1 - i : i));
  return word;
}

template <typename Word, bool kBig>
void store_words(uint8_t* out, const Word* words, size_t bytes) {
  for (size_t i = 0; i < bytes; ++i) {
    size_t place = i % sizeof(Word);
    out[i] = static_cast<uint8_t>(words[i / sizeof(Word)] >> (8 * (kBig ? sizeof(Word) - 1 - place : place)));
  }
}

template <typename Algorithm, typename Word, size_t kWords, size_t kBlock>
void BlockDigest<Algorithm, Word, kWords, kBlock>::update(ByteSpan data) {
  if (data.empty()) return;
  size_t used = static_cast<size_t>(length_ % kBlock);
  length_ += data.size();
  if (used > 0) {
    size_t taken = std::min(kBlock - used, data.size());
    std::memcpy(buffer_ + used, data.data(), taken);
    data = data.subspan(taken);
    if (used + taken < kBlock) return;
    Algorithm::compress(state_, buffer_);
  }
  for (; data.size() >= kBlock; data = data.subspan(kBlock)) Algorithm::compress(state_, data.data());
  if (!data.empty()) std::memcpy(buffer_, data.data(), data.size());
}

template <typename Algorithm, typename Word, size_t kWords, size_t kBlock>
void BlockDigest<Algorithm, Word, kWords, kBlock>::finish(Word* words) const {
  uint8_t block[kBlock] = {};
  size_t used = static_cast<size_t>(length_ % kBlock);
  std::memcpy(words, state_, sizeof state_);
  std::memcpy(block, buffer_, used);
  block[used++] = 0x80;
  if (used > kBlock - 2 * sizeof(Word)) {
    Algorithm::compress(words, block);
    std::memset(block, 0, kBlock);
  }
  for (size_t i = 0; i < 8; ++i) {
    uint64_t bits = length_ * 8;
    if (Algorithm::kBigEndian) {
      block[kBlock - 1 - i] = static_cast<uint8_t>(bits >> (8 * i));
    } else {
      block[kBlock - 8 + i] = static_cast<uint8_t>(bits >> (8 * i));
    }
  }
  if (Algorithm::kBigEndian && kBlock == 128) block[kBlock - 9] = static_cast<uint8_t>(length_ >> 61);
  Algorithm::compress(words, block);
}

}  // namespace viperine
