// SPDX-License-Identifier: MIT
// What instructions do with registers: which they read and write, where control goes on, which registers somebody still
// needs. Used where time does not matter: jumps of f_lineno, gc.collect().
#pragma once

#include <bitset>
#include <vector>

#include "bytecode/opcodes.h"
#include "runtime/interpreter_data.h"

namespace viperine {

/// The first 256 registers of a frame: others are variables.
using Registers = std::bitset<256>;

class CodeFlow {
 public:
  explicit CodeFlow(Code* code) : code_(code), words_(code->words()), count_(code->word_count_) {}

  uint32_t size_at(uint32_t at) const { return kOpcodes[words_[at] & 0xFF].words; }
  std::span<const CodeException> exceptions() const {
    return {reinterpret_cast<const CodeException*>(words_ + count_), code_->exception_count_};
  }

  template <typename Visit>
  void successors(uint32_t at, Visit visit) const {
    uint32_t word = words_[at];
    const OpcodeInfo& info = kOpcodes[word & 0xFF];
    uint32_t end = at + info.words;
    for (const char* letter = info.format; *letter != 0; ++letter) {
      if (*letter == 'J') visit(end + static_cast<uint32_t>(operand_i(word)));
      if (*letter == 'L') visit(end + static_cast<uint32_t>(operand_l(word)));
      if (*letter == 'E') visit(end + static_cast<uint32_t>(extra_jump(words_[at + 1])));
    }
    bool falls = (info.traits & Ends) == 0 || opcode_of(word) == Opcode::MakeGenerator;
    if (falls && end < count_) visit(end);
  }

  /// Calls write(register) and read(register) for each register of the instruction.
  template <typename Write, typename Read>
  void operands(uint32_t at, Write write, Read read) const {
    uint32_t word = words_[at], a = operand_a(word), b = operand_b(word), c = operand_c(word);
    const OpcodeInfo& info = kOpcodes[word & 0xFF];
    uint32_t second = info.words == 2 ? words_[at + 1] : 0;
    auto reads = [&](uint32_t first, uint32_t number) {
      for (uint32_t i = 0; i < number; ++i) read(first + i);
    };
    auto writes = [&](uint32_t first, uint32_t number) {
      for (uint32_t i = 0; i < number; ++i) write(first + i);
    };
    const uint32_t bytes[3] = {a, b, c};
    for (int i = 0; info.format[i] != 0 && i < 3; ++i) {
      if (info.format[i] == 'T') write(bytes[i]);
      if (info.format[i] == 'R') read(bytes[i]);
    }
    switch (opcode_of(word)) {
      case Opcode::LoadMethod:
        write(a), write(a + kCallGap);
        break;
      case Opcode::LoadSlice:
      case Opcode::StoreSlice:
        reads(c, 2);
        break;
      case Opcode::BuildTuple:
      case Opcode::BuildList:
      case Opcode::BuildSet:
      case Opcode::BuildString:
      case Opcode::BuildSlice:
        reads(b, c);
        break;
      case Opcode::BuildMap:
        reads(b, 2 * c);
        break;
      case Opcode::BuildConstMap: {
        Value keys = code_->constants()[extra(second)];
        if (is<Tuple>(keys)) reads(b, static_cast<uint32_t>(cast<Tuple>(keys)->length()));
        break;
      }
      case Opcode::FormatValue:
        reads(b, c >= 4 ? 2 : 1);
        break;
      case Opcode::UnpackSequence:
        writes(a, c);
        break;
      case Opcode::UnpackEx:
        writes(a, c + extra(second) + 1);
        break;
      case Opcode::Call:
      case Opcode::CallKeywords:
        read(b), reads(b + kCallGap, c);
        break;
      case Opcode::CallMethod:
      case Opcode::CallMethodKeywords:
        read(b), reads(b + kCallGap, c + 1);
        break;
      case Opcode::CallEx:
        read(b), reads(b + kCallGap, 2);
        break;
      case Opcode::MakeFunction:
        reads(b, static_cast<uint32_t>(__builtin_popcount(c & 15)));
        break;
      case Opcode::EnterContext:
      case Opcode::MatchExceptionGroup:
        writes(a, 2);
        break;
      case Opcode::ImportName:
        reads(b, 2);
        break;
      case Opcode::MatchClass:
        reads(b, 3);
        break;
      default:
        break;
    }
  }

  /// By word: the registers that somebody may still read when the instruction there is about to run. Instructions for
  /// which `counts(word)` does not hold are left out.
  template <typename Counts>
  std::vector<Registers> liveness(Counts counts) const {
    std::vector<Registers> all(count_);
    std::vector<uint32_t> starts;
    for (uint32_t at = 0; at < count_; at += size_at(at)) starts.push_back(at);
    for (bool changed = true; changed;) {
      changed = false;
      for (size_t i = starts.size(); i-- > 0;) {
        if (!counts(starts[i])) continue;
        Registers live = live_before(starts[i], all);
        if (live != all[starts[i]]) all[starts[i]] = live, changed = true;
      }
    }
    return all;
  }

 private:
  Registers live_before(uint32_t at, const std::vector<Registers>& all) const {
    Registers live;
    successors(at, [&](uint32_t next) {
      if (next < count_) live |= all[next];
    });
    auto nothing = [](uint32_t) {};
    operands(
        at,
        [&](uint32_t number) {
          if (number < 256) live[number] = false;
        },
        nothing);
    operands(at, nothing, [&](uint32_t number) {
      if (number < 256) live[number] = true;
    });
    for (const CodeException& each : exceptions()) {
      if (at < each.start || at >= each.end) continue;
      Registers handler = all[each.handler];
      if (each.target < 256) handler[each.target] = false;
      live |= handler;
      break;
    }
    return live;
  }

  Code* code_;
  const uint32_t* words_;
  uint32_t count_;
};

}  // namespace viperine
