// SPDX-License-Identifier: MIT
// The TypeSpecs that builtin_types.def lists.
#pragma once

#include "runtime/binding.h"

namespace viperine {

#define BUILTIN_TYPE(name) extern const TypeSpec name;
#include "builtins/builtin_types.def"
#undef BUILTIN_TYPE

}  // namespace viperine
