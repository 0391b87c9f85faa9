// SPDX-License-Identifier: MIT
// Pickling: which way an object goes, persistent ids, classes and functions by name, the reduction protocol (PEP 307).
#include "builtins/memoryview.h"
#include "modules/pickle/writer.h"

namespace viperine::pickle {

Result<Value> Writer::dump(Value object) {
  Optional<Value> override_ = TRY(find_attribute(thread_, to_value(pickler_), intern(thread_, "reducer_override")));
  if (override_) reducer_override_ = *override_;
  if (protocol_ >= 2) {
    put_number(kProto, static_cast<uint64_t>(protocol_), 1);
    framing_ = protocol_ >= 4;
  }
  TRY(save(object));
  put(kStop);
  close_frame();
  if (is_set(pickler_->write_.get())) {
    TRY(flush());
    return Value::none();
  }
  return to_value(TRY(try_make_bytes(thread_, data_, static_cast<int64_t>(size_))));
}

Result<void> Writer::save(Value object, bool persistent) {
  TRY(boundary());
  if (thread_.native_recursion_exceeded(" while pickling an object")) return Raised{};
  if (persistent && is_set(pickler_->persistent_id_.get()) && TRY(save_persistent(object))) return {};
  if (has_kind(object, Kind::Rope)) object = to_value(as_str(thread_, object));
  if (TRY(save_plain(object))) return {};
  Type* type = type_of(thread_, object);
  if (is_set(reducer_override_)) {
    Value reduced = TRY(call(thread_, reducer_override_, object));
    if (!reduced.is_not_implemented()) return save_reduced(object, reduced);
  }
  if (type == thread_.runtime().type_type()) return save_type(object);
  if (type == thread_.runtime().type(Kind::Function)) return save_global(object, Value::absent());
  return save_object(object, type);
}

/// Values that have opcodes of their own, and what the memo knows.
Result<bool> Writer::save_plain(Value object) {
  auto done = [](Result<void> result) -> Result<bool> {
    if (result.is_raised()) return Raised{};
    return true;
  };
  if (object.is_int()) return done(save_int(object));
  if (object.is_immediate_float()) return save_float(object.as_immediate_float()), true;
  if (object.is_none()) return put(kNone), true;
  if (object.is_bool()) {
    if (protocol_ >= 2)
      put(object.is_true() ? kNewTrue : kNewFalse);
    else
      put(object.is_true() ? "I01\n" : "I00\n", 4);
    return true;
  }
  if (!object.is_pointer()) return false;
  const uint32_t word = object.as_object()->shape_word();
  if (word == exact_shape_word(Kind::Int)) return done(save_int(object));
  if (word == exact_shape_word(Kind::Float)) return save_float(as_float(object)), true;
  const int64_t known = find_memo(object);
  if (known != kNoMemo) return done(get_memo(known));
  if (word != exact_shape_word(kind_of(object.as_object()))) return false;
  switch (kind_of(object.as_object())) {
    case Kind::Str:
      return done(save_text(cast<Str>(object)));
    case Kind::Bytes:
      return done(save_bytes(object));
    case Kind::Dict:
      return done(save_dict(cast<Dict>(object)));
    case Kind::Set:
      return done(save_set(cast<Set>(object)));
    case Kind::FrozenSet:
      return done(save_frozenset(cast<Set>(object)));
    case Kind::List:
      return done(save_list(cast<List>(object)));
    case Kind::Tuple:
      return done(save_tuple(cast<Tuple>(object)));
    case Kind::ByteArray:
      return done(save_bytearray(object));
    case Kind::PickleBuffer:
      return done(save_buffer(object));
    default:
      return false;
  }
}

Result<bool> Writer::save_persistent(Value object) {
  Value id = TRY(call(thread_, pickler_->persistent_id_.get(), object));
  if (id.is_none()) return false;
  if (binary_) {
    TRY(save(id, false));
    put(kBinPersId);
    return true;
  }
  Str* text = TRY(str(thread_, id));
  if (!text->is_ascii()) return raise_pickling(thread_, "persistent IDs in protocol 0 must be ASCII strings");
  put(kPersId), put(text->data8(), static_cast<size_t>(text->length())), put('\n');
  return true;
}

Result<void> Writer::save_buffer(Value object) {
  if (protocol_ < 5) return raise_pickling(thread_, "PickleBuffer can only pickled with protocol >= 5");
  MemoryView* view = TRY(make_memoryview(thread_, object));
  if (!is_contiguous(view, Order::kC) && !is_contiguous(view, Order::kFortran))
    return raise_pickling(thread_, "PickleBuffer can not be pickled when pointing to a non-contiguous buffer");
  bool in_band = true;
  if (is_set(pickler_->buffer_callback_.get()))
    in_band = TRY(is_true(thread_, TRY(call(thread_, pickler_->buffer_callback_.get(), object))));
  if (in_band) {
    const uint8_t* data = TRY(view_data(thread_, view));
    const auto size = static_cast<size_t>(view->length_);
    return view->readonly_ != 0 ? save_bytes_data(object, data, size) : save_bytearray_data(object, data, size);
  }
  put(kNextBuffer);
  if (view->readonly_ != 0) put(kReadonlyBuffer);
  return {};
}

// --- the reduction protocol

Result<Optional<Value>> Writer::dispatch_function(Type* type) {
  Value table = pickler_->dispatch_table_.get();
  if (!is_set(table)) {
    if (!is_set(dispatch_)) dispatch_ = TRY(attribute_of(thread_, "copyreg", "dispatch_table"));
    table = dispatch_;
  }
  if (is_exact<Dict>(table)) return dict_find(thread_, cast<Dict>(table), to_value(type));
  Result<Value> found = get_item(thread_, table, to_value(type));
  if (!found.is_raised()) return Optional<Value>(found.take());
  if (!thread_.pending_is<KeyError>()) return Raised{};
  thread_.clear_pending();
  return Optional<Value>();
}

Result<void> Writer::save_object(Value object, Type* type) {
  Optional<Value> function = TRY(dispatch_function(type));
  if (function) return save_reduced(object, TRY(call(thread_, *function, object)));
  if (type->is_subtype_of(thread_.runtime().type_type())) return save_global(object, Value::absent());
  function = TRY(find_attribute(thread_, object, thread_.names().__reduce_ex__));
  if (function) return save_reduced(object, TRY(call(thread_, *function, Value::from_int(protocol_))));
  function = TRY(find_attribute(thread_, object, thread_.names().__reduce__));
  if (function) return save_reduced(object, TRY(call(thread_, *function)));
  return raise_pickling(thread_, "can't pickle '{}' object: {}", type_name_of(object), TRY(repr(thread_, object)));
}

Result<void> Writer::save_reduced(Value object, Value reduced) {
  if (is_str(reduced)) return save_global(object, reduced);
  if (!is<Tuple>(reduced)) return raise_pickling(thread_, "__reduce__ must return a string or tuple");
  return save_reduce(cast<Tuple>(reduced), object);
}

Result<void> Writer::save_reduce(Tuple* parts, Value object) {
  const int64_t size = parts->length();
  if (size < 2 || size > 6)
    return raise_pickling(thread_, "tuple returned by __reduce__ must contain 2 through 6 elements");
  auto part = [&](int64_t index) {
    return index < size && !parts->at(index).is_none() ? parts->at(index) : Value::absent();
  };
  Value callable = parts->at(0), items = part(3), pairs = part(4), setter = part(5);
  if (!is_callable(thread_, callable))
    return raise_pickling(thread_, "first item of the tuple returned by __reduce__ must be callable");
  if (!is<Tuple>(parts->at(1)))
    return raise_pickling(thread_, "second item of the tuple returned by __reduce__ must be a tuple");
  auto is_iterator = [&](Value value) { return type_of(thread_, value)->slots().next != nullptr; };
  if (!items.is_absent() && !is_iterator(items))
    return raise_pickling(thread_, "fourth element of the tuple returned by __reduce__ must be an iterator, not {}",
                          type_name_of(items));
  if (!pairs.is_absent() && !is_iterator(pairs))
    return raise_pickling(thread_, "fifth element of the tuple returned by __reduce__ must be an iterator, not {}",
                          type_name_of(pairs));
  if (!setter.is_absent() && !is_callable(thread_, setter))
    return raise_pickling(thread_, "sixth element of the tuple returned by __reduce__ must be a function, not {}",
                          type_name_of(setter));
  TRY(save_callable(callable, cast<Tuple>(parts->at(1)), object));
  if (!object.is_absent()) {
    // Recursive through its own arguments: what was pushed is thrown away.
    const int64_t known = find_memo(object);
    if (known != kNoMemo) {
      put(kPop);
      return get_memo(known);
    }
    TRY(put_memo(object));
  }
  if (!items.is_absent()) TRY(batch_items(items));
  if (!pairs.is_absent()) TRY(batch_pairs(pairs));
  if (!part(2).is_absent()) TRY(save_state(part(2), setter, object));
  return {};
}

/// What makes the object: a class with __new__ arguments, or a call.
Result<void> Writer::save_callable(Value callable, Tuple* arguments, Value object) {
  if (protocol_ >= 2) {
    Value name;
    if (is<Function>(callable)) {
      Value own = cast<Function>(callable)->name_.get();
      name = is_str(own) ? own : to_value(cast<Function>(callable)->code()->name_.get());
    } else if (!is<Type>(callable)) {
      name = TRY(find_attribute(thread_, callable, thread_.names().__name__)).value_or(Value::none());
    }
    if (is_str(name)) {
      Str* text = as_str(thread_, name);
      if (text->equals("__newobj_ex__")) return save_new_object_ex(arguments);
      if (text->equals("__newobj__")) return save_new_object(arguments, object);
    }
  }
  TRY(save(callable));
  TRY(save(to_value(arguments)));
  put(kReduce);
  return {};
}

Result<void> Writer::save_new_object_ex(Tuple* arguments) {
  if (arguments->length() != 3)
    return raise_pickling(thread_, "length of the NEWOBJ_EX argument tuple must be exactly 3, not {}",
                          arguments->length());
  Value cls = arguments->at(0), positional = arguments->at(1), keywords = arguments->at(2);
  if (!is<Type>(cls))
    return raise_pickling(thread_, "first item from NEWOBJ_EX argument tuple must be a class, not {}",
                          type_name_of(cls));
  if (!is<Tuple>(positional))
    return raise_pickling(thread_, "second item from NEWOBJ_EX argument tuple must be a tuple, not {}",
                          type_name_of(positional));
  if (!is<Dict>(keywords))
    return raise_pickling(thread_, "third item from NEWOBJ_EX argument tuple must be a dict, not {}",
                          type_name_of(keywords));
  if (protocol_ >= 4) {
    TRY(save(cls));
    TRY(save(positional));
    TRY(save(keywords));
    put(kNewObjEx);
    return {};
  }
  // functools.partial(cls.__new__, cls, *positional, **keywords)()
  Tuple* given = cast<Tuple>(positional);
  Tuple* bound = TRY(make_tuple(thread_, given->length() + 2));
  bound->set(0, TRY(get_attribute(thread_, cls, "__new__")));
  bound->set(1, cls);
  for (int64_t i = 0; i < given->length(); ++i) bound->set(i + 2, given->at(i));
  Value partial = TRY(attribute_of(thread_, "functools", "partial"));
  TRY(save(TRY(call_with_tuple(thread_, partial, bound, cast<Dict>(keywords)))));
  TRY(save(to_value(thread_.runtime().empty_tuple())));
  put(kReduce);
  return {};
}

Result<void> Writer::save_new_object(Tuple* arguments, Value object) {
  if (arguments->length() < 1) return raise_pickling(thread_, "__newobj__ arglist is empty");
  Value cls = arguments->at(0);
  if (!is<Type>(cls)) return raise_pickling(thread_, "args[0] from __newobj__ args is not a type");
  if (!object.is_absent() && to_value(type_of(thread_, object)) != cls &&
      TRY(get_attribute(thread_, object, "__class__")) != cls)
    return raise_pickling(thread_, "args[0] from __newobj__ args has the wrong class");
  TRY(save(cls));
  if (arguments->length() == 1)
    TRY(save(to_value(thread_.runtime().empty_tuple())));
  else
    TRY(save(to_value(TRY(make_tuple(thread_, arguments->span().subspan(1))))));
  put(kNewObj);
  return {};
}

Result<void> Writer::save_state(Value state, Value setter, Value object) {
  if (setter.is_absent()) {
    TRY(save(state));
    put(kBuild);
    return {};
  }
  TRY(save(setter));
  TRY(save(object));
  TRY(save(state));
  put(kTuple2), put(kReduce), put(kPop);
  return {};
}

// --- by name

Result<void> Writer::save_type(Value object) {
  Runtime& runtime = thread_.runtime();
  for (Value single : {Value::none(), Value::ellipsis(), Value::not_implemented()})
    if (object == to_value(runtime.type_of(single)))
      return save_reduce(
          Tuple::of(thread_.heap(), to_value(runtime.type_type()), to_value(Tuple::of(thread_.heap(), single))),
          object);
  return save_global(object, Value::absent());
}

/// object.__module__, or the first module in sys.modules that has the object at this path.
Result<Value> Writer::find_module(Value object, Str* path) {
  Optional<Value> own = TRY(find_attribute(thread_, object, thread_.names().__module__));
  if (own && !(*own).is_none()) return *own;
  Value table = TRY(attribute_of(thread_, "sys", "modules"));
  Value main = to_value(intern(thread_, "__main__"));
  if (!is<Dict>(table)) return main;
  Dict* copy = TRY(dict_copy(thread_, cast<Dict>(table)));
  for (int64_t entry = copy->next_entry(0); entry >= 0; entry = copy->next_entry(entry + 1)) {
    Value name = copy->table()->key(static_cast<uint32_t>(entry));
    Value module = copy->table()->value(static_cast<uint32_t>(entry));
    if (module.is_none() || (is_str(name) && as_str(thread_, name)->equals("__main__"))) continue;
    Result<DottedPlace> place = dotted_attribute(thread_, module, path);
    if (place.is_raised()) {
      if (!thread_.pending_is<AttributeError>()) return Raised{};
      thread_.clear_pending();
      continue;
    }
    if (same_object(place.take().object, object)) return name;
  }
  return main;
}

/// The extension registry's number for module.name, if there is one (PEP 307).
Result<bool> Writer::save_extension(Value object, Value module, Value name) {
  Value registry = TRY(attribute_of(thread_, "copyreg", "_extension_registry"));
  if (!is<Dict>(registry) || cast<Dict>(registry)->length() == 0) return false;
  Optional<Value> code = TRY(dict_find(thread_, cast<Dict>(registry), make_pair(thread_, module, name)));
  if (!code) return false;
  if (!is_integer(*code))
    return raise_pickling(thread_, "Can't pickle {}: extension code {} isn't an integer", TRY(repr(thread_, object)),
                          TRY(repr(thread_, *code)));
  const int64_t number = TRY(to_c_int64(thread_, *code));
  if (number <= 0 || number > 0x7FFFFFFF)
    return raise_pickling(thread_, "Can't pickle {}: extension code {} is out of range", TRY(repr(thread_, object)),
                          number);
  if (number <= 0xFF)
    put_number(kExt1, static_cast<uint64_t>(number), 1);
  else if (number <= 0xFFFF)
    put_number(kExt2, static_cast<uint64_t>(number), 2);
  else
    put_number(kExt4, static_cast<uint64_t>(number), 4);
  return true;
}

namespace {
/// Python 3's name of something as Python 2 had it.
Result<void> to_old_names(Thread& thread, Value* module, Value* name) {
  Value names = TRY(attribute_of(thread, "_compat_pickle", "REVERSE_NAME_MAPPING"));
  Optional<Value> pair = TRY(dict_find(thread, cast<Dict>(names), make_pair(thread, *module, *name)));
  if (pair) {
    if (!is<Tuple>(*pair) || cast<Tuple>(*pair)->length() != 2)
      return thread.raise<RuntimeError>("_compat_pickle.REVERSE_NAME_MAPPING values should be 2-tuples, not {}",
                                        type_name_of(*pair));
    Value old_module = cast<Tuple>(*pair)->at(0), old_name = cast<Tuple>(*pair)->at(1);
    if (!is_str(old_module) || !is_str(old_name))
      return thread.raise<RuntimeError>(
          "_compat_pickle.REVERSE_NAME_MAPPING values should be pairs of str, not "
          "({}, {})",
          type_name_of(old_module), type_name_of(old_name));
    *module = old_module, *name = old_name;
    return {};
  }
  Value modules = TRY(attribute_of(thread, "_compat_pickle", "REVERSE_IMPORT_MAPPING"));
  Optional<Value> old = TRY(dict_find(thread, cast<Dict>(modules), *module));
  if (!old) return {};
  if (!is_str(*old))
    return thread.raise<RuntimeError>("_compat_pickle.REVERSE_IMPORT_MAPPING values should be strings, not {}",
                                      type_name_of(*old));
  *module = *old;
  return {};
}
}  // namespace

Result<void> Writer::put_identifier(Str* text, const char* what) {
  Result<Bytes*> bytes = !text->is_ascii() && protocol_ != 3 ? Result<Bytes*>(Raised{}) : encode_utf8(thread_, text);
  if (bytes.is_raised()) {
    if (thread_.has_pending() && !thread_.pending_is<UnicodeEncodeError>()) return Raised{};
    if (thread_.has_pending()) thread_.clear_pending();
    return raise_pickling(thread_, "can't pickle {} identifier '{}' using pickle protocol {}", what, text, protocol_);
  }
  put(bytes.take()->data(), static_cast<size_t>(bytes.take()->length()));
  put('\n');
  return {};
}

Result<void> Writer::save_global(Value object, Value name) {
  if (name.is_absent()) {
    Optional<Value> qualified = TRY(find_attribute(thread_, object, thread_.names().__qualname__));
    name = qualified ? *qualified : TRY(get_attribute(thread_, object, thread_.names().__name__));
  }
  if (!is_str(name)) return thread_.raise<TypeError>("must be str, not {}", type_name_of(name));
  Str* path = as_str(thread_, name);
  TRY(dotted_attribute(thread_, Value::absent(), path));  // refuses <locals>
  Value module_name = TRY(find_module(object, path));
  if (!is_str(module_name)) return thread_.raise<TypeError>("module name must be a string");
  Result<Value> module = import_named(thread_, as_str(thread_, module_name));
  if (module.is_raised()) {
    ExceptionObject* cause = thread_.take_pending();
    Str* text = TRY(repr(thread_, object));
    thread_.restore_pending(cause);
    return raise_pickling(thread_, "Can't pickle {}: import of module {} failed", text,
                          TRY(repr(thread_, module_name)));
  }
  Result<DottedPlace> found = dotted_attribute(thread_, module.take(), path);
  if (found.is_raised()) {
    thread_.clear_pending();
    return raise_pickling(thread_, "Can't pickle {}: attribute lookup {} on {} failed", TRY(repr(thread_, object)),
                          path, TRY(str(thread_, module_name)));
  }
  DottedPlace place = found.take();
  if (!same_object(place.object, object))
    return raise_pickling(thread_, "Can't pickle {}: it's not the same object as {}.{}", TRY(repr(thread_, object)),
                          TRY(str(thread_, module_name)), path);
  if (protocol_ >= 2 && TRY(save_extension(object, module_name, name))) return {};
  if (place.parent == module.take()) name = to_value(place.last);
  if (protocol_ >= 4) {
    TRY(save(module_name));
    TRY(save(name));
    put(kStackGlobal);
  } else if (place.parent != module.take()) {
    Value getter = TRY(attribute_of(thread_, "builtins", "getattr"));
    TRY(save_reduce(Tuple::of(thread_.heap(), getter, make_pair(thread_, place.parent, to_value(place.last))),
                    Value::absent()));
  } else {
    if (protocol_ < 3 && pickler_->fix_imports_ != 0) TRY(to_old_names(thread_, &module_name, &name));
    put(kGlobal);
    TRY(put_identifier(as_str(thread_, module_name), "module"));
    TRY(put_identifier(as_str(thread_, name), "global"));
  }
  return put_memo(object);
}

Result<Value> dump_value(Thread& thread, Pickler* pickler, Value object) {
  Writer writer(thread, pickler);
  return writer.dump(object);
}

}  // namespace viperine::pickle
