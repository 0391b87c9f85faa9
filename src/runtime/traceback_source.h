// SPDX-License-Identifier: MIT
// Source lines for people: finding a line of a source file in its encoding, and where the carets go under it (PEP 657).
#pragma once

#include <string>

#include "runtime/strings.h"

namespace viperine {

/// Reads lines of source files; remembers the last file. Never raises: a line that cannot be had is null.
class SourceLines {
 public:
  explicit SourceLines(Thread& thread) : thread_(thread) {}
  /// Line `number` (from 1) without its newline.
  Str* line(Str* filename, int64_t number);

 private:
  void load(Str* filename);
  Thread& thread_;
  std::string name_, bytes_, encoding_;
  bool loaded_ = false;
};

/// What is marked in a line, in characters from its start: [start, end), all with `primary`, except
/// [left_end, right_start) with `secondary` when there are anchors (left_end >= 0).
struct CaretRange {
  int64_t start, end, left_end = -1, right_start = -1;
  char primary = '^', secondary = '^';
};
/// Finds the operator or the brackets of the expression that is marked.
void find_anchors(Thread& thread, Str* line, CaretRange* range);
/// Characters in the first `bytes` UTF-8 bytes of the line.
int64_t characters_in(Str* line, int64_t bytes);

}  // namespace viperine
