// SPDX-License-Identifier: MIT
// Unpickling: classes by name, instances, states, calls, persistent ids, the memo and the marks.
#include "modules/pickle/reader.h"
#include "text/text_view.h"

namespace viperine::pickle {

namespace {

Result<Str*> text_of(Thread& thread, std::string_view bytes) { return decode_utf8(thread, bytes); }

/// type.__new__(type, ...) of an object whose class has no other way to say how it is made.
Result<Value> new_instance(Thread& thread, Type* type, Tuple* arguments, Dict* keywords) {
  if (keywords == nullptr || keywords->length() == 0) {
    const Arguments given{arguments->items(), static_cast<uint32_t>(arguments->length()), nullptr};
    return type->slots().new_(thread, type, given);
  }
  const int64_t count = arguments->length();
  Tuple* names = TRY(make_tuple(thread, int64_t{keywords->length()}));
  Tuple* all = TRY(make_tuple(thread, count + keywords->length()));
  for (int64_t i = 0; i < count; ++i) all->set(i, arguments->at(i));
  int64_t i = 0;
  for (int64_t entry = keywords->next_entry(0); entry >= 0; entry = keywords->next_entry(entry + 1), ++i) {
    Value key = keywords->table()->key(static_cast<uint32_t>(entry));
    if (!is_str(key)) return thread.raise<TypeError>("keywords must be strings");
    names->set(i, to_value(intern(thread, as_str(thread, key))));
    all->set(count + i, keywords->table()->value(static_cast<uint32_t>(entry)));
  }
  return type->slots().new_(thread, type, Arguments{all->items(), static_cast<uint32_t>(all->length()), names});
}

}  // namespace

/// Through the method, which subclasses override.
Result<Value> Reader::find(Value module, Value name) {
  if (to_value(unpickler_).as_object()->shape_word() == exact_shape_word(Kind::Unpickler))
    return find_class(thread_, unpickler_, module, name);
  return call_method(thread_, to_value(unpickler_), intern(thread_, "find_class"), module, name);
}

Result<void> Reader::load_inst() {
  const int64_t start = TRY(pop_mark());
  std::string_view text = TRY(line());
  if (text.size() < 2) return raise_truncated();
  Str* module = TRY(text_of(thread_, text.substr(0, text.size() - 1)));
  text = TRY(line());
  if (text.size() < 2) return raise_truncated();
  Str* name = TRY(text_of(thread_, text.substr(0, text.size() - 1)));
  Value cls = TRY(find(to_value(module), to_value(name)));
  Tuple* arguments = TRY(pop_tuple(start));
  return push(TRY(instantiate(cls, arguments)));
}

Result<void> Reader::load_obj() {
  const int64_t start = TRY(pop_mark());
  if (depth() - start < 1) return raise_underflow();
  Tuple* arguments = TRY(pop_tuple(start + 1));
  Value cls = stack_.pop();
  return push(TRY(instantiate(cls, arguments)));
}

/// As Python 2's classes were made: without arguments and without __getinitargs__ __init__ is not called.
Result<Value> Reader::instantiate(Value cls, Tuple* arguments) {
  if (arguments->length() == 0 && is<Type>(cls)) {
    Optional<Value> own = TRY(find_attribute(thread_, cls, intern(thread_, "__getinitargs__")));
    if (!own) return call_method(thread_, cls, intern(thread_, "__new__"), cls);
  }
  return call_with_tuple(thread_, cls, arguments, nullptr);
}

Result<void> Reader::load_newobj(bool keywords) {
  const char* op = keywords ? "NEWOBJ_EX" : "NEWOBJ";
  Value named = keywords ? TRY(pop()) : Value::none();
  Value arguments = TRY(pop()), cls = TRY(pop());
  if (!is<Type>(cls))
    return raise_unpickling(thread_, "{} class argument must be a type, not {}", op, type_name_of(cls));
  if (cast<Type>(cls)->slots().new_ == nullptr)
    return raise_unpickling(thread_, "{} class argument '{}' doesn't have __new__", op, cast<Type>(cls));
  if (!is<Tuple>(arguments))
    return raise_unpickling(thread_, "{} args argument must be a tuple, not {}", op, type_name_of(arguments));
  if (keywords && !is<Dict>(named))
    return raise_unpickling(thread_, "{} kwargs argument must be a dict, not {}", op, type_name_of(named));
  return push(
      TRY(new_instance(thread_, cast<Type>(cls), cast<Tuple>(arguments), keywords ? cast<Dict>(named) : nullptr)));
}

Result<void> Reader::load_global() {
  std::string_view text = TRY(line());
  if (text.size() < 2) return raise_truncated();
  Str* module = TRY(text_of(thread_, text.substr(0, text.size() - 1)));
  text = TRY(line());
  if (text.size() < 2) return raise_truncated();
  Str* name = TRY(text_of(thread_, text.substr(0, text.size() - 1)));
  return push(TRY(find(to_value(module), to_value(name))));
}

Result<void> Reader::load_stack_global() {
  Value name = TRY(pop()), module = TRY(pop());
  if (!is_exact<Str>(name) || !is_exact<Str>(module)) return raise_unpickling(thread_, "STACK_GLOBAL requires str");
  return push(TRY(find(module, name)));
}

Result<void> Reader::load_persid() {
  if (!is_set(unpickler_->persistent_load_.get()))
    return raise_unpickling(thread_,
                            "A load persistent id instruction was encountered,\nbut no persistent_load "
                            "function was specified.");
  std::string_view text = TRY(line());
  if (text.size() < 1) return raise_truncated();
  text.remove_suffix(1);
  if (!is_ascii(reinterpret_cast<const uint8_t*>(text.data()), text.size()))
    return raise_unpickling(thread_, "persistent IDs in protocol 0 must be ASCII strings");
  return push(TRY(call(thread_, unpickler_->persistent_load_.get(), to_value(make_str(thread_, text)))));
}

Result<void> Reader::load_binpersid() {
  if (!is_set(unpickler_->persistent_load_.get()))
    return raise_unpickling(thread_,
                            "A load persistent id instruction was encountered,\nbut no persistent_load "
                            "function was specified.");
  Value id = TRY(pop());
  return push(TRY(call(thread_, unpickler_->persistent_load_.get(), id)));
}

Result<void> Reader::load_extension(int bytes) {
  const int64_t code = bytes == 4 ? static_cast<int32_t>(TRY(number(4))) : static_cast<int64_t>(TRY(number(bytes)));
  if (code <= 0) return raise_unpickling(thread_, "EXT specifies code <= 0");
  Value cache = TRY(attribute_of(thread_, "copyreg", "_extension_cache"));
  Value key = Value::from_int(code);
  if (!is<Dict>(cache)) return thread_.raise<RuntimeError>("copyreg._extension_cache should be a dict");
  Optional<Value> known = TRY(dict_find(thread_, cast<Dict>(cache), key));
  if (known) return push(*known);
  Value registry = TRY(attribute_of(thread_, "copyreg", "_inverted_registry"));
  if (!is<Dict>(registry)) return thread_.raise<RuntimeError>("copyreg._inverted_registry should be a dict");
  Optional<Value> pair = TRY(dict_find(thread_, cast<Dict>(registry), key));
  if (!pair) return thread_.raise<ValueError>("unregistered extension code {}", code);
  Tuple* names = is<Tuple>(*pair) ? cast<Tuple>(*pair) : nullptr;
  if (names == nullptr || names->length() != 2 || !is_str(names->at(0)) || !is_str(names->at(1)))
    return thread_.raise<ValueError>("_inverted_registry[{}] isn't a 2-tuple of strings", code);
  Value object = TRY(find(names->at(0), names->at(1)));
  TRY(dict_set(thread_, cast<Dict>(cache), key, object));
  return push(object);
}

Result<void> Reader::load_reduce() {
  Value arguments = TRY(pop()), function = TRY(pop());
  if (!is<Tuple>(arguments)) return thread_.raise<TypeError>("argument list must be a tuple");
  return push(TRY(call_with_tuple(thread_, function, cast<Tuple>(arguments), nullptr)));
}

// --- states

/// The items of `state` become attributes: directly where object.__dict__ would do no more.
Result<void> Reader::set_state(Value object, Dict* state) {
  bool plain = object.is_pointer();
  Type* type = type_of(thread_, object);
  plain = plain && type->instance_kind() == Kind::Instance && type->has_flag(kTypeHasDict) &&
          type->slots().get_attribute == &generic_get_attribute;
  if (plain) {
    Optional<Value> own = lookup_in_type(thread_, type, thread_.names().__dict__);
    plain = own && has_kind(*own, Kind::GetSetDescriptor);
  }
  Value dict;
  if (!plain) dict = TRY(get_attribute(thread_, object, thread_.names().__dict__));
  for (int64_t entry = state->next_entry(0); entry >= 0; entry = state->next_entry(entry + 1)) {
    Value key = state->table()->key(static_cast<uint32_t>(entry));
    Value value = state->table()->value(static_cast<uint32_t>(entry));
    const bool exact = is_exact<Str>(key);
    if (exact) key = to_value(intern(thread_, cast<Str>(key)));
    if (plain && exact) {
      TRY(set_instance_attribute(thread_, object.as_object(), cast<Str>(key), value));
    } else {
      if (plain) dict = TRY(get_attribute(thread_, object, thread_.names().__dict__));
      TRY(set_item(thread_, dict, key, value));
    }
  }
  return {};
}

Result<void> Reader::load_build() {
  if (depth() - 2 < fence()) return raise_underflow();
  Value state = stack_.pop(), object = top(), slots = Value::none();
  Optional<Value> setter = TRY(find_attribute(thread_, object, intern(thread_, "__setstate__")));
  if (setter) {
    TRY(call(thread_, *setter, state));
    return {};
  }
  if (is<Tuple>(state) && cast<Tuple>(state)->length() == 2) {
    slots = cast<Tuple>(state)->at(1);
    state = cast<Tuple>(state)->at(0);
  }
  if (!state.is_none()) {
    if (!is<Dict>(state)) return raise_unpickling(thread_, "state is not a dictionary");
    TRY(set_state(object, cast<Dict>(state)));
  }
  if (slots.is_none()) return {};
  if (!is<Dict>(slots)) return raise_unpickling(thread_, "slot state is not a dictionary");
  Dict* values = cast<Dict>(slots);
  for (int64_t entry = values->next_entry(0); entry >= 0; entry = values->next_entry(entry + 1)) {
    Value key = values->table()->key(static_cast<uint32_t>(entry));
    Value value = values->table()->value(static_cast<uint32_t>(entry));
    if (!is_str(key)) return thread_.raise<TypeError>("attribute name must be string, not '{}'", type_name_of(key));
    TRY(set_attribute(thread_, object, intern(thread_, as_str(thread_, key)), value));
  }
  return {};
}

// --- stack and memo

/// The mark counts as an object.
Result<void> Reader::load_pop() {
  if (!marks_.empty() && marks_.back() == depth()) {
    marks_.pop_back();
    return {};
  }
  TRY(pop());
  return {};
}

Result<void> Reader::load_dup() {
  TRY(need(1));
  return push(top());
}

Result<void> Reader::load_get(uint64_t number) {
  Value value = unpickler_memo_find(unpickler_, number);
  if (value.is_absent())
    return raise_unpickling(thread_, "Memo value not found at index {}", static_cast<int64_t>(number));
  return push(value);
}

Result<void> Reader::load_put(int64_t number) {
  TRY(need(1));
  return unpickler_memo_put(thread_, unpickler_, number, top());
}

namespace {
Result<int64_t> memo_number(Thread& thread, std::string_view line) {
  line.remove_suffix(1);
  Str* digits = TRY(make_str_from_units(thread, line.data(), 1, static_cast<int64_t>(line.size())));
  Value value = TRY(call(thread, to_value(thread.runtime().type(Kind::Int)), to_value(digits), Value::from_int(10)));
  if (!value.is_int()) return thread.raise<OverflowError>("Python int too large to convert to C ssize_t");
  return value.as_int();
}
}  // namespace

Result<void> Reader::load_get_text() {
  std::string_view text = TRY(line());
  if (text.size() < 2) return raise_truncated();
  return load_get(static_cast<uint64_t>(TRY(memo_number(thread_, text))));
}

Result<void> Reader::load_put_text() {
  std::string_view text = TRY(line());
  if (text.size() < 2) return raise_truncated();
  TRY(need(1));
  const int64_t number = TRY(memo_number(thread_, text));
  if (number < 0) return thread_.raise<ValueError>("negative PUT argument");
  return load_put(number);
}

}  // namespace viperine::pickle
