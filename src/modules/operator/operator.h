// SPDX-License-Identifier: MIT
// Parts of _operator: functions (module.cpp), itemgetter, attrgetter and methodcaller (getters.cpp).
#pragma once

#include "builtins/container_support.h"

namespace viperine {

extern const TypeSpec kItemGetterType, kAttrGetterType, kMethodCallerType;

}  // namespace viperine
