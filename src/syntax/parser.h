// SPDX-License-Identifier: MIT
// The front end's door: source bytes in, syntax tree or diagnostic out.
// Decoding is source_text.h, tokens are tokenizer.h, the tree is ast.h. Nothing here knows Values or raises.
// Invariant: never overflows the C stack, whatever the input; everything returned lives in the given Arena.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "base/arena.h"
#include "syntax/ast.h"
#include "syntax/diagnostics.h"

namespace viperine::syntax {

enum class ParseMode : uint8_t {
  Exec,          // a module
  Eval,          // one expression
  Single,        // one interactive statement
  FunctionType,  // a PEP 484 signature comment: "(int, str) -> None"
};

/// Decodes a source whose cookie names a codec other than utf-8, latin-1 and ascii. On success writes UTF-8 in the
/// arena to *utf8; otherwise writes the message of the SyntaxError (usually "unknown encoding: x") to *error.
using DecodeFunction = bool (*)(void* context, std::string_view encoding, std::string_view bytes, Arena& arena,
                                std::string_view* utf8, std::string_view* error);

struct ParseOptions {
  ParseMode mode = ParseMode::Exec;
  /// The name in messages about undecodable files; the exception's `filename` is the caller's affair.
  std::string_view file_name = "<string>";
  bool source_is_utf8 = false;           // PyCF_IGNORE_COOKIE: the source was a str; it may hold encoded surrogates
  bool from_file = false;                // messages of a script or module being read, not of compile()
  bool dont_imply_dedent = false;        // PyCF_DONT_IMPLY_DEDENT
  bool allow_incomplete_input = false;   // PyCF_ALLOW_INCOMPLETE_INPUT
  bool type_comments = false;            // PyCF_TYPE_COMMENTS
  bool barry_as_bdfl = false;            // from __future__ import barry_as_FLUFL was in force
  int feature_version = 11;              // minor version of the language (PyCF_ONLY_AST's _feature_version)
  int max_str_digits = 4300;             // sys.get_int_max_str_digits(); 0: no limit
  DecodeFunction decode = nullptr;
  void* decode_context = nullptr;
};

struct ParseResult {
  ast::ModNode* tree = nullptr;       // nullptr: see error
  const Diagnostic* error = nullptr;
  std::span<const Warning> warnings;  // in the order in which CPython issues them
  std::string_view encoding;          // normalised name of the source encoding: "utf-8", "iso-8859-1", ...
};

ParseResult parse(Arena& arena, std::string_view source, const ParseOptions& options);

}  // namespace viperine::syntax
