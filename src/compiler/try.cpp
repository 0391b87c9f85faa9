// SPDX-License-Identifier: MIT
// Generator: try, except, else, finally, except*. A handler finds the exception in its target register, makes it the
// handled one (PushHandled) and puts the previous one back on every way out; so does the handler of the code under it.
#include "compiler/generator.h"

namespace viperine::compiler {

using namespace ast;

void Generator::cleanup_code(Label label, Register exception, Register saved, uint16_t outer) {
  bind(label);
  code_->handler = outer;
  code_->position = {};
  emit(Opcode::PopHandled, saved);
  emit(Opcode::Reraise, exception);
}

void Generator::clear_name(std::string_view name) {
  Register local = local_register(name, false);
  if (local != kNoRegister) {
    emit(Opcode::LoadUnbound, local);
    return;
  }
  TemporaryScope scope(*this);
  Register none = temporary();
  load_none(none);
  store_name(name, none);
  delete_name(name);
}

template <typename T, typename Body>
void Generator::finally_block(T* node, Body body) {
  const uint16_t outer = code_->handler;
  const Position whole = code_->position;
  Label end = new_label(), raised = new_label(), cleanup = new_label();
  Register exception = temporaries(3);
  Register saved = static_cast<Register>(exception + 1), second = static_cast<Register>(exception + 2);
  emit(Opcode::Nop);
  code_->handler = new_handler(raised, exception);
  Block block{BlockKind::FinallyTry};
  block.outer_handler = outer;
  block.final_body = node->finalbody;
  if (!push_block(block)) return;
  body();
  pop_block();
  code_->handler = outer;
  code_->position = {};
  statements(node->finalbody);
  emit_artificial_jump(Opcode::Jump, end);
  bind(raised);
  code_->handler = new_handler(cleanup, second);
  code_->position = {};
  emit(Opcode::PushHandled, saved, exception);
  Block last{BlockKind::FinallyEnd};
  last.outer_handler = outer;
  last.saved = saved;
  if (!push_block(last)) return;
  statements(node->finalbody);
  pop_block();
  code_->handler = outer;
  emit(Opcode::PopHandled, saved);
  emit(Opcode::Reraise, exception);
  cleanup_code(cleanup, second, saved, outer);
  bind(end);
  code_->position = whole;
}

void Generator::try_statement(Try* node) {
  if (node->finalbody.empty()) return try_except(node);
  finally_block(node, [&] { node->handlers.empty() ? statements(node->body) : try_except(node); });
}

void Generator::except_clause(ExceptHandler* handler, Register exception, Register saved, Label end) {
  code_->position = position_of(handler);
  Label next = new_label();
  const uint16_t guarded = code_->handler;
  if (handler->type) {
    TemporaryScope scope(*this);
    Register type = value(handler->type);
    Register matches = temporary();
    emit(Opcode::MatchException, matches, exception, type);
    emit_jump(Opcode::JumpIfFalse, matches, next);
  } else {
    emit(Opcode::Nop);  // the line of a bare `except:`
  }
  Block block{BlockKind::HandlerCleanup};
  block.saved = saved;
  block.name = handler->name;
  block.outer_handler = guarded;
  Label raised = new_label();
  if (handler->name.data()) {
    store_name(handler->name, exception);
    Register third = temporary();
    code_->handler = new_handler(raised, third);
    // Leaving the body by return, break or continue first restores the handled exception.
    if (!push_block(block)) return;
    statements(handler->body);
    pop_block();
    code_->handler = guarded;
    code_->position = {};
    emit(Opcode::PopHandled, saved);
    clear_name(handler->name);
    jump(end);
    bind(raised);
    clear_name(handler->name);
    emit(Opcode::Reraise, third);
  } else {
    if (!push_block(block)) return;
    statements(handler->body);
    pop_block();
    code_->position = {};
    emit(Opcode::PopHandled, saved);
    jump(end);
  }
  bind(next);
}

void Generator::try_except(Try* node) {
  const uint16_t outer = code_->handler;
  const Position whole = code_->position;
  TemporaryScope scope(*this);
  Label end = new_label(), raised = new_label(), cleanup = new_label();
  Register exception = temporaries(3);
  Register saved = static_cast<Register>(exception + 1), second = static_cast<Register>(exception + 2);
  emit(Opcode::Nop);
  code_->handler = new_handler(raised, exception);
  Block block{BlockKind::Try};
  block.outer_handler = outer;
  if (!push_block(block)) return;
  statements(node->body);
  pop_block();
  code_->handler = outer;
  code_->position = {};
  statements(node->orelse);
  emit_artificial_jump(Opcode::Jump, end);
  bind(raised);
  const uint16_t guarded = code_->handler = new_handler(cleanup, second);
  code_->position = {};
  emit(Opcode::PushHandled, saved, exception);
  Block handling{BlockKind::Handling};
  handling.outer_handler = outer;
  handling.saved = saved;
  if (!push_block(handling)) return;
  for (size_t i = 0; i < node->handlers.size(); ++i) {
    if (session_.failed()) return;
    auto* handler = cast<ExceptHandler>(node->handlers[i]);
    if (!handler->type && i + 1 < node->handlers.size()) {
      code_->position = position_of(handler);
      return fail("default 'except:' must be last");
    }
    code_->handler = guarded;
    TemporaryScope inner(*this);
    except_clause(handler, exception, saved, end);
  }
  pop_block();
  code_->handler = outer;
  code_->position = position_of(cast<ExceptHandler>(node->handlers.back()));
  emit(Opcode::PopHandled, saved);
  emit(Opcode::Reraise, exception);
  cleanup_code(cleanup, second, saved, outer);
  bind(end);
  code_->position = whole;
}

void Generator::try_star_statement(TryStar* node) {
  if (node->finalbody.empty()) return try_star_except(node);
  finally_block(node, [&] { node->handlers.empty() ? statements(node->body) : try_star_except(node); });
}

void Generator::try_star_except(TryStar* node) {
  const uint16_t outer = code_->handler;
  const Position whole = code_->position;
  TemporaryScope scope(*this);
  Label end = new_label(), raised = new_label(), cleanup = new_label(), reraise = new_label();
  Register exception = temporaries(7);
  auto after = [&](int distance) { return static_cast<Register>(exception + distance); };
  Register saved = after(1), second = after(2), results = after(3);
  Register match = after(4), rest = after(5), scratch = after(6);  // MatchExceptionGroup writes match and rest
  emit(Opcode::Nop);
  code_->handler = new_handler(raised, exception);
  Block block{BlockKind::Try};
  block.outer_handler = outer;
  if (!push_block(block)) return;
  statements(node->body);
  pop_block();
  code_->handler = outer;
  code_->position = {};
  statements(node->orelse);
  emit_artificial_jump(Opcode::Jump, end);
  bind(raised);
  const uint16_t guarded = code_->handler = new_handler(cleanup, second);
  code_->position = {};
  emit(Opcode::PushHandled, saved, exception);
  Block handling{BlockKind::GroupHandling};
  handling.outer_handler = outer;
  handling.saved = saved;
  if (!push_block(handling)) return;
  emit(Opcode::BuildList, results, results, 0);
  move(rest, exception);
  for (ExceptHandlerNode* each : node->handlers) {
    if (session_.failed()) return;
    auto* handler = cast<ExceptHandler>(each);
    TemporaryScope inner(*this);
    code_->position = position_of(handler);
    Label next = new_label(), failed = new_label();
    {
      TemporaryScope test(*this);
      Register type = value(handler->type);
      move(scratch, rest);
      emit(Opcode::MatchExceptionGroup, match, scratch, type);
    }
    emit_jump(Opcode::JumpIfNone, match, next);
    emit(Opcode::PushHandled, scratch, match);
    if (handler->name.data()) store_name(handler->name, match);
    Register third = temporary();
    code_->handler = new_handler(failed, third);
    Block inside{BlockKind::HandlerCleanup};
    inside.saved = saved;
    inside.name = handler->name;
    inside.outer_handler = guarded;
    if (!push_block(inside)) return;
    statements(handler->body);
    pop_block();
    code_->handler = guarded;
    code_->position = {};
    if (handler->name.data()) clear_name(handler->name);
    jump(next);
    bind(failed);
    if (handler->name.data()) clear_name(handler->name);
    emit(Opcode::ListAppend, results, third);
    bind(next);
  }
  pop_block();
  code_->handler = guarded;
  code_->position = {};
  emit(Opcode::ListAppend, results, rest);
  emit(Opcode::MergeExceptStar, match, exception, results);
  code_->handler = outer;
  emit(Opcode::PopHandled, saved);
  emit_jump(Opcode::JumpIfNone, match, end);
  bind(reraise);
  emit(Opcode::Reraise, match);
  cleanup_code(cleanup, second, saved, outer);
  bind(end);
  code_->position = whole;
}

}  // namespace viperine::compiler
