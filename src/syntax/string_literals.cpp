// SPDX-License-Identifier: MIT
// Concatenation of string tokens and the f-string scanner of Python 3.11, whose expressions are cut out of the literal
// by counting quotes and brackets before they are parsed.
// Places: every part of a concatenation spans the whole of it, but for what is inside {}, which has its own place.
#include "syntax/string_literals.h"

#include <cstring>

#include "syntax/escapes.h"

namespace viperine::syntax {

namespace {

struct StringToken {
  const Token* token;
  std::string_view body;  // between the quotes
  bool is_bytes = false;
  bool is_raw = false;
  bool is_format = false;
};

StringToken split(const Token& token) {
  StringToken part{&token, token.text()};
  size_t prefix = 0;
  for (; part.body[prefix] != '"' && part.body[prefix] != '\''; ++prefix) {
    char lower = static_cast<char>(part.body[prefix] | 0x20);
    part.is_bytes |= lower == 'b';
    part.is_raw |= lower == 'r';
    part.is_format |= lower == 'f';
  }
  part.body.remove_prefix(prefix);
  char quote = part.body[0];
  size_t quotes = part.body.size() >= 6 && part.body[1] == quote && part.body[2] == quote ? 3 : 1;
  part.body = part.body.substr(quotes, part.body.size() - 2 * quotes);
  part.is_raw |= part.body.find('\\') == std::string_view::npos;
  return part;
}

struct Span {
  int32_t lineno, col_offset, end_lineno, end_col_offset;
};
Span span_of(const Token& first, const Token& last) {
  return {first.lineno, first.col_offset, last.end_lineno, last.end_col_offset};
}

class StringParser {
 public:
  StringParser(StringHost& host, std::span<const Token> tokens)
      : host_(host),
        session_(host.session()),
        arena_(session_.arena()),
        tokens_(tokens),
        whole_(span_of(tokens.front(), tokens.back())),
        has_u_prefix_(tokens.front().start[0] == 'u') {}

  ast::ExprNode* run();

 private:
  /// The parts of a JoinedStr under construction; text_ in front of the next expression.
  struct Parts {
    Buffer<ast::ExprNode*> nodes;
    Buffer<char> text;
    bool has_text = false;
  };
  template <typename T>
  T* make(const Span& span) {
    T* node = ast::make_node<T>(arena_);
    node->lineno = span.lineno, node->col_offset = span.col_offset;
    node->end_lineno = span.end_lineno, node->end_col_offset = span.end_col_offset;
    return node;
  }
  bool fail(std::string_view message) {
    host_.string_error(message);
    return false;
  }
  bool fail_with(const char* format, char character) { return fail(session_.format(format, character)); }

  bool append_plain(const StringToken& part, Buffer<char>& out);
  bool append_text(std::string_view source, bool raw, Buffer<char>& out);
  ast::ExprNode* text_node(std::string_view text, const Span& span);
  void flush(Parts& parts, const Span& span);
  ast::ExprNode* joined(Parts& parts, const Span& span);

  bool scan_format(Parts& parts, bool raw, int depth);
  bool scan_literal(Parts& parts, bool raw, int depth, bool* more);
  bool scan_expression(Parts& parts, bool raw, int depth, ast::ExprNode** result);
  bool find_expression_end();
  ast::ExprNode* parse_expression(const char* start, const char* end);

