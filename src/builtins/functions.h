// SPDX-License-Identifier: MIT
// The functions that the builtins module is made of, by file.
#pragma once

#include "runtime/type_spec.h"

namespace viperine {

std::span<const NativeMethod> builtin_functions();  // functions.cpp
std::span<const NativeMethod> code_functions();     // code_functions.cpp: compile, exec, eval
std::span<const NativeMethod> io_functions();       // io_functions.cpp: print, input, open
std::span<const NativeMethod> import_functions();   // import_function.cpp: __import__, once importlib is there
std::span<const NativeMethod> class_functions();    // build_class.cpp: __build_class__

/// id(object).
Result<Value> identity_of(Thread& thread, Value object);


}  // namespace viperine
