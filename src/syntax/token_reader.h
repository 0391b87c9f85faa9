// SPDX-License-Identifier: MIT
// Tokens with their places, as the parsers see them: the tokenizer's output plus what depends on the mode of the parse
// (end of interactive input, columns of expressions inside f-strings, type comments).
// Also turns "the tokenizer stopped here" into the diagnostic that CPython gives.
#pragma once

#include "syntax/tokenizer.h"

namespace viperine::syntax {

struct Token {
  TokenType type;
  uint8_t level;  // brackets open after it
  uint32_t length;
  const char* start;  // nullptr: no text
  int32_t lineno;
  int32_t col_offset;  // -1: none
  int32_t end_lineno;
  int32_t end_col_offset;

  std::string_view text() const { return {start, length}; }
};

/// Where a piece of source is parsed: a whole file, or an expression of an f-string.
struct ReaderPlace {
  int32_t first_lineno = 0;     // line number before the first line
  bool in_fstring = false;
  int32_t starting_lineno = 0;  // f-string: the line whose columns are shifted ...
  int32_t starting_column = 0;  // ... by this much
};

struct TypeIgnoreComment {
  int32_t lineno;
  std::string_view tag;
};

class TokenReader {
 public:
  static constexpr int32_t kCurrentPosition = -5;

  TokenReader(Session& session, std::string_view text, ParseMode mode, const ReaderPlace& place)
      : session_(session), tokenizer_(session, text, place.first_lineno), mode_(mode), place_(place) {}

  /// Reads one token. False: it is an Error token (which is stored all the same).
  bool read(Token* token);

  Session& session() { return session_; }
  Tokenizer& tokenizer() { return tokenizer_; }
  ParseMode mode() const { return mode_; }
  const ReaderPlace& place() const { return place_; }
  Buffer<TypeIgnoreComment>& type_ignores() { return type_ignores_; }

  /// Reports the state that ended the token stream; `last` is the Error token.
  void raise_tokenizer_error(const Token& last);
  /// Reports at a token, as errors without a node do; last may be nullptr (nothing was read).
  void raise_at_token(ErrorClass error_class, const Token* last, std::string_view message);
  /// Reports a range; columns from 0 in bytes, -1 for none, kCurrentPosition for where the tokenizer stands.
  void raise_at(ErrorClass error_class, int32_t lineno, int32_t col_offset, int32_t end_lineno, int32_t end_col_offset,
                std::string_view message);
  void raise_unclosed_bracket();

 private:
  void raise_exactly(ErrorClass error_class, int32_t lineno, int32_t column, int32_t end_lineno, int32_t end_column,
                     std::string_view message);
  std::string_view error_line(int32_t lineno);

  Session& session_;
  Tokenizer tokenizer_;
  ParseMode mode_;
  ReaderPlace place_;
  bool parsing_started_ = false;
  Buffer<TypeIgnoreComment> type_ignores_;
};

}  // namespace viperine::syntax
