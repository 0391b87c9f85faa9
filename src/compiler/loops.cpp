// SPDX-License-Identifier: MIT
// Generator: for, async for, while, break, continue, and the unwinding of blocks that return, break and continue leave.
#include "base/check.h"
#include "compiler/generator.h"

namespace viperine::compiler {

using namespace ast;

bool Generator::push_block(const Block& block) {
  if (code_->blocks.size() >= 20) {
    fail("too many statically nested blocks");
    return false;
  }
  code_->blocks.push_back(block);
  return true;
}

const Block* Generator::innermost_loop() const {
  for (size_t i = code_->blocks.size(); i-- > 0;)
    if (code_->blocks[i].kind == BlockKind::Loop) return &code_->blocks[i];
  return nullptr;
}

bool Generator::unwinding_runs_code() const {
  for (const Block& block : code_->blocks)
    if (block.kind != BlockKind::Loop && block.kind != BlockKind::Try && block.kind != BlockKind::Handling) return true;
  return false;
}

void Generator::unwind(bool to_loop) {
  if (code_->blocks.empty() || session_.failed()) return;
  Block block = code_->blocks.back();
  if (block.kind == BlockKind::GroupHandling)
    return fail("'break', 'continue' and 'return' cannot appear in an except* block");
  if (to_loop && block.kind == BlockKind::Loop) return;
  code_->blocks.pop_back();
  code_->handler = block.outer_handler;
  unwind_block(block);
  unwind(to_loop);
  code_->blocks.push_back(block);
}

void Generator::unwind_block(const Block& block) {
  switch (block.kind) {
    case BlockKind::Loop: case BlockKind::Try: case BlockKind::Handling: case BlockKind::GroupHandling: return;
    case BlockKind::FinallyTry: {
      TemporaryScope scope(*this);
      statements(block.final_body);
      code_->position = {};
      return;
    }
    case BlockKind::FinallyEnd: emit(Opcode::PopHandled, block.saved); return;
    case BlockKind::With: case BlockKind::AsyncWith:
      code_->position = block.position;
      call_exit_with_none(block.saved, block.kind == BlockKind::AsyncWith);
      code_->position = {};
      return;
    case BlockKind::HandlerCleanup:
      emit(Opcode::PopHandled, block.saved);
      if (block.name.data()) clear_name(block.name);
      return;
  }
}

void Generator::break_statement() {
  emit(Opcode::Nop);
  const uint16_t handler = code_->handler;
  const Position position = code_->position;
  unwind(true);
  const Block* loop = innermost_loop();
  if (!loop) return session_.fail(position, "'break' outside loop");
  code_->handler = loop->outer_handler;
  jump(loop->exit);
  code_->handler = handler;
}

void Generator::continue_statement() {
  emit(Opcode::Nop);
  const uint16_t handler = code_->handler;
  const Position position = code_->position;
  unwind(true);
  const Block* loop = innermost_loop();
  if (!loop) return session_.fail(position, "'continue' not properly in loop");
  code_->handler = loop->outer_handler;
  emit_jump(Opcode::JumpBack, 0, loop->start);
  code_->handler = handler;
}

/// The next item goes into the target, straight into its register when it is a plain local.
void Generator::loop_target(ExprNode* target, Register iterator, Label exhausted) {
  Register local = local_register(target, false);
  if (local != kNoRegister && cast<Name>(target)->id != "__debug__") {
    emit(Opcode::ForIter, local, iterator).target = exhausted;
    At at(*this, target);
    emit(Opcode::Nop);
    return;
  }
  TemporaryScope scope(*this);
  Register item = temporary();
  emit(Opcode::ForIter, item, iterator).target = exhausted;
  store(target, item);
}

void Generator::for_loop(For* node) {
  Register iterator = temporary();
  Label start = new_label(), exhausted = new_label(), end = new_label();
  if (!push_block({BlockKind::Loop, start, end, code_->handler})) return;
  if (const Constant* container = folder_.fold_container(node->iter)) {
    At at(*this, node->iter);
    load_constant(*container, iterator);
    code_->position = at.before;
    emit(Opcode::GetIter, iterator, iterator);
  } else {
    Register object = operand(node->iter, iterator);
    emit(Opcode::GetIter, iterator, object);
  }
  bind(start);
  loop_target(node->target, iterator, exhausted);
  statements(node->body);
  emit_artificial_jump(Opcode::JumpBack, start);
  bind(exhausted);
  pop_block();
  statements(node->orelse);
  bind(end);
}

void Generator::async_next(Register iterator, Register item, Label stop, Register exception) {
  const uint16_t outer = code_->handler;
  code_->handler = new_handler(stop, exception);
  TemporaryScope scope(*this);
  Register next = temporary();
  emit(Opcode::GetAsyncNext, next, iterator);
  delegate(next, item);
  code_->handler = outer;
}

void Generator::async_for(AsyncFor* node) {
  const bool top_level = (session_.options.flags & kAllowTopLevelAwait) && code_->kind == CodeKind::Module;
  if (code_->kind != CodeKind::AsyncFunction && !top_level) return fail("'async for' outside async function");
  const Position whole = code_->position;
  Register iterator = temporary();
  Register object = operand(node->iter, iterator);
  emit(Opcode::GetAsyncIter, iterator, object);
  Register exception = temporary(), item = temporary();
  Label start = new_label(), stop = new_label(), end = new_label();
  bind(start);
  if (!push_block({BlockKind::Loop, start, end, code_->handler})) return;
  async_next(iterator, item, stop, exception);
  store(node->target, item);
  statements(node->body);
  emit_artificial_jump(Opcode::JumpBack, start);
  pop_block();
  bind(stop);
  // The end of iteration has the position of the iterable, as an exception of __anext__ is shown there.
  code_->position = position_of(node->iter);
  emit(Opcode::EndAsyncFor, exception);
  code_->position = whole;
  statements(node->orelse);
  bind(end);
}

void Generator::while_loop(While* node) {
  Label start = new_label(), otherwise = new_label(), end = new_label();
  bind(start);
  if (!push_block({BlockKind::Loop, start, end, code_->handler})) return;
  const Constant* constant = folder_.fold(node->test);
  const bool endless = constant && truth_of(*constant) == 1;
  jump_if(node->test, otherwise, false);
  if (endless) {
    // The test is only a line, passed once and by `continue`; the way back has the line of the statement.
    Label body = new_label();
    bind(body);
    statements(node->body);
    code_->position = position_of(node);
    emit_jump(Opcode::JumpBack, 0, body);
  } else {
    statements(node->body);
    emit_artificial_jump(Opcode::JumpBack, start);
  }
  pop_block();
  bind(otherwise);
  statements(node->orelse);
  bind(end);
}

}  // namespace viperine::compiler
