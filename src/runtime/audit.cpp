// SPDX-License-Identifier: MIT
// Audit hooks (see audit.h).
#include "runtime/audit.h"

#include "objects/list.h"
#include "runtime/attributes.h"
#include "runtime/calls.h"
#include "runtime/operators.h"
#include "runtime/strings.h"

namespace viperine {

static Result<bool> can_trace(Thread& thread, Value hook) {
  Optional<Value> asked = TRY(find_attribute(thread, hook, intern(thread, "__cantrace__")));
  return asked ? TRY(is_true(thread, *asked)) : false;
}

Result<void> call_audit_hooks(Thread& thread, std::string_view event, std::span<const Value> arguments) {
  Value hooks = thread.runtime().audit_hooks_;
  if (!is<Tuple>(hooks)) return {};
  Value name = to_value(make_str(thread, event));
  Value tuple = to_value(Tuple::make(thread.heap(), arguments));
  // Hooks are not traced, but for those that ask for it.
  bool is_tracing = thread.tracing_;
  bool failed = false;
  for (int64_t i = 0; !failed && i < cast<Tuple>(hooks)->length(); ++i) {
    Value hook = cast<Tuple>(hooks)->at(i);
    thread.tracing_ = true;
    auto asked = can_trace(thread, hook);
    if (!asked.is_raised() && asked.take()) thread.tracing_ = is_tracing;
    failed = asked.is_raised() || call(thread, hook, name, tuple).is_raised();
  }
  thread.tracing_ = is_tracing;
  if (failed) return Raised{};
  return {};
}

}  // namespace viperine
