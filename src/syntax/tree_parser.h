// SPDX-License-Identifier: MIT
// The parser proper: recursive descent with precedence climbing, over all tokens of the source, building the tree.
// It says only whether the source is well-formed; what is wrong with it is error_finder.h's business.
// Invariants: a null result means failure and unwinds to the entry; nesting is bounded by kMaxDepth.
#pragma once

#include "syntax/string_literals.h"

namespace viperine::syntax {

class TreeParser final : public StringHost {
 public:
  /// Rule levels that CPython's parser may nest.
  static constexpr int kMaxDepth = 6000;

  TreeParser(Session& session, std::string_view text, ParseMode mode, const ReaderPlace& place, int depth = 0)
      : session_(session), arena_(session.arena()), reader_(session, text, mode, place), depth_(depth) {}

  ast::ModNode* parse_module();
  /// The expression of an f-string.
  ast::ExprNode* parse_fstring_expression();

  bool too_deep() const { return too_deep_; }
  /// Where the parse of one interactive statement stopped.
  const char* rest_of_source() const;

 private:
  using T = TokenType;

  // StringHost
  Session& session() override { return session_; }
  void string_error(std::string_view) override {}
  void warn_invalid_escape(const Token& token, std::string_view sequence) override;
  ast::ExprNode* parse_embedded(std::string_view text, const ReaderPlace& place) override;

  // Tokens
  void read_tokens();
  T type() const { return token_->type; }
  T next_type() const { return token_->type == T::EndMarker ? T::EndMarker : token_[1].type; }
  bool at(T wanted) const { return token_->type == wanted; }
  bool accept(T wanted) {
    if (token_->type != wanted) return false;
    ++token_;
    return true;
  }
  bool at_word(std::string_view word) const { return token_->type == T::Name && token_->text() == word; }
  std::string_view identifier(const Token* token) { return session_.identifier(token->text()); }
  bool take_type_comment(std::string_view* comment);

  // Nodes
  template <typename N>
  N* make(const Token* first) {
    N* node = ast::make_node<N>(arena_);
    node->lineno = first->lineno;
    node->col_offset = first->col_offset;
    set_end(node);
    return node;
  }
  void set_end(ast::PositionedNode* node) {
    const Token* last = token_ - 1;
    while (last->type == T::Newline || last->type == T::Dedent || last->type == T::Indent ||
           last->type == T::EndMarker) {
      --last;
    }
    node->end_lineno = last->end_lineno;
    node->end_col_offset = last->end_col_offset;
  }

  /// Collects the items of a list on a scratch stack. Lists nest: finish the inner one before pushing to the outer.
  class List {
   public:
    explicit List(TreeParser& parser) : parser_(parser), base_(parser.scratch_.size()) {}
    ~List() { parser_.scratch_.truncate(base_); }
    List(const List&) = delete;
    void push(const void* item) { parser_.scratch_.push(const_cast<void*>(item)); }
    size_t size() const { return parser_.scratch_.size() - base_; }
    template <typename N>
    std::span<N*> take() {
      std::span<N*> items(static_cast<N**>(parser_.arena_.allocate(size() * sizeof(N*))), size());
      for (size_t i = 0; i < items.size(); ++i) items[i] = static_cast<N*>(parser_.scratch_[base_ + i]);
      return items;
    }

   private:
    TreeParser& parser_;
    size_t base_;
  };

  /// Counts rule levels; false when there are too many.
  class Depth {
   public:
    Depth(TreeParser& parser, int levels) : parser_(parser), levels_(levels) { parser_.depth_ += levels; }
    ~Depth() { parser_.depth_ -= levels_; }
    bool is_fine() {
      if (parser_.depth_ <= kMaxDepth) [[likely]]
        return true;
      parser_.too_deep_ = true;
      return false;
    }

   private:
    TreeParser& parser_;
    int levels_;
  };

  /// A place to come back to.
  struct Mark {
    const Token* token;
    size_t warnings;
  };
  Mark mark() { return {token_, session_.warnings().size()}; }
  void reset(const Mark& mark) {
    token_ = mark.token;
    session_.warnings().truncate(mark.warnings);
  }

  // Expressions: tree_parser_expressions.cpp
  ast::ExprNode* parse_expression();
  ast::ExprNode* parse_conditional(const Token* first, ast::ExprNode* body);
  ast::ExprNode* parse_named_expression();
  ast::ExprNode* parse_star_named_expression();
  ast::ExprNode* parse_star_expression();
  ast::ExprNode* parse_star_expressions();
  ast::ExprNode* parse_yield_or_star_expressions();
  ast::ExprNode* parse_yield();
  ast::ExprNode* parse_disjunction();
  ast::ExprNode* parse_conjunction();
  ast::ExprNode* parse_inversion();
  ast::ExprNode* parse_comparison();
  bool accept_comparison(ast::CompareOperator* op);
  ast::ExprNode* parse_binary(int precedence);
  ast::ExprNode* parse_factor();
  ast::ExprNode* parse_power();
  ast::ExprNode* parse_primary();
  ast::ExprNode* parse_trailers(const Token* first, ast::ExprNode* value);
  ast::ExprNode* parse_starred();
  bool starts_expression() const;

