// SPDX-License-Identifier: MIT
// Parameter lists of functions and lambdas, which differ in annotations and in what ends them.
#include "syntax/tree_parser.h"

namespace viperine::syntax {

using namespace ast;

struct TreeParser::ParameterLists {
  Buffer<Arg*> plain;
  Buffer<ExprNode*> defaults;
  Buffer<Arg*> keyword_only;
  Buffer<ExprNode*> keyword_defaults;
};

namespace {

template <typename N>
std::span<N*> copy_list(Arena& arena, const Buffer<N*>& items) {
  return arena.copy<N*>({items.data(), items.size()});
}

}  // namespace

Arg* TreeParser::parse_parameter(ParameterStyle style, bool starred_annotation) {
  if (!at(T::Name)) return nullptr;
  const Token* first = token_++;
  ExprNode* annotation = nullptr;
  if (style == ParameterStyle::Function && accept(T::Colon)) {
    annotation = PARSE(starred_annotation && at(T::Star) ? parse_starred() : parse_expression());
  }
  auto* argument = make<Arg>(first);
  argument->arg = identifier(first);
  argument->annotation = annotation;
  return argument;
}

bool TreeParser::parse_default(ExprNode** value) {
  *value = nullptr;
  if (!accept(T::Equal)) return true;
  *value = PARSE(parse_expression());
  return true;
}

/// A comma, or the end of the list, which stays; a type comment may stand beside it.
bool TreeParser::end_parameter(ParameterStyle style, Arg* argument) {
  T closing = style == ParameterStyle::Function ? T::RightParen : T::Colon;
  if (accept(T::Comma)) {
    if (argument && style == ParameterStyle::Function) take_type_comment(&argument->type_comment);
    return true;
  }
  if (argument && style == ParameterStyle::Function) take_type_comment(&argument->type_comment);
  return at(closing);
}

/// After '*': the name or the comma, keyword-only parameters, '**'.
bool TreeParser::parse_after_star(ParameterStyle style, ParameterLists& lists, Arguments* arguments) {
  T closing = style == ParameterStyle::Function ? T::RightParen : T::Colon;
  bool bare = accept(T::Comma);
  if (!bare) {
    arguments->vararg = PARSE(parse_parameter(style, true));
    if (!end_parameter(style, arguments->vararg)) return false;
  }
  while (at(T::Name)) {
    Arg* argument = PARSE(parse_parameter(style, false));
    ExprNode* value;
    if (!parse_default(&value) || !end_parameter(style, argument)) return false;
    lists.keyword_only.push(argument);
    lists.keyword_defaults.push(value);
    if (token_[-1].type != T::Comma && token_[-1].type != T::TypeComment) break;
  }
  if (bare && lists.keyword_only.size() == 0) return false;
  return at(closing) || at(T::DoubleStar);
}

Arguments* TreeParser::parse_parameters(ParameterStyle style) {
  T closing = style == ParameterStyle::Function ? T::RightParen : T::Colon;
  auto* arguments = make_node<Arguments>(arena_);
  if (at(closing)) return arguments;
  ParameterLists lists;
  bool saw_slash = false;
  while (!at(closing)) {
    if (accept(T::Slash)) {
      if (saw_slash || lists.plain.size() == 0 || session_.options().feature_version < 8) return nullptr;
      saw_slash = true;
      arguments->posonlyargs = copy_list(arena_, lists.plain);
      lists.plain.truncate(0);
      if (!end_parameter(style, nullptr)) return nullptr;
    } else if (accept(T::Star)) {
      if (!parse_after_star(style, lists, arguments)) return nullptr;
      if (at(closing)) break;
    } else if (accept(T::DoubleStar)) {
      arguments->kwarg = PARSE(parse_parameter(style, false));
      if (!end_parameter(style, arguments->kwarg) || !at(closing)) return nullptr;
    } else {
      Arg* argument = PARSE(parse_parameter(style, false));
      ExprNode* value;
      if (!parse_default(&value)) return nullptr;
      if (value)
        lists.defaults.push(value);
      else if (lists.defaults.size())
        return nullptr;
      if (!end_parameter(style, argument)) return nullptr;
      lists.plain.push(argument);
    }
  }
  arguments->args = copy_list(arena_, lists.plain);
  arguments->defaults = copy_list(arena_, lists.defaults);
  arguments->kwonlyargs = copy_list(arena_, lists.keyword_only);
  arguments->kw_defaults = copy_list(arena_, lists.keyword_defaults);
  return arguments;
}

ExprNode* TreeParser::parse_lambda() {
  Depth depth(*this, 2);
  if (!depth.is_fine()) return nullptr;
  const Token* first = token_++;
  Arguments* arguments = PARSE(parse_parameters(ParameterStyle::Lambda));
  if (!accept(T::Colon)) return nullptr;
  ExprNode* body = PARSE(parse_expression());
  auto* node = make<Lambda>(first);
  node->args = arguments;
  node->body = body;
  return node;
}

}  // namespace viperine::syntax
