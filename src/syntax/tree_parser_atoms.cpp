// SPDX-License-Identifier: MIT
// Names, literals, parenthesised forms, displays, comprehensions, subscripts and calls.
#include "syntax/literals.h"
#include "syntax/tree_parser.h"

namespace viperine::syntax {

using namespace ast;

namespace {

/// Rule levels that CPython's grammar puts between a bracket and the atom that opens it.
constexpr int kLevelsPerBracket = 28;

}  // namespace

ExprNode* TreeParser::parse_name() {
  ++token_;
  auto* node = make<Name>(token_ - 1);
  node->id = identifier(token_ - 1);
  return node;
}

ExprNode* TreeParser::parse_constant(ConstantKind kind) {
  ++token_;
  auto* node = make<Constant>(token_ - 1);
  node->value.kind = kind;
  return node;
}

ExprNode* TreeParser::parse_number() {
  ++token_;
  auto* node = make<Constant>(token_ - 1);
  node->value = number_value(session_, token_[-1].text());
  if (number_limit_error(session_, node->value).data()) return nullptr;
  if (session_.options().feature_version < 6 && token_[-1].text().find('_') != std::string_view::npos) return nullptr;
  return node;
}

ExprNode* TreeParser::parse_atom() {
  switch (type()) {
    case T::Name: return parse_name();
    case T::Number: return parse_number();
    case T::String: {
      const Token* first = token_;
      do ++token_;
      while (at(T::String));
      return parse_strings(*this, {first, token_});
    }
    case T::LeftParen: return parse_parenthesized();
    case T::LeftBracket: return parse_list();
    case T::LeftBrace: return parse_braces();
    case T::None: return parse_constant(ConstantKind::None);
    case T::True: return parse_constant(ConstantKind::True);
    case T::False: return parse_constant(ConstantKind::False);
    case T::Ellipsis: return parse_constant(ConstantKind::Ellipsis);
    default: return nullptr;
  }
}

/// Items and commas up to the closing bracket, which stays.
bool TreeParser::parse_star_named_list(List& items, T closing) {
  while (!at(closing)) {
    items.push(PARSE(parse_star_named_expression()));
    if (!accept(T::Comma)) return at(closing);
  }
  return true;
}

ExprNode* TreeParser::parse_parenthesized() {
  Depth depth(*this, kLevelsPerBracket);
  if (!depth.is_fine()) return nullptr;
  const Token* first = token_++;
  if (at(T::Yield)) {
    ExprNode* value = PARSE(parse_yield());
    return accept(T::RightParen) ? value : nullptr;
  }
  List items(*this);
  if (!at(T::RightParen)) {
    ExprNode* value = PARSE(parse_star_named_expression());
    bool starred = value->kind == NodeKind::Starred;
    if (at(T::RightParen)) {
      ++token_;
      return starred ? nullptr : value;
    }
    if (at_generators()) {
      if (starred) return nullptr;
      std::span<Comprehension*> generators;
      if (!parse_generators(&generators) || !accept(T::RightParen)) return nullptr;
      auto* node = make<GeneratorExp>(first);
      node->elt = value;
      node->generators = generators;
      return node;
    }
    if (!accept(T::Comma)) return nullptr;
    items.push(value);
    if (!parse_star_named_list(items, T::RightParen)) return nullptr;
  }
  ++token_;
  auto* node = make<Tuple>(first);
  node->elts = items.take<ExprNode>();
  return node;
}

ExprNode* TreeParser::parse_list() {
  Depth depth(*this, kLevelsPerBracket);
  if (!depth.is_fine()) return nullptr;
  const Token* first = token_++;
  List items(*this);
  if (!at(T::RightBracket)) {
    ExprNode* value = PARSE(parse_star_named_expression());
    if (at_generators()) {
      if (value->kind == NodeKind::Starred) return nullptr;
      std::span<Comprehension*> generators;
      if (!parse_generators(&generators) || !accept(T::RightBracket)) return nullptr;
      auto* node = make<ListComp>(first);
      node->elt = value;
      node->generators = generators;
      return node;
    }
    items.push(value);
    if (!at(T::RightBracket) && (!accept(T::Comma) || !parse_star_named_list(items, T::RightBracket))) return nullptr;
  }
  ++token_;
  auto* node = make<ast::List>(first);
  node->elts = items.take<ExprNode>();
  return node;
}

/// A set, a dict, or a comprehension of either.
ExprNode* TreeParser::parse_braces() {
  Depth depth(*this, kLevelsPerBracket);
  if (!depth.is_fine()) return nullptr;
  const Token* first = token_++;
  if (at(T::RightBrace) || at(T::DoubleStar)) return parse_dict(first);
  const Token* start = token_;
  ExprNode* value = PARSE(parse_star_named_expression());
  bool starred = value->kind == NodeKind::Starred;
  bool named = start->type == T::Name && start[1].type == T::ColonEqual;
  if (at(T::Colon) && !starred && !named) {
    // The key has been parsed; parse_dict would do it again, so go on from here.
    ++token_;
    ExprNode* item = PARSE(parse_expression());
    if (at_generators()) {
      std::span<Comprehension*> generators;
      if (!parse_generators(&generators) || !accept(T::RightBrace)) return nullptr;
      auto* node = make<DictComp>(first);
      node->key = value;
      node->value = item;
      node->generators = generators;
      return node;
    }
    List keys_and_values(*this);
    keys_and_values.push(value);
    keys_and_values.push(item);
    while (accept(T::Comma) && !at(T::RightBrace)) {
      ExprNode* key = nullptr;
      ExprNode* next = nullptr;
      if (!parse_dict_item(&key, &next)) return nullptr;
      keys_and_values.push(key);
      keys_and_values.push(next);
    }
    if (!accept(T::RightBrace)) return nullptr;
    auto* node = make<Dict>(first);
    std::span<ExprNode*> all = keys_and_values.take<ExprNode>();
    size_t count = all.size() / 2;
    auto* values = static_cast<ExprNode**>(arena_.allocate(count * sizeof(ExprNode*)));
    for (size_t i = 0; i < count; ++i) {
      values[i] = all[2 * i + 1];
      all[i] = all[2 * i];
    }
    node->keys = all.subspan(0, count);
    node->values = {values, count};
    return node;
  }
  if (at_generators()) {
    if (starred) return nullptr;
    std::span<Comprehension*> generators;
    if (!parse_generators(&generators) || !accept(T::RightBrace)) return nullptr;
    auto* node = make<SetComp>(first);
    node->elt = value;
    node->generators = generators;
    return node;
  }
  List items(*this);
  items.push(value);
  if (!at(T::RightBrace) && (!accept(T::Comma) || !parse_star_named_list(items, T::RightBrace))) return nullptr;
  ++token_;
  auto* node = make<Set>(first);
  node->elts = items.take<ExprNode>();
  return node;
}

/// *key stays null for `**mapping`.
bool TreeParser::parse_dict_item(ExprNode** key, ExprNode** value) {
  if (accept(T::DoubleStar)) {
    *value = PARSE(parse_binary(1));
    return true;
  }
  *key = PARSE(parse_expression());
  if (!accept(T::Colon)) return false;
  *value = PARSE(parse_expression());
  return true;
}

/// A dict that is empty or starts with `**`.
ExprNode* TreeParser::parse_dict(const Token* first) {
  List keys(*this);
  Buffer<ExprNode*> values;
  while (!at(T::RightBrace)) {
    ExprNode* key = nullptr;
    ExprNode* value = nullptr;
    if (!parse_dict_item(&key, &value)) return nullptr;
    keys.push(key);
    values.push(value);
    if (!accept(T::Comma) && !at(T::RightBrace)) return nullptr;
  }
  ++token_;
  auto* node = make<Dict>(first);
  node->keys = keys.take<ExprNode>();
  node->values = arena_.copy<ExprNode*>({values.data(), values.size()});
  return node;
}

bool TreeParser::parse_generators(std::span<Comprehension*>* result) {
  List generators(*this);
  while (at_generators()) {
    auto* generator = make_node<Comprehension>(arena_);
    generator->is_async = accept(T::Async);
    if (generator->is_async && session_.options().feature_version < 6) return false;
    ++token_;
    generator->target = PARSE(parse_star_targets());
    if (!accept(T::In)) return false;
    generator->iter = PARSE(parse_disjunction());
    generators.push(generator);
    List conditions(*this);
    while (accept(T::If)) conditions.push(PARSE(parse_disjunction()));
    generator->ifs = conditions.take<ExprNode>();
  }
  *result = generators.take<Comprehension>();
  return true;
}

ExprNode* TreeParser::parse_slices() {
  const Token* first = token_;
  bool starred = at(T::Star);
  ExprNode* slice = PARSE(starred ? parse_starred_argument() : parse_slice());
  if (!at(T::Comma) && !starred) return slice;
  List items(*this);
  items.push(slice);
  while (accept(T::Comma)) {
    if (at(T::RightBracket)) break;
    items.push(PARSE(at(T::Star) ? parse_starred_argument() : parse_slice()));
  }
  auto* tuple = make<Tuple>(first);
  tuple->elts = items.take<ExprNode>();
  return tuple;
}

/// In calls and subscripts any expression may follow the star.
ExprNode* TreeParser::parse_starred_argument() {
  const Token* first = token_++;
  ExprNode* value = PARSE(parse_expression());
  auto* node = make<Starred>(first);
  node->value = value;
  return node;
}

ExprNode* TreeParser::parse_slice() {
  const Token* first = token_;
  ExprNode* lower = nullptr;
  if (!at(T::Colon)) {
    lower = PARSE(parse_named_expression());
    if (!at(T::Colon)) return lower;
    if (first->type == T::Name && first[1].type == T::ColonEqual) return nullptr;
  }
  ++token_;
  ExprNode* upper = nullptr;
  ExprNode* step = nullptr;
  if (starts_expression()) upper = PARSE(parse_expression());
  if (accept(T::Colon) && starts_expression()) step = PARSE(parse_expression());
  auto* node = make<Slice>(first);
  node->lower = lower;
  node->upper = upper;
  node->step = step;
  return node;
}

ExprNode* TreeParser::parse_call(const Token* first, ExprNode* function) {
  Depth depth(*this, kLevelsPerBracket);
  if (!depth.is_fine()) return nullptr;
  const Token* open = token_++;
  CallArguments arguments;
  if (!at(T::RightParen)) {
    if (!parse_arguments(&arguments)) return nullptr;
    if (at_generators()) {
      // f(x for x in y): the only argument, whose place includes the parentheses.
      if (arguments.positional.size() != 1 || arguments.keywords.size() || token_[-1].type == T::Comma) return nullptr;
      ExprNode* element = arguments.positional[0];
      if (element->kind == NodeKind::Starred) return nullptr;
      std::span<Comprehension*> generators;
      if (!parse_generators(&generators) || !accept(T::RightParen)) return nullptr;
      auto* generator = make<GeneratorExp>(open);
      generator->elt = element;
      generator->generators = generators;
      arguments.positional[0] = generator;
      auto* node = make<Call>(first);
      node->func = function;
      node->args = arguments.positional;
      return node;
    }
  }
  if (!accept(T::RightParen)) return nullptr;
  auto* node = make<Call>(first);
  node->func = function;
  node->args = arguments.positional;
  node->keywords = arguments.keywords;
  return node;
}

/// Up to the closing parenthesis or a `for`, which stay.
bool TreeParser::parse_arguments(CallArguments* result) {
  List positional(*this);
  Buffer<Keyword*> keywords;
  bool saw_keyword = false, saw_unpacked_mapping = false;
  while (!at(T::RightParen)) {
    const Token* first = token_;
    if (accept(T::DoubleStar)) {
      ExprNode* value = PARSE(parse_expression());
      auto* keyword = make<Keyword>(first);
      keyword->value = value;
      keywords.push(keyword);
      saw_unpacked_mapping = true;
    } else if (at(T::Star)) {
      if (saw_unpacked_mapping) return false;
      positional.push(PARSE(parse_starred_argument()));
    } else if (at(T::Name) && token_[1].type == T::Equal) {
      token_ += 2;
      ExprNode* value = PARSE(parse_expression());
      auto* keyword = make<Keyword>(first);
      keyword->arg = identifier(first);
      keyword->value = value;
      keywords.push(keyword);
      saw_keyword = true;
    } else {
      if (saw_keyword || saw_unpacked_mapping) return false;
      positional.push(PARSE(parse_named_expression()));
      if (at(T::Equal)) return false;
    }
    if (!accept(T::Comma)) break;
  }
  result->positional = positional.take<ExprNode>();
  result->keywords = arena_.copy<Keyword*>({keywords.data(), keywords.size()});
  return true;
}

}  // namespace viperine::syntax
