// SPDX-License-Identifier: MIT
// Jumps of f_lineno. What a place needs of the temporaries (iterators of the loops round it, exits of its with blocks,
// the exception it handles) comes from two walks over the code: forwards, what made each temporary; backwards, which
// are still needed. A jump may drop such things, never invent them.
#include "interpreter/jumps.h"

#include <bitset>
#include <climits>
#include <vector>

#include "bytecode/opcodes.h"
#include "interpreter/tracing.h"
#include "runtime/binding.h"
#include "runtime/positions.h"

namespace viperine {

namespace {

enum class Maker : uint8_t { Nothing, Object, Iterator, Exit, Exception, Handled };
using Registers = std::bitset<256>;

class JumpAnalysis {
 public:
  explicit JumpAnalysis(Code* code) : code_(code), words_(code->words()), count_(code->word_count_) {
    makers_.resize(size_t{count_} * width());
    live_.resize(count_);
    reached_.resize(count_);
    walk_forwards();
    walk_backwards();
  }
  bool is_reached(uint32_t word) const { return reached_[word]; }
  Maker maker(uint32_t word, uint32_t number) const { return makers_[size_t{word} * width() + number]; }
  /// The things of a place, in the order of their registers: temporaries are a stack.
  bool holds(uint32_t word, uint32_t number) const {
    return number >= code_->local_count_ && live_[word][number] && maker(word, number) != Maker::Nothing;
  }
  uint32_t width() const { return code_->register_count_ < 256 ? code_->register_count_ : 256; }

 private:
  uint32_t size_at(uint32_t at) const { return kOpcodes[words_[at] & 0xFF].words; }
  std::span<const CodeException> exceptions() const {
    return {reinterpret_cast<const CodeException*>(words_ + count_), code_->exception_count_};
  }

  template <typename Visit>
  void successors(uint32_t at, Visit visit) const {
    uint32_t word = words_[at];
    const OpcodeInfo& info = kOpcodes[word & 0xFF];
    uint32_t end = at + info.words;
    for (const char* letter = info.format; *letter != 0; ++letter) {
      if (*letter == 'J') visit(end + static_cast<uint32_t>(operand_i(word)));
      if (*letter == 'L') visit(end + static_cast<uint32_t>(operand_l(word)));
      if (*letter == 'E') visit(end + static_cast<uint32_t>(extra_jump(words_[at + 1])));
    }
    bool falls = (info.traits & Ends) == 0 || opcode_of(word) == Opcode::MakeGenerator;
    if (falls && end < count_) visit(end);
  }

  /// Calls write(register) and read(register) for each register of the instruction.
  template <typename Write, typename Read>
  void operands(uint32_t at, Write write, Read read) const {
    uint32_t word = words_[at], a = operand_a(word), b = operand_b(word), c = operand_c(word);
    const OpcodeInfo& info = kOpcodes[word & 0xFF];
    uint32_t second = info.words == 2 ? words_[at + 1] : 0;
    auto reads = [&](uint32_t first, uint32_t number) {
      for (uint32_t i = 0; i < number; ++i) read(first + i);
    };
    auto writes = [&](uint32_t first, uint32_t number) {
      for (uint32_t i = 0; i < number; ++i) write(first + i);
    };
    const uint32_t bytes[3] = {a, b, c};
    for (int i = 0; info.format[i] != 0 && i < 3; ++i) {
      if (info.format[i] == 'T') write(bytes[i]);
      if (info.format[i] == 'R') read(bytes[i]);
    }
    switch (opcode_of(word)) {
      case Opcode::LoadMethod:
        write(a), write(a + kCallGap);
        break;
      case Opcode::LoadSlice:
      case Opcode::StoreSlice:
        reads(c, 2);
        break;
      case Opcode::BuildTuple:
      case Opcode::BuildList:
      case Opcode::BuildSet:
      case Opcode::BuildString:
      case Opcode::BuildSlice:
        reads(b, c);
        break;
      case Opcode::BuildMap:
        reads(b, 2 * c);
        break;
      case Opcode::BuildConstMap: {
        Value keys = code_->constants()[extra(second)];
        if (is<Tuple>(keys)) reads(b, static_cast<uint32_t>(cast<Tuple>(keys)->length()));
        break;
      }
      case Opcode::FormatValue:
        reads(b, c >= 4 ? 2 : 1);
        break;
      case Opcode::UnpackSequence:
        writes(a, c);
        break;
      case Opcode::UnpackEx:
        writes(a, c + extra(second) + 1);
        break;
      case Opcode::Call:
      case Opcode::CallKeywords:
        read(b), reads(b + kCallGap, c);
        break;
      case Opcode::CallMethod:
      case Opcode::CallMethodKeywords:
        read(b), reads(b + kCallGap, c + 1);
        break;
      case Opcode::CallEx:
        read(b), reads(b + kCallGap, 2);
        break;
      case Opcode::MakeFunction:
        reads(b, static_cast<uint32_t>(__builtin_popcount(c & 15)));
        break;
      case Opcode::EnterContext:
      case Opcode::MatchExceptionGroup:
        writes(a, 2);
        break;
      case Opcode::ImportName:
        reads(b, 2);
        break;
      case Opcode::MatchClass:
        reads(b, 3);
        break;
      default:
        break;
    }
  }

