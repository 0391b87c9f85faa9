// SPDX-License-Identifier: MIT
// Lines typed at the terminal, for the interactive loop and input(): through the module readline when it is loaded.
#pragma once

#include "runtime/runtime.h"

namespace viperine {

/// One line from standard input (descriptor 0) as bytes with its newline; absent at the end. The prompt (bytes) goes to
/// stdout when a line editor shows it, otherwise to stderr. KeyboardInterrupt when a signal handler raises it.
Result<Optional<Value>> read_terminal_line(Thread& thread, Bytes* prompt);

}  // namespace viperine
