// SPDX-License-Identifier: MIT
// Checks code words and translates them into a program. Every read of a code word is bounds-checked here, and nowhere
// later. After the translation a second pass finds what must follow each repeat and how search may skip.
#include "text/regex/program.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "base/check.h"
#include "text/regex/characters.h"

namespace viperine::regex {

Words::~Words() { std::free(data_); }

void Words::append(uint32_t word) {
  if (size_ == capacity_) {
    capacity_ = capacity_ * 2 + 64;
    data_ = static_cast<uint32_t*>(std::realloc(data_, capacity_ * sizeof(uint32_t)));
    CHECK(data_ != nullptr);
  }
  data_[size_++] = word;
}

bool accepts(const uint32_t* at, char32_t code) {
  switch (static_cast<Op>(*at)) {
    case Op::Literal: return code == at[1];
    case Op::String: return code == at[2];
    case Op::NotLiteral: return code != at[1];
    case Op::Any: return code != '\n';
    case Op::AnyAll: return true;
    case Op::Set: {
      if (code < 256) return (at[2 + code / 32] >> (code % 32) & 1) != 0;
      switch (static_cast<Fold>(at[10])) {
        case Fold::kUnicode: return in_charset(at + 11, lower_unicode(code));
        default: return in_charset(at + 11, code);
      }
    }
    case Op::LocaleSet: {
      if ((at[2] & kLocaleFold) == 0) return in_charset(at + 3, code);
      char32_t lower = lower_locale(code), upper = upper_locale(code);
      bool inside = in_charset(at + 3, lower) || (upper != lower && in_charset(at + 3, upper));
      return inside != ((at[2] & kLocaleInvert) != 0);
    }
    default: return false;
  }
}

namespace {

constexpr uint32_t kNowhere = 0xFFFFFFFF;
constexpr uint32_t word_of(Op op) { return static_cast<uint32_t>(op); }
bool is_matcher(uint32_t op) { return op < word_of(Op::kMatcherEnd); }

// How many words the instruction at `at` takes.
uint32_t size_of(const uint32_t* at) {
  switch (static_cast<Op>(*at)) {
    case Op::Any: case Op::AnyAll: case Op::Succeed: case Op::Fail: case Op::AssertEnd: case Op::AssertNotEnd:
    case Op::Atomic: case Op::AtomicEnd: return 1;
    case Op::Literal: case Op::NotLiteral: case Op::At: case Op::Mark: case Op::Jump: case Op::LoopEnter:
    case Op::PossessiveLoopEnd: case Op::GroupRef: case Op::Assert: return 2;
    case Op::Alternative: case Op::GroupRefIgnore: case Op::GroupRefExists: case Op::AssertNot: return 3;
    case Op::LoopGreedy: case Op::LoopLazy: case Op::PossessiveLoop: return 5;
    case Op::Set: case Op::LocaleSet: case Op::String: return 2 + at[1];
    case Op::RepeatGreedy: case Op::RepeatLazy: case Op::RepeatPossessive: return 6 + size_of(at + 6);
  }
  return 1;
}

class Translator {
 public:
  Translator(std::span<const uint32_t> code, uint32_t groups, Words& out) : code_(code), groups_(groups), out_(out) {}

  bool run() {
    for (uint32_t i = 0; i < kHeaderWords; ++i) out_.append(0);
    if (groups_ > kMaxGroups || code_.empty() || code_.back() != static_cast<uint32_t>(Code::Success)) return false;
    if (!sequence(0, code_.size() - 1)) return false;
    emit(Op::Succeed);
    finish();
    return true;
  }

 private:
  uint32_t here() const { return static_cast<uint32_t>(out_.size()); }
  uint32_t emit(Op op) {
    uint32_t at = here();
    out_.append(word_of(op));
    return at;
  }
  template <typename... Operands>
  uint32_t emit(Op op, Operands... operands) {
    uint32_t at = emit(op);
    (out_.append(static_cast<uint32_t>(operands)), ...);
    return at;
  }
  const uint32_t* program() const { return out_.data(); }

