// SPDX-License-Identifier: MIT
// The specifications that most programs write, "[[fill]align][0][width][,][.precision][type]" in ASCII, straight into a
// str of the right size. What is not so plain (or wrong) is left to runtime/numbers_text.h and str.__format__.
#pragma once

#include "runtime/runtime.h"

namespace viperine {

/// format(number, specification) of an exact int, a float, an exact str; absent: not a plain case.
Result<Optional<Value>> format_plain_int(Thread& thread, int64_t number, const Str* specification);
Result<Optional<Value>> format_plain_float(Thread& thread, double number, const Str* specification);
Result<Optional<Value>> format_plain_str(Thread& thread, Str* text, const Str* specification);

}  // namespace viperine
