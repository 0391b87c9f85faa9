// SPDX-License-Identifier: MIT
// What int.cpp (operators, types) and int_methods.cpp (construction, methods) share.
#pragma once

#include "runtime/type_spec.h"

namespace viperine {

/// The int itself as an exact int (bools and subclass instances converted).
Result<Value> plain_int(Thread& thread, Value value);
Result<Value> int_new(Thread& thread, Type* type, const Arguments& arguments);
Result<Value> bool_new(Thread& thread, Type* type, const Arguments& arguments);
/// int(text, base) for str and bytes-like text; ValueError "invalid literal for int() with base 10: 'x'".
Result<Value> int_from_text(Thread& thread, Value text, int64_t base);
extern const std::span<const NativeMethod> kIntMethods;
extern const std::span<const NativeAttribute> kIntAttributes;

}  // namespace viperine
