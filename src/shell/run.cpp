// SPDX-License-Identifier: MIT
// Running files, commands, modules and standard input; exit statuses as CPython's.
#include "shell/run.h"

#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "modules/io/standard_streams.h"
#include "objects/module.h"
#include "runtime/attributes.h"
#include "runtime/calls.h"
#include "runtime/classes.h"
#include "runtime/containers.h"
#include "runtime/import.h"
#include "runtime/materialize.h"
#include "runtime/operators.h"
#include "runtime/poll.h"
#include "runtime/source.h"
#include "runtime/strings.h"
#include "runtime/traceback_text.h"
#include "shell/code_cache.h"
#include "shell/dump.h"
#include "shell/interactive.h"
#include "shell/locations.h"

namespace viperine {

namespace {

// No status that a program can ask for; finish_program turns it into death by SIGINT.
constexpr int kInterrupted = (1 << 30) + 130;

bool read_all(int descriptor, std::string& out) {
  char buffer[65536];
  for (;;) {
    ssize_t count = read(descriptor, buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return count == 0;
    out.append(buffer, static_cast<size_t>(count));
  }
}

Module* main_module(Thread& thread) {
  return cast<Module>(*thread.runtime().modules()->get_str(thread.names().__main__));
}

/// Compiles and runs a program in __main__.
Result<void> run_source(Thread& thread, const Settings& settings, std::string_view source, Str* filename,
                        bool from_file) {
  dump_source(settings, source, settings.optimize);
  SourceOptions options;
  options.from_file = from_file;
  options.source_is_utf8 = !from_file;
  Function* function;
  {
    NativeHolder holder(thread);  // a source encoding may be decoded by Python code
    Code* code = TRY(compile_source(thread, source, filename, options));
    function = TRY(make_plain_function(thread, code, main_module(thread)->dict()));
  }
  TRY(call(thread, to_value(function), to_value(function->globals())));
  return {};
}

/// The same for a .pyc file's contents.
Result<void> run_compiled(Thread& thread, std::string_view data) {
  Code* code = TRY(code_of_pyc(thread, data));
  Function* function = TRY(make_plain_function(thread, code, main_module(thread)->dict()));
  TRY(call(thread, to_value(function), to_value(function->globals())));
  return {};
}

Result<void> insert_path(Thread& thread, Value entry) {
  Optional<Value> path = thread.runtime().sys_dict()->get_str(thread.names().path);
  if (!path || !is<List>(*path)) return {};
  TRY(call_method(thread, *path, intern(thread, "insert"), Value::from_int(0), entry));
  return {};
}

std::string folder_of(const std::string& file) {
  char resolved[PATH_MAX];
  std::string path = realpath(file.c_str(), resolved) != nullptr ? resolved : file;
  size_t slash = path.rfind('/');
  return slash == std::string::npos ? "" : slash == 0 ? "/" : path.substr(0, slash);
}

Result<void> run_as_main(Thread& thread, std::string_view module, bool alter_argv) {
  Value runpy = TRY(import_module(thread, "runpy"));
  Value run = TRY(get_attribute(thread, runpy, "_run_module_as_main"));
  TRY(call(thread, run, to_value(make_str(thread, module)), Value::from_bool(alter_argv)));
  return {};
}

/// Whether a path can be imported from: a folder or an archive, as sys.path_hooks see it.
Result<bool> is_importable(Thread& thread, const std::string& file) {
  struct stat info;
  if (stat(file.c_str(), &info) != 0) return false;
  if (S_ISREG(info.st_mode) && info.st_size < 22) return false;
  if (!S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode)) return false;
  if (S_ISREG(info.st_mode)) {  // Zip archives end with a directory record; a script may precede it.
    int descriptor = open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) return false;
    std::string tail;
    lseek(descriptor, info.st_size > 65557 ? info.st_size - 65557 : 0, SEEK_SET);
    bool is_archive = read_all(descriptor, tail) && tail.rfind("PK\x05\x06") != std::string::npos;
    close(descriptor);
    if (!is_archive) return false;
  }
  NativeHolder holder(thread);
  Optional<Value> hooks = thread.runtime().sys_dict()->get_str(intern(thread, "path_hooks"));
  if (!hooks || !is<List>(*hooks)) return false;
  Value path = to_value(decode_filesystem(thread, file));
  for (int64_t i = 0; i < cast<List>(*hooks)->length(); ++i) {
    auto importer = call(thread, cast<List>(*hooks)->at(i), path);
    if (!importer.is_raised()) return true;
    if (!thread.pending_is<ImportError>()) return Raised{};
    thread.clear_pending();
  }
  return false;
}

/// __file__ and what belongs to it; returns the path.
Result<Str*> describe_main(Thread& thread, const std::string& file, const char* loader_name = "SourceFileLoader") {
  NativeHolder holder(thread);
  Value path = to_value(decode_filesystem(thread, file));
  Dict* globals = main_module(thread)->dict();
  TRY(dict_set_name(thread, globals, thread.names().__file__, path));
  TRY(dict_set_name(thread, globals, "__cached__", Value::none()));
  Value external = TRY(import_module(thread, "_frozen_importlib_external"));
  Value loader =
      TRY(call(thread, TRY(get_attribute(thread, external, loader_name)), to_value(thread.names().__main__), path));
  TRY(dict_set_name(thread, globals, thread.names().__loader__, loader));
  return as_str(thread, path);
}

Result<void> run_file(Thread& thread, const Settings& settings) {
  std::string file = absolute_path(settings.target);
  if (TRY(is_importable(thread, file))) {
    TRY(insert_path(thread, to_value(decode_filesystem(thread, file))));
    return run_as_main(thread, "__main__", false);
  }
  std::string source;
  int descriptor = open(file.c_str(), O_RDONLY | O_CLOEXEC);
  bool readable = descriptor >= 0 && read_all(descriptor, source);
  int error = errno;
  if (descriptor >= 0) close(descriptor);
  if (!readable) {
    std::fprintf(stderr, "%s: can't open file '%s': [Errno %d] %s\n", settings.original[0].c_str(), file.c_str(), error,
                 std::strerror(error));
    return thread.raise_value(ExceptionKind::SystemExit, Value::from_int(2));
  }
  if (settings.skip_first_line && !settings.target.ends_with(".pyc"))
    source.erase(0, source.find('\n') == std::string::npos ? source.size() : source.find('\n'));
  if (!settings.safe_path) TRY(insert_path(thread, to_value(decode_filesystem(thread, folder_of(file)))));
  if (settings.target.ends_with(".pyc")) {
    TRY(describe_main(thread, file, "SourcelessFileLoader"));
    return run_compiled(thread, source);
  }
  return run_source(thread, settings, source, TRY(describe_main(thread, file)), true);
}

Result<void> run_standard_input(Thread& thread, const Settings& settings) {
  if (!settings.safe_path) TRY(insert_path(thread, to_value(thread.runtime().empty_str())));
  std::string source;
  if (!read_all(0, source)) return thread.raise_errno(errno);
  return run_source(thread, settings, source, intern(thread, "<stdin>"), true);
}

/// -c: text that the locale cannot decode is refused before it is parsed.
Result<void> run_command(Thread& thread, const Settings& settings) {
  {
    NativeHolder holder(thread);
    if (encode_utf8(thread, decode_filesystem(thread, settings.target)).is_raised()) {
      std::fputs("Unable to decode the command from the command line:\n", stderr);
      return Raised{};
    }
  }
  return run_source(thread, settings, settings.target, intern(thread, "<string>"), false);
}

Result<void> run_target(Thread& thread, const Settings& settings) {
  switch (settings.run) {
    case Settings::Run::Command:
      if (!settings.safe_path) TRY(insert_path(thread, to_value(thread.runtime().empty_str())));
      return run_command(thread, settings);
    case Settings::Run::Module: {
      if (!settings.safe_path) {
        char folder[PATH_MAX];
        if (getcwd(folder, sizeof folder) != nullptr)
          TRY(insert_path(thread, to_value(decode_filesystem(thread, folder))));
      }
      return run_as_main(thread, settings.target, true);
    }
    case Settings::Run::File:
      return run_file(thread, settings);
    case Settings::Run::StandardInput:
      return run_standard_input(thread, settings);
  }
  return {};
}

/// sys.exit(code): None is 0, an int itself, anything else is printed.
int exit_status(Thread& thread, Value code) {
  if (code.is_none()) return 0;
  if (is_integer(code)) {
    int64_t number;
    return int_fits_int64(code, &number) ? static_cast<int>(number & 0xFF) : 255;
  }
  auto text = str(thread, code);
  Optional<Value> errors = thread.runtime().sys_dict()->get_str(thread.names().stderr_);
  if (!text.is_raised() && errors && !(*errors).is_none()) {
    if (call_method(thread, *errors, thread.names().write, to_value(text.take())).is_raised()) thread.clear_pending();
    if (call_method(thread, *errors, thread.names().write, to_value(thread.runtime().latin1_character('\n')))
            .is_raised())
      thread.clear_pending();
  }
  thread.clear_pending();
  return 1;
}

}  // namespace

