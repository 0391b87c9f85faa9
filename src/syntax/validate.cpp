// SPDX-License-Identifier: MIT
// The rules of a well-formed tree, node class by node class, in the order in which CPython checks them.
#include "syntax/validate.h"

#include <cstdarg>
#include <cstdio>

namespace viperine::syntax {

using namespace ast;

namespace {

constexpr auto kLoad = ExprContext::Load;
constexpr auto kStore = ExprContext::Store;
constexpr auto kDelete = ExprContext::Del;

const char* context_name(ExprContext context) {
  return enumerator_name(FieldType::ExprContext_, static_cast<uint8_t>(context));
}

class Validator {
 public:
  Validator(Arena& arena, int max_depth) : arena_(arena), room_(max_depth) {}

  TreeComplaint run(const ModNode* tree) {
    switch (tree->kind) {
      case NodeKind::Module:
        statements(cast<Module>(tree)->body);
        break;
      case NodeKind::Interactive:
        statements(cast<Interactive>(tree)->body);
        break;
      case NodeKind::Expression:
        expression(cast<Expression>(tree)->body, kLoad);
        break;
      case NodeKind::FunctionType:
        expressions(cast<FunctionType>(tree)->argtypes, kLoad) && expression(cast<FunctionType>(tree)->returns, kLoad);
        break;
      default:
        fail("impossible module node");
        break;
    }
    return complaint_;
  }

 private:
  enum class Nulls { Refused, Allowed };

  bool fail(const char* format, ...) __attribute__((format(printf, 2, 3)));
  bool fail_as(TreeComplaint::Class error_class, std::string_view message) {
    complaint_ = {error_class, message};
    return false;
  }

  /// One level of recursion; every check of a node happens inside one.
  class Level {
   public:
    explicit Level(Validator& validator) : validator_(validator) { --validator_.room_; }
    ~Level() { ++validator_.room_; }
    bool is_fine() {
      if (validator_.room_ >= 0) return true;
      return validator_.fail_as(TreeComplaint::Class::RecursionError,
                                "maximum recursion depth exceeded during compilation");
    }

   private:
    Validator& validator_;
  };

  bool place(const PositionedNode* node) {
    if (node->lineno > node->end_lineno) {
      return fail("AST node line range (%d, %d) is not valid", node->lineno, node->end_lineno);
    }
    if ((node->lineno < 0 && node->end_lineno != node->lineno) ||
        (node->col_offset < 0 && node->col_offset != node->end_col_offset)) {
      return fail("AST node column range (%d, %d) for line range (%d, %d) is not valid", node->col_offset,
                  node->end_col_offset, node->lineno, node->end_lineno);
    }
    if (node->lineno == node->end_lineno && node->col_offset > node->end_col_offset) {
      return fail("line %d, column %d-%d is not a valid range", node->lineno, node->col_offset, node->end_col_offset);
    }
    return true;
  }

  bool name(std::string_view identifier) {
    for (const char* constant : {"None", "True", "False"})
      if (identifier == constant) return fail("identifier field can't represent '%s' constant", constant);
    return true;
  }
  bool capture(std::string_view identifier) {
    return identifier == "_" ? fail("can't capture name '_' in patterns") : name(identifier);
  }
  template <typename T>
  bool not_empty(std::span<T> items, const char* what, const char* owner) {
    return !items.empty() || fail("empty %s on %s", what, owner);
  }

  bool expressions(std::span<ExprNode* const> items, ExprContext context, Nulls nulls = Nulls::Refused) {
    for (const ExprNode* item : items) {
      if (item ? !expression(item, context) : nulls == Nulls::Refused && !fail("None disallowed in expression list"))
        return false;
    }
    return true;
  }
  bool optional(const ExprNode* item, ExprContext context) { return !item || expression(item, context); }
  bool statements(std::span<StmtNode* const> items) {
    for (const StmtNode* item : items)
      if (item ? !statement(item) : !fail("None disallowed in statement list")) return false;
    return true;
  }
  bool body(std::span<StmtNode* const> items, const char* owner) {
    return not_empty(items, "body", owner) && statements(items);
  }
  bool targets(std::span<ExprNode* const> items, ExprContext context) {
    return not_empty(items, "targets", context == kDelete ? "Delete" : "Assign") && expressions(items, context);
  }
  bool keywords(std::span<Keyword* const> items) {
    for (const Keyword* item : items)
      if (!expression(item->value, kLoad)) return false;
    return true;
  }
  bool generators(std::span<Comprehension* const> items) {
    if (items.empty()) return fail("comprehension with no generators");
    for (const Comprehension* item : items) {
      if (!expression(item->target, kStore) || !expression(item->iter, kLoad) || !expressions(item->ifs, kLoad))
        return false;
    }
    return true;
  }
  bool parameters(std::span<Arg* const> items) {
    for (const Arg* item : items)
      if (!place(item) || !optional(item->annotation, kLoad)) return false;
    return true;
  }
  bool arguments(const Arguments* node);

