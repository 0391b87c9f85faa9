// SPDX-License-Identifier: MIT
// Generator: class statements. The body is a function of one argument, the namespace, that returns its __class__ cell.
#include "compiler/generator.h"
#include "compiler/retry.h"

namespace viperine::compiler {

using namespace ast;

const Blueprint* Generator::class_body(ClassDef* node, uint32_t first_line) {
  return with_retry(node, [&]() -> const Blueprint* {
    FunctionCode code;
    ++nesting_;
    open(code, scopes_.of(node), CodeKind::Class, node->name, first_line);
    code.class_name = node->name;
    code.position = Position{static_cast<int32_t>(first_line), static_cast<int32_t>(first_line), 0, 0};
    {
      TemporaryScope scope(*this);
      Register text = temporary();
      emit_name(Opcode::LoadName, text, 0, "__name__");
      emit_name(Opcode::StoreName, text, 0, "__module__");
      load_text(code.qualified_name, text);
      emit_name(Opcode::StoreName, text, 0, "__qualname__");
    }
    body_with_docstring(node->body);
    TemporaryScope scope(*this);
    const size_t start = code.instructions.size();
    if (code.scope->needs_class_cell) {
      Register cell = code.registers["__class__"];
      emit_name(Opcode::StoreName, cell, 0, "__classcell__");
      emit(Opcode::Return, cell);
    } else {
      Register none = temporary();
      load_none(none);
      emit(Opcode::Return, none);
    }
    for (size_t i = start; i < code.instructions.size(); ++i) code.instructions[i].artificial = true;
    --nesting_;
    const Blueprint* made = finish(code);
    if (code.out_of_registers) out_of_registers_ = true;
    return made;
  });
}

void Generator::class_definition(ClassDef* node) {
  TemporaryScope scope(*this);
  std::span<ExprNode*> decorators = node->decorator_list;
  Register first_decorator = begin_decorators(decorators);
  uint32_t first_line = static_cast<uint32_t>(decorators.empty() ? node->lineno : decorators[0]->lineno);
  const Blueprint* blueprint = class_body(node, first_line);
  Register made = temporary();
  {
    TemporaryScope inner(*this);
    const bool spread = needs_spread(node->bases, node->keywords, 2);
    check_keywords(node->keywords);
    Register first = spread ? temporaries(2) : kNoRegister;
    Register base = spread ? temporary() : made;
    emit(Opcode::LoadBuildClass, base);
    Register function = spread ? first : static_cast<Register>(base + kCallGap);
    if (!spread) reach(function);
    {
      TemporaryScope parts(*this);
      Register cells = code_->next_temporary;
      int bits = closure(blueprint);
      make_function(blueprint, cells, bits, function);
    }
    Register name = static_cast<Register>(function + 1);
    if (!spread) reach(name);
    load_constant(string_constant(node->name, true), name);
    if (spread) {
      spread_call(node->bases, node->keywords, base, first, 2, made);
    } else {
      plain_call(node->bases, node->keywords, base, 2, made, false);
    }
  }
  if (!decorators.empty()) {
    apply_decorators(decorators, first_decorator);
    made = first_decorator;
  }
  store_name(node->name, made);
}

}  // namespace viperine::compiler
