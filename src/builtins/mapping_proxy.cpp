// SPDX-License-Identifier: MIT
// mappingproxy: a read-only view of a mapping. The proxy of a class stands for its namespace, whose ClassCells it
// opens.
#include "builtins/builtin_types.h"
#include "builtins/common.h"
#include "runtime/operators.h"

namespace viperine {

namespace {

Value mapping_of(Value self) { return cast<MappingProxy>(self)->mapping_.get(); }
Type* class_of(Value self) { return try_cast<Type>(mapping_of(self)); }

/// The mapping as something with a dict's methods: a class's namespace is copied when it holds cells.
Result<Value> readable(Thread& thread, Value self) {
  Type* type = class_of(self);
  if (type == nullptr) return mapping_of(self);
  Dict* dict = type->dict();
  bool has_cells = false;
  for (int64_t entry = dict->next_entry(0); entry >= 0 && !has_cells; entry = dict->next_entry(entry + 1))
    has_cells = has_kind(dict->table()->value(static_cast<uint32_t>(entry)), Kind::ClassCell);
  if (!has_cells) return to_value(dict);
  Dict* copy = TRY(dict_copy(thread, dict));
  for (int64_t entry = copy->next_entry(0); entry >= 0; entry = copy->next_entry(entry + 1)) {
    auto at = static_cast<uint32_t>(entry);
    copy->table()->set_value(at, open_class_cell(copy->table()->value(at)));
  }
  return to_value(copy);
}

Result<Value> proxy_new(Thread& thread, Type* type, const Arguments& arguments) {
  TRY(refuse_keywords(thread, "mappingproxy", arguments));
  if (arguments.count != 1)
    return thread.raise<TypeError>("mappingproxy() missing required argument 'mapping' (pos 1)");
  Value mapping = arguments[0];
  bool fits = type_of(thread, mapping)->slots().get_item != nullptr && !is<List>(mapping) && !is<Tuple>(mapping);
  if (!fits) return thread.raise<TypeError>("mappingproxy() argument must be a mapping, not {}", type_name_of(mapping));
  auto* proxy = make_instance<MappingProxy>(thread, type);
  proxy->mapping_.initialize(mapping);
  return to_value(proxy);
}

Result<Value> proxy_repr(Thread& thread, Value self) {
  Str* inner = TRY(repr(thread, TRY(readable(thread, self))));
  return to_value(format_text(thread, "mappingproxy({})", inner));
}
Result<Value> proxy_str(Thread& thread, Value self) { return to_value(TRY(str(thread, TRY(readable(thread, self))))); }

Result<int64_t> proxy_hash(Thread& thread, Value self) { return hash(thread, TRY(readable(thread, self))); }

Result<Value> proxy_compare(Thread& thread, Value self, Value other, Comparison op) {
  if (is<MappingProxy>(other)) other = TRY(readable(thread, other));
  return compare(thread, TRY(readable(thread, self)), other, op);
}

Result<int64_t> proxy_length(Thread& thread, Value self) {
  Type* type = class_of(self);
  return type != nullptr ? Result<int64_t>(type->dict()->length()) : length(thread, mapping_of(self));
}

Result<Value> proxy_get_item(Thread& thread, Value self, Value key) {
  Type* type = class_of(self);
  if (type == nullptr) return get_item(thread, mapping_of(self), key);
  Optional<Value> found = TRY(dict_find(thread, type->dict(), key));
  if (!found) return thread.raise_value(ExceptionKind::KeyError, key);
  return open_class_cell(*found);
}

Result<bool> proxy_contains(Thread& thread, Value self, Value key) {
  Type* type = class_of(self);
  return contains(thread, type != nullptr ? to_value(type->dict()) : mapping_of(self), key);
}

Result<Value> proxy_iter(Thread& thread, Value self) {
  Type* type = class_of(self);
  return iterate(thread, type != nullptr ? to_value(type->dict()) : mapping_of(self));
}

Result<Value> operand(Thread& thread, Value value) {
  return is<MappingProxy>(value) ? readable(thread, value) : Result<Value>(value);
}
Result<Value> proxy_or(Thread& thread, Value left, Value right) {
  Value a = TRY(operand(thread, left)), b = TRY(operand(thread, right));
  return binary_operation(thread, BinaryOperator::Or, a, b);
}
Result<Value> proxy_inplace_or(Thread& thread, Value self, Value) {
  return thread.raise<TypeError>("'|=' is not supported by {}; use '|' instead", type_name_of(self));
}

Result<Value> proxy_get(Thread& thread, MappingProxy* self, Value key, Value fallback) {
  Type* type = try_cast<Type>(self->mapping_.get());
  if (type == nullptr) return call_method(thread, self->mapping_.get(), thread.names().get, key, fallback);
  Optional<Value> found = TRY(dict_find(thread, type->dict(), key));
  return found ? open_class_cell(*found) : fallback;
}
Result<Value> proxy_keys(Thread& thread, Value self) {
  Type* type = class_of(self);
  return call_method(thread, type != nullptr ? to_value(type->dict()) : mapping_of(self), thread.names().keys);
}
Result<Value> proxy_values(Thread& thread, Value self) {
  return call_method(thread, TRY(readable(thread, self)), thread.names().values);
}
Result<Value> proxy_items(Thread& thread, Value self) {
  return call_method(thread, TRY(readable(thread, self)), thread.names().items);
}
Result<Value> proxy_copy(Thread& thread, Value self) {
  return call_method(thread, TRY(readable(thread, self)), thread.names().copy);
}
Result<Value> proxy_reversed(Thread& thread, Value self) {
  return call_method(thread, TRY(readable(thread, self)), thread.names().__reversed__);
}
Result<Value> proxy_class_getitem(Thread& thread, Type* type, Value item) {
  return call(thread, to_value(thread.runtime().type(Kind::GenericAlias)), to_value(type), item);
}

const NativeMethod kMethods[] = {
    method<proxy_get>("get($self, key, default=None, /)",
                      "Return the value for key if key is in the mapping, else default."),
    method<proxy_keys>("keys($self, /)", "D.keys() -> a set-like object providing a view on D's keys"),
    method<proxy_values>("values($self, /)", "D.values() -> an object providing a view on D's values"),
    method<proxy_items>("items($self, /)", "D.items() -> a set-like object providing a view on D's items"),
    method<proxy_copy>("copy($self, /)", "D.copy() -> a shallow copy of D"),
    method<proxy_reversed>("__reversed__($self, /)", "D.__reversed__() -> reverse iterator"),
    method<proxy_class_getitem>("__class_getitem__($type, item, /)", "See PEP 585"),
};

}  // namespace

const TypeSpec kMappingProxyType = {
    .name = "mappingproxy",
    .kind = Kind::MappingProxy,
    .flags = kTypeMapping,
    .layout = [] { return layout_of<MappingProxy>("mappingproxy"); },
    .slots = {.repr = &proxy_repr,
              .str = &proxy_str,
              .hash = &proxy_hash,
              .compare = &proxy_compare,
              .new_ = &proxy_new,
              .iter = &proxy_iter,
              .length = &proxy_length,
              .get_item = &proxy_get_item,
              .contains = &proxy_contains,
              .or_ = &proxy_or,
              .inplace_or = &proxy_inplace_or,
              .is_mapping = true},
    .methods = kMethods,
    .doc = "Read-only proxy of a mapping.",
    .text_signature = "(mapping)",
};

}  // namespace viperine
