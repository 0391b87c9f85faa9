// SPDX-License-Identifier: MIT
// File descriptors as arguments.
#include "modules/posix/descriptors.h"

#include "runtime/attributes.h"
#include "runtime/binding.h"
#include "runtime/integers.h"

namespace viperine {

Result<int> fileno_of(Thread& thread, Value value) {
  int descriptor;
  if (is_integer(value)) {
    descriptor = TRY(to_c_int(thread, value));
  } else {
    Optional<Value> method = TRY(find_attribute(thread, value, thread.names().fileno));
    if (!method) return thread.raise<TypeError>("argument must be an int, or have a fileno() method.");
    Value result = TRY(call(thread, *method));
    if (!is_integer(result)) return thread.raise<TypeError>("fileno() returned a non-integer");
    descriptor = TRY(to_c_int(thread, result));
  }
  if (descriptor < 0) return thread.raise<ValueError>("file descriptor cannot be a negative integer ({})", descriptor);
  return descriptor;
}

Result<void> handle_signals(Thread& thread) {
  if ((thread.poll() & kPollSignal) == 0 || thread.runtime().signal_handler_ == nullptr) return {};
  thread.poll_.fetch_and(~static_cast<uint32_t>(kPollSignal), std::memory_order_relaxed);
  if (!thread.runtime().signal_handler_(thread)) return Raised{};
  return {};
}

}  // namespace viperine
