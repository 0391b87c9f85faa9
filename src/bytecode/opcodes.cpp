// SPDX-License-Identifier: MIT
// The opcode table as data.
#include "bytecode/opcodes.h"

#include <string_view>

namespace viperine {

namespace {
constexpr uint8_t word_count(std::string_view format) {
  for (char letter : format)
    if (letter == 'F' || letter == 'E' || letter == 'N' || letter == 'C') return 2;
  return 1;
}
}  // namespace

const OpcodeInfo kOpcodes[kOpcodeCount] = {
#define OPCODE(name, format, traits) {#name, format, (traits), word_count(format)},
#include "bytecode/opcodes.def"
#undef OPCODE
};

}  // namespace viperine
