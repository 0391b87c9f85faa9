// SPDX-License-Identifier: MIT
// The attributes of sys that come from the command line, the environment and the place of installation.
#pragma once

#include "runtime/runtime.h"
#include "shell/locations.h"
#include "shell/options.h"

namespace viperine {

/// sys.flags. `verbose` is 0 until there is a sys.stderr that importlib can write to.
Result<void> set_flags(Thread& thread, const Settings& settings, int verbose);
Result<void> set_sys_attributes(Thread& thread, const Settings& settings, const Locations& locations);

}  // namespace viperine
