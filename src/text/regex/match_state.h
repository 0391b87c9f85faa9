// SPDX-License-Identifier: MIT
// Running a program on a text: match, fullmatch, search, and what finditer needs to go on.
// A backtracking machine without recursion: everything that may have to be undone is a record on one growing stack.
// The text must stay where it is while a call runs. The caller gives the range [start, end) to look in; \A, ^ and
// look-behind see the whole text before it.
#pragma once

#include <cstdint>

#include "text/regex/program.h"
#include "text/text_view.h"

namespace viperine::regex {

enum class Outcome : uint8_t { kNoMatch, kMatch, kInterrupted, kNoMemory };
enum class Anchor : uint8_t { kPrefix, kFull };

// Asked every few thousand steps; true stops the match (kInterrupted).
struct Interrupt {
  bool (*is_wanted)(void* context) = nullptr;
  void* context = nullptr;
};

// One thing to undo or to try instead (match_state.cpp).
struct Record {
  uint32_t kind;
  uint32_t at;
  const void* position;
  uint64_t extra;
};

struct LoopState {
  int64_t count;
  const void* last;
};

class MatchState {
 public:
  /// 0 <= start, end <= text.length. The program must outlive the state.
  MatchState(const uint32_t* program, const TextView& text, size_t start, size_t end, Interrupt interrupt = {});
  MatchState(const MatchState&) = delete;
  MatchState& operator=(const MatchState&) = delete;
  ~MatchState();

  Outcome match(Anchor anchor);
  Outcome search();

  /// After kMatch: makes the next call go on behind this match, and not accept an empty match where it ended if this
  /// one was empty there (finditer, sub, split, scanner).
  void advance();
  /// For a state made anew behind a match: whether that match was empty, so that an empty one here does not count.
  void set_must_advance(bool wanted) { must_advance_ = wanted; }

  // After kMatch.
  size_t match_start() const { return index_of(match_start_); }
  size_t match_end() const { return index_of(match_end_); }
  /// Group 1 and up; false if it did not take part.
  bool group_span(uint32_t group, size_t& start, size_t& end) const;
  /// The group closed last, or -1.
  int64_t last_index() const { return last_index_; }
  uint32_t group_count() const { return header_of(program_).groups; }

  /// Bytes that the stack may take before kNoMemory.
  void set_memory_limit(size_t bytes) { max_records_ = bytes / sizeof(Record); }

  /// Where the text is now, if it was moved between two calls.
  void rebase(const void* data);

 private:
  template <typename Unit>
  friend class Machine;

  static constexpr size_t kInlineRecords = 48, kInlineMarks = 24, kInlineLoops = 8;
  static constexpr size_t kDefaultMemoryLimit = size_t{1} << 31;

  size_t index_of(const void* position) const {
    return static_cast<size_t>(static_cast<const uint8_t*>(position) - text_.bytes()) / text_.width;
  }
  const void* position_of(size_t index) const { return text_.bytes() + index * text_.width; }
  bool grow_stack();
  void reset();

  const uint32_t* program_;
  TextView text_;
  Interrupt interrupt_;
  const void* start_;
  const void* end_;
  const void* match_start_ = nullptr;
  const void* match_end_ = nullptr;
  bool must_advance_ = false;
  int64_t last_index_ = -1;
  size_t depth_ = 0;
  size_t capacity_ = kInlineRecords;
  size_t max_records_ = kDefaultMemoryLimit / sizeof(Record);
  Record* records_ = inline_records_;
  const void** marks_ = inline_marks_;
  LoopState* loops_ = inline_loops_;
  Record inline_records_[kInlineRecords];
  const void* inline_marks_[kInlineMarks];
  LoopState inline_loops_[kInlineLoops];
};

}  // namespace viperine::regex