  // Reading code words: `at` moves; false at the end of the part.
  bool read(size_t& at, size_t end, uint32_t& word) {
    if (at >= end) return false;
    word = code_[at++];
    return true;
  }
  // A skip counts from its own word; `target` is within (its word, end].
  bool read_skip(size_t& at, size_t end, size_t& target) {
    size_t from = at;
    uint32_t skip;
    if (!read(at, end, skip) || skip == 0 || skip > end - from) return false;
    target = from + skip;
    return true;
  }
  bool is_code(size_t at, Code code) const { return code_[at] == static_cast<uint32_t>(code); }

  bool sequence(size_t at, size_t end) {
    if (++depth_ > kMaxDepth) return false;
    literal_run_ = kNowhere;
    while (at < end) {
      auto code = static_cast<Code>(code_[at]);
      if (code != Code::Literal) literal_run_ = kNowhere;
      if (!instruction(code, ++at, end)) return false;
    }
    literal_run_ = kNowhere;
    --depth_;
    return true;
  }

  bool instruction(Code code, size_t& at, size_t end) {
    uint32_t argument;
    switch (code) {
      case Code::Failure: emit(Op::Fail); return true;
      case Code::Literal:
        if (!read(at, end, argument)) return false;
        add_literal(argument);
        return true;
      case Code::Any: case Code::AnyAll: case Code::NotLiteral: case Code::LiteralIgnore: case Code::NotLiteralIgnore:
      case Code::LiteralUniIgnore: case Code::NotLiteralUniIgnore: case Code::LiteralLocIgnore:
      case Code::NotLiteralLocIgnore: case Code::In: case Code::InIgnore: case Code::InUniIgnore:
      case Code::InLocIgnore: case Code::Category: return matcher(code, at, end);
      case Code::At:
        if (!read(at, end, argument) || argument >= kAtCount) return false;
        emit(Op::At, argument);
        return true;
      case Code::Mark:
        if (!read(at, end, argument) || argument / 2 >= groups_) return false;
        emit(Op::Mark, argument);
        return true;
      case Code::Info: return info(at, end);
      case Code::Branch: return branch(at, end);
      case Code::RepeatOne: return repeat_one(Op::RepeatGreedy, at, end);
      case Code::MinRepeatOne: return repeat_one(Op::RepeatLazy, at, end);
      case Code::PossessiveRepeatOne: return repeat_one(Op::RepeatPossessive, at, end);
      case Code::Repeat: return repeat(at, end);
      case Code::PossessiveRepeat: return possessive_repeat(at, end);
      case Code::AtomicGroup: return atomic(at, end);
      case Code::GroupRef: case Code::GroupRefIgnore: case Code::GroupRefUniIgnore: case Code::GroupRefLocIgnore:
        return group_reference(code, at, end);
      case Code::GroupRefExists: return group_exists(at, end);
      case Code::Assert: return assertion(at, end);
      case Code::AssertNot: return negative_assertion(at, end);
      default: return false;
    }
  }

  // Literals in a row become one String.
  void add_literal(uint32_t character) {
    if (literal_run_ == kNowhere) {
      literal_run_ = emit(Op::Literal, character);
      return;
    }
    if (out_[literal_run_] == word_of(Op::Literal)) {
      uint32_t first = out_[literal_run_ + 1];
      out_[literal_run_] = word_of(Op::String);
      out_[literal_run_ + 1] = 1;
      out_.append(first);
    }
    out_.append(character);
    ++out_[literal_run_ + 1];
  }

