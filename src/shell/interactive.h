// SPDX-License-Identifier: MIT
// The interactive loop (read, run, print) on standard input.
#pragma once

#include "runtime/runtime.h"
#include "shell/options.h"

namespace viperine {

/// Prompts until the end of input; the exit status. SystemExit ends it with its own status.
int run_interactive(Thread& thread);
/// PYTHONSTARTUP, for a session that begins with the prompt.
void run_startup_file(Thread& thread, const Settings& settings);
/// sys.__interactivehook__ (readline and its history, set up by site).
void run_interactive_hook(Thread& thread);
/// "Python 3.11.2 (...) on linux" and how to get help, to stderr.
void print_banner(const Settings& settings);

}  // namespace viperine
