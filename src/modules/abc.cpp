// SPDX-License-Identifier: MIT
// _abc: abstract base classes: abstract methods, virtual subclasses, and the caches of issubclass. abc.py is built on
// it. The registry and the caches are sets of weak references; Runtime::abc_counter_ tells when a negative cache is out
// of date.
#include "builtins/common.h"
#include "runtime/operators.h"

namespace viperine {

namespace {

class AbcData final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::AbcData;
  Slot<Set> registry_, cache_, negative_cache_;   // null while empty
  uint64_t negative_version_;
  LAYOUT(AbcData, HeapObject, registry_, cache_, negative_cache_, negative_version_);
};

const TypeSpec kAbcDataType = {
    .name = "_abc._abc_data",
    .kind = Kind::AbcData,
    .flags = kTypeDisallowInstantiation,
    .layout = [] { return layout_of<AbcData>("_abc._abc_data"); },
    .doc = "Internal state held by ABC machinery.",
};

Result<AbcData*> data_of(Thread& thread, Value cls) {
  Value data = TRY(get_attribute(thread, cls, thread.names()._abc_impl));
  if (!is<AbcData>(data)) return thread.raise<TypeError>("_abc_impl is set to a wrong type");
  return cast<AbcData>(data);
}

// --- sets of weak references

Result<bool> is_in(Thread& thread, Set* set, Value cls) {
  if (set == nullptr || set->length() == 0 || !has_kind(cls, Kind::Type)) return false;
  return set_contains(thread, set, to_value(plain_weakref(thread, cls.as_object())));
}

Result<void> add(Thread& thread, AbcData* data, Slot<Set> AbcData::*field, Value cls) {
  if ((data->*field).is_null()) (data->*field).set(data, make_set(thread, Kind::Set));
  TRY(set_add(thread, (data->*field).get(), to_value(plain_weakref(thread, cls.as_object()))));
  return {};
}

// --- abstract methods

Result<bool> is_abstract(Thread& thread, Value value) {
  if (has_kind(value, Kind::Function) && cast<Function>(value)->more_.get().is_int()) return false;
  Optional<Value> flag = TRY(find_attribute(thread, value, thread.names().__isabstractmethod__));
  if (!flag) return false;
  return is_true(thread, *flag);
}

Result<void> compute_abstract_methods(Thread& thread, Type* type) {
  Str* attribute = intern(thread, "__abstractmethods__");
  Set* names = make_set(thread, Kind::FrozenSet);
  Dict* space = TRY(dict_copy(thread, type->dict()));
  for (int64_t entry = space->next_entry(0); entry >= 0; entry = space->next_entry(entry + 1)) {
    Value value = open_class_cell(space->table()->value(static_cast<uint32_t>(entry)));
    if (TRY(is_abstract(thread, value))) TRY(set_add(thread, names, space->table()->key(static_cast<uint32_t>(entry))));
  }
  for (Value base : type->bases()->span()) {
    Optional<Value> inherited = TRY(find_attribute(thread, base, attribute));
    if (!inherited) continue;
    TRY(for_each(thread, *inherited, [&](Value key) -> Result<bool> {
      Str* name = try_str(thread, key);
      if (name == nullptr) return true;
      Optional<Value> value = TRY(find_attribute(thread, to_value(type), name));
      if (value && TRY(is_abstract(thread, *value))) TRY(set_add(thread, names, key));
      return true;
    }));
  }
  return set_attribute(thread, to_value(type), attribute, to_value(names));
}

constexpr uint32_t kCollectionFlags = kTypeSequence | kTypeMapping;

Result<void> take_collection_flags(Thread& thread, Type* type) {
  Str* name = intern(thread, "__abc_tpflags__");
  Optional<Value> flags = type->dict()->get_str(name);
  if (!flags || !(*flags).is_int()) return {};
  bool sequence = (*flags).as_int() & (1 << 5), mapping = (*flags).as_int() & (1 << 6);
  if (sequence && mapping)
    return thread.raise<TypeError>("__abc_tpflags__ cannot be both Py_TPFLAGS_SEQUENCE and Py_TPFLAGS_MAPPING");
  type->flags_ = (type->flags_ & ~kCollectionFlags) | (sequence ? kTypeSequence : 0u) | (mapping ? kTypeMapping : 0u);
  return delete_attribute(thread, to_value(type), name);
}

void set_collection_flags(Thread& thread, Type* type, void* context) {
  uint32_t flags = *static_cast<uint32_t*>(context);
  if (!type->is_heap_type() || (type->flags_ & kCollectionFlags) == flags) return;
  type->flags_ = (type->flags_ & ~kCollectionFlags) | flags;
  for_each_subclass(thread, type, &set_collection_flags, context);
}

// --- functions

Result<void> abc_init(Thread& thread, Type* type) {
  TRY(compute_abstract_methods(thread, type));
  auto* data = make_exact<AbcData>(thread, Kind::AbcData);
  data->negative_version_ = thread.runtime().abc_counter_;
  TRY(set_attribute(thread, to_value(type), thread.names()._abc_impl, to_value(data)));
  return take_collection_flags(thread, type);
}

Result<Value> abc_register(Thread& thread, Value self, Value subclass) {
  if (!has_kind(subclass, Kind::Type)) return thread.raise<TypeError>("Can only register classes");
  if (TRY(is_subclass_of(thread, subclass, self))) return subclass;
  if (TRY(is_subclass_of(thread, self, subclass)))
    return thread.raise<RuntimeError>("Refusing to create an inheritance cycle");
  AbcData* data = TRY(data_of(thread, self));
  TRY(add(thread, data, &AbcData::registry_, subclass));
  ++thread.runtime().abc_counter_;
  if (auto* type = try_cast<Type>(self); type != nullptr && (type->flags_ & kCollectionFlags) != 0) {
    uint32_t flags = type->flags_ & kCollectionFlags;
    set_collection_flags(thread, cast<Type>(subclass), &flags);
  }
  return subclass;
}

Result<bool> check_through_class(Thread& thread, Value self, Value subclass) {
  Value argument = subclass;
  return is_true(thread, TRY(call_method(thread, self, thread.names().__subclasscheck__, argument)));
}

Result<bool> abc_instance_check(Thread& thread, Value self, Value instance) {
  AbcData* data = TRY(data_of(thread, self));
  Value subclass = TRY(get_attribute(thread, instance, thread.names().__class__));
  if (TRY(is_in(thread, data->cache_.get(), subclass))) return true;
  Value subtype = to_value(type_of(thread, instance));
  if (subtype == subclass) {
    if (data->negative_version_ == thread.runtime().abc_counter_ &&
        TRY(is_in(thread, data->negative_cache_.get(), subclass)))
      return false;
    return check_through_class(thread, self, subclass);
  }
  if (TRY(check_through_class(thread, self, subclass))) return true;
  return check_through_class(thread, self, subtype);
}

/// Whether one of the registered classes is a base of `subclass`.
Result<bool> is_registered(Thread& thread, AbcData* data, Value subclass) {
  if (data->registry_.is_null()) return false;
  if (TRY(is_in(thread, data->registry_.get(), subclass))) return true;
  List* classes = List::make(thread.heap());
  int64_t position = 0;
  while (Optional<Value> reference = set_next(data->registry_.get(), &position)) {
    Optional<Value> target = weakref_target(static_cast<WeakRef*>((*reference).as_object()));
    if (target) TRY(list_append_value(thread, classes, *target));
  }
  for (Value candidate : classes->span())
    if (TRY(is_subclass_of(thread, subclass, candidate))) return true;
  return false;
}

Result<bool> is_under_subclass(Thread& thread, Value self, Value subclass) {
  Value classes = TRY(call_method(thread, self, intern(thread, "__subclasses__")));
  if (!is<List>(classes)) return thread.raise<TypeError>("__subclasses__() must return a list");
  for (int64_t i = 0; i < cast<List>(classes)->length(); ++i)
    if (TRY(is_subclass_of(thread, subclass, cast<List>(classes)->at(i)))) return true;
  return false;
}

Result<bool> is_in_order(Thread&, Value self, Value subclass) {
  for (Value base : cast<Type>(subclass)->mro()->span())
    if (base == self) return true;
  return false;
}

Result<bool> abc_subclass_check(Thread& thread, Value self, Value subclass) {
  if (!has_kind(subclass, Kind::Type)) return thread.raise<TypeError>("issubclass() arg 1 must be a class");
  AbcData* data = TRY(data_of(thread, self));
  if (TRY(is_in(thread, data->cache_.get(), subclass))) return true;
  if (data->negative_version_ < thread.runtime().abc_counter_) {
    data->negative_cache_.set(data, nullptr);
    data->negative_version_ = thread.runtime().abc_counter_;
  } else if (TRY(is_in(thread, data->negative_cache_.get(), subclass))) {
    return false;
  }
  Value answer = TRY(call_method(thread, self, thread.names().__subclasshook__, subclass));
  bool found;
  if (answer.is_bool()) {
    found = answer.is_true();
  } else if (!answer.is_not_implemented()) {
    return thread.raise<AssertionError>("__subclasshook__ must return either False, True, or NotImplemented");
  } else {
    found = TRY(is_in_order(thread, self, subclass)) || TRY(is_registered(thread, data, subclass)) ||
            TRY(is_under_subclass(thread, self, subclass));
  }
  TRY(add(thread, data, found ? &AbcData::cache_ : &AbcData::negative_cache_, subclass));
  return found;
}

Value cache_token(Thread& thread) { return Value::from_int(static_cast<int64_t>(thread.runtime().abc_counter_)); }

Result<void> reset_registry(Thread& thread, Value self) {
  AbcData* data = TRY(data_of(thread, self));
  data->registry_.set(data, nullptr);
  return {};
}
Result<void> reset_caches(Thread& thread, Value self) {
  AbcData* data = TRY(data_of(thread, self));
  data->cache_.set(data, nullptr);
  data->negative_cache_.set(data, nullptr);
  return {};
}
Result<Value> dump(Thread& thread, Value self) {
  AbcData* data = TRY(data_of(thread, self));
  auto shown = [&](Set* set) { return to_value(set == nullptr ? make_set(thread, Kind::Set) : set); };
  return to_value(Tuple::of(thread.heap(), shown(data->registry_.get()), shown(data->cache_.get()),
                            shown(data->negative_cache_.get()),
                            Value::from_int(static_cast<int64_t>(data->negative_version_))));
}

const NativeMethod kFunctions[] = {
    function<cache_token>("get_cache_token($module, /)", "Returns the current ABC cache token."),
    function<abc_init>("_abc_init($module, self, /)", "Internal ABC helper for class set-up."),
    function<abc_register>("_abc_register($module, self, subclass, /)",
                           "Internal ABC helper for subclass registration."),
    function<abc_instance_check>("_abc_instancecheck($module, self, instance, /)",
                                 "Internal ABC helper for instance checks."),
    function<abc_subclass_check>("_abc_subclasscheck($module, self, subclass, /)",
                                 "Internal ABC helper for subclass checks."),
    function<reset_registry>("_reset_registry($module, self, /)",
                             "Internal ABC helper to reset registry of a given class."),
    function<reset_caches>("_reset_caches($module, self, /)",
                           "Internal ABC helper to reset both caches of a given class."),
    function<dump>("_get_dump($module, self, /)", "Internal ABC helper for cache and registry debugging."),
};

Result<void> initialize(Thread& thread, Module*) {
  thread.runtime().register_layout(Kind::AbcData, layout_of<AbcData>("_abc._abc_data"));
  TRY(make_builtin_type(thread, kAbcDataType));
  return {};
}

}  // namespace

extern const ModuleSpec kAbcModule;
const ModuleSpec kAbcModule = {"_abc", kFunctions, &initialize,
                               "Module contains faster C implementation of abc.ABCMeta"};

}  // namespace viperine
