// SPDX-License-Identifier: MIT
// The machine: one loop over instructions, one over records when something fails. Templated by the width of the text.
// Invariants: popping all records restores marks, last_index and loops to what they were before the attempt; a barrier
// record marks where an atomic part began, and `barrier` is the innermost one's place.
#include "text/regex/match_state.h"

#include <cstdlib>
#include <cstring>

#include "base/check.h"
#include "text/regex/characters.h"
#include "text/scan_units.h"

namespace viperine::regex {

namespace {

enum RecordKind : uint32_t {
  kChoice,           // go on at `at` from `position`
  kRepeatBack,       // greedy single-character repeat `at`: give back from `position`, not below `extra`
  kRepeatMore,       // lazy single-character repeat `at`: take one more at `position`, `extra` are left
  kLoopChoice,       // greedy loop `at`: leave it from `position`; undo its count; `extra` was its last
  kLazyChoice,       // lazy loop `at`: enter the body from `position`
  kUndoLoop,         // loop slot `at` had last `position` and count `extra`
  kUndoMark,         // mark `at` was `position`, last_index was `extra`
  kBarrier,          // an atomic part began at `position`; `extra` is the outer barrier; failing goes on failing
  kBarrierContinue,  // the same, but failing goes on at `at` from `position`
};

constexpr uint64_t kNoBarrier = ~uint64_t{0};
constexpr uint32_t kStepsPerPoll = 1 << 14;

}  // namespace

template <typename Unit>
class Machine {
 public:
  Machine(MatchState& state, Anchor anchor)
      : state_(state),
        program_(state.program_),
        beginning_(state.text_.template as<Unit>()),
        start_(static_cast<const Unit*>(state.start_)),
        end_(static_cast<const Unit*>(state.end_)),
        full_(anchor == Anchor::kFull) {}

  Outcome attempt(const Unit* from);
  Outcome search();

 private:
  const uint32_t* at(uint32_t index) const { return program_ + index; }
  uint32_t index(const uint32_t* pc) const { return static_cast<uint32_t>(pc - program_); }

  bool push(uint32_t kind, uint32_t at, const void* position, uint64_t extra = 0) {
    if (state_.depth_ == state_.capacity_ && !state_.grow_stack()) [[unlikely]] return false;
    state_.records_[state_.depth_++] = {kind, at, position, extra};
    return true;
  }

  bool accepts_at(const uint32_t* matcher, const Unit* ptr) const {
    if (ptr >= end_) return false;
    if constexpr (sizeof(Unit) == 1) {
      if (*matcher == static_cast<uint32_t>(Op::Set)) return (matcher[2 + *ptr / 32] >> (*ptr % 32) & 1) != 0;
    }
    return accepts(matcher, *ptr);
  }

  const Unit* find(const Unit* from, const Unit* limit, uint32_t wanted) const {
    if (wanted != static_cast<Unit>(wanted)) return limit;
    size_t found = find_unit(from, static_cast<size_t>(limit - from), static_cast<Unit>(wanted));
    return found == kNotFound ? limit : from + found;
  }

  const Unit* run_of(const uint32_t* matcher, const Unit* ptr, const Unit* limit) const;
  const Unit* last_accepted(const uint32_t* repeat, const Unit* ptr, const Unit* lowest) const;
  bool take_lazily(const uint32_t* repeat, const Unit*& ptr, uint64_t& left) const;
  bool is_at(At where, const Unit* ptr) const;
  template <typename IsWord>
  int boundary(const Unit* ptr, IsWord is_word) const {
    if (beginning_ == end_) return -1;
    bool before = ptr > beginning_ && is_word(ptr[-1]);
    bool after = ptr < end_ && is_word(*ptr);
    return before != after;
  }
  bool match_group(const uint32_t* pc, const Unit*& ptr, Fold fold) const;
  void cut(uint64_t& barrier, const Unit** position);
  bool follows(const uint32_t* repeat, const Unit* ptr) const {
    if ((repeat[4] & kLookaheadKind) == static_cast<uint32_t>(Lookahead::kLiteral)) {
      return ptr < end_ && *ptr == repeat[5];
    }
    return accepts_at(at(repeat[5]), ptr);
  }
  const Unit* next_candidate(Scan scan, const Unit* from, const Unit* limit) const;
  const Unit* next_in_bitmap(const uint32_t* bitmap, bool high, const Unit* from, const Unit* limit) const;
  Outcome try_at(const Unit* from);
  Outcome search_prefix(Scan scan);

