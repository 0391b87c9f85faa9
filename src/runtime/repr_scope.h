// SPDX-License-Identifier: MIT
// ReprScope: a container notes that its repr is under way, so that it is not entered again ("[...]").
// The notes are a chain of native stack objects: whoever is in it is on the stack and does not move.
#pragma once

#include "runtime/runtime.h"

namespace viperine {

struct ReprScope {
  ReprScope(Thread& thread, Value object) : thread_(thread), object_(object), previous_(thread.repr_scopes_) {
    if (previous_ != nullptr) depth_ = previous_->depth_ + 1;
    for (ReprScope* scope = previous_; scope != nullptr; scope = scope->previous_)
      if (scope->object_ == object) entered_before_ = true;
    thread.repr_scopes_ = this;
  }
  ~ReprScope() { thread_.repr_scopes_ = previous_; }
  ReprScope(const ReprScope&) = delete;
  bool entered_before() const { return entered_before_; }

  Thread& thread_;
  Value object_;
  ReprScope* previous_;
  bool entered_before_ = false;
  uint32_t depth_ = 0;
};

}  // namespace viperine
