// SPDX-License-Identifier: MIT
// Blueprint: what the compiler makes of one code block, as plain data in an arena: no Values, no heap.
// runtime/materialize.cpp turns it into Code objects; image/ writes it; the disassembler reads it.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace viperine {

struct Blueprint;

/// A constant of a code block. Text is UTF-8 that may hold encoded surrogates; an Int is decimal or 0x text.
struct BlueprintConstant {
  enum class Kind : uint8_t {
    None,
    True,
    False,
    Ellipsis,
    Int,
    Float,
    Complex,
    Str,
    Bytes,
    Tuple,
    FrozenSet,
    Code,
    Opaque
  };
  Kind kind = Kind::None;
  bool interned = false;                         // Str: a name, or text that looks like one
  uint32_t opaque_index = 0;  // Opaque: index into the caller's table of objects (compile() from AST)
  int64_t small = 0;                             // Int: its value when `text` is empty
  double real = 0, imaginary = 0;                // Float, Complex
  std::string_view text;                         // Int, Str, Bytes
  std::span<const BlueprintConstant> items;      // Tuple, FrozenSet
  const Blueprint* code = nullptr;               // Code
};

/// Instructions [start, end) (in words) are protected: an exception goes to `handler` with the exception stored in
/// `target`. Entries are sorted inner first; the first that covers a pc counts.
struct ExceptionRange {
  uint32_t start, end, handler;
  uint16_t target;
};

/// Source position of the instruction that starts at `word`, valid until the next entry's word.
/// Lines are 1-based, columns UTF-8 byte offsets; line 0 = no position (artificial); column -1 = unknown.
struct SourcePosition {
  uint32_t word;
  int32_t line, end_line;
  int32_t column, end_column;
};

enum CodeFlags : uint32_t {                      // as inspect.CO_*
  kCodeOptimized = 0x1, kCodeNewLocals = 0x2, kCodeVarArgs = 0x4, kCodeVarKeywords = 0x8, kCodeNested = 0x10,
  kCodeGenerator = 0x20, kCodeCoroutine = 0x80, kCodeIterableCoroutine = 0x100, kCodeAsyncGenerator = 0x200,
  kCodeFutureBarryAsBdfl = 0x400000, kCodeFutureAnnotations = 0x1000000,
};

struct Blueprint {
  std::string_view name, qualified_name, filename;
  uint32_t first_line = 1, flags = 0;
  uint32_t positional_count = 0;                 // co_argcount: positional-only included
  uint32_t positional_only_count = 0, keyword_only_count = 0;
  uint32_t register_count = 0;                   // all registers, temporaries included
  uint32_t feedback_count = 0;
  // co_varnames: register i holds variable i (as a Cell if also in cell_names). Beyond 140 to 160 variables the further
  // ones are far: variable near_count + k lives in cell k of a list in register far_list (parameters leave their
  // registers in the prologue).
  std::span<const std::string_view> variable_names;
  uint32_t near_count = 0;                       // all variables when none is far
  uint16_t far_list = 0;                         // 0: no variable is far
  std::span<const std::string_view> cell_names;       // co_cellvars
  std::span<const uint16_t> cell_registers;           // register of each cell variable
  std::span<const std::string_view> free_names;       // co_freevars
  std::span<const uint16_t> free_registers;
  std::span<const std::string_view> names;            // co_names, informative
  std::span<const std::string_view>
      self_attributes;  // names X of `self.X = ...` in this function (first parameter), distinct
  std::span<const BlueprintConstant> constants;
  std::span<const uint32_t> code;
  std::span<const ExceptionRange> exceptions;
  std::span<const SourcePosition> positions;
};

}  // namespace viperine
