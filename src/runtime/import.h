// SPDX-License-Identifier: MIT
// Importing from C++. The import system itself is importlib, from the standard library; built-in modules are made here.
#pragma once

#include "runtime/type_spec.h"

namespace viperine {

/// import name; the module itself (not the top package).
Result<Value> import_module(Thread& thread, std::string_view name);
/// Makes a built-in module (no entry in sys.modules); null when there is none of that name.
Result<Module*> make_builtin_module(Thread& thread, std::string_view name);
/// The built-in module of that name that was made first, whatever sys.modules says: where native code finds its state.
/// Null when none was made. Later ones share its state and contents.
Module* native_module(Thread& thread, std::string_view name);
/// An empty module object with __name__, __doc__, __package__, __loader__, __spec__.
Module* make_module(Thread& thread, Str* name);

}  // namespace viperine