  void join(uint32_t from, uint32_t to, std::vector<uint32_t>& work, const std::vector<Maker>& state) {
    if (to >= count_) return;
    Maker* place = makers_.data() + size_t{to} * width();
    bool changed = !reached_[to];
    if (changed) {
      std::copy(state.begin(), state.end(), place);
      reached_[to] = true;
    } else {
      for (uint32_t i = 0; i < width(); ++i)
        if (place[i] != state[i] && place[i] != Maker::Object && place[i] == Maker::Nothing)
          place[i] = state[i], changed = true;
    }
    (void)from;
    if (changed) work.push_back(to);
  }

  void walk_forwards() {
    std::vector<uint32_t> work;
    std::vector<Maker> state(width(), Maker::Nothing);
    join(0, 0, work, state);
    while (!work.empty()) {
      uint32_t at = work.back();
      work.pop_back();
      const Maker* place = makers_.data() + size_t{at} * width();
      state.assign(place, place + width());
      for (const CodeException& each : exceptions()) {
        if (at < each.start || at >= each.end) continue;
        std::vector<Maker> raised = state;
        if (each.target < width()) raised[each.target] = Maker::Exception;
        join(at, each.handler, work, raised);
        break;
      }
      Opcode opcode = opcode_of(words_[at]);
      Maker made = Maker::Object;
      if (opcode == Opcode::GetIter || opcode == Opcode::GetAsyncIter) made = Maker::Iterator;
      if (opcode == Opcode::EnterContext) made = Maker::Exit;
      if (opcode == Opcode::PushHandled) made = Maker::Handled;
      operands(
          at,
          [&](uint32_t number) {
            if (number < width()) state[number] = made;
          },
          [](uint32_t) {});
      successors(at, [&](uint32_t next) { join(at, next, work, state); });
    }
  }

  /// Liveness, to a fixed point.
  void walk_backwards() {
    std::vector<uint32_t> starts;
    for (uint32_t at = 0; at < count_; at += size_at(at)) starts.push_back(at);
    for (bool changed = true; changed;) {
      changed = false;
      for (size_t i = starts.size(); i-- > 0;) {
        uint32_t at = starts[i];
        if (!reached_[at]) continue;
        Registers live;
        successors(at, [&](uint32_t next) {
          if (next < count_) live |= live_[next];
        });
        operands(
            at,
            [&](uint32_t number) {
              if (number < 256) live[number] = false;
            },
            [](uint32_t) {});
        operands(
            at, [](uint32_t) {},
            [&](uint32_t number) {
              if (number < 256) live[number] = true;
            });
        for (const CodeException& each : exceptions()) {
          if (at < each.start || at >= each.end) continue;
          Registers handler = live_[each.handler];
          if (each.target < 256) handler[each.target] = false;
          live |= handler;
          break;
        }
        if (live != live_[at]) live_[at] = live, changed = true;
      }
    }
  }

