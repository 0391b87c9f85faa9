// SPDX-License-Identifier: MIT
// Finds out what to say about a source that the tree parser refused.
// Follows the two passes of CPython's parser over the grammar of error_grammar.def: one to see how far the source makes
// sense, and one with the rules for common mistakes. Builds no tree, only pieces: kinds, places and parts.
// Invariant: after a run the session has an error.
#pragma once

#include "syntax/error_grammar.h"
#include "syntax/string_literals.h"

namespace viperine::syntax {

/// Sets the session's error.
void find_error(Session& session, std::string_view text, bool too_deep);
void report_multiple_statements(Session& session, std::string_view text);

/// What a rule or a token matched, as far as messages need it.
struct Piece : ast::PositionedNode {
  enum class Form : uint8_t { Token, Sequence, Node };

  Form form = Form::Node;
  ast::ConstantKind constant = ast::ConstantKind::None;  // Constant nodes
  bool unpacks_mapping = false;                          // Call, Keyword
  const Token* token = nullptr;                          // tokens and names
  std::span<Piece*> parts;

  bool is(ast::NodeKind wanted) const { return form == Form::Node && kind == wanted; }
};

class ErrorFinder final : public StringHost {
 public:
  static constexpr int kMaxDepth = 6000;  // rule levels, as in CPython

  ErrorFinder(Session& session, std::string_view text, ParseMode mode, const ReaderPlace& place, grammar::Rule start)
      : session_(session), reader_(session, text, mode, place), start_(start) {}
  ~ErrorFinder();

  /// True: the source is well-formed after all. Otherwise the session has an error.
  bool run();
  TokenReader& reader() { return reader_; }

 private:
  friend class ErrorActions;
  struct Memo {
    grammar::Rule rule;
    uint32_t end;
    Piece* value;
    Memo* next;
  };
  struct Captures {
    Piece* named[5] = {};  // named[0] is where unnamed values go
    Piece* last = nullptr;
    int count = 0;  // of values
  };

  // StringHost
  Session& session() override { return session_; }
  void string_error(std::string_view message) override { raise(message); }
  void warn_invalid_escape(const Token& token, std::string_view sequence) override;
  ast::ExprNode* parse_embedded(std::string_view text, const ReaderPlace& place) override;

  // Tokens
  bool fill();
  const Token* token_at(uint32_t place) const { return tokens_[place]; }
  const Token* peek() { return mark_ < tokens_.size() || fill() ? tokens_[mark_] : nullptr; }
  Piece* take_token();
  const Token* last_token() const { return tokens_.size() ? tokens_[tokens_.size() - 1] : nullptr; }

  // Errors
  void stop(bool and_error = true) { stopped_ = and_error; }
  void raise(std::string_view message, ErrorClass error_class = ErrorClass::SyntaxError);
  void raise_range(const ast::PositionedNode& first, const ast::PositionedNode& last, std::string_view message);
  void raise_memory_error();
  void settle(const Token* last_of_first_pass);
  void check_rest_of_tokens();
  bool is_end_of_source();
  void reset_for_second_pass();

  // Grammar
  Piece* run_rule(grammar::Rule rule);
  Piece* run_left_recursive(grammar::Rule rule);
  Piece* run_alternatives(const uint16_t* words, const char* text);
  Piece* run_group(const uint16_t* words, const char* text);
  bool run_item(const uint16_t** words, const char* text, Captures& captures);
  bool run_nested(const uint16_t* words, const char* text, Piece** value);
  bool look_ahead(const uint16_t* words, const char* text);
  Piece* run_loop(const uint16_t* words, const char* text, bool at_least_one);
  Piece* run_gather(TokenType separator, const uint16_t* words, const char* text);
  bool force(TokenType wanted, Piece** value);
  Piece* run_action(const uint16_t* words, const char* text, Captures& captures, uint32_t start);
  bool find_memo(grammar::Rule rule, Piece** value);
  Memo* remember(grammar::Rule rule, uint32_t start, Piece* value);
  bool enter();
  void leave() { --level_; }

  // Pieces
  Piece* new_piece(uint32_t start);
  Piece* new_sequence(std::span<Piece* const> parts);

  Session& session_;
  Arena arena_;  // tokens, pieces and memos
  TokenReader reader_;
  grammar::Rule start_;
  Buffer<const Token*> tokens_;
  Buffer<Memo*> memos_;    // by token
  Buffer<Piece*> pieces_;  // by token
  Buffer<Piece*> scratch_;
  uint32_t mark_ = 0;
  int level_ = 0;
  bool stopped_ = false;
  bool second_pass_ = false;
};

/// "function call", "list": how messages call a kind of expression.
const char* expression_name(const Piece& piece);

}  // namespace viperine::syntax
