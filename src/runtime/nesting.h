// SPDX-License-Identifier: MIT
// Nesting: one level of native recursion that counts against sys.getrecursionlimit(), for structures that a program
// nests (tuples of classes, exception groups). How much native stack is left is Thread::native_recursion_exceeded.
#pragma once

#include "runtime/thread.h"

namespace viperine {

class Nesting {
 public:
  explicit Nesting(Thread& thread) : thread_(thread) { ++thread_.depth_; }
  ~Nesting() { --thread_.depth_; }
  Nesting(const Nesting&) = delete;
  /// RecursionError "maximum recursion depth exceeded<where>" when it is one level too many.
  Result<void> check(const char* where) {
    if (thread_.depth_ <= thread_.depth_limit_) return {};
    return thread_.raise<RecursionError>("maximum recursion depth exceeded{}", where);
  }

 private:
  Thread& thread_;
};

}  // namespace viperine
