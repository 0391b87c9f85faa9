// SPDX-License-Identifier: MIT
// Compiles a file and prints the listing, the error or (with -q, for many files) only failures; always verifies.
// compile_tool [-q] [-p] [-O] [-OO] [-e | -i] [-a] file...      -p: positions; -d: data; -e eval, -i interactive, -a
// top-level await
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
  bool quiet = false, positions = false, data = false;
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
    default: return "other error";
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

// ---- the blueprint as a Python literal, for tests/tools/bytecode_machine.py
void hex(std::string& out, std::string_view text) {
  out += "'";
  for (char letter : text) {
    out.push_back("0123456789abcdef"[static_cast<unsigned char>(letter) >> 4]);
    out.push_back("0123456789abcdef"[letter & 15]);
  }
  out += "'";
}

void data_of(std::string& out, const Blueprint& code);

void data_of(std::string& out, const BlueprintConstant& constant) {
  out += "(" + std::to_string(static_cast<int>(constant.kind)) + ",";
  char buffer[80];
  switch (constant.kind) {
    case BlueprintConstant::Kind::Int:
      out += constant.text.empty() ? std::to_string(constant.small) : std::string(constant.text);
      break;
    case BlueprintConstant::Kind::Float: case BlueprintConstant::Kind::Complex:
      std::snprintf(buffer, sizeof buffer, "'%a','%a'", constant.real, constant.imaginary);
      out += buffer;
      break;
    case BlueprintConstant::Kind::Str: case BlueprintConstant::Kind::Bytes: hex(out, constant.text); break;
    case BlueprintConstant::Kind::Tuple: case BlueprintConstant::Kind::FrozenSet:
      out += "[";
      for (const BlueprintConstant& item : constant.items) data_of(out, item), out += ",";
      out += "]";
      break;
    case BlueprintConstant::Kind::Code: data_of(out, *constant.code); break;
    default: break;
  }
  out += ")";
}

void names_of(std::string& out, const char* key, std::span<const std::string_view> names) {
  out += std::string("'") + key + "':[";
  for (std::string_view name : names) hex(out, name), out += ",";
  out += "],";
}

template <typename T>
void numbers_of(std::string& out, const char* key, std::span<const T> numbers) {
  out += std::string("'") + key + "':[";
  for (T number : numbers) out += std::to_string(number) + ",";
  out += "],";
}

void data_of(std::string& out, const Blueprint& code) {
  out += "{'name':";
  hex(out, code.name);
  out += ",'qualname':";
  hex(out, code.qualified_name);
  out += ",'line':" + std::to_string(code.first_line) + ",'flags':" + std::to_string(code.flags);
  out += ",'arguments':(" + std::to_string(code.positional_count) + "," + std::to_string(code.positional_only_count) +
         "," + std::to_string(code.keyword_only_count) + "),'registers':" + std::to_string(code.register_count) + ",";
  names_of(out, "variables", code.variable_names);
  names_of(out, "cells", code.cell_names);
  names_of(out, "free", code.free_names);
  numbers_of(out, "cell_registers", code.cell_registers);
  numbers_of(out, "free_registers", code.free_registers);
  numbers_of(out, "code", code.code);
  out += "'exceptions':[";
  for (const ExceptionRange& range : code.exceptions)
    out += "(" + std::to_string(range.start) + "," + std::to_string(range.end) + "," + std::to_string(range.handler) +
           "," + std::to_string(range.target) + "),";
  out += "],'constants':[";
  for (const BlueprintConstant& constant : code.constants) data_of(out, constant), out += ",";
  out += "]}";
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
    if (!options.quiet && !options.data)
      std::printf("SyntaxWarning: %.*s @ %d %d %d %d\n", static_cast<int>(warning.message.size()),
                  warning.message.data(), warning.lineno, warning.as_error.offset, warning.as_error.end_lineno,
                  warning.as_error.end_offset);
  if (!result.blueprint) return report(path, *result.error, options.quiet);
  std::string fault = verify(*result.blueprint);
  if (!fault.empty()) return std::printf("%s: verifier: %s\n", path, fault.c_str()), 1;
  if (options.data) {
    std::string text;
    data_of(text, *result.blueprint);
    std::printf("%s\n", text.c_str());
  } else if (!options.quiet) {
    std::string text =
        disassemble(*result.blueprint, options.positions ? ListingDetail::Positions : ListingDetail::Brief);
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
    } else if (word == "-d") {
      options.data = true;
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
