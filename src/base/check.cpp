// SPDX-License-Identifier: MIT
// The failure path of CHECK: one line on standard error, then abort.
#include "base/check.h"

#include <cstdio>
#include <cstdlib>

namespace viperine {

void check_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "viperine: internal check failed: %s (%s:%d)\n", condition, file, line);
  std::abort();
}

}  // namespace viperine
