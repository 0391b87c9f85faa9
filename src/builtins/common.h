// SPDX-License-Identifier: MIT
// Small helpers that several built-in types share.
#pragma once

#include "objects/module.h"
#include "runtime/attributes.h"
#include "runtime/binding.h"
#include "runtime/class_slots.h"
#include "runtime/classes.h"
#include "runtime/containers.h"
#include "runtime/strings.h"

namespace viperine {

/// "0x7f..." : the number behind id(), in hexadecimal.
Str* address_text(Thread& thread, Value object);
/// "<qualname object at 0x...>" as object.__repr__ says it.
Result<Value> default_object_repr(Thread& thread, Value self);
/// The module of this name, imported when necessary.
Result<Value> import_by_name(Thread& thread, std::string_view name);
/// getattr(import name, attribute).
Result<Value> import_attribute(Thread& thread, std::string_view module, std::string_view attribute);
/// "($self, index, /)" of a NativeMethod, as a str.
Str* signature_text(Thread& thread, const NativeMethod& method);
/// Raises TypeError "name() takes no keyword arguments" when there are any.
Result<void> refuse_keywords(Thread& thread, const char* name, const Arguments& arguments);
/// Adds what `dir(cls)` sees of a class and its bases to the set of names.
Result<void> merge_class_names(Thread& thread, Dict* names, Value cls);

}  // namespace viperine
