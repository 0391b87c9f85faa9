// SPDX-License-Identifier: MIT
// Generator: simple statements, if, imports.
#include "base/check.h"
#include "compiler/generator.h"

namespace viperine::compiler {

using namespace ast;

void Generator::statements(std::span<StmtNode*> body) {
  for (StmtNode* node : body) {
    if (session_.failed()) return;
    statement(node);
  }
}

void Generator::statement(StmtNode* node) {
  DepthGuard guard(session_);
  if (session_.failed()) return;
  TemporaryScope scope(*this);
  code_->position = position_of(node);
  switch (node->kind) {
    case NodeKind::FunctionDef: {
      auto* each = cast<FunctionDef>(node);
      return function_definition(node, each->args, each->body, each->decorator_list, each->returns, each->name, false);
    }
    case NodeKind::AsyncFunctionDef: {
      auto* each = cast<AsyncFunctionDef>(node);
      return function_definition(node, each->args, each->body, each->decorator_list, each->returns, each->name, true);
    }
    case NodeKind::ClassDef: return class_definition(cast<ClassDef>(node));
    case NodeKind::Return: return return_statement(cast<Return>(node));
    case NodeKind::Delete:
      for (ExprNode* target : cast<Delete>(node)->targets) delete_target(target);
      return;
    case NodeKind::Assign: return assign(cast<Assign>(node));
    case NodeKind::AugAssign: return augmented(cast<AugAssign>(node));
    case NodeKind::AnnAssign: return annotated(cast<AnnAssign>(node));
    case NodeKind::For: return for_loop(cast<For>(node));
    case NodeKind::AsyncFor: return async_for(cast<AsyncFor>(node));
    case NodeKind::While: return while_loop(cast<While>(node));
    case NodeKind::If: return if_statement(cast<If>(node));
    case NodeKind::With: return with_items(cast<With>(node)->items, cast<With>(node)->body, false, node);
    case NodeKind::AsyncWith: return with_items(cast<AsyncWith>(node)->items, cast<AsyncWith>(node)->body, true, node);
    case NodeKind::Match: return match_statement(cast<Match>(node));
    case NodeKind::Raise: return raise_statement(cast<Raise>(node));
    case NodeKind::Try: return try_statement(cast<Try>(node));
    case NodeKind::TryStar: return try_star_statement(cast<TryStar>(node));
    case NodeKind::Assert: return assert_statement(cast<Assert>(node));
    case NodeKind::Import: return import_statement(cast<Import>(node));
    case NodeKind::ImportFrom: return import_from(cast<ImportFrom>(node));
    case NodeKind::Global: case NodeKind::Nonlocal: return;
    case NodeKind::Expr: return expression_statement(cast<Expr>(node));
    case NodeKind::Pass: emit(Opcode::Nop); return;
    case NodeKind::Break: return break_statement();
    case NodeKind::Continue: return continue_statement();
    default: UNREACHABLE();
  }
}

void Generator::expression_statement(Expr* node) {
  if (interactive_ && nesting_ == 0 && code_->kind == CodeKind::Module) {
    Register shown = value(node->value);
    emit(Opcode::PrintExpression, shown);
    return;
  }
  if (node->value->kind == NodeKind::Constant) {
    emit(Opcode::Nop);
    return;
  }
  value(node->value);
}

void Generator::if_statement(If* node) {
  Label end = new_label();
  if (node->orelse.empty()) {
    jump_if(node->test, end, false);
    statements(node->body);
  } else {
    Label otherwise = new_label();
    jump_if(node->test, otherwise, false);
    statements(node->body);
    emit_artificial_jump(Opcode::Jump, end);
    bind(otherwise);
    statements(node->orelse);
  }
  bind(end);
}

void Generator::return_statement(Return* node) {
  const ScopeKind kind = code_->scope->kind;
  if (kind != ScopeKind::Function) return fail("'return' outside function");
  if (node->value && code_->scope->coroutine && code_->scope->generator)
    return fail("'return' with value in async generator");
  const uint16_t handler = code_->handler;
  const bool constant = !node->value || folder_.fold(node->value) != nullptr;
  Register result = kNoRegister;
  if (!constant) {
    result = unwinding_runs_code() ? value_in_temporary(node->value) : value(node->value);
  } else if (node->value) {
    code_->position = position_of(node->value);
    emit(Opcode::Nop);
  }
  if (!node->value || node->value->lineno != node->lineno) {
    code_->position = position_of(node);
    emit(Opcode::Nop);
  }
  unwind(false);
  if (constant) {
    result = temporary();
    if (node->value) {
      load_constant(*folder_.fold(node->value), result);
    } else {
      load_none(result);
    }
  }
  emit(Opcode::Return, result);
  code_->handler = handler;
}

void Generator::raise_statement(Raise* node) {
  if (!node->exc) {
    emit(Opcode::RaiseAgain);
    return;
  }
  Register exception = value(node->exc);
  if (node->cause) {
    Register cause = value(node->cause);
    emit(Opcode::RaiseFrom, exception, cause);
  } else {
    emit(Opcode::Raise, exception);
  }
}

void Generator::assert_statement(Assert* node) {
  const Constant* folded = folder_.fold(node->test);
  const bool tuple = (node->test->kind == NodeKind::Tuple && !cast<Tuple>(node->test)->elts.empty()) ||
                     (folded && folded->kind == Constant::Kind::Tuple && !folded->items.empty());
  if (tuple) warn("assertion is always true, perhaps remove parentheses?");
  if (session_.options.optimize > 0) return;
  Label end = new_label();
  jump_if(node->test, end, true);
  Register base = temporary();
  emit(Opcode::LoadAssertionError, base);
  if (node->msg) {
    Register slot = static_cast<Register>(base + kCallGap);
    reach(slot);
    value_to(node->msg, slot);
    call(base, base, 1);
  }
  emit(Opcode::Raise, base);
  bind(end);
}

void Generator::delete_target(ExprNode* node) {
  DepthGuard guard(session_);
  if (session_.failed()) return;
  TemporaryScope scope(*this);
  At at(*this, node);
  switch (node->kind) {
    case NodeKind::Name: return delete_name(cast<Name>(node)->id);
    case NodeKind::Attribute: {
      auto* attribute = cast<Attribute>(node);
      Register object = value(attribute->value);
      start_at_attribute(attribute);
      return emit_name(Opcode::DeleteAttr, object, 0, mangled(attribute->attr));
    }
    case NodeKind::Subscript: {
      Register object = value(cast<Subscript>(node)->value);
      Register index = value(cast<Subscript>(node)->slice);
      emit(Opcode::DeleteItem, object, index);
      return;
    }
    case NodeKind::Tuple:
      for (ExprNode* each : cast<Tuple>(node)->elts) delete_target(each);
      return;
    case NodeKind::List:
      for (ExprNode* each : cast<List>(node)->elts) delete_target(each);
      return;
    default: return fail("cannot delete expression");  // only in trees made by hand
  }
}

void Generator::import_statement(Import* node) {
  for (Alias* alias : node->names) {
    TemporaryScope scope(*this);
    Register level = temporaries(2);
    Register list = static_cast<Register>(level + 1);
    load_constant(int_constant(0), level);
    load_none(list);
    emit_name(Opcode::ImportName, level, level, alias->name);
    std::string_view name = alias->name;
    size_t dot = name.find('.');
    if (!alias->asname.data()) {
      store_name(session_.arena.copy(name.substr(0, dot)), level);
      continue;
    }
    // `import a.b.c as d` binds the last part.
    while (dot != std::string_view::npos) {
      name.remove_prefix(dot + 1);
      dot = name.find('.');
      emit_name(Opcode::ImportFrom, level, level, session_.arena.copy(name.substr(0, dot)));
    }
    store_name(alias->asname, level);
  }
}

void Generator::import_from(ImportFrom* node) {
  if (node->module == "__future__" && node->level == 0 && node->lineno > session_.future_line)
    return fail("from __future__ imports must occur at the beginning of the file");
  Register module = temporaries(2);
  load_constant(int_constant(node->level), module);
  std::vector<Constant> names;
  for (Alias* alias : node->names) names.push_back(string_constant(alias->name, true));
  Constant tuple{.kind = Constant::Kind::Tuple};
  tuple.items = session_.arena.copy(std::span<const Constant>(names));
  load_constant(tuple, static_cast<Register>(module + 1));
  emit_name(Opcode::ImportName, module, module, node->module.data() ? node->module : std::string_view(""));
  code_->next_temporary = static_cast<Register>(module + 1);
  for (Alias* alias : node->names) {
    if (alias->name == "*") {
      emit(Opcode::ImportStar, module, 0);
      return;
    }
    TemporaryScope scope(*this);
    std::string_view stored = alias->asname.data() ? alias->asname : alias->name;
    Register local = local_register(stored, false);
    Register item = local != kNoRegister ? local : temporary();
    emit_name(Opcode::ImportFrom, item, module, alias->name);
    store_name(stored, item);
  }
}

}  // namespace viperine::compiler
