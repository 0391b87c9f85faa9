// SPDX-License-Identifier: MIT
// repr() of constants, for messages and for annotations kept as text.
#pragma once

#include <string>

#include "compiler/constants.h"

namespace viperine::compiler {

std::string constant_text(const Constant& constant);
/// repr() of a str given as UTF-8 (with encoded surrogates).
std::string string_text(std::string_view text);

}  // namespace viperine::compiler
