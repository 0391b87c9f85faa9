// SPDX-License-Identifier: MIT
// Making code objects from their attributes.
#pragma once

#include "objects/function.h"
#include "runtime/calls.h"

namespace viperine {

Result<Value> code_exception_table(Thread& thread, Code* code);
Result<Value> code_replace(Thread& thread, Value self, const Arguments& arguments);
Result<Value> code_new(Thread& thread, Type* type, const Arguments& arguments);

}  // namespace viperine
