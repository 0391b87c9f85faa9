// SPDX-License-Identifier: MIT
// Clean-up of a finished instruction list: unreachable code, jumps to jumps, needless checks of bound variables, Nops.
#pragma once

#include "compiler/function_code.h"

namespace viperine::compiler {

/// Successor in the list that is not removed, at or after `index`.
int next_live(const FunctionCode& code, int index);
/// Index of the live instruction that a label stands for.
int label_index(const FunctionCode& code, Label label);
bool can_raise(Opcode op);
bool falls_through(Opcode op);

void remove_unreachable(FunctionCode& code);
void thread_jumps(FunctionCode& code);
/// A conditional jump over a Jump becomes the opposite jump.
void invert_jumps(FunctionCode& code);
/// Definite assignment: drops CheckBound of variables that have a value on every path.
void remove_bound_checks(FunctionCode& code);
void settle_lines(FunctionCode& code);

/// The implicit `return None` at the end is copied to the jumps that lead there, so that each copy has its jump's line.
void copy_final_return(FunctionCode& code);

inline void clean_up(FunctionCode& code) {
  remove_unreachable(code);
  thread_jumps(code);
  remove_bound_checks(code);
  copy_final_return(code);
  remove_unreachable(code);
  settle_lines(code);
  invert_jumps(code);
}

}  // namespace viperine::compiler
