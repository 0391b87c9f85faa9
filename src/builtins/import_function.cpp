// SPDX-License-Identifier: MIT
// __import__: sys.modules first, then importlib's _find_and_load (the language reference, The import system). Frames of
// importlib are taken out of the tracebacks of what goes wrong; -X importtime is reported here.
#include <cstdio>
#include <ctime>

#include "builtins/functions.h"
#include "runtime/attributes.h"
#include "runtime/audit.h"
#include "runtime/binding.h"
#include "runtime/containers.h"
#include "runtime/import.h"
#include "runtime/interpreter_data.h"

namespace viperine {

namespace {

Result<Value> call_importlib(Thread& thread, std::string_view function, std::span<const Value> arguments) {
  // Whatever sys.modules says: start-up has entered it among the built-in modules.
  Module* own = native_module(thread, "_frozen_importlib");
  Value bootstrap = own != nullptr ? to_value(own)
                                   : thread.runtime()
                                         .modules()
                                         ->get_str(intern(thread, "_frozen_importlib"))
                                         .value_or(Value::none());
  if (!is<Module>(bootstrap)) return thread.raise<ImportError>("importlib is not there");
  Value found = TRY(get_attribute(thread, bootstrap, intern(thread, function)));
  return call(thread, found, Arguments{arguments.data(), static_cast<uint32_t>(arguments.size()), nullptr});
}
template <typename... Values>
Result<Value> importlib(Thread& thread, std::string_view function, Values... values) {
  const Value list[] = {values...};
  return call_importlib(thread, function, list);
}

bool is_importlib(Code* code) {
  Str* file = code->filename_.get();
  return file->equals("<frozen importlib._bootstrap>") || file->equals("<frozen importlib._bootstrap_external>");
}

/// Takes importlib's own entries out of the pending exception's traceback: all of them for an ImportError, otherwise
/// the chunks that end in _call_with_frames_removed.
void trim_traceback(Thread& thread) {
  ExceptionObject* exception = thread.pending();
  bool trims_all = thread.pending_is<ImportError>();
  Traceback* before = nullptr;  // last entry that stays
  Traceback* outer = nullptr;   // entry before the present chunk of importlib's
  bool inside = false;
  auto link = [&](Traceback* from, Value to) {
    if (from == nullptr)
      exception->traceback_.set(exception, to);
    else
      from->next_.set(from, to);
  };
  for (Value at = exception->traceback_.get(); is<Traceback>(at);) {
    auto* entry = cast<Traceback>(at);
    Value next = entry->next_.get();
    Code* code = is<Frame>(entry->frame_.get()) ? cast<Frame>(entry->frame_.get())->function_->code() : nullptr;
    bool now_inside = code != nullptr && is_importlib(code);
    if (now_inside && !inside) outer = before;
    inside = now_inside;
    if (inside && (trims_all || code->name_->equals("_call_with_frames_removed"))) {
      link(outer, next);
      before = outer;
    } else {
      before = entry;
    }
    at = next;
  }
}

int64_t microseconds() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return int64_t{now.tv_sec} * 1000000 + now.tv_nsec / 1000;
}

/// -X importtime: nesting and the time that inner imports took, kept in sys._importtime.
class ImportTimer {
 public:
  ImportTimer(Thread& thread, Str* name) : thread_(thread), name_(name) {
    Optional<Value> state = thread.runtime().sys_dict()->get_str(intern(thread, "_importtime"));
    if (!state || !is<List>(*state)) return;
    state_ = cast<List>(*state);
    if (state_->length() == 2) {
      std::fputs("import time: self [us] | cumulative | imported package\n", stderr);
      state_->append(thread.heap(), Value::none());
    }
    outer_ = state_->at(1);
    depth_ = state_->at(0).as_int();
    state_->set(0, Value::from_int(depth_ + 1));
    state_->set(1, Value::from_int(0));
    start_ = microseconds();
  }
  void finish() {
    if (state_ == nullptr) return;
    int64_t all = microseconds() - start_, inner = state_->at(1).as_int();
    state_->set(0, Value::from_int(depth_));
    state_->set(1, Value::from_int(outer_.as_int() + all));
    auto name = encode_utf8(thread_, name_);
    if (name.is_raised()) return thread_.clear_pending();
    std::fprintf(stderr, "import time: %9ld | %10ld | %*s%.*s\n", static_cast<long>(all - inner),
                 static_cast<long>(all), static_cast<int>(depth_ * 2), "", static_cast<int>(name.take()->view().size()),
                 name.take()->view().data());
  }

