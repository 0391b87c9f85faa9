// SPDX-License-Identifier: MIT
// The module readline over libedit, which is opened when the module is imported and maps nothing before that. History
// files are plain text, one entry a line, as GNU readline writes them; libedit's own format is understood when read.
// A process has one terminal, so the editor's state is one for all runtimes.
#ifdef VIPERINE_HAS_EDIT
#include <dlfcn.h>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "modules/builtin_modules.h"
#include "runtime/attributes.h"
#include "runtime/binding.h"
#include "runtime/containers.h"
#include "runtime/lock.h"
#include "runtime/poll.h"

namespace viperine {

namespace {

using LineHandler = void (*)(char*);
using Completer = char* (*)(const char*, int);
using Attempt = char** (*)(const char*, int, int);
struct HistoryEntry {
  const char* line;
  void* data;
};

enum StateIndex { kCompleter, kStartupHook, kInputHook, kDisplayHook, kStateSize };
constexpr const char* kDelimiters = " \t\n`~!@#$%^&*()-=+[{]}\\|;:'\",<>/?";

/// libedit's entry points and variables.
struct Editor {
  int (*initialize)() = nullptr;
  void (*install)(const char*, LineHandler) = nullptr;
  void (*remove)() = nullptr;
  void (*read_character)() = nullptr;
  int (*parse_and_bind)(char*) = nullptr;
  int (*add_history)(const char*) = nullptr;
  void (*clear_history)() = nullptr;
  HistoryEntry* (*remove_history)(int) = nullptr;
  HistoryEntry* (*replace_history)(int, const char*, void*) = nullptr;
  int (*insert_text)(const char*) = nullptr;
  void (*redisplay)() = nullptr;
  char** (*completion_matches)(const char*, Completer) = nullptr;
  int (*read_init_file)(const char*) = nullptr;
  char** line_buffer = nullptr;
  int* completion_type = nullptr;
  Attempt* attempt = nullptr;
  int* append_character = nullptr;
  int* suppress_append = nullptr;
  char** word_breaks = nullptr;
  int (**startup_hook)() = nullptr;
  int (**input_hook)() = nullptr;
  int* catch_signals = nullptr;
  const char** name = nullptr;

