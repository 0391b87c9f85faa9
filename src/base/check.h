// SPDX-License-Identifier: MIT
// CHECK and DCHECK: they stop the process on a bug of ours, never on bad input.
// DCHECK vanishes in release builds (NDEBUG).
#pragma once

namespace viperine {

/// Prints the failed condition with its place on standard error and aborts.
[[noreturn]] void check_failed(const char* condition, const char* file, int line);

}  // namespace viperine

#define CHECK(condition)                                                              \
  (__builtin_expect(static_cast<bool>(condition), 1) ? static_cast<void>(0)          \
                                                     : ::viperine::check_failed(#condition, __FILE__, __LINE__))
#ifdef NDEBUG
#define DCHECK(condition) static_cast<void>(sizeof(static_cast<bool>(condition)))
#else
#define DCHECK(condition) CHECK(condition)
#endif
#define UNREACHABLE() ::viperine::check_failed("unreachable", __FILE__, __LINE__)
