// SPDX-License-Identifier: MIT
// The match statement and its patterns.
// `match` and `case` are ordinary names elsewhere: a match statement is tried, and given up when it does not fit.
#include "syntax/literals.h"
#include "syntax/tree_parser.h"

namespace viperine::syntax {

using namespace ast;

bool TreeParser::may_start_match() const {
  if (!at_word("match")) return false;
  switch (token_[1].type) {
    case T::Name:
    case T::Number:
    case T::String:
    case T::LeftParen:
    case T::LeftBracket:
    case T::LeftBrace:
    case T::Minus:
    case T::Plus:
    case T::Star:
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

StmtNode* TreeParser::parse_match() {
  const Token* first = token_++;
  ExprNode* subject = PARSE(parse_subject());
  if (session_.options().feature_version < 10) return nullptr;
  if (!accept(T::Colon) || !accept(T::Newline) || !accept(T::Indent)) return nullptr;
  List cases(*this);
  while (at_word("case")) cases.push(PARSE(parse_case()));
  if (!cases.size() || !accept(T::Dedent)) return nullptr;
  auto* node = make<Match>(first);
  node->subject = subject;
  node->cases = cases.take<MatchCase>();
  return node;
}

ExprNode* TreeParser::parse_subject() {
  const Token* first = token_;
  ExprNode* value = PARSE(parse_star_named_expression());
  if (!at(T::Comma)) return value->kind == NodeKind::Starred ? nullptr : value;
  List items(*this);
  items.push(value);
  while (accept(T::Comma)) {
    if (at(T::Colon)) break;
    items.push(PARSE(parse_star_named_expression()));
  }
  auto* tuple = make<Tuple>(first);
  tuple->elts = items.take<ExprNode>();
  return tuple;
}

MatchCase* TreeParser::parse_case() {
  ++token_;
  auto* node = make_node<MatchCase>(arena_);
  node->pattern = PARSE(parse_patterns());
  if (accept(T::If)) node->guard = PARSE(parse_named_expression());
  if (!accept(T::Colon) || !parse_block(&node->body)) return nullptr;
  return node;
}

/// A pattern, or an open sequence of them.
PatternNode* TreeParser::parse_patterns() {
  const Token* first = token_;
  PatternNode* pattern = PARSE(parse_maybe_star_pattern());
  if (!at(T::Comma)) return pattern->kind == NodeKind::MatchStar ? nullptr : pattern;
  List patterns(*this);
  patterns.push(pattern);
  while (accept(T::Comma)) {
    if (at(T::Colon) || at(T::If)) break;
    patterns.push(PARSE(parse_maybe_star_pattern()));
  }
  auto* node = make<MatchSequence>(first);
  node->patterns = patterns.take<PatternNode>();
  return node;
}

PatternNode* TreeParser::parse_maybe_star_pattern() {
  if (!at(T::Star)) return parse_pattern();
  const Token* first = token_++;
  std::string_view name;
  if (at_word("_"))
    ++token_;
  else if (!parse_capture_name(&name))
    return nullptr;
  auto* node = make<MatchStar>(first);
  node->name = name;
  return node;
}

bool TreeParser::parse_capture_name(std::string_view* name) {
  if (!at(T::Name) || at_word("_")) return false;
  T next = token_[1].type;
  if (next == T::Dot || next == T::LeftParen || next == T::Equal) return false;
  *name = identifier(token_++);
  return true;
}

PatternNode* TreeParser::parse_pattern() {
  const Token* first = token_;
  PatternNode* pattern = PARSE(parse_or_pattern());
  if (!accept(T::As)) return pattern;
  std::string_view name;
  if (!parse_capture_name(&name)) return nullptr;
  auto* node = make<MatchAs>(first);
  node->pattern = pattern;
  node->name = name;
  return node;
}

PatternNode* TreeParser::parse_or_pattern() {
  const Token* first = token_;
  PatternNode* pattern = PARSE(parse_closed_pattern());
  if (!at(T::VerticalBar)) return pattern;
  List patterns(*this);
  patterns.push(pattern);
  while (accept(T::VerticalBar)) patterns.push(PARSE(parse_closed_pattern()));
  auto* node = make<MatchOr>(first);
  node->patterns = patterns.take<PatternNode>();
  return node;
}

PatternNode* TreeParser::parse_closed_pattern() {
  switch (type()) {
    case T::Name: return parse_name_pattern();
    case T::LeftParen:
    case T::LeftBracket: return parse_sequence_or_group();
    case T::LeftBrace: return parse_mapping();
    default: return parse_literal_pattern();
  }
}

PatternNode* TreeParser::parse_literal_pattern() {
  const Token* first = token_;
  if (at(T::None) || at(T::True) || at(T::False)) {
    ConstantKind kind = at(T::None) ? ConstantKind::None : at(T::True) ? ConstantKind::True : ConstantKind::False;
    ++token_;
    auto* node = make<MatchSingleton>(first);
    node->value.kind = kind;
    return node;
  }
  ExprNode* value = PARSE(at(T::String) ? parse_atom() : parse_number_literal());
  auto* node = make<MatchValue>(first);
  node->value = value;
  return node;
}

ExprNode* TreeParser::parse_signed_number() {
  const Token* first = token_;
  bool negative = accept(T::Minus);
  if (!at(T::Number)) return nullptr;
  ExprNode* number = PARSE(parse_number());
  if (!negative) return number;
  auto* node = make<UnaryOp>(first);
  node->op = UnaryOperator::USub;
  node->operand = number;
  return node;
}

/// A number, maybe negative, maybe plus or minus an imaginary number.
ExprNode* TreeParser::parse_number_literal() {
  const Token* first = token_;
  ExprNode* left = PARSE(parse_signed_number());
  if (!at(T::Plus) && !at(T::Minus)) return left;
  auto is_complex = [](const ExprNode* number) {
    return cast<Constant>(number)->value.kind == ConstantKind::Complex;
  };
  const ExprNode* real = left->kind == NodeKind::UnaryOp ? cast<UnaryOp>(left)->operand : left;
  if (is_complex(real)) return nullptr;
  Operator op = at(T::Plus) ? Operator::Add : Operator::Sub;
  ++token_;
  if (!at(T::Number)) return nullptr;
  ExprNode* right = PARSE(parse_number());
  if (!is_complex(right)) return nullptr;
  auto* node = make<BinOp>(first);
  node->left = left;
  node->op = op;
  node->right = right;
  return node;
}

/// At a name that a dot follows.
ExprNode* TreeParser::parse_dotted_value(const Token* first) {
  ExprNode* value = parse_name();
  while (accept(T::Dot)) {
    if (!at(T::Name)) return nullptr;
    ++token_;
    auto* node = make<Attribute>(first);
    node->value = value;
    node->attr = identifier(token_ - 1);
    value = node;
  }
  return value;
}

PatternNode* TreeParser::parse_name_pattern() {
  const Token* first = token_;
  if (at_word("_")) {
    ++token_;
    return make<MatchAs>(first);
  }
  std::string_view name;
  if (parse_capture_name(&name)) {
    auto* node = make<MatchAs>(first);
    node->name = name;
    return node;
  }
  ExprNode* value = PARSE(parse_dotted_value(first));
  if (at(T::LeftParen)) return parse_class_pattern(first, value);
  if (at(T::Equal) || value->kind == NodeKind::Name) return nullptr;
  auto* node = make<MatchValue>(first);
  node->value = value;
  return node;
}

PatternNode* TreeParser::parse_class_pattern(const Token* first, ExprNode* cls) {
  Depth depth(*this, 10);
  if (!depth.is_fine()) return nullptr;
  ++token_;
  List positional(*this);
  Buffer<std::string_view> names;
  Buffer<PatternNode*> values;
  while (!at(T::RightParen)) {
    if (at(T::Name) && token_[1].type == T::Equal) {
      names.push(identifier(token_));
      token_ += 2;
      values.push(PARSE(parse_pattern()));
    } else {
      if (names.size()) return nullptr;
      positional.push(PARSE(parse_pattern()));
    }
    if (!accept(T::Comma) && !at(T::RightParen)) return nullptr;
  }
  ++token_;
  auto* node = make<MatchClass>(first);
  node->cls = cls;
  node->patterns = positional.take<PatternNode>();
  node->kwd_attrs = arena_.copy<std::string_view>({names.data(), names.size()});
  node->kwd_patterns = arena_.copy<PatternNode*>({values.data(), values.size()});
  return node;
}

bool TreeParser::parse_pattern_list(List& patterns, T closing, bool* has_comma) {
  while (!at(closing)) {
    patterns.push(PARSE(parse_maybe_star_pattern()));
    if (!accept(T::Comma)) return at(closing);
    *has_comma = true;
  }
  return true;
}

PatternNode* TreeParser::parse_sequence_or_group() {
  Depth depth(*this, 12);
  if (!depth.is_fine()) return nullptr;
  const Token* first = token_++;
  bool brackets = first->type == T::LeftBracket;
  T closing = brackets ? T::RightBracket : T::RightParen;
  List patterns(*this);
  bool has_comma = false;
  if (!parse_pattern_list(patterns, closing, &has_comma)) return nullptr;
  ++token_;
  std::span<PatternNode*> items = patterns.take<PatternNode>();
  if (!brackets && items.size() == 1 && !has_comma) {
    return items[0]->kind == NodeKind::MatchStar ? nullptr : items[0];
  }
  auto* node = make<MatchSequence>(first);
  node->patterns = items;
  return node;
}

ExprNode* TreeParser::parse_mapping_key() {
  switch (type()) {
    case T::None: return parse_constant(ConstantKind::None);
    case T::True: return parse_constant(ConstantKind::True);
    case T::False: return parse_constant(ConstantKind::False);
    case T::String: return parse_atom();
    case T::Name: {
      if (token_[1].type != T::Dot) return nullptr;
      return parse_dotted_value(token_);
    }
    default: return parse_number_literal();
  }
}

PatternNode* TreeParser::parse_mapping() {
  Depth depth(*this, 12);
  if (!depth.is_fine()) return nullptr;
  const Token* first = token_++;
  List keys(*this);
  Buffer<PatternNode*> values;
  std::string_view rest;
  while (!at(T::RightBrace)) {
    if (accept(T::DoubleStar)) {
      if (!parse_capture_name(&rest)) return nullptr;
      accept(T::Comma);
      if (!at(T::RightBrace)) return nullptr;
      break;
    }
    keys.push(PARSE(parse_mapping_key()));
    if (!accept(T::Colon)) return nullptr;
    values.push(PARSE(parse_pattern()));
    if (!accept(T::Comma) && !at(T::RightBrace)) return nullptr;
  }
  ++token_;
  auto* node = make<MatchMapping>(first);
  node->keys = keys.take<ExprNode>();
  node->patterns = arena_.copy<PatternNode*>({values.data(), values.size()});
  node->rest = rest;
  return node;
}

}  // namespace viperine::syntax
