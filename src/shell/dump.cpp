// SPDX-License-Identifier: MIT
// The listings of -X dump. Each stage's text is made by the stage's own folder.
#include "shell/dump.h"

#include <cstdio>
#include <string>

#include "bytecode/disassembler.h"
#include "compiler/compiler.h"
#include "compiler/scopes_dump.h"
#include "interpreter/feedback.h"
#include "syntax/dump.h"
#include "syntax/parser.h"

namespace viperine {

namespace {

std::string_view only_name(const Settings& settings) {
  const char* only = settings.x_option("only");
  return only == nullptr ? std::string_view() : std::string_view(only);
}

/// The listing of `code` and what is nested in it, as far as its qualified name is wanted.
void list_code(const Blueprint& code, std::string_view only, std::string& out) {
  if (code.qualified_name == only) {
    out += disassemble(code);
    return;
  }
  for (const BlueprintConstant& constant : code.constants)
    if (constant.kind == BlueprintConstant::Kind::Code) list_code(*constant.code, only, out);
}

}  // namespace

bool wants_dump(const Settings& settings, std::string_view stage) {
  const char* stages = settings.x_option("dump");
  std::string_view rest = stages == nullptr ? std::string_view() : std::string_view(stages);
  while (!rest.empty()) {
    size_t comma = rest.find(',');
    if (rest.substr(0, comma) == stage) return true;
    rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
  }
  return false;
}

void dump_source(const Settings& settings, std::string_view source, int optimize) {
  bool ast = wants_dump(settings, "ast"), bytecode = wants_dump(settings, "bytecode");
  bool scopes = wants_dump(settings, "scopes");
  if (!ast && !scopes && !bytecode) return;
  Arena arena;
  syntax::ParseOptions parse;
  parse.file_name = "<program>";
  syntax::ParseResult parsed = syntax::parse(arena, source, parse);
  if (parsed.tree == nullptr) return;
  if (ast) {
    syntax::Buffer<char> text;
    syntax::dump_tree(parsed.tree, {}, text);
    std::fwrite(text.data(), 1, text.size(), stderr);
    std::fputc('\n', stderr);
  }
  compiler::CompileOptions options;
  options.filename = parse.file_name;
  options.optimize = optimize;
  if (scopes) std::fputs(compiler::scopes_listing(arena, parsed.tree, options).c_str(), stderr);
  if (!bytecode) return;
  compiler::CompileResult result = compiler::compile_tree(arena, parsed.tree, options);
  if (result.blueprint == nullptr) return;
  std::string out;
  if (std::string_view only = only_name(settings); only.empty())
    out = disassemble(*result.blueprint);
  else
    list_code(*result.blueprint, only, out);
  std::fwrite(out.data(), 1, out.size(), stderr);
}

void dump_at_end(const Settings& settings, Runtime& runtime) {
  std::fflush(stderr);
  if (wants_dump(settings, "feedback")) dump_feedback(runtime, only_name(settings), 2);
}

}  // namespace viperine
