// SPDX-License-Identifier: MIT
// How objects are taken apart for pickle and copy: object.__reduce_ex__, __reduce__, __getstate__.
#pragma once

#include "runtime/runtime.h"

namespace viperine {

Result<Value> object_reduce_ex(Thread& thread, Value self, int protocol);
Result<Value> object_reduce(Thread& thread, Value self);
Result<Value> object_getstate(Thread& thread, Value self);
/// The state of `self` as object.__getstate__ gives it, through an overridden __getstate__ when there is one.
/// `required`: TypeError when the object has state that Python does not see.
Result<Value> pickle_state(Thread& thread, Value self, bool required);

}  // namespace viperine
