// SPDX-License-Identifier: MIT
// Source positions of a Code, packed: from a list of SourcePositions to bytes and back.
//   per entry, all varints (signed ones zigzag): word delta, line delta + 1 shifted flag ... see positions.cpp
#pragma once

#include <span>

#include "bytecode/blueprint.h"
#include "objects/function.h"
#include "runtime/runtime.h"

namespace viperine {

Bytes* encode_positions(Thread& thread, std::span<const SourcePosition> positions, uint32_t first_line);

/// Walks the entries of a Code's position table in order.
class PositionReader {
 public:
  explicit PositionReader(const Code* code);
  /// False at the end. `position.word` is where the entry begins.
  bool next(SourcePosition* position);

 private:
  uint64_t read();
  int64_t read_signed();
  const uint8_t* at_;
  const uint8_t* end_;
  SourcePosition previous_;
};

/// Position of the instruction at this word.
SourcePosition position_at(const Code* code, uint32_t word);

/// Line of the instruction at this word, from a table that the Code keeps from then on; 0 = none.
int32_t line_in_table(Thread& thread, Code* code, uint32_t word);

}  // namespace viperine
