// SPDX-License-Identifier: MIT
// The opcode table as data.
#include "bytecode/opcodes.h"

namespace viperine {

const OpcodeInfo kOpcodes[kOpcodeCount] = {
#define OPCODE(name, format, traits) {#name, format, (traits), word_count_of(format)},
#include "bytecode/opcodes.def"
#undef OPCODE
};

}  // namespace viperine
