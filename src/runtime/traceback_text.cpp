// SPDX-License-Identifier: MIT
// Exceptions as text for people (see traceback_text.h).
#include "runtime/traceback_text.h"

#include "runtime/attributes.h"
#include "runtime/calls.h"
#include "runtime/import.h"
#include "runtime/operators.h"
#include "runtime/strings.h"

namespace viperine {

Result<void> print_exception(Thread& thread, ExceptionObject* exception) {
  Value traceback = TRY(import_module(thread, "traceback"));
  Value print = TRY(get_attribute(thread, traceback, "print_exception"));
  TRY(call(thread, print, to_value(exception)));
  return {};
}

}  // namespace viperine
