// SPDX-License-Identifier: MIT
// The tokenizer: indentation, names, operators, brackets. Numbers and strings are in tokenizer_literals.cpp.
// Its visible state (line buffer, cursor, line number) decides the places in error messages, so it moves as CPython's
// does: one line at a time becomes visible, and an error leaves the cursor where that error is found.
#include "syntax/tokenizer.h"

#include <cstdio>
#include <cstring>

namespace viperine::syntax {

namespace {

constexpr int kTabSize = 8;

const char* const kSpellings[] = {
#define TOKEN(Name, spelling) spelling,
#include "syntax/tokens.def"
};

enum CharacterClass : uint8_t { kOther = 0, kNameStart = 1, kNameRest = 2 };

struct CharacterTable {
  uint8_t classes[256] = {};
  constexpr CharacterTable() {
    for (int c = 0; c < 256; ++c) {
      bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 128;
      bool digit = c >= '0' && c <= '9';
      classes[c] = letter ? kNameStart | kNameRest : digit ? kNameRest : kOther;
    }
  }
};
constexpr CharacterTable kCharacters;

bool starts_name(int c) { return c >= 0 && (kCharacters.classes[c] & kNameStart); }

TokenType one_character_operator(int c) {
  switch (c) {
    case '%': return TokenType::Percent;
    case '&': return TokenType::Ampersand;
    case '(': return TokenType::LeftParen;
    case ')': return TokenType::RightParen;
    case '*': return TokenType::Star;
    case '+': return TokenType::Plus;
    case ',': return TokenType::Comma;
    case '-': return TokenType::Minus;
    case '.': return TokenType::Dot;
    case '/': return TokenType::Slash;
    case ':': return TokenType::Colon;
    case ';': return TokenType::Semicolon;
    case '<': return TokenType::Less;
    case '=': return TokenType::Equal;
    case '>': return TokenType::Greater;
    case '@': return TokenType::At;
    case '[': return TokenType::LeftBracket;
    case ']': return TokenType::RightBracket;
    case '^': return TokenType::Circumflex;
    case '{': return TokenType::LeftBrace;
    case '|': return TokenType::VerticalBar;
    case '}': return TokenType::RightBrace;
    case '~': return TokenType::Tilde;
    default: return TokenType::Unknown;
  }
}

/// Unknown when the two characters are not an operator together.
TokenType two_character_operator(int c, int d) {
  if (d == '=') {
    switch (c) {
      case '!': return TokenType::NotEqual;
      case '%': return TokenType::PercentEqual;
      case '&': return TokenType::AmpersandEqual;
      case '*': return TokenType::StarEqual;
      case '+': return TokenType::PlusEqual;
      case '-': return TokenType::MinusEqual;
      case '/': return TokenType::SlashEqual;
      case ':': return TokenType::ColonEqual;
      case '<': return TokenType::LessEqual;
      case '=': return TokenType::DoubleEqual;
      case '>': return TokenType::GreaterEqual;
      case '@': return TokenType::AtEqual;
      case '^': return TokenType::CircumflexEqual;
      case '|': return TokenType::VerticalBarEqual;
      default: return TokenType::Unknown;
    }
  }
  if (c == '*' && d == '*') return TokenType::DoubleStar;
  if (c == '-' && d == '>') return TokenType::Arrow;
  if (c == '/' && d == '/') return TokenType::DoubleSlash;
  if (c == '<' && d == '<') return TokenType::LeftShift;
  if (c == '<' && d == '>') return TokenType::NotEqual;
  if (c == '>' && d == '>') return TokenType::RightShift;
  return TokenType::Unknown;
}

TokenType three_character_operator(TokenType two, int d) {
  if (d != '=') return TokenType::Unknown;
  switch (two) {
    case TokenType::DoubleStar: return TokenType::DoubleStarEqual;
    case TokenType::DoubleSlash: return TokenType::DoubleSlashEqual;
    case TokenType::LeftShift: return TokenType::LeftShiftEqual;
    case TokenType::RightShift: return TokenType::RightShiftEqual;
    default: return TokenType::Unknown;
  }
}

char closing_of(char opening) { return opening == '(' ? ')' : opening == '[' ? ']' : '}'; }

}  // namespace

const char* spelling_of(TokenType type) { return kSpellings[static_cast<int>(type)]; }

TokenType keyword_type(std::string_view name) {
  auto is = [&](const char* word, TokenType type) { return name == word ? type : TokenType::Name; };
  auto either = [&](const char* word, TokenType type, TokenType otherwise) {
    return name == word ? type : otherwise;
  };
  using T = TokenType;
  if (name.size() < 2 || name.size() > 8) return T::Name;
  switch (name[0]) {
    case 'F': return is("False", T::False);
    case 'N': return is("None", T::None);
    case 'T': return is("True", T::True);
    case 'a': return either("and", T::And, either("as", T::As, is("assert", T::Assert)));
    case 'b': return is("break", T::Break);
    case 'c': return either("class", T::Class, is("continue", T::Continue));
    case 'd': return either("def", T::Def, is("del", T::Del));
    case 'e': return either("else", T::Else, either("elif", T::Elif, is("except", T::Except)));
    case 'f': return either("for", T::For, either("from", T::From, is("finally", T::Finally)));
    case 'g': return is("global", T::Global);
    case 'i': return either("if", T::If, either("in", T::In, either("is", T::Is, is("import", T::Import))));
    case 'l': return is("lambda", T::Lambda);
    case 'n': return either("not", T::Not, is("nonlocal", T::Nonlocal));
    case 'o': return is("or", T::Or);
    case 'p': return is("pass", T::Pass);
    case 'r': return either("return", T::Return, is("raise", T::Raise));
    case 't': return is("try", T::Try);
    case 'w': return either("with", T::With, is("while", T::While));
    case 'y': return is("yield", T::Yield);
    default: return T::Name;
  }
}

Tokenizer::Tokenizer(Session& session, std::string_view text, int32_t first_lineno)
    : session_(session),
      text_(text.data()),
      text_end_(text.data() + text.size()),
      buffer_(text_),
      cursor_(text_),
      input_end_(text_),
      line_start_(text_),
      lineno_(first_lineno) {}

/// Makes the next line visible; kEnd at the end of the text.
int Tokenizer::underflow() {
  if (state_ != State::Running) return kEnd;
  if (input_end_ == text_end_) {
    state_ = State::EndOfFile;
    return kEnd;
  }
  const void* newline = std::memchr(input_end_, '\n', text_end_ - input_end_);
  if (!start_) buffer_ = cursor_;
  line_start_ = cursor_;
  ++lineno_;
  input_end_ = newline ? static_cast<const char*>(newline) + 1 : text_end_;
  return static_cast<unsigned char>(*cursor_++);
}

TokenType Tokenizer::fail(State state) {
  state_ = state;
  return TokenType::Error;
}

TokenType Tokenizer::syntax_error(std::string_view message, int32_t offset, int32_t end_offset) {
  Diagnostic error;
  error.message = message;
  error.lineno = error.end_lineno = lineno_;
  error.offset = offset >= 0 ? offset : count_characters({line_start_, static_cast<size_t>(cursor_ - line_start_)});
  error.end_offset = end_offset >= 0 ? end_offset : error.offset;
  const char* end = line_start_;
  while (*end && *end != '\n') ++end;
  error.has_line_text = true;
  error.line_text = replace_undecodable(session_.arena(), {line_start_, static_cast<size_t>(end - line_start_)});
  session_.set_error(error);
  return fail(State::Error);
}

TokenType Tokenizer::syntax_error_format(const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  std::string_view message = session_.format_list(format, arguments);
  va_end(arguments);
  return syntax_error(message);
}

/// After a backslash: goes on to the next line; its first character, or kEnd with the state set.
int Tokenizer::continue_line() {
  if (next_character() != '\n') {
    state_ = State::BadContinuation;
    return kEnd;
  }
  int c = next_character();
  if (c == kEnd) {
    state_ = State::EndOfFile;
    cursor_ = input_end_;
    return kEnd;
  }
  back_up(c);
  return c;
}

/// At the start of a line: measures it, and decides on indents and dedents. False: *error is the token to return.
bool Tokenizer::read_indentation(bool* blank_line, TokenType* error) {
  int32_t column = 0, alternate = 0, continued_column = 0;
  int c;
  for (;;) {
    c = next_character();
    if (c == ' ') {
      ++column, ++alternate;
    } else if (c == '\t') {
      column = (column / kTabSize + 1) * kTabSize;
      ++alternate;
    } else if (c == '\f') {
      column = alternate = 0;
    } else if (c == '\\') {
      // The whitespace before the first backslash is the indentation of the whole logical line.
      if (!continued_column) continued_column = column;
      if (continue_line() == kEnd) return *error = TokenType::Error, false;
    } else {
      break;
    }
  }
  back_up(c);
  if (c == '#' || c == '\n') {
    *blank_line = true;
    return true;
  }
  if (level_ != 0) return true;
  if (continued_column) column = alternate = continued_column;
  auto inconsistent = [&] {
    state_ = State::BadTabs;
    cursor_ = input_end_;
    *error = TokenType::Error;
    return false;
  };
  if (column == columns_[indent_]) return alternate == alternate_columns_[indent_] || inconsistent();
  if (column > columns_[indent_]) {
    if (indent_ + 1 >= kMaxIndentation) {
      cursor_ = input_end_;
      return *error = fail(State::TooDeep), false;
    }
    if (alternate <= alternate_columns_[indent_]) return inconsistent();
    ++pending_;
    columns_[++indent_] = column;
    alternate_columns_[indent_] = alternate;
    return true;
  }
  while (indent_ > 0 && column < columns_[indent_]) --pending_, --indent_;
  if (column != columns_[indent_]) {
    cursor_ = input_end_;
    return *error = fail(State::BadDedent), false;
  }
  return alternate == alternate_columns_[indent_] || inconsistent();
}

TokenType Tokenizer::next(const char** start, const char** end) {
  *start = *end = nullptr;
  for (;;) {  // one round per physical line that yields no token
    start_ = nullptr;
    bool blank_line = false;
    if (at_line_start_) {
      at_line_start_ = false;
      TokenType error;
      if (!read_indentation(&blank_line, &error)) return error;
    }
    start_ = cursor_;
    if (pending_ < 0) return ++pending_, TokenType::Dedent;
    if (pending_ > 0) return --pending_, TokenType::Indent;
    if (in_async_def_ && !blank_line && level_ == 0 && async_def_has_body_ && async_def_indent_ >= indent_ &&
        *cursor_ != '\n') {
      in_async_def_ = async_def_has_body_ = false;
    }
  again:
    start_ = nullptr;
    int c;
    do c = next_character();
    while (c == ' ' || c == '\t' || c == '\f');
    start_ = cursor_ - (c != kEnd);
    if (c == '#') {
      bool is_token = false;
      TokenType type = comment(&is_token, start, end);
      if (is_token) {
        // Alone on its line: the newline goes with it.
        if (type == TokenType::TypeIgnore && blank_line) next_character(), at_line_start_ = true;
        return type;
      }
      c = next_character();
    }
    if (c == kEnd) return level_ == 0 && state_ == State::EndOfFile ? TokenType::EndMarker : TokenType::Error;

    if (starts_name(c)) {
      int quote = 0;
      TokenType type = name_or_prefixed_string(c, &quote);
      if (quote) type = string(quote);
      *start = start_, *end = cursor_;
      if (type == TokenType::Error) *start = *end = nullptr;
      return type;
    }
    if (c == '\n') {
      at_line_start_ = true;
      if (blank_line || level_ > 0) continue;
      *start = start_, *end = cursor_ - 1;
      async_def_has_body_ = in_async_def_;
      return TokenType::Newline;
    }
    TokenType type;
    if (c >= '0' && c <= '9') {
      type = number(c);
    } else if (c == '.') {
      int d = next_character();
      if (d >= '0' && d <= '9') {
        type = fraction(d);
      } else {
        type = TokenType::Dot;
        if (d == '.') {
          int e = next_character();
          if (e == '.') {
            type = TokenType::Ellipsis;
          } else {
            back_up(e);
            back_up(d);
          }
        } else {
          back_up(d);
        }
      }
    } else if (c == '"' || c == '\'') {
      type = string(c);
    } else if (c == '\\') {
      if (continue_line() == kEnd) return TokenType::Error;
      goto again;
    } else {
      type = operator_or_error(c);
    }
    if (type != TokenType::Error) *start = start_, *end = cursor_;
    return type;
  }
}

/// After '#': skips to the end of the line, or returns a type comment.
TokenType Tokenizer::comment(bool* is_token, const char** start, const char** end) {
  int c;
  do c = next_character();
  while (c != kEnd && c != '\n');
  back_up(c);
  if (!session_.options().type_comments) return TokenType::Error;
  // "# type: text": any blanks round the words.
  const char* p = start_ + 1;
  auto skip_blanks = [&] {
    while (p < cursor_ && (*p == ' ' || *p == '\t')) ++p;
  };
  skip_blanks();
  if (static_cast<size_t>(cursor_ - p) < 5 || std::memcmp(p, "type:", 5) != 0) return TokenType::Error;
  p += 5;
  skip_blanks();
  const char* after = p + 6;
  bool ignore = cursor_ >= after && std::memcmp(p, "ignore", 6) == 0 &&
                !(cursor_ > after && (static_cast<unsigned char>(*after) >= 128 ||
                                      (kCharacters.classes[static_cast<unsigned char>(*after)] & kNameRest)));
  *is_token = true;
  if (ignore) {
    *start = after, *end = cursor_;
    return TokenType::TypeIgnore;
  }
  *start = p, *end = cursor_;
  return TokenType::TypeComment;
}

/// A name or keyword; or sets *quote when the letters turn out to be the prefix of a string.
TokenType Tokenizer::name_or_prefixed_string(int c, int* quote) {
  bool saw_b = false, saw_r = false, saw_u = false, saw_f = false;
  for (;;) {
    int lower = c | 0x20;
    if (!(saw_b || saw_u || saw_f) && lower == 'b')
      saw_b = true;
    else if (!(saw_b || saw_u || saw_r || saw_f) && lower == 'u')
      saw_u = true;
    else if (!(saw_r || saw_u) && lower == 'r')
      saw_r = true;
    else if (!(saw_f || saw_b || saw_u) && lower == 'f')
      saw_f = true;
    else
      break;
    c = next_character();
    if (c == '"' || c == '\'') return *quote = c, TokenType::String;
  }
  bool ascii = true;
  while (c >= 0 && (kCharacters.classes[c] & kNameRest)) {
    ascii &= c < 128;
    c = next_character();
  }
  back_up(c);
  if (!ascii) return verify_identifier() ? TokenType::Name : TokenType::Error;
  std::string_view name(start_, cursor_ - start_);
  if (name == "async" || name == "await") return async_or_await(name);
  return keyword_type(name);
}

TokenType Tokenizer::async_or_await(std::string_view name) {
  bool is_async = name == "async";
  if (session_.options().feature_version < 7 && !in_async_def_) {
    if (!is_async) return TokenType::Name;
    Tokenizer ahead = *this;
    const Diagnostic* error = session_.error();
    const char* start;
    const char* end;
    TokenType next_type = ahead.next(&start, &end);
    session_.replace_error(error);
    if (next_type != TokenType::Def) return TokenType::Name;
    in_async_def_ = true;
    async_def_indent_ = indent_;
  }
  return is_async ? TokenType::Async : TokenType::Await;
}

bool Tokenizer::verify_identifier() {
  std::string_view name(start_, cursor_ - start_);
  std::string_view message = utf8_error_message(session_, name);
  if (message.data()) {
    decode_error_ = message;
    state_ = State::BadText;
    return false;
  }
  for (size_t i = 0; i < name.size();) {
    uint32_t code_point = 0;
    int size = decode_utf8(name.substr(i), &code_point);
    bool good = i == 0 ? session_.is_identifier_start(code_point) : session_.is_identifier_continue(code_point);
    if (good) {
      i += size;
      continue;
    }
    cursor_ = name.data() + i + size;
    if (session_.is_printable(code_point))
      syntax_error_format("invalid character '%.*s' (U+%04X)", size, name.data() + i, code_point);
    else
      syntax_error_format("invalid non-printable character U+%04X", code_point);
    return false;
  }
  return true;
}

TokenType Tokenizer::operator_or_error(int c) {
  int d = next_character();
  TokenType two = d == kEnd ? TokenType::Unknown : two_character_operator(c, d);
  if (two != TokenType::Unknown) {
    int e = next_character();
    TokenType three = three_character_operator(two, e);
    if (three != TokenType::Unknown) return three;
    back_up(e);
    return two;
  }
  back_up(d);
  if (c == '(' || c == '[' || c == '{') {
    if (level_ >= kMaxBracketDepth) return syntax_error("too many nested parentheses");
    brackets_[level_++] = {static_cast<char>(c), lineno_, static_cast<int32_t>(start_ - line_start_)};
  } else if (c == ')' || c == ']' || c == '}') {
    if (level_ == 0) return syntax_error_format("unmatched '%c'", c);
    const Bracket& bracket = brackets_[--level_];
    if (closing_of(bracket.opening) != c) {
      if (bracket.lineno != lineno_) {
        return syntax_error_format("closing parenthesis '%c' does not match opening parenthesis '%c' on line %d", c,
                                   bracket.opening, bracket.lineno);
      }
      return syntax_error_format("closing parenthesis '%c' does not match opening parenthesis '%c'", c,
                                 bracket.opening);
    }
  }
  if (c < 0x20 || c == 0x7F) return syntax_error_format("invalid non-printable character U+%04X", c);
  return one_character_operator(c);
}

}  // namespace viperine::syntax
