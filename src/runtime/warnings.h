// SPDX-License-Identifier: MIT
// Issuing warnings from C++. The definition is in modules/warnings.cpp (module _warnings).
#pragma once

#include "runtime/runtime.h"

namespace viperine {

/// warnings.warn(text, category, stacklevel); raised when a filter makes it an error.
Result<void> warn(Thread& thread, Type* category, std::string_view text, int stack_level = 1);

/// DeprecationWarning "__index__ returned non-int (type C).  The ability to return an instance of a strict ...".
Result<void> warn_subclass_returned(Thread& thread, Str* method, const char* base, Value result);
/// float(value) by __float__ or __index__, also for subclasses of float.
Result<double> float_of_number(Thread& thread, Value value);

}  // namespace viperine
