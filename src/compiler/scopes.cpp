// SPDX-License-Identifier: MIT
// The walk that fills the symbol tables, in the order in which Python 3.11 visits the tree: the order decides which
// of two errors is reported and in which order symbols appear. Resolution is scopes_analyze.cpp.
#include "compiler/scopes.h"

#include <string>

namespace viperine::compiler {

using namespace ast;

Symbol& Scope::ensure(std::string_view name_) {
  auto [found, inserted] = index.try_emplace(name_, static_cast<uint32_t>(symbols.size()));
  if (inserted) symbols.push_back({name_});
  return symbols[found->second];
}

std::string_view mangle(Arena& arena, std::string_view class_name, std::string_view name) {
  if (class_name.data() == nullptr || !name.starts_with("__") || name.ends_with("__") ||
      name.find('.') != std::string_view::npos)
    return name;
  size_t start = class_name.find_first_not_of('_');
  if (start == std::string_view::npos) return name;
  std::string text = "_" + std::string(class_name.substr(start)) + std::string(name);
  return arena.copy(std::string_view(text));
}

class ScopeBuilder {
 public:
  explicit ScopeBuilder(ScopeTable& table) : table_(table), session_(table.session_) {}

  void module(ModNode* tree) {
    enter("top", ScopeKind::Module, tree, {});
    table_.top_ = current_;
    if (auto* module = try_cast<Module>(tree)) statements(module->body);
    if (auto* interactive = try_cast<Interactive>(tree)) statements(interactive->body);
    if (auto* single = try_cast<Expression>(tree)) visit(single->body);
    leave();
  }

 private:
  bool failed() const { return session_.failed(); }
  void fail(const PositionedNode* node, const std::string& message) { session_.fail(position_of(node), message); }
  void fail_name(const PositionedNode* node, const char* before, std::string_view name, const char* after) {
    fail(node, std::string(before) + std::string(name) + after);
  }

  void enter(std::string_view name, ScopeKind kind, const Node* node, const Position& position) {
    auto* scope = new Scope;
    table_.all_.push_back(scope);
    scope->name = name;
    scope->kind = kind;
    scope->node = node;
    scope->position = position;
    scope->parent = current_;
    if (current_) {
      scope->nested = current_->nested || current_->kind == ScopeKind::Function;
      scope->in_iterable_expression = current_->in_iterable_expression;
      if (kind != ScopeKind::Annotation) current_->children.push_back(scope);
    }
    if (kind != ScopeKind::Annotation) table_.by_node_[node] = scope;
    stack_.push_back(scope);
    current_ = scope;
  }
  void leave() {
    stack_.pop_back();
    current_ = stack_.empty() ? nullptr : stack_.back();
  }

  std::string_view mangled(std::string_view name) { return mangle(session_.arena, private_, name); }

  uint32_t flags_of(Scope* scope, std::string_view name) {
    Symbol* symbol = scope->find(mangled(name));
    return symbol ? symbol->flags : 0;
  }

  void define(std::string_view name, uint32_t flag, const PositionedNode* node) {
    define_in(current_, name, flag, node);
  }

  void define_in(Scope* scope, std::string_view name, uint32_t flag, const PositionedNode* node) {
    std::string_view full = mangled(name);
    Symbol& symbol = scope->ensure(full);
    if ((flag & kDefinedParameter) && (symbol.flags & kDefinedParameter))
      return fail_name(node, "duplicate argument '", name, "' in function definition");
    uint32_t flags = symbol.flags | flag;
    if (scope->in_iteration_target) {
      if (flags & (kDefinedGlobal | kDefinedNonlocal))
        return fail_name(node, "comprehension inner loop cannot rebind assignment expression target '", name, "'");
      flags |= kIterationTarget;
    }
    symbol.flags = flags;
    if (flag & kDefinedParameter) {
      scope->parameters.push_back(full);
    } else if (flag & kDefinedGlobal) {
      table_.top_->ensure(full).flags |= flag;
    }
  }

  void record(std::string_view name, const PositionedNode* node) {
    current_->directives.push_back({mangled(name), position_of(node)});
  }

  template <typename T>
  void visit_all(std::span<T*> nodes) {
    for (T* node : nodes) {
      if (node) visit(node);
      if (failed()) return;
    }
  }

  void statements(std::span<StmtNode*> body) { visit_all(body); }

  // Generic visit: children in field order, which is right for every node without a case of its own.
  void visit_children(Node* node) {
    for_each_child(node, [&](Node* child) {
      if (!failed()) visit(child);
    });
  }

