// SPDX-License-Identifier: MIT
// -X dump=STAGE,... and -X only=NAME: listings of the program's stages on standard error.
#pragma once

#include "runtime/runtime.h"
#include "shell/options.h"

namespace viperine {

/// Whether -X dump names this stage.
bool wants_dump(const Settings& settings, std::string_view stage);
/// dump=ast and dump=bytecode of a program; nothing for a program that does not compile (its error follows).
void dump_source(const Settings& settings, std::string_view source, int optimize);
/// dump=feedback, when the program has ended.
void dump_at_end(const Settings& settings, Runtime& runtime);

}  // namespace viperine
