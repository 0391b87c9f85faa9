// SPDX-License-Identifier: MIT
// From source text to a Code object: parser, compiler and materialisation in one step, with SyntaxErrors raised as
// exceptions.
#pragma once

#include "compiler/compiler.h"
#include "objects/list.h"
#include "runtime/runtime.h"
#include "syntax/parser.h"

namespace viperine {

struct SourceOptions {
  syntax::ParseMode mode = syntax::ParseMode::Exec;
  uint32_t flags = 0;            // compiler::CompileFlags
  int optimize = -1;             // -1: the runtime's
  bool source_is_utf8 = false;   // the source was a str
  bool from_file = false;
  bool dont_imply_dedent = false;
  bool allow_incomplete_input = false;
  bool type_comments = false;
};

/// `filename` as in co_filename. Warnings are issued through the warnings module.
Result<Code*> compile_source(Thread& thread, std::string_view source, Str* filename, const SourceOptions& options);
/// Runs a parsed tree through the compiler.
Result<Code*> compile_parsed(Thread& thread, Arena& arena, ast::ModNode* tree, Str* filename,
                             const SourceOptions& options, List* opaque = nullptr);
/// Raises the SyntaxError (or other exception) that a diagnostic describes.
Raised raise_diagnostic(Thread& thread, const syntax::Diagnostic& diagnostic, Str* filename, std::string_view source);
syntax::ParseOptions parse_options(Thread& thread, const SourceOptions& options, std::string_view filename);
Result<void> issue_warnings(Thread& thread, std::span<const syntax::Warning> warnings, Str* filename,
                            std::string_view source);

}  // namespace viperine