  bool ready = false;
  bool auto_history = true;
  int64_t history_limit = -1;
  int begin = 0, end = 0;
  std::string delimiters = kDelimiters;
  std::vector<std::string> history;
  std::string line;
  bool has_line = false, at_end = false;
  Thread* thread = nullptr;
};

Editor& editor() {
  static Editor shared;
  return shared;
}

Array* state(Thread& thread) {
  Optional<Value> module = thread.runtime().modules()->get_str(intern(thread, "readline"));
  if (!module || !is<Module>(*module) || !cast<Module>(*module)->state_.get().is_pointer()) return nullptr;
  return static_cast<Array*>(cast<Module>(*module)->state_.get().as_object());
}
Value hook(Thread& thread, StateIndex index) {
  Array* array = state(thread);
  return array == nullptr ? Value::none() : array->at(index);
}

template <typename T>
bool find(void* library, const char* name, T* place) {
  *place = reinterpret_cast<T>(dlsym(library, name));
  return *place != nullptr;
}

// --- callbacks: libedit runs without the lock

char* next_match(const char* text, int number) {
  Thread* thread = editor().thread;
  if (thread == nullptr) return nullptr;
  acquire_lock(*thread);
  char* result = nullptr;
  {
    NativeHolder holder(*thread);
    Value completer = hook(*thread, kCompleter);
    if (!completer.is_none()) {
      if (editor().append_character != nullptr) *editor().append_character = 0;
      if (editor().suppress_append != nullptr) *editor().suppress_append = 0;
      auto match = call(*thread, completer, to_value(decode_filesystem(*thread, text)), Value::from_int(number));
      if (!match.is_raised() && is_str(match.take())) {
        auto bytes = encode_filesystem(*thread, as_str(*thread, match.take()));
        if (!bytes.is_raised()) result = strdup(std::string(bytes.take()->view()).c_str());
      }
      thread->clear_pending();
    }
  }
  release_lock(*thread);
  return result;
}

char** attempt_completion(const char* text, int begin, int end) {
  editor().begin = begin;
  editor().end = end;
  return editor().completion_matches(text, &next_match);
}

int run_hook(StateIndex index) {
  Thread* thread = editor().thread;
  if (thread == nullptr) return 0;
  acquire_lock(*thread);
  {
    NativeHolder holder(*thread);
    Value function = hook(*thread, index);
    if (!function.is_none() && call(*thread, function).is_raised()) thread->clear_pending();
  }
  release_lock(*thread);
  return 0;
}
int startup_hook() { return run_hook(kStartupHook); }
int input_hook() { return run_hook(kInputHook); }

void take_line(char* line) {
  Editor& edit = editor();
  edit.has_line = true;
  edit.at_end = line == nullptr;
  if (line != nullptr) {
    edit.line = line;
    std::free(line);
  }
  edit.remove();
}

void remember(Editor& edit, const std::string& line) {
  edit.history.push_back(line);
  edit.add_history(line.c_str());
}

Result<void> load(Thread& thread) {
  Editor& edit = editor();
  if (edit.ready) return {};
  void* library = dlopen("libedit.so.2", RTLD_NOW);
  if (library == nullptr) library = dlopen("libedit.so.0", RTLD_NOW);
  bool fine = library != nullptr && find(library, "rl_initialize", &edit.initialize) &&
              find(library, "rl_callback_handler_install", &edit.install) &&
              find(library, "rl_callback_handler_remove", &edit.remove) &&
              find(library, "rl_callback_read_char", &edit.read_character) &&
              find(library, "rl_parse_and_bind", &edit.parse_and_bind) &&
              find(library, "add_history", &edit.add_history) && find(library, "clear_history", &edit.clear_history) &&
              find(library, "remove_history", &edit.remove_history) &&
              find(library, "replace_history_entry", &edit.replace_history) &&
              find(library, "rl_insert_text", &edit.insert_text) && find(library, "rl_redisplay", &edit.redisplay) &&
              find(library, "rl_completion_matches", &edit.completion_matches) &&
              find(library, "rl_line_buffer", &edit.line_buffer) &&
              find(library, "rl_attempted_completion_function", &edit.attempt);
  if (!fine) return thread.raise<ImportError>("the line editor (libedit.so.2) cannot be loaded");
  find(library, "rl_read_init_file", &edit.read_init_file);
  find(library, "rl_completion_type", &edit.completion_type);
  find(library, "rl_completion_append_character", &edit.append_character);
  find(library, "rl_completion_suppress_append", &edit.suppress_append);
  find(library, "rl_completer_word_break_characters", &edit.word_breaks);
  find(library, "rl_startup_hook", &edit.startup_hook);
  find(library, "rl_pre_input_hook", &edit.input_hook);
  find(library, "rl_catch_signals", &edit.catch_signals);
  find(library, "rl_readline_name", &edit.name);
  if (edit.catch_signals != nullptr) *edit.catch_signals = 0;
  if (edit.name != nullptr) *edit.name = "python";
  edit.initialize();
  *edit.attempt = &attempt_completion;
  if (edit.word_breaks != nullptr) *edit.word_breaks = strdup(kDelimiters);
  if (edit.startup_hook != nullptr) *edit.startup_hook = &startup_hook;
  edit.ready = true;
  return {};
}

// --- reading a line: what the interactive loop and input() call

Result<Value> readline_read_line(Thread& thread, Value prompt_value) {
  Editor& edit = editor();
  std::string prompt(is<Bytes>(prompt_value) ? cast<Bytes>(prompt_value)->view() : std::string_view());
  std::fflush(stdout);
  edit.thread = &thread;
  edit.has_line = false;
  without_lock(thread, [&] { return edit.install(prompt.c_str(), &take_line), 0; });
  while (!edit.has_line) {
    int ready = without_lock(thread, [&] {
      pollfd watched{0, POLLIN, 0};
      int count = poll(&watched, 1, -1);
      if (count > 0) edit.read_character();
      return count;
    });
    if (ready < 0 && errno == EINTR && !run_pending_work(thread, thread.poll_.exchange(0))) {
      edit.remove();
      return Raised{};
    }
    if (ready < 0 && errno != EINTR) edit.has_line = edit.at_end = true;
  }
  if (edit.at_end) return Value::none();
  bool is_new = !edit.line.empty() && (edit.history.empty() || edit.history.back() != edit.line);
  if (edit.auto_history && is_new) remember(edit, edit.line);
  return to_value(make_bytes(thread, edit.line + "\n"));
}

// --- history

Result<void> to_text(Thread& thread, Value value, std::string* out) {
  if (!is_str(value)) return thread.raise<TypeError>("argument must be str, not {}", type_name_of(value));
  *out = TRY(encode_filesystem(thread, as_str(thread, value)))->view();
  return {};
}

/// The file of a history function: its argument, or ~/.history.
Result<void> history_path(Thread& thread, Value filename, std::string* path) {
  if (filename.is_none()) {
    const char* home = std::getenv("HOME");
    *path = std::string(home == nullptr ? "." : home) + "/.history";
    return {};
  }
  Value text = filename;
  if (!is_str(text) && !is<Bytes>(text)) text = TRY(call_method(thread, filename, thread.names().__fspath__));
  if (is<Bytes>(text)) {
    *path = cast<Bytes>(text)->view();
    return {};
  }
  return to_text(thread, text, path);
}

/// libedit writes octal escapes.
std::string unescape(const std::string& line) {
  std::string out;
  for (size_t i = 0; i < line.size(); ++i) {
    auto digit = [&](size_t at) { return at < line.size() && line[at] >= '0' && line[at] <= '7'; };
    if (line[i] == '\\' && digit(i + 1) && digit(i + 2) && digit(i + 3)) {
      out += static_cast<char>((line[i + 1] - '0') * 64 + (line[i + 2] - '0') * 8 + (line[i + 3] - '0'));
      i += 3;
    } else {
      out += line[i];
    }
  }
  return out;
}

Result<void> readline_read_history_file(Thread& thread, Value filename) {
  std::string path;
  TRY(history_path(thread, filename, &path));
  std::FILE* file = std::fopen(path.c_str(), "re");
  if (file == nullptr) {
    thread.raise_errno(errno);
    return Raised{};
  }
  bool is_libedit = false, is_first = true;
  std::string line;
  for (int c;;) {
    c = std::fgetc(file);
    if (c != '\n' && c != EOF) {
      line += static_cast<char>(c);
      continue;
    }
    if (is_first && line == "_HiStOrY_V2_")
      is_libedit = true;
    else if (!line.empty())
      remember(editor(), is_libedit ? unescape(line) : line);
    is_first = false;
    line.clear();
    if (c == EOF) break;
  }
  std::fclose(file);
  return {};
}

Result<void> write_history(Thread& thread, const std::string& path, const char* mode, size_t first) {
  std::FILE* file = std::fopen(path.c_str(), mode);
  if (file == nullptr) {
    thread.raise_errno(errno);
    return Raised{};
  }
  const auto& history = editor().history;
  for (size_t i = first; i < history.size(); ++i) std::fprintf(file, "%s\n", history[i].c_str());
  std::fclose(file);
  return {};
}
Result<void> readline_write_history_file(Thread& thread, Value filename) {
  std::string path;
  TRY(history_path(thread, filename, &path));
  size_t count = editor().history.size(), first = 0;
  if (editor().history_limit >= 0 && count > static_cast<size_t>(editor().history_limit))
    first = count - static_cast<size_t>(editor().history_limit);
  return write_history(thread, path, "we", first);
}
Result<void> readline_append_history_file(Thread& thread, int64_t nelements, Value filename) {
  std::string path;
  TRY(history_path(thread, filename, &path));
  if (access(path.c_str(), F_OK) != 0) {
    thread.raise_errno(errno);
    return Raised{};
  }
  size_t count = editor().history.size();
  size_t first = nelements < 0 || static_cast<size_t>(nelements) > count ? 0 : count - static_cast<size_t>(nelements);
  return write_history(thread, path, "ae", first);
}
Result<Value> readline_get_history_length(Thread&) { return Value::from_int(editor().history_limit); }
Result<void> readline_set_history_length(Thread&, int64_t length) {
  editor().history_limit = length;
  return {};
}
Result<Value> readline_get_current_history_length(Thread&) {
  return Value::from_int(static_cast<int64_t>(editor().history.size()));
}
Result<Value> readline_get_history_item(Thread& thread, int64_t index) {
  const auto& history = editor().history;
  if (index < 1 || index > static_cast<int64_t>(history.size())) return Value::none();
  return to_value(decode_filesystem(thread, history[static_cast<size_t>(index - 1)]));
}
Result<void> check_position(Thread& thread, int64_t pos) {
  if (pos < 0) return thread.raise<ValueError>("History index cannot be negative");
  if (pos >= static_cast<int64_t>(editor().history.size()))
    return thread.raise<ValueError>("No history item at position {}", pos);
  return {};
}
Result<void> readline_remove_history_item(Thread& thread, int64_t pos) {
  TRY(check_position(thread, pos));
  editor().history.erase(editor().history.begin() + pos);
  editor().remove_history(static_cast<int>(pos));
  return {};
}
Result<void> readline_replace_history_item(Thread& thread, int64_t pos, Value line) {
  std::string text;
  TRY(to_text(thread, line, &text));
  TRY(check_position(thread, pos));
  editor().history[static_cast<size_t>(pos)] = text;
  editor().replace_history(static_cast<int>(pos), text.c_str(), nullptr);
  return {};
}
Result<void> readline_add_history(Thread& thread, Value line) {
  std::string text;
  TRY(to_text(thread, line, &text));
  remember(editor(), text);
  return {};
}
Result<void> readline_clear_history(Thread&) {
  editor().history.clear();
  editor().clear_history();
  return {};
}
Result<void> readline_set_auto_history(Thread&, bool enabled) {
  editor().auto_history = enabled;
  return {};
}

// --- the line being edited, hooks, completion

Result<void> readline_parse_and_bind(Thread& thread, Value string) {
  std::string text;
  TRY(to_text(thread, string, &text));
  editor().parse_and_bind(text.data());
  return {};
}
Result<void> readline_read_init_file(Thread& thread, Value filename) {
  std::string path;
  if (!filename.is_none()) TRY(history_path(thread, filename, &path));
  if (editor().read_init_file == nullptr) return {};
  errno = 0;
  if (editor().read_init_file(filename.is_none() ? nullptr : path.c_str()) != 0) {
    thread.raise_errno(errno == 0 ? ENOENT : errno);
    return Raised{};
  }
  return {};
}
Result<Value> readline_get_line_buffer(Thread& thread) {
  const char* text = *editor().line_buffer;
  return to_value(decode_filesystem(thread, text == nullptr ? "" : text));
}
Result<void> readline_insert_text(Thread& thread, Value string) {
  std::string text;
  TRY(to_text(thread, string, &text));
  editor().insert_text(text.c_str());
  return {};
}
Result<void> readline_redisplay(Thread&) {
  editor().redisplay();
  return {};
}
Result<void> set_hook(Thread& thread, StateIndex index, const char* name, Value function) {
  if (!function.is_none() && !is_callable(thread, function))
    return thread.raise<TypeError>("set_{}(func): argument not callable", name);
  if (Array* array = state(thread)) array->set(index, function);
  return {};
}
Result<void> readline_set_startup_hook(Thread& thread, Value function) {
  return set_hook(thread, kStartupHook, "startup_hook", function);
}
Result<void> readline_set_pre_input_hook(Thread& thread, Value function) {
  TRY(set_hook(thread, kInputHook, "pre_input_hook", function));
  if (editor().input_hook != nullptr) *editor().input_hook = function.is_none() ? nullptr : &input_hook;
  return {};
}
Result<void> readline_set_display_hook(Thread& thread, Value function) {
  return set_hook(thread, kDisplayHook, "completion_display_matches_hook", function);
}
Result<void> readline_set_completer(Thread& thread, Value function) {
  return set_hook(thread, kCompleter, "completer", function);
}
Result<Value> readline_get_completer(Thread& thread) { return hook(thread, kCompleter); }
Result<Value> readline_get_completion_type(Thread&) {
  return Value::from_int(editor().completion_type == nullptr ? 0 : *editor().completion_type);
}
Result<Value> readline_get_begidx(Thread&) { return Value::from_int(editor().begin); }
Result<Value> readline_get_endidx(Thread&) { return Value::from_int(editor().end); }
Result<void> readline_set_completer_delims(Thread& thread, Value string) {
  TRY(to_text(thread, string, &editor().delimiters));
  if (editor().word_breaks != nullptr) {
    std::free(*editor().word_breaks);
    *editor().word_breaks = strdup(editor().delimiters.c_str());
  }
  return {};
}
Result<Value> readline_get_completer_delims(Thread& thread) {
  return to_value(decode_filesystem(thread, editor().delimiters));
}

constexpr NativeMethod kFunctions[] = {
    function<readline_parse_and_bind>("parse_and_bind(string, /)",
                                      "Execute the init line provided in the string argument."),
    function<readline_read_init_file>("read_init_file(filename=None, /)", "Execute a readline initialization file."),
    function<readline_read_history_file>("read_history_file(filename=None, /)", "Load a readline history file."),
    function<readline_write_history_file>("write_history_file(filename=None, /)", "Save a readline history file."),
    function<readline_append_history_file>("append_history_file(nelements, filename=None, /)",
                                           "Append the last nelements items of the history list to file."),
    function<readline_get_history_length>(
        "get_history_length()", "Return the maximum number of lines that will be written to the history file."),
    function<readline_set_history_length>("set_history_length(length, /)",
                                          "Set the maximal number of lines which will be written to the history file."),
    function<readline_get_current_history_length>("get_current_history_length()",
                                                  "Return the current (not the maximum) length of history."),
    function<readline_get_history_item>("get_history_item(index, /)",
                                        "Return the current contents of history item at one-based index."),
    function<readline_remove_history_item>("remove_history_item(pos, /)",
                                           "Remove history item given by its zero-based position."),
    function<readline_replace_history_item>("replace_history_item(pos, line, /)",
                                            "Replaces history item given by its position with contents of line."),
    function<readline_add_history>("add_history(string, /)", "Add an item to the history buffer."),
    function<readline_clear_history>("clear_history()", "Clear the current readline history."),
    function<readline_set_auto_history>("set_auto_history(enabled, /)", "Enables or disables automatic history."),
    function<readline_get_line_buffer>("get_line_buffer()", "Return the current contents of the line buffer."),
    function<readline_insert_text>("insert_text(string, /)",
                                   "Insert text into the line buffer at the cursor position."),
    function<readline_redisplay>("redisplay()",
                                 "Change what's displayed on the screen to reflect contents of the line buffer."),
    function<readline_set_startup_hook>("set_startup_hook(function=None, /)",
                                        "Set or remove the function invoked by the rl_startup_hook callback."),
    function<readline_set_pre_input_hook>("set_pre_input_hook(function=None, /)",
                                          "Set or remove the function invoked by the rl_pre_input_hook callback."),
    function<readline_set_display_hook>("set_completion_display_matches_hook(function=None, /)",
                                        "Set or remove the completion display function."),
    function<readline_set_completer>("set_completer(function=None, /)", "Set or remove the completer function."),
    function<readline_get_completer>("get_completer()", "Get the current completer function."),
    function<readline_get_completion_type>("get_completion_type()", "Get the type of completion being attempted."),
    function<readline_get_begidx>("get_begidx()", "Get the beginning index of the completion scope."),
    function<readline_get_endidx>("get_endidx()", "Get the ending index of the completion scope."),
    function<readline_set_completer_delims>("set_completer_delims(string, /)",
                                            "Set the word delimiters for completion."),
    function<readline_get_completer_delims>("get_completer_delims()", "Get the word delimiters for completion."),
    function<readline_read_line>("_read_line(prompt, /)"),
};

Result<void> initialize(Thread& thread, Module* module) {
  TRY(load(thread));
  Array* array = Array::try_make(thread.heap(), kStateSize);
  if (array == nullptr) return thread.raise_memory_error();
  for (int i = 0; i < kStateSize; ++i) array->set(i, Value::none());
  module->state_.set(module, to_value(array));
  // What libedit says of itself.
  TRY(add_int(thread, module, "_READLINE_VERSION", 0x0402));
  TRY(add_int(thread, module, "_READLINE_RUNTIME_VERSION", 0x0402));
  return add_constant(thread, module, "_READLINE_LIBRARY_VERSION", to_value(intern(thread, "EditLine wrapper")));
}

}  // namespace

extern const ModuleSpec kReadlineModule = {
    .name = "readline",
    .functions = kFunctions,
    .initialize = &initialize,
    .doc = "Importing this module enables command line editing using libedit readline."};

}  // namespace viperine
#endif
