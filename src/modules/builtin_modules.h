// SPDX-License-Identifier: MIT
// The modules that are part of the executable: builtin_modules.def lists them.
#pragma once

#include "runtime/type_spec.h"

namespace viperine {

std::span<const ModuleSpec* const> builtin_modules();

}  // namespace viperine
