// SPDX-License-Identifier: MIT
// error_grammar.def in the form that error_finder.cpp runs: 16-bit words, made from the text by the C++ compiler.
// A word that names an unknown rule, token or function stops the build.
//   rule, group:  alternative* End          alternative: Alternative length is_invalid item* action?
//   item:         operation + 256 * capture, operands, nested item or group
#pragma once

#include <cstdint>
#include <string_view>

#include "syntax/ast.h"
#include "syntax/tokenizer.h"

namespace viperine::syntax::grammar {

enum class Rule : uint16_t {
#define RULE(name, traits, text) name##_rule,
#include "syntax/error_grammar.def"
};

enum class Traits : uint8_t { None, Memo, Left, Quiet };

// The functions of error_actions.cpp that rules may call.
#define VIPERINE_GRAMMAR_FUNCTIONS(F)                                                                         \
  F(never) F(number) F(real_number) F(imaginary_number) F(not_equal) F(strings) F(concatenate) F(arguments)   \
  F(none) F(true) F(false) F(ellipsis)                                                                        \
  F(bare_generator) F(bare_generator_in_call) F(bare_generator_to_target) F(positional_after_keyword)         \
  F(legacy_statement) F(forgotten_comma) F(bare_comprehension_target) F(missing_colon_in_dict)                \
  F(bad_star_target) F(bad_delete_target) F(bad_for_target) F(positional_pattern_after_keyword)

enum class Function : uint16_t {
#define VIPERINE_F(name) name##_function,
  VIPERINE_GRAMMAR_FUNCTIONS(VIPERINE_F)
#undef VIPERINE_F
};

enum class Operation : uint8_t {
  End, Alternative, Token, SoftKeyword, AnySoftKeyword, Rule, Group, Optional, Star, Plus, And, Not, Cut, Force, Gather,
  Action,
};

enum class ActionKind : uint16_t { Node, Capture, At, Range, From, Last, Indent, Call };

/// Words after Operation::Action.
struct Action {
  uint16_t kind;
  uint16_t target;    // Node: NodeKind; Call: Function
  uint16_t captures;  // four bits each, first lowest, 0 none
  uint16_t text_start, text_length;
  uint16_t since, since_start, since_length;  // least minor version of the language, and its complaint
};
inline constexpr size_t kActionWords = sizeof(Action) / sizeof(uint16_t);

struct Words {
  uint16_t words[640] = {};
  size_t size = 0;
};

void unknown_name_in_grammar();  // not constexpr: calling it stops the build

constexpr std::string_view kRuleNames[] = {
#define RULE(name, traits, text) #name,
#include "syntax/error_grammar.def"
};
constexpr std::string_view kTokenSpellings[] = {
#define TOKEN(Name, spelling) spelling,
#include "syntax/tokens.def"
};
constexpr std::string_view kNodeNames[] = {
#define NODE(Class, Base, python_name) #Class,
#include "syntax/nodes.def"
};
constexpr std::string_view kFunctionNames[] = {
#define VIPERINE_F(name) #name,
    VIPERINE_GRAMMAR_FUNCTIONS(VIPERINE_F)
#undef VIPERINE_F
};

template <size_t count>
consteval uint16_t place_of(const std::string_view (&names)[count], std::string_view name) {
  // By hand, because the library's comparison costs the C++ compiler seconds.
  const char* wanted = name.data();
  size_t size = name.size();
  for (size_t i = 0; i < count; ++i) {
    if (names[i].size() != size) continue;
    const char* candidate = names[i].data();
    size_t same = 0;
    while (same < size && candidate[same] == wanted[same]) ++same;
    if (same == size) return static_cast<uint16_t>(i);
  }
  unknown_name_in_grammar();
  return 0;
}

class Compiler {
 public:
  consteval explicit Compiler(std::string_view text) : text_(text) {}

  consteval Words run() {
    skip_blanks();
    ++place_;  // the first '|'
    alternatives();
    return out_;
  }

 private:
  consteval void skip_blanks() {
    while (place_ < text_.size() && (text_[place_] == ' ' || text_[place_] == '\n')) ++place_;
  }
  consteval char here(size_t ahead = 0) { return place_ + ahead < text_.size() ? text_[place_ + ahead] : '\0'; }
  consteval void put(size_t word) { out_.words[out_.size++] = static_cast<uint16_t>(word); }
  consteval void put(Operation operation, int capture = 0) { put(static_cast<size_t>(operation) + 256 * capture); }

  consteval void alternatives() {
    for (;;) {
      size_t start = out_.size;
      put(Operation::Alternative);
      put(size_t{0});
      put(size_t{0});
      bool has_invalid = false;
      int items = 0;
      for (skip_blanks(); here() != '\0' && here() != '|' && here() != ')'; skip_blanks()) {
        if (here() == '=' && here(1) == '>') {
          place_ += 2;
          action();
        } else {
          has_invalid |= item();
          ++items;
        }
      }
      out_.words[start + 1] = static_cast<uint16_t>(out_.size - start - 3);
      out_.words[start + 2] = has_invalid && items == 1;
      if (here() != '|') break;
      ++place_;
    }
    put(Operation::End);
  }

  consteval std::string_view quoted() {
    char quote = here();
    size_t start = ++place_;
    while (text_[place_] != quote || text_[place_ - 1] == '\\') ++place_;
    return text_.substr(start, place_++ - start);
  }
  consteval std::string_view word() {
    size_t start = place_;
    while ((here() >= 'a' && here() <= 'z') || (here() >= 'A' && here() <= 'Z') || here() == '_') ++place_;
    if (start == place_) unknown_name_in_grammar();
    return text_.substr(start, place_ - start);
  }

