// SPDX-License-Identifier: MIT
// Places of tokens and of errors. The rules for columns, line texts and the "f-string: " prefix are CPython's.
// Columns in bytes become columns in characters here and nowhere else.
#include "syntax/token_reader.h"

#include <cstring>

namespace viperine::syntax {

bool TokenReader::read(Token* token) {
  const char* start;
  const char* end;
  TokenType type = tokenizer_.next(&start, &end);
  while (type == TokenType::TypeIgnore) {
    std::string_view tag = session_.arena().copy({start, static_cast<size_t>(end - start)});
    type_ignores_.push({tokenizer_.lineno(), tag});
    type = tokenizer_.next(&start, &end);
  }
  if (mode_ == ParseMode::Single && type == TokenType::EndMarker && parsing_started_) {
    type = TokenType::Newline;  // the interactive line is over, newline or not
    parsing_started_ = false;
    if (!session_.options().dont_imply_dedent) tokenizer_.close_blocks();
  } else {
    parsing_started_ = true;
  }
  bool is_string = type == TokenType::String;
  const char* line_start = is_string ? tokenizer_.multi_line_start() : tokenizer_.line_start();
  int32_t shift = place_.in_fstring && tokenizer_.lineno() == place_.starting_lineno ? place_.starting_column : 0;
  token->type = type;
  token->level = static_cast<uint8_t>(tokenizer_.level());
  token->start = start;
  token->length = start ? static_cast<uint32_t>(end - start) : 0;
  token->lineno = is_string ? tokenizer_.first_lineno() : tokenizer_.lineno();
  token->end_lineno = tokenizer_.lineno();
  token->col_offset = (start && start >= line_start ? static_cast<int32_t>(start - line_start) : -1) + shift;
  token->end_col_offset =
      (end && end >= tokenizer_.line_start() ? static_cast<int32_t>(end - tokenizer_.line_start()) : -1) + shift;
  return type != TokenType::Error;
}

void TokenReader::raise_tokenizer_error(const Token& last) {
  if (session_.error()) return;
  const char* message = "unknown parsing error";
  ErrorClass error_class = ErrorClass::SyntaxError;
  int32_t column = -1;
  switch (tokenizer_.state()) {
    case Tokenizer::State::BadText:
      return raise_at_token(ErrorClass::SyntaxError, &last,
                            session_.format("(unicode error) %.*s", static_cast<int>(tokenizer_.decode_error().size()),
                                            tokenizer_.decode_error().data()));
    case Tokenizer::State::EndOfFile:
      if (tokenizer_.level()) return raise_unclosed_bracket();
      return raise_at_token(ErrorClass::SyntaxError, &last, "unexpected EOF while parsing");
    case Tokenizer::State::BadDedent:
      return raise_at_token(ErrorClass::IndentationError, &last,
                            "unindent does not match any outer indentation level");
    case Tokenizer::State::BadTabs:
      error_class = ErrorClass::TabError;
      message = "inconsistent use of tabs and spaces in indentation";
      break;
    case Tokenizer::State::TooDeep:
      error_class = ErrorClass::IndentationError;
      message = "too many levels of indentation";
      break;
    case Tokenizer::State::BadContinuation:
      column = static_cast<int32_t>(tokenizer_.cursor() - tokenizer_.buffer() - 1);
      message = "unexpected character after line continuation character";
      break;
    case Tokenizer::State::Running:
    case Tokenizer::State::Error:
    case Tokenizer::State::EndOfLineInString:
    case Tokenizer::State::EndOfFileInString: break;
  }
  raise_at(error_class, tokenizer_.lineno(), column >= 0 ? column : 0, tokenizer_.lineno(), -1, message);
}

void TokenReader::raise_unclosed_bracket() {
  const Tokenizer::Bracket& bracket = tokenizer_.innermost_bracket();
  raise_at(ErrorClass::SyntaxError, bracket.lineno, bracket.column, bracket.lineno, -1,
           session_.format("'%c' was never closed", bracket.opening));
}

void TokenReader::raise_at_token(ErrorClass error_class, const Token* last, std::string_view message) {
  if (!last) return raise_exactly(error_class, 0, 0, 0, -1, message);
  int32_t column = last->col_offset + 1;
  if (last->col_offset == -1) {
    column = tokenizer_.cursor() == tokenizer_.buffer()
                 ? 0
                 : static_cast<int32_t>(tokenizer_.cursor() - tokenizer_.line_start());
  }
  int32_t end_column = last->end_col_offset == -1 ? -1 : last->end_col_offset + 1;
  raise_exactly(error_class, last->lineno, column, last->end_lineno, end_column, message);
}

void TokenReader::raise_at(ErrorClass error_class, int32_t lineno, int32_t col_offset, int32_t end_lineno,
                           int32_t end_col_offset, std::string_view message) {
  int32_t column = col_offset == kCurrentPosition ? kCurrentPosition : col_offset + 1;
  int32_t end_column = end_col_offset == kCurrentPosition ? kCurrentPosition : end_col_offset + 1;
  raise_exactly(error_class, lineno, column, end_lineno, end_column, message);
}

/// The text that SyntaxError.text gets: the line that the tokenizer holds, or the line looked up in the source.
std::string_view TokenReader::error_line(int32_t lineno) {
  if (tokenizer_.lineno() <= lineno && tokenizer_.input_end() > tokenizer_.buffer()) {
    return {tokenizer_.buffer(), static_cast<size_t>(tokenizer_.input_end() - tokenizer_.buffer())};
  }
  int32_t relative = place_.starting_lineno ? lineno - place_.starting_lineno + 1 : lineno;
  const char* line = tokenizer_.text();
  for (int32_t i = 1; i < relative; ++i) {
    const char* newline = std::strchr(line, '\n');
    if (!newline || newline + 1 > tokenizer_.input_end()) break;
    line = newline + 1;
  }
  const char* end = std::strchr(line, '\n');
  size_t length = end ? static_cast<size_t>(end - line) : std::strlen(line);
  bool whole_line = session_.options().from_file && !place_.in_fstring && end;
  return {line, length + whole_line};
}

/// Columns from 1 here.
void TokenReader::raise_exactly(ErrorClass error_class, int32_t lineno, int32_t column, int32_t end_lineno,
                                int32_t end_column, std::string_view message) {
  if (session_.error()) return;
  if (end_lineno == kCurrentPosition) end_lineno = tokenizer_.lineno();
  if (end_column == kCurrentPosition)
    end_column = static_cast<int32_t>(tokenizer_.cursor() - tokenizer_.line_start());
  Diagnostic error;
  error.error_class = error_class;
  error.message = message;
  if (place_.in_fstring) {
    error.message = session_.format("f-string: %.*s", static_cast<int>(message.size()), message.data());
  }
  std::string_view line = replace_undecodable(session_.arena(), error_line(lineno));
  if (place_.in_fstring) {
    column -= place_.starting_column;
    end_column -= place_.starting_column;
  }
  auto in_characters = [&](int32_t bytes) {
    if (bytes < 0) return bytes;
    int32_t length = static_cast<int32_t>(line.size());
    int32_t extra = bytes > length ? 1 : 0;  // one past the end counts as one more character
    return count_characters(line.substr(0, bytes > length ? length : bytes)) + extra;
  };
  if (session_.columns_in_characters && !place_.in_fstring) {  // CPython's f-strings report bytes
    column = in_characters(column);
    if (end_column > 0) end_column = in_characters(end_column);
  }
  error.lineno = lineno;
  error.offset = column;
  error.end_lineno = end_lineno;
  error.end_offset = end_column;
  error.has_line_text = true;
  error.line_text = session_.arena().copy(line);
  session_.set_error(error);
}

}  // namespace viperine::syntax
