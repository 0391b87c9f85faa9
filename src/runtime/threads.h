// SPDX-License-Identifier: MIT
// Python threads: one global lock per runtime that is handed over at safepoints; starting and ending threads.
#pragma once

#include "runtime/lock.h"
#include "runtime/runtime.h"

namespace viperine {

/// Makes the lock; the calling OS thread holds it as the main thread.
void initialize_threads(Runtime& runtime);
/// A new OS thread that runs callable(*args, **kwargs); its identifier. RuntimeError "can't start new thread".
Result<Value> start_thread(Thread& thread, Value callable, Tuple* positional, Dict* keywords);
size_t thread_stack_size(const Runtime& runtime);
void set_thread_stack_size(Runtime& runtime, size_t bytes);
/// Native stacks and saved registers of the threads that wait without the lock.
std::span<const NativeRange> waiting_thread_ranges(Runtime& runtime);
int64_t thread_count(const Runtime& runtime);
/// In the child of a fork: only the calling thread is left; it becomes the main thread and holds the lock.
void reinitialize_threads(Thread& thread);

}  // namespace viperine
