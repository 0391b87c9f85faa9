// SPDX-License-Identifier: MIT
// Jumps of f_lineno. What a place needs of the temporaries (iterators of the loops round it, exits of its with blocks,
// the exception it handles) comes from two walks over the code: forwards, what made each temporary; backwards, which
// are still needed. A jump may drop such things, never invent them.
#include "interpreter/jumps.h"

#include <climits>
#include <vector>

#include "interpreter/code_flow.h"
#include "interpreter/tracing.h"
#include "runtime/binding.h"
#include "runtime/positions.h"

namespace viperine {

namespace {

enum class Maker : uint8_t { Nothing, Object, Iterator, Exit, Exception, Handled };

class JumpAnalysis {
 public:
  explicit JumpAnalysis(Code* code) : code_(code), flow_(code), count_(code->word_count_) {
    makers_.resize(size_t{count_} * width());
    reached_.resize(count_);
    walk_forwards();
    live_ = flow_.liveness([this](uint32_t at) { return reached_[at]; });
  }
  bool is_reached(uint32_t word) const { return reached_[word]; }
  Maker maker(uint32_t word, uint32_t number) const { return makers_[size_t{word} * width() + number]; }
  /// The things of a place, in the order of their registers: temporaries are a stack.
  bool holds(uint32_t word, uint32_t number) const {
    return number >= code_->local_count_ && live_[word][number] && maker(word, number) != Maker::Nothing;
  }
  uint32_t width() const { return code_->register_count_ < 256 ? code_->register_count_ : 256; }

 private:
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
      for (const CodeException& each : flow_.exceptions()) {
        if (at < each.start || at >= each.end) continue;
        std::vector<Maker> raised = state;
        if (each.target < width()) raised[each.target] = Maker::Exception;
        join(at, each.handler, work, raised);
        break;
      }
      Opcode opcode = opcode_of(code_->words()[at]);
      Maker made = Maker::Object;
      if (opcode == Opcode::GetIter || opcode == Opcode::GetAsyncIter) made = Maker::Iterator;
      if (opcode == Opcode::EnterContext) made = Maker::Exit;
      if (opcode == Opcode::PushHandled) made = Maker::Handled;
      flow_.operands(
          at,
          [&](uint32_t number) {
            if (number < width()) state[number] = made;
          },
          [](uint32_t) {});
      flow_.successors(at, [&](uint32_t next) { join(at, next, work, state); });
    }
  }

  Code* code_;
  CodeFlow flow_;
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
    Value handled = base[i].is_pointer() ? base[i] : Value::none();
    if (handled.is_none() && base[kFrameGenerator].is_pointer()) {
      auto* generator = static_cast<Generator*>(base[kFrameGenerator].as_object());
      handled = generator->handled_.get();
      generator->handling_ = 0;
    }
    thread.set_handled(handled);
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
