// SPDX-License-Identifier: MIT
// The parts that sys is made of.
#pragma once

#include "runtime/type_spec.h"

namespace viperine {

/// displayhook, excepthook, unraisablehook, breakpointhook, audit, settrace ... (sys_hooks.cpp)
std::span<const NativeMethod> sys_hook_functions();
/// version_info, implementation, float_info, hash_info ... (sys_info.cpp)
Result<void> add_sys_info(Thread& thread, Module* module);

/// "cannot create 'sys.version_info' instances"
void forbid_instances(Thread& thread, Type* type);

/// The frozenset of sys.stdlib_module_names.
Result<Value> stdlib_module_names(Thread& thread);

}  // namespace viperine
