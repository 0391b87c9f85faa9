// SPDX-License-Identifier: MIT
// Expressions back to source text, for annotations under `from __future__ import annotations`: the spelling (spaces,
// parentheses, quotes) is the one that Python 3.11 stores.
#include <string>

#include "base/check.h"
#include "compiler/compiler.h"
#include "compiler/constant_text.h"

namespace viperine::compiler {

using namespace ast;

namespace {

enum Level {
  kTuple, kTest, kOr, kAnd, kNot, kCompare, kBitOr, kBitXor, kBitAnd, kShift, kArithmetic, kTerm, kFactor, kPower,
  kAwaited, kAtom,
};
constexpr int kExpression = kBitOr;

int level_of(Operator op) {
  switch (op) {
    case Operator::Add: case Operator::Sub: return kArithmetic;
    case Operator::Mult: case Operator::MatMult: case Operator::Div: case Operator::Mod: case Operator::FloorDiv:
      return kTerm;
    case Operator::LShift: case Operator::RShift: return kShift;
    case Operator::BitOr: return kBitOr;
    case Operator::BitXor: return kBitXor;
    case Operator::BitAnd: return kBitAnd;
    case Operator::Pow: return kPower;
  }
  UNREACHABLE();
}

class Unparser {
 public:
  explicit Unparser(Arena& arena) : arena_(arena) {}
  std::string out;

  void expression(ExprNode* node, int level) {
    switch (node->kind) {
      case NodeKind::BoolOp: return boolean(cast<BoolOp>(node), level);
      case NodeKind::NamedExpr:
        open(level > kTuple);
        expression(cast<NamedExpr>(node)->target, kAtom);
        out += " := ";
        expression(cast<NamedExpr>(node)->value, kAtom);
        return close(level > kTuple);
      case NodeKind::BinOp: return binary(cast<BinOp>(node), level);
      case NodeKind::UnaryOp: return unary(cast<UnaryOp>(node), level);
      case NodeKind::Lambda: return lambda(cast<Lambda>(node), level);
      case NodeKind::IfExp:
        open(level > kTest);
        expression(cast<IfExp>(node)->body, kTest + 1);
        out += " if ";
        expression(cast<IfExp>(node)->test, kTest + 1);
        out += " else ";
        expression(cast<IfExp>(node)->orelse, kTest);
        return close(level > kTest);
      case NodeKind::Dict: return dict(cast<Dict>(node));
      case NodeKind::Set: return enclosed("{", cast<Set>(node)->elts, "}");
      case NodeKind::List: return enclosed("[", cast<List>(node)->elts, "]");
      case NodeKind::Tuple: return tuple(cast<Tuple>(node), level);
      case NodeKind::ListComp:
        return comprehension("[", cast<ListComp>(node)->elt, nullptr, cast<ListComp>(node)->generators, "]");
      case NodeKind::SetComp:
        return comprehension("{", cast<SetComp>(node)->elt, nullptr, cast<SetComp>(node)->generators, "}");
      case NodeKind::GeneratorExp:
        return comprehension("(", cast<GeneratorExp>(node)->elt, nullptr, cast<GeneratorExp>(node)->generators, ")");
      case NodeKind::DictComp: {
        auto* each = cast<DictComp>(node);
        return comprehension("{", each->key, each->value, each->generators, "}");
      }
      case NodeKind::Yield:
        out += "(yield";
        if (cast<Yield>(node)->value) {
          out += " ";
          expression(cast<Yield>(node)->value, kTest);
        }
        out += ")";
        return;
      case NodeKind::YieldFrom:
        out += "(yield from ";
        expression(cast<YieldFrom>(node)->value, kTest);
        out += ")";
        return;
      case NodeKind::Await:
        open(level > kAwaited);
        out += "await ";
        expression(cast<Await>(node)->value, kAtom);
        return close(level > kAwaited);
      case NodeKind::Compare: return compare(cast<Compare>(node), level);
      case NodeKind::Call: return call(cast<Call>(node));
      case NodeKind::Constant: return constant(cast<ast::Constant>(node));
      case NodeKind::JoinedStr: case NodeKind::FormattedValue: return joined(node);
      case NodeKind::Attribute: return attribute(cast<Attribute>(node));
      case NodeKind::Starred:
        out += "*";
        return expression(cast<Starred>(node)->value, kExpression);
      case NodeKind::Name: out += cast<Name>(node)->id; return;
      case NodeKind::Slice: return slice(cast<Slice>(node));
      case NodeKind::Subscript:
        expression(cast<Subscript>(node)->value, kAtom);
        out += "[";
        expression(cast<Subscript>(node)->slice, kTuple);
        out += "]";
        return;
      default: UNREACHABLE();
    }
  }

