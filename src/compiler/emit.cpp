// SPDX-License-Identifier: MIT
// Generator: emission of single instructions, temporaries, constants.
#include "base/check.h"
#include "compiler/generator.h"

namespace viperine::compiler {

Instruction& Generator::emit(Opcode op, Register a, Register b, Register c) {
  Instruction made;
  made.op = op;
  made.a = a;
  made.b = b;
  made.c = c;
  made.handler = code_->handler;
  made.position = code_->position;
  code_->instructions.push_back(made);
  return code_->instructions.back();
}

void Generator::emit_jump(Opcode op, Register a, Label target) { emit(op, a).target = target; }

void Generator::emit_artificial_jump(Opcode op, Label target) {
  Instruction& made = emit(op);
  made.target = target;
  made.artificial = true;
}

void Generator::emit_name(Opcode op, Register a, Register b, std::string_view name) {
  int index = code_->constants.add_name(session_.arena, name);
  auto [found, inserted] = code_->name_index.try_emplace(name, static_cast<int>(code_->names.size()));
  if (inserted) code_->names.push_back(name);
  emit(op, a, b).second = index;
}

void Generator::load_constant(const Constant& constant, Register target) {
  if (constant.kind == Constant::Kind::Int && constant.text.empty() && constant.small >= INT16_MIN &&
      constant.small <= INT16_MAX) {
    emit(Opcode::LoadInt, target).value = static_cast<int32_t>(constant.small);
    return;
  }
  emit(Opcode::LoadConst, target).value = code_->constants.add(constant);
}

/// Whether the constant may stand in a one-byte operand: the first 240 such constants of a code block can.
bool Generator::byte_constant(const Constant& constant, int* pool_index) {
  int index = code_->constants.add(constant);
  auto& marks = code_->is_byte_constant;
  if (marks.size() <= static_cast<size_t>(index)) marks.resize(static_cast<size_t>(index) + 1, 0);
  if (!marks[static_cast<size_t>(index)]) {
    if (code_->byte_constants >= 240) return false;
    ++code_->byte_constants;
    marks[static_cast<size_t>(index)] = 1;
  }
  *pool_index = index;
  return true;
}

void Generator::move(Register target, Register source) {
  if (target != source) emit(Opcode::Move, target, source);
}

Register Generator::temporary() { return temporaries(1); }

Register Generator::temporaries(int count) {
  Register first = code_->next_temporary;
  reach(static_cast<Register>(first + count - 1));
  return code_->next_temporary <= kMaxRegisters ? first : code_->first_temporary;
}

void Generator::reach(Register last) {
  if (last >= kMaxRegisters) code_->out_of_registers = true;
  code_->next_temporary = static_cast<Register>(last + 1);
  if (code_->next_temporary > code_->register_count) code_->register_count = code_->next_temporary;
}

uint16_t Generator::new_handler(Label label, Register target) {
  code_->handlers.push_back({label, target});
  return static_cast<uint16_t>(code_->handlers.size() - 1);
}

}  // namespace viperine::compiler
