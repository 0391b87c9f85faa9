// SPDX-License-Identifier: MIT
// Runs the error grammar: ordered choice with memory for the rules that ask for it, left recursion by growing a seed.
// The order of token reads, the depth count and what is remembered follow CPython's generated parser, because all three
// show in the messages.
#include "syntax/error_finder.h"

#include "syntax/error_actions.h"
#include "syntax/tree_parser.h"

namespace viperine::syntax {

using grammar::Operation;
using grammar::Rule;
using grammar::Traits;

namespace {

Operation operation_of(uint16_t word) { return static_cast<Operation>(word & 255); }
int capture_of(uint16_t word) { return word >> 8; }

/// The words after the item that starts here.
const uint16_t* after_item(const uint16_t* words) {
  switch (operation_of(*words)) {
    case Operation::Token:
    case Operation::SoftKeyword:
    case Operation::Rule:
    case Operation::Force:
      return words + 2;
    case Operation::AnySoftKeyword:
    case Operation::Cut:
      return words + 1;
    case Operation::Group:
      return words + 2 + words[1];
    case Operation::Optional:
    case Operation::Star:
    case Operation::Plus:
    case Operation::And:
    case Operation::Not:
      return after_item(words + 1);
    case Operation::Gather:
      return after_item(words + 2);
    case Operation::End:
    case Operation::Alternative:
    case Operation::Action:
      break;
  }
  UNREACHABLE();
}

Rule start_rule(ParseMode mode) {
  switch (mode) {
    case ParseMode::Exec:
      return Rule::file_rule;
    case ParseMode::Eval:
      return Rule::eval_rule;
    case ParseMode::Single:
      return Rule::interactive_rule;
    case ParseMode::FunctionType:
      return Rule::func_type_rule;
  }
  return Rule::file_rule;
}

}  // namespace

ErrorFinder::~ErrorFinder() = default;

// ---- tokens

bool ErrorFinder::fill() {
  Token* token = arena_.make<Token>();
  bool good = reader_.read(token);
  tokens_.push(token);
  memos_.push(nullptr);
  pieces_.push(nullptr);
  if (good) return true;
  reader_.raise_tokenizer_error(*token);
  stop();
  return false;
}

/// The token at the mark, as a piece; the mark goes on.
Piece* ErrorFinder::take_token() {
  uint32_t place = mark_++;
  if (pieces_[place]) return pieces_[place];
  const Token* token = tokens_[place];
  Piece* piece = arena_.make<Piece>();
  piece->form = token->type == TokenType::Name ? Piece::Form::Node : Piece::Form::Token;
  piece->kind = ast::NodeKind::Name;
  piece->token = token;
  piece->lineno = token->lineno;
  piece->col_offset = token->col_offset;
  piece->end_lineno = token->end_lineno;
  piece->end_col_offset = token->end_col_offset;
  return pieces_[place] = piece;
}

// ---- pieces

/// A node from the token at `start` to the last one before the mark that is not layout.
Piece* ErrorFinder::new_piece(uint32_t start) {
  Piece* piece = arena_.make<Piece>();
  const Token* first = tokens_[start];
  piece->lineno = first->lineno;
  piece->col_offset = first->col_offset;
  for (uint32_t i = mark_; i-- > 0;) {
    const Token* last = tokens_[i];
    piece->end_lineno = last->end_lineno;
    piece->end_col_offset = last->end_col_offset;
    if (last->type != TokenType::Newline && last->type != TokenType::Indent && last->type != TokenType::Dedent &&
        last->type != TokenType::EndMarker) {
      break;
    }
  }
  return piece;
}

Piece* ErrorFinder::new_sequence(std::span<Piece* const> parts) {
  Piece* piece = arena_.make<Piece>();
  piece->form = Piece::Form::Sequence;
  piece->parts = arena_.copy<Piece*>(parts);
  return piece;
}

// ---- errors

void ErrorFinder::raise(std::string_view message, ErrorClass error_class) {
  reader_.raise_at_token(error_class, last_token(), message);
  stop();
}

void ErrorFinder::raise_range(const ast::PositionedNode& first, const ast::PositionedNode& last,
                              std::string_view message) {
  reader_.raise_at(ErrorClass::SyntaxError, first.lineno, first.col_offset, last.end_lineno, last.end_col_offset,
                   message);
  stop();
}

void ErrorFinder::raise_memory_error() {
  Diagnostic error;
  error.error_class = ErrorClass::MemoryError;
  error.has_location = false;
  session_.set_error(error);
  stop();
}

void ErrorFinder::warn_invalid_escape(const Token& token, std::string_view sequence) {
  Warning warning;
  warning.message = invalid_escape_message(session_, sequence);
  warning.lineno = token.lineno;
  for (size_t i = 0; i < session_.warnings().size(); ++i) {  // an earlier pass has said it
    const Warning& other = session_.warnings().data()[i];
    if (other.lineno == warning.lineno && other.message == warning.message) return;
  }
  session_.replace_error(nullptr);
  reader_.raise_at_token(ErrorClass::SyntaxError, &token, warning.message);
  warning.as_error = *session_.error();
  session_.clear_error();
  session_.warnings().push(warning);
}

ast::ExprNode* ErrorFinder::parse_embedded(std::string_view text, const ReaderPlace& place) {
  size_t warnings = session_.warnings().size();
  TreeParser parser(session_, text, ParseMode::Eval, place);
  ast::ExprNode* expression = parser.parse_fstring_expression();
  session_.clear_error();
  if (expression) return expression;
  session_.warnings().truncate(warnings);
  ErrorFinder finder(session_, text, ParseMode::Eval, place, Rule::fstring_rule);
  if (finder.run()) finder.raise(parser.too_deep() ? "too many nested parentheses" : "invalid syntax");
  return nullptr;
}

bool ErrorFinder::is_end_of_source() {
  Tokenizer::State state = reader_.tokenizer().state();
  return state == Tokenizer::State::EndOfFile || state == Tokenizer::State::EndOfFileInString ||
         state == Tokenizer::State::EndOfLineInString;
}

void ErrorFinder::reset_for_second_pass() {
  for (size_t i = 0; i < memos_.size(); ++i) memos_[i] = nullptr;
  mark_ = 0;
  level_ = 0;
  second_pass_ = true;
}

bool ErrorFinder::run() {
  if (run_rule(start_)) return true;
  if (session_.options().allow_incomplete_input && is_end_of_source()) {
    session_.clear_error();
    reader_.raise_at_token(ErrorClass::IncompleteInput, last_token(), "incomplete input");
    return false;
  }
  if (session_.error() && session_.error()->error_class != ErrorClass::SyntaxError &&
      session_.error()->error_class != ErrorClass::IndentationError &&
      session_.error()->error_class != ErrorClass::TabError) {
    return false;
  }
  const Token* last = last_token();
  reset_for_second_pass();
  if (!stopped_) run_rule(start_);
  settle(last);
  return false;
}

/// After the second pass: keeps its error, or makes up the general one; lexical errors further on may override.
void ErrorFinder::settle(const Token* last) {
  if (session_.error()) {
    if (reader_.tokenizer().state() == Tokenizer::State::Running &&
        session_.error()->error_class != ErrorClass::MemoryError) {
      check_rest_of_tokens();
    }
    return;
  }
  if (!last) {
    raise("error at start before reading any input");
    return;
  }
  if (last->type == TokenType::Error && reader_.tokenizer().state() == Tokenizer::State::EndOfFile) {
    if (reader_.tokenizer().level())
      reader_.raise_unclosed_bracket();
    else
      raise("unexpected EOF while parsing");
    return;
  }
  if (last->type == TokenType::Indent || last->type == TokenType::Dedent) {
    raise(last->type == TokenType::Indent ? "unexpected indent" : "unexpected unindent", ErrorClass::IndentationError);
    return;
  }
  reader_.raise_at(ErrorClass::SyntaxError, last->lineno, last->col_offset, last->end_lineno, last->end_col_offset,
                   "invalid syntax");
  check_rest_of_tokens();
}

void ErrorFinder::check_rest_of_tokens() {
  const Diagnostic* error = session_.error();
  int32_t error_lineno = last_token()->lineno;
  session_.clear_error();
  Tokenizer& tokenizer = reader_.tokenizer();
  TokenType type;
  do {
    const char* start;
    const char* end;
    type = tokenizer.next(&start, &end);
  } while (type != TokenType::Error && type != TokenType::EndMarker);
  if (type == TokenType::Error && tokenizer.state() == Tokenizer::State::BadText) {
    // Nothing turns this one into a SyntaxError.
    Diagnostic decode_error;
    decode_error.error_class = ErrorClass::UnicodeDecodeError;
    decode_error.message = tokenizer.decode_error();
    decode_error.has_location = false;
    session_.set_error(decode_error);
  } else if (type == TokenType::Error && !session_.error() && tokenizer.level() &&
             error_lineno > tokenizer.innermost_bracket().lineno) {
    reader_.raise_unclosed_bracket();
  }
  if (!session_.error()) session_.replace_error(error);
}

// ---- grammar

bool ErrorFinder::enter() {
  if (level_++ == kMaxDepth) {
    raise_memory_error();
    return false;
  }
  return !stopped_;
}

ErrorFinder::Memo* ErrorFinder::remember(Rule rule, uint32_t start, Piece* value) {
  Memo* memo = arena_.make<Memo>(Memo{rule, mark_, value, memos_[start]});
  memos_[start] = memo;
  return memo;
}

bool ErrorFinder::find_memo(Rule rule, Piece** value) {
  if (!peek()) return false;
  for (Memo* memo = memos_[mark_]; memo; memo = memo->next) {
    if (memo->rule != rule) continue;
    mark_ = memo->end;
    *value = memo->value;
    return true;
  }
  return false;
}

Piece* ErrorFinder::run_rule(Rule rule) {
  const grammar::CompiledRule& compiled = grammar::kRules[static_cast<int>(rule)];
  Piece* value = nullptr;
  if (enter()) {
    switch (compiled.traits) {
      case Traits::None:
        value = run_alternatives(compiled.words, compiled.text);
        break;
      case Traits::Left:
        value = run_left_recursive(rule);
        break;
      case Traits::Quiet: {
        bool second_pass = second_pass_;
        second_pass_ = false;
        value = run_alternatives(compiled.words, compiled.text);
        second_pass_ = second_pass;
        break;
      }
      case Traits::Memo: {
        uint32_t start = mark_;
        if (find_memo(rule, &value) || stopped_) break;
        value = run_alternatives(compiled.words, compiled.text);
        if (!stopped_) remember(rule, start, value);
        break;
      }
    }
  }
  leave();
  return stopped_ ? nullptr : value;
}

Piece* ErrorFinder::run_left_recursive(Rule rule) {
  const grammar::CompiledRule& compiled = grammar::kRules[static_cast<int>(rule)];
  Piece* value = nullptr;
  if (find_memo(rule, &value) || stopped_) return value;
  uint32_t start = mark_, end = mark_;
  Memo* memo = remember(rule, start, nullptr);
  for (;;) {
    memo->value = value;
    memo->end = end;
    mark_ = start;
    Piece* longer = enter() ? run_alternatives(compiled.words, compiled.text) : nullptr;
    leave();
    if (stopped_) return nullptr;
    if (!longer || mark_ <= end) break;
    end = mark_;
    value = longer;
  }
  mark_ = end;
  return value;
}

Piece* ErrorFinder::run_alternatives(const uint16_t* words, const char* text) {
  uint32_t start = mark_;
  if (!peek()) return nullptr;
  while (operation_of(*words) == Operation::Alternative) {
    const uint16_t* item = words + 3;
    const uint16_t* end = item + words[1];
    bool skipped = words[2] && !second_pass_;
    words = end;
    if (skipped) continue;
    Captures captures;
    bool matched = true, cut = false;
    while (matched && item < end && operation_of(*item) != Operation::Action) {
      cut |= operation_of(*item) == Operation::Cut;
      matched = run_item(&item, text, captures);
    }
    if (stopped_) return nullptr;
    if (matched) {
      if (item < end) return run_action(item + 1, text, captures, start);
      return captures.count == 1 ? captures.last : new_piece(start);
    }
    mark_ = start;
    if (cut) return nullptr;
  }
  return nullptr;
}

Piece* ErrorFinder::run_group(const uint16_t* words, const char* text) {
  Piece* value = enter() ? run_alternatives(words, text) : nullptr;
  leave();
  return value;
}

/// An item without a capture of its own.
bool ErrorFinder::run_nested(const uint16_t* words, const char* text, Piece** value) {
  Captures captures;
  bool matched = run_item(&words, text, captures) && !stopped_;
  *value = captures.last;
  return matched;
}

bool ErrorFinder::look_ahead(const uint16_t* words, const char* text) {
  uint32_t start = mark_;
  Piece* value;
  bool matched = run_nested(words, text, &value);
  mark_ = start;
  return matched;
}

Piece* ErrorFinder::run_loop(const uint16_t* words, const char* text, bool at_least_one) {
  size_t base = scratch_.size();
  if (enter()) {
    Piece* value;
    uint32_t start = mark_;
    while (run_nested(words, text, &value)) {
      scratch_.push(value);
      start = mark_;
    }
    mark_ = start;
  }
  leave();
  Piece* sequence = nullptr;
  if (!stopped_ && !(at_least_one && scratch_.size() == base))
    sequence = new_sequence({scratch_.data() + base, scratch_.size() - base});
  scratch_.truncate(base);
  return sequence;
}

Piece* ErrorFinder::run_gather(TokenType separator, const uint16_t* words, const char* text) {
  size_t base = scratch_.size();
  Piece* value = nullptr;
  if (enter() && run_nested(words, text, &value)) {
    scratch_.push(value);
    if (enter()) {
      uint32_t start = mark_;
      for (;;) {
        const Token* token = peek();
        if (!token || token->type != separator) break;
        ++mark_;
        if (!run_nested(words, text, &value)) break;
        scratch_.push(value);
        start = mark_;
      }
      mark_ = start;
    }
    leave();
  }
  leave();
  Piece* sequence = nullptr;
  if (!stopped_ && scratch_.size() != base) sequence = new_sequence({scratch_.data() + base, scratch_.size() - base});
  scratch_.truncate(base);
  return sequence;
}

bool ErrorFinder::force(TokenType wanted, Piece** value) {
  const Token* token = peek();
  if (!token) return false;
  if (token->type != wanted) {
    reader_.raise_at(ErrorClass::SyntaxError, token->lineno, token->col_offset, token->end_lineno,
                     token->end_col_offset, session_.format("expected '%s'", spelling_of(wanted)));
    stop();
    return false;
  }
  *value = take_token();
  return true;
}

/// Runs the item at *words and moves *words behind it when it matches.
bool ErrorFinder::run_item(const uint16_t** words_place, const char* text, Captures& captures) {
  const uint16_t* words = *words_place;
  *words_place = after_item(words);
  Piece* value = nullptr;
  switch (operation_of(*words)) {
    case Operation::Token: {
      const Token* token = peek();
      if (!token || token->type != static_cast<TokenType>(words[1])) return false;
      value = take_token();
      break;
    }
    case Operation::SoftKeyword:
    case Operation::AnySoftKeyword: {
      const Token* token = peek();
      if (!token || token->type != TokenType::Name) return false;
      std::string_view name = token->text();
      if (operation_of(*words) == Operation::AnySoftKeyword) {
        // A prefix is enough: CPython compares as far as the name goes.
        if (!std::string_view("match").starts_with(name) && !std::string_view("case").starts_with(name) && name != "_")
          return false;
      } else if (name != (words[1] == 'm' ? "match" : words[1] == 'c' ? "case" : "_")) {
        return false;
      }
      value = take_token();
      break;
    }
    case Operation::Rule:
      value = run_rule(static_cast<Rule>(words[1]));
      break;
    case Operation::Group:
      value = run_group(words + 2, text);
      break;
    case Operation::Optional: {
      uint32_t start = mark_;
      if (!run_nested(words + 1, text, &value)) {
        mark_ = start;
        value = nullptr;
      }
      captures.named[capture_of(*words)] = value;
      ++captures.count;  // an absent part is a value too
      return !stopped_;
    }
    case Operation::Star:
      value = run_loop(words + 1, text, false);
      break;
    case Operation::Plus:
      value = run_loop(words + 1, text, true);
      break;
    case Operation::Gather:
      value = run_gather(static_cast<TokenType>(words[1]), words + 2, text);
      break;
    case Operation::And:
      return look_ahead(words + 1, text);
    case Operation::Not:
      return !look_ahead(words + 1, text) && !stopped_;
    case Operation::Cut:
      return true;
    case Operation::Force:
      if (!force(static_cast<TokenType>(words[1]), &value)) return false;
      break;
    case Operation::End:
    case Operation::Alternative:
    case Operation::Action:
      UNREACHABLE();
  }
  if (!value) return false;
  captures.named[capture_of(*words)] = value;
  captures.last = value;
  ++captures.count;
  return true;
}

namespace {

/// "%s": the name of a kind of expression; "%t": the token's text; "%d": a line number.
std::string_view expand(Session& session, std::string_view text, const Piece* piece) {
  if (text.find_first_of("%\\") == std::string_view::npos) return session.arena().copy(text);
  Buffer<char> out;
  auto append = [&](std::string_view more) {
    for (char c : more) out.push(c);
  };
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\') continue;
    if (text[i] != '%') {
      out.push(text[i]);
      continue;
    }
    char what = text[++i];
    if (what == 's') append(expression_name(*piece));
    if (what == 't') append(piece->token->text());
    if (what == 'd') append(session.format("%d", piece->lineno));
  }
  return session.arena().copy(std::string_view(out.data(), out.size()));
}

}  // namespace

