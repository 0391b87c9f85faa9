// SPDX-License-Identifier: MIT
// Entries of the tree parser: modules, interactive statements, expressions, function types; warnings of its strings.
// What each construct looks like is in the tree_parser_*.cpp files beside this one.
#include "syntax/tree_parser.h"

namespace viperine::syntax {

using namespace ast;

namespace {

/// Rule levels from the module to an atom of one of its statements, as CPython counts them.
constexpr int kLevelsOfModule = 30;

}  // namespace

void TreeParser::read_tokens() {
  Token before{};  // set_end may look at what stands before the first token
  before.type = T::Unknown;
  tokens_.reserve(64);
  tokens_.push(before);
  bool ended = false;
  for (;;) {
    Token token;
    if (!reader_.read(&token)) {
      tokens_.push(token);
      break;
    }
    tokens_.push(token);
    if (token.type == T::EndMarker) break;
    // Interactive input gets a newline at its end, and dedents, and only then its end marker.
    if (ended && token.type == T::EndMarker) break;
    ended = token.start == nullptr;
  }
  token_ = tokens_.data() + 1;
  session_.clear_error();  // an Error token says enough here
}

ModNode* TreeParser::parse_module() {
  read_tokens();
  switch (reader_.mode()) {
    case ParseMode::Exec: return parse_file();
    case ParseMode::Single: return parse_interactive();
    case ParseMode::Eval: return parse_eval();
    case ParseMode::FunctionType: return parse_function_type();
  }
  return nullptr;
}

ModNode* TreeParser::parse_file() {
  Depth depth(*this, kLevelsOfModule);
  List statements(*this);
  while (!at(T::EndMarker))
    if (!parse_statements(statements)) return nullptr;
  auto* module = make_node<Module>(arena_);
  module->body = statements.take<StmtNode>();
  List ignores(*this);
  for (size_t i = 0; i < reader_.type_ignores().size(); ++i) {
    auto* ignore = make_node<TypeIgnore>(arena_);
    ignore->lineno = reader_.type_ignores()[i].lineno;
    ignore->tag = reader_.type_ignores()[i].tag;
    ignores.push(ignore);
  }
  module->type_ignores = ignores.take<TypeIgnoreNode>();
  return module;
}

ModNode* TreeParser::parse_interactive() {
  Depth depth(*this, kLevelsOfModule);
  List statements(*this);
  if (at(T::Newline)) {
    ++token_;
    auto* pass = make<Pass>(token_ - 1);
    pass->end_lineno = token_[-1].end_lineno;
    pass->end_col_offset = token_[-1].end_col_offset;
    statements.push(pass);
  } else {
    Mark start = mark();
    StmtNode* statement = nullptr;
    if (at_compound_statement())
      statement = PARSE(parse_compound_statement());
    else if (may_start_match())
      statement = parse_match();
    if (statement) {
      if (!accept(T::Newline)) return nullptr;
      statements.push(statement);
    } else {
      reset(start);
      if (!parse_simple_statements(statements)) return nullptr;
    }
  }
  auto* module = make_node<Interactive>(arena_);
  module->body = statements.take<StmtNode>();
  return module;
}

const char* TreeParser::rest_of_source() const {
  const Token& last = token_[-1];
  if (!last.start) return nullptr;
  const char* end = last.start + last.length;
  return last.type == T::Newline && *end == '\n' ? end + 1 : end;
}

ModNode* TreeParser::parse_eval() {
  Depth depth(*this, kLevelsOfModule);
  const Token* first = token_;
  ExprNode* body = PARSE(parse_expression());
  if (at(T::Comma)) {
    List items(*this);
    items.push(body);
    while (accept(T::Comma)) {
      if (!starts_expression()) break;
      items.push(PARSE(parse_expression()));
    }
    auto* tuple = make<Tuple>(first);
    tuple->elts = items.take<ExprNode>();
    body = tuple;
  }
  while (accept(T::Newline)) {
  }
  if (!at(T::EndMarker)) return nullptr;
  auto* module = make_node<Expression>(arena_);
  module->body = body;
  return module;
}

ModNode* TreeParser::parse_function_type() {
  Depth depth(*this, kLevelsOfModule);
  if (!accept(T::LeftParen)) return nullptr;
  List types(*this);
  bool saw_star = false, saw_double_star = false;
  while (!at(T::RightParen)) {
    if (accept(T::Star)) {
      if (saw_star || saw_double_star) return nullptr;
      saw_star = true;
    } else if (accept(T::DoubleStar)) {
      if (saw_double_star) return nullptr;
      saw_double_star = true;
    } else if (saw_star || saw_double_star) {
      return nullptr;
    }
    types.push(PARSE(parse_expression()));
    if (at(T::RightParen)) break;
    if (!accept(T::Comma) || at(T::RightParen)) return nullptr;
  }
  ++token_;
  if (!accept(T::Arrow)) return nullptr;
  ExprNode* returns = PARSE(parse_expression());
  while (accept(T::Newline)) {
  }
  if (!at(T::EndMarker)) return nullptr;
  auto* type = make_node<FunctionType>(arena_);
  type->argtypes = types.take<ExprNode>();
  type->returns = returns;
  return type;
}

/// The rule is star_expressions; what may follow it ("(a) b") is no concern of the f-string.
ExprNode* TreeParser::parse_fstring_expression() {
  read_tokens();
  return parse_star_expressions();
}

ExprNode* TreeParser::parse_embedded(std::string_view text, const ReaderPlace& place) {
  TreeParser parser(session_, text, ParseMode::Eval, place);
  ExprNode* expression = parser.parse_fstring_expression();
  too_deep_ |= parser.too_deep_;
  return expression;
}

void TreeParser::warn_invalid_escape(const Token& token, std::string_view sequence) {
  Warning warning;
  warning.message = invalid_escape_message(session_, sequence);
  warning.lineno = token.lineno;
  Diagnostic& error = warning.as_error;
  error.message = warning.message;
  error.lineno = token.lineno;
  error.offset = token.col_offset + 1;
  error.end_lineno = token.end_lineno;
  error.end_offset = token.end_col_offset + 1;
  const char* line = token.start;
  while (line > reader_.tokenizer().text() && line[-1] != '\n') --line;
  const char* end = line;
  while (*end && *end != '\n') ++end;
  if (*end && token.lineno == token.end_lineno) ++end;
  error.has_line_text = true;
  error.line_text = replace_undecodable(arena_, {line, static_cast<size_t>(end - line)});
  session_.warnings().push(warning);
}

bool TreeParser::take_type_comment(std::string_view* comment) {
  if (!at(T::TypeComment)) return false;
  *comment = token_->text();
  ++token_;
  return true;
}

}  // namespace viperine::syntax
