// SPDX-License-Identifier: MIT
// The module _pickle: its types, functions and errors.
#include "builtins/container_support.h"
#include "modules/pickle/pickle.h"
#include "runtime/audit.h"
#include "runtime/import.h"

namespace viperine::pickle {

// --- what the other files share

Raised raise_text(Thread& thread, std::string_view type, Str* text) {
  auto make = [&]() -> Result<Value> {
    return call(thread, TRY(attribute_of(thread, "_pickle", type)), to_value(text));
  };
  Result<Value> exception = make();
  if (exception.is_raised()) return Raised{};
  return thread.raise_object(cast<ExceptionObject>(exception.take()));
}

Result<Value> import_named(Thread& thread, Str* name) {
  Optional<Value> loaded = thread.runtime().modules()->get_str(name);
  if (loaded && !(*loaded).is_none()) return *loaded;
  Bytes* bytes = TRY(encode_utf8(thread, name));
  return import_module(thread, bytes->view());
}

Result<Value> attribute_of(Thread& thread, std::string_view module, std::string_view attribute) {
  Value object = TRY(import_named(thread, intern(thread, module)));
  return get_attribute(thread, object, attribute);
}

Result<Value> optional_method(Thread& thread, Value self, std::string_view name) {
  return TRY(find_attribute(thread, self, intern(thread, name))).value_or(Value());
}

Result<DottedPlace> dotted_attribute(Thread& thread, Value object, Str* path) {
  DottedPlace place{object, Value::absent(), path};
  int64_t start = 0;
  const Value top = object;
  for (int64_t at = 0; at <= path->length(); ++at) {
    if (at < path->length() && path->at(at) != '.') continue;
    Str* name = start == 0 && at == path->length() ? path : TRY(substring(thread, path, start, at));
    start = at + 1;
    if (name->equals("<locals>")) {
      if (top.is_absent())
        return thread.raise<AttributeError>("Can't get local object {}", TRY(repr(thread, to_value(path))));
      return thread.raise<AttributeError>("Can't get local attribute {} on {}", TRY(repr(thread, to_value(path))),
                                          TRY(repr(thread, top)));
    }
    if (top.is_absent()) continue;
    place.last = name;
    place.parent = place.object;
    Optional<Value> found = TRY(find_attribute(thread, place.object, intern(thread, name)));
    if (!found)
      return thread.raise<AttributeError>("Can't get attribute {} on {}", TRY(repr(thread, to_value(path))),
                                          TRY(repr(thread, top)));
    place.object = *found;
  }
  return place;
}

Result<int> protocol_number(Thread& thread, Value protocol) {
  if (protocol.is_none()) return kDefaultProtocol;
  const int number = TRY(to_c_int(thread, protocol));
  if (number < 0) return kHighestProtocol;
  if (number > kHighestProtocol)
    return thread.raise<ValueError>("pickle protocol must be <= {}", int64_t{kHighestProtocol});
  return number;
}

Result<void> start_pickler(Thread& thread, Pickler* pickler, Value protocol, bool fix_imports, Value buffer_callback) {
  pickler->protocol_ = TRY(protocol_number(thread, protocol));
  pickler->binary_ = pickler->protocol_ > 0 ? 1 : 0;
  pickler->fix_imports_ = fix_imports && pickler->protocol_ < 3 ? 1 : 0;
  if (!buffer_callback.is_none() && pickler->protocol_ < 5)
    return thread.raise<ValueError>("buffer_callback needs protocol >= 5");
  pickler->buffer_callback_.set(pickler, buffer_callback.is_none() ? Value() : buffer_callback);
  pickler->fast_ = pickler->fast_nesting_ = 0;
  return {};
}

Result<void> set_output(Thread& thread, Pickler* pickler, Value file) {
  Optional<Value> write = TRY(find_attribute(thread, file, intern(thread, "write")));
  if (!write) return thread.raise<TypeError>("file must have a 'write' attribute");
  pickler->write_.set(pickler, *write);
  return {};
}

Result<void> set_input(Thread& thread, Unpickler* unpickler, Value file) {
  auto find = [&](std::string_view name) { return find_attribute(thread, file, intern(thread, name)); };
  unpickler->peek_.set(unpickler, TRY(find("peek")).value_or(Value()));
  unpickler->readinto_.set(unpickler, TRY(find("readinto")).value_or(Value()));
  Optional<Value> read = TRY(find("read")), readline = TRY(find("readline"));
  if (!read || !readline) return thread.raise<TypeError>("file must have 'read' and 'readline' attributes");
  unpickler->read_.set(unpickler, *read);
  unpickler->readline_.set(unpickler, *readline);
  return {};
}

Result<void> start_unpickler(Thread& thread, Unpickler* unpickler, bool fix_imports, Str* encoding, Str* errors,
                             Optional<Value> buffers) {
  unpickler->encoding_.set(unpickler, to_value(encoding));
  unpickler->errors_.set(unpickler, to_value(errors));
  unpickler->fix_imports_ = fix_imports ? 1 : 0;
  Value given = buffers.value_or(Value::none());
  unpickler->buffers_.set(unpickler, given.is_none() ? Value() : TRY(iterate(thread, given)));
  return {};
}

namespace {
/// Python 3's names for those of Python 2.
Result<void> to_new_names(Thread& thread, Value* module, Value* name) {
  Value names = TRY(attribute_of(thread, "_compat_pickle", "NAME_MAPPING"));
  Optional<Value> pair = TRY(dict_find(thread, cast<Dict>(names), make_pair(thread, *module, *name)));
  if (pair) {
    if (!is<Tuple>(*pair) || cast<Tuple>(*pair)->length() != 2)
      return thread.raise<RuntimeError>("_compat_pickle.NAME_MAPPING values should be 2-tuples, not {}",
                                        type_name_of(*pair));
    Value new_module = cast<Tuple>(*pair)->at(0), new_name = cast<Tuple>(*pair)->at(1);
    if (!is_str(new_module) || !is_str(new_name))
      return thread.raise<RuntimeError>("_compat_pickle.NAME_MAPPING values should be pairs of str, not ({}, {})",
                                        type_name_of(new_module), type_name_of(new_name));
    *module = new_module, *name = new_name;
    return {};
  }
  Value modules = TRY(attribute_of(thread, "_compat_pickle", "IMPORT_MAPPING"));
  Optional<Value> now = TRY(dict_find(thread, cast<Dict>(modules), *module));
  if (!now) return {};
  if (!is_str(*now))
    return thread.raise<RuntimeError>("_compat_pickle.IMPORT_MAPPING values should be strings, not {}",
                                      type_name_of(*now));
  *module = *now;
  return {};
}
}  // namespace

Result<Value> find_class(Thread& thread, Unpickler* unpickler, Value module, Value name) {
  TRY(audit(thread, "pickle.find_class", module, name));
  if (unpickler->protocol_ < 3 && unpickler->fix_imports_ != 0) TRY(to_new_names(thread, &module, &name));
  if (!is_str(module)) return thread.raise<TypeError>("module name must be a string");
  Value object = TRY(import_named(thread, as_str(thread, module)));
  if (!is_str(name)) return thread.raise<TypeError>("attribute name must be string, not '{}'", type_name_of(name));
  if (unpickler->protocol_ >= 4) return TRY(dotted_attribute(thread, object, as_str(thread, name))).object;
  Optional<Value> found = TRY(find_attribute(thread, object, intern(thread, as_str(thread, name))));
  if (found) return *found;
  return thread.raise<AttributeError>("Can't get attribute {} on {}", TRY(repr(thread, name)),
                                      TRY(repr(thread, object)));
}

namespace {

// --- Pickler

Result<Value> pickler_new(Thread& thread, Type* type, const Arguments&) {
  return to_value(make_instance<Pickler>(thread, type));
}

constexpr NativeMethod kPicklerInit = signature("Pickler(file, protocol=None, fix_imports=True, buffer_callback=None)");

Result<void> pickler_init(Thread& thread, Value self, const Arguments& arguments) {
  BoundArguments bound;
  TRY(bind_arguments(thread, kPicklerInit, arguments, bound));
  auto* pickler = static_cast<Pickler*>(self.as_object());
  auto given = [&](int index, Value fallback) {
    return bound.values[index].is_absent() ? fallback : bound.values[index];
  };
  const bool fix_imports = TRY(is_true(thread, given(2, Value::true_())));
  TRY(start_pickler(thread, pickler, given(1, Value::none()), fix_imports, given(3, Value::none())));
  TRY(set_output(thread, pickler, bound.values[0]));
  memo_clear(pickler);
  pickler->persistent_id_.set(pickler, Value());
  pickler->persistent_id_.set(pickler, TRY(optional_method(thread, self, "persistent_id")));
  pickler->dispatch_table_.set(pickler, Value());
  pickler->dispatch_table_.set(pickler, TRY(optional_method(thread, self, "dispatch_table")));
  return {};
}

Result<Value> pickler_dump(Thread& thread, Pickler* self, Value object) {
  if (!is_set(self->write_.get()))
    return raise_pickling(thread, "Pickler.__init__() was not called by {}.__init__()", type_name_of(to_value(self)));
  return dump_value(thread, self, object);
}

Result<void> pickler_clear_memo(Thread&, Pickler* self) {
  memo_clear(self);
  return {};
}

template <typename T>
Result<Value> size_of(Thread& thread, T* self) {
  int64_t size = static_cast<int64_t>(thread.heap().size_of(self));
  if constexpr (std::is_same_v<T, Pickler>)
    size += self->memo_capacity_ * 20;
  else
    size += self->memo_.is_null() ? 0 : self->memo_->length() * 8;
  return Value::from_int(size);
}

/// The proxies' types are kept with the types whose memos they show.
template <typename T>
Result<Value> memo_proxy(Thread& thread, T* self) {
  auto* type = static_cast<Type*>(thread.runtime().type(T::kKind)->extra_.get().as_object());
  T* proxy = make_instance<T>(thread, type);
  proxy->owner_.set(proxy, to_value(self));
  return to_value(proxy);
}

Result<void> pickler_set_memo(Thread& thread, Pickler* self, Value value) {
  if (value.is_absent()) return thread.raise<TypeError>("attribute deletion is not supported");
  if (is<Pickler>(value) && is<Pickler>(cast<Pickler>(value)->owner_.get()))
    return memo_copy(thread, self, cast<Pickler>(cast<Pickler>(value)->owner_.get()));
  if (!is<Dict>(value))
    return thread.raise<TypeError>("'memo' attribute must be a PicklerMemoProxy object or dict, not {}",
                                   type_name_of(value));
  Dict* dict = cast<Dict>(value);
  memo_clear(self);
  for (int64_t entry = dict->next_entry(0); entry >= 0; entry = dict->next_entry(entry + 1)) {
    Value pair = dict->table()->value(static_cast<uint32_t>(entry));
    if (!is<Tuple>(pair) || cast<Tuple>(pair)->length() != 2)
      return thread.raise<TypeError>("'memo' values must be 2-item tuples");
    const int64_t number = TRY(to_c_int64(thread, cast<Tuple>(pair)->at(0)));
    TRY(memo_add(thread, self, cast<Tuple>(pair)->at(1), number));
  }
  return {};
}

template <auto Field>
Result<Value> int_member(Thread&, Pickler* self) {
  return Value::from_int(self->*Field);
}
template <auto Field>
Result<void> set_int_member(Thread& thread, Pickler* self, Value value) {
  if (value.is_absent()) return thread.raise<TypeError>("can't delete numeric/char attribute");
  self->*Field = TRY(to_c_int(thread, value));
  return {};
}

Raised raise_unset(Thread& thread, std::string_view name) { return thread.raise<AttributeError>("{}", name); }

Result<Value> pickler_dispatch_table(Thread& thread, Pickler* self) {
  if (!is_set(self->dispatch_table_.get())) return raise_unset(thread, "dispatch_table");
  return self->dispatch_table_.get();
}
Result<void> pickler_set_dispatch_table(Thread& thread, Pickler* self, Value value) {
  if (value.is_absent() && !is_set(self->dispatch_table_.get())) return raise_unset(thread, "dispatch_table");
  self->dispatch_table_.set(self, value.is_absent() ? Value() : value);
  return {};
}
Result<Value> pickler_persistent_id(Thread& thread, Pickler* self) {
  if (!is_set(self->persistent_id_.get())) return raise_unset(thread, "persistent_id");
  return self->persistent_id_.get();
}
Result<void> pickler_set_persistent_id(Thread& thread, Pickler* self, Value value) {
  if (value.is_absent()) return thread.raise<TypeError>("attribute deletion is not supported");
  if (!is_callable(thread, value))
    return thread.raise<TypeError>("persistent_id must be a callable taking one argument");
  self->persistent_id_.set(self, value);
  return {};
}

constexpr NativeMethod kPicklerMethods[] = {
    method<pickler_dump>("dump($self, obj, /)", "Write a pickled representation of the given object to the open file."),
    method<pickler_clear_memo>("clear_memo($self, /)", "Clears the pickler's \"memo\"."),
    method<size_of<Pickler>>("__sizeof__($self, /)", "Returns size in memory, in bytes."),
};
constexpr NativeAttribute kPicklerAttributes[] = {
    attribute<memo_proxy<Pickler>, pickler_set_memo>("memo"),
    attribute<pickler_persistent_id, pickler_set_persistent_id>("persistent_id"),
    attribute<pickler_dispatch_table, pickler_set_dispatch_table>("dispatch_table"),
    attribute<int_member<&Pickler::binary_>, set_int_member<&Pickler::binary_>>("bin"),
    attribute<int_member<&Pickler::fast_>, set_int_member<&Pickler::fast_>>("fast"),
};

// --- Unpickler

Result<Value> unpickler_new(Thread& thread, Type* type, const Arguments&) {
  return to_value(make_instance<Unpickler>(thread, type));
}

constexpr NativeMethod kUnpicklerInit =
    signature("Unpickler(file, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=())");

Result<Str*> text_argument(Thread& thread, Value value, const char* name, const char* fallback) {
  if (value.is_absent()) return intern(thread, fallback);
  if (Str* text = try_str(thread, value)) return text;
  return thread.raise<TypeError>("Unpickler() argument '{}' must be str, not {}", name, type_name_of(value));
}

Result<void> unpickler_init(Thread& thread, Value self, const Arguments& arguments) {
  BoundArguments bound;
  TRY(bind_arguments(thread, kUnpicklerInit, arguments, bound));
  auto* unpickler = static_cast<Unpickler*>(self.as_object());
  const bool fix_imports = bound.values[1].is_absent() ? true : TRY(is_true(thread, bound.values[1]));
  Str* encoding = TRY(text_argument(thread, bound.values[2], "encoding", "ASCII"));
  Str* errors = TRY(text_argument(thread, bound.values[3], "errors", "strict"));
  TRY(set_input(thread, unpickler, bound.values[0]));
  TRY(start_unpickler(thread, unpickler, fix_imports, encoding, errors,
                      bound.values[4].is_absent() ? Optional<Value>() : Optional<Value>(bound.values[4])));
  unpickler->persistent_load_.set(unpickler, Value());
  unpickler->persistent_load_.set(unpickler, TRY(optional_method(thread, self, "persistent_load")));
  unpickler->memo_.set(unpickler, nullptr);
  unpickler->memo_count_ = 0;
  unpickler->protocol_ = 0;
  return {};
}

Result<Value> unpickler_load(Thread& thread, Unpickler* self) {
  if (!is_set(self->read_.get()))
    return raise_unpickling(thread, "Unpickler.__init__() was not called by {}.__init__()",
                            type_name_of(to_value(self)));
  return load_value(thread, self, Value::absent());
}

Result<Value> unpickler_find_class(Thread& thread, Unpickler* self, Value module, Value name) {
  return find_class(thread, self, module, name);
}

Result<void> unpickler_set_memo(Thread& thread, Unpickler* self, Value value) {
  if (value.is_absent()) return thread.raise<TypeError>("attribute deletion is not supported");
  if (is<Unpickler>(value) && is<Unpickler>(cast<Unpickler>(value)->owner_.get())) {
    auto* source = cast<Unpickler>(cast<Unpickler>(value)->owner_.get());
    Array* memo = source->memo_.get();
    if (source == self) return {};
    self->memo_.set(self, nullptr);
    self->memo_count_ = 0;
    for (int64_t i = 0; memo != nullptr && i < memo->length(); ++i)
      if (!memo->at(i).is_absent()) TRY(unpickler_memo_put(thread, self, i, memo->at(i)));
    return {};
  }
  if (!is<Dict>(value))
    return thread.raise<TypeError>("'memo' attribute must be an UnpicklerMemoProxy object or dict, not {}",
                                   type_name_of(value));
  Dict* dict = cast<Dict>(value);
  self->memo_.set(self, nullptr);
  self->memo_count_ = 0;
  for (int64_t entry = dict->next_entry(0); entry >= 0; entry = dict->next_entry(entry + 1)) {
    Value key = dict->table()->key(static_cast<uint32_t>(entry));
    if (!is_integer(key)) return thread.raise<TypeError>("memo key must be integers");
    const int64_t number = TRY(to_c_int64(thread, key));
    if (number < 0) return thread.raise<ValueError>("memo key must be positive integers.");
    TRY(unpickler_memo_put(thread, self, number, dict->table()->value(static_cast<uint32_t>(entry))));
  }
  return {};
}

Result<Value> unpickler_persistent_load(Thread& thread, Unpickler* self) {
  if (!is_set(self->persistent_load_.get())) return raise_unset(thread, "persistent_load");
  return self->persistent_load_.get();
}
Result<void> unpickler_set_persistent_load(Thread& thread, Unpickler* self, Value value) {
  if (value.is_absent()) return thread.raise<TypeError>("attribute deletion is not supported");
  if (!is_callable(thread, value))
    return thread.raise<TypeError>("persistent_load must be a callable taking one argument");
  self->persistent_load_.set(self, value);
  return {};
}

constexpr NativeMethod kUnpicklerMethods[] = {
    method<unpickler_load>("load($self, /)", "Load a pickle."),
    method<unpickler_find_class>("find_class($self, module_name, global_name, /)",
                                 "Return an object from a specified module."),
    method<size_of<Unpickler>>("__sizeof__($self, /)", "Returns size in memory, in bytes."),
};
constexpr NativeAttribute kUnpicklerAttributes[] = {
    attribute<memo_proxy<Unpickler>, unpickler_set_memo>("memo"),
    attribute<unpickler_persistent_load, unpickler_set_persistent_load>("persistent_load"),
};

// --- functions

Result<Value> pickle_dump(Thread& thread, Value object, Value file, Value protocol, bool fix_imports,
                          Value buffer_callback) {
  auto* pickler = make_exact<Pickler>(thread, Kind::Pickler);
  TRY(start_pickler(thread, pickler, protocol, fix_imports, buffer_callback));
  TRY(set_output(thread, pickler, file));
  return dump_value(thread, pickler, object);
}

Result<Value> pickle_dumps(Thread& thread, Value object, Value protocol, bool fix_imports, Value buffer_callback) {
  auto* pickler = make_exact<Pickler>(thread, Kind::Pickler);
  TRY(start_pickler(thread, pickler, protocol, fix_imports, buffer_callback));
  return dump_value(thread, pickler, object);
}

Result<Value> pickle_load(Thread& thread, Value file, bool fix_imports, Str* encoding, Str* errors,
                          Optional<Value> buffers) {
  auto* unpickler = make_exact<Unpickler>(thread, Kind::Unpickler);
  TRY(set_input(thread, unpickler, file));
  TRY(start_unpickler(thread, unpickler, fix_imports, encoding, errors, buffers));
  return load_value(thread, unpickler, Value::absent());
}

Result<Value> pickle_loads(Thread& thread, Value data, bool fix_imports, Str* encoding, Str* errors,
                           Optional<Value> buffers) {
  auto* unpickler = make_exact<Unpickler>(thread, Kind::Unpickler);
  TRY(start_unpickler(thread, unpickler, fix_imports, encoding, errors, buffers));
  return load_value(thread, unpickler, data);
}

constexpr NativeMethod kFunctions[] = {
    function<pickle_dump>("dump(obj, file, protocol=None, *, fix_imports=True, buffer_callback=None)",
                          "Write a pickled representation of obj to the open file object file."),
    function<pickle_dumps>("dumps(obj, protocol=None, *, fix_imports=True, buffer_callback=None)",
                           "Return the pickled representation of the object as a bytes object."),
    function<pickle_load>("load(file, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=())",
                          "Read and return an object from the pickle data stored in a file."),
    function<pickle_loads>("loads(data, /, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=())",
                           "Read and return an object from the given pickle data."),
};

Result<void> initialize(Thread& thread, Module* module) {
  Type* pickler = TRY(add_type(thread, module, kPicklerType));
  pickler->extra_.set(pickler, to_value(TRY(make_builtin_type(thread, kPicklerMemoType))));
  Type* unpickler = TRY(add_type(thread, module, kUnpicklerType));
  unpickler->extra_.set(unpickler, to_value(TRY(make_builtin_type(thread, kUnpicklerMemoType))));
  TRY(add_type(thread, module, kPickleBufferType));
  Type* base = TRY(
      add_exception(thread, module, "_pickle.PickleError", thread.runtime().exception_type(ExceptionKind::Exception)));
  TRY(add_exception(thread, module, "_pickle.PicklingError", base));
  TRY(add_exception(thread, module, "_pickle.UnpicklingError", base));
  return {};
}

}  // namespace

const TypeSpec kPicklerType = {.name = "_pickle.Pickler",
                               .kind = Kind::Pickler,
                               .flags = kTypeBase,
                               .layout = [] { return layout_of<Pickler>("Pickler"); },
                               .slots = {.new_ = &pickler_new, .init = &pickler_init},
                               .methods = kPicklerMethods,
                               .attributes = kPicklerAttributes,
                               .doc = "This takes a binary file for writing a pickle data stream.",
                               .text_signature = "(file, protocol=None, fix_imports=True, buffer_callback=None)"};
const TypeSpec kUnpicklerType = {
    .name = "_pickle.Unpickler",
    .kind = Kind::Unpickler,
    .flags = kTypeBase,
    .layout = [] { return layout_of<Unpickler>("Unpickler"); },
    .slots = {.new_ = &unpickler_new, .init = &unpickler_init},
    .methods = kUnpicklerMethods,
    .attributes = kUnpicklerAttributes,
    .doc = "This takes a binary file for reading a pickle data stream.",
    .text_signature = "(file, *, fix_imports=True, encoding='ASCII', errors='strict', buffers=())"};

}  // namespace viperine::pickle

namespace viperine {

extern const ModuleSpec kPickleModule = {.name = "_pickle",
                                         .functions = pickle::kFunctions,
                                         .initialize = &pickle::initialize,
                                         .doc = "Optimized C implementation for the Python pickle module."};

}  // namespace viperine
