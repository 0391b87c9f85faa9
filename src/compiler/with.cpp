// SPDX-License-Identifier: MIT
// Generator: with and async with. The exit method lives in a register while the body runs.
#include "compiler/generator.h"

namespace viperine::compiler {

using namespace ast;

void Generator::call_exit_with_none(Register exit, bool is_async) {
  TemporaryScope scope(*this);
  Register base = temporary();
  move(base, exit);
  for (uint32_t i = 0; i < 3; ++i) {
    Register slot = static_cast<Register>(base + kCallGap + i);
    reach(slot);
    load_none(slot);
  }
  call(base, base, 3);
  if (is_async) {
    code_->next_temporary = static_cast<Register>(base + 1);
    await_value(base, base, 2);
  }
}

void Generator::with_items(std::span<WithItem*> items, std::span<StmtNode*> body, bool is_async, StmtNode* node) {
  const bool top_level = (session_.options.flags & kAllowTopLevelAwait) && code_->kind == CodeKind::Module;
  if (is_async && code_->kind != CodeKind::AsyncFunction && !top_level)
    return fail("'async with' outside async function");
  DepthGuard guard(session_);
  if (session_.failed()) return;
  TemporaryScope scope(*this);
  WithItem* item = items[0];
  const uint16_t outer = code_->handler;
  const Position whole = position_of(node);
  Label end = new_label(), raised = new_label(), cleanup = new_label(), suppressed = new_label();
  Register exit = temporaries(2);
  Register entered = static_cast<Register>(exit + 1);
  // What __enter__ returns goes straight into a plain local.
  Register local = kNoRegister;
  if (auto* name = try_cast<Name>(item->optional_vars); name && name->id != "__debug__")
    local = local_register(name->id, false);
  {
    TemporaryScope inner(*this);
    Register manager = value(item->context_expr);
    code_->position = whole;
    emit(Opcode::EnterContext, exit, manager, is_async ? 1 : 0);
  }
  {
    TemporaryScope inner(*this);
    call(is_async || local == kNoRegister ? entered : local, entered, 0);
    if (is_async) await_value(entered, local == kNoRegister ? entered : local, 1);
  }
  Register exception = temporaries(3);
  Register saved = static_cast<Register>(exception + 1), second = static_cast<Register>(exception + 2);
  code_->handler = new_handler(raised, exception);
  Block block{is_async ? BlockKind::AsyncWith : BlockKind::With};
  block.outer_handler = outer;
  block.saved = exit;
  block.position = whole;
  if (!push_block(block)) return;
  if (item->optional_vars && local == kNoRegister) {
    store(item->optional_vars, entered);
  } else if (item->optional_vars) {
    At at(*this, item->optional_vars);
    emit(Opcode::Nop);  // its line
  }
  if (items.size() > 1) {
    with_items(items.subspan(1), body, is_async, node);
  } else {
    statements(body);
  }
  if (session_.failed()) return;
  pop_block();
  code_->handler = outer;
  code_->position = whole;
  call_exit_with_none(exit, is_async);
  jump(end);
  bind(raised);
  code_->handler = new_handler(cleanup, second);
  emit(Opcode::PushHandled, saved, exception);
  {
    TemporaryScope inner(*this);
    Register swallow = temporary();
    emit(Opcode::CallExit, swallow, exit, exception);
    if (is_async) await_value(swallow, swallow, 2);
    emit_jump(Opcode::JumpIfTrue, swallow, suppressed);
  }
  code_->handler = outer;
  code_->position = {};  // the frame stands where the exception was raised
  emit(Opcode::PopHandled, saved);
  emit(Opcode::Reraise, exception);
  cleanup_code(cleanup, second, saved, outer);
  bind(suppressed);
  code_->position = whole;
  emit(Opcode::PopHandled, saved);
  bind(end);
}

}  // namespace viperine::compiler
