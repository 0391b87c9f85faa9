// SPDX-License-Identifier: MIT
// "Did you mean": the known name that looks most like the one that was not found.
#pragma once

#include "runtime/runtime.h"

namespace viperine {

/// For a NameError or AttributeError: the name to suggest, null when none is close enough. Never raises.
Str* suggestion_for(Thread& thread, ExceptionObject* exception);
/// Cost of turning one word into the other (2 a character, 1 for a change of case only); more than `limit` means only
/// that it is more.
int64_t edit_cost(std::string_view from, std::string_view to, int64_t limit);

}  // namespace viperine
