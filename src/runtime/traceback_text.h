// SPDX-License-Identifier: MIT
// Exceptions as text for people: traceback with source lines and carets, chained causes, groups, notes, suggestions
// (PEP 657, 654, 678).
#pragma once

#include "runtime/runtime.h"

namespace viperine {

/// What an uncaught exception prints, to sys.stderr; nothing when that is None.
Result<void> print_exception(Thread& thread, ExceptionObject* exception);
/// The same to any object with write().
Result<void> print_exception_to(Thread& thread, Value file, ExceptionObject* exception);
/// Only the frames, with the heading "Traceback (most recent call last):".
Result<void> print_traceback_to(Thread& thread, Value file, Value traceback);
/// Hands an exception to sys.excepthook; what goes wrong there is told on sys.stderr. False: the hook raised
/// SystemExit, which is pending.
bool call_except_hook(Thread& thread, ExceptionObject* exception);

}  // namespace viperine