int report_exception(Thread& thread) {
  NativeHolder holder(thread);
  if (!thread.has_pending()) return 1;
  if (!thread.pending_is<SystemExit>()) return show_exception(thread);
  return exit_status(thread, exception_member(thread, thread.take_pending(), thread.names().code));
}

int show_exception(Thread& thread) {
  NativeHolder holder(thread);
  ExceptionObject* exception = thread.take_pending();
  Value value = to_value(exception);
  bool interrupted = is_instance(thread, value, thread.runtime().exception_type<KeyboardInterrupt>());
  Dict* sys = thread.runtime().sys_dict();
  Value type = to_value(type_of(thread, value));
  if (dict_set_name(thread, sys, thread.names().last_type, type).is_raised() ||
      dict_set_name(thread, sys, thread.names().last_value, value).is_raised() ||
      dict_set_name(thread, sys, thread.names().last_traceback, exception->traceback_.get()).is_raised())
    thread.clear_pending();
  Optional<Value> out = sys->get_str(thread.names().stdout_);
  if (out && !(*out).is_none() && call_method(thread, *out, thread.names().flush).is_raised()) thread.clear_pending();
  if (!call_except_hook(thread, exception)) return report_exception(thread);
  return interrupted ? kInterrupted : 1;
}

/// The session that begins with the prompt.
static int run_prompt(Thread& thread, const Settings& settings) {
  if (!settings.safe_path && insert_path(thread, to_value(thread.runtime().empty_str())).is_raised())
    thread.clear_pending();
  print_banner(settings);
  run_startup_file(thread, settings);
  run_interactive_hook(thread);
  return run_interactive(thread);
}

