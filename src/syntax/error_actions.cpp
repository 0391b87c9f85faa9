// SPDX-License-Identifier: MIT
// Functions of the error grammar. They return a piece, or nullptr after raising (or to make their rule fail).
#include "syntax/error_actions.h"

#include "syntax/literals.h"

namespace viperine::syntax {

using ast::NodeKind;

const char* expression_name(const Piece& piece) {
  if (piece.form != Piece::Form::Node) return "expression";
  switch (piece.kind) {
    case NodeKind::Attribute: return "attribute";
    case NodeKind::Subscript: return "subscript";
    case NodeKind::Starred: return "starred";
    case NodeKind::Name: return "name";
    case NodeKind::List: return "list";
    case NodeKind::Tuple: return "tuple";
    case NodeKind::Lambda: return "lambda";
    case NodeKind::Call: return "function call";
    case NodeKind::GeneratorExp: return "generator expression";
    case NodeKind::Yield:
    case NodeKind::YieldFrom: return "yield expression";
    case NodeKind::Await: return "await expression";
    case NodeKind::ListComp: return "list comprehension";
    case NodeKind::SetComp: return "set comprehension";
    case NodeKind::DictComp: return "dict comprehension";
    case NodeKind::Dict: return "dict literal";
    case NodeKind::Set: return "set display";
    case NodeKind::JoinedStr:
    case NodeKind::FormattedValue: return "f-string expression";
    case NodeKind::Compare: return "comparison";
    case NodeKind::IfExp: return "conditional expression";
    case NodeKind::NamedExpr: return "named expression";
    case NodeKind::Constant:
      switch (piece.constant) {
        case ast::ConstantKind::None: return "None";
        case ast::ConstantKind::True: return "True";
        case ast::ConstantKind::False: return "False";
        case ast::ConstantKind::Ellipsis: return "ellipsis";
        default: return "literal";
      }
    default: return "expression";
  }
}

Piece* ErrorActions::call(grammar::Function function) {
  switch (function) {
#define VIPERINE_F(name) \
  case grammar::Function::name##_function: return name##_action();
    VIPERINE_GRAMMAR_FUNCTIONS(VIPERINE_F)
#undef VIPERINE_F
  }
  return nullptr;
}

Piece* ErrorActions::fail_range(const Piece& first, const Piece& last, const char* message) {
  finder_.raise_range(first, last, message);
  return nullptr;
}

Piece* ErrorActions::never_action() { return nullptr; }

// ---- atoms

Piece* ErrorActions::constant(ast::ConstantKind kind) {
  Piece* piece = finder_.new_piece(start_);
  piece->kind = NodeKind::Constant;
  piece->constant = kind;
  return piece;
}
Piece* ErrorActions::none_action() { return constant(ast::ConstantKind::None); }
Piece* ErrorActions::true_action() { return constant(ast::ConstantKind::True); }
Piece* ErrorActions::false_action() { return constant(ast::ConstantKind::False); }
Piece* ErrorActions::ellipsis_action() { return constant(ast::ConstantKind::Ellipsis); }

Piece* ErrorActions::number_action() {
  const Token& token = *a_->token;
  Session& session = finder_.session_;
  if (session.options().feature_version < 6 && token.text().find('_') != std::string_view::npos) {
    finder_.raise("Underscores in numeric literals are only supported in Python 3.6 and greater");
    return nullptr;
  }
  ast::ConstantValue value = number_value(session, token.text());
  std::string_view complaint = number_limit_error(session, value);
  if (complaint.data()) {
    finder_.reader_.raise_at(ErrorClass::SyntaxError, token.lineno, -1, token.end_lineno, -1, complaint);
    finder_.stop();
    return nullptr;
  }
  return constant(value.kind);
}

Piece* ErrorActions::real_number_action() {
  Piece* number = number_action();
  if (!number || number->constant != ast::ConstantKind::Complex) return number;
  return fail_range(*number, *number, "real number required in complex literal");
}
Piece* ErrorActions::imaginary_number_action() {
  Piece* number = number_action();
  if (!number || number->constant == ast::ConstantKind::Complex) return number;
  return fail_range(*number, *number, "imaginary number required in complex literal");
}

Piece* ErrorActions::not_equal_action() {
  bool is_angle = a_->token->start[0] == '<';
  if (finder_.session_.options().barry_as_bdfl) {
    if (is_angle) return a_;
    finder_.raise("with Barry as BDFL, use '<>' instead of '!='");
    return nullptr;
  }
  return is_angle ? nullptr : a_;
}

Piece* ErrorActions::strings_action() {
  Buffer<Token> tokens;
  for (const Piece* part : a_->parts) tokens.push(*part->token);
  ast::ExprNode* node = parse_strings(finder_, {tokens.data(), tokens.size()});
  if (!node) {
    finder_.stop();
    return nullptr;
  }
  Piece* piece = constant(ast::ConstantKind::Str);
  piece->kind = node->kind;
  return piece;
}

Piece* ErrorActions::concatenate_action() {
  size_t base = finder_.scratch_.size();
  for (Piece* piece : {a_, b_}) {
    if (!piece) continue;
    if (piece->form == Piece::Form::Sequence)
      for (Piece* part : piece->parts) finder_.scratch_.push(part);
    else
      finder_.scratch_.push(piece);
  }
  Piece* sequence =
      finder_.new_sequence({finder_.scratch_.data() + base, finder_.scratch_.size() - base});
  finder_.scratch_.truncate(base);
  return sequence;
}

/// A call: positional arguments as parts; keywords only as far as they unpack mappings.
Piece* ErrorActions::arguments_action() {
  Piece* all = concatenate_action();
  Piece* call = finder_.new_piece(start_);
  call->kind = NodeKind::Call;
  size_t count = 0;
  for (Piece* part : all->parts) {
    if (part->is(NodeKind::Keyword))
      call->unpacks_mapping |= !part->parts.empty();
    else
      all->parts[count++] = part;
  }
  call->parts = all->parts.subspan(0, count);
  return call;
}

// ---- mistakes in calls and expressions

namespace {

/// The end of a generator: its last condition or iterable.
const Piece& end_of(const Piece* clauses) { return *clauses->parts.back()->parts.back(); }

constexpr const char* kBareGenerator = "Generator expression must be parenthesized";

}  // namespace

Piece* ErrorActions::bare_generator_action() { return fail_range(*a_, end_of(b_), kBareGenerator); }

Piece* ErrorActions::bare_generator_in_call_action() {
  if (a_->parts.size() <= 1) return nullptr;
  return fail_range(*a_->parts.back(), end_of(b_), kBareGenerator);
}

Piece* ErrorActions::bare_generator_to_target_action() {
  return fail_range(*a_, *b_->parts.back()->parts.front(), kBareGenerator);
}

Piece* ErrorActions::positional_after_keyword_action() {
  finder_.raise(a_->unpacks_mapping ? "positional argument follows keyword argument unpacking"
                                    : "positional argument follows keyword argument");
  return nullptr;
}

namespace {

/// print or exec, which were statements once.
bool is_legacy_statement(const Piece* piece) {
  if (!piece->is(NodeKind::Name) || !piece->token) return false;
  return piece->token->text() == "print" || piece->token->text() == "exec";
}

}  // namespace

Piece* ErrorActions::legacy_statement_action() {
  if (!is_legacy_statement(a_)) return nullptr;
  const char* name = a_->token->text() == "print" ? "print" : "exec";
  std::string_view message =
      finder_.session_.format("Missing parentheses in call to '%s'. Did you mean %s(...)?", name, name);
  finder_.raise_range(*a_, *b_, message);
  return nullptr;
}

Piece* ErrorActions::forgotten_comma_action() {
  if (is_legacy_statement(a_) || finder_.token_at(finder_.mark_ - 1)->level == 0) return nullptr;
  return fail_range(*a_, *b_, "invalid syntax. Perhaps you forgot a comma?");
}

Piece* ErrorActions::bare_comprehension_target_action() {
  return fail_range(*a_, *b_->parts.back(), "did you forget parentheses around the comprehension target?");
}

Piece* ErrorActions::missing_colon_in_dict_action() {
  finder_.reader_.raise_at(ErrorClass::SyntaxError, a_->lineno, a_->end_col_offset - 1, a_->end_lineno, -1,
                           "':' expected after dictionary key");
  finder_.stop();
  return nullptr;
}

Piece* ErrorActions::positional_pattern_after_keyword_action() {
  return fail_range(*a_->parts.front(), *a_->parts.back(), "positional patterns follow keyword patterns");
}

// ---- targets

const Piece* ErrorActions::invalid_target(const Piece* piece, Targets targets) {
  if (!piece || piece->form != Piece::Form::Node) return nullptr;
  switch (piece->kind) {
    case NodeKind::List:
    case NodeKind::Tuple:
      for (const Piece* part : piece->parts)
        if (const Piece* bad = invalid_target(part, targets)) return bad;
      return nullptr;
    case NodeKind::Starred:
      return targets == Targets::Delete ? piece : invalid_target(piece->parts.front(), targets);
    case NodeKind::Compare:
      // `for x in y` was read as a comparison; the grammar marks `in y` as a Comprehension.
      if (targets != Targets::For) return piece;
      return piece->parts[1]->is(NodeKind::Comprehension) ? invalid_target(piece->parts[0], targets) : nullptr;
    case NodeKind::Name:
    case NodeKind::Subscript:
    case NodeKind::Attribute: return nullptr;
    default: return piece;
  }
}

Piece* ErrorActions::check_target(Targets targets) {
  const Piece* bad = invalid_target(a_, targets);
  if (!bad) return nullptr;
  finder_.raise_range(*bad, *bad,
                      finder_.session_.format(targets == Targets::Delete ? "cannot delete %s" : "cannot assign to %s",
                                              expression_name(*bad)));
  return nullptr;
}

Piece* ErrorActions::bad_star_target_action() { return check_target(Targets::Star); }
Piece* ErrorActions::bad_delete_target_action() { return check_target(Targets::Delete); }
Piece* ErrorActions::bad_for_target_action() { return check_target(Targets::For); }

}  // namespace viperine::syntax
