// SPDX-License-Identifier: MIT
// Numbers to text by format specification, and text to numbers: what int, float, complex and decimal types share.
#pragma once

#include "base/arena.h"
#include "runtime/runtime.h"

namespace viperine {

/// int.__format__ and float.__format__; ValueErrors as CPython's.
Result<Value> format_int(Thread& thread, Value number, Str* specification);
Result<Value> format_float(Thread& thread, double number, Str* specification, std::string_view type_name);
Result<Value> format_complex(Thread& thread, double real, double imaginary, Str* specification);
/// repr of a float.
Str* float_text(Thread& thread, double number);
/// ASCII form of numeric text: spaces stripped, other decimal digits converted; anything else becomes '?'.
std::string_view numeric_text(Arena& arena, const Str* text);

}  // namespace viperine