  bool matcher(Code code, size_t& at, size_t end) {
    uint32_t argument = 0;
    if (code == Code::Any || code == Code::AnyAll) {
      emit(code == Code::Any ? Op::Any : Op::AnyAll);
      return true;
    }
    if (code == Code::In || code == Code::InIgnore || code == Code::InUniIgnore || code == Code::InLocIgnore) {
      size_t stop;
      if (!read_skip(at, end, stop) || !check_charset(at, stop)) return false;
      Fold fold = code == Code::InIgnore      ? Fold::kAscii
                  : code == Code::InUniIgnore ? Fold::kUnicode
                  : code == Code::InLocIgnore ? Fold::kLocale
                                              : Fold::kNone;
      emit_set({code_.data() + at, stop - at}, fold, false);
      at = stop;
      return true;
    }
    if (!read(at, end, argument)) return false;
    auto literal = static_cast<uint32_t>(Code::Literal), failure = static_cast<uint32_t>(Code::Failure);
    uint32_t plain[] = {literal, argument, failure};
    uint32_t negated[] = {static_cast<uint32_t>(Code::Negate), literal, argument, failure};
    switch (code) {
      case Code::Literal: emit(Op::Literal, argument); break;
      case Code::NotLiteral: emit(Op::NotLiteral, argument); break;
      case Code::LiteralIgnore: emit_set(plain, Fold::kAscii, false); break;
      case Code::NotLiteralIgnore: emit_set(negated, Fold::kAscii, false); break;
      case Code::LiteralUniIgnore: emit_set(plain, Fold::kUnicode, false); break;
      case Code::NotLiteralUniIgnore: emit_set(negated, Fold::kUnicode, false); break;
      case Code::LiteralLocIgnore: emit_set(plain, Fold::kLocale, false); break;
      case Code::NotLiteralLocIgnore: emit_set(plain, Fold::kLocale, true); break;
      case Code::Category:
        if (argument >= kCategoryCount) return false;
        plain[0] = static_cast<uint32_t>(Code::Category);
        emit_set(plain, Fold::kNone, false);
        break;
      default: return false;
    }
    return true;
  }

  void emit_set(std::span<const uint32_t> charset, Fold fold, bool inverted) {
    bool of_locale = fold == Fold::kLocale || mentions_locale(charset.data());
    if (of_locale) {
      uint32_t mode = (fold == Fold::kLocale ? kLocaleFold : 0) | (inverted ? kLocaleInvert : 0);
      emit(Op::LocaleSet, charset.size() + 1, mode);
    } else {
      emit(Op::Set, charset.size() + 9);
      for (uint32_t word = 0; word < 8; ++word) {
        uint32_t bits = 0;
        for (uint32_t bit = 0; bit < 32; ++bit) {
          char32_t code = word * 32 + bit;
          if (fold == Fold::kAscii) code = lower_ascii(code);
          if (fold == Fold::kUnicode) code = lower_unicode(code);
          bits |= static_cast<uint32_t>(in_charset(charset.data(), code)) << bit;
        }
        out_.append(bits);
      }
      out_.append(static_cast<uint32_t>(fold));
    }
    for (uint32_t word : charset) out_.append(word);
  }

  // Words of one charset item, its operation included; 0 if there is no such operation.
  static size_t charset_item_size(const uint32_t* at, size_t room) {
    switch (static_cast<Code>(*at)) {
      case Code::Negate: return 1;
      case Code::Literal: case Code::Category: return 2;
      case Code::Range: case Code::RangeUniIgnore: return 3;
      case Code::Charset: return 9;
      case Code::BigCharset: return room < 2 || at[1] > 256 ? 0 : 2 + 64 + size_t{at[1]} * 8;
      default: return 0;
    }
  }

  // The charset [at, stop): known items, and Failure as the last word.
  bool check_charset(size_t at, size_t stop) {
    if (at >= stop || !is_code(stop - 1, Code::Failure)) return false;
    while (at + 1 < stop) {
      size_t size = charset_item_size(code_.data() + at, stop - 1 - at);
      if (size == 0 || size > stop - 1 - at) return false;
      if (is_code(at, Code::Category) && code_[at + 1] >= kCategoryCount) return false;
      if (is_code(at, Code::BigCharset)) {
        uint8_t blocks[256];
        std::memcpy(blocks, code_.data() + at + 2, 256);
        for (uint8_t block : blocks) {
          if (block >= code_[at + 1]) return false;
        }
      }
      at += size;
    }
    return true;
  }

  static bool mentions_locale(const uint32_t* set) {
    while (*set != static_cast<uint32_t>(Code::Failure)) {
      if (*set == static_cast<uint32_t>(Code::Category) && (set[1] & ~1u) == static_cast<uint32_t>(Category::LocWord)) {
        return true;
      }
      set += charset_item_size(set, 1u << 30);
    }
    return false;
  }

