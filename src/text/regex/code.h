// SPDX-License-Identifier: MIT
// The code words that the standard library's re/_compiler.py writes (Python 3.11): numbers, as in re/_constants.py.
// They are the input of program.h and nothing runs them as they are.
#pragma once

#include <cstdint>

namespace viperine::regex {

constexpr uint32_t kMagic = 20220615;
constexpr uint32_t kCodeSize = 4;
constexpr uint32_t kMaxRepeat = 4294967295u;  // also "no limit"
constexpr uint32_t kMaxGroups = 1073741823u;

enum PatternFlags : uint32_t {
  kFlagTemplate = 1,
  kFlagIgnoreCase = 2,
  kFlagLocale = 4,
  kFlagMultiline = 8,
  kFlagDotAll = 16,
  kFlagUnicode = 32,
  kFlagVerbose = 64,
  kFlagDebug = 128,
  kFlagAscii = 256,
};

enum class Code : uint32_t {
  Failure, Success, Any, AnyAll, Assert, AssertNot, At, Branch, Category, Charset, BigCharset, GroupRef,
  GroupRefExists, In, Info, Jump, Literal, Mark, MaxUntil, MinUntil, NotLiteral, Negate, Range, Repeat, RepeatOne,
  Subpattern, MinRepeatOne, AtomicGroup, PossessiveRepeat, PossessiveRepeatOne,
  GroupRefIgnore, InIgnore, LiteralIgnore, NotLiteralIgnore,
  GroupRefLocIgnore, InLocIgnore, LiteralLocIgnore, NotLiteralLocIgnore,
  GroupRefUniIgnore, InUniIgnore, LiteralUniIgnore, NotLiteralUniIgnore, RangeUniIgnore,
};

enum class At : uint32_t {
  Beginning, BeginningLine, BeginningString, Boundary, NonBoundary, End, EndLine, EndString,
  LocBoundary, LocNonBoundary, UniBoundary, UniNonBoundary,
};
constexpr uint32_t kAtCount = 12;

// Even: the property, odd: its opposite.
enum class Category : uint32_t {
  Digit, NotDigit, Space, NotSpace, Word, NotWord, Linebreak, NotLinebreak, LocWord, LocNotWord,
  UniDigit, UniNotDigit, UniSpace, UniNotSpace, UniWord, UniNotWord, UniLinebreak, UniNotLinebreak,
};
constexpr uint32_t kCategoryCount = 18;

enum InfoFlags : uint32_t { kInfoPrefix = 1, kInfoLiteral = 2, kInfoCharset = 4 };

}  // namespace viperine::regex