 private:
  void open(bool condition) {
    if (condition) out += "(";
  }
  void close(bool condition) {
    if (condition) out += ")";
  }

  void list(std::span<ExprNode*> items) {
    for (size_t i = 0; i < items.size(); ++i) {
      if (i) out += ", ";
      expression(items[i], kTest);
    }
  }
  void enclosed(const char* before, std::span<ExprNode*> items, const char* after) {
    out += before;
    list(items);
    out += after;
  }

  void boolean(BoolOp* node, int level) {
    const int own = node->op == BoolOperator::And ? kAnd : kOr;
    open(level > own);
    for (size_t i = 0; i < node->values.size(); ++i) {
      if (i) out += node->op == BoolOperator::And ? " and " : " or ";
      expression(node->values[i], own + 1);
    }
    close(level > own);
  }

  void binary(BinOp* node, int level) {
    const int own = level_of(node->op);
    const bool right_first = node->op == Operator::Pow;
    open(level > own);
    expression(node->left, own + (right_first ? 1 : 0));
    out += " ";
    out += symbol_of(node->op);
    out += " ";
    expression(node->right, own + (right_first ? 0 : 1));
    close(level > own);
  }

  void unary(UnaryOp* node, int level) {
    const int own = node->op == UnaryOperator::Not ? kNot : kFactor;
    open(level > own);
    out += symbol_of(node->op);
    if (node->op == UnaryOperator::Not) out += " ";
    expression(node->operand, own);
    close(level > own);
  }

  void parameter(Arg* argument) {
    out += argument->arg;
    if (!argument->annotation) return;
    out += ": ";
    expression(argument->annotation, kTest);
  }

  void parameters(Arguments* arguments) {
    bool first = true;
    auto comma = [&] {
      if (!first) out += ", ";
      first = false;
    };
    const size_t only = arguments->posonlyargs.size(), count = only + arguments->args.size();
    for (size_t i = 0; i < count; ++i) {
      comma();
      parameter(i < only ? arguments->posonlyargs[i] : arguments->args[i - only]);
      if (i + arguments->defaults.size() >= count) {
        out += "=";
        expression(arguments->defaults[i + arguments->defaults.size() - count], kTest);
      }
      if (only && i + 1 == only) out += ", /";
    }
    if (arguments->vararg || !arguments->kwonlyargs.empty()) {
      comma();
      out += "*";
      if (arguments->vararg) parameter(arguments->vararg);
    }
    for (size_t i = 0; i < arguments->kwonlyargs.size(); ++i) {
      comma();
      parameter(arguments->kwonlyargs[i]);
      if (!arguments->kw_defaults[i]) continue;
      out += "=";
      expression(arguments->kw_defaults[i], kTest);
    }
    if (arguments->kwarg) {
      comma();
      out += "**";
      parameter(arguments->kwarg);
    }
  }

  void lambda(Lambda* node, int level) {
    Arguments* arguments = node->args;
    const bool empty = arguments->args.empty() && arguments->posonlyargs.empty() && arguments->kwonlyargs.empty() &&
                       !arguments->vararg && !arguments->kwarg;
    open(level > kTest);
    out += empty ? "lambda" : "lambda ";
    parameters(arguments);
    out += ": ";
    expression(node->body, kTest);
    close(level > kTest);
  }

  void dict(Dict* node) {
    out += "{";
    for (size_t i = 0; i < node->values.size(); ++i) {
      if (i) out += ", ";
      if (node->keys[i]) {
        expression(node->keys[i], kTest);
        out += ": ";
        expression(node->values[i], kTest);
      } else {
        out += "**";
        expression(node->values[i], kExpression);
      }
    }
    out += "}";
  }

