// SPDX-License-Identifier: MIT
// Making the builtins module: functions, types, exceptions, constants.
#pragma once

#include "runtime/type_spec.h"

namespace viperine {

/// All built-in types in creation order (builtin_types.def).
std::span<const TypeSpec* const> builtin_types();
/// ExceptionGroup, which has two bases; when all built-in types exist.
Result<Type*> make_exception_group_type(Thread& thread);
/// Fills Runtime::builtins_dict_ and enters the module in sys.modules.
Result<void> make_builtins_module(Thread& thread);

}  // namespace viperine
