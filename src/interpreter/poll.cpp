// SPDX-License-Identifier: MIT
// Safepoints: what happens when the poll word is set: collection, finalizers and weak reference callbacks, signals,
// switching threads.
#include "runtime/poll.h"

#include "interpreter/slow_paths.h"

namespace viperine {

bool handle_poll(Thread& thread, bool clean) {
  uint32_t bits = thread.poll_.exchange(0, std::memory_order_acquire);
  if (bits & kPollCollect) {
    thread.returned_ = Value::none();  // between instructions nobody waits for it: it must not keep an object alive
    if (!thread.heap().safepoint(clean)) {
      thread.raise_memory_error();
      return false;
    }
  }
  thread.live_top_ = nullptr;  // what runs from here on pushes frames above it
  bool fine = run_pending_work(
      thread, (bits & ~(kPollTrace | kPollCollect)) | thread.poll_.exchange(0, std::memory_order_acquire));
  if (thread.heap().collection_wanted()) thread.request_poll(kPollCollect);
  return fine;
}

Result<void> loop_poll(Thread& thread, Value* base) {
  Function* function = function_of(base);
  if (function->feedback_.is_null()) {
    function->call_count_ += 1;
    if (function->call_count_ >= kWarmCalls) make_feedback(thread, function);
  }
  if (thread.poll() != 0 && !handle_poll(thread, thread.native_entries_ == 1)) return Raised{};
  return {};
}

void warm_up(Thread& thread, Function* function) {
  if (++function->call_count_ >= kWarmCalls) make_feedback(thread, function);
}

Result<void> reserve_stack_slow(Thread& thread, Value* end) { return grow_stack(thread, end); }

}  // namespace viperine
