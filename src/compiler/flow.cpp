// SPDX-License-Identifier: MIT
// The passes of flow.h. Each is one or a few linear walks; labels are resolved through the live successor.
#include "compiler/flow.h"

#include <array>

namespace viperine::compiler {

namespace {

const OpcodeInfo& info(Opcode op) { return kOpcodes[static_cast<size_t>(op)]; }

size_t size_of(const FunctionCode& code) { return code.instructions.size(); }

/// Which live instructions are the target of a live jump or handler.
std::vector<uint8_t> targets_of(const FunctionCode& code) {
  std::vector<uint8_t> targets(size_of(code) + 1, 0);
  for (const Instruction& each : code.instructions) {
    if (each.removed) continue;
    if (each.target != kNoLabel) targets[static_cast<size_t>(label_index(code, each.target))] = 1;
    if (each.handler != 0 && can_raise(each.op))
      targets[static_cast<size_t>(label_index(code, code.handlers[each.handler].label))] = 1;
  }
  return targets;
}

}  // namespace

bool can_raise(Opcode op) { return (info(op).traits & Raises) != 0; }
// A generator goes on after MakeGenerator when it is resumed.
bool falls_through(Opcode op) { return (info(op).traits & Ends) == 0 || op == Opcode::MakeGenerator; }

int next_live(const FunctionCode& code, int index) {
  while (static_cast<size_t>(index) < size_of(code) && code.instructions[static_cast<size_t>(index)].removed) ++index;
  return index;
}

int label_index(const FunctionCode& code, Label label) {
  return next_live(code, code.labels[static_cast<size_t>(label)]);
}

void remove_unreachable(FunctionCode& code) {
  std::vector<uint8_t> reached(size_of(code) + 1, 0);
  std::vector<int> work{next_live(code, 0)};
  while (!work.empty()) {
    int index = work.back();
    work.pop_back();
    while (static_cast<size_t>(index) < size_of(code) && !reached[static_cast<size_t>(index)]) {
      reached[static_cast<size_t>(index)] = 1;
      const Instruction& each = code.instructions[static_cast<size_t>(index)];
      if (each.target != kNoLabel) work.push_back(label_index(code, each.target));
      if (each.handler != 0 && can_raise(each.op))
        work.push_back(label_index(code, code.handlers[each.handler].label));
      if (!falls_through(each.op)) break;
      index = next_live(code, index + 1);
    }
  }
  for (size_t i = 0; i < size_of(code); ++i)
    if (!reached[i]) code.instructions[i].removed = true;
}

void thread_jumps(FunctionCode& code) {
  for (size_t i = 0; i < size_of(code); ++i) {
    Instruction& each = code.instructions[i];
    if (each.removed || each.target == kNoLabel) continue;
    for (int limit = 8; limit > 0; --limit) {
      size_t at = static_cast<size_t>(label_index(code, each.target));
      if (at >= size_of(code)) break;
      const Instruction& next = code.instructions[at];
      if (next.op != Opcode::Jump || next.target == each.target || at == i) break;
      if (next.position.line != 0 && next.position.line != each.position.line && !next.artificial) break;
      each.target = next.target;
    }
    if (each.op == Opcode::Jump && label_index(code, each.target) == next_live(code, static_cast<int>(i) + 1)) {
      each.op = Opcode::Nop;
      each.target = kNoLabel;
      if (each.artificial) each.removed = true;
    }
  }
}

namespace {

/// Makes a conditional jump its opposite; false: it has none.
bool invert(Instruction& each) {
  switch (each.op) {
    case Opcode::JumpIfTrue: each.op = Opcode::JumpIfFalse; return true;
    case Opcode::JumpIfFalse: each.op = Opcode::JumpIfTrue; return true;
    case Opcode::JumpIfNone: each.op = Opcode::JumpIfNotNone; return true;
    case Opcode::JumpIfNotNone: each.op = Opcode::JumpIfNone; return true;
    case Opcode::JumpIfUnbound: case Opcode::ForIter: case Opcode::Send: return false;
    default: break;
  }
  const std::string_view format = info(each.op).format;
  if (format != "RRUE" && format != "RKUE") return false;
  each.c ^= 1;
  return true;
}

}  // namespace

void invert_jumps(FunctionCode& code) {
  std::vector<uint8_t> targets;
  for (size_t i = 0; i < size_of(code); ++i) {
    Instruction& each = code.instructions[i];
    if (each.removed || each.target == kNoLabel || !falls_through(each.op)) continue;
    const int next = next_live(code, static_cast<int>(i) + 1);
    if (static_cast<size_t>(next) >= size_of(code)) return;
    Instruction& jump = code.instructions[static_cast<size_t>(next)];
    if (jump.op != Opcode::Jump || (!jump.artificial && jump.position.line != each.position.line)) continue;
    if (label_index(code, each.target) != next_live(code, next + 1)) continue;
    if (targets.empty()) targets = targets_of(code);
    if (targets[static_cast<size_t>(next)] || !invert(each)) continue;
    each.target = jump.target;
    jump.removed = true;
  }
}

namespace {

/// Bits of the variables' registers.
struct Bound {
  std::array<uint64_t, 4> words{};
  void set(size_t bit) { words[bit / 64] |= uint64_t{1} << (bit % 64); }
  void clear(size_t bit) { words[bit / 64] &= ~(uint64_t{1} << (bit % 64)); }
  bool test(size_t bit) const { return (words[bit / 64] >> (bit % 64)) & 1; }
  bool meet(const Bound& other) {
    bool changed = false;
    for (size_t i = 0; i < words.size(); ++i) {
      uint64_t before = words[i];
      words[i] &= other.words[i];
      changed |= words[i] != before;
    }
    return changed;
  }
};

constexpr Bound kEverything{{~uint64_t{0}, ~uint64_t{0}, ~uint64_t{0}, ~uint64_t{0}}};

class DefiniteAssignment {
 public:
  explicit DefiniteAssignment(FunctionCode& code) : code_(code), entry_(size_of(code) + 1, kEverything) {}

