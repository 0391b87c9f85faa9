// SPDX-License-Identifier: MIT
// Running the program that the command line names, reporting its exception, and leaving in order.
#pragma once

#include "runtime/runtime.h"
#include "shell/options.h"

namespace viperine {

/// The exit status.
int run_program(Thread& thread, const Settings& settings);
/// Prints the pending exception through sys.excepthook (SystemExit: its code, silently); the exit status.
int report_exception(Thread& thread);
/// The same for the pending exception whatever it is: SystemExit is shown too.
int show_exception(Thread& thread);
/// threading's shutdown, atexit, flushing of streams; the status, changed when something went wrong (120). Ends by
/// SIGINT after a KeyboardInterrupt.
int finish_program(Thread& thread, int status);

}  // namespace viperine
