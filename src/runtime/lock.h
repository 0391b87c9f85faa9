// SPDX-License-Identifier: MIT
// The global interpreter lock as native code meets it: blocking calls run without it.
#pragma once

#include <cerrno>

#include "runtime/runtime.h"

namespace viperine {

/// Gives the lock away around a blocking call and takes it back. Inside, no Value may be touched.
void release_lock(Thread& thread);
void acquire_lock(Thread& thread);

template <typename Call>
auto without_lock(Thread& thread, Call call) -> decltype(call()) {
  release_lock(thread);
  auto result = call();
  int saved = errno;
  acquire_lock(thread);
  errno = saved;
  return result;
}

}  // namespace viperine
