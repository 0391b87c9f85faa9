// SPDX-License-Identifier: MIT
// The verifier: one walk to find instruction starts, one to check each instruction, one over the tables.
#include "bytecode/verifier.h"

#include "bytecode/opcodes.h"

namespace viperine {

namespace {

using ConstantKind = VerifierConstant::Kind;

const OpcodeInfo& info_of(uint32_t word) { return kOpcodes[word & 0xFF]; }
bool is_continuation(uint32_t word) { return opcode_of(word) >= Opcode::ContinueCall; }

VerifierConstant facts_of(const BlueprintConstant& constant) {
  using K = BlueprintConstant::Kind;
  VerifierConstant facts;
  if (constant.kind == K::Str) facts.kind = ConstantKind::Str;
  if (constant.kind == K::Code) facts.kind = ConstantKind::Code;
  if (constant.kind == K::Tuple) {
    facts.kind = ConstantKind::Names;
    facts.length = static_cast<uint32_t>(constant.items.size());
    for (const BlueprintConstant& item : constant.items)
      if (item.kind != K::Str) facts.kind = ConstantKind::Tuple;
  }
  return facts;
}

}  // namespace

const std::string& CodeVerifier::check(const VerifierInput& input) {
  code_ = input;
  fault_.clear();
  find_starts();
  for (uint32_t at = 0; fault_.empty() && at < code_.code.size(); at += info_of(code_.code[at]).words) instruction(at);
  if (fault_.empty()) tables();
  return fault_;
}

void CodeVerifier::fail(uint32_t at, const std::string& what) {
  if (fault_.empty()) fault_ = std::string(code_.name) + " at " + std::to_string(at) + ": " + what;
}

void CodeVerifier::find_starts() {
  starts_.assign(code_.code.size() + 1, 0);
  if (code_.code.empty()) return fail(0, "no instructions");
  uint32_t at = 0, last = 0;
  while (at < code_.code.size()) {
    if ((code_.code[at] & 0xFF) >= kOpcodeCount || is_continuation(code_.code[at])) return fail(at, "unknown opcode");
    starts_[at] = 1;
    last = at;
    at += info_of(code_.code[at]).words;
  }
  if (at != code_.code.size()) return fail(last, "second word missing");
  if (!(info_of(code_.code[last]).traits & Ends)) fail(last, "runs off the end");
}

void CodeVerifier::reg(uint32_t at, uint32_t number, uint32_t count) {
  if (number + count > code_.register_count) [[unlikely]]
    fail(at, "register " + std::to_string(number + count - 1) + " out of range");
}
void CodeVerifier::constant(uint32_t at, uint32_t index) {
  if (index >= code_.constants.size()) [[unlikely]]
    fail(at, "constant out of range");
}
void CodeVerifier::constant(uint32_t at, uint32_t index, ConstantKind kind) {
  constant(at, index);
  if (!fault_.empty()) return;
  const ConstantKind found = code_.constants[index].kind;
  if (found != kind && !(kind == ConstantKind::Tuple && found == ConstantKind::Names))
    fail(at, "wrong kind of constant");
}
void CodeVerifier::name(uint32_t at, uint32_t index) {
  constant(at, index);
  if (!fault_.empty()) return;
  if (code_.constants[index].kind != ConstantKind::Str) return fail(at, "name is not a str");
  code_.constants[index].used_as_name = true;
}
void CodeVerifier::jump(uint32_t at, int64_t target) {
  if (target < 0 || target >= static_cast<int64_t>(code_.code.size()) || !starts_[static_cast<size_t>(target)])
    fail(at, "jump into nowhere");
}

void CodeVerifier::instruction(uint32_t at) {
  const uint32_t first = code_.code[at];
  const OpcodeInfo& info = info_of(first);
  const uint32_t second = info.words == 2 ? code_.code[at + 1] : 0;
  const uint32_t bytes[3] = {operand_a(first), operand_b(first), operand_c(first)};
  const int64_t end = int64_t{at} + info.words;
  for (int i = 0; info.format[i]; ++i) {
    switch (info.format[i]) {
      case 'T':
      case 'R':
        reg(at, bytes[i]);
        break;
      case 'K':
        constant(at, bytes[i]);
        break;
      case 'D':
        if (opcode_of(first) == Opcode::LoadConst) constant(at, operand_d(first));
        if (opcode_of(first) == Opcode::LoadFree && operand_d(first) >= code_.free_registers.size())
          fail(at, "no such free cell");
        if (opcode_of(first) == Opcode::LoadFar || opcode_of(first) == Opcode::StoreFar) reg(at, operand_d(first));
        break;
      case 'M':
        name(at, operand_d(first));
        break;
      case 'J':
        jump(at, end + operand_i(first));
        break;
      case 'L':
        jump(at, end + operand_l(first));
        break;
      case 'E':
        jump(at, end + extra_jump(second));
        break;
      case 'N':
        name(at, extra(second));
        break;
      default:
        break;
    }
  }
  if (info.words == 2 && feedback_index(second) != kNoFeedback && feedback_index(second) >= code_.feedback_count)
    fail(at, "feedback out of range");
  ranges(at, first, second);
}

/// The consecutive registers of B operands, and what the constant of the second word must be.
void CodeVerifier::ranges(uint32_t at, uint32_t first, uint32_t second) {
  const uint32_t a = operand_a(first), b = operand_b(first), c = operand_c(first);
  switch (opcode_of(first)) {
    case Opcode::LoadMethod:
      reg(at, a), reg(at, a + kCallGap);
      break;
    case Opcode::LoadSlice:
    case Opcode::StoreSlice:
      reg(at, c, 2);
      break;
    case Opcode::BuildTuple:
    case Opcode::BuildList:
    case Opcode::BuildSet:
    case Opcode::BuildString:
    case Opcode::BuildSlice:
      if (c) reg(at, b, c);
      break;
    case Opcode::BuildMap:
      if (c) reg(at, b, 2 * c);
      break;
    case Opcode::BuildConstMap:
      constant(at, extra(second), ConstantKind::Tuple);
      if (fault_.empty() && code_.constants[extra(second)].length > 0)
        reg(at, b, code_.constants[extra(second)].length);
      break;
    case Opcode::FormatValue:
      reg(at, b, c >= 4 ? 2 : 1);
      break;
    case Opcode::UnpackSequence:
      if (c) reg(at, a, c);
      break;
    case Opcode::UnpackEx:
      reg(at, a, c + extra(second) + 1);
      break;
    case Opcode::Call:
      reg(at, b);
      if (c) reg(at, b + kCallGap, c);
      break;
    case Opcode::CallKeywords:
      reg(at, b);
      if (c) reg(at, b + kCallGap, c);
      constant(at, extra(second), ConstantKind::Names);
      if (fault_.empty() && code_.constants[extra(second)].length > c) fail(at, "more names than arguments");
      break;
    case Opcode::CallMethod:
      reg(at, b + kCallGap, c + 1);
      break;
    case Opcode::CallMethodKeywords:
      reg(at, b + kCallGap, c + 1);
      constant(at, extra(second), ConstantKind::Names);
      if (fault_.empty() && code_.constants[extra(second)].length > c) fail(at, "more names than arguments");
      break;
    case Opcode::CallEx:
      reg(at, b + kCallGap, 2);
      break;
    case Opcode::MakeFunction: {
      const uint32_t parts = static_cast<uint32_t>(__builtin_popcount(c & 15));
      if (parts) reg(at, b, parts);
      constant(at, extra(second), ConstantKind::Code);
      break;
    }
    case Opcode::EnterContext:
    case Opcode::MatchExceptionGroup:
      reg(at, a, 2);
      break;
    case Opcode::ImportName:
      reg(at, b, 2);
      break;
    case Opcode::MatchClass:
      reg(at, b, 3);
      break;
    default:
      break;
  }
}

void CodeVerifier::tables() {
  for (const ExceptionRange& range : code_.exceptions) {
    if (range.start >= range.end || range.end > code_.code.size() || !starts_[range.start])
      fail(range.start, "bad exception range");
    if (range.handler >= code_.code.size() || !starts_[range.handler])
      fail(range.start, "handler in the middle of nowhere");
    if (range.target >= code_.register_count) fail(range.start, "handler's register out of range");
  }
  for (uint16_t each : code_.cell_registers) reg(0, each);
  for (uint16_t each : code_.free_registers) reg(0, each);
}

std::string verify(const Blueprint& blueprint) {
  std::vector<VerifierConstant> constants;
  constants.reserve(blueprint.constants.size());
  for (const BlueprintConstant& constant : blueprint.constants) constants.push_back(facts_of(constant));
  CodeVerifier verifier;
  const std::string_view name = blueprint.qualified_name;
  std::string fault = verifier.check({name, blueprint.code, constants, blueprint.exceptions, blueprint.cell_registers,
                                      blueprint.free_registers, blueprint.register_count, blueprint.feedback_count});
  for (size_t i = 0; i < blueprint.positions.size() && fault.empty(); ++i) {
    const uint32_t word = blueprint.positions[i].word;
    if ((i && word <= blueprint.positions[i - 1].word) || !verifier.is_start(word))
      fault = std::string(name) + " at " + std::to_string(word) + ": bad position entry";
  }
  if (fault.empty() && (blueprint.cell_names.size() != blueprint.cell_registers.size() ||
                        blueprint.free_names.size() != blueprint.free_registers.size()))
    fault = std::string(name) + ": cell tables differ in length";
  for (const BlueprintConstant& constant : blueprint.constants)
    if (fault.empty() && constant.kind == BlueprintConstant::Kind::Code)
      fault = constant.code ? verify(*constant.code) : "code constant without code";
  return fault;
}

}  // namespace viperine
