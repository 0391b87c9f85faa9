// SPDX-License-Identifier: MIT
// The module _collections: _count_elements, _tuplegetter, and the types of the other files.
#include "modules/collections/collections.h"
#include "objects/dict_table.h"

namespace viperine {

namespace {

Result<Value> plus_one(Thread& thread, Value number) {
  if (number.is_int()) return make_int(thread.heap(), number.as_int() + 1);
  return binary_operation(thread, BinaryOperator::Add, number, Value::from_int(1));
}

/// A dict whose class has neither a `get` nor a `__setitem__` of its own.
bool counts_directly(Thread& thread, Value mapping) {
  if (!is<Dict>(mapping)) return false;
  Type* type = type_of(thread, mapping);
  Type* dict = thread.runtime().type(Kind::Dict);
  if (type == dict) return true;
  for (Str* name : {thread.names().get, thread.names().__setitem__})
    if (lookup_in_type(thread, type, name).raw() != lookup_in_type(thread, dict, name).raw()) return false;
  return true;
}

Result<void> count_elements(Thread& thread, Value mapping, Value iterable) {
  if (counts_directly(thread, mapping)) {
    auto* dict = cast<Dict>(mapping);
    return for_each(thread, iterable, [&](Value key) -> Result<bool> {
      bool added;
      int64_t entry = TRY(dict_ensure_entry(thread, dict, key, Value::from_int(1), &added));
      if (added) return true;
      Value present = dict->table()->value(static_cast<uint32_t>(entry));
      if (present.is_int())
        dict->table()->set_value(static_cast<uint32_t>(entry), TRY(plus_one(thread, present)));
      else
        TRY(dict_set(thread, dict, key, TRY(plus_one(thread, present))));
      return true;
    });
  }
  Value get = TRY(get_attribute(thread, mapping, thread.names().get));
  return for_each(thread, iterable, [&](Value key) -> Result<bool> {
    Value present = TRY(call(thread, get, key, Value::from_int(0)));
    TRY(set_item(thread, mapping, key, TRY(plus_one(thread, present))));
    return true;
  });
}

// --- _tuplegetter: the property of a namedtuple field

class TupleGetter final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::TupleGetter;
  Slot<Value> doc_;
  int64_t index_;
  LAYOUT(TupleGetter, HeapObject, doc_, index_);
};

TupleGetter* self_getter(Value self) { return static_cast<TupleGetter*>(self.as_object()); }

Result<Value> getter_new(Thread& thread, Type* type, const Arguments& arguments) {
  if (arguments.count != 2 || arguments.keyword_count() > 0)
    return thread.raise<TypeError>("_tuplegetter expected 2 arguments, got {}", arguments.count);
  int64_t index = TRY(to_index_int64(thread, arguments[0]));
  auto* getter = make_instance<TupleGetter>(thread, type);
  getter->doc_.set(getter, arguments[1]);
  getter->index_ = index;
  return to_value(getter);
}

Result<Value> getter_get(Thread& thread, Value self, Value object, Value) {
  if (object.is_absent() || object.is_none()) return self;
  int64_t index = self_getter(self)->index_;
  if (!is<Tuple>(object))
    return thread.raise<TypeError>("descriptor for index '{}' for tuple subclasses doesn't apply to '{}' object", index,
                                   type_name_of(object));
  if (index < 0 || index >= cast<Tuple>(object)->length()) return thread.raise<IndexError>("tuple index out of range");
  return cast<Tuple>(object)->at(index);
}

Result<void> getter_set(Thread& thread, Value, Value, Value value) {
  return thread.raise<AttributeError>(value.is_absent() ? "can't delete attribute" : "can't set attribute");
}

Result<Value> getter_repr(Thread& thread, Value self) {
  TupleGetter* getter = self_getter(self);
  return to_value(format_text(thread, "{}({}, {})", type_of(thread, self)->name(), getter->index_,
                              TRY(repr(thread, getter->doc_.get()))));
}

Result<Value> getter_reduce(Thread& thread, TupleGetter* self) {
  return tuple_of(thread, to_value(type_of(thread, to_value(self))),
                  tuple_of(thread, Value::from_int(self->index_), self->doc_.get()));
}

Value getter_doc(Thread&, TupleGetter* self) { return self->doc_.get(); }
Result<void> set_getter_doc(Thread&, TupleGetter* self, Value value) {
  self->doc_.set(self, value.is_absent() ? Value::none() : value);
  return {};
}

constexpr NativeMethod kGetterMethods[] = {
    method<getter_reduce>("__reduce__($self, /)"),
};
constexpr NativeAttribute kGetterAttributes[] = {
    attribute<getter_doc, set_getter_doc>("__doc__"),
};

constexpr NativeMethod kFunctions[] = {
    function<count_elements>("_count_elements(mapping, iterable, /)",
                             "Count elements in the iterable, updating the mapping"),
};

Result<void> initialize_collections(Thread& thread, Module* module) {
  for (const TypeSpec* spec : {&kDequeType, &kDefaultDictType, &kDequeIteratorType, &kDequeReverseIteratorType,
                               &kTupleGetterType, &kOrderedDictType})
    TRY(add_type(thread, module, *spec));
  return {};
}

}  // namespace

constinit const TypeSpec kTupleGetterType = {
    .name = "_collections._tuplegetter",
    .kind = Kind::TupleGetter,
    .layout = [] { return layout_of<TupleGetter>("_tuplegetter"); },
    .slots = {.repr = getter_repr, .new_ = getter_new, .descriptor_get = getter_get, .descriptor_set = getter_set},
    .methods = kGetterMethods,
    .attributes = kGetterAttributes,
};

extern const ModuleSpec kCollectionsModule;
constinit const ModuleSpec kCollectionsModule = {
    .name = "_collections",
    .functions = kFunctions,
    .initialize = initialize_collections,
    .doc =
        "High performance data structures.\n- deque:        ordered collection accessible from endpoints only\n"
        "- defaultdict:  dict subclass with a default value factory\n",
};

}  // namespace viperine
