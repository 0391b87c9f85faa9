// SPDX-License-Identifier: MIT
// Simple statements, and the targets of assignments, loops and `del`.
// Compound statements are in tree_parser_blocks.cpp.
#include "syntax/tree_parser.h"

namespace viperine::syntax {

using namespace ast;

bool TreeParser::make_star_targets(std::span<ExprNode*> targets) {
  for (ExprNode* target : targets)
    if (!make_star_target(target)) return false;
  return true;
}

/// Turns an expression that was read for its value into one to assign to; false if it cannot be.
bool TreeParser::make_star_target(ExprNode* target) {
  switch (target->kind) {
    case NodeKind::Name: cast<Name>(target)->ctx = ExprContext::Store; return true;
    case NodeKind::Attribute: cast<Attribute>(target)->ctx = ExprContext::Store; return true;
    case NodeKind::Subscript: cast<Subscript>(target)->ctx = ExprContext::Store; return true;
    case NodeKind::Starred: {
      auto* starred = cast<Starred>(target);
      starred->ctx = ExprContext::Store;
      return starred->value->kind != NodeKind::Starred && make_star_target(starred->value);
    }
    case NodeKind::List: {
      auto* list = cast<ast::List>(target);
      list->ctx = ExprContext::Store;
      return make_star_targets(list->elts);
    }
    case NodeKind::Tuple: {
      auto* tuple = cast<Tuple>(target);
      tuple->ctx = ExprContext::Store;
      return make_star_targets(tuple->elts);
    }
    default: return false;
  }
}

bool TreeParser::make_delete_target(ExprNode* target) {
  std::span<ExprNode*> parts;
  switch (target->kind) {
    case NodeKind::Name: cast<Name>(target)->ctx = ExprContext::Del; return true;
    case NodeKind::Attribute: cast<Attribute>(target)->ctx = ExprContext::Del; return true;
    case NodeKind::Subscript: cast<Subscript>(target)->ctx = ExprContext::Del; return true;
    case NodeKind::List:
      cast<ast::List>(target)->ctx = ExprContext::Del;
      parts = cast<ast::List>(target)->elts;
      break;
    case NodeKind::Tuple:
      cast<Tuple>(target)->ctx = ExprContext::Del;
      parts = cast<Tuple>(target)->elts;
      break;
    default: return false;
  }
  for (ExprNode* part : parts)
    if (!make_delete_target(part)) return false;
  return true;
}

ExprNode* TreeParser::parse_star_target() {
  const Token* first = token_;
  if (accept(T::Star)) {
    if (at(T::Star)) return nullptr;
    ExprNode* value = PARSE(parse_primary());
    if (!make_star_target(value)) return nullptr;
    auto* node = make<Starred>(first);
    node->value = value;
    node->ctx = ExprContext::Store;
    return node;
  }
  ExprNode* target = PARSE(parse_primary());
  return make_star_target(target) ? target : nullptr;
}

/// What `for` assigns to: ends before `in`.
ExprNode* TreeParser::parse_star_targets() {
  const Token* first = token_;
  ExprNode* target = PARSE(parse_star_target());
  if (!at(T::Comma)) return target;
  List targets(*this);
  targets.push(target);
  while (accept(T::Comma)) {
    if (!starts_expression() && !at(T::Star)) break;
    targets.push(PARSE(parse_star_target()));
  }
  auto* tuple = make<Tuple>(first);
  tuple->elts = targets.take<ExprNode>();
  tuple->ctx = ExprContext::Store;
  return tuple;
}

/// One statement, or one line of simple statements.
bool TreeParser::parse_statements(List& statements) {
  if (at_compound_statement()) {
    statements.push(PARSE(parse_compound_statement()));
    return true;
  }
  if (may_start_match()) {
    Mark start = mark();
    if (StmtNode* statement = parse_match()) {
      statements.push(statement);
      return true;
    }
    reset(start);
  }
  return parse_simple_statements(statements);
}

bool TreeParser::parse_simple_statements(List& statements) {
  do {
    if (statements.size() && at(T::Newline) && token_[-1].type == T::Semicolon) break;
    statements.push(PARSE(parse_simple_statement()));
  } while (accept(T::Semicolon));
  return accept(T::Newline);
}

StmtNode* TreeParser::parse_simple_statement() {
  switch (type()) {
    case T::Return: return parse_return();
    case T::Import: return parse_import();
    case T::From: return parse_from_import();
    case T::Raise: return parse_raise();
    case T::Pass: return parse_word_statement<Pass>();
    case T::Break: return parse_word_statement<Break>();
    case T::Continue: return parse_word_statement<Continue>();
    case T::Del: return parse_delete();
    case T::Assert: return parse_assert();
    case T::Global: return parse_names_statement<Global>();
    case T::Nonlocal: return parse_names_statement<Nonlocal>();
    default: return parse_expression_statement();
  }
}

template <typename N>
StmtNode* TreeParser::parse_word_statement() {
  ++token_;
  return make<N>(token_ - 1);
}

template <typename N>
StmtNode* TreeParser::parse_names_statement() {
  const Token* first = token_;
  Buffer<std::string_view> names;
  do {
    ++token_;
    if (!at(T::Name)) return nullptr;
    names.push(identifier(token_++));
  } while (at(T::Comma));
  auto* node = make<N>(first);
  node->names = arena_.copy<std::string_view>({names.data(), names.size()});
  return node;
}

StmtNode* TreeParser::parse_expression_statement() {
  const Token* first = token_;
  ExprNode* value = PARSE(parse_yield_or_star_expressions());
  switch (type()) {
    case T::Newline:
    case T::Semicolon: break;
    case T::Equal: return parse_assignment(first, value);
    case T::Colon: return parse_annotated_assignment(first, value);
    default:
      if (type() >= T::PlusEqual && type() <= T::DoubleSlashEqual) return parse_augmented_assignment(first, value);
      break;
  }
  auto* node = make<Expr>(first);
  node->value = value;
  return node;
}

StmtNode* TreeParser::parse_assignment(const Token* first, ExprNode* value) {
  List targets(*this);
  while (accept(T::Equal)) {
    if (!make_star_target(value)) return nullptr;
    targets.push(value);
    value = PARSE(parse_yield_or_star_expressions());
  }
  std::string_view comment;
  take_type_comment(&comment);
  auto* node = make<Assign>(first);
  node->targets = targets.take<ExprNode>();
  node->value = value;
  node->type_comment = comment;
  return node;
}

namespace {

bool is_single_target(const ExprNode* target) {
  return target->kind == NodeKind::Name || target->kind == NodeKind::Attribute || target->kind == NodeKind::Subscript;
}

}  // namespace

StmtNode* TreeParser::parse_annotated_assignment(const Token* first, ExprNode* target) {
  if (!is_single_target(target) || session_.options().feature_version < 6) return nullptr;
  make_star_target(target);
  ++token_;
  ExprNode* annotation = PARSE(parse_expression());
  ExprNode* value = nullptr;
  if (accept(T::Equal)) value = PARSE(parse_yield_or_star_expressions());
  auto* node = make<AnnAssign>(first);
  node->target = target;
  node->annotation = annotation;
  node->value = value;
  node->simple = target->kind == NodeKind::Name && first->type == T::Name;
  return node;
}

StmtNode* TreeParser::parse_augmented_assignment(const Token* first, ExprNode* target) {
  if (!is_single_target(target)) return nullptr;
  make_star_target(target);
  int operation = static_cast<int>(type()) - static_cast<int>(T::PlusEqual);
  if (at(T::AtEqual) && session_.options().feature_version < 5) return nullptr;
  ++token_;
  ExprNode* value = PARSE(parse_yield_or_star_expressions());
  auto* node = make<AugAssign>(first);
  node->target = target;
  node->op = static_cast<Operator>(operation);
  node->value = value;
  return node;
}

StmtNode* TreeParser::parse_return() {
  const Token* first = token_++;
  ExprNode* value = nullptr;
  if (!at(T::Newline) && !at(T::Semicolon)) value = PARSE(parse_star_expressions());
  auto* node = make<Return>(first);
  node->value = value;
  return node;
}

StmtNode* TreeParser::parse_raise() {
  const Token* first = token_++;
  ExprNode* exception = nullptr;
  ExprNode* cause = nullptr;
  if (!at(T::Newline) && !at(T::Semicolon)) {
    exception = PARSE(parse_expression());
    if (accept(T::From)) cause = PARSE(parse_expression());
  }
  auto* node = make<Raise>(first);
  node->exc = exception;
  node->cause = cause;
  return node;
}

StmtNode* TreeParser::parse_delete() {
  const Token* first = token_++;
  List targets(*this);
  do {
    if (targets.size() && (at(T::Newline) || at(T::Semicolon))) break;
    ExprNode* target = PARSE(parse_primary());
    if (!make_delete_target(target)) return nullptr;
    targets.push(target);
  } while (accept(T::Comma));
  if (!at(T::Newline) && !at(T::Semicolon)) return nullptr;
  auto* node = make<Delete>(first);
  node->targets = targets.take<ExprNode>();
  return node;
}

StmtNode* TreeParser::parse_assert() {
  const Token* first = token_++;
  ExprNode* test = PARSE(parse_expression());
  ExprNode* message = nullptr;
  if (accept(T::Comma)) message = PARSE(parse_expression());
  auto* node = make<Assert>(first);
  node->test = test;
  node->msg = message;
  return node;
}

bool TreeParser::parse_dotted_name(std::string_view* name) {
  if (!at(T::Name)) return false;
  *name = identifier(token_++);
  if (!at(T::Dot)) return true;
  Buffer<char> text;
  auto append = [&](std::string_view part) {
    for (char c : part) text.push(c);
  };
  append(*name);
  while (accept(T::Dot)) {
    if (!at(T::Name)) return false;
    text.push('.');
    append(identifier(token_++));
  }
  *name = session_.identifier(arena_.copy(std::string_view(text.data(), text.size())));
  return true;
}

StmtNode* TreeParser::parse_import() {
  const Token* first = token_;
  List aliases(*this);
  do {
    const Token* start = ++token_;
    std::string_view name, as_name;
    if (!parse_dotted_name(&name)) return nullptr;
    if (accept(T::As)) {
      if (!at(T::Name)) return nullptr;
      as_name = identifier(token_++);
    }
    auto* alias = make<Alias>(start);
    alias->name = name;
    alias->asname = as_name;
    aliases.push(alias);
  } while (at(T::Comma));
  auto* node = make<Import>(first);
  node->names = aliases.take<Alias>();
  return node;
}

StmtNode* TreeParser::parse_from_import() {
  const Token* first = token_++;
  int level = 0;
  for (; at(T::Dot) || at(T::Ellipsis); ++token_) level += at(T::Dot) ? 1 : 3;
  std::string_view module;
  if (!(level && at(T::Import)) && !parse_dotted_name(&module)) return nullptr;
  if (!accept(T::Import)) return nullptr;
  List aliases(*this);
  if (at(T::Star)) {
    ++token_;
    auto* alias = make<Alias>(token_ - 1);
    alias->name = session_.identifier("*");
    aliases.push(alias);
  } else if (accept(T::LeftParen)) {
    if (!parse_import_names(aliases) || !accept(T::RightParen)) return nullptr;
  } else if (!parse_import_names(aliases) || token_[-1].type == T::Comma) {
    return nullptr;
  }
  auto* node = make<ImportFrom>(first);
  node->module = module;
  node->names = aliases.take<Alias>();
  node->level = level;
  return node;
}

/// One name at least; a comma may stand at the end.
bool TreeParser::parse_import_names(List& aliases) {
  do {
    if (!at(T::Name)) return aliases.size() != 0;
    const Token* start = token_++;
    std::string_view as_name;
    if (accept(T::As)) {
      if (!at(T::Name)) return false;
      as_name = identifier(token_++);
    }
    auto* alias = make<Alias>(start);
    alias->name = identifier(start);
    alias->asname = as_name;
    aliases.push(alias);
  } while (accept(T::Comma));
  return true;
}

}  // namespace viperine::syntax
