// SPDX-License-Identifier: MIT
// Generator: loading, storing and deleting names according to their scope.
#include "base/check.h"
#include "compiler/generator.h"

namespace viperine::compiler {

Generator::Variable Generator::variable(std::string_view name, bool loading) {
  std::string_view full = mangled(name);
  Symbol* symbol = code_->scope->find(full);
  const bool function = code_->scope->kind == ScopeKind::Function;
  Variable found{Access::Name, 0, 0, symbol && symbol->walrus, full};
  found.always_bound = is_bound_parameter(full, symbol);
  if (auto far = code_->far.find(full); far != code_->far.end()) {
    found.far = far->second;
    found.access = Access::FarLocal;
    return found;
  }
  auto at = code_->registers.find(full);
  if (at != code_->registers.end()) found.reg = at->second;
  switch (symbol ? symbol->scope : NameScope::Unknown) {
    case NameScope::Free:
      found.access = code_->scope->kind == ScopeKind::Class && loading ? Access::ClassFree : Access::Free;
      break;
    case NameScope::Cell: found.access = Access::Cell; break;
    case NameScope::Local:
      if (!function) break;
      found.access = Access::Local;
      if (at == code_->registers.end()) {
        found.reg = static_cast<Register>(code_->variable_names.size());
        code_->variable_names.push_back(full);
        code_->registers[full] = found.reg;
      }
      break;
    case NameScope::GlobalImplicit:
      if (function) found.access = Access::Global;
      break;
    case NameScope::GlobalExplicit: found.access = Access::Global; break;
    case NameScope::Unknown:
      if (function) found.access = Access::Global;
      break;
  }
  return found;
}

bool Generator::is_bound_parameter(std::string_view name, Symbol* symbol) const {
  if (!symbol || (symbol->scope != NameScope::Cell && symbol->scope != NameScope::Free)) return false;
  Scope* scope = code_->scope;
  while (scope && symbol && symbol->scope != NameScope::Cell) {
    scope = scope->parent;
    while (scope && !(scope->kind == ScopeKind::Function && scope->find(name))) scope = scope->parent;
    symbol = scope ? scope->find(name) : nullptr;
  }
  return symbol && (symbol->flags & kDefinedParameter) && !symbol->deleted;
}

bool Generator::forbidden(std::string_view name, bool deleting) {
  if (name != "__debug__") return false;
  fail(deleting ? "cannot delete __debug__" : "cannot assign to __debug__");
  return true;
}

Register Generator::local_register(std::string_view name, bool for_reading) {
  Variable found = variable(name, for_reading);
  if (found.access != Access::Local || (for_reading && found.walrus)) return kNoRegister;
  return found.reg;
}

Register Generator::local_register(ast::ExprNode* node, bool for_reading) {
  auto* name = ast::try_cast<ast::Name>(node);
  return name ? local_register(name->id, for_reading) : kNoRegister;
}

void Generator::name_far_cell(int far, Register target) {
  TemporaryScope scope(*this);
  Register index = scratch_for(target);
  load_constant(int_constant(far), index);
  emit(Opcode::LoadItem, target, code_->far_list, index);
}

void Generator::load_name(std::string_view name, Register target) {
  Variable found = variable(name, true);
  auto check = [&](Opcode op, Register r) {
    emit(op, r).value = code_->constants.add_name(session_.arena, found.name);
  };
  switch (found.access) {
    case Access::Local:
      check(Opcode::CheckBound, found.reg);
      return move(target, found.reg);
    case Access::FarLocal: {
      TemporaryScope scope(*this);
      Register cell = scratch_for(target);
      name_far_cell(found.far, cell);
      emit(Opcode::LoadCell, cell, cell);
      check(Opcode::CheckBound, cell);
      return move(target, cell);
    }
    case Access::Cell: case Access::Free: {
      TemporaryScope scope(*this);
      Register content = scratch_for(target);
      emit(Opcode::LoadCell, content, found.reg);
      if (!found.always_bound) check(found.access == Access::Cell ? Opcode::CheckBound : Opcode::CheckFree, content);
      return move(target, content);
    }
    case Access::ClassFree: {
      TemporaryScope scope(*this);
      Register content = scratch_for(target);
      Instruction& made = emit(Opcode::LoadClassCell, content, 0, found.reg);
      made.second = code_->constants.add_name(session_.arena, found.name);
      check(Opcode::CheckFree, content);
      return move(target, content);
    }
    case Access::Global: return emit_name(Opcode::LoadGlobal, target, 0, found.name);
    case Access::Name: return emit_name(Opcode::LoadName, target, 0, found.name);
  }
}

void Generator::store_name(std::string_view name, Register source) {
  if (forbidden(name, false)) return;
  Variable found = variable(name, false);
  switch (found.access) {
    case Access::Local: return move(found.reg, source);
    case Access::FarLocal: {
      TemporaryScope scope(*this);
      Register cell = temporary();
      name_far_cell(found.far, cell);
      emit(Opcode::StoreCell, cell, source);
      return;
    }
    case Access::Cell: case Access::Free: case Access::ClassFree: emit(Opcode::StoreCell, found.reg, source); return;
    case Access::Global: return emit_name(Opcode::StoreGlobal, source, 0, found.name);
    case Access::Name: return emit_name(Opcode::StoreName, source, 0, found.name);
  }
}

void Generator::delete_name(std::string_view name) {
  if (forbidden(name, true)) return;
  Variable found = variable(name, false);
  switch (found.access) {
    case Access::Local:
      emit(Opcode::CheckBound, found.reg).value = code_->constants.add_name(session_.arena, found.name);
      emit(Opcode::LoadUnbound, found.reg);
      return;
    case Access::FarLocal: case Access::Cell: case Access::Free: case Access::ClassFree: {
      TemporaryScope scope(*this);
      Register cell = found.reg, content = temporary();
      if (found.access == Access::FarLocal) name_far_cell(found.far, cell = temporary());
      emit(Opcode::LoadCell, content, cell);
      const bool own = found.access == Access::Cell || found.access == Access::FarLocal;
      emit(own ? Opcode::CheckBound : Opcode::CheckFree, content).value =
          code_->constants.add_name(session_.arena, found.name);
      emit(Opcode::LoadUnbound, content);
      emit(Opcode::StoreCell, cell, content);
      return;
    }
    case Access::Global: return emit_name(Opcode::DeleteGlobal, 0, 0, found.name);
    case Access::Name: return emit_name(Opcode::DeleteName, 0, 0, found.name);
  }
}

}  // namespace viperine::compiler
