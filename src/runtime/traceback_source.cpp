// SPDX-License-Identifier: MIT
// Lines of source files and anchors of expressions (see traceback_source.h). Files are read with the system's calls, so
// that printing a traceback needs as little of Python as possible.
#include "runtime/traceback_source.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "objects/list.h"
#include "runtime/calls.h"
#include "runtime/containers.h"
#include "syntax/parser.h"

namespace viperine {

namespace {

bool read_file(const char* path, std::string* out) {
  int descriptor = open(path, O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return false;
  char buffer[16384];
  for (;;) {
    ssize_t count = read(descriptor, buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) {
      close(descriptor);
      return count == 0;
    }
    out->append(buffer, static_cast<size_t>(count));
  }
}

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
}

/// The encoding that a comment in the first two lines declares (PEP 263), or "utf-8".
std::string declared_encoding(std::string_view text) {
  for (int line = 0; line < 2; ++line) {
    size_t end = text.find('\n');
    std::string_view first = text.substr(0, end);
    size_t at = first.find_first_not_of(" \t\f");
    if (at != std::string_view::npos && first[at] != '\r') {
      if (first[at] != '#') break;
      size_t word = first.find("coding", at);
      if (word != std::string_view::npos && word + 6 < first.size() &&
          (first[word + 6] == ':' || first[word + 6] == '=')) {
        size_t start = first.find_first_not_of(" \t", word + 7), stop = start;
        while (stop < first.size() && is_name_character(first[stop])) ++stop;
        if (start != std::string_view::npos && stop > start) return std::string(first.substr(start, stop - start));
      }
    }
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return "utf-8";
}

bool is_utf8_name(std::string_view name) {
  return name == "utf-8" || name == "utf8" || name == "UTF-8" || name == "utf_8" || name == "ascii" ||
         name == "us-ascii";
}

/// Line `number` of a text with any kind of newline; false when there is none.
bool find_line(std::string_view text, int64_t number, std::string_view* line) {
  size_t start = 0;
  for (int64_t at = 1;; ++at) {
    if (start >= text.size()) return false;
    size_t end = text.find_first_of("\r\n", start);
    if (end == std::string_view::npos) end = text.size();
    if (at == number) {
      *line = text.substr(start, end - start);
      return true;
    }
    start = end + (text.substr(end, 2) == "\r\n" ? 2 : 1);
  }
}

}  // namespace

void SourceLines::load(Str* filename) {
  bytes_.clear();
  loaded_ = false;
  auto encoded = encode_filesystem(thread_, filename);
  if (encoded.is_raised()) return thread_.clear_pending();
  name_ = encoded.take()->view();
  if (name_.empty() || name_[0] == '<') return;
  loaded_ = read_file(name_.c_str(), &bytes_);
  if (!loaded_) {
    // The file may have moved: its last part is looked for along sys.path.
    std::string tail = name_.substr(name_.rfind('/') + 1);
    Optional<Value> path = thread_.runtime().sys_dict()->get_str(thread_.names().path);
    for (int64_t i = 0; path && is<List>(*path) && !loaded_ && i < cast<List>(*path)->length(); ++i) {
      Str* folder = try_str(thread_, cast<List>(*path)->at(i));
      if (folder == nullptr) continue;
      auto bytes = encode_filesystem(thread_, folder);
      if (bytes.is_raised()) {
        thread_.clear_pending();
        continue;
      }
      std::string candidate(bytes.take()->view());
      if (!candidate.empty() && candidate.back() != '/') candidate += '/';
      bytes_.clear();
      loaded_ = read_file((candidate + tail).c_str(), &bytes_);
    }
  }
  if (bytes_.starts_with("\xEF\xBB\xBF")) bytes_.erase(0, 3);
  encoding_ = declared_encoding(bytes_);
}

Str* SourceLines::line(Str* filename, int64_t number) {
  auto encoded = encode_filesystem(thread_, filename);
  if (encoded.is_raised()) {
    thread_.clear_pending();
    return nullptr;
  }
  if (!loaded_ || encoded.take()->view() != name_) load(filename);
  if (!loaded_) return nullptr;
  std::string_view line;
  if (is_utf8_name(encoding_)) {
    if (!find_line(bytes_, number, &line)) return nullptr;
    auto text = decode_utf8(thread_, line);
    if (!text.is_raised()) return text.take();
    thread_.clear_pending();
    return nullptr;
  }
  auto decoded = call_method(thread_, to_value(make_bytes(thread_, bytes_)), thread_.names().decode,
                             to_value(make_str(thread_, encoding_)));
  if (!decoded.is_raised() && is_str(decoded.take())) {
    auto utf8 = encode_utf8(thread_, as_str(thread_, decoded.take()));
    if (!utf8.is_raised()) return find_line(utf8.take()->view(), number, &line) ? make_str(thread_, line) : nullptr;
  }
  thread_.clear_pending();
  return nullptr;
}

int64_t characters_in(Str* line, int64_t bytes) {
  int64_t at = 0;
  for (; at < line->length() && bytes > 0; ++at) {
    uint32_t c = line->at(at);
    bytes -= c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  }
  return at;
}

void find_anchors(Thread& thread, Str* line, CaretRange* range) {
  auto piece = substring(thread, line, range->start, range->end);
  auto encoded = piece.is_raised() ? Result<Bytes*>(Raised{}) : encode_utf8(thread, piece.take());
  if (encoded.is_raised()) return thread.clear_pending();
  Arena arena;
  std::string_view text = arena.copy(encoded.take()->view());
  syntax::ParseOptions options;
  options.source_is_utf8 = true;
  syntax::ParseResult parsed = syntax::parse(arena, text, options);
  auto* module = parsed.tree == nullptr ? nullptr : ast::try_cast<ast::Module>(parsed.tree);
  if (module == nullptr || module->body.size() != 1) return;
  auto* statement = ast::try_cast<ast::Expr>(module->body[0]);
  if (statement == nullptr) return;
  int64_t left = -1, right = -1;
  if (auto* binary = ast::try_cast<ast::BinOp>(statement->value)) {
    auto is_space = [&](int64_t at) {
      return text[static_cast<size_t>(at)] == ' ' || text[static_cast<size_t>(at)] == '\t' ||
             text[static_cast<size_t>(at)] == '\f';
    };
    if (binary->left->end_lineno != binary->right->lineno) return;
    int64_t stop = std::min<int64_t>(binary->right->col_offset, static_cast<int64_t>(text.size()));
    for (int64_t at = binary->left->end_col_offset; at < stop; ++at) {
      if (is_space(at)) continue;
      left = at;
      right = at + 1 < stop && !is_space(at + 1) ? at + 2 : at + 1;
      break;
    }
    if (left < 0) return;
  } else if (auto* item = ast::try_cast<ast::Subscript>(statement->value)) {
    left = item->value->end_col_offset;
    right = item->slice->end_col_offset + 1;
  } else {
    return;
  }
  Str* segment = piece.take();
  range->left_end = range->start + characters_in(segment, left);
  range->right_start = range->start + characters_in(segment, right);
  range->primary = '~';
}

}  // namespace viperine
