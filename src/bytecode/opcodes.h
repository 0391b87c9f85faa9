// SPDX-License-Identifier: MIT
// Opcode enum, operand formats and instruction encoding, all from opcodes.def. Nothing here executes anything.
#pragma once

#include <cstddef>
#include <cstdint>

namespace viperine {

enum class Opcode : uint8_t {
#define OPCODE(name, format, traits) name,
#include "bytecode/opcodes.def"
#undef OPCODE
};

constexpr size_t kOpcodeCount = 0
#define OPCODE(name, format, traits) +1
#include "bytecode/opcodes.def"
#undef OPCODE
    ;
static_assert(kOpcodeCount <= 256);

enum OpcodeTraits : uint16_t {
  Raises = 1, Writes = 16, Makes = 32, Runs = 2 | Raises | Writes | Makes, Ends = 4, Jumps = 8,
  SeesShapes = 64, SeesDict = 128, SeesKinds = 256, SeesTarget = 512, SeesBranch = 1024,
};

struct OpcodeInfo {
  const char* name;
  const char* format;
  uint16_t traits;
  uint8_t words;  // 1 or 2
};

/// Words of an instruction with this format: 2 when it has a second-word operand.
constexpr uint8_t word_count_of(const char* format) {
  for (; *format != 0; ++format)
    if (*format == 'F' || *format == 'E' || *format == 'N' || *format == 'C') return 2;
  return 1;
}

extern const OpcodeInfo kOpcodes[kOpcodeCount];

constexpr uint32_t kFrameWords = 6;           // interpreter/frame.h
constexpr uint32_t kCallGap = kFrameWords + 1;
constexpr uint32_t kNoFeedback = 0xFFFF;

constexpr Opcode opcode_of(uint32_t word) { return static_cast<Opcode>(word & 0xFF); }
constexpr uint32_t operand_a(uint32_t word) { return (word >> 8) & 0xFF; }
constexpr uint32_t operand_b(uint32_t word) { return (word >> 16) & 0xFF; }
constexpr uint32_t operand_c(uint32_t word) { return word >> 24; }
constexpr uint32_t operand_d(uint32_t word) { return word >> 16; }
constexpr int32_t operand_i(uint32_t word) { return static_cast<int32_t>(word) >> 16; }
constexpr int32_t operand_l(uint32_t word) { return static_cast<int32_t>(word) >> 8; }
constexpr uint32_t feedback_index(uint32_t second) { return second & 0xFFFF; }
constexpr uint32_t extra(uint32_t second) { return second >> 16; }
constexpr int32_t extra_jump(uint32_t second) { return static_cast<int32_t>(second) >> 16; }

constexpr uint32_t encode_abc(Opcode op, uint32_t a, uint32_t b, uint32_t c) {
  return static_cast<uint32_t>(op) | a << 8 | b << 16 | c << 24;
}
constexpr uint32_t encode_ad(Opcode op, uint32_t a, uint32_t d) { return static_cast<uint32_t>(op) | a << 8 | d << 16; }
constexpr uint32_t encode_l(Opcode op, int32_t jump) {
  return static_cast<uint32_t>(op) | static_cast<uint32_t>(jump) << 8;
}
constexpr uint32_t encode_second(uint32_t feedback, uint32_t extra) { return feedback | extra << 16; }

}  // namespace viperine
