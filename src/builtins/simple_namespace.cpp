// SPDX-License-Identifier: MIT
// types.SimpleNamespace: an object whose attributes are what its constructor was given.
#include "builtins/builtin_types.h"
#include "builtins/common.h"
#include "runtime/operators.h"
#include "runtime/repr_scope.h"

namespace viperine {

namespace {

Result<Value> namespace_new(Thread& thread, Type* type, const Arguments&) {
  return to_value(allocate_instance(thread, type, sizeof(HeapObject)));
}

Result<void> namespace_init(Thread& thread, Value self, const Arguments& arguments) {
  if (arguments.positional_count() != 0) return thread.raise<TypeError>("no positional arguments expected");
  for (uint32_t i = 0; i < arguments.keyword_count(); ++i)
    TRY(set_instance_attribute(thread, self.as_object(), intern(thread, as_str(thread, arguments.keywords->at(i))),
                               arguments.keyword_value(i)));
  return {};
}

Result<Value> namespace_repr(Thread& thread, Value self) {
  StringBuilder text(thread);
  bool is_plain = type_of(thread, self) == thread.runtime().type(Kind::SimpleNamespace);
  if (is_plain)
    text.append("namespace");
  else
    text.append(type_of(thread, self)->name());
  ReprScope scope(thread, self);
  if (scope.entered_before()) {
    text.append("(...)");
    return to_value(TRY(text.finish()));
  }
  text.append("(");
  Dict* dict = TRY(copy_instance_dict(thread, self.as_object()));
  bool first = true;
  for (int64_t entry = dict->next_entry(0); entry >= 0; entry = dict->next_entry(entry + 1)) {
    Str* name = try_str(thread, dict->table()->key(static_cast<uint32_t>(entry)));
    if (name == nullptr || name->length() == 0) continue;
    if (!first) text.append(", ");
    first = false;
    text.append(name);
    text.append("=");
    text.append(TRY(repr(thread, dict->table()->value(static_cast<uint32_t>(entry)))));
  }
  text.append(")");
  return to_value(TRY(text.finish()));
}

Result<Value> namespace_compare(Thread& thread, Value left, Value right, Comparison op) {
  if (kind_of(left.as_object()) != Kind::SimpleNamespace || !has_kind(right, Kind::SimpleNamespace))
    return Value::not_implemented();
  Value a = to_value(TRY(copy_instance_dict(thread, left.as_object())));
  Value b = to_value(TRY(copy_instance_dict(thread, right.as_object())));
  return compare(thread, a, b, op);
}

Result<Value> namespace_reduce(Thread& thread, Value self) {
  return to_value(Tuple::of(thread.heap(), to_value(type_of(thread, self)), to_value(thread.runtime().empty_tuple()),
                            to_value(TRY(instance_dict(thread, self.as_object())))));
}

Result<Value> namespace_dict(Thread& thread, Value self) {
  return to_value(TRY(instance_dict(thread, self.as_object())));
}

Layout namespace_layout() {
  Layout layout;
  layout.name = "types.SimpleNamespace";
  layout.fixed_size = sizeof(HeapObject);
  return layout;
}

const NativeMethod kMethods[] = {
    method<namespace_reduce>("__reduce__($self, /)", "Return state information for pickling")};
const NativeAttribute kAttributes[] = {attribute<namespace_dict>("=__dict__")};

}  // namespace

const TypeSpec kSimpleNamespaceType = {
    .name = "types.SimpleNamespace",
    .kind = Kind::SimpleNamespace,
    .flags = kTypeBase | kTypeHasDict,
    .layout = &namespace_layout,
    .slots = {.repr = &namespace_repr, .compare = &namespace_compare, .new_ = &namespace_new, .init = &namespace_init},
    .methods = kMethods,
    .attributes = kAttributes,
    .doc = "A simple attribute-based namespace.\n\nSimpleNamespace(**kwargs)",
};

}  // namespace viperine
