// SPDX-License-Identifier: MIT
// Compiling source text for exec, eval, compile, import and the command line; turning diagnostics into exceptions.
#include "runtime/source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <string>

#include "objects/list.h"
#include "runtime/attributes.h"
#include "runtime/containers.h"
#include "runtime/import.h"
#include "runtime/materialize.h"
#include "runtime/operators.h"
#include "runtime/strings.h"

namespace viperine {

namespace {

ExceptionKind kind_of(syntax::ErrorClass error_class) {
  switch (error_class) {
    case syntax::ErrorClass::SyntaxError:
    case syntax::ErrorClass::IncompleteInput:
      return ExceptionKind::SyntaxError;
    case syntax::ErrorClass::IndentationError:
      return ExceptionKind::IndentationError;
    case syntax::ErrorClass::TabError:
      return ExceptionKind::TabError;
    case syntax::ErrorClass::MemoryError:
      return ExceptionKind::MemoryError;
    case syntax::ErrorClass::RecursionError:
      return ExceptionKind::RecursionError;
    case syntax::ErrorClass::ValueError:
      return ExceptionKind::ValueError;
    case syntax::ErrorClass::OverflowError:
      return ExceptionKind::OverflowError;
    case syntax::ErrorClass::UnicodeDecodeError:
      return ExceptionKind::UnicodeDecodeError;
  }
  return ExceptionKind::SyntaxError;
}

/// Line `number` (from 1) of the source, with its newline; empty when there is no such line.
std::string_view source_line(std::string_view source, int32_t number) {
  size_t start = 0;
  for (int32_t line = 1; line < number; ++line) {
    size_t end = source.find('\n', start);
    if (end == std::string_view::npos) return {};
    start = end + 1;
  }
  size_t end = source.find('\n', start);
  return source.substr(start, end == std::string_view::npos ? std::string_view::npos : end - start + 1);
}

/// The text of a regular file, empty when it cannot be read.
std::string text_of_file(const char* path) {
  std::string text;
  int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
  if (file < 0) return text;
  struct stat status;
  if (fstat(file, &status) == 0 && S_ISREG(status.st_mode)) {
    text.resize(static_cast<size_t>(status.st_size));
    ssize_t count = read(file, text.data(), text.size());
    text.resize(count < 0 ? 0 : static_cast<size_t>(count));
  }
  close(file);
  return text;
}

Value optional_number(int32_t number) {
  return number == syntax::Diagnostic::kNone ? Value::none() : Value::from_int(number);
}

}  // namespace

Raised raise_diagnostic(Thread& thread, const syntax::Diagnostic& diagnostic, Str* filename, std::string_view source) {
  ExceptionKind kind = kind_of(diagnostic.error_class);
  if (kind == ExceptionKind::MemoryError) return thread.raise_memory_error();
  bool is_syntax =
      kind == ExceptionKind::SyntaxError || kind == ExceptionKind::IndentationError || kind == ExceptionKind::TabError;
  if (!is_syntax) return thread.raise_text(kind, "{}", std::array{TextArgument(diagnostic.message)}.data(), 1);
  Value text = Value::none();
  if (diagnostic.has_line_text) {
    text = to_value(make_str(thread, diagnostic.line_text));
  } else if (std::string_view line = source_line(source, diagnostic.lineno); !line.empty()) {
    auto decoded = decode_utf8(thread, line);
    if (decoded.is_raised())
      thread.clear_pending();
    else
      text = to_value(decoded.take());
  }
  bool has_line = diagnostic.lineno != 0;
  Tuple* place = !has_line ? Tuple::of(thread.heap(), to_value(filename), Value::from_int(0),
                                       optional_number(diagnostic.offset), Value::none())
                           : Tuple::of(thread.heap(), to_value(filename), optional_number(diagnostic.lineno),
                                       optional_number(diagnostic.offset), text, optional_number(diagnostic.end_lineno),
                                       optional_number(diagnostic.end_offset));
  Value type = to_value(thread.runtime().exception_type(kind)),
        message = to_value(make_str(thread, diagnostic.message));
  auto error = diagnostic.has_location ? call(thread, type, message, to_value(place)) : call(thread, type, message);
  if (error.is_raised()) return Raised{};
  return thread.raise_object(cast<ExceptionObject>(error.take()));
}

Result<void> issue_warnings(Thread& thread, std::span<const syntax::Warning> warnings, Str* filename,
                            std::string_view source) {
  for (const syntax::Warning& warning : warnings) {
    Value category = to_value(warning.category == syntax::WarningCategory::SyntaxWarning
                                  ? thread.runtime().exception_type<SyntaxWarning>()
                                  : thread.runtime().exception_type<DeprecationWarning>());
    Value module = TRY(import_module(thread, "_warnings"));
    Value warn = TRY(get_attribute(thread, module, "warn_explicit"));
    auto result = call(thread, warn, to_value(make_str(thread, warning.message)), category, to_value(filename),
                       Value::from_int(warning.lineno));
    if (!result.is_raised()) continue;
    if (!is_instance(thread, to_value(thread.pending()), cast<Type>(category))) return Raised{};
    thread.clear_pending();
    return raise_diagnostic(thread, warning.as_error, filename, source);
  }
  return {};
}

syntax::ParseOptions parse_options(Thread& thread, const SourceOptions& options, std::string_view filename) {
  syntax::ParseOptions parse;
  parse.mode = options.mode;
  parse.file_name = filename;
  parse.source_is_utf8 = options.source_is_utf8;
  parse.from_file = options.from_file;
  parse.dont_imply_dedent = options.dont_imply_dedent;
  parse.allow_incomplete_input = options.allow_incomplete_input;
  parse.type_comments = options.type_comments;
  parse.barry_as_bdfl = (options.flags & compiler::kFutureBarryAsBdfl) != 0;
  parse.max_str_digits = static_cast<int>(thread.runtime().options().int_max_str_digits);
  parse.decode = [](void* context, std::string_view encoding, std::string_view bytes, Arena& arena,
                    std::string_view* utf8, std::string_view* error) {
    auto& current = *static_cast<Thread*>(context);
    Value data = to_value(make_bytes(current, bytes));
    auto text = call_method(current, data, current.names().decode, to_value(make_str(current, encoding)));
    if (text.is_raised()) {
      ExceptionObject* exception = current.take_pending();
      auto message = str(current, to_value(exception));
      if (message.is_raised()) current.clear_pending();
      *error = message.is_raised() ? "unknown encoding"
                                   : arena.copy(message.take()->is_ascii() ? message.take()->ascii() : "");
      return false;
    }
    auto encoded = encode_utf8(current, as_str(current, text.take()));
    if (encoded.is_raised()) {
      current.clear_pending();
      *error = "encoding problem";
      return false;
    }
    *utf8 = arena.copy(encoded.take()->view());
    return true;
  };
  parse.decode_context = &thread;
  return parse;
}

// As in CPython, what the compiler (not the parser) complains about is shown from the file of that name, if there is
// one.
Result<Code*> compile_parsed(Thread& thread, Arena& arena, ast::ModNode* tree, Str* filename,
                             const SourceOptions& options, List* opaque) {
  Bytes* name = TRY(encode_filesystem(thread, filename));
  compiler::CompileOptions compile;
  compile.filename = arena.copy(name->view());
  compile.flags = options.flags;
  compile.optimize = options.optimize < 0 ? static_cast<int>(thread.runtime().options().optimize) : options.optimize;
  compiler::CompileResult compiled = compiler::compile_tree(arena, tree, compile);
  std::string text;
  if (compiled.error != nullptr || !compiled.warnings.empty()) text = text_of_file(std::string(name->view()).c_str());
  TRY(issue_warnings(thread, compiled.warnings, filename, text));
  if (compiled.error != nullptr) return raise_diagnostic(thread, *compiled.error, filename, text);
  return materialize(thread, *compiled.blueprint, opaque);
}

Result<Code*> compile_source(Thread& thread, std::string_view source, Str* filename, const SourceOptions& options) {
  Arena arena;
  Bytes* name = TRY(encode_filesystem(thread, filename));
  syntax::ParseResult parsed = syntax::parse(arena, source, parse_options(thread, options, arena.copy(name->view())));
  TRY(issue_warnings(thread, parsed.warnings, filename, source));
  if (parsed.tree == nullptr) return raise_diagnostic(thread, *parsed.error, filename, source);
  return compile_parsed(thread, arena, parsed.tree, filename, options);
}

}  // namespace viperine
