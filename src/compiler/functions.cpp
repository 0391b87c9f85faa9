// SPDX-License-Identifier: MIT
// Generator: def, lambda, decorators, defaults, annotations, closures. Classes are classes.cpp.
#include "compiler/generator.h"
#include "compiler/retry.h"

namespace viperine::compiler {

using namespace ast;

namespace {

/// The docstring of a body: its first statement, if it is a plain string.
ast::Constant* docstring_of(std::span<StmtNode*> body) {
  if (body.empty()) return nullptr;
  auto* statement = try_cast<Expr>(body[0]);
  auto* constant = statement ? try_cast<ast::Constant>(statement->value) : nullptr;
  return constant && constant->value.kind == ConstantKind::Str ? constant : nullptr;
}

bool has_annotations(std::span<StmtNode*> body);

template <typename... Body>
bool any_annotations(Body... bodies) {
  return (has_annotations(bodies) || ...);
}

template <typename T>
bool try_has_annotations(T* node) {
  for (ExceptHandlerNode* handler : node->handlers)
    if (has_annotations(cast<ExceptHandler>(handler)->body)) return true;
  return any_annotations(node->body, node->orelse, node->finalbody);
}

bool has_annotations(StmtNode* node) {
  switch (node->kind) {
    case NodeKind::AnnAssign: return true;
    case NodeKind::For: return any_annotations(cast<For>(node)->body, cast<For>(node)->orelse);
    case NodeKind::AsyncFor: return any_annotations(cast<AsyncFor>(node)->body, cast<AsyncFor>(node)->orelse);
    case NodeKind::While: return any_annotations(cast<While>(node)->body, cast<While>(node)->orelse);
    case NodeKind::If: return any_annotations(cast<If>(node)->body, cast<If>(node)->orelse);
    case NodeKind::With: return has_annotations(cast<With>(node)->body);
    case NodeKind::AsyncWith: return has_annotations(cast<AsyncWith>(node)->body);
    case NodeKind::Try: return try_has_annotations(cast<Try>(node));
    case NodeKind::TryStar: return try_has_annotations(cast<TryStar>(node));
    case NodeKind::Match:
      for (MatchCase* each : cast<Match>(node)->cases)
        if (has_annotations(each->body)) return true;
      return false;
    default: return false;
  }
}

bool has_annotations(std::span<StmtNode*> body) {
  for (StmtNode* each : body)
    if (has_annotations(each)) return true;
  return false;
}

}  // namespace

/// Body of a module or class.
void Generator::body_with_docstring(std::span<StmtNode*> body) {
  if (has_annotations(body)) emit(Opcode::SetupAnnotations, 0);
  if (body.empty()) return;
  ast::Constant* docstring = session_.options.optimize < 2 ? docstring_of(body) : nullptr;
  if (docstring) {
    TemporaryScope scope(*this);
    Register text = temporary();
    At at(*this, docstring);
    load_text(docstring->value.text, text);
    emit_name(Opcode::StoreName, text, 0, "__doc__");
    body = body.subspan(1);
  }
  statements(body);
}

void Generator::check_parameter_names(Arguments* arguments) {
  auto each = [&](Arg* argument) {
    if (argument && !session_.failed()) forbidden(argument->arg, false);
  };
  for (Arg* argument : arguments->posonlyargs) each(argument);
  for (Arg* argument : arguments->args) each(argument);
  each(arguments->vararg);
  for (Arg* argument : arguments->kwonlyargs) each(argument);
  each(arguments->kwarg);
}

Register Generator::begin_decorators(std::span<ExprNode*> decorators) {
  Register first = code_->next_temporary;
  for (ExprNode* decorator : decorators) {
    Register slot = temporary();
    value_to(decorator, slot);
  }
  return first;
}

/// The decorated object is in the register after the decorators; the result replaces the first of them.
void Generator::apply_decorators(std::span<ExprNode*> decorators, Register first) {
  Register object = static_cast<Register>(first + decorators.size());
  for (size_t i = decorators.size(); i-- > 0;) {
    At at(*this, decorators[i]);
    TemporaryScope scope(*this);
    Register base = static_cast<Register>(first + i);
    Register slot = static_cast<Register>(base + kCallGap);
    reach(slot);
    move(slot, object);
    call(base, base, 1);
    object = base;
  }
}

int Generator::defaults(Arguments* arguments, Register* next) {
  int bits = 0;
  if (!arguments->defaults.empty()) {
    Register tuple = *next = temporary();
    std::vector<Constant> constants;
    for (ExprNode* each : arguments->defaults) {
      const Constant* constant = folder_.fold(each);
      if (!constant) break;
      constants.push_back(*constant);
    }
    if (constants.size() == arguments->defaults.size()) {
      Constant whole{.kind = Constant::Kind::Tuple};
      whole.items = session_.arena.copy(std::span<const Constant>(constants));
      load_constant(whole, tuple);
    } else {
      TemporaryScope scope(*this);
      display_to(arguments->defaults, Display::Tuple, tuple);
    }
    bits |= 1;
  }
  std::vector<ExprNode*> values;
  std::vector<Constant> names;
  for (size_t i = 0; i < arguments->kwonlyargs.size(); ++i) {
    if (!arguments->kw_defaults[i]) continue;
    names.push_back(string_constant(mangled(arguments->kwonlyargs[i]->arg), true));
    values.push_back(arguments->kw_defaults[i]);
  }
  if (!values.empty()) {
    Register map = temporary();
    constexpr size_t kRun = 16;
    for (size_t start = 0; start < values.size(); start += kRun) {
      TemporaryScope scope(*this);
      const size_t count = std::min(kRun, values.size() - start);
      Register into = start == 0 ? map : temporary();
      Register first = is_top(into) ? into : code_->next_temporary;
      for (size_t i = 0; i < count; ++i) {
        Register slot = static_cast<Register>(first + i);
        reach(slot);
        value_to(values[start + i], slot);
      }
      Constant tuple{.kind = Constant::Kind::Tuple};
      tuple.items = session_.arena.copy(std::span<const Constant>(names).subspan(start, count));
      int index = code_->constants.add(tuple);
      emit(Opcode::BuildConstMap, into, first).second = index;
      if (into != map) emit(Opcode::MapUpdate, map, into);
    }
    bits |= 2;
  }
  return bits;
}

void Generator::annotation_value(ExprNode* annotation, Register target) {
  if (session_.future_flags & kFutureAnnotations)
    return load_text(unparse_expression(session_.arena, annotation), target);
  if (auto* starred = try_cast<Starred>(annotation)) {
    value_to(starred->value, target);
    emit(Opcode::UnpackSequence, target, target, 1);
    return;
  }
  value_to(annotation, target);
}

int Generator::annotations(Arguments* arguments, ExprNode* returns) {
  std::vector<std::pair<std::string_view, ExprNode*>> all;
  auto each = [&](Arg* argument) {
    if (argument && argument->annotation) all.emplace_back(mangled(argument->arg), argument->annotation);
  };
  for (Arg* argument : arguments->args) each(argument);
  for (Arg* argument : arguments->posonlyargs) each(argument);
  each(arguments->vararg);
  for (Arg* argument : arguments->kwonlyargs) each(argument);
  each(arguments->kwarg);
  if (returns) all.emplace_back("return", returns);
  if (all.empty()) return 0;
  Register tuple = temporary();
  TemporaryScope scope(*this);
  constexpr size_t kRun = 15;
  const bool many = all.size() > kRun;
  Register list = tuple;
  if (many) emit(Opcode::BuildList, list, list, 0);
  if (!many) {
    for (size_t i = 0; i < all.size(); ++i) {
      Register slot = static_cast<Register>(tuple + 2 * i);
      reach(slot);
      load_constant(string_constant(all[i].first, true), slot);
      reach(static_cast<Register>(slot + 1));
      annotation_value(all[i].second, static_cast<Register>(slot + 1));
    }
    emit(Opcode::BuildTuple, tuple, tuple, static_cast<Register>(2 * all.size()));
    return 4;
  }
  for (auto& [name, annotation] : all) {
    TemporaryScope inner(*this);
    Register item = temporary();
    load_constant(string_constant(name, true), item);
    emit(Opcode::ListAppend, list, item);
    annotation_value(annotation, item);
    emit(Opcode::ListAppend, list, item);
  }
  emit(Opcode::ListToTuple, tuple, list);
  return 4;
}

/// The cells that the new function closes over, as a tuple in a new temporary.
int Generator::closure(const Blueprint* blueprint) {
  if (!blueprint || blueprint->free_names.empty()) return 0;
  Register tuple = temporary();
  TemporaryScope scope(*this);
  constexpr size_t kRun = 30;
  const bool many = blueprint->free_names.size() > kRun;
  if (many) emit(Opcode::BuildList, tuple, tuple, 0);
  for (size_t i = 0; i < blueprint->free_names.size(); ++i) {
    TemporaryScope inner(*this);
    std::string_view name = blueprint->free_names[i];
    auto found = code_->registers.find(name);
    Register cell = found == code_->registers.end() ? 0 : found->second;
    if (auto far = code_->far.find(name); far != code_->far.end()) {
      Register slot = many ? temporary() : static_cast<Register>(tuple + i);
      if (!many) reach(slot);
      name_far_cell(far->second, cell = slot);
    }
    if (many) {
      emit(Opcode::ListAppend, tuple, cell);
    } else {
      Register slot = static_cast<Register>(tuple + i);
      reach(slot);
      move(slot, cell);
    }
  }
  if (many) {
    emit(Opcode::ListToTuple, tuple, tuple);
  } else {
    emit(Opcode::BuildTuple, tuple, tuple, static_cast<Register>(blueprint->free_names.size()));
  }
  return 8;
}

void Generator::make_function(const Blueprint* blueprint, Register first, int bits, Register target) {
  if (!blueprint) return;
  Constant constant{.kind = Constant::Kind::Code};
  constant.code = blueprint;
  int index = code_->constants.add(constant);
  emit(Opcode::MakeFunction, target, first, static_cast<Register>(bits)).second = index;
}

const Blueprint* Generator::function_body(StmtNode* node, Arguments* arguments, std::span<StmtNode*> body,
                                          std::string_view name, uint32_t first_line, bool is_async) {
  return with_retry(node, [&]() -> const Blueprint* {
    FunctionCode code;
    ++nesting_;
    open(code, scopes_.of(node), is_async ? CodeKind::AsyncFunction : CodeKind::Function, name, first_line);
    code.positional_only_count = static_cast<uint32_t>(arguments->posonlyargs.size());
    code.positional_count = static_cast<uint32_t>(arguments->posonlyargs.size() + arguments->args.size());
    code.keyword_only_count = static_cast<uint32_t>(arguments->kwonlyargs.size());
    code.reserves_first_constant = true;
    ast::Constant* docstring = docstring_of(body);
    if (docstring && session_.options.optimize < 2) {
      code.constants.add(string_constant(docstring->value.text, false));
      body = body.subspan(1);
    } else {
      code.constants.add(none_constant());
    }
    statements(body);
    TemporaryScope scope(*this);
    Register none = temporary();
    Instruction& load = emit(Opcode::LoadConst, none);
    load.value = code.constants.add(none_constant());
    load.artificial = true;
    emit(Opcode::Return, none).artificial = true;
    --nesting_;
    const Blueprint* made = finish(code);
    if (code.out_of_registers) out_of_registers_ = true;
    return made;
  });
}

void Generator::function_definition(StmtNode* node, Arguments* arguments, std::span<StmtNode*> body,
                                    std::span<ExprNode*> decorators, ExprNode* returns, std::string_view name,
                                    bool is_async) {
  check_parameter_names(arguments);
  TemporaryScope scope(*this);
  Register destination = local_register(name, false);
  Register first_decorator = begin_decorators(decorators);
  uint32_t first_line = static_cast<uint32_t>(decorators.empty() ? node->lineno : decorators[0]->lineno);
  Register made = decorators.empty() && destination != kNoRegister ? destination : temporary();
  {
    TemporaryScope inner(*this);
    Register first = code_->next_temporary;
    int bits = defaults(arguments, &first);
    bits |= annotations(arguments, returns);
    const Blueprint* blueprint = function_body(node, arguments, body, name, first_line, is_async);
    bits |= closure(blueprint);
    first = static_cast<Register>(made == destination ? inner.mark : made + 1);
    make_function(blueprint, first, bits, made);
  }
  if (!decorators.empty()) {
    apply_decorators(decorators, first_decorator);
    made = first_decorator;
  }
  store_name(name, made);
}

void Generator::lambda_to(Lambda* node, Register target) {
  check_parameter_names(node->args);
  Register first = code_->next_temporary;
  Register unused = first;
  int bits = defaults(node->args, &unused);
  const Blueprint* blueprint = with_retry(node, [&]() -> const Blueprint* {
    FunctionCode code;
    ++nesting_;
    open(code, scopes_.of(node), CodeKind::Lambda, "<lambda>", static_cast<uint32_t>(node->lineno));
    code.positional_only_count = static_cast<uint32_t>(node->args->posonlyargs.size());
    code.positional_count = static_cast<uint32_t>(node->args->posonlyargs.size() + node->args->args.size());
    code.keyword_only_count = static_cast<uint32_t>(node->args->kwonlyargs.size());
    code.reserves_first_constant = true;
    code.constants.add(none_constant());
    TemporaryScope scope(*this);
    Register result = value(node->body);
    {
      At at(*this, node->body);
      emit(Opcode::Return, result);
    }
    --nesting_;
    const Blueprint* made = finish(code);
    if (code.out_of_registers) out_of_registers_ = true;
    return made;
  });
  bits |= closure(blueprint);
  make_function(blueprint, first, bits, target);
}

}  // namespace viperine::compiler