  bool context(const ExprNode* node, ExprContext wanted);
  bool expression(const ExprNode* node, ExprContext wanted);
  bool expression_parts(const ExprNode* node, ExprContext wanted);
  bool statement(const StmtNode* node);
  bool statement_parts(const StmtNode* node);
  template <typename N>
  bool function(const N* node, const char* owner) {
    return body(node->body, owner) && arguments(node->args) && expressions(node->decorator_list, kLoad) &&
           optional(node->returns, kLoad);
  }
  template <typename N>
  bool loop(const N* node, const char* owner) {
    return expression(node->target, kStore) && expression(node->iter, kLoad) && body(node->body, owner) &&
           statements(node->orelse);
  }
  template <typename N>
  bool with(const N* node, const char* owner) {
    if (!not_empty(node->items, "items", owner)) return false;
    for (const WithItem* item : node->items)
      if (!expression(item->context_expr, kLoad) || !optional(item->optional_vars, kStore)) return false;
    return body(node->body, owner);
  }
  template <typename N>
  bool try_statement(const N* node, const char* owner);

  bool patterns(std::span<PatternNode* const> items, bool star_is_fine) {
    for (const PatternNode* item : items)
      if (!pattern(item, star_is_fine)) return false;
    return true;
  }
  bool pattern(const PatternNode* node, bool star_is_fine);
  bool pattern_parts(const PatternNode* node, bool star_is_fine);
  bool mapping_pattern(const MatchMapping* node);
  bool class_pattern(const MatchClass* node);
  bool pattern_value(const ExprNode* node);

