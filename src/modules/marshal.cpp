// SPDX-License-Identifier: MIT
// The module marshal.
#include "runtime/binding.h"

namespace viperine {

extern const ModuleSpec kMarshalModule = {.name = "marshal"};

}  // namespace viperine
