// SPDX-License-Identifier: MIT
// The module _warnings: filters, warn, warn_explicit; the Python half is warnings.py.
#include "runtime/warnings.h"

#include <string>

#include "runtime/attributes.h"
#include "runtime/binding.h"
#include "runtime/classes.h"
#include "runtime/containers.h"
#include "runtime/import.h"
#include "runtime/interpreter_data.h"

namespace viperine {

namespace {

/// The attribute of the warnings module when it is loaded, else of ours.
Result<Value> warnings_attribute(Thread& thread, std::string_view name) {
  Optional<Value> module = thread.runtime().modules()->get_str(thread.names().warnings);
  if (module) {
    Optional<Value> found = TRY(find_attribute(thread, *module, intern(thread, name)));
    if (found) return *found;
  }
  Value own = TRY(import_module(thread, "_warnings"));
  std::string own_name = name == "filters" || name[0] == '_' ? std::string(name) : "_" + std::string(name);
  return get_attribute(thread, own, own_name);
}

/// Whether the pattern (None, str, or compiled regular expression) matches the text.
Result<bool> pattern_matches(Thread& thread, Value pattern, Value text) {
  if (pattern.is_none()) return true;
  if (is_exact<Str>(pattern)) return equals(thread, pattern, text);
  Value result = TRY(call_method(thread, pattern, intern(thread, "match"), text));
  return is_true(thread, result);
}

Result<Value> find_action(Thread& thread, Value category, Value text, int64_t line, Value module, Value* filter_out) {
  Value filters = TRY(warnings_attribute(thread, "filters"));
  if (!is<List>(filters)) return thread.raise<ValueError>("_warnings.filters must be a list");
  for (int64_t i = 0; i < cast<List>(filters)->length(); ++i) {
    Value item = cast<List>(filters)->at(i);
    if (!is<Tuple>(item) || cast<Tuple>(item)->length() != 5)
      return thread.raise<ValueError>("_warnings.filters item {} isn't a 5-tuple", i);
    Tuple* filter = cast<Tuple>(item);
    if (!TRY(pattern_matches(thread, filter->at(1), text))) continue;
    if (!TRY(is_subclass_of(thread, category, filter->at(2)))) continue;
    if (!TRY(pattern_matches(thread, filter->at(3), module))) continue;
    int64_t wanted = TRY(to_index_int64(thread, filter->at(4)));
    if (wanted != 0 && wanted != line) continue;
    *filter_out = item;
    return filter->at(0);
  }
  *filter_out = Value::none();
  return warnings_attribute(thread, "defaultaction");
}

/// Whether (text, category[, line]) was reported before; registers it otherwise.
Result<bool> already_warned(Thread& thread, Value registry, Value key, bool add) {
  if (registry.is_none() || !is<Dict>(registry)) return false;
  Dict* dict = cast<Dict>(registry);
  Value own = TRY(import_module(thread, "_warnings"));
  Value version = TRY(get_attribute(thread, own, "_filters_version"));
  Optional<Value> seen_version = dict->get_str(intern(thread, "version"));
  if (!seen_version || !TRY(equals(thread, *seen_version, version))) {
    dict->clear();
    TRY(dict_set_name(thread, dict, "version", version));
  } else {
    Optional<Value> found = TRY(dict_find(thread, dict, key));
    if (found && TRY(is_true(thread, *found))) return true;
  }
  if (add) TRY(dict_set(thread, dict, key, Value::true_()));
  return false;
}

/// One warning on its way: what it says and where it belongs.
struct Warned {
  Value text;
  Value filename;
  int64_t line;
  Value globals;  // of the module, for its loader; or None
  Value source;   // the object that the warning is about; or None
};

/// The line of the source, None when it cannot be had. `globals` may name a loader that knows the source.
Result<Value> line_of_source(Thread& thread, Value filename, int64_t line, Value globals) {
  Value cache = TRY(import_module(thread, "linecache"));
  return call_method(thread, cache, intern(thread, "getline"), filename, Value::from_int(line), globals);
}

/// What is printed while the module warnings is not loaded: the place and the line of the source.
Result<void> print_warning(Thread& thread, Value text, Value category, Value filename, int64_t line, Value globals) {
  Optional<Value> errors = thread.runtime().sys_dict()->get_str(thread.names().stderr_);
  if (!errors || (*errors).is_none()) return {};
  Str* name =
      is<Type>(category) ? make_str(thread, cast<Type>(category)->name()->ascii()) : make_str(thread, "Warning");
  StringBuilder out(thread);
  out.append(TRY(str(thread, filename)));
  out.append(":");
  out.append_int(line);
  out.append(": ");
  out.append(name);
  out.append(": ");
  out.append(TRY(str(thread, text)));
  out.append("\n");
  auto source = line_of_source(thread, filename, line, globals);
  if (source.is_raised()) {
    thread.clear_pending();
  } else {
    Value stripped = TRY(call_method(thread, source.take(), intern(thread, "strip")));
    if (as_str(thread, stripped)->length() > 0) {
      out.append("  ");
      out.append(as_str(thread, stripped));
      out.append("\n");
    }
  }
  Value message = to_value(TRY(out.finish()));
  TRY(call_method(thread, *errors, thread.names().write, message));
  return {};
}

Result<void> show_warning(Thread& thread, const Warned& warned, Value message, Value category) {
  Optional<Value> module = thread.runtime().modules()->get_str(thread.names().warnings);
  if (!module) {
    if (warned.source.is_none()) {
      return print_warning(thread, warned.text, category, warned.filename, warned.line, warned.globals);
    }
    module = TRY(import_module(thread, "warnings"));
  }
  Value show = TRY(get_attribute(thread, *module, "_showwarnmsg"));
  Value make = TRY(get_attribute(thread, *module, "WarningMessage"));
  Value source_line = Value::none();
  if (!warned.globals.is_none()) {
    source_line = TRY(line_of_source(thread, warned.filename, warned.line, warned.globals));
  }
  Value arguments[] = {message,       category,    warned.filename, Value::from_int(warned.line),
                       Value::none(), source_line, warned.source};
  Value warning = TRY(call(thread, make, Arguments{arguments, 7, nullptr}));
  TRY(call(thread, show, warning));
  return {};
}

Result<void> warn_at(Thread& thread, Value category, Value message, Warned warned, Value module, Value registry) {
  Value& text = warned.text;
  if (is_instance(thread, message, thread.runtime().exception_type<Warning>())) {
    text = to_value(TRY(str(thread, message)));
    category = to_value(type_of(thread, message));
  } else {
    text = message;
    message = TRY(call(thread, category, message));
  }
  Value key = to_value(Tuple::of(thread.heap(), text, category, Value::from_int(warned.line)));
  if (TRY(already_warned(thread, registry, key, false))) return {};
  Value filter;
  Value action = TRY(find_action(thread, category, text, warned.line, module, &filter));
  Str* name = try_str(thread, action);
  if (name == nullptr) return thread.raise<TypeError>("action must be a string, not '{}'", type_name_of(action));
  if (name->equals("error")) return thread.raise_object(cast<ExceptionObject>(message));
  if (name->equals("ignore")) return {};
  if (!name->equals("always")) {
    if (is<Dict>(registry)) TRY(dict_set(thread, cast<Dict>(registry), key, Value::true_()));
    if (name->equals("once")) {
      Value once = TRY(warnings_attribute(thread, "onceregistry"));
      Value once_key = to_value(Tuple::of(thread.heap(), text, category));
      if (TRY(already_warned(thread, once, once_key, true))) return {};
    } else if (name->equals("module")) {
      Value module_key = to_value(Tuple::of(thread.heap(), text, category, Value::from_int(0)));
      if (TRY(already_warned(thread, registry, module_key, true))) return {};
    } else if (!name->equals("default")) {
      return thread.raise<RuntimeError>("Unrecognized action ({}) in warnings.filters:\n {}", TRY(repr(thread, action)),
                                        TRY(repr(thread, filter)));
    }
  }
  return show_warning(thread, warned, message, category);
}

bool is_internal_frame(Value* base) {
  Str* file = function_of(base)->code()->filename_.get();
  if (!file->is_ascii()) return false;
  return file->ascii().find("importlib") != std::string_view::npos &&
         file->ascii().find("_bootstrap") != std::string_view::npos;
}

struct CallerPlace {
  Value filename, module, registry;
  int64_t line;
};

Result<CallerPlace> place_of_caller(Thread& thread, int64_t stack_level) {
  Value* base = thread.frame();
  if (stack_level <= 0 || base == nullptr || is_internal_frame(base)) {
    while (--stack_level > 0 && base != nullptr) base = caller_of(base);
  } else {
    while (--stack_level > 0 && base != nullptr) {
      do base = caller_of(base);
      while (base != nullptr && is_internal_frame(base));
    }
  }
  CallerPlace place;
  Dict* globals;
  if (base == nullptr) {
    globals = thread.runtime().sys_dict();
    place.filename = to_value(intern(thread, "sys"));
    place.line = 1;
  } else {
    globals = function_of(base)->globals();
    place.filename = to_value(function_of(base)->code()->filename_.get());
    place.line = line_at(function_of(base)->code(), current_word(base));
  }
  Optional<Value> registry = globals->get_str(thread.names().__warningregistry__);
  if (!registry) {
    registry = to_value(Dict::make(thread.heap()));
    TRY(dict_set_name(thread, globals, thread.names().__warningregistry__, *registry));
  }
  place.registry = *registry;
  Optional<Value> name = globals->get_str(thread.names().__name__);
  place.module = name && is_str(*name) ? *name : to_value(intern(thread, "<string>"));
  return place;
}

Result<Value> category_of(Thread& thread, Value message, Value category) {
  if (is_instance(thread, message, thread.runtime().exception_type<Warning>()))
    return to_value(type_of(thread, message));
  if (category.is_none()) return to_value(thread.runtime().exception_type<UserWarning>());
  if (!is<Type>(category) || !is_subtype(cast<Type>(category), thread.runtime().exception_type<Warning>()))
    return thread.raise<TypeError>("category must be a Warning subclass, not '{}'", type_name_of(category));
  return category;
}

Result<void> warnings_warn(Thread& thread, Value message, Value category, int64_t stacklevel, Value source) {
  category = TRY(category_of(thread, message, category));
  CallerPlace place = TRY(place_of_caller(thread, stacklevel));
  Warned warned{Value::none(), place.filename, place.line, Value::none(), source};
  return warn_at(thread, category, message, warned, place.module, place.registry);
}

Result<void> warnings_warn_explicit(Thread& thread, Value message, Value category, Value filename, int64_t line,
                                    Value module, Value registry, Value module_globals, Value source) {
  if (!is_str(filename))
    return thread.raise<TypeError>("warn_explicit() argument 3 must be str, not {}", type_name_of(filename));
  if (!registry.is_none() && !is<Dict>(registry))
    return thread.raise<TypeError>("'registry' must be a dict or None");
  if (module.is_none()) {
    Str* name = TRY(str(thread, filename));
    bool is_source = name->length() >= 3 && name->is_ascii() && name->ascii().ends_with(".py");
    module = name->length() == 0 ? to_value(intern(thread, "<unknown>"))
             : is_source         ? to_value(TRY(substring(thread, name, 0, name->length() - 3)))
                                 : to_value(name);
  }
  if (!module_globals.is_none() && !is<Dict>(module_globals))
    return thread.raise<TypeError>("module_globals must be a dict, not '{}'", type_name_of(module_globals));
  Warned warned{Value::none(), filename, line, module_globals, source};
  return warn_at(thread, category, message, warned, module, registry);
}

Result<void> warnings_filters_mutated(Thread& thread) {
  Value own = TRY(import_module(thread, "_warnings"));
  Value version = TRY(get_attribute(thread, own, "_filters_version"));
  return set_attribute(thread, own, intern(thread, "_filters_version"), Value::from_int(version.as_int() + 1));
}

constexpr NativeMethod kFunctions[] = {
    function<warnings_warn>("warn(message, category=None, stacklevel=1, source=None)",
                            "Issue a warning, or maybe ignore it or raise an exception."),
    function<warnings_warn_explicit>("warn_explicit(message, category, filename, lineno, module=None, registry=None, "
                                     "module_globals=None, source=None)",
                                     "Low-level interface to warnings functionality."),
    function<warnings_filters_mutated>("_filters_mutated()"),
};

Value make_filter(Thread& thread, const char* action, Type* category, Value module) {
  return to_value(Tuple::of(thread.heap(), to_value(intern(thread, action)), Value::none(), to_value(category), module,
                            Value::from_int(0)));
}

Result<void> initialize(Thread& thread, Module* module) {
  Runtime& runtime = thread.runtime();
  List* filters = List::make(thread.heap());
  TRY(list_append_value(thread, filters,
                        make_filter(thread, "default", runtime.exception_type<DeprecationWarning>(),
                                    to_value(intern(thread, "__main__")))));
  TRY(list_append_value(thread, filters,
                        make_filter(thread, "ignore", runtime.exception_type<DeprecationWarning>(), Value::none())));
  TRY(list_append_value(
      thread, filters,
      make_filter(thread, "ignore", runtime.exception_type<PendingDeprecationWarning>(), Value::none())));
  TRY(list_append_value(thread, filters,
                        make_filter(thread, "ignore", runtime.exception_type<ImportWarning>(), Value::none())));
  TRY(list_append_value(thread, filters,
                        make_filter(thread, "ignore", runtime.exception_type<ResourceWarning>(), Value::none())));
  TRY(add_constant(thread, module, "filters", to_value(filters)));
  TRY(add_constant(thread, module, "_onceregistry", to_value(Dict::make(thread.heap()))));
  TRY(add_constant(thread, module, "_defaultaction", to_value(intern(thread, "default"))));
  return add_int(thread, module, "_filters_version", 1);
}

}  // namespace

Result<void> warn(Thread& thread, Type* category, std::string_view text, int stack_level) {
  return warnings_warn(thread, to_value(make_str(thread, text)), to_value(category), stack_level, Value::none());
}

extern const ModuleSpec kWarningsModule = {.name = "_warnings",
                                           .functions = kFunctions,
                                           .initialize = &initialize,
                                           .doc = "Low-level support for the warnings module."};

}  // namespace viperine
