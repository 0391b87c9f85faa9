// SPDX-License-Identifier: MIT
// types.UnionType: X | Y of classes.
#pragma once

#include "runtime/runtime.h"

namespace viperine {

/// left | right; NotImplemented when one of them is nothing a union may hold.
Result<Value> union_or(Thread& thread, Value left, Value right);
/// (int, str, ...) of a union.
Tuple* union_arguments(Value value);

}  // namespace viperine
