// SPDX-License-Identifier: MIT
// Context variables for other modules: _decimal keeps the current context in one. The types are in contextvars.cpp.
#pragma once

#include "runtime/runtime.h"

namespace viperine {

/// contextvars.copy_context().
Result<Value> copy_current_context(Thread& thread);
/// variable.get() without the LookupError: absent when it has neither a value in this context nor a default.
Result<Optional<Value>> context_variable_value(Thread& thread, Value variable);
/// variable.set(value), without a token.
Result<void> set_context_variable(Thread& thread, Value variable, Value value);

}  // namespace viperine
