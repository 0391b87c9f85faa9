// SPDX-License-Identifier: MIT
// _weakref: what weakref.py is built on. The types are in builtins/weakref.cpp.
#include "builtins/weakref.h"

namespace viperine {

namespace {

/// References to the object, in the order of their chain.
Result<Value> references_of(Thread& thread, Value object) {
  List* list = List::make(thread.heap());
  if (!object.is_pointer()) return to_value(list);
  auto* head = static_cast<WeakRef*>(thread.heap().weakref_head(object.as_object()));
  while (head != nullptr) {
    TRY(list_append_value(thread, list, to_value(head)));
    Value next = head->next_.get();
    head = next.is_none() ? nullptr : static_cast<WeakRef*>(next.as_object());
  }
  return to_value(list);
}

Result<Value> weakref_count(Thread& thread, Value object) {
  return Value::from_int(cast<List>(TRY(references_of(thread, object)))->length());
}

Result<Value> weakref_proxy(Thread& thread, Value object, Value callback) {
  return make_weak_proxy(thread, object, callback);
}

/// Removes the entry when its value is a reference that is dead.
Result<void> remove_dead(Thread& thread, Dict* dict, Value key) {
  Optional<Value> value = TRY(dict_find(thread, dict, key));
  if (!value) return {};
  if (!is<WeakRef>(*value)) return thread.raise<TypeError>("not a weakref");
  if (weakref_target(static_cast<WeakRef*>((*value).as_object()))) return {};
  TRY(dict_remove(thread, dict, key));
  return {};
}

const NativeMethod kFunctions[] = {
    function<weakref_count>("getweakrefcount($module, object, /)", "Return the number of weak references to 'object'."),
    function<references_of>("getweakrefs($module, object, /)",
                            "Return a list of all weak reference objects pointing to 'object'."),
    function<weakref_proxy>("proxy($module, object, callback=None, /)",
                            "Create a proxy object that weakly references 'object'."),
    function<remove_dead>("_remove_dead_weakref($module, dct, key, /)",
                          "Atomically remove key from dict if it points to a dead weakref."),
};

Result<void> initialize(Thread& thread, Module* module) {
  Runtime& runtime = thread.runtime();
  TRY(add_constant(thread, module, "ref", to_value(runtime.type(Kind::WeakRef))));
  TRY(add_constant(thread, module, "ReferenceType", to_value(runtime.type(Kind::WeakRef))));
  TRY(add_constant(thread, module, "ProxyType", to_value(runtime.type(Kind::WeakProxy))));
  return add_constant(thread, module, "CallableProxyType", to_value(runtime.type(Kind::CallableProxy)));
}

}  // namespace

extern const ModuleSpec kWeakrefModule;
const ModuleSpec kWeakrefModule = {"_weakref", kFunctions, &initialize, "Weak-reference support module."};

}  // namespace viperine
