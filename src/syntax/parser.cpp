// SPDX-License-Identifier: MIT
// The order of things in one parse: decode, build the tree; if that fails, find out what to say.
#include "syntax/parser.h"

#include "syntax/error_finder.h"
#include "syntax/source_text.h"
#include "syntax/tree_parser.h"

namespace viperine::syntax {

namespace {

/// Whether anything but blanks and comments is left after one interactive statement.
bool has_more_statements(const char* rest) {
  if (!rest) return false;
  for (const char* p = rest; *p; ++p) {
    if (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\f') continue;
    if (*p != '#') return true;
    while (p[1] && *p != '\n') ++p;
  }
  return false;
}

ast::ModNode* build_tree(Session& session, std::string_view text) {
  TreeParser parser(session, text, session.options().mode, {});
  ast::ModNode* tree = parser.parse_module();
  session.clear_error();
  if (!tree) {
    session.warnings().truncate(0);
    find_error(session, text, parser.too_deep());
    return nullptr;
  }
  if (session.options().mode == ParseMode::Single && has_more_statements(parser.rest_of_source())) {
    report_multiple_statements(session, text);
    return nullptr;
  }
  return tree;
}

}  // namespace

ParseResult parse(Arena& arena, std::string_view source, const ParseOptions& options) {
  Session session(arena, options);
  ParseResult result;
  SourceText text;
  if (read_source(session, source, &text)) result.tree = build_tree(session, text.text);
  result.encoding = text.encoding;
  result.error = session.error();
  result.warnings = arena.copy<Warning>({session.warnings().data(), session.warnings().size()});
  return result;
}

}  // namespace viperine::syntax
