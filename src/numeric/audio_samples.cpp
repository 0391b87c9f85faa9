// SPDX-License-Identifier: MIT
// G.711 and IMA ADPCM: the recommendations' tables and steps.
#include "numeric/audio_samples.h"

#include <algorithm>
#include <cmath>

namespace viperine::audio {

namespace {

constexpr int kUlawClip = 8159, kUlawBias = 33;
constexpr int32_t kSteps[89] = {
    7,    8,     9,     10,    11,    12,    13,    14,    16,    17,    19,    21,    23,    25,   28,
    31,   34,    37,    41,    45,    50,    55,    60,    66,    73,    80,    88,    97,    107,  118,
    130,  143,   157,   173,   190,   209,   230,   253,   279,   307,   337,   371,   408,   449,  494,
    544,  598,   658,   724,   796,   876,   963,   1060,  1166,  1282,  1411,  1552,  1707,  1878, 2066,
    2272, 2499,  2749,  3024,  3327,  3660,  4026,  4428,  4871,  5358,  5894,  6484,  7132,  7845, 8630,
    9493, 10442, 11487, 12635, 13899, 15289, 16818, 18500, 20350, 22385, 24623, 27086, 29794, 32767};
constexpr int32_t kIndexChanges[8] = {-1, -1, -1, -1, 2, 4, 6, 8};

/// The first of eight segments, each twice as long as the one before, that holds the value.
int segment_of(int32_t value, int first_bits) {
  int segment = 0;
  while (segment < 8 && value >= (1 << (first_bits + segment))) ++segment;
  return segment;
}

}  // namespace

int32_t clip_sample(double value, int width) {
  const double high = largest_sample(width), low = -high - 1.0;
  if (value > high)
    value = high;
  else if (value < low + 1.0)
    value = low;
  return static_cast<int32_t>(std::floor(value));
}

uint8_t encode_ulaw(int32_t sample14) {
  const int mask = sample14 < 0 ? 0x7F : 0xFF;
  const int32_t value = std::min<int32_t>(std::abs(sample14), kUlawClip) + kUlawBias;
  const int segment = segment_of(value, 6);
  if (segment >= 8) return static_cast<uint8_t>(0x7F ^ mask);
  return static_cast<uint8_t>(((segment << 4) | ((value >> (segment + 1)) & 0xF)) ^ mask);
}

int32_t decode_ulaw(uint8_t code) {
  const int bits = static_cast<uint8_t>(~code);
  const int32_t value = (((bits & 0xF) << 3) + 0x84) << ((bits & 0x70) >> 4);
  return (bits & 0x80) != 0 ? 0x84 - value : value - 0x84;
}

uint8_t encode_alaw(int32_t sample13) {
  const int mask = sample13 >= 0 ? 0xD5 : 0x55;
  const int32_t value = sample13 >= 0 ? sample13 : -sample13 - 1;
  const int segment = segment_of(value, 5);
  if (segment >= 8) return static_cast<uint8_t>(0x7F ^ mask);
  return static_cast<uint8_t>(((segment << 4) | ((value >> std::max(segment, 1)) & 0xF)) ^ mask);
}

int32_t decode_alaw(uint8_t code) {
  const int bits = code ^ 0x55, segment = (bits & 0x70) >> 4;
  int32_t value = ((bits & 0xF) << 4) + (segment == 0 ? 8 : 0x108);
  if (segment > 1) value <<= segment - 1;
  return (bits & 0x80) != 0 ? value : -value;
}

void AdpcmState::advance(int code, int32_t difference) {
  predicted += (code & 8) != 0 ? -difference : difference;
  predicted = std::clamp<int32_t>(predicted, -0x8000, 0x7FFF);
  index = std::clamp<int32_t>(index + kIndexChanges[code & 7], 0, 88);
}

int AdpcmState::encode(int32_t sample16) {
  int32_t step = kSteps[index], distance = sample16 - predicted, difference = step >> 3;
  int code = 0;
  if (distance < 0) {
    code = 8;
    distance = -distance;
  }
  for (int bit = 4; bit != 0; bit >>= 1, step >>= 1) {
    if (distance < step) continue;
    code |= bit;
    distance -= step;
    difference += step;
  }
  advance(code, difference);
  return code;
}

int32_t AdpcmState::decode(int code) {
  const int32_t step = kSteps[index];
  int32_t difference = step >> 3;
  if ((code & 4) != 0) difference += step;
  if ((code & 2) != 0) difference += step >> 1;
  if ((code & 1) != 0) difference += step >> 2;
  advance(code, difference);
  return predicted;
}

}  // namespace viperine::audio
