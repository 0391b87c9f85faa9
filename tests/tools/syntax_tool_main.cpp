// SPDX-License-Identifier: MIT
// Command line of the front end, for tests: trees, tokens, errors and timings of sources.
//   syntax_tool dump|check|tokens|time [--mode exec|eval|single|func_type] [--bytes|--file] [--incomplete] FILE...
//   syntax_tool cases FILE   sources separated by lines "#### mode flags", each with its answer (tests/golden/syntax)
//   syntax_tool batch        length-prefixed requests on standard input (see run_batch), one process for many sources
#include <sys/stat.h>
#include <time.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "syntax/dump.h"
#include "syntax/parser.h"
#include "syntax/token_reader.h"

namespace viperine::syntax {
namespace {

void print(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }

const char* class_name(ErrorClass error_class) {
  switch (error_class) {
    case ErrorClass::SyntaxError: return "SyntaxError";
    case ErrorClass::IndentationError: return "IndentationError";
    case ErrorClass::TabError: return "TabError";
    case ErrorClass::IncompleteInput: return "SyntaxError";
    case ErrorClass::MemoryError: return "MemoryError";
    case ErrorClass::RecursionError: return "RecursionError";
    case ErrorClass::ValueError: return "ValueError";
    case ErrorClass::OverflowError: return "OverflowError";
    case ErrorClass::UnicodeDecodeError: return "UnicodeDecodeError";
  }
  return "?";
}

void print_number(int32_t value) {
  if (value == Diagnostic::kNone)
    print("None");
  else
    std::printf("%d", value);
}

void print_json(std::string_view text) {
  std::putchar('"');
  for (char c : text) {
    if (c == '"' || c == '\\') std::printf("\\%c", c);
    else if (static_cast<unsigned char>(c) < 0x20) std::printf("\\u%04x", c);
    else std::putchar(c);
  }
  std::putchar('"');
}

/// Class, message, line, offset, end line, end offset, text: one line of tab-separated JSON-like fields.
void print_error(const Diagnostic& error) {
  std::printf("%s\t", class_name(error.error_class));
  print_json(error.message);
  if (error.error_class == ErrorClass::MemoryError || !error.has_location) return print("\n");
  for (int32_t number : {error.lineno, error.offset, error.end_lineno, error.end_offset}) {
    print("\t");
    print_number(number);
  }
  print("\t");
  if (error.has_line_text)
    print_json(error.line_text);
  else
    print("None");
  print("\n");
}

void print_warnings(const ParseResult& result) {
  for (const Warning& warning : result.warnings) {
    std::printf("%s\t%d\t", warning.category == WarningCategory::SyntaxWarning ? "SyntaxWarning" : "DeprecationWarning",
                warning.lineno);
    print_json(warning.message);
    print("\n");
  }
}

void print_tree(const ast::Node* tree) {
  Buffer<char> out;
  dump_tree(tree, {}, out);
  print({out.data(), out.size()});
  print("\n");
}

bool read_all(std::FILE* file, Buffer<char>* bytes) {
  char piece[65536];
  for (size_t count; (count = std::fread(piece, 1, sizeof piece, file)) > 0;)
    for (size_t i = 0; i < count; ++i) bytes->push(piece[i]);
  return !std::ferror(file);
}

bool parse_mode(std::string_view name, ParseMode* mode) {
  if (name == "exec") *mode = ParseMode::Exec;
  else if (name == "eval") *mode = ParseMode::Eval;
  else if (name == "single") *mode = ParseMode::Single;
  else if (name == "func_type") *mode = ParseMode::FunctionType;
  else return false;
  return true;
}

/// Flags: letters of d (dump), w (warnings), b (bytes), i (allow incomplete), D (don't imply dedents), t (type
/// comments), f (barry), v and a number (minor version of the language), - (none).
void answer(std::string_view source, ParseMode mode, const char* flags) {
  Arena arena;
  ParseOptions options;
  options.mode = mode;
  options.source_is_utf8 = !std::strchr(flags, 'b');
  options.allow_incomplete_input = std::strchr(flags, 'i');
  options.dont_imply_dedent = std::strchr(flags, 'D');
  options.type_comments = std::strchr(flags, 't');
  options.barry_as_bdfl = std::strchr(flags, 'f');
  if (const char* version = std::strchr(flags, 'v')) options.feature_version = std::atoi(version + 1);
  ParseResult result = parse(arena, source, options);
  if (std::strchr(flags, 'w')) print_warnings(result);
  if (result.error)
    print_error(*result.error);
  else if (std::strchr(flags, 'd'))
    print_tree(result.tree);
  else
    print("ok\n");
}

/// Requests "MODE FLAGS LENGTH\n" + bytes. Each answer ends with a line of one dot.
int run_batch() {
  char mode_name[32], flags[32];
  size_t length;
  while (std::scanf("%31s %31s %zu", mode_name, flags, &length) == 3) {
    std::getchar();
    char* bytes = static_cast<char*>(std::malloc(length + 1));
    if (std::fread(bytes, 1, length, stdin) != length) return 1;
    ParseMode mode = ParseMode::Exec;
    parse_mode(mode_name, &mode);
    answer({bytes, length}, mode, flags);
    print(".\n");
    std::fflush(stdout);
    std::free(bytes);
  }
  return 0;
}

/// Prints each case's head and source again, then the answer.
int run_cases(const char* path) {
  std::FILE* file = std::fopen(path, "rb");
  Buffer<char> bytes;
  if (!file || !read_all(file, &bytes)) return std::perror(path), 2;
  std::fclose(file);
  std::string_view rest(bytes.data(), bytes.size());
  while (!rest.empty()) {
    size_t next = rest.find("\n#### ");
    std::string_view one = rest.substr(0, next == std::string_view::npos ? next : next + 1);
    rest.remove_prefix(one.size());
    print(one);
    char mode_name[32] = "", flags[32] = "-";
    size_t line = one.find('\n');
    char head[80] = {};
    one.substr(0, line).copy(head, sizeof head - 1);
    ParseMode mode;
    if (std::sscanf(head, "#### %31s %31s", mode_name, flags) < 1 || !parse_mode(mode_name, &mode)) return 2;
    print("---- ");
    answer(one.substr(line + 1), mode, flags);
  }
  return 0;
}

void print_tokens(std::string_view source, const ParseOptions& options) {
  Arena arena;
  Session session(arena, options);
  char* text = static_cast<char*>(arena.allocate(source.size() + 1));
  std::memcpy(text, source.data(), source.size());
  TokenReader reader(session, {text, source.size()}, options.mode, {});
  Token token;
  bool good;
  do {
    good = reader.read(&token);
    std::printf("%d,%d-%d,%d\t%s\t", token.lineno, token.col_offset, token.end_lineno, token.end_col_offset,
                spelling_of(token.type));
    print_json(token.text());
    print("\n");
  } while (good && token.type != TokenType::EndMarker);
  if (!good) reader.raise_tokenizer_error(token);
  if (session.error()) print_error(*session.error());
}

double seconds() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

int run(int count, char** words) {
  std::string_view command = count > 1 ? words[1] : "";
  if (command == "batch") return run_batch();
  if (command == "cases" && count == 3) return run_cases(words[2]);
  ParseOptions options;
  options.source_is_utf8 = true;
  double total = 0;
  size_t size = 0, memory = 0;
  int failures = 0;
  for (int i = 2; i < count; ++i) {
    std::string_view word = words[i];
    if (word == "--mode") {
      if (++i == count || !parse_mode(words[i], &options.mode)) return 2;
      continue;
    }
    if (word == "--bytes") { options.source_is_utf8 = false; continue; }
    if (word == "--file") { options.source_is_utf8 = false, options.from_file = true; continue; }
    if (word == "--incomplete") { options.allow_incomplete_input = true; continue; }
    std::FILE* file = word == "-" ? stdin : std::fopen(words[i], "rb");
    Buffer<char> bytes;
    if (!file || !read_all(file, &bytes)) return std::perror(words[i]), 2;
    options.file_name = word;
    if (file != stdin) std::fclose(file);
    std::string_view source(bytes.data() ? bytes.data() : "", bytes.size());
    if (command == "tokens") {
      print_tokens(source, options);
      continue;
    }
    Arena arena;
    double start = seconds();
    ParseResult result = parse(arena, source, options);
    total += seconds() - start;
    size += source.size();
    memory += arena.bytes_used();
    failures += result.error != nullptr;
    if (command == "time") continue;
    print_warnings(result);
    if (result.error) print_error(*result.error);
    else if (command == "dump") print_tree(result.tree);
  }
  if (command == "time")
    std::printf("%zu bytes, %.4f s, %.1f MB/s, %zu bytes of arena, %d failed\n", size, total,
                static_cast<double>(size) / total / 1e6, memory, failures);
  return failures != 0;
}

}  // namespace
}  // namespace viperine::syntax

int main(int count, char** words) { return viperine::syntax::run(count, words); }
