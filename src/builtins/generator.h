// SPDX-License-Identifier: MIT
// What generators, coroutines and asynchronous generators share.
#pragma once

#include "objects/generator.h"
#include "runtime/calls.h"

namespace viperine {

/// What a suspended generator delegates to (yield from, await), None when nothing.
Value generator_delegate(Generator* generator);
/// The item, or StopIteration with Thread::returned_.
Result<Value> generator_result(Thread& thread, Optional<Value> item);
Result<Value> generator_send(Thread& thread, Generator* self, Value value);
/// throw(): value and traceback may be absent.
Result<Value> generator_throw(Thread& thread, Generator* self, Value type, Value value, Value traceback);
/// The same for the exception that is pending.
Result<Value> generator_throw_pending(Thread& thread, Generator* self);
/// Makes the exception of throw(type, value, traceback) pending.
Result<void> prepare_thrown(Thread& thread, Value type, Value value, Value traceback);
Result<void> generator_close(Thread& thread, Generator* self);
Result<Value> generator_frame(Thread& thread, Generator* self);
Result<Value> generator_running(Thread& thread, Generator* self);
Result<Value> generator_suspended(Thread& thread, Generator* self);
Result<Value> generator_code(Thread& thread, Generator* self);
Result<Value> generator_delegate_attribute(Thread& thread, Generator* self);

/// A suspended generator that dies is closed (PEP 342); a coroutine that was never awaited warns.
Result<Value> generator_finalize(Thread& thread, Value self);

/// The awaitable of anext(iterator, fallback), from that of __anext__().
Result<Value> anext_with_default(Thread& thread, Value awaitable, Value fallback);

}  // namespace viperine
