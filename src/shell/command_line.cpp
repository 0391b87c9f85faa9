// SPDX-License-Identifier: MIT
// The command line: options, environment, what to run, exit status.
#include "shell/command_line.h"

#include <cstdio>
#include <cstdlib>
#include <string>

#include "objects/module.h"
#include "runtime/containers.h"
#include "runtime/materialize.h"
#include "runtime/operators.h"
#include "runtime/source.h"
#include "runtime/strings.h"
#include "runtime/interpreter_data.h"
#include "shell/import_system.h"
#include "shell/startup.h"

namespace viperine {

namespace {

bool read_file(const char* path, std::string& out) {
  std::FILE* file = std::fopen(path, "rb");
  if (file == nullptr) return false;
  char buffer[65536];
  for (size_t count; (count = std::fread(buffer, 1, sizeof buffer, file)) > 0;) out.append(buffer, count);
  std::fclose(file);
  return true;
}

int report(Thread& thread) {
  ExceptionObject* exception = thread.take_pending();
  Str* type = type_of(thread, to_value(exception))->name();
  for (Value at = exception->traceback_.get(); is<Traceback>(at); at = cast<Traceback>(at)->next_.get()) {
    auto* entry = cast<Traceback>(at);
    Code* code = static_cast<Frame*>(entry->frame_.get().as_object())->function_->code();
    std::fprintf(stderr, "  %.*s:%d %.*s\n", static_cast<int>(code->filename_->length()), code->filename_->data8(),
                 line_at(code, entry->word_), static_cast<int>(code->name_->length()), code->name_->data8());
  }
  auto text = str(thread, to_value(exception));
  std::fprintf(stderr, "%.*s: %.*s\n", static_cast<int>(type->length()), type->data8(),
               text.is_raised() ? 0 : static_cast<int>(text.take()->length()), text.is_raised() ? nullptr : text.take()->data8());
  return 1;
}

}  // namespace

int run_command_line(int argument_count, char** arguments) {
  if (argument_count < 2) return 2;
  RuntimeOptions options;
  Runtime* runtime = start_runtime(options);
  if (runtime == nullptr) return 1;
  Thread& thread = *runtime->main_thread();
  std::string source;
  std::string_view name = arguments[1];
  if (name == "-c" && argument_count > 2)
    source = arguments[2], name = "<string>";
  else if (!read_file(arguments[1], source))
    return 2;
  ImportSettings settings;
  settings.path = {"/usr/lib/python3.11"};
  settings.write_bytecode = false;
  auto started = start_import_system(thread, settings);
  if (started.is_raised()) return report(thread);
  SourceOptions source_options;
  auto code = compile_source(thread, source, make_str(thread, name), source_options);
  Result<Value> result = Raised{};
  if (!code.is_raised()) {
    Dict* globals = Dict::make(thread.heap());
    auto function = make_plain_function(thread, code.take(), globals);
    result = call(thread, to_value(function.take()), to_value(globals));
  }
  if (result.is_raised()) return report(thread);
  return 0;
}

}  // namespace viperine
