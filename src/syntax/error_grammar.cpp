// SPDX-License-Identifier: MIT
// The compiled rules of error_grammar.def: read-only data, no code.
#include "syntax/error_grammar.h"

namespace viperine::syntax::grammar {

namespace {

#define RULE(name, traits, text)                                   \
  constexpr char kText_##name[] = text;                            \
  constexpr Words kAllWords_##name = Compiler(kText_##name).run(); \
  constexpr auto kWords_##name = trimmed<kAllWords_##name.size>(kAllWords_##name);
#include "syntax/error_grammar.def"

}  // namespace

const CompiledRule kRules[] = {
#define RULE(name, traits, text) {kWords_##name.words, kText_##name, Traits::traits},
#include "syntax/error_grammar.def"
};

}  // namespace viperine::syntax::grammar
