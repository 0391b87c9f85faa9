// SPDX-License-Identifier: MIT
// The verifier: one walk to find instruction starts, one to check each instruction, one over the tables.
#include "bytecode/verifier.h"

#include <vector>

#include "bytecode/opcodes.h"

namespace viperine {

namespace {

class Verifier {
 public:
  explicit Verifier(const Blueprint& blueprint) : code_(blueprint) {}

  std::string run() {
    find_starts();
    for (uint32_t at = 0; fault_.empty() && at < code_.code.size(); at += info_at(at).words) instruction(at);
    tables();
    for (const BlueprintConstant& constant : code_.constants)
      if (fault_.empty() && constant.kind == BlueprintConstant::Kind::Code)
        fault_ = constant.code ? verify(*constant.code) : "code constant without code";
    return fault_;
  }

 private:
  const OpcodeInfo& info_at(uint32_t at) const { return kOpcodes[code_.code[at] & 0xFF]; }

  void fail(uint32_t at, const std::string& what) {
    if (fault_.empty()) fault_ = std::string(code_.qualified_name) + " at " + std::to_string(at) + ": " + what;
  }

  void find_starts() {
    starts_.assign(code_.code.size() + 1, false);
    if (code_.code.empty()) return fail(0, "no instructions");
    uint32_t at = 0, last = 0;
    while (at < code_.code.size()) {
      if ((code_.code[at] & 0xFF) >= kOpcodeCount) return fail(at, "unknown opcode");
      starts_[at] = true;
      last = at;
      at += info_at(at).words;
    }
    if (at != code_.code.size()) return fail(last, "second word missing");
    if (!(info_at(last).traits & Ends)) fail(last, "runs off the end");
  }

  void reg(uint32_t at, uint32_t number, uint32_t count = 1) {
    if (number + count > code_.register_count)
      fail(at, "register " + std::to_string(number + count - 1) + " out of range");
  }
  void constant(uint32_t at, uint32_t index) {
    if (index >= code_.constants.size()) fail(at, "constant out of range");
  }
  void name(uint32_t at, uint32_t index) {
    constant(at, index);
    if (fault_.empty() && code_.constants[index].kind != BlueprintConstant::Kind::Str) fail(at, "name is not a str");
  }
  void jump(uint32_t at, int64_t target) {
    if (target < 0 || target >= static_cast<int64_t>(code_.code.size()) || !starts_[static_cast<size_t>(target)])
      fail(at, "jump into nowhere");
  }

  void instruction(uint32_t at) {
    const uint32_t first = code_.code[at];
    const OpcodeInfo& info = info_at(at);
    const uint32_t second = info.words == 2 ? code_.code[at + 1] : 0;
    const uint32_t bytes[3] = {operand_a(first), operand_b(first), operand_c(first)};
    const int64_t end = int64_t{at} + info.words;
    for (int i = 0; info.format[i]; ++i) {
      switch (info.format[i]) {
        case 'T': case 'R': reg(at, bytes[i]); break;
        case 'K': constant(at, bytes[i]); break;
        case 'D':
          if (opcode_of(first) == Opcode::LoadConst) constant(at, operand_d(first));
          if (opcode_of(first) == Opcode::LoadFree && operand_d(first) >= code_.free_names.size())
            fail(at, "no such free cell");
          if (opcode_of(first) == Opcode::LoadFar || opcode_of(first) == Opcode::StoreFar) reg(at, operand_d(first));
          break;
        case 'M': name(at, operand_d(first)); break;
        case 'J': jump(at, end + operand_i(first)); break;
        case 'L': jump(at, end + operand_l(first)); break;
        case 'E': jump(at, end + extra_jump(second)); break;
        case 'N': name(at, extra(second)); break;
        case 'C':
          if (opcode_of(first) != Opcode::UnpackEx) constant(at, extra(second));
          break;
        default: break;
      }
    }
    if (info.words == 2 && feedback_index(second) != kNoFeedback && feedback_index(second) >= code_.feedback_count)
      fail(at, "feedback out of range");
    ranges(at, opcode_of(first), bytes[0], bytes[1], bytes[2], second);
  }

  /// The consecutive registers of B operands.
  void ranges(uint32_t at, Opcode op, uint32_t a, uint32_t b, uint32_t c, uint32_t second) {
    switch (op) {
      case Opcode::LoadMethod: reg(at, a), reg(at, a + kCallGap); break;
      case Opcode::LoadSlice: case Opcode::StoreSlice: reg(at, c, 2); break;
      case Opcode::BuildTuple: case Opcode::BuildList: case Opcode::BuildSet: case Opcode::BuildString:
      case Opcode::BuildSlice:
        if (c) reg(at, b, c);
        break;
      case Opcode::BuildMap:
        if (c) reg(at, b, 2 * c);
        break;
      case Opcode::BuildConstMap:
        if (extra(second) < code_.constants.size())
          reg(at, b, static_cast<uint32_t>(code_.constants[extra(second)].items.size()));
        break;
      case Opcode::FormatValue: reg(at, b, c >= 4 ? 2 : 1); break;
      case Opcode::UnpackSequence:
        if (c) reg(at, a, c);
        break;
      case Opcode::UnpackEx: reg(at, a, c + extra(second) + 1); break;
      case Opcode::Call: case Opcode::CallKeywords:
        reg(at, b);
        if (c) reg(at, b + kCallGap, c);
        break;
      case Opcode::CallMethod: case Opcode::CallMethodKeywords: reg(at, b + kCallGap, c + 1); break;
      case Opcode::CallEx: reg(at, b + kCallGap, 2); break;
      case Opcode::MakeFunction: {
        const uint32_t parts = static_cast<uint32_t>(__builtin_popcount(c & 15));
        if (parts) reg(at, b, parts);
        break;
      }
      case Opcode::EnterContext: case Opcode::MatchExceptionGroup: reg(at, a, 2); break;
      case Opcode::ImportName: reg(at, b, 2); break;
      case Opcode::MatchClass: reg(at, b, 3); break;
      default: break;
    }
  }

  void tables() {
    for (const ExceptionRange& range : code_.exceptions) {
      if (range.start >= range.end || range.end > code_.code.size() || !starts_[range.start])
        fail(range.start, "bad exception range");
      if (range.handler >= code_.code.size() || !starts_[range.handler])
        fail(range.start, "handler in the middle of nowhere");
      if (range.target >= code_.register_count) fail(range.start, "handler's register out of range");
    }
    uint32_t word = 0;
    for (size_t i = 0; i < code_.positions.size(); ++i) {
      const SourcePosition& position = code_.positions[i];
      if ((i && position.word <= word) || position.word >= code_.code.size() || !starts_[position.word])
        fail(position.word, "bad position entry");
      word = position.word;
    }
    if (code_.cell_names.size() != code_.cell_registers.size() ||
        code_.free_names.size() != code_.free_registers.size())
      fail(0, "cell tables differ in length");
    for (uint16_t each : code_.cell_registers) reg(0, each);
    for (uint16_t each : code_.free_registers) reg(0, each);
  }

  const Blueprint& code_;
  std::vector<bool> starts_;
  std::string fault_;
};

}  // namespace

std::string verify(const Blueprint& blueprint) { return Verifier(blueprint).run(); }

}  // namespace viperine
