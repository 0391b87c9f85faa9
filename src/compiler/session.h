// SPDX-License-Identifier: MIT
// What the stages of one compilation share: arena, options, the first error, the warnings, the depth of nesting.
// Invariant: after the first error nothing overwrites it; stages stop at the next statement or expression.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/arena.h"
#include "compiler/compiler.h"
#include "syntax/ast.h"
#include "syntax/diagnostics.h"

namespace viperine::compiler {

/// Source range of an instruction or message; line 0 = none.
struct Position {
  int32_t line = 0, end_line = 0;
  int32_t column = -1, end_column = -1;
  bool operator==(const Position&) const = default;
};

inline Position position_of(const ast::PositionedNode* node) {
  return {node->lineno, node->end_lineno, node->col_offset, node->end_col_offset};
}

struct Session {
  Arena& arena;
  const CompileOptions& options;
  const syntax::Diagnostic* error = nullptr;
  std::vector<syntax::Warning> warnings;
  uint32_t future_flags = 0;
  int future_line = -1;  // line of the last valid __future__ import
  int depth = 0;

  bool failed() const { return error != nullptr; }

  /// A SyntaxError at `position`; with a start only (no end column) as old-style messages have.
  void fail(const Position& position, std::string_view message, bool start_only = false) {
    if (error) return;
    error = make_error(position, arena.copy(message), start_only);
  }
  void fail_depth() {
    if (error) return;
    auto* made = arena.make<syntax::Diagnostic>();
    made->error_class = syntax::ErrorClass::RecursionError;
    made->message = "maximum recursion depth exceeded during compilation";
    made->has_location = false;
    error = made;
  }
  void warn(const Position& position, const std::string& message) {
    std::string_view text = arena.copy(std::string_view(message));
    warnings.push_back(
        {syntax::WarningCategory::SyntaxWarning, text, position.line, *make_error(position, text, false)});
  }

 private:
  syntax::Diagnostic* make_error(const Position& position, std::string_view message, bool start_only) {
    auto* made = arena.make<syntax::Diagnostic>();
    made->message = message;
    made->lineno = position.line;
    made->offset = position.column + 1;
    made->end_lineno = position.end_line;
    made->end_offset = position.end_column + 1;
    if (start_only) {
      made->end_lineno = position.line;
      made->end_offset = syntax::Diagnostic::kNone;
    }
    return made;
  }
};

/// Counts the nesting of recursive visits; false (and an error) beyond the limit.
class DepthGuard {
 public:
  explicit DepthGuard(Session& session) : session_(session) {
    if (++session_.depth > session_.options.depth_limit) session_.fail_depth();
  }
  ~DepthGuard() { --session_.depth; }
  DepthGuard(const DepthGuard&) = delete;
  DepthGuard& operator=(const DepthGuard&) = delete;

 private:
  Session& session_;
};

}  // namespace viperine::compiler
