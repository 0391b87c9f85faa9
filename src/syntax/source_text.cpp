// SPDX-License-Identifier: MIT
// Decoding of source. When nothing declares an encoding the bytes are taken for UTF-8 but not checked here: the
// tokenizer and the string literals complain about what they cannot decode, and comments may hold anything, as in
// CPython.
#include "syntax/source_text.h"

#include <cstring>

#include "syntax/tokenizer.h"

namespace viperine::syntax {

namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string_view normal_encoding_name(Session& session, std::string_view name) {
  char head[13] = {};
  size_t length = name.size() < 12 ? name.size() : 12;
  for (size_t i = 0; i < length; ++i) {
    char c = name[i];
    head[i] = c == '_' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  }
  std::string_view normal(head, length);
  auto is = [&](std::string_view wanted) {
    return normal == wanted || (normal.starts_with(wanted) && normal[wanted.size()] == '-');
  };
  if (is("utf-8")) return "utf-8";
  if (is("latin-1") || is("iso-8859-1") || is("iso-latin-1")) return "iso-8859-1";
  return session.arena().copy(name);
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\f'; }
bool is_encoding_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

/// The encoding that a line declares, or no data(). *goes_on: the next line may declare one too.
std::string_view cookie_of_line(Session& session, std::string_view line, bool* goes_on) {
  size_t i = 0;
  while (i < line.size() && is_blank(line[i])) ++i;
  *goes_on = i == line.size() || line[i] == '#' || line[i] == '\n';
  if (i == line.size() || line[i] != '#') return {};
  for (;;) {
    i = line.find("coding", i);
    if (i == std::string_view::npos || i + 6 >= line.size()) return {};
    i += 6;
    if (line[i] != ':' && line[i] != '=') continue;
    do ++i;
    while (i < line.size() && (line[i] == ' ' || line[i] == '\t'));
    size_t start = i;
    while (i < line.size() && is_encoding_character(line[i])) ++i;
    if (i > start) return normal_encoding_name(session, line.substr(start, i - start));
  }
}

std::string_view find_cookie(Session& session, std::string_view text) {
  for (int lines = 0; lines < 2; ++lines) {
    size_t end = text.find('\n');
    if (end == std::string_view::npos) {
      // CPython looks for cookies in complete lines only, and completes the last line of a module.
      return {};
    }
    bool goes_on;
    std::string_view cookie = cookie_of_line(session, text.substr(0, end), &goes_on);
    if (cookie.data() || !goes_on) return cookie;
    text.remove_prefix(end + 1);
  }
  return {};
}

/// Copies with universal newlines; modules get a newline at the end if it lacks one.
std::string_view normal_newlines(Session& session, std::string_view bytes) {
  char* text = static_cast<char*>(session.arena().allocate(bytes.size() + 2));
  char* out = text;
  if (!std::memchr(bytes.data() ? bytes.data() : "", '\r', bytes.size())) {
    if (!bytes.empty()) std::memcpy(out, bytes.data(), bytes.size());
    out += bytes.size();
  } else {
    for (size_t i = 0; i < bytes.size(); ++i) {
      char c = bytes[i];
      if (c == '\r') {
        if (i + 1 < bytes.size() && bytes[i + 1] == '\n') ++i;
        c = '\n';
      }
      *out++ = c;
    }
  }
  // A final "\r\n" gets one more newline, as CPython's reader gives it: it shows in the places of errors at the end.
  bool wants_newline = out != text && (out[-1] != '\n' || bytes.ends_with("\r\n"));
  if (session.options().mode == ParseMode::Exec && wants_newline) *out++ = '\n';
  *out = '\0';
  return {text, static_cast<size_t>(out - text)};
}

/// Lines of a file end at a NUL byte; what follows it is not seen.
std::string_view without_nul_tails(Session& session, std::string_view bytes) {
  char* out = static_cast<char*>(session.arena().allocate(bytes.size()));
  size_t size = 0;
  bool hidden = false;
  for (char c : bytes) {
    hidden = c == '\0' || (hidden && c != '\n');
    if (!hidden) out[size++] = c;
  }
  return {out, size};
}

/// The error names a file, but no line of it; of a program that is read from a file it names nothing.
bool fail_without_place(Session& session, std::string_view message) {
  Diagnostic error;
  error.message = message;
  error.has_location = !session.options().from_file;
  error.offset = -1;
  error.end_lineno = error.end_offset = Diagnostic::kNone;
  session.set_error(error);
  return false;
}

bool decode_latin1(Session& session, std::string_view bytes, std::string_view* text) {
  char* out = static_cast<char*>(session.arena().allocate(2 * bytes.size() + 1));
  size_t size = 0;
  for (char c : bytes) size += encode_utf8(static_cast<unsigned char>(c), out + size);
  out[size] = '\0';
  *text = {out, size};
  return true;
}

bool decode(Session& session, std::string_view encoding, std::string_view bytes, std::string_view* text) {
  *text = bytes;
  if (encoding == "utf-8") return true;
  if (encoding == "iso-8859-1" || encoding == "latin1" || encoding == "iso8859-1") {
    return decode_latin1(session, bytes, text);
  }
  if (encoding == "utf8" || encoding == "UTF8") {
    std::string_view message = utf8_error_message(session, bytes);
    return message.data() ? fail_without_place(session, message) : true;
  }
  if (encoding == "ascii" || encoding == "us-ascii") {
    for (size_t i = 0; i < bytes.size(); ++i) {
      if (static_cast<unsigned char>(bytes[i]) >= 0x80) {
        return fail_without_place(
            session, session.format("'ascii' codec can't decode byte 0x%02x in position %zu: ordinal not in range(128)",
                                    static_cast<unsigned char>(bytes[i]), i));
      }
    }
    return true;
  }
  std::string_view error;
  const ParseOptions& options = session.options();
  if (!options.decode) {
    error = session.format("unknown encoding: %.*s", static_cast<int>(encoding.size()), encoding.data());
  } else if (options.decode(options.decode_context, encoding, bytes, session.arena(), text, &error)) {
    *text = session.arena().copy(*text);
    char* copy = static_cast<char*>(session.arena().allocate(text->size() + 1));
    std::memcpy(copy, text->data(), text->size());
    *text = {copy, text->size()};
    return true;
  }
  return fail_without_place(session, error);
}

/// Whether the lines before an undecodable one hold a bad token: a file is read line by line, so that is said instead.
bool has_bad_token(Session& session, std::string_view lines) {
  char* copy = static_cast<char*>(session.arena().allocate(lines.size() + 1));
  std::memcpy(copy, lines.data(), lines.size());
  copy[lines.size()] = 0;
  Tokenizer tokenizer(session, {copy, lines.size()});
  const char *start, *end;
  for (;;) {
    TokenType type = tokenizer.next(&start, &end);
    if (type == TokenType::EndMarker) return false;
    if (type != TokenType::Error) continue;
    if (tokenizer.state() == Tokenizer::State::Error && session.error() != nullptr) return true;
    session.clear_error();
    return false;
  }
}

/// A file is read line by line, and the first line that is not UTF-8 is refused.
bool check_file_is_utf8(Session& session, std::string_view text) {
  int32_t lineno = 1;
  for (size_t i = 0; i < text.size();) {
    uint32_t code_point;
    int size = decode_utf8(text.substr(i), &code_point);
    if (!size) {
      if (lineno > 1 && has_bad_token(session, text.substr(0, text.rfind('\n', i) + 1))) return false;
      return fail_without_place(
          session,
          session.format("Non-UTF-8 code starting with '\\x%.2x' in file %.*s on line %d, but no encoding declared; "
                         "see https://peps.python.org/pep-0263/ for details",
                         static_cast<unsigned char>(text[i]), static_cast<int>(session.options().file_name.size()),
                         session.options().file_name.data(), lineno));
    }
    lineno += text[i] == '\n';
    i += size;
  }
  return true;
}

}  // namespace

bool read_source(Session& session, std::string_view bytes, SourceText* result) {
  result->encoding = "utf-8";
  bool from_file = session.options().from_file;
  if (bytes.find('\0') != std::string_view::npos) {
    if (!from_file) {
      Diagnostic error;
      error.error_class = ErrorClass::ValueError;
      error.message = "source code string cannot contain null bytes";
      error.has_location = false;
      session.set_error(error);
      return false;
    }
    bytes = without_nul_tails(session, bytes);
  }
  std::string_view text = normal_newlines(session, bytes);
  if (session.options().source_is_utf8) {
    result->text = text;
    return true;
  }
  bool has_mark = text.starts_with(kByteOrderMark);
  if (has_mark) text.remove_prefix(kByteOrderMark.size());
  std::string_view cookie = find_cookie(session, text);
  session.columns_in_characters = from_file || has_mark || cookie.data();
  if (cookie.data()) {
    if (has_mark && cookie != "utf-8") {
      return fail_without_place(
          session, session.format("encoding problem: %.*s with BOM", static_cast<int>(cookie.size()), cookie.data()));
    }
    result->encoding = cookie;
  }
  if (from_file && !has_mark && !cookie.data() && !check_file_is_utf8(session, text)) return false;
  // A file is read line by line, which these encodings do not survive.
  bool is_wide = from_file && (result->encoding.starts_with("utf-16") || result->encoding.starts_with("utf-32"));
  if (!is_wide && decode(session, result->encoding, text, &result->text)) return true;
  if (from_file) {
    session.clear_error();
    fail_without_place(session, session.format("encoding problem: %.*s", static_cast<int>(result->encoding.size()),
                                               result->encoding.data()));
  }
  return false;
}

}  // namespace viperine::syntax