  void run() {
    Bound start;
    for (size_t i = 0; i < code_.scope->parameters.size() && i < kMaxRegisters; ++i) start.set(i);
    while (walk(start, false)) {
    }
    walk(start, true);
  }

 private:
  bool walk(const Bound& start, bool remove) {
    bool changed = false;
    Bound now = start;
    for (size_t i = 0; i < size_of(code_); ++i) {
      Instruction& each = code_.instructions[i];
      if (each.removed) continue;
      changed |= entry_[i].meet(now);
      now = entry_[i];
      if (each.handler != 0 && can_raise(each.op)) changed |= flow_to(code_.handlers[each.handler].label, now);
      if (each.op == Opcode::ForIter) changed |= flow_to(each.target, now);
      if (remove && each.op == Opcode::CheckBound && each.a < code_.first_temporary && now.test(each.a))
        each.removed = true;
      apply(each, now);
      if (each.target != kNoLabel && each.op != Opcode::ForIter) changed |= flow_to(each.target, now);
      if (!falls_through(each.op)) now = kEverything;
    }
    return changed;
  }

  bool flow_to(Label label, const Bound& state) {
    return entry_[static_cast<size_t>(label_index(code_, label))].meet(state);
  }

  static void apply(const Instruction& each, Bound& now) {
    const char first = info(each.op).format[0];
    if (each.op == Opcode::LoadUnbound) {
      now.clear(each.a);
    } else if (first == 'T' || each.op == Opcode::CheckBound) {
      if (each.a < kMaxRegisters) now.set(each.a);
    } else if (each.op == Opcode::UnpackSequence) {
      for (size_t i = 0; i < each.c && each.a + i < kMaxRegisters; ++i) now.set(each.a + i);
    }
  }

  FunctionCode& code_;
  std::vector<Bound> entry_;
};

}  // namespace

void remove_bound_checks(FunctionCode& code) {
  if (code.scope->kind == ScopeKind::Function) DefiniteAssignment(code).run();
}

void copy_final_return(FunctionCode& code) {
  const size_t count = size_of(code);
  if (count < 2) return;
  const Instruction load = code.instructions[count - 2], leave = code.instructions[count - 1];
  if (leave.op != Opcode::Return || leave.removed || load.removed || !leave.artificial || !load.artificial) return;
  int jumps = 0;
  for (const Instruction& each : code.instructions)
    jumps += !each.removed && each.target != kNoLabel && label_index(code, each.target) == static_cast<int>(count) - 2;
  int before = static_cast<int>(count) - 3;
  while (before >= 0 && code.instructions[static_cast<size_t>(before)].removed) --before;
  const bool entered = before >= 0 && falls_through(code.instructions[static_cast<size_t>(before)].op);
  if (jumps == 0 || jumps > 40) return;
  const int original = static_cast<int>(count) - 2;
  // The last way in may keep the original.
  for (size_t i = 0; i < count && jumps + (entered ? 1 : 0) > 1; ++i) {
    Instruction& each = code.instructions[i];
    if (each.removed || each.target == kNoLabel || label_index(code, each.target) != original) continue;
    if (each.op == Opcode::JumpBack) continue;
    --jumps;
    Label label = code.new_label();
    code.bind(label);
    each.target = label;
    Instruction copy = load, last = leave;
    copy.artificial = last.artificial = false;
    copy.position = last.position = each.position;
    code.instructions.push_back(copy);
    code.instructions.push_back(last);
  }
  if (!entered && jumps == 1) {
    for (Instruction& each : code.instructions)
      if (!each.removed && each.target != kNoLabel && label_index(code, each.target) == static_cast<int>(count) - 2) {
        Instruction &copy = code.instructions[count - 2], &last = code.instructions[count - 1];
        copy.artificial = last.artificial = false;
        copy.position = last.position = each.position;
        break;
      }
  }
}

void settle_lines(FunctionCode& code) {
  std::vector<uint8_t> targets = targets_of(code);
  int previous = -1;
  for (size_t i = 0; i < size_of(code); ++i) {
    Instruction& each = code.instructions[i];
    if (each.removed) continue;
    const Instruction* before = previous < 0 ? nullptr : &code.instructions[static_cast<size_t>(previous)];
    const bool straight = before && falls_through(before->op) && !targets[i];
    if (each.artificial || each.position.line == 0) each.position = straight ? before->position : Position{};
    if (each.op == Opcode::Nop) {
      Instruction* after = nullptr;
      int next = next_live(code, static_cast<int>(i) + 1);
      if (static_cast<size_t>(next) < size_of(code)) after = &code.instructions[static_cast<size_t>(next)];
      const int line = each.position.line;
      // A successor without a line of its own takes this one.
      const bool nameless = after && (after->artificial || after->position.line == 0);
      if (nameless && line != 0 && !targets[static_cast<size_t>(next)]) {
        after->artificial = false;
        after->position = each.position;
      }
      const bool before_has_it = straight && before->position.line == line;
      const bool after_has_it = after && !after->artificial && after->position.line == line;
      if (line == 0 || before_has_it || after_has_it) {
        each.removed = true;
        if (targets[i] && static_cast<size_t>(next) <= size_of(code)) targets[static_cast<size_t>(next)] = 1;
        continue;
      }
    }
    previous = static_cast<int>(i);
  }
}

}  // namespace viperine::compiler
