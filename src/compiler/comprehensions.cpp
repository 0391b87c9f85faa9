// SPDX-License-Identifier: MIT
// Generator: comprehensions and generator expressions: functions of one argument, the iterator of the outermost `for`.
#include "base/check.h"
#include "compiler/generator.h"
#include "compiler/retry.h"

namespace viperine::compiler {

using namespace ast;

void Generator::comprehension_element(ExprNode* node, ExprNode* element, ExprNode* item, ComprehensionKind kind,
                                      Register result) {
  TemporaryScope scope(*this);
  switch (kind) {
    case ComprehensionKind::List: emit(Opcode::ListAppend, result, value(element)); return;
    case ComprehensionKind::Set: emit(Opcode::SetAdd, result, value(element)); return;
    case ComprehensionKind::Dict: {
      Register key = value(element);
      Register content = value(item);
      emit(Opcode::MapAdd, result, key, content);
      return;
    }
    case ComprehensionKind::Generator: {
      Register each = value(element);
      Register sent = temporary();
      if (code_->scope->coroutine) {
        emit(Opcode::WrapAsyncValue, sent, each);
        each = sent;
      }
      emit(Opcode::Yield, sent, each);
      return;
    }
    case ComprehensionKind::None: UNREACHABLE();
  }
}

void Generator::comprehension_loop(ExprNode* node, std::span<Comprehension*> generators, size_t depth,
                                   ExprNode* element, ExprNode* item, ComprehensionKind kind, Register result) {
  if (session_.failed()) return;
  TemporaryScope scope(*this);
  Comprehension* loop = generators[depth];
  Label start = new_label(), exhausted = new_label(), next = new_label();
  auto inside = [&] {
    for (ExprNode* test : loop->ifs) jump_if(test, next, false);
    if (depth + 1 < generators.size()) {
      comprehension_loop(node, generators, depth + 1, element, item, kind, result);
    } else {
      comprehension_element(node, element, item, kind, result);
    }
  };
  // `for y in [f(x)]` is an assignment.
  if (depth > 0 && !loop->is_async) {
    std::span<ExprNode*> items;
    if (auto* list = try_cast<List>(loop->iter)) items = list->elts;
    if (auto* tuple = try_cast<Tuple>(loop->iter)) items = tuple->elts;
    if (items.size() == 1 && items[0]->kind != NodeKind::Starred) {
      {
        TemporaryScope inner(*this);
        Register only = value_in_temporary(items[0]);
        store(loop->target, only);
      }
      inside();
      bind(next);
      return;
    }
  }
  Register iterator = temporary();
  if (depth == 0) {
    load_name(".0", iterator);
  } else {
    const Constant* container = folder_.fold_container(loop->iter);
    if (container) {
      load_constant(*container, iterator);
      emit(loop->is_async ? Opcode::GetAsyncIter : Opcode::GetIter, iterator, iterator);
    } else {
      Register object = operand(loop->iter, iterator);
      emit(loop->is_async ? Opcode::GetAsyncIter : Opcode::GetIter, iterator, object);
    }
  }
  bind(start);
  if (loop->is_async) {
    Register exception = temporary();
    Register each = temporary();
    async_next(iterator, each, exhausted, exception);
    store(loop->target, each);
    inside();
    bind(next);
    emit_artificial_jump(Opcode::JumpBack, start);
    bind(exhausted);
    emit(Opcode::EndAsyncFor, exception);
    return;
  }
  loop_target(loop->target, iterator, exhausted);
  inside();
  bind(next);
  emit_artificial_jump(Opcode::JumpBack, start);
  bind(exhausted);
}

void Generator::comprehension_to(ExprNode* node, std::span<Comprehension*> generators, ExprNode* element,
                                 ExprNode* item,
                                 ComprehensionKind kind, Register target) {
  Scope* scope = scopes_.of(node);
  const bool is_async = scope->coroutine;
  const bool is_generator = kind == ComprehensionKind::Generator;
  const bool top_level_await = (session_.options.flags & kAllowTopLevelAwait) && code_->kind == CodeKind::Module;
  if (is_async && !is_generator && code_->kind != CodeKind::AsyncFunction && code_->kind != CodeKind::Comprehension &&
      !top_level_await)
    return fail("asynchronous comprehension outside of an asynchronous function");
  const char* name = kind == ComprehensionKind::List   ? "<listcomp>"
                     : kind == ComprehensionKind::Set  ? "<setcomp>"
                     : kind == ComprehensionKind::Dict ? "<dictcomp>"
                                                       : "<genexpr>";
  const Blueprint* blueprint = with_retry(node, [&]() -> const Blueprint* {
    FunctionCode code;
    open(code, scope, CodeKind::Comprehension, name, static_cast<uint32_t>(node->lineno));
    code.positional_count = 1;
    TemporaryScope inner(*this);
    Register result = temporary();
    switch (kind) {
      case ComprehensionKind::List: emit(Opcode::BuildList, result, result, 0); break;
      case ComprehensionKind::Set: emit(Opcode::BuildSet, result, result, 0); break;
      case ComprehensionKind::Dict: emit(Opcode::BuildMap, result, result, 0); break;
      default: break;
    }
    comprehension_loop(node, generators, 0, element, item, kind, result);
    if (is_generator) load_none(result);
    emit(Opcode::Return, result);
    const Blueprint* made = finish(code);
    if (code.out_of_registers) out_of_registers_ = true;
    return made;
  });
  if (!blueprint) return;
  Register base = is_top(target) ? target : temporary();
  {
    TemporaryScope parts(*this);
    Register cells = code_->next_temporary;
    int bits = closure(blueprint);
    make_function(blueprint, cells, bits, base);
  }
  Register slot = static_cast<Register>(base + kCallGap);
  reach(slot);
  Comprehension* outermost = generators[0];
  const Opcode open_iterator = outermost->is_async ? Opcode::GetAsyncIter : Opcode::GetIter;
  if (const Constant* container = folder_.fold_container(outermost->iter)) {
    load_constant(*container, slot);
    emit(open_iterator, slot, slot);
  } else {
    Register object = operand(outermost->iter, slot);
    emit(open_iterator, slot, object);
  }
  const bool awaited = is_async && !is_generator;
  call(awaited ? base : target, base, 1);
  if (awaited) await_value(base, target, 0);
}

}  // namespace viperine::compiler