  void visit(Node* node) {
    DepthGuard guard(session_);
    if (failed()) return;
    switch (node->kind) {
      case NodeKind::FunctionDef: return function(cast<FunctionDef>(node), false);
      case NodeKind::AsyncFunctionDef: return function(cast<AsyncFunctionDef>(node), true);
      case NodeKind::ClassDef: return class_definition(cast<ClassDef>(node));
      case NodeKind::Lambda: return lambda(cast<Lambda>(node));
      case NodeKind::Return:
        if (cast<Return>(node)->value) current_->returns_value = true;
        return visit_children(node);
      case NodeKind::AsyncFor:
      case NodeKind::AsyncWith:
        current_->coroutine = true;
        return visit_children(node);
      case NodeKind::AnnAssign: return annotated_assignment(cast<AnnAssign>(node));
      case NodeKind::Try: return try_statement(cast<Try>(node));
      case NodeKind::TryStar: return try_statement(cast<TryStar>(node));
      case NodeKind::Global: return declaration(cast<Global>(node), kDefinedGlobal);
      case NodeKind::Nonlocal: return declaration(cast<Nonlocal>(node), kDefinedNonlocal);
      case NodeKind::Alias: return alias(cast<Alias>(node));
      case NodeKind::NamedExpr: return named_expression(cast<NamedExpr>(node));
      case NodeKind::Name: return name(cast<Name>(node));
      case NodeKind::Constant: return;
      case NodeKind::Dict:
        visit_all(cast<Dict>(node)->keys);
        if (!failed()) visit_all(cast<Dict>(node)->values);
        return;
      case NodeKind::ListComp:
        return comprehension(cast<ListComp>(node), "listcomp", ComprehensionKind::List, cast<ListComp>(node)->elt,
                             nullptr);
      case NodeKind::SetComp:
        return comprehension(cast<SetComp>(node), "setcomp", ComprehensionKind::Set, cast<SetComp>(node)->elt, nullptr);
      case NodeKind::GeneratorExp:
        return comprehension(cast<GeneratorExp>(node), "genexpr", ComprehensionKind::Generator,
                             cast<GeneratorExp>(node)->elt, nullptr);
      case NodeKind::DictComp:
        return comprehension(cast<DictComp>(node), "dictcomp", ComprehensionKind::Dict, cast<DictComp>(node)->key,
                             cast<DictComp>(node)->value);
      case NodeKind::Comprehension: return inner_loop(cast<Comprehension>(node));
      case NodeKind::Yield: return yield(cast<Yield>(node), cast<Yield>(node)->value);
      case NodeKind::YieldFrom: return yield(cast<YieldFrom>(node), cast<YieldFrom>(node)->value);
      case NodeKind::Await:
        if (in_annotation(cast<Await>(node), "await expression")) return;
        visit_children(node);
        current_->coroutine = true;
        return;
      case NodeKind::ExceptHandler: {
        auto* handler = cast<ExceptHandler>(node);
        if (handler->type) visit(handler->type);
        if (handler->name.data()) {
          define(handler->name, kDefinedLocal, handler);
          if (!failed()) current_->ensure(mangled(handler->name)).deleted = true;
        }
        return failed() ? void() : statements(handler->body);
      }
      case NodeKind::MatchStar: return capture(cast<MatchStar>(node)->name, cast<MatchStar>(node));
      case NodeKind::MatchAs:
        visit_children(node);
        return capture(cast<MatchAs>(node)->name, cast<MatchAs>(node));
      case NodeKind::MatchMapping:
        visit_children(node);
        return capture(cast<MatchMapping>(node)->rest, cast<MatchMapping>(node));
      default: return visit_children(node);
    }
  }

  void capture(std::string_view name, const PositionedNode* node) {
    if (name.data() && !failed()) define(name, kDefinedLocal, node);
  }

  void name(Name* node) {
    define(node->id, node->ctx == ExprContext::Load ? kUsed : kDefinedLocal, node);
    if (node->ctx == ExprContext::Del && !failed()) current_->ensure(mangled(node->id)).deleted = true;
    if (!failed() && node->ctx == ExprContext::Load && current_->kind == ScopeKind::Function && node->id == "super")
      define("__class__", kUsed, node);
  }

  bool in_annotation(const PositionedNode* node, const char* what) {
    if (current_->kind != ScopeKind::Annotation) return false;
    fail(node, std::string("'") + what + "' can not be used within an annotation");
    return true;
  }

  bool future_annotations() const { return (session_.future_flags & kFutureAnnotations) != 0; }