  // INFO skip flags minimum maximum [length prefix_skip prefix... overlap...] [charset]
  bool info(size_t& at, size_t end) {
    size_t stop;
    uint32_t flags, minimum, maximum;
    if (!read_skip(at, end, stop)) return false;
    if (!read(at, stop, flags) || !read(at, stop, minimum) || !read(at, stop, maximum)) return false;
    if ((flags & ~(kInfoPrefix | kInfoLiteral | kInfoCharset)) != 0) return false;
    if ((flags & kInfoPrefix) != 0 && (flags & kInfoCharset) != 0) return false;
    if ((flags & kInfoLiteral) != 0 && (flags & kInfoPrefix) == 0) return false;
    if ((flags & kInfoPrefix) != 0) {
      uint32_t length, skip;
      if (!read(at, stop, length) || !read(at, stop, skip)) return false;
      if (length == 0 || skip > length || stop - at != size_t{2} * length) return false;
      for (uint32_t i = 0; i < length; ++i) {
        if (code_[at + length + i] >= length) return false;
      }
      prefix_ = emit_skipped([&] {
        out_.append(length);
        for (uint32_t i = 0; i < length; ++i) out_.append(code_[at + i]);
      });
      whole_literal_ = (flags & kInfoLiteral) != 0;
    } else if ((flags & kInfoCharset) != 0) {
      if (!check_charset(at, stop)) return false;
      first_set_ = emit_skipped([&] { emit_set({code_.data() + at, stop - at}, Fold::kNone, false); });
    } else if (at != stop) {
      return false;
    }
    minimum_width_ = minimum;
    at = stop;
    return true;
  }

  // Words that are data for search, jumped over when run. Returns where they start.
  template <typename Emitter>
  uint32_t emit_skipped(Emitter emitter) {
    uint32_t jump = emit(Op::Jump, 0);
    uint32_t start = here();
    emitter();
    out_[jump + 1] = here();
    return start;
  }

  // BRANCH {skip body JUMP skip}... 0
  bool branch(size_t& at, size_t end) {
    size_t common_end = 0;
    uint32_t previous = kNowhere;
    uint32_t jumps = kNowhere;  // chained through their operands
    for (;;) {
      if (at >= end) return false;
      if (code_[at] == 0) break;
      size_t next, target;
      if (!read_skip(at, end, next) || next < at + 2 || !is_code(next - 2, Code::Jump)) return false;
      size_t jump = next - 1;
      if (!read_skip(jump, end, target) || (common_end != 0 && target != common_end)) return false;
      common_end = target;
      uint32_t alternative = emit(Op::Alternative, 0, 0);
      if (previous != kNowhere) out_[previous + 1] = alternative;
      previous = alternative;
      if (!sequence(at, next - 2)) return false;
      jumps = emit(Op::Jump, jumps);
      at = next;
    }
    ++at;
    if (previous == kNowhere || at != common_end) return false;
    while (jumps != kNowhere) {
      uint32_t next = out_[jumps + 1];
      out_[jumps + 1] = here();
      jumps = next;
    }
    return true;
  }

  // skip minimum maximum, up to the closing operation at `stop`.
  bool repeat_head(size_t& at, size_t end, size_t& stop, uint32_t& minimum, uint32_t& maximum) {
    if (!read_skip(at, end, stop)) return false;
    return read(at, stop, minimum) && read(at, stop, maximum) && minimum <= maximum;
  }

  bool repeat_one(Op op, size_t& at, size_t end) {
    size_t stop;
    uint32_t minimum, maximum;
    if (!repeat_head(at, end, stop, minimum, maximum)) return false;
    if (stop - at < 2 || !is_code(stop - 1, Code::Success)) return false;
    uint32_t start = emit(op, minimum, maximum, 0, 0, 0);
    auto code = static_cast<Code>(code_[at++]);
    if (!matcher(code, at, stop - 1) || at != stop - 1) return false;
    out_[start + 3] = here();
    at = stop;
    return true;
  }