  void tuple(Tuple* node, int level) {
    if (node->elts.empty()) {
      out += "()";
      return;
    }
    open(level > kTuple);
    list(node->elts);
    if (node->elts.size() == 1) out += ",";
    close(level > kTuple);
  }

  void comprehension(const char* before, ExprNode* element, ExprNode* value, std::span<Comprehension*> loops,
                     const char* after) {
    out += before;
    expression(element, kTest);
    if (value) {
      out += ": ";
      expression(value, kTest);
    }
    for (Comprehension* loop : loops) {
      out += loop->is_async ? " async for " : " for ";
      expression(loop->target, kTuple);
      out += " in ";
      expression(loop->iter, kTest + 1);
      for (ExprNode* test : loop->ifs) {
        out += " if ";
        expression(test, kTest + 1);
      }
    }
    out += after;
  }

  void compare(Compare* node, int level) {
    open(level > kCompare);
    expression(node->left, kCompare + 1);
    for (size_t i = 0; i < node->ops.size(); ++i) {
      out += " ";
      out += symbol_of(node->ops[i]);
      out += " ";
      expression(node->comparators[i], kCompare + 1);
    }
    close(level > kCompare);
  }

  void call(Call* node) {
    expression(node->func, kAtom);
    if (node->args.size() == 1 && node->keywords.empty() && node->args[0]->kind == NodeKind::GeneratorExp)
      return expression(node->args[0], kTest);
    out += "(";
    list(node->args);
    bool first = node->args.empty();
    for (Keyword* keyword : node->keywords) {
      if (!first) out += ", ";
      first = false;
      if (keyword->arg.data()) {
        out += keyword->arg;
        out += "=";
      } else {
        out += "**";
      }
      expression(keyword->value, kTest);
    }
    out += ")";
  }

  static void replace_infinity(std::string& text) {
    for (size_t at = text.find("inf"); at != std::string::npos; at = text.find("inf", at + 5))
      text.replace(at, 3, "1e309");
  }

  void constant(ast::Constant* node) {
    if (node->value.kind == ConstantKind::Ellipsis) {
      out += "...";
      return;
    }
    if (node->string_kind.data()) out += node->string_kind;
    std::string text = constant_text(constant_of(arena_, node->value));
    if (node->value.kind == ConstantKind::Float || node->value.kind == ConstantKind::Complex) replace_infinity(text);
    out += text;
  }

  void attribute(Attribute* node) {
    expression(node->value, kAtom);
    auto* constant = try_cast<ast::Constant>(node->value);
    if (constant && constant->value.kind == ConstantKind::Int) out += " ";
    out += ".";
    out += node->attr;
  }

  void slice(Slice* node) {
    if (node->lower) expression(node->lower, kTest);
    out += ":";
    if (node->upper) expression(node->upper, kTest);
    if (node->step) {
      out += ":";
      expression(node->step, kTest);
    }
  }

  /// Raw text of an f-string's part.
  std::string part(ExprNode* node) {
    if (auto* constant = try_cast<ast::Constant>(node)) {
      std::string text;
      for (char letter : constant->value.text) {
        text.push_back(letter);
        if (letter == '{' || letter == '}') text.push_back(letter);
      }
      return text;
    }
    if (auto* joined = try_cast<JoinedStr>(node)) {
      std::string text;
      for (ExprNode* each : joined->values) text += part(each);
      return text;
    }
    if (auto* formatted = try_cast<FormattedValue>(node)) {
      Unparser inner(arena_);
      inner.expression(formatted->value, kTest + 1);
      std::string text = inner.out.starts_with("{") ? "{ " : "{";
      text += inner.out;
      if (formatted->conversion > 0) {
        text += "!";
        text.push_back(static_cast<char>(formatted->conversion));
      }
      if (formatted->format_spec) text += ":" + part(formatted->format_spec);
      return text + "}";
    }
    return "";
  }

  void joined(ExprNode* node) { out += "f" + string_text(part(node)); }

  Arena& arena_;
};

}  // namespace

std::string_view unparse_expression(Arena& arena, ExprNode* expression) {
  Unparser unparser(arena);
  unparser.expression(expression, kTest);
  return arena.copy(std::string_view(unparser.out));
}

}  // namespace viperine::compiler