  Code* code_;
  const uint32_t* words_;
  uint32_t count_;
  std::vector<Maker> makers_;
  std::vector<Registers> live_;
  std::vector<bool> reached_;
};

const char* why_not(Maker maker) {
  switch (maker) {
    case Maker::Exception:
    case Maker::Handled:
      return "can't jump into an 'except' block as there's no exception";
    case Maker::Iterator:
      return "can't jump into the body of a for loop";
    case Maker::Nothing:
    case Maker::Exit:
    case Maker::Object:
      break;
  }
  return "incompatible stacks";
}

/// Why `to` cannot be reached from `from`; null when it can. `depth` counts what both have.
const char* compare_places(const JumpAnalysis& analysis, uint32_t from, uint32_t to, int* depth) {
  *depth = 0;
  if (!analysis.is_reached(to)) return "can't jump into an exception handler, or code may be unreachable";
  const char* reason = nullptr;
  for (uint32_t i = 0; i < analysis.width(); ++i) {
    if (!analysis.holds(to, i)) continue;
    if (analysis.holds(from, i) && analysis.maker(from, i) == analysis.maker(to, i))
      ++*depth;
    else
      reason = why_not(analysis.maker(to, i));
  }
  return reason;
}

/// The exceptions that the jump leaves behind are no longer being handled.
void leave_handlers(Thread& thread, const JumpAnalysis& analysis, Value* base, uint32_t from, uint32_t to) {
  for (uint32_t i = 0; i < analysis.width(); ++i) {
    if (!analysis.holds(from, i) || analysis.maker(from, i) != Maker::Handled || analysis.holds(to, i)) continue;
    thread.set_handled(base[i].is_pointer() ? base[i] : Value::none());
    return;  // the outermost one kept what was handled before all of them
  }
}

/// What the innermost trace function that runs is being told.
TraceEvent running_event(Thread& thread) {
  for (Value* base = thread.frame(); base != nullptr; base = caller_of(base)) {
    if (!base[kFrameObject].is_pointer()) continue;
    TraceEvent event = event_of(static_cast<Frame*>(base[kFrameObject].as_object()));
    if (event != TraceEvent::None) return event;
  }
  return TraceEvent::None;
}

Result<void> check_event(Thread& thread, Frame* frame) {
  switch (running_event(thread)) {
    case TraceEvent::Line:
      break;
    case TraceEvent::Call:
    case TraceEvent::None:
      return thread.raise<ValueError>("can't jump from the 'call' trace event of a new frame");
    default:
      return thread.raise<ValueError>("can only jump from a 'line' trace event");
  }
  if (frame->trace_.get().is_none() || frame->base_ == nullptr)
    return thread.raise<ValueError>("f_lineno can only be set by a trace function");
  return {};
}

/// First line with code at or after `line`; -1 when there is none.
int32_t line_not_before(Thread& thread, Code* code, int32_t line) {
  int32_t best = INT_MAX;
  for (uint32_t at = 0; at < code->word_count_; ++at) {
    int32_t here = line_in_table(thread, code, at);
    if (here >= line && here < best && here > 0) best = here;
  }
  return best == INT_MAX ? -1 : best;
}

/// Where the activation proper begins: behind MakeGenerator.
uint32_t first_word(Code* code) {
  for (uint32_t at = 0; at < code->word_count_; at += kOpcodes[code->words()[at] & 0xFF].words)
    if (opcode_of(code->words()[at]) == Opcode::MakeGenerator) return at + 1;
  return 0;
}

}  // namespace

Result<void> jump_to_line(Thread& thread, Frame* frame, Value value) {
  if (value.is_absent()) return thread.raise<AttributeError>("cannot delete attribute");
  if (!is_integer(value) || value.is_bool()) return thread.raise<ValueError>("lineno must be an integer");
  TRY(check_event(thread, frame));
  int64_t wanted;
  if (!int_fits_int64(value, &wanted) || wanted > INT_MAX || wanted < INT_MIN)
    return thread.raise<ValueError>("lineno out of range");
  Code* code = frame->function_->code();
  if (wanted < static_cast<int64_t>(code->first_line_))
    return thread.raise<ValueError>("line {} comes before the current code block", wanted);
  int32_t line = line_not_before(thread, code, static_cast<int32_t>(wanted));
  if (line < 0) return thread.raise<ValueError>("line {} comes after the current code block", wanted);
  JumpAnalysis analysis(code);
  uint32_t from = current_word(frame->base_);
  int best_depth = -1;
  uint32_t best = 0, first = first_word(code);
  const char* reason = "cannot find bytecode for specified line";
  for (uint32_t at = first; at < code->word_count_; at += kOpcodes[code->words()[at] & 0xFF].words) {
    if (line_in_table(thread, code, at) != line) continue;
    bool starts_line = at == first || line_in_table(thread, code, at - 1) != line;
    if (!starts_line) continue;
    int depth;
    const char* wrong = compare_places(analysis, from, at, &depth);
    if (wrong != nullptr) {
      if (best_depth < 0) reason = wrong;
    } else if (depth > best_depth) {
      best_depth = depth;
      best = at;
    }
  }
  if (best_depth < 0) return thread.raise<ValueError>(reason);
  leave_handlers(thread, analysis, frame->base_, from, best);
  frame->base_[kFramePc] = raw_word(code->words() + best);
  return {};
}

}  // namespace viperine