/// The value of a matched alternative; nullptr fails the whole rule.
Piece* ErrorFinder::run_action(const uint16_t* words, const char* text, Captures& captures, uint32_t start) {
  const auto& action = *reinterpret_cast<const grammar::Action*>(words);
  Piece* a = captures.named[action.captures & 15];
  Piece* b = captures.named[action.captures >> 4 & 15];
  Piece* c = captures.named[action.captures >> 8 & 15];
  if (!(action.captures & 15)) a = nullptr;
  if (!(action.captures >> 4 & 15)) b = nullptr;
  if (!(action.captures >> 8 & 15)) c = nullptr;
  if (action.since && session_.options().feature_version < action.since) {
    raise(session_.format("%.*s only supported in Python 3.%d and greater", action.since_length,
                          text + action.since_start, action.since));
    return nullptr;
  }
  std::string_view message(text + action.text_start, action.text_length);
  auto kind = static_cast<grammar::ActionKind>(action.kind);
  switch (kind) {
    case grammar::ActionKind::Node: {
      Piece* parts = ErrorActions(*this, start, a, b).call(grammar::Function::concatenate_function);
      if (c) parts = ErrorActions(*this, start, parts, c).call(grammar::Function::concatenate_function);
      Piece* piece = new_piece(start);
      piece->kind = static_cast<ast::NodeKind>(action.target);
      piece->parts = parts->parts;
      return piece;
    }
    case grammar::ActionKind::Capture:
      return a;
    case grammar::ActionKind::Call:
      return ErrorActions(*this, start, a, b).call(static_cast<grammar::Function>(action.target));
    case grammar::ActionKind::At:
      raise_range(*a, *a, expand(session_, message, a));
      return nullptr;
    case grammar::ActionKind::Range:
      raise_range(*a, *b, expand(session_, message, a));
      return nullptr;
    case grammar::ActionKind::From:
      reader_.raise_at(ErrorClass::SyntaxError, a->lineno, a->col_offset, TokenReader::kCurrentPosition,
                       TokenReader::kCurrentPosition, expand(session_, message, a));
      stop();
      return nullptr;
    case grammar::ActionKind::Last:
      raise(expand(session_, message, a));
      return nullptr;
    case grammar::ActionKind::Indent:
      raise(expand(session_, message, a), ErrorClass::IndentationError);
      return nullptr;
  }
  return nullptr;
}

// ---- entries

void find_error(Session& session, std::string_view text, bool too_deep) {
  ErrorFinder finder(session, text, session.options().mode, {}, start_rule(session.options().mode));
  if (!finder.run()) return;
  Diagnostic error;
  error.error_class = too_deep ? ErrorClass::MemoryError : ErrorClass::SyntaxError;
  error.has_location = false;
  error.message = too_deep ? "" : "invalid syntax";
  session.set_error(error);
}

void report_multiple_statements(Session& session, std::string_view text) {
  TokenReader reader(session, text, ParseMode::Single, {});
  Token token;
  // The place is the last token of the first statement: its newline.
  int depth = 0;
  bool compound = false;
  while (reader.read(&token) && token.type != TokenType::EndMarker) {
    if (token.type == TokenType::Indent) ++depth, compound = true;
    if (token.type == TokenType::Dedent) --depth;
    if (token.type == TokenType::Newline && depth == 0 && !compound) break;
  }
  reader.raise_at_token(ErrorClass::SyntaxError, &token,
                        "multiple statements found while compiling a single statement");
}

}  // namespace viperine::syntax
