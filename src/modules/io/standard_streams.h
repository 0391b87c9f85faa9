// SPDX-License-Identifier: MIT
// sys.stdin, stdout and stderr: made when a runtime starts, flushed when it ends.
#pragma once

#include "runtime/runtime.h"

namespace viperine {

enum class StreamBuffering : uint8_t { Normal, Unbuffered };   // Unbuffered: -u

/// Puts stdin, stdout, stderr and their originals (__stdin__ ...) into sys; None for closed descriptors. An empty
/// encoding means that of the locale; empty errors mean strict (surrogateescape for the C locale). stderr always has
/// backslashreplace.
Result<void> make_standard_streams(Thread& thread, std::string_view encoding, std::string_view errors,
                                   StreamBuffering buffering);
/// Flushes sys.stdout and sys.stderr, and all files that were never closed. False when stdout could not be flushed
/// (exit status 120): reported through sys.unraisablehook.
bool flush_standard_streams(Thread& thread);

}  // namespace viperine