  bool repeat(size_t& at, size_t end) {
    size_t stop;
    uint32_t minimum, maximum;
    if (!repeat_head(at, end, stop, minimum, maximum) || stop >= end) return false;
    bool greedy = is_code(stop, Code::MaxUntil);
    if (!greedy && !is_code(stop, Code::MinUntil)) return false;
    uint32_t slot = loops_++;
    emit(Op::LoopEnter, slot);
    uint32_t jump = emit(Op::Jump, 0);
    uint32_t body = here();
    if (!sequence(at, stop)) return false;
    out_[jump + 1] = here();
    emit(greedy ? Op::LoopGreedy : Op::LoopLazy, slot, minimum, maximum, body);
    at = stop + 1;
    return true;
  }

  bool possessive_repeat(size_t& at, size_t end) {
    size_t stop;
    uint32_t minimum, maximum;
    if (!repeat_head(at, end, stop, minimum, maximum)) return false;
    if (stop >= end || !is_code(stop, Code::Success)) return false;
    uint32_t slot = loops_++;
    emit(Op::LoopEnter, slot);
    uint32_t loop = emit(Op::PossessiveLoop, slot, minimum, maximum, 0);
    if (!sequence(at, stop)) return false;
    emit(Op::PossessiveLoopEnd, loop);
    out_[loop + 4] = here();
    at = stop + 1;
    return true;
  }

  // The part [at, stop) that Success closes at stop - 1.
  bool closed_part(size_t at, size_t stop) {
    return at < stop && is_code(stop - 1, Code::Success) && sequence(at, stop - 1);
  }

  bool atomic(size_t& at, size_t end) {
    size_t stop;
    if (!read_skip(at, end, stop)) return false;
    emit(Op::Atomic);
    if (!closed_part(at, stop)) return false;
    emit(Op::AtomicEnd);
    at = stop;
    return true;
  }

  bool assertion(size_t& at, size_t end) {
    size_t stop;
    uint32_t back;
    if (!read_skip(at, end, stop) || !read(at, stop, back)) return false;
    emit(Op::Assert, back);
    if (!closed_part(at, stop)) return false;
    emit(Op::AssertEnd);
    at = stop;
    return true;
  }

  bool negative_assertion(size_t& at, size_t end) {
    size_t stop;
    uint32_t back;
    if (!read_skip(at, end, stop) || !read(at, stop, back)) return false;
    uint32_t start = emit(Op::AssertNot, back, 0);
    if (!closed_part(at, stop)) return false;
    emit(Op::AssertNotEnd);
    out_[start + 2] = here();
    at = stop;
    return true;
  }

  bool group_reference(Code code, size_t& at, size_t end) {
    uint32_t group;
    if (!read(at, end, group) || group >= groups_) return false;
    switch (code) {
      case Code::GroupRef: emit(Op::GroupRef, group); break;
      case Code::GroupRefIgnore: emit(Op::GroupRefIgnore, group, Fold::kAscii); break;
      case Code::GroupRefUniIgnore: emit(Op::GroupRefIgnore, group, Fold::kUnicode); break;
      default: emit(Op::GroupRefIgnore, group, Fold::kLocale); break;
    }
    return true;
  }

  // GROUPREF_EXISTS group skip yes... [JUMP skip no...]; the skip counts from its own word, and one less.
  bool group_exists(size_t& at, size_t end) {
    uint32_t group, skip;
    if (!read(at, end, group) || group >= groups_) return false;
    size_t from = at;
    if (!read(at, end, skip) || skip == 0 || skip - 1 > end - from || from + skip - 1 < at) return false;
    size_t no = from + skip - 1;
    uint32_t test = emit(Op::GroupRefExists, group, 0);
    // Walk the yes part by instructions: only a Jump in the place of its last one belongs to a no part.
    size_t yes_end = no;
    if (no >= at + 2 && is_code(no - 2, Code::Jump) && is_instruction_start(at, no - 2)) yes_end = no - 2;
    if (!sequence(at, yes_end)) return false;
    if (yes_end == no) {
      out_[test + 2] = here();
      at = no;
      return true;
    }
    size_t jump = no - 1, stop;
    if (!read_skip(jump, end, stop)) return false;
    uint32_t over = emit(Op::Jump, 0);
    out_[test + 2] = here();
    if (!sequence(no, stop)) return false;
    out_[over + 1] = here();
    at = stop;
    return true;
  }