  /// Emits one item; true if it names an invalid_ rule.
  consteval bool item() {
    int capture = 0;
    if (here() >= 'a' && here() <= 'd' && here(1) == '=') {
      capture = here() - 'a' + 1;
      place_ += 2;
    }
    size_t start = out_.size;
    bool has_invalid = false;
    if (here() == '~') {
      ++place_;
      put(Operation::Cut);
      return false;
    }
    if (here() == '&' && here(1) == '&') {
      place_ += 2;
      put(Operation::Force, capture);
      put(place_of(kTokenSpellings, quoted()));
      return false;
    }
    if (here() == '&' || here() == '!') {
      put(here() == '&' ? Operation::And : Operation::Not);
      ++place_;
      item();
      return false;
    }
    if (here() == '\'') {
      uint16_t token = place_of(kTokenSpellings, quoted());
      if (here() == '.') {
        ++place_;
        put(Operation::Gather, capture);
        put(token);
        return primary_of_gather();
      }
      put(Operation::Token, capture);
      put(token);
    } else {
      has_invalid = primary(capture);
    }
    suffix(start, capture);
    return has_invalid;
  }

  consteval bool primary_of_gather() {
    bool has_invalid = primary(0);
    if (here() != '+') unknown_name_in_grammar();
    ++place_;
    return has_invalid;
  }

  consteval bool primary(int capture) {
    if (here() == '\'') {
      put(Operation::Token, capture);
      put(place_of(kTokenSpellings, quoted()));
      return false;
    }
    if (here() == '"') {
      std::string_view name = quoted();
      put(Operation::SoftKeyword, capture);
      put(static_cast<size_t>(name[0]));  // m, c or _
      return false;
    }
    if (here() == '(') {
      ++place_;
      put(Operation::Group, capture);
      size_t length = out_.size;
      put(size_t{0});
      alternatives();
      ++place_;
      out_.words[length] = static_cast<uint16_t>(out_.size - length - 1);
      return false;
    }
    std::string_view name = word();
    if (name == "SOFT_KEYWORD") {
      put(Operation::AnySoftKeyword, capture);
      return false;
    }
    if (name[0] >= 'A' && name[0] <= 'Z') {
      put(Operation::Token, capture);
      put(place_of(kTokenSpellings, name));
      return false;
    }
    put(Operation::Rule, capture);
    put(place_of(kRuleNames, name));
    return name.starts_with("invalid_");
  }

  /// '?', '*' and '+' go in front of what they apply to.
  consteval void suffix(size_t start, int capture) {
    Operation operation = Operation::End;
    if (here() == '?') operation = Operation::Optional;
    if (here() == '*') operation = Operation::Star;
    if (here() == '+') operation = Operation::Plus;
    if (operation == Operation::End) return;
    ++place_;
    for (size_t i = out_.size; i > start; --i) out_.words[i] = out_.words[i - 1];
    ++out_.size;
    out_.words[start + 1] &= 255;
    out_.words[start] = static_cast<uint16_t>(static_cast<int>(operation) + 256 * capture);
  }

  consteval void action() {
    skip_blanks();
    Action action{};
    if (here() == 's' && here(1) == 'i' && here(4) == 'e') {  // since N "text"
      place_ += 6;
      action.since = static_cast<uint16_t>(here() - '0');
      ++place_;
      if (here() >= '0' && here() <= '9') {
        action.since = static_cast<uint16_t>(action.since * 10 + here() - '0');
        ++place_;
      }
      skip_blanks();
      text(action.since_start, action.since_length);
      skip_blanks();
    }
    if (here() == '$') {
      ++place_;
      action.kind = static_cast<uint16_t>(ActionKind::Capture);
    } else {
      std::string_view name = word();
      if (name[0] >= 'A' && name[0] <= 'Z') {
        action.kind = static_cast<uint16_t>(ActionKind::Node);
        action.target = place_of(kNodeNames, name);
      } else if (name == "call") {
        skip_blanks();
        action.kind = static_cast<uint16_t>(ActionKind::Call);
        action.target = place_of(kFunctionNames, word());
      } else {
        constexpr std::string_view kWords[] = {"at", "range", "from", "last", "indent"};
        action.kind = static_cast<uint16_t>(place_of(kWords, name) + static_cast<int>(ActionKind::At));
      }
    }
    int shift = 0;
    for (skip_blanks(); here() >= 'a' && here() <= 'd'; skip_blanks(), shift += 4) {
      action.captures = static_cast<uint16_t>(action.captures | (here() - 'a' + 1) << shift);
      ++place_;
    }
    if (here() == '"') text(action.text_start, action.text_length);
    put(Operation::Action);
    for (uint16_t word : {action.kind, action.target, action.captures, action.text_start, action.text_length,
                          action.since, action.since_start, action.since_length}) {
      put(word);
    }
  }

  consteval void text(uint16_t& start, uint16_t& length) {
    std::string_view text = quoted();
    start = static_cast<uint16_t>(text.data() - text_.data());
    length = static_cast<uint16_t>(text.size());
  }

  std::string_view text_;
  size_t place_ = 0;
  Words out_;
};

template <size_t size>
struct Program {
  uint16_t words[size];
};
template <size_t size>
consteval Program<size> trimmed(const Words& words) {
  Program<size> result{};
  for (size_t i = 0; i < size; ++i) result.words[i] = words.words[i];
  return result;
}

struct CompiledRule {
  const uint16_t* words;
  const char* text;
  Traits traits;
};

extern const CompiledRule kRules[];

}  // namespace viperine::syntax::grammar