  void annotation(ExprNode* expression) {
    if (!expression || failed()) return;
    if (future_annotations()) enter("_annotation", ScopeKind::Annotation, expression, position_of(expression));
    visit(expression);
    if (future_annotations()) leave();
  }

  void annotations(Arguments* arguments, ExprNode* returns, const PositionedNode* node) {
    if (future_annotations()) enter("_annotation", ScopeKind::Annotation, node, position_of(node));
    auto each = [&](Arg* argument) {
      if (argument && argument->annotation && !failed()) visit(argument->annotation);
    };
    for (Arg* argument : arguments->posonlyargs) each(argument);
    for (Arg* argument : arguments->args) each(argument);
    each(arguments->vararg);
    each(arguments->kwarg);
    for (Arg* argument : arguments->kwonlyargs) each(argument);
    if (future_annotations()) leave();
    annotation(returns);
  }

  void parameters(Arguments* arguments) {
    auto each = [&](Arg* argument) {
      if (argument && !failed()) define(argument->arg, kDefinedParameter, argument);
    };
    for (Arg* argument : arguments->posonlyargs) each(argument);
    for (Arg* argument : arguments->args) each(argument);
    for (Arg* argument : arguments->kwonlyargs) each(argument);
    each(arguments->vararg);
    if (arguments->vararg) current_->var_arguments = true;
    each(arguments->kwarg);
    if (arguments->kwarg) current_->var_keywords = true;
  }

  template <typename T>
  void function(T* node, bool is_async) {
    define(node->name, kDefinedLocal, node);
    if (!failed()) visit_all(node->args->defaults);
    if (!failed()) visit_all(node->args->kw_defaults);
    if (!failed()) annotations(node->args, node->returns, node);
    if (!failed()) visit_all(node->decorator_list);
    if (failed()) return;
    enter(node->name, ScopeKind::Function, node, position_of(node));
    if (is_async) current_->coroutine = true;
    parameters(node->args);
    if (!failed()) statements(node->body);
    leave();
  }

  void lambda(Lambda* node) {
    visit_all(node->args->defaults);
    if (!failed()) visit_all(node->args->kw_defaults);
    if (failed()) return;
    enter("lambda", ScopeKind::Function, node, position_of(node));
    parameters(node->args);
    if (!failed()) visit(node->body);
    leave();
  }

  void class_definition(ClassDef* node) {
    define(node->name, kDefinedLocal, node);
    if (!failed()) visit_all(node->bases);
    if (!failed()) visit_all(node->keywords);
    if (!failed()) visit_all(node->decorator_list);
    if (failed()) return;
    enter(node->name, ScopeKind::Class, node, position_of(node));
    std::string_view outer = private_;
    private_ = node->name;
    statements(node->body);
    private_ = outer;
    leave();
  }

  void annotated_assignment(AnnAssign* node) {
    if (auto* target = try_cast<Name>(node->target)) {
      uint32_t flags = flags_of(current_, target->id);
      if ((flags & (kDefinedGlobal | kDefinedNonlocal)) && current_ != table_.top_ && node->simple)
        return fail_name(node, "annotated name '", target->id,
                         flags & kDefinedGlobal ? "' can't be global" : "' can't be nonlocal");
      if (node->simple) {
        define(target->id, kAnnotated | kDefinedLocal, target);
      } else if (node->value) {
        define(target->id, kDefinedLocal, target);
      }
    } else {
      visit(node->target);
    }
    annotation(node->annotation);
    if (node->value && !failed()) visit(node->value);
  }

  template <typename T>
  void try_statement(T* node) {
    statements(node->body);
    if (!failed()) statements(node->orelse);
    if (!failed()) visit_all(node->handlers);
    if (!failed()) statements(node->finalbody);
  }

  template <typename T>
  void declaration(T* node, uint32_t flag) {
    const std::string word = flag == kDefinedGlobal ? "global" : "nonlocal";
    for (std::string_view each : node->names) {
      uint32_t flags = flags_of(current_, each);
      if (flags & (kDefinedParameter | kDefinedLocal | kUsed | kAnnotated)) {
        const std::string quoted = "name '" + std::string(each) + "' ";
        if (flags & kDefinedParameter) return fail(node, quoted + "is parameter and " + word);
        if (flags & kUsed) return fail(node, quoted + "is used prior to " + word + " declaration");
        if (flags & kAnnotated) return fail(node, "annotated " + quoted + "can't be " + word);
        return fail(node, quoted + "is assigned to before " + word + " declaration");
      }
      define(each, flag, node);
      if (failed()) return;
      record(each, node);
    }
  }

