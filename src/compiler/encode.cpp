// SPDX-License-Identifier: MIT
// Encoding. A jump whose distance does not fit 16 bits becomes three instructions: the conditional jump over a Jump
// to the Jump that makes the distance (24 bits).
#include "compiler/encode.h"

#include "base/check.h"
#include "compiler/flow.h"

namespace viperine::compiler {

namespace {

const OpcodeInfo& info(Opcode op) { return kOpcodes[static_cast<size_t>(op)]; }

bool has_letter(Opcode op, char letter) {
  for (const char* each = info(op).format; *each; ++each)
    if (*each == letter) return true;
  return false;
}

bool wants_feedback(Opcode op) {
  switch (op) {
    case Opcode::UnpackEx:
    case Opcode::ImportName:
    case Opcode::DeleteName:
    case Opcode::DeleteGlobal:
    case Opcode::DeleteAttr:
    case Opcode::LoadClassCell:
      return false;
    default:
      return info(op).words == 2;
  }
}

class Encoder {
 public:
  Encoder(Session& session, FunctionCode& code) : session_(session), code_(code) {}

  const Blueprint* run() {
    number_constants();
    if (session_.failed()) return nullptr;
    measure();
    write();
    auto* made = session_.arena.make<Blueprint>();
    describe(*made);
    return made;
  }

 private:
  Arena& arena() { return session_.arena; }

  // ---- constants
  void use(int pool_index) {
    int& number = numbers_[static_cast<size_t>(pool_index)];
    if (number >= 0) return;
    number = static_cast<int>(constants_.size());
    constants_.push_back(code_.constants.at(pool_index));
  }

  void number_constants() {
    numbers_.assign(static_cast<size_t>(code_.constants.size()), -1);
    if (code_.reserves_first_constant) use(0);
    for (const Instruction& each : code_.instructions)
      if (!each.removed && has_letter(each.op, 'K')) use(each.value);
    DCHECK(constants_.size() <= 256);
    for (const Instruction& each : code_.instructions) {
      if (each.removed) continue;
      if (each.op == Opcode::LoadConst || has_letter(each.op, 'M')) use(each.value);
      if (has_letter(each.op, 'N') || (has_letter(each.op, 'C') && each.op != Opcode::UnpackEx)) use(each.second);
    }
    if (constants_.size() > 0xFFFF) session_.fail(code_.position, "too many constants in one code block");
  }

  int number(int pool_index) const { return numbers_[static_cast<size_t>(pool_index)]; }

  // ---- layout
  bool is_short_jump(const Instruction& each) const { return each.target != kNoLabel && !has_letter(each.op, 'L'); }

  void measure() {
    const size_t count = code_.instructions.size();
    start_.assign(count + 1, 0);
    far_.assign(count, 0);
    for (bool changed = true; changed;) {
      changed = false;
      uint32_t word = 0;
      for (size_t i = 0; i < count; ++i) {
        start_[i] = word;
        if (!code_.instructions[i].removed) word += info(code_.instructions[i].op).words + (far_[i] ? 2u : 0u);
      }
      start_[count] = word;
      for (size_t i = 0; i < count; ++i) {
        const Instruction& each = code_.instructions[i];
        if (each.removed || far_[i] || !is_short_jump(each)) continue;
        int64_t distance = int64_t{target_word(each)} - (start_[i] + info(each.op).words);
        if (distance < INT16_MIN || distance > INT16_MAX) far_[i] = changed = true;
      }
    }
  }

  uint32_t target_word(const Instruction& each) const {
    return start_[static_cast<size_t>(label_index(code_, each.target))];
  }

  // ---- words
  void write() {
    for (size_t i = 0; i < code_.instructions.size(); ++i) {
      const Instruction& each = code_.instructions[i];
      if (each.removed) continue;
      note_position(each);
      note_handler(each);
      write_instruction(each, far_[i]);
    }
    close_range();
  }