int run_program(Thread& thread, const Settings& settings) {
  bool has_terminal = isatty(0) || settings.interactive > 0;
  if (settings.run == Settings::Run::StandardInput && has_terminal) return run_prompt(thread, settings);
  int status = 0;
  if (run_target(thread, settings).is_raised())
    status =
        settings.inspect > 0 && thread.pending_is<SystemExit>() ? show_exception(thread) : report_exception(thread);
  // The program may have asked for it itself.
  bool inspects = settings.inspect > 0 || (!settings.ignore_environment && std::getenv("PYTHONINSPECT") != nullptr &&
                                           *std::getenv("PYTHONINSPECT") != 0);
  if (!inspects || !has_terminal) return status;
  run_interactive_hook(thread);
  return run_interactive(thread);
}

namespace {

/// Whether __main__ has classes with __del__, or objects of them: only then the last collection pays.
bool main_has_finalizers(Thread& thread, Dict* globals) {
  for (int64_t at = globals->next_entry(0); at >= 0; at = globals->next_entry(at + 1)) {
    Value value = globals->table()->value(static_cast<uint32_t>(at));
    Type* type = is<Type>(value) ? cast<Type>(value) : type_of(thread, value);
    if (type->is_heap_type() && type->slots().finalize != nullptr) return true;
  }
  return false;
}

void collect_all(Thread& thread) {
  thread.set_handled(Value::none());
  thread.returned_ = Value::none();
  for (const char* name : {"last_type", "last_value", "last_traceback"})
    thread.runtime().sys_dict()->delete_str(thread.heap(), intern(thread, name));
  thread.heap().request_collection(Collection::Full);
  thread.heap().safepoint(true);
  NativeHolder holder(thread);
  run_finalizers(thread);
}

constexpr const char kProofOfLife[] = "__viperine_main__";

/// Takes __main__ out of sys.modules; gives a weak reference to a module that lives as long as its names.
WeakRef* leave_main(Thread& thread) {
  Dict* modules = thread.runtime().modules();
  Optional<Value> module = modules->get_str(thread.names().__main__);
  if (!module || !is<Module>(*module)) return nullptr;
  Dict* globals = cast<Module>(*module)->dict();
  if (!main_has_finalizers(thread, globals)) return nullptr;
  if (dict_set_name(thread, globals, intern(thread, kProofOfLife), *module).is_raised()) {
    thread.take_pending();
    return nullptr;
  }
  modules->delete_str(thread.heap(), thread.names().__main__);
  return plain_weakref(thread, (*module).as_object());
}

/// What dies with the program is finalized: first what nobody else reaches, with the program's names in place; then
/// the names go, for what others keep.
void clear_main(Thread& thread) {
  RootVector main(thread.runtime());
  if (WeakRef* reference = leave_main(thread))
    main.push(to_value(reference));
  else
    return;
  collect_all(thread);
  Optional<Value> module = weakref_target(cast<WeakRef>(main[0]));
  if (!module || !is<Module>(*module)) return;
  Dict* globals = cast<Module>(*module)->dict();
  for (int64_t at = globals->next_entry(0); at >= 0; at = globals->next_entry(at + 1)) {
    Value key = globals->table()->key(static_cast<uint32_t>(at));
    if (is_str(key) && as_str(thread, key)->equals("__builtins__")) continue;
    globals->table()->set_value(static_cast<uint32_t>(at), Value::none());
  }
  collect_all(thread);
}

}  // namespace

int finish_program(Thread& thread, int status) {
  {
    NativeHolder holder(thread);
    if (Optional<Value> threading = thread.runtime().modules()->get_str(intern(thread, "threading"));
        threading && !(*threading).is_none()) {
      auto shutdown = call_method(thread, *threading, intern(thread, "_shutdown"));
      if (shutdown.is_raised()) report_unraisable(thread, *threading);
    }
    if (Module* atexit = native_module(thread, "atexit")) {
      if (call_method(thread, to_value(atexit), intern(thread, "_run_exitfuncs")).is_raised())
        report_unraisable(thread, to_value(atexit));
    }
  }
  thread.runtime().finalizing_ = true;
  clear_main(thread);
  NativeHolder holder(thread);
  if (!flush_standard_streams(thread)) status = status == 0 ? 120 : status;
  if (status == kInterrupted) {
    signal(SIGINT, SIG_DFL);
    kill(getpid(), SIGINT);
  }
  std::fflush(nullptr);
  _exit(status);
}

}  // namespace viperine
