// SPDX-License-Identifier: MIT
// Linear samples of one to four bytes in native order, and the telephone codes of G.711 (u-law, A-law) and IMA ADPCM.
// Knows nothing of Python. Invariant: a `wide` sample has its sign bit at bit 31, whatever its width in memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace viperine::audio {

/// The sample number `i` of samples that are `width` bytes.
inline int32_t sample_at(const uint8_t* data, size_t i, int width) {
  const uint8_t* p = data + i * static_cast<size_t>(width);
  switch (width) {
    case 1:
      return static_cast<int8_t>(*p);
    case 2: {
      int16_t value;
      std::memcpy(&value, p, 2);
      return value;
    }
    case 3:
      return static_cast<int32_t>((uint32_t{p[0]} << 8) | (uint32_t{p[1]} << 16) | (uint32_t{p[2]} << 24)) >> 8;
    default: {
      int32_t value;
      std::memcpy(&value, p, 4);
      return value;
    }
  }
}
inline void store_sample(uint8_t* data, size_t i, int width, int32_t value) {
  uint8_t* p = data + i * static_cast<size_t>(width);
  for (int byte = 0; byte < width; ++byte) p[byte] = static_cast<uint8_t>(static_cast<uint32_t>(value) >> (8 * byte));
}
inline int32_t wide_sample_at(const uint8_t* data, size_t i, int width) {
  return static_cast<int32_t>(static_cast<uint32_t>(sample_at(data, i, width)) << (32 - 8 * width));
}
inline void store_wide_sample(uint8_t* data, size_t i, int width, int32_t value) {
  store_sample(data, i, width, value >> (32 - 8 * width));
}
inline int32_t largest_sample(int width) { return static_cast<int32_t>(0x7FFFFFFFu >> (32 - 8 * width)); }
/// Rounded down and clipped to what `width` bytes hold.
int32_t clip_sample(double value, int width);

uint8_t encode_ulaw(int32_t sample14);
int32_t decode_ulaw(uint8_t code);  // 16 bits
uint8_t encode_alaw(int32_t sample13);
int32_t decode_alaw(uint8_t code);  // 16 bits

/// The predictor that both directions of IMA ADPCM share.
struct AdpcmState {
  int32_t predicted = 0;
  int32_t index = 0;

  bool is_valid() const { return predicted >= -0x8000 && predicted < 0x8000 && index >= 0 && index <= 88; }
  /// The four bits for a 16-bit sample.
  int encode(int32_t sample16);
  /// The next 16-bit sample.
  int32_t decode(int code);

 private:
  void advance(int code, int32_t difference);
};

}  // namespace viperine::audio
