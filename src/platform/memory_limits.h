// SPDX-License-Identifier: MIT
// What the surroundings allow this process: control group and resource limits, and the bounds of the running native
// stack.
#pragma once

#include <cstddef>
#include <cstdint>

namespace viperine {

constexpr size_t kNoMemoryLimit = SIZE_MAX;

/// The smallest memory limit of the control groups that the process is in (versions 1 and 2).
size_t control_group_memory_limit();
/// ulimit -v, or kNoMemoryLimit.
size_t address_space_limit();
/// ulimit -d, or kNoMemoryLimit.
size_t data_limit();
/// The end of the running thread's native stack where its first frame lies (its highest address).
const void* native_stack_high();

}  // namespace viperine
