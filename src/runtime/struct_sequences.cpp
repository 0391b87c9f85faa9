// SPDX-License-Identifier: MIT
// Struct sequences (os.stat_result, time.struct_time): tuples whose items have names. Fields beyond the visible ones
// are members.
#include <vector>

#include "runtime/attributes.h"
#include "runtime/class_slots.h"
#include "runtime/classes.h"
#include "runtime/containers.h"
#include "runtime/operators.h"
#include "runtime/strings.h"

namespace viperine {

namespace {

/// type.n_fields and the like.
Result<int64_t> count_of(Thread& thread, Type* type, Str* name) {
  Optional<Value> value = lookup_in_type(thread, type, name);
  if (!value || !(*value).is_int())
    return thread.raise<TypeError>("Missed attribute '{}' of type {}", name, type->name());
  return (*value).as_int();
}

/// Field names in order, hidden ones included (Type::extra_).
Tuple* field_names(Type* type) {
  while (type != nullptr && !is<Tuple>(type->extra_.get())) type = type->base();
  return type == nullptr ? nullptr : cast<Tuple>(type->extra_.get());
}

Result<Value> fill(Thread& thread, Type* type, std::span<const Value> values, Dict* extra) {
  int64_t visible = TRY(count_of(thread, type, thread.names().n_sequence_fields));
  int64_t total = TRY(count_of(thread, type, thread.names().n_fields));
  auto* tuple = static_cast<Tuple*>(allocate_instance(thread, type, sizeof(Tuple), static_cast<size_t>(visible) * 8));
  tuple->initialize(visible);
  for (int64_t i = 0; i < visible; ++i) tuple->set(i, values[static_cast<size_t>(i)]);
  Tuple* names = field_names(type);
  int64_t unnamed = 0;
  while (names != nullptr && unnamed < visible && names->at(visible - 1 - unnamed).is_none()) ++unnamed;
  for (int64_t i = visible; i < total; ++i) {
    // The named fields that follow stand for the unnamed ones and have their values until told otherwise
    // (os.stat_result).
    Value value = i - visible < unnamed ? tuple->at(i - unnamed) : Value::none();
    if (i < static_cast<int64_t>(values.size())) {
      value = values[static_cast<size_t>(i)];
    } else if (extra != nullptr && names != nullptr) {
      Optional<Value> given = TRY(dict_find(thread, extra, names->at(i)));
      value = given.value_or(value);
    }
    set_member(thread, tuple, static_cast<uint32_t>(i - visible), value);
  }
  return to_value(tuple);
}

Result<Value> struct_sequence_new(Thread& thread, Type* type, const Arguments& arguments) {
  Optional<Value> sequence, extra;
  if (arguments.positional_count() > 0) sequence = arguments[0];
  if (arguments.positional_count() > 1) extra = arguments[1];
  for (uint32_t i = 0; i < arguments.keyword_count(); ++i) {
    Str* key = as_str(thread, arguments.keywords->at(i));
    if (key->equals("sequence"))
      sequence = arguments.keyword_value(i);
    else if (key->equals("dict"))
      extra = arguments.keyword_value(i);
    else
      return thread.raise<TypeError>("'{}' is an invalid keyword argument for {}()", key, type->name());
  }
  if (!sequence || arguments.positional_count() > 2)
    return thread.raise<TypeError>("{}() missing required argument 'sequence' (pos 1)", type->name());
  Str* name = TRY(full_type_name(thread, type));
  if (extra && !is<Dict>(*extra)) return thread.raise<TypeError>("{}() takes a dict as second arg, if any", name);
  auto items_result = tuple_from_iterable(thread, *sequence);
  if (items_result.is_raised()) {
    if (!thread.pending_is<TypeError>()) return Raised{};
    thread.clear_pending();
    return thread.raise<TypeError>("constructor requires a sequence");
  }
  Tuple* items = items_result.take();
  int64_t least = TRY(count_of(thread, type, thread.names().n_sequence_fields));
  int64_t most = TRY(count_of(thread, type, thread.names().n_fields));
  int64_t count = items->length();
  if (least == most && count != least)
    return thread.raise<TypeError>("{}() takes a {}-sequence ({}-sequence given)", name, least, count);
  if (count < least)
    return thread.raise<TypeError>("{}() takes an at least {}-sequence ({}-sequence given)", name, least, count);
  if (count > most)
    return thread.raise<TypeError>("{}() takes an at most {}-sequence ({}-sequence given)", name, most, count);
  return fill(thread, type, items->span(), extra ? cast<Dict>(*extra) : nullptr);
}

Result<Value> struct_sequence_repr(Thread& thread, Value self) {
  Type* type = type_of(thread, self);
  auto* tuple = cast<Tuple>(self);
  Tuple* names = field_names(type);
  StringBuilder text(thread);
  text.append(TRY(full_type_name(thread, type)));
  text.append("(");
  int64_t named = 0;  // an unnamed field is shown under the next name
  for (int64_t i = 0; i < tuple->length(); ++i, ++named) {
    if (i > 0) text.append(", ");
    while (names != nullptr && named < names->length() && !is_str(names->at(named))) ++named;
    if (names != nullptr && named < names->length()) {
      text.append(as_str(thread, names->at(named)));
      text.append("=");
    }
    text.append(TRY(repr(thread, tuple->at(i))));
  }
  text.append(")");
  return to_value(TRY(text.finish()));
}

Result<Value> reduce(Thread& thread, const NativeMethod&, const Arguments& arguments) {
  Value self = arguments[0];
  Type* type = type_of(thread, self);
  auto* tuple = cast<Tuple>(self);
  Dict* hidden = TRY(make_dict(thread, 0));
  Tuple* names = field_names(type);
  int64_t total = names == nullptr ? 0 : names->length();
  for (int64_t i = tuple->length(); i < total; ++i)
    TRY(dict_set(thread, hidden, names->at(i), member(thread, tuple, static_cast<uint32_t>(i - tuple->length()))));
  Value plain = to_value(TRY(make_tuple(thread, tuple->span())));
  return make_pair(thread, to_value(type), make_pair(thread, plain, to_value(hidden)));
}

constexpr NativeMethod make_reduce_method() {
  NativeMethod method;
  method.entry = &reduce;
  method.text = "__reduce__($self, /)";
  method.name_length = 10;
  method.required = method.positional = method.positional_only = method.total = 1;
  method.flags = kNativeSelf;
  return method;
}
constexpr NativeMethod kReduceMethod = make_reduce_method();

void add_wrapper(Thread& thread, Type* type, Str* name) {
  for (const SlotEntry& entry : slot_entries()) {
    if (!(thread.names().*entry.interned == name)) continue;
    auto* wrapper = make_exact<SlotWrapper>(thread, Kind::SlotWrapper);
    wrapper->entry_ = &entry;
    wrapper->type_.initialize(type);
    set_type_entry(thread, type, name, to_value(wrapper));
    return;
  }
}

void add_visible_field(Thread& thread, Type* type, Str* name, uint32_t index) {
  auto* descriptor = make_exact<MemberDescriptor>(thread, Kind::MemberDescriptor);
  descriptor->name_.initialize(name);
  descriptor->type_.initialize(type);
  descriptor->doc_.initialize(Value::none());
  descriptor->slot_ = index;
  descriptor->flags_ = kMemberTupleItem;
  set_type_entry(thread, type, name, to_value(descriptor));
}

}  // namespace

Result<Type*> add_struct_sequence(Thread& thread, Module* module, std::string_view name,
                                  std::span<const char* const> fields, int64_t visible, std::string_view doc) {
  Runtime& runtime = thread.runtime();
  const Names& names = thread.names();
  size_t dot = name.rfind('.');
  Str* short_name = intern(thread, dot == std::string_view::npos ? name : name.substr(dot + 1));
  Dict* space = TRY(make_dict(thread, 0));
  Value module_name = dot == std::string_view::npos ? module->dict()->get_str(names.__name__).value_or(Value::none())
                                                    : to_value(intern(thread, name.substr(0, dot)));
  TRY(dict_set_name(thread, space, names.__module__, module_name));
  TRY(dict_set_name(thread, space, names.__doc__, doc.empty() ? Value::none() : to_value(make_str(thread, doc))));
  TRY(dict_set_name(thread, space, names.__slots__, to_value(runtime.empty_tuple())));
  int64_t total = static_cast<int64_t>(fields.size());
  // A field without name is a null pointer: reachable by position only.
  int64_t unnamed = 0;
  Tuple* all = TRY(make_tuple(thread, total));
  List* matched = List::make(thread.heap());
  for (int64_t i = 0; i < total; ++i) {
    if (fields[static_cast<size_t>(i)] == nullptr) {
      ++unnamed;
      all->set(i, Value::none());
      continue;
    }
    all->set(i, to_value(intern(thread, fields[static_cast<size_t>(i)])));
    if (i < visible) TRY(list_append_value(thread, matched, all->at(i)));
  }
  TRY(dict_set_name(thread, space, names.n_fields, Value::from_int(total)));
  TRY(dict_set_name(thread, space, names.n_sequence_fields, Value::from_int(visible)));
  TRY(dict_set_name(thread, space, names.n_unnamed_fields, Value::from_int(unnamed)));
  TRY(dict_set_name(thread, space, names.__match_args__, to_value(list_to_tuple(thread, matched))));
  Type* type = TRY(make_class(thread, runtime.type_type(), short_name,
                              Tuple::of(thread.heap(), to_value(runtime.type(Kind::Tuple))), space, nullptr));
  type->dict()->delete_str(thread.heap(), names.__slots__);
  type->extra_.set(type, to_value(all));
  for (int64_t i = 0; i < visible; ++i)
    if (is_str(all->at(i)))
      add_visible_field(thread, type, static_cast<Str*>(all->at(i).as_object()), static_cast<uint32_t>(i));
  std::vector<std::string_view> hidden;
  for (int64_t i = visible; i < total; ++i)
    hidden.push_back(fields[static_cast<size_t>(i)] == nullptr ? "" : fields[static_cast<size_t>(i)]);
  if (!hidden.empty()) TRY(add_members(thread, type, hidden, kMemberReadOnly | kMemberNoneWhenUnset));
  TypeSlots slots = type->slots();
  slots.new_ = &struct_sequence_new;
  slots.repr = &struct_sequence_repr;
  type->slots_ = intern_slots(runtime, slots);
  set_type_entry(thread, type, names.__new__,
                 to_value(make_native_function(thread, kNewMethod, to_value(type), Value::none())));
  add_wrapper(thread, type, names.__repr__);
  auto* reducer = make_exact<MethodDescriptor>(thread, Kind::MethodDescriptor);
  reducer->method_ = &kReduceMethod;
  reducer->type_.initialize(type);
  set_type_entry(thread, type, names.__reduce__, to_value(reducer));
  class_modified(thread, type);
  type->flags_ = (type->flags_ & ~kTypeBase) | kTypeImmutable;
  if (module != nullptr) TRY(dict_set_name(thread, module->dict(), short_name, to_value(type)));
  return type;
}

Result<Value> make_struct_sequence(Thread& thread, Type* type, std::span<const Value> values) {
  return fill(thread, type, values, nullptr);
}

}  // namespace viperine