  // Whether an instruction of the sequence that starts at `at` starts at `wanted`.
  bool is_instruction_start(size_t at, size_t wanted) const {
    while (at < wanted) {
      size_t size = code_size(at, wanted);
      if (size == 0) return false;
      at += size;
    }
    return at == wanted;
  }

  size_t code_size(size_t at, size_t end) const {
    auto skip_at = [&](size_t place) { return place < end ? code_[place] : 0; };
    switch (static_cast<Code>(code_[at])) {
      case Code::Failure: case Code::Success: case Code::Any: case Code::AnyAll: return 1;
      case Code::Branch: {
        size_t place = at + 1;
        while (skip_at(place) != 0) place += code_[place];
        return place + 1 - at;
      }
      case Code::Repeat: case Code::PossessiveRepeat: return skip_at(at + 1) == 0 ? 0 : size_t{code_[at + 1]} + 2;
      case Code::In: case Code::InIgnore: case Code::InUniIgnore: case Code::InLocIgnore: case Code::RepeatOne:
      case Code::MinRepeatOne: case Code::PossessiveRepeatOne: case Code::AtomicGroup: case Code::Assert:
      case Code::AssertNot: case Code::Info: return skip_at(at + 1) == 0 ? 0 : size_t{code_[at + 1]} + 1;
      case Code::GroupRefExists: {
        // Ends where its skip, or the Jump in front of that, says; the parts are parsed when it is translated.
        uint32_t skip = skip_at(at + 2);
        if (skip == 0) return 0;
        size_t no = at + 2 + skip - 1;
        if (no > end || no < at + 3) return 0;
        if (no >= at + 5 && is_code(no - 2, Code::Jump) && is_instruction_start(at + 3, no - 2)) {
          return no - 1 + code_[no - 1] - at;
        }
        return no - at;
      }
      default: return 2;
    }
  }

  // Second pass ---------------------------------------------------------------------------------------------------

  // The matcher that must accept the next character when running from `at`, or kNowhere. `literal` is set instead where
  // it is the first character of a String.
  uint32_t next_matcher(uint32_t at, uint32_t& literal) const {
    literal = kNowhere;
    for (int steps = 0; steps < 64; ++steps) {
      uint32_t op = program()[at];
      if (is_matcher(op)) return at;
      switch (static_cast<Op>(op)) {
        case Op::String: literal = program()[at + 2]; return at;
        case Op::Mark: case Op::LoopEnter: at += 2; break;
        case Op::Atomic: at += 1; break;  // but not over AtomicEnd: what is behind must not steer what is inside
        case Op::Jump: at = program()[at + 1]; break;
        case Op::RepeatGreedy: case Op::RepeatLazy: case Op::RepeatPossessive:
          return program()[at + 1] >= 1 ? at + 6 : kNowhere;
        case Op::LoopGreedy: case Op::LoopLazy:
          // Reached from LoopEnter only with nothing done yet; reached from the body it may leave.
          return kNowhere;
        case Op::PossessiveLoop:
          if (program()[at + 2] == 0) return kNowhere;
          at += 5;
          break;
        default: return kNowhere;
      }
    }
    return kNowhere;
  }

  // As next_matcher from the start of a match, where a loop with a minimum runs its body first.
  uint32_t first_matcher(uint32_t at, uint32_t& literal) const {
    for (int steps = 0; steps < 64; ++steps) {
      const uint32_t* word = program() + at;
      switch (static_cast<Op>(*word)) {
        case Op::Mark: at += 2; continue;
        case Op::Atomic: at += 1; continue;
        case Op::Jump: at = word[1]; continue;
        case Op::LoopEnter: {
          if (static_cast<Op>(word[2]) != Op::Jump) return next_matcher(at, literal);
          const uint32_t* loop = program() + word[3];
          if (loop[2] == 0) return kNowhere;
          at = loop[4];
          continue;
        }
        default: return next_matcher(at, literal);
      }
    }
    return kNowhere;
  }

