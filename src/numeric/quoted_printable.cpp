// SPDX-License-Identifier: MIT
// Quoted-printable (RFC 1521) as binascii writes and reads it.
#include <cstring>

#include "numeric/binary_text.h"

namespace viperine {

namespace {

constexpr size_t kMaximumLine = 76;

int hex_value(uint8_t c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

/// Writes or merely counts; remembers the last character.
class Sink {
 public:
  explicit Sink(char* out) : out_(out) {}
  size_t size() const { return size_; }
  char last() const { return last_; }

  void put(char c) {
    if (out_ != nullptr) out_[size_] = c;
    ++size_;
    last_ = c;
  }
  void put_hex(uint8_t byte) {
    put('=');
    put("0123456789ABCDEF"[byte >> 4]);
    put("0123456789ABCDEF"[byte & 15]);
  }
  void put_line_end(bool crlf) {
    if (crlf) put('\r');
    put('\n');
  }
  void drop_last() { --size_; }

 private:
  char* out_;
  size_t size_ = 0;
  char last_ = 0;
};

bool must_quote(std::span<const uint8_t> data, size_t i, size_t line, QuotedPrintableOptions options) {
  uint8_t c = data[i];
  bool at_end = i + 1 == data.size();
  bool blank = c == ' ' || c == '\t';
  bool line_end = c == '\r' || c == '\n';
  if (c > 126 || c == '=' || (options.header && c == '_')) return true;
  if (c == '.' && line == 0) {
    // A dot alone on its line would end an SMTP message.
    return at_end || data[i + 1] == '\n' || data[i + 1] == '\r' || data[i + 1] == 0;
  }
  if (line_end) return !options.is_text;
  if (blank) return at_end || options.quote_tabs;
  return c < 33;
}

}  // namespace

size_t quoted_printable_encode(char* out, std::span<const uint8_t> data, QuotedPrintableOptions options) {
  Sink sink(out);
  // The first line end decides how all are written.
  const auto* newline =
      data.empty() ? nullptr : static_cast<const uint8_t*>(std::memchr(data.data(), '\n', data.size()));
  bool crlf = newline != nullptr && newline > data.data() && newline[-1] == '\r';
  size_t line = 0;
  auto soft_break = [&] {
    sink.put('=');
    sink.put_line_end(crlf);
    line = 0;
  };
  for (size_t i = 0; i < data.size();) {
    uint8_t c = data[i];
    bool at_end = i + 1 == data.size();
    if (must_quote(data, i, line, options)) {
      if (line + 3 >= kMaximumLine) soft_break();
      sink.put_hex(c);
      line += 3;
      ++i;
    } else if (options.is_text && (c == '\n' || (c == '\r' && !at_end && data[i + 1] == '\n'))) {
      char last = sink.last();
      if (last == ' ' || last == '\t') {
        sink.drop_last();
        sink.put_hex(static_cast<uint8_t>(last));
      }
      sink.put_line_end(crlf);
      line = 0;
      i += c == '\r' ? 2 : 1;
    } else {
      if (!at_end && data[i + 1] != '\n' && line + 1 >= kMaximumLine) soft_break();
      sink.put(options.header && c == ' ' ? '_' : static_cast<char>(c));
      ++line;
      ++i;
    }
  }
  return sink.size();
}

size_t quoted_printable_decode(uint8_t* out, std::span<const uint8_t> text, bool header) {
  uint8_t* p = out;
  for (size_t i = 0; i < text.size();) {
    uint8_t c = text[i++];
    if (c != '=') {
      *p++ = header && c == '_' ? ' ' : c;
    } else if (i >= text.size()) {
      break;
    } else if (text[i] == '\n' || text[i] == '\r') {
      while (i < text.size() && text[i] != '\n') ++i;
      if (i < text.size()) ++i;
    } else if (text[i] == '=') {
      *p++ = text[i++];
    } else if (i + 1 < text.size() && hex_value(text[i]) >= 0 && hex_value(text[i + 1]) >= 0) {
      *p++ = static_cast<uint8_t>(hex_value(text[i]) << 4 | hex_value(text[i + 1]));
      i += 2;
    } else {
      *p++ = '=';
    }
  }
  return static_cast<size_t>(p - out);
}

}  // namespace viperine
