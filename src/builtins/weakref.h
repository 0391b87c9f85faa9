// SPDX-License-Identifier: MIT
// Weak proxies, for the _weakref module.
#pragma once

#include "builtins/common.h"

namespace viperine {

/// weakref.proxy(object, callback).
Result<Value> make_weak_proxy(Thread& thread, Value object, Value callback);

}  // namespace viperine
