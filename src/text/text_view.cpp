// SPDX-License-Identifier: MIT
// Copying between widths and scanning for the largest code point.
// Loops are written for the compiler's vectoriser; no intrinsics.
#include "text/text_view.h"

#include <cstring>

#include "base/check.h"

namespace viperine {

namespace {

template <typename To, typename From>
void copy_units(To* target, const From* source, size_t length) {
  if constexpr (sizeof(To) == sizeof(From)) {
    if (length != 0) std::memcpy(target, source, length * sizeof(To));
  } else {
    for (size_t i = 0; i < length; ++i) target[i] = static_cast<To>(source[i]);
  }
}

constexpr uint64_t kHighBits = 0x8080808080808080u;

}  // namespace

void copy_text(void* target, uint8_t target_width, const TextView& source) {
  with_width(source, [&](auto* from) {
    if (target_width == 1) {
      copy_units(static_cast<uint8_t*>(target), from, source.length);
    } else if (target_width == 2) {
      copy_units(static_cast<uint16_t*>(target), from, source.length);
    } else {
      copy_units(static_cast<uint32_t*>(target), from, source.length);
    }
  });
}

namespace {

/// The OR of all bytes, eight at a time.
uint32_t byte_bits(const uint8_t* data, size_t length) {
  uint64_t bits = 0, word;
  if (length < 8) {
    for (size_t i = 0; i < length; ++i) bits |= data[i];
    return static_cast<uint32_t>(bits);
  }
  size_t i = 0;
  for (; i + 32 <= length; i += 32) {
    uint64_t words[4];
    std::memcpy(words, data + i, 32);
    bits |= (words[0] | words[1]) | (words[2] | words[3]);
  }
  for (; i + 8 <= length; i += 8) {
    std::memcpy(&word, data + i, 8);
    bits |= word;
  }
  std::memcpy(&word, data + length - 8, 8);  // the rest, with some bytes again
  bits |= word;
  bits |= bits >> 32;
  bits |= bits >> 16;
  return static_cast<uint32_t>((bits | bits >> 8) & 0xFF);
}

}  // namespace

char32_t text_bits(const TextView& view) {
  if (view.width == 1) return byte_bits(view.bytes(), view.length);
  return with_width(view, [&](auto* units) -> char32_t {
    uint32_t bits = 0;
    for (size_t i = 0; i < view.length; ++i) bits |= units[i];
    return bits;
  });
}

size_t ascii_prefix(const uint8_t* data, size_t length) {
  size_t i = 0;
  for (; i + 32 <= length; i += 32) {
    uint64_t words[4];
    std::memcpy(words, data + i, 32);
    if (((words[0] | words[1] | words[2] | words[3]) & kHighBits) != 0) break;
  }
  for (; i + 8 <= length; i += 8) {
    uint64_t word;
    std::memcpy(&word, data + i, 8);
    word &= kHighBits;
    if (word == 0) continue;
    if constexpr (__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__) return i + (__builtin_ctzll(word) >> 3);
    break;
  }
  while (i < length && data[i] < 0x80) ++i;
  return i;
}

bool is_ascii(const uint8_t* data, size_t length) { return ascii_prefix(data, length) == length; }

}  // namespace viperine
