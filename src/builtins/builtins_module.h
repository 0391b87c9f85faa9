// SPDX-License-Identifier: MIT
// Making the builtins module: functions, types, exceptions, constants.
#pragma once

#include "runtime/type_spec.h"

namespace viperine {

/// All built-in types in creation order (builtin_types.def).
std::span<const TypeSpec* const> builtin_types();
/// Fills Runtime::builtins_dict_ and enters the module in sys.modules.
Result<void> make_builtins_module(Thread& thread);

}  // namespace viperine
