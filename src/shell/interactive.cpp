// SPDX-License-Identifier: MIT
// The interactive loop. A statement is complete when it parses without the newline that was just typed, or when it is
// wrong in a way that more lines cannot mend (as codeop decides); then it runs in __main__ as code of "<stdin>".
#include "shell/interactive.h"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <string>

#include "objects/module.h"
#include "runtime/attributes.h"
#include "runtime/calls.h"
#include "runtime/containers.h"
#include "runtime/materialize.h"
#include "runtime/operators.h"
#include "runtime/source.h"
#include "runtime/strings.h"
#include "runtime/terminal_line.h"
#include "runtime/traceback_text.h"
#include "shell/run.h"

namespace viperine {

namespace {

enum class Completeness { Complete, NeedsMore };

syntax::ParseOptions statement_options(Thread& thread, bool more_may_come) {
  SourceOptions options;
  options.mode = syntax::ParseMode::Single;
  options.source_is_utf8 = true;
  options.dont_imply_dedent = more_may_come;
  options.allow_incomplete_input = more_may_come;
  return parse_options(thread, options, "<stdin>");
}

/// Whether there is anything but blank lines and comments.
bool has_code(std::string_view text) {
  while (!text.empty()) {
    size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    size_t first = line.find_first_not_of(" \t\f\r");
    if (first != std::string_view::npos && line[first] != '#') return true;
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return false;
}

/// Whether the text ends inside brackets or a string: only there do empty lines not end a statement.
bool ends_inside(const syntax::ParseResult& failed) {
  std::string_view message = failed.error->message;
  return message.ends_with("was never closed") || message.starts_with("unterminated triple-quoted string") ||
         message == "unexpected EOF while parsing";
}

/// `text` ends in a newline.
Completeness examine(Thread& thread, const std::string& text) {
  Arena arena;
  std::string_view without_end = std::string_view(text).substr(0, text.size() - 1);
  if (syntax::parse(arena, arena.copy(without_end), statement_options(thread, true)).tree != nullptr)
    return Completeness::Complete;
  if (without_end.ends_with('\n')) {
    syntax::ParseResult ended = syntax::parse(arena, text, statement_options(thread, false));
    return ended.tree == nullptr && ends_inside(ended) ? Completeness::NeedsMore : Completeness::Complete;
  }
  syntax::ParseResult longer = syntax::parse(arena, text, statement_options(thread, true));
  bool needs_more = longer.tree != nullptr || longer.error->error_class == syntax::ErrorClass::IncompleteInput;
  return needs_more ? Completeness::NeedsMore : Completeness::Complete;
}

Module* main_module(Thread& thread) {
  return cast<Module>(*thread.runtime().modules()->get_str(thread.names().__main__));
}

/// sys.ps1 or sys.ps2 as bytes for the terminal.
Bytes* prompt(Thread& thread, std::string_view name) {
  Optional<Value> found = thread.runtime().sys_dict()->get_str(intern(thread, name));
  if (found) {
    auto text = str(thread, *found);
    auto bytes = text.is_raised() ? Result<Bytes*>(Raised{}) : encode_filesystem(thread, text.take());
    if (!bytes.is_raised()) return bytes.take();
    thread.clear_pending();
  }
  return thread.runtime().empty_bytes();
}

void flush_streams(Thread& thread) {
  for (Str* name : {thread.names().stderr_, thread.names().stdout_}) {
    Optional<Value> stream = thread.runtime().sys_dict()->get_str(name);
    if (!stream || (*stream).is_none()) continue;
    if (call_method(thread, *stream, thread.names().flush).is_raised()) thread.clear_pending();
  }
}

/// The next statement into *text; false at the end of input.
Result<bool> read_statement(Thread& thread, std::string* text) {
  text->clear();
  for (;;) {
    NativeHolder holder(thread);
    Optional<Value> line = TRY(read_terminal_line(thread, prompt(thread, text->empty() ? "ps1" : "ps2")));
    if (!line) {
      if (!text->empty() && write(isatty(0) && isatty(1) ? 1 : 2, "\n", 1) < 0) return false;
      return !text->empty();
    }
    *text += cast<Bytes>(*line)->view();
    bool at_end = text->back() != '\n';
    if (at_end) return true;
    if (!has_code(*text)) {
      text->clear();
      return true;
    }
    if (examine(thread, *text) == Completeness::Complete) return true;
  }
}

Result<void> run_statement(Thread& thread, const std::string& text) {
  SourceOptions options;
  options.mode = syntax::ParseMode::Single;
  options.source_is_utf8 = true;
  Function* function;
  {
    NativeHolder holder(thread);
    TRY(decode_utf8(thread, text));
    Code* code = TRY(compile_source(thread, text, intern(thread, "<stdin>"), options));
    function = TRY(make_plain_function(thread, code, main_module(thread)->dict()));
  }
  TRY(call(thread, to_value(function), to_value(function->globals())));
  return {};
}

void ensure_prompt(Thread& thread, std::string_view name, std::string_view text) {
  Dict* sys = thread.runtime().sys_dict();
  if (sys->get_str(intern(thread, name))) return;
  if (dict_set_name(thread, sys, name, to_value(make_str(thread, text))).is_raised()) thread.clear_pending();
}

}  // namespace

int run_interactive(Thread& thread) {
  {
    NativeHolder holder(thread);
    ensure_prompt(thread, "ps1", ">>> ");
    ensure_prompt(thread, "ps2", "... ");
  }
  std::string text;
  for (;;) {
    auto more = read_statement(thread, &text);
    if (!more.is_raised() && !more.take()) break;
    bool failed = more.is_raised();
    if (failed && thread.pending_is<OSError>()) {  // a closed or broken input ends, as its end does
      thread.clear_pending();
      break;
    }
    if (failed && thread.pending_is<KeyboardInterrupt>() && write(isatty(1) ? 1 : 2, "\n", 1) < 0) {
      // The terminal is gone: the next read says so.
    }
    if (!failed && !text.empty()) failed = run_statement(thread, text).is_raised();
    if (failed) {
      bool leaves = thread.pending_is<SystemExit>();
      int status = report_exception(thread);
      if (leaves) return status;
    }
    flush_streams(thread);
  }
  if (write(isatty(0) && isatty(1) ? 1 : 2, "\n", 1) < 0) return 0;
  return 0;
}

void run_interactive_hook(Thread& thread) {
  NativeHolder holder(thread);
  Optional<Value> hook = thread.runtime().sys_dict()->get_str(intern(thread, "__interactivehook__"));
  if (!hook || !call(thread, *hook).is_raised()) return;
  ExceptionObject* exception = thread.take_pending();
  std::fputs("Failed calling sys.__interactivehook__\n", stderr);
  if (print_exception(thread, exception).is_raised()) thread.clear_pending();
}

void run_startup_file(Thread& thread, const Settings& settings) {
  const char* path = settings.environment("PYTHONSTARTUP");
  if (path == nullptr || *path == 0) return;
  NativeHolder holder(thread);
  std::string source;
  int descriptor = open(path, O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    int error = errno;
    std::fputs("Could not open PYTHONSTARTUP\n", stderr);
    thread.raise_errno(error, to_value(decode_filesystem(thread, path)));
    report_exception(thread);
    return;
  }
  char buffer[4096];
  for (ssize_t count; (count = read(descriptor, buffer, sizeof buffer)) > 0;)
    source.append(buffer, static_cast<size_t>(count));
  close(descriptor);
  SourceOptions options;
  options.from_file = true;
  Dict* globals = main_module(thread)->dict();
  Value name = to_value(decode_filesystem(thread, path));
  auto run = [&]() -> Result<void> {
    TRY(dict_set_name(thread, globals, thread.names().__file__, name));
    Code* code = TRY(compile_source(thread, source, as_str(thread, name), options));
    Function* function = TRY(make_plain_function(thread, code, globals));
    TRY(call(thread, to_value(function), to_value(globals)));
    return {};
  };
  if (run().is_raised()) report_exception(thread);
  globals->delete_str(thread.heap(), thread.names().__file__);
}

void print_banner(const Settings& settings) {
  if (settings.quiet > 0) return;
  std::fputs("Viperine 0.1.0 (Python 3.11.2) on linux\n", stderr);
  if (!settings.no_site)
    std::fputs("Type \"help\", \"copyright\", \"credits\" or \"license\" for more information.\n", stderr);
}

}  // namespace viperine
