// SPDX-License-Identifier: MIT
// __build_class__(body, name, *bases, metaclass=..., **keywords): what a class statement does (language
// reference 3.3.3).
#include "builtins/common.h"
#include "builtins/functions.h"
#include "runtime/operators.h"

namespace viperine {

namespace {

/// PEP 560: bases that are not classes may stand for others.
Result<Tuple*> resolve_bases(Thread& thread, std::span<const Value> bases) {
  List* resolved = nullptr;
  Tuple* original = Tuple::make(thread.heap(), bases);
  for (size_t i = 0; i < bases.size(); ++i) {
    Value base = bases[i];
    Optional<Value> hook;
    if (!has_kind(base, Kind::Type)) hook = TRY(find_attribute(thread, base, thread.names().__mro_entries__));
    if (!hook) {
      if (resolved != nullptr) TRY(list_append_value(thread, resolved, base));
      continue;
    }
    Value entries = TRY(call(thread, *hook, to_value(original)));
    if (!is<Tuple>(entries)) return thread.raise<TypeError>("__mro_entries__ must return a tuple");
    if (resolved == nullptr) resolved = TRY(make_list(thread, bases.subspan(0, i)));
    for (Value entry : cast<Tuple>(entries)->span()) TRY(list_append_value(thread, resolved, entry));
  }
  return resolved == nullptr ? original : list_to_tuple(thread, resolved);
}

Result<Value> choose_metaclass(Thread& thread, Optional<Value> given, Tuple* bases) {
  Value metaclass = given.value_or(bases->length() == 0 ? to_value(thread.runtime().type_type())
                                                        : to_value(type_of(thread, bases->at(0))));
  // A metaclass that is no class is called as it is.
  if (!has_kind(metaclass, Kind::Type)) return metaclass;
  return to_value(TRY(calculate_metaclass(thread, cast<Type>(metaclass), bases)));
}

Result<Value> prepare_namespace(Thread& thread, Value metaclass, Value name, Tuple* bases, Dict* keywords) {
  Optional<Value> prepare = TRY(find_attribute(thread, metaclass, thread.names().__prepare__));
  if (!prepare) return to_value(TRY(make_dict(thread, 0)));
  Tuple* arguments = Tuple::of(thread.heap(), name, to_value(bases));
  Value space = TRY(call_with_tuple(thread, *prepare, arguments, keywords));
  const TypeSlots& slots = type_of(thread, space)->slots();
  if (slots.get_item == nullptr || is<List>(space) || is<Tuple>(space)) {
    Str* what = has_kind(metaclass, Kind::Type) ? cast<Type>(metaclass)->name() : make_str(thread, "<metaclass>");
    return thread.raise<TypeError>("{}.__prepare__() must return a mapping, not {}", what, type_name_of(space));
  }
  return space;
}

Result<void> check_class_cell(Thread& thread, Value cell_value, Value cls, Value name) {
  if (!has_kind(cls, Kind::Type) || !is<Cell>(cell_value)) return {};
  Value content = cast<Cell>(cell_value)->value_.get();
  if (content == cls) return {};
  if (content.is_unbound())
    return thread.raise<RuntimeError>(
        "__class__ not set defining {} as {}. Was __classcell__ propagated to type.__new__?", TRY(repr(thread, name)),
        TRY(repr(thread, cls)));
  return thread.raise<TypeError>("__class__ set to {} defining {} as {}", TRY(repr(thread, content)),
                                 TRY(repr(thread, name)), TRY(repr(thread, cls)));
}

Result<Value> build_class(Thread& thread, Arguments arguments) {
  uint32_t count = arguments.positional_count();
  if (count < 2) return thread.raise<TypeError>("__build_class__: not enough arguments");
  Value body = arguments[0], name = arguments[1];
  if (!has_kind(body, Kind::Function)) return thread.raise<TypeError>("__build_class__: func must be a function");
  if (!is_str(name)) return thread.raise<TypeError>("__build_class__: name is not a string");
  Tuple* bases = TRY(resolve_bases(thread, arguments.positional().subspan(2)));
  Optional<Value> metaclass;
  Dict* keywords = nullptr;
  for (uint32_t i = 0; i < arguments.keyword_count(); ++i) {
    Str* key = as_str(thread, arguments.keywords->at(i));
    if (key->equals(thread.names().metaclass)) {
      metaclass = arguments.keyword_value(i);
      continue;
    }
    if (keywords == nullptr) keywords = TRY(make_dict(thread, arguments.keyword_count()));
    TRY(dict_set_name(thread, keywords, key, arguments.keyword_value(i)));
  }
  Value meta = TRY(choose_metaclass(thread, metaclass, bases));
  Value space = TRY(prepare_namespace(thread, meta, name, bases, keywords));
  Value cell = TRY(call(thread, body, space));
  bool changed = bases->length() != static_cast<int64_t>(count) - 2;
  for (uint32_t i = 2; i < count && !changed; ++i) changed = !(bases->at(i - 2) == arguments[i]);
  if (changed) {
    Tuple* original = Tuple::make(thread.heap(), arguments.positional().subspan(2));
    TRY(set_item(thread, space, to_value(intern(thread, "__orig_bases__")), to_value(original)));
  }
  Value cls = TRY(call_with_tuple(thread, meta, Tuple::of(thread.heap(), name, to_value(bases), space), keywords));
  TRY(check_class_cell(thread, cell, cls, name));
  return cls;
}

constexpr NativeMethod kFunctions[] = {
    function<build_class>("__build_class__(func, name, /, *bases, **kwds)",
                          "Internal helper function used by the class statement."),
};

}  // namespace

std::span<const NativeMethod> class_functions() { return kFunctions; }

}  // namespace viperine
