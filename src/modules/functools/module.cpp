// SPDX-License-Identifier: MIT
// The module _functools: reduce, cmp_to_key, and the types of the other files.
#include "modules/functools/functools.h"

namespace viperine {

namespace {

Result<Value> functools_reduce(Thread& thread, Value function, Value iterable, Optional<Value> initial) {
  Result<Value> made = iterate(thread, iterable);
  if (made.is_raised()) {
    if (!thread.pending_is<TypeError>()) return Raised{};
    thread.clear_pending();
    return thread.raise<TypeError>("reduce() arg 2 must support iteration");
  }
  Optional<Value> total = initial;
  for (;;) {
    Optional<Value> item = TRY(next(thread, made.take()));
    if (!item) break;
    total = total ? TRY(call(thread, function, *total, *item)) : *item;
  }
  if (!total) return thread.raise<TypeError>("reduce() of empty iterable with no initial value");
  return *total;
}

// --- cmp_to_key: objects that compare by a function

class CmpKey final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::CmpKey;
  Slot<Value> compare_, object_;   // object: absent in what cmp_to_key returns
  LAYOUT(CmpKey, HeapObject, compare_, object_);
};

CmpKey* self_key(Value self) { return static_cast<CmpKey*>(self.as_object()); }

Value make_key(Thread& thread, Value compare, Value object) {
  auto* key = make_instance<CmpKey>(thread, thread.runtime().type(Kind::CmpKey));
  key->compare_.set(key, compare);
  key->object_.set(key, object);
  return to_value(key);
}

Result<Value> cmp_to_key(Thread& thread, Value mycmp) { return make_key(thread, mycmp, Value::absent()); }

Result<Value> key_call(Thread& thread, Value self, const Arguments& arguments) {
  static constexpr NativeMethod kSignature = signature("K(obj)");
  BoundArguments bound;
  TRY(bind_arguments(thread, kSignature, arguments, bound));
  return make_key(thread, self_key(self)->compare_.get(), bound.values[0]);
}

Result<Value> key_compare(Thread& thread, Value self, Value other, Comparison op) {
  if (!is<CmpKey>(other)) return thread.raise<TypeError>("other argument must be K instance");
  Value x = self_key(self)->object_.get(), y = self_key(other)->object_.get();
  if (x.is_absent() || y.is_absent()) return thread.raise<AttributeError>("object");
  Value order = TRY(call(thread, self_key(self)->compare_.get(), x, y));
  return compare(thread, order, Value::from_int(0), op);
}

Result<Value> key_object(Thread& thread, CmpKey* self) {
  if (self->object_.get().is_absent()) return thread.raise<AttributeError>("object");
  return self->object_.get();
}
Result<void> set_key_object(Thread&, CmpKey* self, Value value) {
  self->object_.set(self, value);
  return {};
}

constexpr NativeAttribute kKeyAttributes[] = {
    attribute<key_object, set_key_object>("obj", "Value wrapped by a key function."),
};

constexpr NativeMethod kFunctions[] = {
    function<functools_reduce>(
        "reduce(function, iterable, initial=<unrepresentable>, /)",
        "reduce(function, iterable[, initial]) -> value\n\nApply a function of two arguments cumulatively to the "
        "items of a sequence\nor iterable, from left to right, so as to reduce the iterable to a single\nvalue.  "
        "For example, reduce(lambda x, y: x+y, [1, 2, 3, 4, 5]) calculates\n((((1+2)+3)+4)+5).  If initial is "
        "present, it is placed before the items\nof the iterable in the calculation, and serves as a default when "
        "the\niterable is empty."),
    function<cmp_to_key>("cmp_to_key(mycmp)", "Convert a cmp= function into a key= function."),
};

Result<void> initialize_functools(Thread& thread, Module* module) {
  TRY(add_type(thread, module, kPartialType));
  TRY(add_type(thread, module, kLruCacheType));
  TRY(make_builtin_type(thread, kCmpKeyType));
  return {};
}

}  // namespace

constinit const TypeSpec kCmpKeyType = {
    .name = "functools.KeyWrapper",
    .kind = Kind::CmpKey,
    .flags = kTypeDisallowInstantiation,
    .layout = [] { return layout_of<CmpKey>("KeyWrapper"); },
    .slots = {.compare = key_compare, .call = key_call},
    .attributes = kKeyAttributes,
};

extern const ModuleSpec kFunctoolsModule;
constinit const ModuleSpec kFunctoolsModule = {
    .name = "_functools",
    .functions = kFunctions,
    .initialize = initialize_functools,
    .doc = "Tools that operate on functions.",
};

}  // namespace viperine
