// SPDX-License-Identifier: MIT
// Compound statements: blocks, branches, loops, `with`, `try`, functions and classes.
// `match` is in tree_parser_patterns.cpp.
#include "syntax/tree_parser.h"

namespace viperine::syntax {

using namespace ast;

bool TreeParser::at_compound_statement() const {
  switch (type()) {
    case T::If:
    case T::For:
    case T::While:
    case T::Try:
    case T::With:
    case T::Def:
    case T::Class:
    case T::At:
    case T::Async: return true;
    default: return false;
  }
}

StmtNode* TreeParser::parse_compound_statement() {
  Depth depth(*this, 6);
  if (!depth.is_fine()) return nullptr;
  const Token* first = token_;
  switch (type()) {
    case T::If: return parse_if();
    case T::For: return parse_for<For>(first);
    case T::While: return parse_while();
    case T::Try: return parse_try();
    case T::With: return parse_with<With>(first);
    case T::Def: return parse_function<FunctionDef>(first, {});
    case T::Class: return parse_class({});
    case T::At: return parse_decorated();
    case T::Async:
      ++token_;
      if (session_.options().feature_version < 5) return nullptr;
      if (at(T::Def)) return parse_function<AsyncFunctionDef>(first, {});
      if (at(T::For)) return parse_for<AsyncFor>(first);
      if (at(T::With)) return parse_with<AsyncWith>(first);
      return nullptr;
    default: return nullptr;
  }
}

/// After the colon.
bool TreeParser::parse_block(std::span<StmtNode*>* body) {
  List statements(*this);
  if (accept(T::Newline)) {
    if (!accept(T::Indent)) return false;
    while (!at(T::Dedent))
      if (!parse_statements(statements)) return false;
    ++token_;
  } else if (!parse_simple_statements(statements)) {
    return false;
  }
  *body = statements.take<StmtNode>();
  return true;
}

bool TreeParser::parse_else(std::span<StmtNode*>* body) {
  if (!accept(T::Else)) return true;
  return accept(T::Colon) && parse_block(body);
}

/// At `if` or `elif`.
StmtNode* TreeParser::parse_if() {
  Depth depth(*this, 1);
  if (!depth.is_fine()) return nullptr;
  const Token* first = token_++;
  ExprNode* test = PARSE(parse_named_expression());
  std::span<StmtNode*> body, orelse;
  if (!accept(T::Colon) || !parse_block(&body)) return nullptr;
  if (at(T::Elif)) {
    StmtNode* branch = PARSE(parse_if());
    orelse = arena_.copy<StmtNode*>({&branch, 1});
  } else if (!parse_else(&orelse)) {
    return nullptr;
  }
  auto* node = make<If>(first);
  node->test = test;
  node->body = body;
  node->orelse = orelse;
  return node;
}

StmtNode* TreeParser::parse_while() {
  const Token* first = token_++;
  ExprNode* test = PARSE(parse_named_expression());
  std::span<StmtNode*> body, orelse;
  if (!accept(T::Colon) || !parse_block(&body) || !parse_else(&orelse)) return nullptr;
  auto* node = make<While>(first);
  node->test = test;
  node->body = body;
  node->orelse = orelse;
  return node;
}

/// At `for`; `first` may be the `async` before it.
template <typename N>
StmtNode* TreeParser::parse_for(const Token* first) {
  ++token_;
  ExprNode* target = PARSE(parse_star_targets());
  if (!accept(T::In)) return nullptr;
  ExprNode* iterable = PARSE(parse_star_expressions());
  if (!accept(T::Colon)) return nullptr;
  std::string_view comment;
  take_type_comment(&comment);
  std::span<StmtNode*> body, orelse;
  if (!parse_block(&body) || !parse_else(&orelse)) return nullptr;
  auto* node = make<N>(first);
  node->target = target;
  node->iter = iterable;
  node->body = body;
  node->orelse = orelse;
  node->type_comment = comment;
  return node;
}

/// Items separated by commas; inside parentheses a comma may end them.
bool TreeParser::parse_with_items(List& items, bool parenthesized) {
  do {
    if (parenthesized && items.size() && at(T::RightParen)) return true;
    auto* item = make_node<WithItem>(arena_);
    item->context_expr = PARSE(parse_expression());
    if (accept(T::As)) {
      item->optional_vars = PARSE(parse_star_target());
      if (!at(T::Comma) && !at(T::RightParen) && !at(T::Colon)) return false;
    }
    items.push(item);
  } while (accept(T::Comma));
  return true;
}

template <typename N>
StmtNode* TreeParser::parse_with(const Token* first) {
  ++token_;
  List items(*this);
  bool done = false;
  if (at(T::LeftParen)) {
    // Parenthesised items, unless what follows shows that the parentheses belong to the first item.
    Mark start = mark();
    size_t base = scratch_.size();
    ++token_;
    done = parse_with_items(items, true) && accept(T::RightParen) && at(T::Colon);
    if (done && session_.options().feature_version < 9) return nullptr;
    if (!done) {
      reset(start);
      scratch_.truncate(base);
    }
  }
  if (!done && !parse_with_items(items, false)) return nullptr;
  if (!accept(T::Colon)) return nullptr;
  std::string_view comment;
  take_type_comment(&comment);
  std::span<StmtNode*> body;
  if (!parse_block(&body)) return nullptr;
  auto* node = make<N>(first);
  node->items = items.take<WithItem>();
  node->body = body;
  node->type_comment = comment;
  return node;
}

ExceptHandlerNode* TreeParser::parse_except(bool is_star) {
  const Token* first = token_++;
  if (is_star) ++token_;
  ExprNode* type = nullptr;
  std::string_view name;
  if (is_star || !at(T::Colon)) {
    type = PARSE(parse_expression());
    if (accept(T::As)) {
      if (!at(T::Name)) return nullptr;
      name = identifier(token_++);
    }
  }
  std::span<StmtNode*> body;
  if (!accept(T::Colon) || !parse_block(&body)) return nullptr;
  auto* node = make<ExceptHandler>(first);
  node->type = type;
  node->name = name;
  node->body = body;
  return node;
}

StmtNode* TreeParser::parse_try() {
  const Token* first = token_++;
  std::span<StmtNode*> body, orelse, finalbody;
  if (!accept(T::Colon) || !parse_block(&body)) return nullptr;
  List handlers(*this);
  bool is_star = at(T::Except) && token_[1].type == T::Star;
  if (is_star && session_.options().feature_version < 11) return nullptr;
  while (at(T::Except)) {
    if ((token_[1].type == T::Star) != is_star) return nullptr;
    handlers.push(PARSE(parse_except(is_star)));
  }
  if (handlers.size() && !parse_else(&orelse)) return nullptr;
  if (accept(T::Finally)) {
    if (!accept(T::Colon) || !parse_block(&finalbody)) return nullptr;
  } else if (!handlers.size()) {
    return nullptr;
  }
  auto fill = [&](auto* node) {
    node->body = body;
    node->handlers = handlers.take<ExceptHandlerNode>();
    node->orelse = orelse;
    node->finalbody = finalbody;
    return node;
  };
  if (is_star) return fill(make<TryStar>(first));
  return fill(make<Try>(first));
}

StmtNode* TreeParser::parse_decorated() {
  List decorators(*this);
  while (accept(T::At)) {
    decorators.push(PARSE(parse_named_expression()));
    if (!accept(T::Newline)) return nullptr;
  }
  const Token* first = token_;
  if (at(T::Class)) return parse_class(decorators.take<ExprNode>());
  if (at(T::Def)) return parse_function<FunctionDef>(first, decorators.take<ExprNode>());
  if (!accept(T::Async) || !at(T::Def)) return nullptr;
  return parse_function<AsyncFunctionDef>(first, decorators.take<ExprNode>());
}

/// At `def`; `first` may be the `async` before it.
template <typename N>
StmtNode* TreeParser::parse_function(const Token* first, std::span<ExprNode*> decorators) {
  const Token* name = ++token_;
  if (!accept(T::Name) || !accept(T::LeftParen)) return nullptr;
  Arguments* arguments = PARSE(parse_parameters(ParameterStyle::Function));
  if (!accept(T::RightParen)) return nullptr;
  ExprNode* returns = nullptr;
  if (accept(T::Arrow)) returns = PARSE(parse_expression());
  if (!accept(T::Colon)) return nullptr;
  std::string_view comment;
  if (!take_type_comment(&comment) && at(T::Newline) && token_[1].type == T::TypeComment &&
      token_[2].type == T::Newline && token_[3].type == T::Indent) {
    ++token_;
    take_type_comment(&comment);
  }
  std::span<StmtNode*> body;
  if (!parse_block(&body)) return nullptr;
  auto* node = make<N>(first);
  node->name = identifier(name);
  node->args = arguments;
  node->body = body;
  node->decorator_list = decorators;
  node->returns = returns;
  node->type_comment = comment;
  return node;
}

StmtNode* TreeParser::parse_class(std::span<ExprNode*> decorators) {
  const Token* first = token_++;
  const Token* name = token_;
  if (!accept(T::Name)) return nullptr;
  CallArguments arguments;
  if (accept(T::LeftParen) && (!parse_arguments(&arguments) || !accept(T::RightParen))) return nullptr;
  std::span<StmtNode*> body;
  if (!accept(T::Colon) || !parse_block(&body)) return nullptr;
  auto* node = make<ClassDef>(first);
  node->name = identifier(name);
  node->bases = arguments.positional;
  node->keywords = arguments.keywords;
  node->body = body;
  node->decorator_list = decorators;
  return node;
}

}  // namespace viperine::syntax
