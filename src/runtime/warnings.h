// SPDX-License-Identifier: MIT
// Issuing warnings from C++. The definition is in modules/warnings.cpp (module _warnings).
#pragma once

#include "runtime/runtime.h"

namespace viperine {

/// warnings.warn(text, category, stacklevel); raised when a filter makes it an error.
Result<void> warn(Thread& thread, Type* category, std::string_view text, int stack_level = 1);

}  // namespace viperine
