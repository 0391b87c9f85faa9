// SPDX-License-Identifier: MIT
// Audit hooks (see audit.h).
#include "runtime/audit.h"

#include "objects/list.h"
#include "runtime/calls.h"
#include "runtime/strings.h"

namespace viperine {

Result<void> call_audit_hooks(Thread& thread, std::string_view event, std::span<const Value> arguments) {
  Value hooks = thread.runtime().audit_hooks_;
  if (!is<List>(hooks)) return {};
  Value name = to_value(make_str(thread, event));
  Value tuple = to_value(Tuple::make(thread.heap(), arguments));
  // Hooks are not traced.
  bool is_tracing = thread.tracing_;
  thread.tracing_ = true;
  bool failed = false;
  for (int64_t i = 0; !failed && i < cast<List>(hooks)->length(); ++i)
    failed = call(thread, cast<List>(hooks)->at(i), name, tuple).is_raised();
  thread.tracing_ = is_tracing;
  if (failed) return Raised{};
  return {};
}

}  // namespace viperine
