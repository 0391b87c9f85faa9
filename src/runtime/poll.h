// SPDX-License-Identifier: MIT
// Work that waits for a safepoint: finalizers, weak reference callbacks, signal handlers, asynchronous exceptions, the
// GIL.
#pragma once

#include "runtime/runtime.h"

namespace viperine {

/// Does what the poll bits say (collection is done by the caller). False: an exception is pending.
bool run_pending_work(Thread& thread, uint32_t bits);
/// Runs queued finalizers and weak reference callbacks; their exceptions go to sys.unraisablehook.
void run_finalizers(Thread& thread);
/// Reports the pending exception through sys.unraisablehook; `object` is what was being done.
void report_unraisable(Thread& thread, Value object, const char* message = nullptr);

}  // namespace viperine
