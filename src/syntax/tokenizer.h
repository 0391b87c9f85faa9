// SPDX-License-Identifier: MIT
// Tokens from source text: Python's lexical grammar, one token per call, with CPython 3.11's lexical errors.
// Does not decode (source_text.h) and does not classify string contents (string_literals.h).
// Invariant: the text is NUL-terminated, has '\n' newlines only, and outlives the tokenizer.
#pragma once

#include <cstdint>
#include <string_view>

#include "syntax/diagnostics.h"
#include "syntax/session.h"

namespace viperine::syntax {

enum class TokenType : uint8_t {
#define TOKEN(Name, spelling) Name,
#include "syntax/tokens.def"
};

/// "NAME", "(", "while": how the grammar spells a kind of token.
const char* spelling_of(TokenType type);
/// The keyword's type, or Name.
TokenType keyword_type(std::string_view name);

inline constexpr int kMaxBracketDepth = 200;
inline constexpr int kMaxIndentation = 100;

class Tokenizer {
 public:
  /// Why the stream ended.
  enum class State : uint8_t {
    Running,
    EndOfFile,
    Error,               // the session's diagnostic says which
    BadDedent,
    BadTabs,
    TooDeep,
    BadContinuation,
    BadText,             // undecodable identifier: decode_error()
    EndOfLineInString,   // Error too, and the interactive loop may want more lines
    EndOfFileInString,
  };

  Tokenizer(Session& session, std::string_view text, int32_t first_lineno = 0);

  /// Next token; `*start` and `*end` are null for those without text.
  TokenType next(const char** start, const char** end);

  State state() const { return state_; }
  int32_t lineno() const { return lineno_; }
  int32_t first_lineno() const { return first_lineno_; }
  const char* line_start() const { return line_start_; }
  const char* multi_line_start() const { return multi_line_start_; }
  const char* cursor() const { return cursor_; }
  const char* buffer() const { return buffer_; }
  const char* input_end() const { return input_end_; }
  const char* text() const { return text_; }
  std::string_view decode_error() const { return decode_error_; }
  int level() const { return level_; }

  struct Bracket {
    char opening;
    int32_t lineno;
    int32_t column;
  };
  const Bracket& innermost_bracket() const { return brackets_[level_ - 1]; }

  /// Makes the end of interactive input close all open blocks.
  void close_blocks() {
    if (indent_) {
      pending_ = -indent_;
      indent_ = 0;
    }
  }
  bool has_open_blocks() const { return indent_ != 0; }

 private:
  static constexpr int kEnd = -1;

  int next_character() {
    if (cursor_ != input_end_) [[likely]]
      return static_cast<unsigned char>(*cursor_++);
    return underflow();
  }
  int underflow();
  void back_up(int character) {
    if (character != kEnd) --cursor_;
  }
  bool read_indentation(bool* blank_line, TokenType* error);
  int continue_line();
  TokenType fail(State state);
  TokenType syntax_error(std::string_view message, int32_t offset = -1, int32_t end_offset = -1);
  TokenType syntax_error_format(const char* format, ...) __attribute__((format(printf, 2, 3)));
  TokenType name_or_prefixed_string(int character, int* quote);
  TokenType number(int character);
  TokenType number_from_zero();
  TokenType digits_of_base(int base, const char* name);
  TokenType fraction(int character);
  TokenType exponent(int character);
  TokenType imaginary();
  TokenType end_number(int character, const char* kind);
  int decimal_tail();
  bool verify_end_of_number(int character, const char* kind);
  bool looking_at(const char* rest);
  bool verify_identifier();
  TokenType async_or_await(std::string_view name);
  TokenType string(int quote);
  TokenType operator_or_error(int character);
  TokenType comment(bool* is_token, const char** start, const char** end);

  Session& session_;
  const char* text_;
  const char* text_end_;
  const char* buffer_;       // first line of the current token
  const char* cursor_;       // next character
  const char* input_end_;    // end of the current line
  const char* line_start_;
  const char* multi_line_start_ = nullptr;  // first line of the current string
  const char* start_ = nullptr;             // current token
  int32_t lineno_;
  int32_t first_lineno_ = 0;  // of the current string
  State state_ = State::Running;
  bool at_line_start_ = true;
  int level_ = 0;
  int indent_ = 0;
  int pending_ = 0;  // > 0: indents to return; < 0: dedents
  std::string_view decode_error_;
  // Before Python 3.7 `async` and `await` were keywords only in and before `async def`.
  bool in_async_def_ = false;
  bool async_def_has_body_ = false;
  int async_def_indent_ = 0;
  int32_t columns_[kMaxIndentation] = {};
  int32_t alternate_columns_[kMaxIndentation] = {};
  Bracket brackets_[kMaxBracketDepth];
};

}  // namespace viperine::syntax