  Arena& arena_;
  int room_;
  TreeComplaint complaint_;
};

bool Validator::fail(const char* format, ...) {
  char message[256];
  va_list list;
  va_start(list, format);
  int size = std::vsnprintf(message, sizeof message, format, list);
  va_end(list);
  return fail_as(TreeComplaint::Class::ValueError, arena_.copy(std::string_view(message, static_cast<size_t>(size))));
}

bool Validator::arguments(const Arguments* node) {
  if (!parameters(node->posonlyargs) || !parameters(node->args)) return false;
  if (node->vararg && !optional(node->vararg->annotation, kLoad)) return false;
  if (!parameters(node->kwonlyargs)) return false;
  if (node->kwarg && !optional(node->kwarg->annotation, kLoad)) return false;
  if (node->defaults.size() > node->posonlyargs.size() + node->args.size()) {
    return fail("more positional defaults than args on arguments");
  }
  if (node->kw_defaults.size() != node->kwonlyargs.size()) {
    return fail("length of kwonlyargs is not the same as kw_defaults on arguments");
  }
  return expressions(node->defaults, kLoad) && expressions(node->kw_defaults, kLoad, Nulls::Allowed);
}

bool Validator::context(const ExprNode* node, ExprContext wanted) {
  ExprContext actual;
  switch (node->kind) {
    case NodeKind::Attribute:
      actual = cast<Attribute>(node)->ctx;
      break;
    case NodeKind::Subscript:
      actual = cast<Subscript>(node)->ctx;
      break;
    case NodeKind::Starred:
      actual = cast<Starred>(node)->ctx;
      break;
    case NodeKind::List:
      actual = cast<List>(node)->ctx;
      break;
    case NodeKind::Tuple:
      actual = cast<Tuple>(node)->ctx;
      break;
    case NodeKind::Name:
      if (!name(cast<Name>(node)->id)) return false;
      actual = cast<Name>(node)->ctx;
      break;
    default:
      return wanted == kLoad || fail("expression which can't be assigned to in %s context", context_name(wanted));
  }
  return actual == wanted ||
         fail("expression must have %s context but has %s instead", context_name(wanted), context_name(actual));
}

bool Validator::expression(const ExprNode* node, ExprContext wanted) {
  if (!place(node)) return false;
  Level level(*this);
  return level.is_fine() && context(node, wanted) && expression_parts(node, wanted);
}

bool Validator::expression_parts(const ExprNode* node, ExprContext wanted) {
  switch (node->kind) {
    case NodeKind::BoolOp: {
      auto* self = cast<BoolOp>(node);
      if (self->values.size() < 2) return fail("BoolOp with less than 2 values");
      return expressions(self->values, kLoad);
    }
    case NodeKind::BinOp:
      return expression(cast<BinOp>(node)->left, kLoad) && expression(cast<BinOp>(node)->right, kLoad);
    case NodeKind::UnaryOp:
      return expression(cast<UnaryOp>(node)->operand, kLoad);
    case NodeKind::Lambda:
      return arguments(cast<Lambda>(node)->args) && expression(cast<Lambda>(node)->body, kLoad);
    case NodeKind::IfExp: {
      auto* self = cast<IfExp>(node);
      return expression(self->test, kLoad) && expression(self->body, kLoad) && expression(self->orelse, kLoad);
    }
    case NodeKind::Dict: {
      auto* self = cast<Dict>(node);
      if (self->keys.size() != self->values.size()) return fail("Dict doesn't have the same number of keys as values");
      return expressions(self->keys, kLoad, Nulls::Allowed) && expressions(self->values, kLoad);
    }
    case NodeKind::Set:
      return expressions(cast<Set>(node)->elts, kLoad);
    case NodeKind::ListComp:
      return generators(cast<ListComp>(node)->generators) && expression(cast<ListComp>(node)->elt, kLoad);
    case NodeKind::SetComp:
      return generators(cast<SetComp>(node)->generators) && expression(cast<SetComp>(node)->elt, kLoad);
    case NodeKind::GeneratorExp:
      return generators(cast<GeneratorExp>(node)->generators) && expression(cast<GeneratorExp>(node)->elt, kLoad);
    case NodeKind::DictComp: {
      auto* self = cast<DictComp>(node);
      return generators(self->generators) && expression(self->key, kLoad) && expression(self->value, kLoad);
    }
    case NodeKind::Yield:
      return optional(cast<Yield>(node)->value, kLoad);
    case NodeKind::YieldFrom:
      return expression(cast<YieldFrom>(node)->value, kLoad);
    case NodeKind::Await:
      return expression(cast<Await>(node)->value, kLoad);
    case NodeKind::Compare: {
      auto* self = cast<Compare>(node);
      if (self->comparators.empty()) return fail("Compare with no comparators");
      if (self->comparators.size() != self->ops.size()) {
        return fail("Compare has a different number of comparators and operands");
      }
      return expressions(self->comparators, kLoad) && expression(self->left, kLoad);
    }
    case NodeKind::Call: {
      auto* self = cast<Call>(node);
      return expression(self->func, kLoad) && expressions(self->args, kLoad) && keywords(self->keywords);
    }
    case NodeKind::Constant:
      return true;
    case NodeKind::JoinedStr:
      return expressions(cast<JoinedStr>(node)->values, kLoad);
    case NodeKind::FormattedValue:
      return expression(cast<FormattedValue>(node)->value, kLoad) &&
             optional(cast<FormattedValue>(node)->format_spec, kLoad);
    case NodeKind::Attribute:
      return expression(cast<Attribute>(node)->value, kLoad);
    case NodeKind::Subscript:
      return expression(cast<Subscript>(node)->slice, kLoad) && expression(cast<Subscript>(node)->value, kLoad);
    case NodeKind::Starred:
      return expression(cast<Starred>(node)->value, wanted);
    case NodeKind::Slice: {
      auto* self = cast<Slice>(node);
      return optional(self->lower, kLoad) && optional(self->upper, kLoad) && optional(self->step, kLoad);
    }
    case NodeKind::List:
      return expressions(cast<List>(node)->elts, wanted);
    case NodeKind::Tuple:
      return expressions(cast<Tuple>(node)->elts, wanted);
    case NodeKind::NamedExpr:
      return expression(cast<NamedExpr>(node)->value, kLoad);
    case NodeKind::Name:
      return true;
    default:
      return fail("unexpected expression");
  }
}

bool Validator::statement(const StmtNode* node) {
  if (!place(node)) return false;
  Level level(*this);
  return level.is_fine() && statement_parts(node);
}

template <typename N>
bool Validator::try_statement(const N* node, const char* owner) {
  if (!body(node->body, owner)) return false;
  if (node->handlers.empty() && node->finalbody.empty())
    return fail("%s has neither except handlers nor finalbody", owner);
  if (node->handlers.empty() && !node->orelse.empty()) return fail("%s has orelse but no except handlers", owner);
  for (const ExceptHandlerNode* handler : node->handlers) {
    auto* self = cast<ExceptHandler>(handler);
    if (!place(self) || !optional(self->type, kLoad) || !body(self->body, "ExceptHandler")) return false;
  }
  return statements(node->finalbody) && statements(node->orelse);
}

bool Validator::statement_parts(const StmtNode* node) {
  switch (node->kind) {
    case NodeKind::FunctionDef:
      return function(cast<FunctionDef>(node), "FunctionDef");
    case NodeKind::AsyncFunctionDef:
      return function(cast<AsyncFunctionDef>(node), "AsyncFunctionDef");
    case NodeKind::ClassDef: {
      auto* self = cast<ClassDef>(node);
      return body(self->body, "ClassDef") && expressions(self->bases, kLoad) && keywords(self->keywords) &&
             expressions(self->decorator_list, kLoad);
    }
    case NodeKind::Return:
      return optional(cast<Return>(node)->value, kLoad);
    case NodeKind::Delete:
      return targets(cast<Delete>(node)->targets, kDelete);
    case NodeKind::Assign:
      return targets(cast<Assign>(node)->targets, kStore) && expression(cast<Assign>(node)->value, kLoad);
    case NodeKind::AugAssign:
      return expression(cast<AugAssign>(node)->target, kStore) && expression(cast<AugAssign>(node)->value, kLoad);
    case NodeKind::AnnAssign: {
      auto* self = cast<AnnAssign>(node);
      if (self->target->kind != NodeKind::Name && self->simple) {
        return fail_as(TreeComplaint::Class::TypeError, "AnnAssign with simple non-Name target");
      }
      return expression(self->target, kStore) && optional(self->value, kLoad) && expression(self->annotation, kLoad);
    }
    case NodeKind::For:
      return loop(cast<For>(node), "For");
    case NodeKind::AsyncFor:
      return loop(cast<AsyncFor>(node), "AsyncFor");
    case NodeKind::While: {
      auto* self = cast<While>(node);
      return expression(self->test, kLoad) && body(self->body, "While") && statements(self->orelse);
    }
    case NodeKind::If: {
      auto* self = cast<If>(node);
      return expression(self->test, kLoad) && body(self->body, "If") && statements(self->orelse);
    }
    case NodeKind::With:
      return with(cast<With>(node), "With");
    case NodeKind::AsyncWith:
      return with(cast<AsyncWith>(node), "AsyncWith");
    case NodeKind::Match: {
      auto* self = cast<Match>(node);
      if (!expression(self->subject, kLoad) || !not_empty(self->cases, "cases", "Match")) return false;
      for (const MatchCase* item : self->cases) {
        if (!pattern(item->pattern, false) || !optional(item->guard, kLoad) || !body(item->body, "match_case"))
          return false;
      }
      return true;
    }
    case NodeKind::Raise: {
      auto* self = cast<Raise>(node);
      if (self->exc) return expression(self->exc, kLoad) && optional(self->cause, kLoad);
      return !self->cause || fail("Raise with cause but no exception");
    }
    case NodeKind::Try:
      return try_statement(cast<Try>(node), "Try");
    case NodeKind::TryStar:
      return try_statement(cast<TryStar>(node), "TryStar");
    case NodeKind::Assert:
      return expression(cast<Assert>(node)->test, kLoad) && optional(cast<Assert>(node)->msg, kLoad);
    case NodeKind::Import:
      return not_empty(cast<Import>(node)->names, "names", "Import");
    case NodeKind::ImportFrom:
      if (cast<ImportFrom>(node)->level < 0) return fail("Negative ImportFrom level");
      return not_empty(cast<ImportFrom>(node)->names, "names", "ImportFrom");
    case NodeKind::Global:
      return not_empty(cast<Global>(node)->names, "names", "Global");
    case NodeKind::Nonlocal:
      return not_empty(cast<Nonlocal>(node)->names, "names", "Nonlocal");
    case NodeKind::Expr:
      return expression(cast<Expr>(node)->value, kLoad);
    case NodeKind::Pass:
    case NodeKind::Break:
    case NodeKind::Continue:
      return true;
    default:
      return fail("unexpected statement");
  }
}

bool Validator::pattern(const PatternNode* node, bool star_is_fine) {
  if (!place(node)) return false;
  Level level(*this);
  return level.is_fine() && pattern_parts(node, star_is_fine);
}

bool Validator::pattern_parts(const PatternNode* node, bool star_is_fine) {
  switch (node->kind) {
    case NodeKind::MatchValue:
      return pattern_value(cast<MatchValue>(node)->value);
    case NodeKind::MatchSingleton: {
      ConstantKind kind = cast<MatchSingleton>(node)->value.kind;
      return kind == ConstantKind::None || kind == ConstantKind::True || kind == ConstantKind::False ||
             fail("MatchSingleton can only contain True, False and None");
    }
    case NodeKind::MatchSequence:
      return patterns(cast<MatchSequence>(node)->patterns, true);
    case NodeKind::MatchMapping:
      return mapping_pattern(cast<MatchMapping>(node));
    case NodeKind::MatchClass:
      return class_pattern(cast<MatchClass>(node));
    case NodeKind::MatchStar:
      if (!star_is_fine) return fail("can't use MatchStar here");
      return !cast<MatchStar>(node)->name.data() || capture(cast<MatchStar>(node)->name);
    case NodeKind::MatchAs: {
      auto* self = cast<MatchAs>(node);
      if (self->name.data() && !capture(self->name)) return false;
      if (!self->pattern) return true;
      if (!self->name.data()) return fail("MatchAs must specify a target name if a pattern is given");
      return pattern(self->pattern, false);
    }
    case NodeKind::MatchOr:
      if (cast<MatchOr>(node)->patterns.size() < 2) return fail("MatchOr requires at least 2 patterns");
      return patterns(cast<MatchOr>(node)->patterns, false);
    default:
      return fail("unexpected pattern");
  }
}

bool Validator::mapping_pattern(const MatchMapping* node) {
  if (node->keys.size() != node->patterns.size()) {
    return fail("MatchMapping doesn't have the same number of keys as patterns");
  }
  if (node->rest.data() && !capture(node->rest)) return false;
  for (const ExprNode* key : node->keys) {
    if (const auto* constant = try_cast<Constant>(key)) {
      ConstantKind kind = constant->value.kind;
      if (kind == ConstantKind::None || kind == ConstantKind::True || kind == ConstantKind::False) continue;
    }
    if (!pattern_value(key)) return false;
  }
  return patterns(node->patterns, false);
}

bool Validator::class_pattern(const MatchClass* node) {
  if (node->kwd_attrs.size() != node->kwd_patterns.size()) {
    return fail("MatchClass doesn't have the same number of keyword attributes as patterns");
  }
  if (!expression(node->cls, kLoad)) return false;
  const ExprNode* part = node->cls;
  while (part->kind == NodeKind::Attribute) part = cast<Attribute>(part)->value;
  if (part->kind != NodeKind::Name) return fail("MatchClass cls field can only contain Name or Attribute nodes.");
  for (std::string_view attribute : node->kwd_attrs)
    if (!name(attribute)) return false;
  return patterns(node->patterns, false) && patterns(node->kwd_patterns, false);
}

/// A number, maybe negative. `which`: 'r' real, 'i' imaginary, 'a' any.
bool is_number(const ExprNode* node, char which) {
  const auto* constant = try_cast<Constant>(node);
  if (!constant) return false;
  ConstantKind kind = constant->value.kind;
  bool real = kind == ConstantKind::Int || kind == ConstantKind::Float;
  bool imaginary = kind == ConstantKind::Complex;
  return which == 'r' ? real : which == 'i' ? imaginary : real || imaginary;
}
bool is_negative_number(const ExprNode* node, char which) {
  const auto* negation = try_cast<UnaryOp>(node);
  return negation && negation->op == UnaryOperator::USub && is_number(negation->operand, which);
}

bool Validator::pattern_value(const ExprNode* node) {
  if (!expression(node, kLoad)) return false;
  switch (node->kind) {
    case NodeKind::Constant:
      switch (cast<Constant>(node)->value.kind) {
        case ConstantKind::Int:
        case ConstantKind::Float:
        case ConstantKind::Complex:
        case ConstantKind::Str:
        case ConstantKind::Bytes:
          return true;
        default:
          return fail("unexpected constant inside of a literal pattern");
      }
    case NodeKind::Attribute:
    case NodeKind::JoinedStr:
      return true;
    case NodeKind::UnaryOp:
      if (is_negative_number(node, 'a')) return true;
      break;
    case NodeKind::BinOp: {
      auto* self = cast<BinOp>(node);
      bool sum = self->op == Operator::Add || self->op == Operator::Sub;
      if (sum && (is_number(self->left, 'r') || is_negative_number(self->left, 'r')) && is_number(self->right, 'i'))
        return true;
      break;
    }
    default:
      break;
  }
  return fail("patterns may only match literals and attribute lookups");
}

}  // namespace

TreeComplaint validate_tree(Arena& arena, const ModNode* tree, int max_depth) {
  return Validator(arena, max_depth).run(tree);
}

}  // namespace viperine::syntax
