// SPDX-License-Identifier: MIT
// The table of built-in modules, from builtin_modules.def.
#include "modules/builtin_modules.h"

namespace viperine {

#define BUILTIN_MODULE(spec) extern const ModuleSpec spec;
#include "modules/builtin_modules.def"
#undef BUILTIN_MODULE

std::span<const ModuleSpec* const> builtin_modules() {
  static const ModuleSpec* const kModules[] = {
#define BUILTIN_MODULE(spec) &spec,
#include "modules/builtin_modules.def"
#undef BUILTIN_MODULE
  };
  return kModules;
}

}  // namespace viperine
