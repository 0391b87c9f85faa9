// SPDX-License-Identifier: MIT
// Expressions from named expressions down to primaries, by precedence climbing.
// Targets are parsed as expressions first and checked afterwards (tree_parser_statements.cpp).
#include "syntax/tree_parser.h"

namespace viperine::syntax {

using namespace ast;

namespace {

constexpr int kUnaryPrecedence = 7;

/// Binding strength of a binary operator, 0 for other tokens.
constexpr int precedence_of(TokenType type) {
  switch (type) {
    case TokenType::VerticalBar: return 1;
    case TokenType::Circumflex: return 2;
    case TokenType::Ampersand: return 3;
    case TokenType::LeftShift:
    case TokenType::RightShift: return 4;
    case TokenType::Plus:
    case TokenType::Minus: return 5;
    case TokenType::Star:
    case TokenType::At:
    case TokenType::Slash:
    case TokenType::Percent:
    case TokenType::DoubleSlash: return 6;
    default: return 0;
  }
}

struct PrecedenceTable {
  uint8_t of[256] = {};
  constexpr PrecedenceTable() {
    for (int i = 0; i < 256; ++i) of[i] = static_cast<uint8_t>(precedence_of(static_cast<TokenType>(i)));
  }
};
constexpr PrecedenceTable kPrecedence;

Operator operator_of(TokenType type) {
  return static_cast<Operator>(static_cast<int>(type) - static_cast<int>(TokenType::Plus));
}
static_assert(static_cast<int>(TokenType::DoubleSlash) - static_cast<int>(TokenType::Plus) ==
              static_cast<int>(Operator::FloorDiv));

}  // namespace

bool TreeParser::starts_expression() const {
  switch (type()) {
    case T::Name:
    case T::Number:
    case T::String:
    case T::LeftParen:
    case T::LeftBracket:
    case T::LeftBrace:
    case T::Minus:
    case T::Plus:
    case T::Tilde:
    case T::Ellipsis:
    case T::Not:
    case T::Lambda:
    case T::Await:
    case T::None:
    case T::True:
    case T::False: return true;
    default: return false;
  }
}

ExprNode* TreeParser::parse_expression() {
  if (at(T::Lambda)) return parse_lambda();
  const Token* first = token_;
  ExprNode* body = PARSE(parse_disjunction());
  return at(T::If) ? parse_conditional(first, body) : body;
}

ExprNode* TreeParser::parse_conditional(const Token* first, ExprNode* body) {
  Depth depth(*this, 1);
  if (!depth.is_fine()) return nullptr;
  ++token_;
  ExprNode* test = PARSE(parse_disjunction());
  if (!accept(T::Else)) return nullptr;
  ExprNode* orelse = PARSE(parse_expression());
  auto* node = make<IfExp>(first);
  node->test = test;
  node->body = body;
  node->orelse = orelse;
  return node;
}

ExprNode* TreeParser::parse_named_expression() {
  if (at(T::Name) && token_[1].type == T::ColonEqual) {
    if (session_.options().feature_version < 8) return nullptr;
    const Token* first = token_;
    auto* target = cast<Name>(parse_name());
    target->ctx = ExprContext::Store;
    ++token_;
    ExprNode* value = PARSE(parse_expression());
    auto* node = make<NamedExpr>(first);
    node->target = target;
    node->value = value;
    return node;
  }
  ExprNode* value = PARSE(parse_expression());
  return at(T::ColonEqual) ? nullptr : value;
}

ExprNode* TreeParser::parse_starred() {
  const Token* first = token_++;
  ExprNode* value = PARSE(parse_binary(1));
  auto* node = make<Starred>(first);
  node->value = value;
  return node;
}

ExprNode* TreeParser::parse_star_named_expression() {
  return at(T::Star) ? parse_starred() : parse_named_expression();
}

ExprNode* TreeParser::parse_star_expression() { return at(T::Star) ? parse_starred() : parse_expression(); }

ExprNode* TreeParser::parse_star_expressions() {
  const Token* first = token_;
  ExprNode* value = PARSE(parse_star_expression());
  if (!at(T::Comma)) return value;
  List items(*this);
  items.push(value);
  while (accept(T::Comma)) {
    if (!starts_expression() && !at(T::Star)) break;
    items.push(PARSE(parse_star_expression()));
  }
  auto* tuple = make<Tuple>(first);
  tuple->elts = items.take<ExprNode>();
  return tuple;
}

ExprNode* TreeParser::parse_yield_or_star_expressions() {
  return at(T::Yield) ? parse_yield() : parse_star_expressions();
}

ExprNode* TreeParser::parse_yield() {
  const Token* first = token_++;
  if (accept(T::From)) {
    ExprNode* value = PARSE(parse_expression());
    auto* node = make<YieldFrom>(first);
    node->value = value;
    return node;
  }
  ExprNode* value = nullptr;
  if (starts_expression() || at(T::Star)) value = PARSE(parse_star_expressions());
  auto* node = make<Yield>(first);
  node->value = value;
  return node;
}

ExprNode* TreeParser::parse_disjunction() {
  const Token* first = token_;
  ExprNode* left = PARSE(parse_conjunction());
  if (!at(T::Or)) return left;
  List values(*this);
  values.push(left);
  while (accept(T::Or)) values.push(PARSE(parse_conjunction()));
  auto* node = make<BoolOp>(first);
  node->op = BoolOperator::Or;
  node->values = values.take<ExprNode>();
  return node;
}

ExprNode* TreeParser::parse_conjunction() {
  const Token* first = token_;
  ExprNode* left = PARSE(parse_inversion());
  if (!at(T::And)) return left;
  List values(*this);
  values.push(left);
  while (accept(T::And)) values.push(PARSE(parse_inversion()));
  auto* node = make<BoolOp>(first);
  node->op = BoolOperator::And;
  node->values = values.take<ExprNode>();
  return node;
}

ExprNode* TreeParser::parse_inversion() {
  if (!at(T::Not)) return parse_comparison();
  Depth depth(*this, 1);
  if (!depth.is_fine()) return nullptr;
  const Token* first = token_++;
  ExprNode* operand = PARSE(parse_inversion());
  auto* node = make<UnaryOp>(first);
  node->op = UnaryOperator::Not;
  node->operand = operand;
  return node;
}

bool TreeParser::accept_comparison(CompareOperator* op) {
  switch (type()) {
    case T::DoubleEqual: *op = CompareOperator::Eq; break;
    case T::NotEqual:
      // "<>" is for those who imported barry_as_FLUFL; for them it is the only one.
      if ((token_->start[0] == '<') != session_.options().barry_as_bdfl) return false;
      *op = CompareOperator::NotEq;
      break;
    case T::Less: *op = CompareOperator::Lt; break;
    case T::LessEqual: *op = CompareOperator::LtE; break;
    case T::Greater: *op = CompareOperator::Gt; break;
    case T::GreaterEqual: *op = CompareOperator::GtE; break;
    case T::In: *op = CompareOperator::In; break;
    case T::Not:
      if (token_[1].type != T::In) return false;
      ++token_;
      *op = CompareOperator::NotIn;
      break;
    case T::Is:
      *op = CompareOperator::Is;
      if (token_[1].type == T::Not) {
        ++token_;
        *op = CompareOperator::IsNot;
      }
      break;
    default: return false;
  }
  ++token_;
  return true;
}

ExprNode* TreeParser::parse_comparison() {
  const Token* first = token_;
  ExprNode* left = PARSE(parse_binary(1));
  CompareOperator op;
  if (!accept_comparison(&op)) return left;
  List comparators(*this);
  Buffer<CompareOperator> more;
  CompareOperator first_op = op;
  comparators.push(PARSE(parse_binary(1)));
  while (accept_comparison(&op)) {
    more.push(op);
    comparators.push(PARSE(parse_binary(1)));
  }
  auto* node = make<Compare>(first);
  node->left = left;
  node->comparators = comparators.take<ExprNode>();
  auto* ops = static_cast<CompareOperator*>(arena_.allocate(more.size() + 1));
  ops[0] = first_op;
  for (size_t i = 0; i < more.size(); ++i) ops[i + 1] = more[i];
  node->ops = {ops, more.size() + 1};
  return node;
}

ExprNode* TreeParser::parse_binary(int precedence) {
  const Token* first = token_;
  ExprNode* left = PARSE(parse_factor());
  for (;;) {
    T operation = type();
    int strength = kPrecedence.of[static_cast<int>(operation)];
    if (strength == 0 || strength < precedence) return left;
    if (operation == T::At && session_.options().feature_version < 5) return nullptr;
    ++token_;
    ExprNode* right = PARSE(strength + 1 == kUnaryPrecedence ? parse_factor() : parse_binary(strength + 1));
    auto* node = make<BinOp>(first);
    node->left = left;
    node->op = operator_of(operation);
    node->right = right;
    left = node;
  }
}

ExprNode* TreeParser::parse_factor() {
  UnaryOperator op;
  switch (type()) {
    case T::Plus: op = UnaryOperator::UAdd; break;
    case T::Minus: op = UnaryOperator::USub; break;
    case T::Tilde: op = UnaryOperator::Invert; break;
    default: return parse_power();
  }
  Depth depth(*this, 1);
  if (!depth.is_fine()) return nullptr;
  const Token* first = token_++;
  ExprNode* operand = PARSE(parse_factor());
  auto* node = make<UnaryOp>(first);
  node->op = op;
  node->operand = operand;
  return node;
}

ExprNode* TreeParser::parse_power() {
  const Token* first = token_;
  ExprNode* base;
  if (accept(T::Await)) {
    if (session_.options().feature_version < 5) return nullptr;
    ExprNode* value = PARSE(parse_primary());
    auto* node = make<Await>(first);
    node->value = value;
    base = node;
  } else {
    base = PARSE(parse_primary());
  }
  if (!accept(T::DoubleStar)) return base;
  Depth depth(*this, 2);
  if (!depth.is_fine()) return nullptr;
  ExprNode* exponent = PARSE(parse_factor());
  auto* node = make<BinOp>(first);
  node->left = base;
  node->op = Operator::Pow;
  node->right = exponent;
  return node;
}

ExprNode* TreeParser::parse_primary() {
  const Token* first = token_;
  ExprNode* value = PARSE(parse_atom());
  return parse_trailers(first, value);
}

ExprNode* TreeParser::parse_trailers(const Token* first, ExprNode* value) {
  for (;;) {
    switch (type()) {
      case T::Dot: {
        if (token_[1].type != T::Name) return nullptr;
        token_ += 2;
        auto* node = make<Attribute>(first);
        node->value = value;
        node->attr = identifier(token_ - 1);
        value = node;
        break;
      }
      case T::LeftParen: value = PARSE(parse_call(first, value)); break;
      case T::LeftBracket: {
        Depth depth(*this, 25);
        ++token_;
        if (!depth.is_fine()) return nullptr;
        ExprNode* slice = PARSE(parse_slices());
        if (!accept(T::RightBracket)) return nullptr;
        auto* node = make<Subscript>(first);
        node->value = value;
        node->slice = slice;
        value = node;
        break;
      }
      default: return value;
    }
  }
}

}  // namespace viperine::syntax
