// SPDX-License-Identifier: MIT
// Checks that code is well formed: operands in range, constants of the kind that their instruction wants, jumps and
// handlers on instruction starts, no running off the end. Says nothing of what registers hold.
#pragma once

#include <string>
#include <vector>

#include "bytecode/blueprint.h"

namespace viperine {

/// What the verifier must know of a constant. Names: a tuple of str only; `length` is that of the tuple.
struct VerifierConstant {
  enum class Kind : uint8_t { Other, Str, Tuple, Names, Code } kind = Kind::Other;
  bool used_as_name = false;  // written by the verifier: an instruction takes it as a name
  uint32_t length = 0;
};

/// A code object in any form: the blueprint's or a loaded one's.
struct VerifierInput {
  std::string_view name;
  std::span<const uint32_t> code;
  std::span<VerifierConstant> constants;
  std::span<const ExceptionRange> exceptions;
  std::span<const uint16_t> cell_registers, free_registers;
  uint32_t register_count = 0, feedback_count = 0;
};

/// May be used again and again: keeps its memory.
class CodeVerifier {
 public:
  /// Empty, or what is wrong (first fault found), with the code's name and the word.
  const std::string& check(const VerifierInput& input);
  bool is_start(uint32_t word) const { return word + size_t{1} < starts_.size() && starts_[word]; }

 private:
  void fail(uint32_t at, const std::string& what);
  void find_starts();
  void reg(uint32_t at, uint32_t number, uint32_t count = 1);
  void constant(uint32_t at, uint32_t index);
  void constant(uint32_t at, uint32_t index, VerifierConstant::Kind kind);
  void name(uint32_t at, uint32_t index);
  void jump(uint32_t at, int64_t target);
  void instruction(uint32_t at);
  void ranges(uint32_t at, uint32_t first, uint32_t second);
  void tables();

  VerifierInput code_;
  std::vector<uint8_t> starts_;
  std::string fault_;
};

/// The same for a blueprint and those nested in it, position tables included.
std::string verify(const Blueprint& blueprint);

}  // namespace viperine