 private:
  Thread& thread_;
  Str* name_;
  List* state_ = nullptr;
  Value outer_ = Value::from_int(0);
  int64_t depth_ = 0, start_ = 0;
};

Value sys_value(Thread& thread, const char* name) {
  Optional<Value> found = thread.runtime().sys_dict()->get_str(intern(thread, name));
  return found ? *found : Value::none();
}

Result<Value> find_and_load(Thread& thread, Str* name) {
  if (!thread.runtime().audit_hooks_.is_none())
    TRY(audit(thread, "import", to_value(name), Value::none(), sys_value(thread, "path"),
              sys_value(thread, "meta_path"), sys_value(thread, "path_hooks")));
  ImportTimer timer(thread, name);
  auto module = importlib(thread, "_find_and_load", to_value(name),
                          thread.runtime().builtins_dict()->get_str(thread.names().__import__).value_or(Value::none()));
  if (module.is_raised()) {
    ExceptionObject* exception = thread.take_pending();
    timer.finish();
    return thread.restore_pending(exception);
  }
  timer.finish();
  return module;
}

/// A module that another thread is still loading is waited for.
Result<void> wait_until_loaded(Thread& thread, Value module, Str* name) {
  Optional<Value> spec = TRY(find_attribute(thread, module, thread.names().__spec__));
  if (!spec || (*spec).is_none()) return {};
  auto flag = find_attribute(thread, *spec, intern(thread, "_initializing"));
  if (flag.is_raised()) {
    thread.clear_pending();
    return {};
  }
  if (!flag.take() || !TRY(truth(thread, *flag.take()))) return {};
  TRY(importlib(thread, "_lock_unlock_module", to_value(name)));
  return {};
}

Result<Value> import_absolute(Thread& thread, Str* name) {
  // sys.modules may be replaced by anything; importlib's own dict is what counts.
  Optional<Value> found = thread.runtime().modules()->get_str(name);
  if (!found || (*found).is_none()) return find_and_load(thread, name);
  TRY(wait_until_loaded(thread, *found, name));
  return *found;
}

int64_t first_dot(Str* name) {
  for (int64_t i = 0; i < name->length(); ++i)
    if (name->at(i) == '.') return i;
  return -1;
}

Result<Value> import_checked(Thread& thread, Str* name, Value globals, Value fromlist, int64_t level) {
  Str* full = name;
  if (level > 0) {
    if (globals.is_none()) return thread.raise<KeyError>("'__name__' not in globals");
    if (!is<Dict>(globals)) return thread.raise<TypeError>("globals must be a dict");
    Value package = TRY(importlib(thread, "_calc___package__", globals));
    Value number = Value::from_int(level);
    TRY(importlib(thread, "_sanity_check", to_value(name), package, number));
    full = as_str(thread, TRY(importlib(thread, "_resolve_name", to_value(name), package, number)));
  } else if (name->length() == 0) {
    return thread.raise<ValueError>("Empty module name");
  }
  Value module = TRY(import_absolute(thread, full));
  bool has_from = !fromlist.is_none() && TRY(truth(thread, fromlist));
  if (has_from) {
    Optional<Value> path = TRY(find_attribute(thread, module, thread.names().__path__));
    if (!path) return module;
    Optional<Value> import = thread.runtime().builtins_dict()->get_str(thread.names().__import__);
    return importlib(thread, "_handle_fromlist", module, fromlist, *import);
  }
  if (level > 0 && name->length() == 0) return module;
  int64_t dot = first_dot(name);
  if (dot < 0) return module;
  Str* front = TRY(substring(thread, name, 0, dot));
  if (level == 0) return import_absolute(thread, front);
  Str* top = TRY(substring(thread, full, 0, full->length() - (name->length() - dot)));
  Optional<Value> found = thread.runtime().modules()->get_str(top);
  if (!found) return thread.raise<KeyError>("'{}' not in sys.modules as expected", top);
  return *found;
}

Result<Value> builtin_import(Thread& thread, Value name, Value globals, Value locals, Optional<Value> fromlist,
                             int level) {
  (void)locals;
  if (!is_str(name)) return thread.raise<TypeError>("module name must be a string");
  if (level < 0) return thread.raise<ValueError>("level must be >= 0");
  auto module = import_checked(thread, as_str(thread, name), globals, fromlist.value_or(Value::none()), level);
  if (module.is_raised()) trim_traceback(thread);
  return module;
}

constexpr NativeMethod kFunctions[] = {
    function<builtin_import>("__import__(name, globals=None, locals=None, fromlist=(), level=0)", "Import a module."),
};

}  // namespace

std::span<const NativeMethod> import_functions() { return kFunctions; }

}  // namespace viperine
