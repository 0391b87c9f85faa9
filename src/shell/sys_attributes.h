// SPDX-License-Identifier: MIT
// The attributes of sys that come from the command line, the environment and the place of installation.
#pragma once

#include "runtime/runtime.h"
#include "shell/locations.h"
#include "shell/options.h"

namespace viperine {

Result<void> set_sys_attributes(Thread& thread, const Settings& settings, const Locations& locations);

}  // namespace viperine
