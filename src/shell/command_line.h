// SPDX-License-Identifier: MIT
// The command line: options, environment, what to run, exit status.
#pragma once

namespace viperine {

/// What main() does. Returns the exit status.
int run_command_line(int argument_count, char** arguments);

}  // namespace viperine
