// SPDX-License-Identifier: MIT
// Setting trace and profile functions: the dispatch table is chosen anew at the next poll.
#include "runtime/tracing.h"

namespace viperine {

Result<void> set_trace_function(Thread& thread, Value function) {
  thread.trace_function_ = function;
  thread.request_poll(kPollTrace);
  return {};
}

Result<void> set_profile_function(Thread& thread, Value function) {
  thread.profile_function_ = function;
  thread.request_poll(kPollTrace);
  return {};
}

}  // namespace viperine