  // Whether a set surely has no character above 255.
  bool is_narrow(const uint32_t* at) const {
    if (*at == word_of(Op::Literal)) return at[1] < 256;
    if (*at != word_of(Op::Set) || at[10] == static_cast<uint32_t>(Fold::kUnicode)) return false;
    const uint32_t* set = at + 11;
    for (; *set != static_cast<uint32_t>(Code::Failure); set += charset_item_size(set, 1u << 30)) {
      switch (static_cast<Code>(*set)) {
        case Code::Literal:
          if (set[1] >= 256) return false;
          break;
        case Code::Range:
          if (set[2] >= 256) return false;
          break;
        case Code::Category:
          if ((set[1] & 1) != 0 || set[1] >= static_cast<uint32_t>(Category::UniDigit)) return false;
          break;
        case Code::Charset: break;
        default: return false;
      }
    }
    return true;
  }

  bool are_disjoint(const uint32_t* left, const uint32_t* right) const {
    if (*left == word_of(Op::LocaleSet) || *right == word_of(Op::LocaleSet)) return false;
    if (*right == word_of(Op::Literal)) return !accepts(left, right[1]);
    if (!is_narrow(left) && !is_narrow(right)) return false;
    for (char32_t code = 0; code < 256; ++code) {
      if (accepts(left, code) && accepts(right, code)) return false;
    }
    return true;
  }

  void add_lookahead(uint32_t at) {
    uint32_t literal;
    uint32_t next = next_matcher(out_[at + 3], literal);
    if (next == kNowhere) return;
    uint32_t character[] = {word_of(Op::Literal), literal};
    const uint32_t* follower = literal != kNowhere ? character : program() + next;
    if (*follower == word_of(Op::AnyAll)) return;
    bool exclusive = are_disjoint(program() + at + 6, follower);
    bool is_literal = *follower == word_of(Op::Literal);
    out_[at + 5] = is_literal ? follower[1] : next;
    out_[at + 4] = static_cast<uint32_t>(is_literal ? Lookahead::kLiteral : Lookahead::kMatcher);
    if (exclusive) out_[at + 4] |= kExclusive;
  }

  // Alternatives are entered only when their first character can match.
  void add_filter(uint32_t at) {
    uint32_t literal;
    uint32_t first = first_matcher(at + 3, literal);
    if (first != kNowhere) out_[at + 2] = first;
  }

  void finish() {
    uint32_t at = kHeaderWords;
    uint32_t start = at;
    while (at < out_.size()) {
      uint32_t op = out_[at];
      if (op == word_of(Op::Jump) && (out_[at + 1] == data_end(at))) {
        at = out_[at + 1];
        continue;
      }
      if (op >= word_of(Op::RepeatGreedy) && op <= word_of(Op::RepeatPossessive)) add_lookahead(at);
      if (op == word_of(Op::Alternative)) add_filter(at);
      at += size_of(program() + at);
    }
    Header header = {0, groups_, loops_, minimum_width_, 0, 0};
    header.scan = static_cast<uint32_t>(choose_scan(start, header.scan_at));
    header.size = here();
    std::memcpy(&out_[0], &header, sizeof header);
  }

  // Where the data behind the Jump at `at` ends, if there is data.
  uint32_t data_end(uint32_t at) const {
    if (prefix_ == at + 2 || first_set_ == at + 2) return program()[at + 1];
    return kNowhere;
  }

  // All characters that a match may start with.
  struct FirstCharacters {
    uint32_t bitmap[8] = {};
    bool high = false;
    int steps = 0;
  };

  void add_first(const uint32_t* matcher, FirstCharacters& first) const {
    for (uint32_t code = 0; code < 256; ++code) {
      if (accepts(matcher, code)) first.bitmap[code / 32] |= 1u << (code % 32);
    }
    if (!is_narrow(matcher)) first.high = true;
  }

