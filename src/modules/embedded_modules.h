// SPDX-License-Identifier: MIT
// The Python modules of lib/, whose source the executable carries: they replace or add to the standard library's.
#pragma once

#include <span>
#include <string_view>

#include "objects/function.h"
#include "runtime/runtime.h"

namespace viperine {

struct EmbeddedModule {
  std::string_view name;
  std::string_view source;
};
std::span<const EmbeddedModule> embedded_modules();
/// Compiled as the frozen module `name`.
Result<Code*> compile_embedded(Thread& thread, std::string_view name, std::string_view source);

}  // namespace viperine
