// SPDX-License-Identifier: MIT
// Generator::with_retry: compiles a code block again, with fewer variables in registers, when temporaries ran out.
#pragma once

#include "compiler/generator.h"

namespace viperine::compiler {

template <typename Compile>
const Blueprint* Generator::with_retry(const ast::Node* node, Compile compile) {
  // The body of `finally` is compiled more than once: what is in it has one code object all the same.
  if (auto found = compiled_.find(node); found != compiled_.end()) return found->second;
  const size_t warnings = session_.warnings.size();
  const int nesting = nesting_;
  out_of_registers_ = false;
  const Blueprint* made = compile();
  if (made) compiled_[node] = made;
  if (made || session_.failed()) return made;
  session_.warnings.resize(warnings);
  nesting_ = nesting;
  const Register before = near_limit_;
  near_limit_ = 0;
  out_of_registers_ = false;
  made = compile();
  near_limit_ = before;
  if (made) compiled_[node] = made;
  if (!made && !session_.failed()) session_.fail_depth();
  return made;
}

}  // namespace viperine::compiler
