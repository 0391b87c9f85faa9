// SPDX-License-Identifier: MIT
// Exceptions as text for people: traceback with source lines and carets, chained causes, groups, notes, suggestions
// (PEP 657, 654, 678).
#pragma once

#include "runtime/runtime.h"

namespace viperine {

/// What an uncaught exception prints, to sys.stderr.
Result<void> print_exception(Thread& thread, ExceptionObject* exception);

}  // namespace viperine
