// SPDX-License-Identifier: MIT
// PEP 578: telling audit hooks (sys.addaudithook) what is about to happen. Costs one test without hooks.
#pragma once

#include "runtime/runtime.h"

namespace viperine {

/// Calls every hook with the event and the tuple of arguments.
Result<void> call_audit_hooks(Thread& thread, std::string_view event, std::span<const Value> arguments);
template <typename... Values>
Result<void> audit(Thread& thread, std::string_view event, Values... values) {
  if (thread.runtime().audit_hooks_.is_none()) [[likely]]
    return {};
  const Value list[] = {values..., Value::none()};
  return call_audit_hooks(thread, event, std::span<const Value>(list, sizeof...(values)));
}

}  // namespace viperine
