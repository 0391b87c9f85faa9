// SPDX-License-Identifier: MIT
// Internal to class_slots.cpp and slot_wrappers.cpp: the functions that slots.def names.
#pragma once

#include "runtime/class_slots.h"

namespace viperine {

#define WRAP(name) Result<Value> name(Thread&, const SlotEntry&, AnyFunction slot, Value self, const Arguments&);
WRAP(wrap_unary)
WRAP(wrap_finalize) WRAP(wrap_hash) WRAP(wrap_length) WRAP(wrap_truth) WRAP(wrap_binary) WRAP(wrap_reflected)
    WRAP(wrap_repeat) WRAP(wrap_power) WRAP(wrap_reflected_power) WRAP(wrap_compare) WRAP(wrap_call) WRAP(wrap_init)
        WRAP(wrap_next) WRAP(wrap_get_attribute) WRAP(wrap_set_attribute) WRAP(wrap_delete_attribute)
            WRAP(wrap_descriptor_get) WRAP(wrap_descriptor_set) WRAP(wrap_descriptor_delete) WRAP(wrap_set_item)
                WRAP(wrap_delete_item) WRAP(wrap_contains)
#undef WRAP

                    Result<void> class_set_attribute(Thread& thread, Value self, Str* name, Value value);

}  // namespace viperine