  bool poll() {
    steps_ = kStepsPerPoll;
    return state_.interrupt_.is_wanted == nullptr || !state_.interrupt_.is_wanted(state_.interrupt_.context);
  }

  MatchState& state_;
  const uint32_t* program_;
  const Unit* beginning_;
  const Unit* start_;
  const Unit* end_;
  bool full_;
  uint32_t steps_ = kStepsPerPoll;
};

// The end of the longest run that the matcher accepts.
template <typename Unit>
const Unit* Machine<Unit>::run_of(const uint32_t* matcher, const Unit* ptr, const Unit* limit) const {
  switch (static_cast<Op>(*matcher)) {
    case Op::AnyAll: return limit;
    case Op::Any: return find(ptr, limit, '\n');
    case Op::NotLiteral: return find(ptr, limit, matcher[1]);
    case Op::Literal:
      while (ptr < limit && *ptr == matcher[1]) ++ptr;
      return ptr;
    case Op::Set: {
      const uint32_t* bitmap = matcher + 2;
      for (;;) {
        if constexpr (sizeof(Unit) == 1) {
          while (ptr < limit && (bitmap[*ptr / 32] >> (*ptr % 32) & 1) != 0) ++ptr;
          return ptr;
        } else {
          while (ptr < limit && *ptr < 256 && (bitmap[*ptr / 32] >> (*ptr % 32) & 1) != 0) ++ptr;
          if (ptr == limit || *ptr < 256 || !accepts(matcher, *ptr)) return ptr;
          ++ptr;
        }
      }
    }
    default:
      while (ptr < limit && accepts(matcher, *ptr)) ++ptr;
      return ptr;
  }
}

// The last place in [lowest, ptr] where what follows the repeat can go on, or nullptr.
template <typename Unit>
const Unit* Machine<Unit>::last_accepted(const uint32_t* repeat, const Unit* ptr, const Unit* lowest) const {
  switch (static_cast<Lookahead>(repeat[4] & kLookaheadKind)) {
    case Lookahead::kUnknown: return ptr;
    case Lookahead::kLiteral: {
      uint32_t wanted = repeat[5];
      if (ptr == end_) --ptr;
      for (; ptr >= lowest; --ptr) {
        if (*ptr == wanted) return ptr;
      }
      return nullptr;
    }
    case Lookahead::kMatcher:
      for (; ptr >= lowest; --ptr) {
        if (accepts_at(at(repeat[5]), ptr)) return ptr;
      }
      return nullptr;
  }
  return ptr;
}

// Moves on to the first place where what follows the repeat can go on; false if the repeat ends before.
template <typename Unit>
bool Machine<Unit>::take_lazily(const uint32_t* repeat, const Unit*& ptr, uint64_t& left) const {
  auto lookahead = static_cast<Lookahead>(repeat[4] & kLookaheadKind);
  if (lookahead == Lookahead::kUnknown) return true;
  const uint32_t* matcher = repeat + 6;
  if (lookahead == Lookahead::kMatcher) {
    for (;; ++ptr, --left) {
      if (accepts_at(at(repeat[5]), ptr)) return true;
      if (left == 0 || !accepts_at(matcher, ptr)) return false;
    }
  }
  // A piece at a time: how far the repeat may go, then where in there the literal is.
  constexpr uint64_t kPiece = 128;
  for (;;) {
    uint64_t room = static_cast<uint64_t>(end_ - ptr);
    uint64_t piece = kPiece < left ? kPiece : left;
    const Unit* limit = piece < room ? ptr + piece : end_;
    const Unit* stop = run_of(matcher, ptr, limit);
    const Unit* found = find(ptr, stop, repeat[5]);
    left -= static_cast<uint64_t>(found - ptr);
    ptr = found;
    if (ptr < stop) return true;
    if (ptr < end_ && *ptr == repeat[5]) return true;
    if (stop < limit || limit == end_ || left == 0) return false;
  }
}

template <typename Unit>
bool Machine<Unit>::is_at(At where, const Unit* ptr) const {
  switch (where) {
    case At::Beginning: case At::BeginningString: return ptr == beginning_;
    case At::BeginningLine: return ptr == beginning_ || ptr[-1] == '\n';
    case At::End: return ptr == end_ || (ptr + 1 == end_ && *ptr == '\n');
    case At::EndLine: return ptr == end_ || *ptr == '\n';
    case At::EndString: return ptr == end_;
    case At::Boundary: return boundary(ptr, is_word_ascii) == 1;
    case At::NonBoundary: return boundary(ptr, is_word_ascii) == 0;
    case At::LocBoundary: return boundary(ptr, is_word_locale) == 1;
    case At::LocNonBoundary: return boundary(ptr, is_word_locale) == 0;
    case At::UniBoundary: return boundary(ptr, is_word_unicode) == 1;
    case At::UniNonBoundary: return boundary(ptr, is_word_unicode) == 0;
  }
  return false;
}

template <typename Unit>
bool Machine<Unit>::match_group(const uint32_t* pc, const Unit*& ptr, Fold fold) const {
  auto* from = static_cast<const Unit*>(state_.marks_[pc[1] * 2]);
  auto* to = static_cast<const Unit*>(state_.marks_[pc[1] * 2 + 1]);
  if (from == nullptr || to == nullptr || to < from || to - from > end_ - ptr) return false;
  for (; from < to; ++from, ++ptr) {
    if (*from == *ptr) continue;
    switch (fold) {
      case Fold::kNone: return false;
      case Fold::kAscii:
        if (lower_ascii(*from) != lower_ascii(*ptr)) return false;
        break;
      case Fold::kUnicode:
        if (lower_unicode(*from) != lower_unicode(*ptr)) return false;
        break;
      case Fold::kLocale:
        if (lower_locale(*from) != lower_locale(*ptr)) return false;
        break;
    }
  }
  return true;
}

// Ends the innermost atomic part: its choices go, what undoes marks stays. Loops inside it need no undoing any more.
template <typename Unit>
void Machine<Unit>::cut(uint64_t& barrier, const Unit** position) {
  Record* records = state_.records_;
  auto place = static_cast<size_t>(barrier);
  if (position != nullptr) *position = static_cast<const Unit*>(records[place].position);
  barrier = records[place].extra;
  size_t kept = place;
  for (size_t i = place + 1; i < state_.depth_; ++i) {
    if (records[i].kind == kUndoMark) records[kept++] = records[i];
  }
  state_.depth_ = kept;
}

#define PUSH(...) \
  if (!push(__VA_ARGS__)) [[unlikely]] \
  return Outcome::kNoMemory
#define STEP() \
  if (--steps_ == 0 && !poll()) [[unlikely]] \
  return Outcome::kInterrupted

template <typename Unit>
Outcome Machine<Unit>::attempt(const Unit* ptr) {
  const Unit* const end = end_;
  const uint32_t* pc = program_ + kHeaderWords;
  uint64_t barrier = kNoBarrier;
  for (;;) {
    switch (static_cast<Op>(*pc)) {
      case Op::Literal:
        if (ptr >= end || *ptr != pc[1]) goto fail;
        ++ptr, pc += 2;
        continue;
      case Op::NotLiteral:
        if (ptr >= end || *ptr == pc[1]) goto fail;
        ++ptr, pc += 2;
        continue;
      case Op::Any:
        if (ptr >= end || *ptr == '\n') goto fail;
        ++ptr, ++pc;
        continue;
      case Op::AnyAll:
        if (ptr >= end) goto fail;
        ++ptr, ++pc;
        continue;
      case Op::Set: case Op::LocaleSet:
        if (!accepts_at(pc, ptr)) goto fail;
        ++ptr, pc += 2 + pc[1];
        continue;
      case Op::String: {
        uint32_t length = pc[1];
        if (static_cast<size_t>(end - ptr) < length) goto fail;
        for (uint32_t i = 0; i < length; ++i) {
          if (ptr[i] != pc[2 + i]) goto fail;
        }
        ptr += length, pc += 2 + length;
        continue;
      }
      case Op::Succeed:
        if ((full_ && ptr != end) || (state_.must_advance_ && ptr == start_)) goto fail;
        state_.match_end_ = ptr;
        return Outcome::kMatch;
      case Op::Fail: goto fail;
      case Op::At:
        if (!is_at(static_cast<At>(pc[1]), ptr)) goto fail;
        pc += 2;
        continue;
      case Op::Mark: {
        uint32_t mark = pc[1];
        PUSH(kUndoMark, mark, state_.marks_[mark], static_cast<uint64_t>(state_.last_index_));
        state_.marks_[mark] = ptr;
        if ((mark & 1) != 0) state_.last_index_ = mark / 2 + 1;
        pc += 2;
        continue;
      }
      case Op::Jump: pc = at(pc[1]); continue;
      case Op::Alternative: {
        auto fits = [&](const uint32_t* alternative) {
          return alternative[2] == 0 || accepts_at(at(alternative[2]), ptr);
        };
        while (!fits(pc)) {
          if (pc[1] == 0) goto fail;
          pc = at(pc[1]);
        }
        uint32_t other = pc[1];
        while (other != 0 && !fits(at(other))) other = at(other)[1];
        if (other != 0) PUSH(kChoice, other, ptr);
        pc += 3;
        continue;
      }
      case Op::LoopEnter: {
        LoopState& loop = state_.loops_[pc[1]];
        PUSH(kUndoLoop, pc[1], loop.last, static_cast<uint64_t>(loop.count));
        loop = {-1, nullptr};
        pc += 2;
        continue;
      }
      case Op::LoopGreedy: {
        STEP();
        LoopState& loop = state_.loops_[pc[1]];
        int64_t count = loop.count + 1;
        if (count < pc[2]) {
          PUSH(kUndoLoop, pc[1], loop.last, static_cast<uint64_t>(loop.count));
        } else if ((count < pc[3] || pc[3] == kMaxRepeat) && ptr != loop.last) {
          PUSH(kLoopChoice, index(pc), ptr, reinterpret_cast<uint64_t>(loop.last));
          loop.last = ptr;
        } else {
          pc += 5;
          continue;
        }
        loop.count = count;
        pc = at(pc[4]);
        continue;
      }
      case Op::LoopLazy: {
        STEP();
        LoopState& loop = state_.loops_[pc[1]];
        int64_t count = loop.count + 1;
        if (count < pc[2]) {
          PUSH(kUndoLoop, pc[1], loop.last, static_cast<uint64_t>(loop.count));
          loop.count = count;
          pc = at(pc[4]);
          continue;
        }
        if ((count < pc[3] || pc[3] == kMaxRepeat) && ptr != loop.last) PUSH(kLazyChoice, index(pc), ptr);
        pc += 5;
        continue;
      }
      case Op::PossessiveLoop: {
        STEP();
        LoopState& loop = state_.loops_[pc[1]];
        int64_t count = loop.count + 1;
        if (count < pc[2]) {
          PUSH(kBarrier, 0, ptr, barrier);
        } else if ((count < pc[3] || pc[3] == kMaxRepeat) && ptr != loop.last) {
          PUSH(kBarrierContinue, pc[4], ptr, barrier);
          loop.last = ptr;
        } else {
          pc = at(pc[4]);
          continue;
        }
        barrier = state_.depth_ - 1;
        loop.count = count;
        pc += 5;
        continue;
      }
      case Op::PossessiveLoopEnd:
        cut(barrier, nullptr);
        pc = at(pc[1]);
        continue;
      case Op::RepeatGreedy: {
        size_t room = static_cast<size_t>(end - ptr);
        if (room < pc[1]) goto fail;
        const Unit* lowest = ptr + pc[1];
        const Unit* stop = run_of(pc + 6, ptr, pc[2] < room ? ptr + pc[2] : end);
        if (stop < lowest) goto fail;
        if ((pc[4] & kExclusive) != 0) {
          if (!follows(pc, stop)) goto fail;
        } else {
          stop = last_accepted(pc, stop, lowest);
          if (stop == nullptr) goto fail;
          if (stop > lowest) PUSH(kRepeatBack, index(pc), stop, reinterpret_cast<uint64_t>(lowest));
        }
        ptr = stop;
        pc = at(pc[3]);
        continue;
      }
      case Op::RepeatLazy: {
        size_t room = static_cast<size_t>(end - ptr);
        if (room < pc[1]) goto fail;
        const Unit* lowest = ptr + pc[1];
        if (run_of(pc + 6, ptr, lowest) < lowest) goto fail;
        ptr = lowest;
        uint64_t left = pc[2] == kMaxRepeat ? ~uint64_t{0} : pc[2] - pc[1];
        if (!take_lazily(pc, ptr, left)) goto fail;
        if (left != 0) PUSH(kRepeatMore, index(pc), ptr, left);
        pc = at(pc[3]);
        continue;
      }
      case Op::RepeatPossessive: {
        size_t room = static_cast<size_t>(end - ptr);
        if (room < pc[1]) goto fail;
        const Unit* stop = run_of(pc + 6, ptr, pc[2] < room ? ptr + pc[2] : end);
        if (static_cast<size_t>(stop - ptr) < pc[1]) goto fail;
        ptr = stop;
        pc = at(pc[3]);
        continue;
      }
      case Op::GroupRef:
        if (!match_group(pc, ptr, Fold::kNone)) goto fail;
        pc += 2;
        continue;
      case Op::GroupRefIgnore:
        if (!match_group(pc, ptr, static_cast<Fold>(pc[2]))) goto fail;
        pc += 3;
        continue;
      case Op::GroupRefExists: {
        const void* from = state_.marks_[pc[1] * 2];
        const void* to = state_.marks_[pc[1] * 2 + 1];
        pc = from == nullptr || to == nullptr || to < from ? at(pc[2]) : pc + 3;
        continue;
      }
      case Op::Assert:
        if (static_cast<size_t>(ptr - beginning_) < pc[1]) goto fail;
        PUSH(kBarrier, 0, ptr, barrier);
        barrier = state_.depth_ - 1;
        ptr -= pc[1];
        pc += 2;
        continue;
      case Op::AssertEnd:
        cut(barrier, &ptr);
        ++pc;
        continue;
      case Op::AssertNot:
        if (static_cast<size_t>(ptr - beginning_) < pc[1]) {
          pc = at(pc[2]);
          continue;
        }
        PUSH(kBarrierContinue, pc[2], ptr, barrier);
        barrier = state_.depth_ - 1;
        ptr -= pc[1];
        pc += 3;
        continue;
      case Op::AssertNotEnd:
        // The part matched: its choices go, its marks are undone, and the barrier itself now means failure.
        state_.records_[barrier].kind = kBarrier;
        while (state_.depth_ > barrier + 1) {
          Record& record = state_.records_[--state_.depth_];
          if (record.kind != kUndoMark) continue;
          state_.marks_[record.at] = record.position;
          state_.last_index_ = static_cast<int64_t>(record.extra);
        }
        goto fail;
      case Op::Atomic:
        PUSH(kBarrier, 0, ptr, barrier);
        barrier = state_.depth_ - 1;
        ++pc;
        continue;
      case Op::AtomicEnd:
        cut(barrier, nullptr);
        ++pc;
        continue;
    }
  fail:
    STEP();
    if (state_.depth_ == 0) return Outcome::kNoMatch;
    Record& record = state_.records_[state_.depth_ - 1];
    ptr = static_cast<const Unit*>(record.position);
    switch (static_cast<RecordKind>(record.kind)) {
      case kChoice:
        --state_.depth_;
        pc = at(record.at);
        continue;
      case kRepeatBack: {
        pc = at(record.at);
        auto* lowest = reinterpret_cast<const Unit*>(record.extra);
        ptr = last_accepted(pc, ptr - 1, lowest);
        if (ptr == nullptr || ptr == lowest) {
          --state_.depth_;
          if (ptr == nullptr) goto fail;
        } else {
          record.position = ptr;
        }
        pc = at(pc[3]);
        continue;
      }
      case kRepeatMore: {
        pc = at(record.at);
        uint64_t left = record.extra;
        if (!accepts_at(pc + 6, ptr)) {
          --state_.depth_;
          goto fail;
        }
        ++ptr, --left;
        if (!take_lazily(pc, ptr, left)) {
          --state_.depth_;
          goto fail;
        }
        if (left == 0) {
          --state_.depth_;
        } else {
          record.position = ptr;
          record.extra = left;
        }
        pc = at(pc[3]);
        continue;
      }
      case kLoopChoice: {
        pc = at(record.at);
        LoopState& loop = state_.loops_[pc[1]];
        --loop.count;
        loop.last = reinterpret_cast<const void*>(record.extra);
        --state_.depth_;
        pc += 5;
        continue;
      }
      case kLazyChoice: {
        pc = at(record.at);
        LoopState& loop = state_.loops_[pc[1]];
        record = {kUndoLoop, pc[1], loop.last, static_cast<uint64_t>(loop.count)};
        ++loop.count;
        loop.last = ptr;
        pc = at(pc[4]);
        continue;
      }
      case kUndoLoop:
        state_.loops_[record.at] = {static_cast<int64_t>(record.extra), record.position};
        --state_.depth_;
        goto fail;
      case kUndoMark:
        state_.marks_[record.at] = record.position;
        state_.last_index_ = static_cast<int64_t>(record.extra);
        --state_.depth_;
        goto fail;
      case kBarrier:
        barrier = record.extra;
        --state_.depth_;
        goto fail;
      case kBarrierContinue:
        barrier = record.extra;
        pc = at(record.at);
        --state_.depth_;
        continue;
    }
  }
}

#undef PUSH
#undef STEP

// The next place in [from, limit) where a match may start, or `limit`.
template <typename Unit>
const Unit* Machine<Unit>::next_candidate(Scan scan, const Unit* from, const Unit* limit) const {
  const uint32_t* data = at(header_of(program_).scan_at);
  switch (scan) {
    case Scan::kBitmap: return next_in_bitmap(data, data[8] != 0, from, limit);
    case Scan::kRun: {
      // Within a run no other start can do better: skip to its end when what must follow does not.
      const uint32_t* matcher = data + 6;
      while (from < limit) {
        if (!accepts_at(matcher, from)) {
          ++from;
          continue;
        }
        const Unit* stop = run_of(matcher, from, end_);
        if (static_cast<size_t>(stop - from) >= data[1] && follows(data, stop)) return from;
        from = stop;
      }
      return limit;
    }
    case Scan::kInstruction: break;
    default: return from;
  }
  switch (static_cast<Op>(*data)) {
    case Op::Literal: return find(from, limit, data[1]);
    case Op::String: return find(from, limit, data[2]);
    case Op::Set:
      if constexpr (sizeof(Unit) == 1) return next_in_bitmap(data + 2, false, from, limit);
      [[fallthrough]];
    default:
      while (from < limit && !accepts(data, *from)) ++from;
      return from;
  }
}

template <typename Unit>
const Unit* Machine<Unit>::next_in_bitmap(const uint32_t* bitmap, bool high, const Unit* from,
                                          const Unit* limit) const {
  for (; from < limit; ++from) {
    if (*from < 256 ? (bitmap[*from / 32] >> (*from % 32) & 1) != 0 : high) return from;
  }
  return from;
}

template <typename Unit>
Outcome Machine<Unit>::try_at(const Unit* from) {
  Outcome outcome = attempt(from);
  if (outcome == Outcome::kMatch) state_.match_start_ = from;
  return outcome;
}

template <typename Unit>
Outcome Machine<Unit>::search() {
  const Header& header = header_of(program_);
  if (start_ > end_ || static_cast<size_t>(end_ - start_) < header.minimum_width) return Outcome::kNoMatch;
  const Unit* last = end_ - header.minimum_width;  // no match starts behind it
  auto scan = static_cast<Scan>(header.scan);
  switch (scan) {
    case Scan::kPrefix: case Scan::kWholeLiteral: return search_prefix(scan);
    case Scan::kOnlyAtBeginning: return start_ == beginning_ ? try_at(start_) : Outcome::kNoMatch;
    case Scan::kEverywhere:
      for (const Unit* from = start_; from <= last; ++from) {
        Outcome outcome = try_at(from);
        if (outcome != Outcome::kNoMatch) return outcome;
      }
      return Outcome::kNoMatch;
    case Scan::kLineStarts:
      for (const Unit* from = start_; from <= last; ++from) {
        if (from != beginning_ && from[-1] != '\n') {
          from = find(from, last, '\n') + 1;
          if (from > last) return Outcome::kNoMatch;
        }
        Outcome outcome = try_at(from);
        if (outcome != Outcome::kNoMatch) return outcome;
      }
      return Outcome::kNoMatch;
    case Scan::kInstruction: case Scan::kBitmap: case Scan::kRun: break;
  }
  // The match takes a character first, so it cannot start at the end.
  const Unit* limit = last < end_ ? last + 1 : end_;
  for (const Unit* from = start_;; ++from) {
    from = next_candidate(scan, from, limit);
    if (from >= limit) return Outcome::kNoMatch;
    Outcome outcome = try_at(from);
    if (outcome != Outcome::kNoMatch) return outcome;
  }
}

template <typename Unit>
Outcome Machine<Unit>::search_prefix(Scan scan) {
  const uint32_t* prefix = at(header_of(program_).scan_at);
  uint32_t length = *prefix++;
  // The prefix in the text's width; long ones are found by their first part.
  constexpr uint32_t kMost = 64;
  Unit needle[kMost];
  uint32_t needle_length = length < kMost ? length : kMost;
  for (uint32_t i = 0; i < needle_length; ++i) {
    needle[i] = static_cast<Unit>(prefix[i]);
    if (needle[i] != prefix[i]) return Outcome::kNoMatch;
  }
  for (const Unit* from = start_;; ++from) {
    size_t room = static_cast<size_t>(end_ - from);
    if (room < length) return Outcome::kNoMatch;
    size_t found = needle_length == 1 ? find_unit(from, room, needle[0])
                                      : find_units(from, room, needle, needle_length);
    if (found == kNotFound) return Outcome::kNoMatch;
    from += found;
    if (scan == Scan::kWholeLiteral && length == needle_length) {
      state_.match_start_ = from;
      state_.match_end_ = from + length;
      return Outcome::kMatch;
    }
    Outcome outcome = try_at(from);
    if (outcome != Outcome::kNoMatch) return outcome;
  }
}

MatchState::MatchState(const uint32_t* program, const TextView& text, size_t start, size_t end, Interrupt interrupt)
    : program_(program), text_(text), interrupt_(interrupt), start_(position_of(start)), end_(position_of(end)) {
  const Header& header = header_of(program);
  size_t marks = size_t{header.groups} * 2;
  if (marks > kInlineMarks) {
    marks_ = static_cast<const void**>(std::malloc(marks * sizeof(void*)));
    CHECK(marks_ != nullptr);
  }
  if (header.loops > kInlineLoops) {
    loops_ = static_cast<LoopState*>(std::malloc(header.loops * sizeof(LoopState)));
    CHECK(loops_ != nullptr);
  }
  for (uint32_t i = 0; i < header.loops; ++i) loops_[i] = {-1, nullptr};
}

MatchState::~MatchState() {
  if (records_ != inline_records_) std::free(records_);
  if (marks_ != inline_marks_) std::free(marks_);
  if (loops_ != inline_loops_) std::free(loops_);
}

bool MatchState::grow_stack() {
  size_t wanted = capacity_ * 2;
  if (wanted > max_records_) wanted = max_records_;
  if (wanted <= capacity_) return false;
  auto* fresh = static_cast<Record*>(
      std::realloc(records_ == inline_records_ ? nullptr : records_, wanted * sizeof(Record)));
  if (fresh == nullptr) return false;
  if (records_ == inline_records_) std::memcpy(fresh, inline_records_, sizeof inline_records_);
  records_ = fresh;
  capacity_ = wanted;
  return true;
}

void MatchState::reset() {
  size_t marks = size_t{header_of(program_).groups} * 2;
  for (size_t i = 0; i < marks; ++i) marks_[i] = nullptr;
  last_index_ = -1;
  depth_ = 0;
}

Outcome MatchState::match(Anchor anchor) {
  reset();
  match_start_ = start_;
  if (start_ > end_) return Outcome::kNoMatch;
  return with_width(text_, [&](auto* units) {
    using Unit = std::remove_cvref_t<decltype(*units)>;
    return Machine<Unit>(*this, anchor).attempt(static_cast<const Unit*>(start_));
  });
}

Outcome MatchState::search() {
  reset();
  return with_width(text_, [&](auto* units) {
    using Unit = std::remove_cvref_t<decltype(*units)>;
    return Machine<Unit>(*this, Anchor::kPrefix).search();
  });
}

void MatchState::advance() {
  must_advance_ = match_end_ == match_start_;
  start_ = match_end_;
}

bool MatchState::group_span(uint32_t group, size_t& start, size_t& end) const {
  const void* from = marks_[(group - 1) * 2];
  const void* to = marks_[(group - 1) * 2 + 1];
  if (from == nullptr || to == nullptr) return false;
  start = index_of(from);
  end = index_of(to);
  return true;
}

void MatchState::rebase(const void* data) {
  auto distance = static_cast<const uint8_t*>(data) - text_.bytes();
  auto move = [&](const void*& position) {
    if (position != nullptr) position = static_cast<const uint8_t*>(position) + distance;
  };
  move(start_), move(end_), move(match_start_), move(match_end_);
  size_t marks = size_t{header_of(program_).groups} * 2;
  for (size_t i = 0; i < marks; ++i) move(marks_[i]);
  text_.data = data;
}

}  // namespace viperine::regex
