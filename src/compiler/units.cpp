// SPDX-License-Identifier: MIT
// Generator: opening and finishing a code block: registers of its variables, prologue, flags, qualified name.
#include <algorithm>

#include "compiler/encode.h"
#include "compiler/flow.h"
#include "compiler/generator.h"

namespace viperine::compiler {

using namespace ast;

void Generator::open(FunctionCode& code, Scope* scope, CodeKind kind, std::string_view name, uint32_t first_line) {
  code.parent = code_;
  code.scope = scope;
  code.kind = kind;
  code.name = name;
  code.first_line = first_line;
  if (code_) code.class_name = code_->class_name;
  if (code_) code.position = code_->position;
  set_qualified_name(code);
  assign_registers(code);
  code_ = &code;
  code.flags = flags_of(code);
  prologue();
}

void Generator::set_qualified_name(FunctionCode& code) {
  code.qualified_name = code.name;
  FunctionCode* parent = code.parent;
  if (!parent || parent->parent == nullptr) return;
  const bool named =
      code.kind == CodeKind::Function || code.kind == CodeKind::AsyncFunction || code.kind == CodeKind::Class;
  if (named) {
    Symbol* symbol = parent->scope->find(mangle(session_.arena, parent->class_name, code.name));
    if (symbol && symbol->scope == NameScope::GlobalExplicit) return;
  }
  const bool function =
      parent->kind == CodeKind::Function || parent->kind == CodeKind::AsyncFunction || parent->kind == CodeKind::Lambda;
  std::string text = std::string(parent->qualified_name) + (function ? ".<locals>." : ".") + std::string(code.name);
  code.qualified_name = session_.arena.copy(std::string_view(text));
}

namespace {

std::vector<std::string_view> sorted_names(Scope* scope, NameScope which, bool free) {
  std::vector<std::string_view> names;
  for (Symbol& symbol : scope->symbols)
    if (symbol.scope == which || (free && (symbol.flags & kFreeInClass))) names.push_back(symbol.name);
  std::sort(names.begin(), names.end());
  return names;
}

// A function with more than kMaxParameters keeps kNearParameters of them in registers.
constexpr size_t kMaxParameters = 140;
constexpr Register kNearParameters = 100;

}  // namespace

void Generator::assign_registers(FunctionCode& code) {
  Scope* scope = code.scope;
  uint32_t next = 0;
  std::vector<std::string_view> cells = sorted_names(scope, NameScope::Cell, false);
  std::vector<std::string_view> free = sorted_names(scope, NameScope::Free, true);
  auto give = [&](std::string_view name) {
    code.registers[name] = static_cast<Register>(next);
    return static_cast<Register>(next++);
  };
  if (scope->kind == ScopeKind::Function) {
    std::vector<std::string_view> locals;
    for (std::string_view parameter : scope->parameters) locals.push_back(parameter);
    for (Symbol& symbol : scope->symbols)
      if (symbol.scope == NameScope::Local && !(symbol.flags & kDefinedParameter)) locals.push_back(symbol.name);
    const size_t parameters = scope->parameters.size();
    const bool many = parameters > kMaxParameters;
    const size_t fixed = many ? kNearParameters : parameters;
    const size_t closed = cells.size() + free.size();
    for (size_t i = 0; i < locals.size(); ++i) {
      if (i >= fixed && (many || next + closed + 1 >= near_limit_)) {
        code.far.emplace(locals[i], static_cast<int>(code.far.size()));
        if (i < parameters) code.variable_names.push_back(locals[i]), ++code.far_parameters;
        continue;
      }
      if (i < parameters) {
        code.variable_names.push_back(locals[i]);
        give(locals[i]);
      } else {
        ++next;  // given out in the order of first use: names.cpp
      }
    }
    if (!scope->parameters.empty()) code.first_parameter = scope->parameters[0];
  } else {
    next = 1;  // register 0: the mapping of locals
    if (scope->needs_class_cell) cells.assign(1, "__class__");
  }
  for (std::string_view parameter : scope->parameters) {
    auto at = std::find(cells.begin(), cells.end(), parameter);
    if (at == cells.end()) continue;
    if (code.far.contains(parameter)) {
      cells.erase(at);
      continue;
    }
    code.cell_names.push_back(parameter);
    code.cell_registers.push_back(code.registers[parameter]);
    cells.erase(at);
  }
  for (std::string_view name : cells) {
    code.cell_names.push_back(name);
    code.cell_registers.push_back(give(name));
  }
  for (std::string_view name : free) {
    code.free_names.push_back(name);
    code.free_registers.push_back(give(name));
  }
  if (!code.far.empty()) code.far_list = static_cast<Register>(next++);
  code.first_temporary = code.next_temporary = static_cast<Register>(next);
  code.register_count = next;
  if (scope->parameters.size() > kMaxParameters)
    code.register_count = static_cast<uint32_t>(scope->parameters.size()) + 2;
  if (next >= kMaxRegisters) code.out_of_registers = true;
}

uint32_t Generator::flags_of(FunctionCode& code) {
  Scope* scope = code.scope;
  uint32_t flags = session_.future_flags & (kFutureAnnotations | kFutureBarryAsBdfl);
  if (scope->kind == ScopeKind::Function) {
    flags |= kCodeNewLocals | kCodeOptimized;
    if (scope->nested) flags |= kCodeNested;
    if (scope->generator && !scope->coroutine) flags |= kCodeGenerator;
    if (!scope->generator && scope->coroutine) flags |= kCodeCoroutine;
    if (scope->generator && scope->coroutine) flags |= kCodeAsyncGenerator;
    if (scope->var_arguments) flags |= kCodeVarArgs;
    if (scope->var_keywords) flags |= kCodeVarKeywords;
  }
  if ((session_.options.flags & kAllowTopLevelAwait) && code.kind == CodeKind::Module && scope->coroutine &&
      !scope->generator)
    flags |= kCodeCoroutine;
  return flags;
}

/// A function with more parameters than registers: all but the first move into the far list, through two registers
/// whose own parameters are put behind the last one in the meantime.
void Generator::far_parameters() {
  const size_t count = code_->scope->parameters.size();
  Register list = kNearParameters, scratch = kNearParameters + 1;
  emit(Opcode::StoreFar, list).value = static_cast<int32_t>(count);
  emit(Opcode::StoreFar, scratch).value = static_cast<int32_t>(count) + 1;
  emit(Opcode::BuildList, list, list, 0);
  for (size_t i = 0; i < code_->far.size(); ++i) {
    const size_t number = i + kNearParameters;
    if (number >= count) {
      emit(Opcode::LoadUnbound, scratch);
    } else {
      emit(Opcode::LoadFar, scratch).value = static_cast<int32_t>(i < 2 ? count + i : number);
    }
    emit(Opcode::MakeCell, scratch);
    emit(Opcode::ListAppend, list, scratch);
  }
  move(code_->far_list, list);
}

void Generator::prologue() {
  At at(*this, Position{});
  const bool many = code_->scope->parameters.size() > kMaxParameters;
  if (many) far_parameters();
  for (Register cell : code_->cell_registers) {
    if (many && cell >= kNearParameters) emit(Opcode::LoadUnbound, cell);  // it held a parameter
    emit(Opcode::MakeCell, cell);
  }
  for (size_t i = 0; i < code_->free_registers.size(); ++i)
    emit(Opcode::LoadFree, code_->free_registers[i]).value = static_cast<int32_t>(i);
  if (!code_->far.empty() && !many) {
    TemporaryScope scope(*this);
    Register cell = temporary();
    emit(Opcode::BuildList, code_->far_list, cell, 0);
    for (size_t i = 0; i < code_->far.size(); ++i) {
      emit(Opcode::LoadUnbound, cell);
      emit(Opcode::MakeCell, cell);
      emit(Opcode::ListAppend, code_->far_list, cell);
    }
  }
  if (code_->flags & (kCodeGenerator | kCodeCoroutine | kCodeAsyncGenerator)) emit(Opcode::MakeGenerator);
}

void Generator::return_none() {
  TemporaryScope scope(*this);
  Register none = temporary();
  load_none(none);
  emit(Opcode::Return, none);
}

const Blueprint* Generator::finish(FunctionCode& code) {
  close(code);
  if (session_.failed() || code.out_of_registers) return nullptr;
  clean_up(code);
  return encode(session_, code);
}

const Blueprint* Generator::module(ModNode* tree) {
  FunctionCode code;
  interactive_ = tree->kind == NodeKind::Interactive;
  open(code, scopes_.top(), CodeKind::Module, "<module>", 1);
  if (auto* module = try_cast<Module>(tree)) {
    if (!module->body.empty()) code_->position = position_of(module->body[0]);
    body_with_docstring(module->body);
  } else if (auto* interactive = try_cast<Interactive>(tree)) {
    std::span<StmtNode*> body = interactive->body;
    bool annotated = false;
    for (StmtNode* each : body) annotated |= each->kind == NodeKind::AnnAssign;
    if (annotated) emit(Opcode::SetupAnnotations, 0);
    statements(body);
  } else if (auto* expression = try_cast<Expression>(tree)) {
    TemporaryScope scope(*this);
    Register result = temporary();
    code_->position = position_of(expression->body);
    value_to(expression->body, result);
    emit(Opcode::Return, result);
    return finish(code);
  }
  Instruction& none = emit(Opcode::LoadConst, code_->next_temporary);
  none.value = code_->constants.add(none_constant());
  none.artificial = true;
  Register result = temporary();
  emit(Opcode::Return, result).artificial = true;
  return finish(code);
}

}  // namespace viperine::compiler
