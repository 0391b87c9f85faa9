// SPDX-License-Identifier: MIT
// Slow paths of names: globals, locals mappings of modules and class bodies, import statements.
#include "bytecode/blueprint.h"
#include "interpreter/slow_paths.h"

namespace viperine {

Raised raise_name_error(Thread& thread, Str* name) {
  thread.raise<NameError>("name '{}' is not defined", name);
  set_exception_member(thread, thread.pending(), thread.names().name, to_value(name));
  return Raised{};
}

Raised raise_unbound_local(Thread& thread, Value name) {
  return thread.raise<UnboundLocalError>("cannot access local variable '{}' where it is not associated with a value",
                                         name);
}

Raised raise_unbound_free(Thread& thread, Value name) {
  return thread.raise<NameError>(
      "cannot access free variable '{}' where it is not associated with a value in enclosing scope", name);
}

Result<void> store_global_slow(Thread& thread, Function* function, Str* name, Value value, FeedbackEntry* entry) {
  TRY(dict_set_name(thread, function->globals(), name, value));
  Feedback* feedback = function->feedback_.get();
  if (feedback == nullptr || entry < feedback->entries() || entry >= feedback->entries() + feedback->count_) return {};
  int64_t at = function->globals()->find_str(name);
  if (at >= 0 && at <= static_cast<int64_t>(kMaxDetail))
    entry->info = make_info(kCacheGlobal, static_cast<uint32_t>(at));
  return {};
}

Result<void> delete_global(Thread& thread, Dict* globals, Str* name) {
  if (!globals->delete_str(thread.heap(), name)) return raise_name_error(thread, name);
  return {};
}

Result<Value> load_name(Thread& thread, Function* function, Value locals, Str* name, FeedbackEntry* entry) {
  if (is_exact<Dict>(locals)) {
    if (locals.as_object() != function->globals()) {
      Optional<Value> value = cast<Dict>(locals)->get_str(name);
      if (value) return *value;
    }
    return load_global_slow(thread, function, name, entry);
  }
  auto result = get_item(thread, locals, to_value(name));
  if (!result.is_raised()) return result;
  if (!thread.pending_is<KeyError>()) return Raised{};
  thread.clear_pending();
  return load_global_slow(thread, function, name, entry);
}

Result<void> store_name(Thread& thread, Value locals, Str* name, Value value) {
  if (is_exact<Dict>(locals)) return dict_set_name(thread, cast<Dict>(locals), name, value);
  return set_item(thread, locals, to_value(name), value);
}

Result<void> delete_name(Thread& thread, Value locals, Str* name) {
  if (is_exact<Dict>(locals)) {
    if (cast<Dict>(locals)->delete_str(thread.heap(), name)) return {};
    return raise_name_error(thread, name);
  }
  auto result = delete_item(thread, locals, to_value(name));
  if (!result.is_raised() || !thread.pending_is<KeyError>()) return result;
  thread.clear_pending();
  return raise_name_error(thread, name);
}

Result<Value> load_class_cell(Thread& thread, Value locals, Value cell, Str* name) {
  if (is_exact<Dict>(locals)) {
    Optional<Value> value = cast<Dict>(locals)->get_str(name);
    if (value) return *value;
  } else {
    auto result = get_item(thread, locals, to_value(name));
    if (!result.is_raised()) return result;
    if (!thread.pending_is<KeyError>()) return Raised{};
    thread.clear_pending();
  }
  // Unbound is a value here: the result word must not be taken for an error.
  return cast<Cell>(cell)->value_.get();
}

Result<Value> load_build_class(Thread& thread, Function* function) {
  Dict* builtins = function->builtins_.get();
  Optional<Value> value = builtins == nullptr ? Optional<Value>() : builtins->get_str(thread.names().__build_class__);
  if (value) return *value;
  return thread.raise<NameError>("__build_class__ not found");
}

// --- import

namespace {

/// locals() of a function are not needed by __import__; None as CPython passes for optimised code.
Value import_locals(Function* function, Value* base) {
  return (function->code()->flags_ & kCodeOptimized) != 0 ? Value::none() : base[0];
}

Result<Str*> module_name(Thread& thread, Value module) {
  Optional<Value> name = TRY(find_attribute(thread, module, thread.names().__name__));
  Str* text = name ? try_str(thread, *name) : nullptr;
  return text != nullptr ? text : make_str(thread, "<unknown module name>");
}

bool is_initializing(Thread& thread, Value module) {
  auto spec = find_attribute(thread, module, thread.names().__spec__);
  if (spec.is_raised()) return thread.clear_pending(), false;
  if (!spec.take()) return false;
  auto flag = find_attribute(thread, *spec.take(), intern(thread, "_initializing"));
  if (flag.is_raised()) return thread.clear_pending(), false;
  return flag.take() && (*flag.take()).is_true();
}

}  // namespace

Result<Value> import_name(Thread& thread, Function* function, Value* base, Str* name, Value level, Value fromlist) {
  Dict* builtins = function->builtins_.get();
  Optional<Value> import = builtins == nullptr ? Optional<Value>() : builtins->get_str(thread.names().__import__);
  if (!import) return thread.raise<ImportError>("__import__ not found");
  return call(thread, *import, to_value(name), to_value(function->globals()), import_locals(function, base), fromlist,
              level);
}

Result<Value> import_from(Thread& thread, Value module, Str* name) {
  Optional<Value> found = TRY(find_attribute(thread, module, name));
  if (found) return *found;
  Str* package = TRY(module_name(thread, module));
  Str* full = format_text(thread, "{}.{}", package, name);
  Optional<Value> submodule = thread.runtime().modules()->get_str(full);
  if (submodule) return *submodule;
  Optional<Value> file = TRY(find_attribute(thread, module, thread.names().__file__));
  Str* path = file ? try_str(thread, *file) : nullptr;
  if (path == nullptr)
    thread.raise<ImportError>("cannot import name '{}' from '{}' (unknown location)", name, package);
  else if (is_initializing(thread, module))
    thread.raise<ImportError>(
        "cannot import name '{}' from partially initialized module '{}' (most likely due to a circular import) ({})",
        name, package, path);
  else
    thread.raise<ImportError>("cannot import name '{}' from '{}' ({})", name, package, path);
  ExceptionObject* error = thread.pending();
  set_exception_member(thread, error, thread.names().name, to_value(package));
  if (path != nullptr) set_exception_member(thread, error, thread.names().path, to_value(path));
  return Raised{};
}

namespace {

Result<void> import_one(Thread& thread, Value module, Value key, Value locals, bool from_all) {
  if (!is_str(key)) {
    Str* package = TRY(module_name(thread, module));
    if (from_all) return thread.raise<TypeError>("Item in {}.__all__ must be str, not {}", package, type_name_of(key));
    return thread.raise<TypeError>("Key in {}.__dict__ must be str, not {}", package, type_name_of(key));
  }
  Str* name = intern(thread, as_str(thread, key));
  if (!from_all && name->length() > 0 && name->at(0) == '_') return {};
  Value value = TRY(get_attribute(thread, module, name));
  return store_name(thread, locals, name, value);
}

}  // namespace

Result<void> import_star(Thread& thread, Value module, Value locals) {
  Optional<Value> all = TRY(find_attribute(thread, module, thread.names().__all__));
  if (all) {
    // By position, as sequences: __all__ may be anything with __getitem__.
    for (int64_t i = 0;; ++i) {
      auto item = get_item(thread, *all, Value::from_int(i));
      if (item.is_raised()) {
        if (!thread.pending_is<IndexError>()) return Raised{};
        thread.clear_pending();
        return {};
      }
      TRY(import_one(thread, module, item.take(), locals, true));
    }
  }
  Optional<Value> dict = TRY(find_attribute(thread, module, thread.names().__dict__));
  if (!dict) return thread.raise<ImportError>("from-import-* object has no __dict__ and no __all__");
  Value keys = TRY(call_method(thread, *dict, thread.names().keys));
  List* list = TRY(list_from_iterable(thread, keys));
  for (int64_t i = 0; i < list->length(); ++i) TRY(import_one(thread, module, list->at(i), locals, false));
  return {};
}

Result<void> setup_annotations(Thread& thread, Value locals) {
  Str* name = thread.names().__annotations__;
  if (is_exact<Dict>(locals)) {
    if (cast<Dict>(locals)->get_str(name)) return {};
    return dict_set_name(thread, cast<Dict>(locals), name, to_value(Dict::make(thread.heap())));
  }
  auto found = get_item(thread, locals, to_value(name));
  if (!found.is_raised()) return {};
  if (!thread.pending_is<KeyError>()) return Raised{};
  thread.clear_pending();
  return set_item(thread, locals, to_value(name), to_value(Dict::make(thread.heap())));
}

Result<void> print_expression(Thread& thread, Value value) {
  Optional<Value> hook = thread.runtime().sys_dict()->get_str(thread.names().displayhook);
  if (!hook) return thread.raise<RuntimeError>("lost sys.displayhook");
  TRY(call(thread, *hook, value));
  return {};
}

}  // namespace viperine