  StringHost& host_;
  Session& session_;
  Arena& arena_;
  std::span<const Token> tokens_;
  Span whole_;
  bool has_u_prefix_;
  // The f-string being scanned.
  const Token* token_ = nullptr;
  const char* p_ = nullptr;
  const char* end_ = nullptr;
};

/// One token, no escapes: the text is where it was in the source.
ast::ExprNode* StringParser::text_node(std::string_view text, const Span& span) {
  auto* node = make<ast::Constant>(span);
  node->value.kind = ast::ConstantKind::Str;
  node->value.text = text;
  if (has_u_prefix_) node->string_kind = "u";
  return node;
}

bool StringParser::append_text(std::string_view source, bool raw, Buffer<char>& out) {
  if (raw) {
    bool ascii = true;
    for (char c : source) ascii &= static_cast<unsigned char>(c) < 0x80;
    if (!ascii) {
      std::string_view message = utf8_error_message(session_, source);
      if (message.data()) {
        return fail(session_.format("(unicode error) %.*s", static_cast<int>(message.size()), message.data()));
      }
    }
    for (char c : source) out.push(c);
    return true;
  }
  EscapeResult result = decode_text_escapes(session_, source, out);
  if (result.error.data()) return fail(result.error);
  if (result.invalid_escape.data()) host_.warn_invalid_escape(*token_, result.invalid_escape);
  return !session_.error();
}

bool StringParser::append_plain(const StringToken& part, Buffer<char>& out) {
  if (!part.is_bytes) return append_text(part.body, part.is_raw, out);
  for (char c : part.body) {
    if (static_cast<unsigned char>(c) >= 0x80) {
      return fail("bytes can only contain ASCII literal characters");
    }
  }
  if (part.is_raw) {
    for (char c : part.body) out.push(c);
    return true;
  }
  EscapeResult result = decode_bytes_escapes(session_, part.body, out);
  if (result.error.data()) return fail(result.error);
  if (result.invalid_escape.data()) host_.warn_invalid_escape(*part.token, result.invalid_escape);
  return !session_.error();
}

ast::ExprNode* StringParser::run() {
  if (tokens_.size() == 1) {
    StringToken part = split(tokens_[0]);
    if (part.is_raw && !part.is_bytes && !part.is_format) {
      bool ascii = true;
      for (char c : part.body) ascii &= static_cast<unsigned char>(c) < 0x80;
      if (ascii || !utf8_error_message(session_, part.body).data()) return text_node(part.body, whole_);
    }
  }
  Parts parts;
  bool is_bytes = false, is_format = false;
  for (size_t i = 0; i < tokens_.size(); ++i) {
    StringToken part = split(tokens_[i]);
    token_ = part.token;
    bool good = true;
    if (!part.is_format) {
      // The token is decoded before it is compared with its neighbours.
      good = append_plain(part, parts.text);
      parts.has_text |= !part.body.empty();
    }
    if (!good) return nullptr;
    if (i && is_bytes != part.is_bytes) {
      host_.string_error("cannot mix bytes and nonbytes literals");
      return nullptr;
    }
    is_bytes = part.is_bytes;
    if (part.is_format) {
      if (session_.options().feature_version < 6) {
        host_.string_error("Format strings are only supported in Python 3.6 and greater");
        return nullptr;
      }
      is_format = true;
      p_ = part.body.data();
      end_ = p_ + part.body.size();
      if (!scan_format(parts, part.is_raw, 0)) return nullptr;
    }
  }
  if (is_format) return joined(parts, whole_);
  std::string_view text = arena_.copy({parts.text.data() ? parts.text.data() : "", parts.text.size()});
  if (!is_bytes) return text_node(text, whole_);
  auto* node = make<ast::Constant>(whole_);
  node->value.kind = ast::ConstantKind::Bytes;
  node->value.text = text;
  return node;
}

void StringParser::flush(Parts& parts, const Span& span) {
  if (!parts.has_text || parts.text.size() == 0) return;
  parts.nodes.push(text_node(arena_.copy({parts.text.data(), parts.text.size()}), span));
  parts.text.truncate(0);
  parts.has_text = false;
}

ast::ExprNode* StringParser::joined(Parts& parts, const Span& span) {
  flush(parts, span);
  auto* node = make<ast::JoinedStr>(span);
  if (parts.nodes.size()) node->values = arena_.copy<ast::ExprNode*>({parts.nodes.data(), parts.nodes.size()});
  return node;
}

/// From p_ to the end of the literal, or of the format specification when depth > 0.
bool StringParser::scan_format(Parts& parts, bool raw, int depth) {
  for (;;) {
    bool more = false;
    if (!scan_literal(parts, raw, depth, &more)) return false;
    if (more) continue;
    if (p_ >= end_ || *p_ == '}') break;
    ast::ExprNode* expression = nullptr;
    if (!scan_expression(parts, raw, depth, &expression)) return false;
    flush(parts, whole_);
    parts.nodes.push(expression);
  }
  if (depth == 0 && p_ < end_ - 1) return fail("f-string: unexpected end of string");
  if (depth != 0 && *p_ != '}') return fail("f-string: expecting '}'");
  return true;
}

/// Literal text up to a brace. *more: a doubled brace was met, there may be more of it.
bool StringParser::scan_literal(Parts& parts, bool raw, int depth, bool* more) {
  const char* start = p_;
  const char* stop = nullptr;  // end of the text when it is not p_
  while (p_ < end_) {
    char c = *p_++;
    if (!raw && c == '\\' && p_ < end_) {
      c = *p_++;
      if (c == 'N') {
        if (p_ < end_ && *p_++ == '{') {
          while (p_ < end_ && *p_++ != '}') {
          }
        }
        continue;
      }
      if (c == '{') {
        host_.warn_invalid_escape(*token_, {p_ - 1, 1});
        if (session_.error()) return false;
      }
    }
    if (c != '{' && c != '}') continue;
    if (depth == 0) {
      if (p_ < end_ && *p_ == c) {
        stop = p_++;
        *more = true;
        break;
      }
      if (c == '}') {
        --p_;
        return fail("f-string: single '}' is not allowed");
      }
    }
    --p_;
    break;
  }
  if (!stop) stop = p_;
  if (stop == start) return true;
  parts.has_text = true;
  return append_text({start, static_cast<size_t>(stop - start)}, raw, parts.text);
}

bool is_bracket_pair(char opening, char closing) {
  return (opening == '(' && closing == ')') || (opening == '[' && closing == ']') ||
         (opening == '{' && closing == '}');
}

/// Moves p_ to the character that ends the expression (or to end_).
bool StringParser::find_expression_end() {
  char quote = 0;
  bool triple = false;
  char brackets[kMaxBracketDepth];
  int depth = 0;
  auto three_quotes = [&](char c) { return p_ + 2 < end_ && p_[1] == c && p_[2] == c; };
  for (; p_ < end_; ++p_) {
    char c = *p_;
    if (c == '\\') return fail("f-string expression part cannot include a backslash");
    if (quote) {
      if (c != quote) continue;
      if (triple) {
        if (!three_quotes(c)) continue;
        p_ += 2;
      }
      quote = 0;
      triple = false;
      continue;
    }
    switch (c) {
      case '\'':
      case '"':
        triple = three_quotes(c);
        if (triple) p_ += 2;
        quote = c;
        continue;
      case '(':
      case '[':
      case '{':
        if (depth >= kMaxBracketDepth) return fail("f-string: too many nested parenthesis");
        brackets[depth++] = c;
        continue;
      case '#': return fail("f-string expression part cannot include '#'");
      default: break;
    }
    if (depth == 0 && std::strchr("!:}=<>", c)) {
      if (p_ + 1 < end_ && p_[1] == '=' && std::strchr("!=<>", c)) {
        ++p_;
        continue;
      }
      if (c == '<' || c == '>') continue;
      break;
    }
    if (c == ')' || c == ']' || c == '}') {
      if (depth == 0) return fail_with("f-string: unmatched '%c'", c);
      char opening = brackets[--depth];
      if (!is_bracket_pair(opening, c)) {
        return fail(session_.format(
            "f-string: closing parenthesis '%c' does not match opening parenthesis '%c'", c, opening));
      }
    }
  }
  if (quote) return fail("f-string: unterminated string");
  if (depth) return fail_with("f-string: unmatched '%c'", brackets[depth - 1]);
  return true;
}

/// p_ stands at the opening brace.
bool StringParser::scan_expression(Parts& parts, bool raw, int depth, ast::ExprNode** result) {
  if (depth >= 2) return fail("f-string: expressions nested too deeply");
  const char* start = ++p_;
  if (!find_expression_end()) return false;
  constexpr const char* kExpectingBrace = "f-string: expecting '}'";
  if (p_ >= end_) return fail(kExpectingBrace);
  ast::ExprNode* value = parse_expression(start, p_);
  if (!value) return false;
  bool shows_text = *p_ == '=';
  std::string_view shown;
  if (shows_text) {
    if (session_.options().feature_version < 8) {
      return fail("f-string: self documenting expressions are only supported in Python 3.8 and greater");
    }
    ++p_;
    while (*p_ == ' ' || (*p_ >= '\t' && *p_ <= '\r')) ++p_;
    if (p_ >= end_) return fail(kExpectingBrace);
    shown = {start, static_cast<size_t>(p_ - start)};
  }
  int conversion = -1;
  if (*p_ == '!') {
    if (++p_ >= end_) return fail(kExpectingBrace);
    conversion = static_cast<unsigned char>(*p_++);
    if (conversion != 's' && conversion != 'r' && conversion != 'a') {
      return fail("f-string: invalid conversion character: expected 's', 'r', or 'a'");
    }
  }
  ast::ExprNode* specification = nullptr;
  if (p_ < end_ && *p_ == ':') {
    if (++p_ >= end_) return fail(kExpectingBrace);
    Parts nested;
    if (!scan_format(nested, raw, depth + 1)) return false;
    specification = joined(nested, span_of(*token_, *token_));
  }
  if (p_ >= end_ || *p_ != '}') return fail(kExpectingBrace);
  ++p_;
  if (shows_text) {
    if (!specification && conversion == -1) conversion = 'r';
    for (char c : shown) parts.text.push(c);
    parts.has_text = true;
  }
  auto* node = make<ast::FormattedValue>(whole_);
  node->value = value;
  node->conversion = conversion;
  node->format_spec = specification;
  *result = node;
  return true;
}

ast::ExprNode* StringParser::parse_expression(const char* start, const char* end) {
  const char* p = start;
  while (p < end && (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\f')) ++p;
  if (p == end) {
    if (*end == '!' || *end == ':' || *end == '=')
      fail_with("f-string: expression required before '%c'", *end);
    else
      fail("f-string: empty expression not allowed");
    return nullptr;
  }
  size_t length = static_cast<size_t>(end - start);
  char* text = static_cast<char*>(arena_.allocate(length + 4));
  text[0] = '(';
  std::memcpy(text + 1, start, length);
  std::memcpy(text + 1 + length, ")\n", 3);
  // Where the brace stands: lines since the start of the token, column in its line.
  const char* brace = start - 1;
  int32_t lines = 0, column = 0;
  for (const char* c = token_->start; c < brace; ++c) lines += *c == '\n';
  const char* q = start;
  while (*q == ' ' || *q == '\t' || *q == '\f') ++q;
  if (*q != '\n' && *q != '}') {
    const char* line = brace;
    while (line > token_->start && line[-1] != '\n') --line;
    column = static_cast<int32_t>(brace - line);
  }
  ReaderPlace place;
  place.in_fstring = true;
  place.first_lineno = token_->lineno + lines - 1;
  place.starting_lineno = token_->lineno + lines;
  place.starting_column = lines ? column : token_->col_offset + column;
  return host_.parse_embedded({text, length + 3}, place);
}

}  // namespace

std::string_view invalid_escape_message(Session& session, std::string_view sequence) {
  return session.format("invalid %sescape sequence '\\%.*s'", sequence.size() > 1 ? "octal " : "",
                        static_cast<int>(sequence.size()), sequence.data());
}

ast::ExprNode* parse_strings(StringHost& host, std::span<const Token> tokens) {
  return StringParser(host, tokens).run();
}

}  // namespace viperine::syntax