  void write_instruction(const Instruction& each, bool far) {
    const OpcodeInfo& op = info(each.op);
    const uint32_t end = static_cast<uint32_t>(words_.size()) + op.words;
    int32_t distance = 0;
    if (each.target != kNoLabel) distance = far ? 1 : static_cast<int32_t>(int64_t{target_word(each)} - end);
    uint32_t feedback = kNoFeedback;
    if (wants_feedback(each.op) && feedback_count_ < kNoFeedback) feedback = feedback_count_++;
    uint32_t a = each.a, b = each.b, c = each.c, first = 0, second = feedback | 0xFFFF0000u;
    bool done = false;
    for (int i = 0; op.format[i]; ++i) {
      switch (op.format[i]) {
        case 'K':
          (i == 1 ? b : c) = static_cast<uint32_t>(number(each.value));
          break;
        case 'D':
          first = encode_ad(each.op, a,
                            static_cast<uint32_t>(each.op == Opcode::LoadConst ? number(each.value) : each.value));
          done = true;
          break;
        case 'M':
          first = encode_ad(each.op, a, static_cast<uint32_t>(number(each.value))), done = true;
          break;
        case 'I':
          first = encode_ad(each.op, a, static_cast<uint32_t>(each.value) & 0xFFFF), done = true;
          break;
        case 'J':
          first = encode_ad(each.op, a, static_cast<uint32_t>(distance) & 0xFFFF), done = true;
          break;
        case 'L':
          first = encode_l(each.op, distance), done = true;
          break;
        case 'F':
          second = encode_second(feedback, 0);
          break;
        case 'E':
          second = encode_second(feedback, static_cast<uint32_t>(distance) & 0xFFFF);
          break;
        case 'N':
          second = encode_second(feedback, static_cast<uint32_t>(number(each.second)));
          break;
        case 'C':
          second = encode_second(
              feedback, static_cast<uint32_t>(each.op == Opcode::UnpackEx ? each.second : number(each.second)));
          break;
        default:
          break;
      }
    }
    DCHECK(a < 256 && b < 256 && c < 256);
    words_.push_back(done ? first : encode_abc(each.op, a, b, c));
    if (op.words == 2) words_.push_back(second);
    if (far) {
      words_.push_back(encode_l(Opcode::Jump, 1));
      words_.push_back(encode_l(Opcode::Jump, static_cast<int32_t>(int64_t{target_word(each)} - (end + 2))));
    }
  }

  void note_position(const Instruction& each) {
    const Position& at = each.position;
    if (!positions_.empty()) {
      const SourcePosition& last = positions_.back();
      if (last.line == at.line && last.end_line == at.end_line && last.column == at.column &&
          last.end_column == at.end_column)
        return;
    }
    positions_.push_back({static_cast<uint32_t>(words_.size()), at.line, at.end_line, at.column, at.end_column});
  }

  void note_handler(const Instruction& each) {
    if (!can_raise(each.op) || each.handler == open_handler_) return;
    close_range();
    open_handler_ = each.handler;
    open_start_ = static_cast<uint32_t>(words_.size());
  }

  void close_range() {
    if (open_handler_ != 0) {
      const Handler& handler = code_.handlers[open_handler_];
      ranges_.push_back({open_start_, static_cast<uint32_t>(words_.size()),
                         start_[static_cast<size_t>(label_index(code_, handler.label))], handler.target});
    }
    open_handler_ = 0;
  }

  template <typename T>
  std::span<const T> keep(const std::vector<T>& items) {
    return arena().copy(std::span<const T>(items));
  }

  void describe(Blueprint& made) {
    made.name = code_.name;
    made.qualified_name = code_.qualified_name;
    made.filename = session_.options.filename;
    made.first_line = code_.first_line;
    made.flags = code_.flags;
    made.positional_count = code_.positional_count;
    made.positional_only_count = code_.positional_only_count;
    made.keyword_only_count = code_.keyword_only_count;
    made.register_count = code_.register_count;
    made.feedback_count = feedback_count_;
    name_far_variables(made);
    made.variable_names = keep(code_.variable_names);
    made.cell_names = keep(code_.cell_names);
    made.cell_registers = keep(code_.cell_registers);
    made.free_names = keep(code_.free_names);
    made.free_registers = keep(code_.free_registers);
    made.names = keep(code_.names);
    made.self_attributes = keep(code_.self_attributes);
    made.constants = keep(constants_);
    made.code = keep(words_);
    made.exceptions = keep(ranges_);
    made.positions = keep(positions_);
  }

  /// The far variables have no register: their names follow the others, in the order of their cells.
  void name_far_variables(Blueprint& made) {
    made.near_count = static_cast<uint32_t>(code_.variable_names.size() - code_.far_parameters);
    if (code_.far.empty()) return;
    made.far_list = code_.far_list;
    code_.variable_names.resize(made.near_count + code_.far.size());  // parameters among them are there already
    for (const auto& [name, number] : code_.far)
      code_.variable_names[made.near_count + static_cast<size_t>(number)] = name;
  }

  Session& session_;
  FunctionCode& code_;
  std::vector<int> numbers_;
  std::vector<Constant> constants_;
  std::vector<uint32_t> start_;
  std::vector<uint8_t> far_;
  std::vector<uint32_t> words_;
  std::vector<SourcePosition> positions_;
  std::vector<ExceptionRange> ranges_;
  uint32_t feedback_count_ = 0;
  uint16_t open_handler_ = 0;
  uint32_t open_start_ = 0;
};

}  // namespace

const Blueprint* encode(Session& session, FunctionCode& code) { return Encoder(session, code).run(); }

}  // namespace viperine::compiler