  // Atoms and displays: tree_parser_atoms.cpp
  ast::ExprNode* parse_atom();
  ast::ExprNode* parse_name();
  ast::ExprNode* parse_constant(ast::ConstantKind kind);
  ast::ExprNode* parse_number();
  ast::ExprNode* parse_parenthesized();
  ast::ExprNode* parse_list();
  ast::ExprNode* parse_braces();
  bool parse_dict_item(ast::ExprNode** key, ast::ExprNode** value);
  ast::ExprNode* parse_dict(const Token* first);
  bool parse_generators(std::span<ast::Comprehension*>* result);
  bool at_generators() const { return at(T::For) || (at(T::Async) && token_[1].type == T::For); }
  bool parse_star_named_list(List& items, T closing);
  ast::ExprNode* parse_slices();
  ast::ExprNode* parse_slice();
  ast::ExprNode* parse_starred_argument();
  ast::ExprNode* parse_call(const Token* first, ast::ExprNode* function);
  struct CallArguments {
    std::span<ast::ExprNode*> positional;
    std::span<ast::Keyword*> keywords;
  };
  bool parse_arguments(CallArguments* arguments);

  // Parameters: tree_parser_parameters.cpp
  enum class ParameterStyle { Function, Lambda };
  ast::Arguments* parse_parameters(ParameterStyle style);
  ast::ExprNode* parse_lambda();
  struct ParameterLists;
  ast::Arg* parse_parameter(ParameterStyle style, bool starred_annotation);
  bool parse_after_star(ParameterStyle style, ParameterLists& lists, ast::Arguments* arguments);
  bool parse_default(ast::ExprNode** value);
  bool end_parameter(ParameterStyle style, ast::Arg* argument);

  // Targets: tree_parser_statements.cpp
  bool make_star_target(ast::ExprNode* target);
  bool make_star_targets(std::span<ast::ExprNode*> targets);
  bool make_delete_target(ast::ExprNode* target);
  ast::ExprNode* parse_star_target();
  ast::ExprNode* parse_star_targets();

  // Statements: tree_parser_statements.cpp and tree_parser_blocks.cpp
  bool parse_statements(List& statements);
  bool parse_simple_statements(List& statements);
  ast::StmtNode* parse_simple_statement();
  ast::StmtNode* parse_compound_statement();
  bool at_compound_statement() const;
  ast::StmtNode* parse_expression_statement();
  ast::StmtNode* parse_assignment(const Token* first, ast::ExprNode* target);
  ast::StmtNode* parse_annotated_assignment(const Token* first, ast::ExprNode* target);
  ast::StmtNode* parse_augmented_assignment(const Token* first, ast::ExprNode* target);
  ast::StmtNode* parse_return();
  ast::StmtNode* parse_raise();
  ast::StmtNode* parse_delete();
  ast::StmtNode* parse_assert();
  ast::StmtNode* parse_import();
  ast::StmtNode* parse_from_import();
  bool parse_import_names(List& aliases);
  bool parse_dotted_name(std::string_view* name);
  template <typename N>
  ast::StmtNode* parse_names_statement();
  template <typename N>
  ast::StmtNode* parse_word_statement();

  bool parse_block(std::span<ast::StmtNode*>* body);
  bool parse_else(std::span<ast::StmtNode*>* body);
  ast::StmtNode* parse_if();
  ast::StmtNode* parse_while();
  template <typename N>
  ast::StmtNode* parse_for(const Token* first);
  template <typename N>
  ast::StmtNode* parse_with(const Token* first);
  bool parse_with_items(List& items, bool parenthesized);
  ast::StmtNode* parse_try();
  ast::ExceptHandlerNode* parse_except(bool is_star);
  ast::StmtNode* parse_decorated();
  template <typename N>
  ast::StmtNode* parse_function(const Token* first, std::span<ast::ExprNode*> decorators);
  ast::StmtNode* parse_class(std::span<ast::ExprNode*> decorators);

  // Patterns: tree_parser_patterns.cpp
  bool may_start_match() const;
  ast::StmtNode* parse_match();
  ast::ExprNode* parse_subject();
  ast::MatchCase* parse_case();
  ast::PatternNode* parse_patterns();
  ast::PatternNode* parse_pattern();
  ast::PatternNode* parse_or_pattern();
  ast::PatternNode* parse_closed_pattern();
  ast::PatternNode* parse_literal_pattern();
  ast::ExprNode* parse_signed_number();
  ast::ExprNode* parse_number_literal();
  ast::PatternNode* parse_name_pattern();
  ast::ExprNode* parse_dotted_value(const Token* first);
  ast::PatternNode* parse_class_pattern(const Token* first, ast::ExprNode* cls);
  ast::PatternNode* parse_maybe_star_pattern();
  bool parse_pattern_list(List& patterns, T closing, bool* has_comma);
  ast::PatternNode* parse_sequence_or_group();
  ast::PatternNode* parse_mapping();
  ast::ExprNode* parse_mapping_key();
  bool parse_capture_name(std::string_view* name);

  // Entries: tree_parser.cpp
  ast::ModNode* parse_file();
  ast::ModNode* parse_interactive();
  ast::ModNode* parse_eval();
  ast::ModNode* parse_function_type();

  Session& session_;
  Arena& arena_;
  TokenReader reader_;
  Buffer<Token> tokens_;
  const Token* token_ = nullptr;
  Buffer<void*> scratch_;
  int depth_;
  bool too_deep_ = false;
};

/// The value of a sub-parse, or failure of this one.
#define PARSE(expression)           \
  ({                                \
    auto parsed_ = (expression);    \
    if (!parsed_) [[unlikely]]      \
      return {};                    \
    parsed_;                        \
  })

}  // namespace viperine::syntax
