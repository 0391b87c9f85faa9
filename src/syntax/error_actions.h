// SPDX-License-Identifier: MIT
// What error_grammar.def can `call`: checks and messages that need more than a place and a text.
#pragma once

#include "syntax/error_finder.h"

namespace viperine::syntax {

class ErrorActions {
 public:
  ErrorActions(ErrorFinder& finder, uint32_t start, Piece* a, Piece* b)
      : finder_(finder), start_(start), a_(a), b_(b) {}

  Piece* call(grammar::Function function);

 private:
#define VIPERINE_F(name) Piece* name##_action();
  VIPERINE_GRAMMAR_FUNCTIONS(VIPERINE_F)
#undef VIPERINE_F

  enum class Targets { Star, Delete, For };
  Piece* check_target(Targets targets);
  static const Piece* invalid_target(const Piece* piece, Targets targets);
  Piece* constant(ast::ConstantKind kind);
  Piece* fail_range(const Piece& first, const Piece& last, const char* message);

  ErrorFinder& finder_;
  uint32_t start_;
  Piece* a_;
  Piece* b_;
};

}  // namespace viperine::syntax
