// SPDX-License-Identifier: MIT
// Compiles a file and prints the listing, the error or (with -q, for many files) only failures; always verifies.
// compile_tool [-q] [-p] [-O] [-OO] [-e | -i] [-a] file...      -p: positions; -e eval, -i interactive, -a top-level await
#include <cstdio>
#include <cstring>
#include <string>

#include "bytecode/disassembler.h"
#include "bytecode/verifier.h"
#include "compiler/compiler.h"
#include "syntax/parser.h"

using namespace viperine;

namespace {

struct Options {
  bool quiet = false, positions = false;
  syntax::ParseMode mode = syntax::ParseMode::Exec;
  compiler::CompileOptions compile;
};

bool read_file(const char* path, std::string* out) {
  std::FILE* file = std::strcmp(path, "-") == 0 ? stdin : std::fopen(path, "rb");
  if (!file) return false;
  char buffer[65536];
  for (size_t count; (count = std::fread(buffer, 1, sizeof buffer, file)) > 0;) out->append(buffer, count);
  if (file != stdin) std::fclose(file);
  return true;
}

const char* class_name(syntax::ErrorClass error) {
  switch (error) {
    case syntax::ErrorClass::SyntaxError: return "SyntaxError";
    case syntax::ErrorClass::IndentationError: return "IndentationError";
    case syntax::ErrorClass::TabError: return "TabError";
    case syntax::ErrorClass::IncompleteInput: return "SyntaxError";
    case syntax::ErrorClass::MemoryError: return "MemoryError";
    case syntax::ErrorClass::RecursionError: return "RecursionError";
    case syntax::ErrorClass::ValueError: return "ValueError";
    case syntax::ErrorClass::OverflowError: return "OverflowError";
  }
  return "?";
}

void print_number(int32_t number) {
  if (number == syntax::Diagnostic::kNone) {
    std::printf(" None");
  } else {
    std::printf(" %d", number);
  }
}

int report(const char* path, const syntax::Diagnostic& error, bool quiet) {
  if (quiet) std::printf("%s: ", path);
  std::printf("%s: %.*s", class_name(error.error_class), static_cast<int>(error.message.size()), error.message.data());
  if (error.has_location) {
    std::printf(" @");
    for (int32_t number : {error.lineno, error.offset, error.end_lineno, error.end_offset}) print_number(number);
  }
  std::printf("\n");
  return 1;
}

int compile_file(const char* path, Options options) {
  std::string source;
  if (!read_file(path, &source)) return std::printf("%s: cannot be read\n", path), 1;
  Arena arena;
  syntax::ParseOptions parse;
  parse.mode = options.mode;
  parse.file_name = path;
  syntax::ParseResult tree = syntax::parse(arena, source, parse);
  if (!tree.tree) return report(path, *tree.error, options.quiet);
  options.compile.filename = path;
  compiler::CompileResult result = compiler::compile_tree(arena, tree.tree, options.compile);
  for (const syntax::Warning& warning : result.warnings)
    if (!options.quiet)
      std::printf("SyntaxWarning: %.*s @ %d %d %d %d\n", static_cast<int>(warning.message.size()), warning.message.data(),
                  warning.lineno, warning.as_error.offset, warning.as_error.end_lineno, warning.as_error.end_offset);
  if (!result.blueprint) return report(path, *result.error, options.quiet);
  std::string fault = verify(*result.blueprint);
  if (!fault.empty()) return std::printf("%s: verifier: %s\n", path, fault.c_str()), 1;
  if (!options.quiet) {
    std::string text = disassemble(*result.blueprint, options.positions ? ListingDetail::Positions : ListingDetail::Brief);
    std::fwrite(text.data(), 1, text.size(), stdout);
  }
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  Options options;
  int status = 0;
  for (int i = 1; i < count; ++i) {
    const std::string_view word = arguments[i];
    if (word == "-q") {
      options.quiet = true;
    } else if (word == "-p") {
      options.positions = true;
    } else if (word == "-O") {
      options.compile.optimize = 1;
    } else if (word == "-OO") {
      options.compile.optimize = 2;
    } else if (word == "-e") {
      options.mode = syntax::ParseMode::Eval;
    } else if (word == "-i") {
      options.mode = syntax::ParseMode::Single;
    } else if (word == "-a") {
      options.compile.flags |= compiler::kAllowTopLevelAwait;
    } else {
      status |= compile_file(arguments[i], options);
    }
  }
  return status;
}
