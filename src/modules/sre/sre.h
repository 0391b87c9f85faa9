// SPDX-License-Identifier: MIT
// The objects of _sre: Pattern, Match, Scanner. The engine is in text/regex/.
//   pattern.cpp: methods of Pattern and of Scanner   substitute.cpp: sub, subn, templates   match.cpp: Match
//   module.cpp: the module
#pragma once

#include "builtins/container_support.h"
#include "objects/module.h"
#include "runtime/buffers.h"
#include "runtime/classes.h"
#include "runtime/text_views.h"
#include "text/regex/match_state.h"

namespace viperine {

class RegexPattern final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::RegexPattern;
  Slot<Value> pattern_;       // str, bytes-like or None
  Slot<Value> group_index_;   // dict: name -> number
  Slot<Value> index_group_;   // tuple: number -> name or None
  Slot<Buffer> program_;      // text/regex/program.h
  int64_t flags_, groups_;
  const uint32_t* program() const { return reinterpret_cast<const uint32_t*>(program_->data()); }
  LAYOUT(RegexPattern, HeapObject, pattern_, group_index_, index_group_, program_, flags_, groups_);
};

/// Spans of the groups follow: start and end of each, -1 for those that did not take part; group 0 first.
class RegexMatch final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::RegexMatch;
  Slot<Value> string_, pattern_, regs_;   // regs_: None until asked for
  int64_t position_, end_position_, last_index_, group_count_;
  int64_t* spans() { return reinterpret_cast<int64_t*>(this + 1); }
  int64_t start(int64_t group) { return spans()[2 * group]; }
  int64_t end(int64_t group) { return spans()[2 * group + 1]; }
  RegexPattern* pattern() const { return static_cast<RegexPattern*>(pattern_.get().as_object()); }
  static TailExtent tail_extent(const HeapObject* object) {
    return {0, static_cast<size_t>(static_cast<const RegexMatch*>(object)->group_count_ + 1) * 16};
  }
  LAYOUT(RegexMatch, HeapObject, string_, pattern_, regs_, position_, end_position_, last_index_, group_count_);
};

class RegexScanner final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::RegexScanner;
  Slot<Value> pattern_, string_;
  int64_t first_, position_, end_position_;   // position_: -1 when there is nothing more
  int64_t must_advance_;
  LAYOUT(RegexScanner, HeapObject, pattern_, string_, first_, position_, end_position_, must_advance_);
};

/// The text that a pattern looks at: a str or the bytes of a buffer, clipped to [position, end_position).
class Subject {
 public:
  explicit Subject(Thread& thread) : thread_(thread), buffer_(thread) {}
  /// TypeErrors when it is no text or not of the pattern's kind (`pattern` null: any).
  Result<void> take(RegexPattern* pattern, Value string, int64_t position = 0, int64_t end_position = INT64_MAX);
  const TextView& view() const { return view_; }
  Value string() const { return string_; }
  int64_t position() const { return position_; }
  int64_t end_position() const { return end_position_; }
  bool is_text() const { return is_text_; }
  /// The part from start to end as str or bytes; the whole exact object when it is all.
  Result<Value> slice(int64_t start, int64_t end) const;

 private:
  Thread& thread_;
  BufferScope buffer_;
  Value string_;
  TextView view_;
  int64_t position_ = 0, end_position_ = 0;
  bool is_text_ = true;
};

/// Signal handlers run while a match takes long.
regex::Interrupt interrupt_of(Thread& thread);
/// True for a match; MemoryError and what a signal handler raised.
Result<bool> matched(Thread& thread, regex::Outcome outcome);
Result<Value> make_match(Thread& thread, RegexPattern* pattern, const Subject& subject, const regex::MatchState& state);
Result<Value> group_text(const Subject& subject, const regex::MatchState& state, int64_t group, Value fallback);

Result<Value> pattern_sub(Thread& thread, RegexPattern* self, Value replacement, Value string, Index count);
Result<Value> pattern_subn(Thread& thread, RegexPattern* self, Value replacement, Value string, Index count);
/// A function of the module re.
Result<Value> re_function(Thread& thread, std::string_view name);

extern const TypeSpec kPatternType, kMatchType, kScannerType;

}  // namespace viperine
