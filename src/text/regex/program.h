// SPDX-License-Identifier: MIT
// What the matcher runs: the code words of re/_compiler.py, checked and translated once per pattern into one block of
// 32-bit words without pointers, so that it may be stored anywhere. Literals are joined, sets get a bitmap of the first
// 256 characters, single-character repeats know what must follow them.
// Invariant: a program that compile_program made never reads outside itself, whatever the code words were.
#pragma once

#include <cstdint>
#include <span>

#include "text/regex/code.h"

namespace viperine::regex {

/// Growing array of words.
class Words {
 public:
  Words() = default;
  Words(const Words&) = delete;
  Words& operator=(const Words&) = delete;
  ~Words();
  void append(uint32_t word);
  uint32_t& operator[](size_t index) { return data_[index]; }
  const uint32_t* data() const { return data_; }
  size_t size() const { return size_; }
  void clear() { size_ = 0; }

 private:
  uint32_t* data_ = nullptr;
  size_t size_ = 0, capacity_ = 0;
};

// A program is a header and instructions. Targets are word indices from the program's start.
struct Header {
  uint32_t size;           // in words, with the header
  uint32_t groups;         // without group 0
  uint32_t loops;          // slots for general repeats
  uint32_t minimum_width;  // no match is shorter
  uint32_t scan;           // Scan: how search finds candidates
  uint32_t scan_at;        // where the instruction, bitmap or prefix (length, characters) is that it uses
};
constexpr uint32_t kHeaderWords = sizeof(Header) / 4;

enum class Scan : uint32_t {
  kEverywhere,
  kOnlyAtBeginning,
  kLineStarts,
  kInstruction,  // a character matcher (or String) must accept the first character
  kBitmap,       // the first character is in the bitmap[8]; above 255 all are if the word behind it is not 0
  kRun,          // the match starts with an unlimited greedy repeat, and the run must end at its lookahead
  kPrefix,       // the match starts with this string
  kWholeLiteral, // the match is this string, and there is no group
};

// One per line: operation, its operand words.
enum class Op : uint32_t {
  // Character matchers: one character each. kMatcherEnd is behind the last.
  Literal,     // character
  NotLiteral,  // character
  Any,         // all but \n
  AnyAll,
  Set,         // size of the rest, bitmap[8], Fold, charset...
  LocaleSet,   // size of the rest, kLocaleFold | kLocaleInvert, charset...
  kMatcherEnd,
  String = kMatcherEnd,  // length, characters...
  Succeed,
  Fail,
  At,           // At
  Mark,         // index
  Jump,         // target
  Alternative,  // next alternative (0: last), filter matcher (0: none)
  LoopEnter,    // slot
  LoopGreedy,   // slot, minimum, maximum, body
  LoopLazy,     // slot, minimum, maximum, body
  PossessiveLoop,     // slot, minimum, maximum, target behind the loop
  PossessiveLoopEnd,  // target of the PossessiveLoop
  RepeatGreedy,       // minimum, maximum, next instruction, Lookahead, its operand; then the matcher
  RepeatLazy,         // the same
  RepeatPossessive,   // the same
  GroupRef,           // group
  GroupRefIgnore,     // group, Fold (kLocale for the locale's)
  GroupRefExists,     // group, target if it is not set
  Assert,             // characters to go back
  AssertEnd,
  AssertNot,          // characters to go back, target behind
  AssertNotEnd,
  Atomic,
  AtomicEnd,
};

enum class Fold : uint32_t { kNone, kAscii, kUnicode, kLocale };

// What must stand behind a repeat for the rest to match.
enum class Lookahead : uint32_t {
  kUnknown,
  kLiteral,  // operand: the character
  kMatcher,  // operand: index of a matcher
};
constexpr uint32_t kLookaheadKind = 3;
// No character of the repeat can stand behind it, so giving characters back is useless.
constexpr uint32_t kExclusive = 4;

// Bits of a LocaleSet.
constexpr uint32_t kLocaleFold = 1, kLocaleInvert = 2;

/// Checks and translates; false is "invalid SRE code".
bool compile_program(std::span<const uint32_t> code, uint32_t groups, Words& program);

inline const Header& header_of(const uint32_t* program) { return *reinterpret_cast<const Header*>(program); }

/// Whether the matcher instruction (or the String) at `at` accepts the character.
bool accepts(const uint32_t* at, char32_t code);

}  // namespace viperine::regex