  // Adds what can come first when running from `at`; false if that may be nothing or is not known.
  bool collect_first(uint32_t at, FirstCharacters& first) const {
    while (++first.steps < 200) {
      const uint32_t* word = program() + at;
      switch (static_cast<Op>(*word)) {
        case Op::Literal: case Op::NotLiteral: case Op::Any: case Op::Set: add_first(word, first); return true;
        case Op::String: {
          uint32_t literal[] = {word_of(Op::Literal), word[2]};
          add_first(literal, first);
          return true;
        }
        case Op::Fail: return true;
        case Op::At: case Op::Mark: case Op::LoopEnter: at += 2; break;
        case Op::Jump: at = word[1]; break;
        case Op::Atomic: case Op::AtomicEnd: at += 1; break;
        case Op::AssertNot: at = word[2]; break;
        case Op::Alternative:
          if (word[1] != 0 && !collect_first(word[1], first)) return false;
          at += 3;
          break;
        case Op::RepeatGreedy: case Op::RepeatLazy: case Op::RepeatPossessive:
          if (word[6] == word_of(Op::LocaleSet) || word[6] == word_of(Op::AnyAll)) return false;
          add_first(word + 6, first);
          if (word[1] != 0) return true;
          at = word[3];
          break;
        case Op::LoopGreedy: case Op::LoopLazy:
          // A body that can be empty comes back here and runs out of steps.
          if (word[2] != 0) {
            at = word[4];
            break;
          }
          if (!collect_first(word[4], first)) return false;
          at += 5;
          break;
        case Op::PossessiveLoop:
          if (word[2] == 0 && !collect_first(word[4], first)) return false;
          at += 5;
          break;
        case Op::GroupRefExists:
          if (!collect_first(word[2], first)) return false;
          at += 3;
          break;
        default: return false;
      }
    }
    return false;
  }

  static bool is_at_op(const uint32_t* word, At first, At second) {
    return *word == word_of(Op::At) &&
           (word[1] == static_cast<uint32_t>(first) || word[1] == static_cast<uint32_t>(second));
  }

  Scan choose_scan(uint32_t start, uint32_t& scan_at) {
    if (prefix_ != kNowhere) {
      scan_at = prefix_;
      return whole_literal_ && groups_ == 0 ? Scan::kWholeLiteral : Scan::kPrefix;
    }
    uint32_t at = start;
    for (;;) {
      const uint32_t* word = program() + at;
      if (*word == word_of(Op::Mark)) {
        at += 2;
      } else if (*word == word_of(Op::Jump)) {
        at = word[1];
      } else if (*word == word_of(Op::LoopEnter) && word[2] == word_of(Op::Jump) && program()[word[3] + 2] != 0) {
        at += 4;  // a loop that must run: its body comes first
      } else {
        break;
      }
    }
    const uint32_t* begin = program() + at;
    if (is_at_op(begin, At::Beginning, At::BeginningString)) return Scan::kOnlyAtBeginning;
    if (is_at_op(begin, At::BeginningLine, At::BeginningLine)) return Scan::kLineStarts;
    bool is_unlimited = *begin == word_of(Op::RepeatGreedy) && begin[1] != 0 && begin[2] == kMaxRepeat;
    if (is_unlimited && (begin[4] & kExclusive) != 0) {
      scan_at = at;
      return Scan::kRun;
    }
    uint32_t literal;
    uint32_t first = first_set_ != kNowhere ? first_set_ : first_matcher(start, literal);
    if (first != kNowhere) {
      scan_at = first;
      return program()[first] == word_of(Op::AnyAll) ? Scan::kEverywhere : Scan::kInstruction;
    }
    FirstCharacters characters;
    if (!collect_first(start, characters)) return Scan::kEverywhere;
    scan_at = here();
    for (uint32_t word : characters.bitmap) out_.append(word);
    out_.append(characters.high);
    return Scan::kBitmap;
  }

  // Nesting of parts; the standard library's parser cannot go that deep, and our recursion must end.
  static constexpr int kMaxDepth = 1000;

  std::span<const uint32_t> code_;
  uint32_t groups_;
  Words& out_;
  uint32_t loops_ = 0;
  uint32_t literal_run_ = kNowhere;
  uint32_t prefix_ = kNowhere;
  uint32_t first_set_ = kNowhere;
  uint32_t minimum_width_ = 0;
  bool whole_literal_ = false;
  int depth_ = 0;
};

}  // namespace

bool compile_program(std::span<const uint32_t> code, uint32_t groups, Words& program) {
  program.clear();
  return Translator(code, groups, program).run();
}

}  // namespace viperine::regex