  void alias(Alias* node) {
    std::string_view stored = node->asname.data() ? node->asname : node->name;
    if (stored == "*") {
      if (current_->kind != ScopeKind::Module) fail(node, "import * only allowed at module level");
      return;
    }
    if (!node->asname.data()) stored = stored.substr(0, stored.find('.'));
    define(stored, kImported, node);
  }

  void named_expression(NamedExpr* node) {
    if (in_annotation(node, "named expression")) return;
    if (current_->in_iterable_expression > 0)
      return fail(node, "assignment expression cannot be used in a comprehension iterable expression");
    auto* target = try_cast<Name>(node->target);
    if (current_->comprehension != ComprehensionKind::None && target) extend(target);
    if (!failed()) visit(node->value);
    if (!failed()) visit(node->target);
    if (!failed() && target) current_->ensure(mangled(target->id)).walrus = current_->has_walrus = true;
  }

  /// A walrus in a comprehension binds in the nearest block that is not one.
  void extend(Name* target) {
    for (size_t i = stack_.size(); i-- > 0;) {
      Scope* scope = stack_[i];
      uint32_t flags = flags_of(scope, target->id);
      if (scope->comprehension != ComprehensionKind::None) {
        if ((flags & kIterationTarget) && (flags & kDefinedLocal))
          return fail_name(target, "assignment expression cannot rebind comprehension iteration variable '", target->id,
                           "'");
        continue;
      }
      if (scope->kind == ScopeKind::Function) {
        define(target->id, flags & kDefinedGlobal ? kDefinedGlobal : kDefinedNonlocal, target);
        record(target->id, target);
        if (!failed()) define_in(scope, target->id, kDefinedLocal, target);
        return;
      }
      if (scope->kind == ScopeKind::Module) {
        define(target->id, kDefinedGlobal, target);
        record(target->id, target);
        if (!failed()) define_in(scope, target->id, kDefinedGlobal, target);
        return;
      }
      if (scope->kind == ScopeKind::Class)
        return fail(target, "assignment expression within a comprehension cannot be used in a class body");
    }
  }

  template <typename T>
  void comprehension(T* node, const char* name, ComprehensionKind kind, ExprNode* element, ExprNode* value) {
    Comprehension* outermost = node->generators[0];
    ++current_->in_iterable_expression;
    visit(outermost->iter);
    --current_->in_iterable_expression;
    if (failed()) return;
    enter(name, ScopeKind::Function, node, position_of(node));
    current_->comprehension = kind;
    if (outermost->is_async) current_->coroutine = true;
    define(".0", kDefinedParameter, node);
    current_->in_iteration_target = true;
    visit(outermost->target);
    current_->in_iteration_target = false;
    if (!failed()) visit_all(outermost->ifs);
    if (!failed()) visit_all(node->generators.subspan(1));
    if (value && !failed()) visit(value);
    if (!failed()) visit(element);
    current_->generator = kind == ComprehensionKind::Generator;
    bool is_async = current_->coroutine && !current_->generator;
    leave();
    if (is_async) current_->coroutine = true;
  }

  void inner_loop(Comprehension* node) {
    current_->in_iteration_target = true;
    visit(node->target);
    current_->in_iteration_target = false;
    if (failed()) return;
    ++current_->in_iterable_expression;
    visit(node->iter);
    --current_->in_iterable_expression;
    if (!failed()) visit_all(node->ifs);
    if (node->is_async) current_->coroutine = true;
  }

  void yield(const PositionedNode* node, ExprNode* value) {
    if (in_annotation(node, "yield expression")) return;
    if (value) visit(value);
    if (failed()) return;
    current_->generator = true;
    switch (current_->comprehension) {
      case ComprehensionKind::None: return;
      case ComprehensionKind::List: return fail(node, "'yield' inside list comprehension");
      case ComprehensionKind::Set: return fail(node, "'yield' inside set comprehension");
      case ComprehensionKind::Dict: return fail(node, "'yield' inside dict comprehension");
      case ComprehensionKind::Generator: return fail(node, "'yield' inside generator expression");
    }
  }

  ScopeTable& table_;
  Session& session_;
  Scope* current_ = nullptr;
  std::vector<Scope*> stack_;
  std::string_view private_;
};

ScopeTable::~ScopeTable() {
  for (Scope* scope : all_) delete scope;
}

bool ScopeTable::build(ModNode* tree) {
  ScopeBuilder(*this).module(tree);
  return !session_.failed() && analyze_scopes(session_, top_);
}

}  // namespace viperine::compiler
