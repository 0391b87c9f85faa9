// SPDX-License-Identifier: MIT
// Internal to class_creation.cpp, class_members.cpp and class_changes.cpp.
#pragma once

#include "runtime/classes.h"

namespace viperine {

/// What a class adds to instances.
struct InstanceParts {
  Tuple* members = nullptr;        // names of own __slots__ members, mangled; empty when none
  bool has_slots = false;          // the class has __slots__
  bool add_dict = false, add_weakrefs = false;
};
/// Reads __slots__ of the namespace (language reference 3.3.2.4).
Result<InstanceParts> read_slots(Thread& thread, Type* base, Tuple* bases, Str* class_name, Dict* space);
/// Names, __dict__ and __weakref__ descriptors, root shape. The type's slots_ must be computed.
Result<void> install_members(Thread& thread, Type* type, const InstanceParts& parts);
/// The MRO, from an overridden mro() when the metaclass has one; sets it.
Result<void> compute_mro(Thread& thread, Type* type);
/// Whether instances' size varies by a tail of Values or bytes ("__itemsize__ != 0").
bool has_items(const Runtime& runtime, Type* type);
/// The descriptor __dict__ of classes whose instances have one.
extern const NativeAttribute kDictAttribute;

}  // namespace viperine
