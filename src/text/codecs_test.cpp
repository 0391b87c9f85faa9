// SPDX-License-Identifier: MIT
// Fixed facts; with the argument "run", lines "operation policy final data..." from tests/tools/check_codecs.py.
#include "text/codecs.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "base/check.h"

namespace viperine {
namespace {

void print_status(const CodecStatus& status) {
  if (status.ok) return;
  std::printf("E %s %zu %zu %s\n", status.error.encoding, status.error.start, status.error.end, status.error.reason);
}

// A callback like a Python handler: replaces by "[?]" and resumes at the end.
bool custom_decode(void*, DecodeRequest& request) {
  request.replacement = TextView("[\xbf]");
  request.resume = request.error.end;
  return true;
}

bool custom_encode(void*, EncodeRequest& request) {
  request.text = TextView("[?]");
  request.resume = request.error.end;
  return true;
}

CodecStatus decode(std::string_view name, ByteView input, const DecodeErrors& errors, Final final, TextBuffer& out) {
  auto order = ByteOrder::kNative;
  if (name.ends_with("le")) order = ByteOrder::kLittle;
  if (name.ends_with("be")) order = ByteOrder::kBig;
  if (name == "utf-8") return decode_utf8(input, errors, final, out);
  if (name.starts_with("utf-16")) return decode_utf16(input, errors, final, order, out);
  if (name.starts_with("utf-32")) return decode_utf32(input, errors, final, order, out);
  if (name == "utf-7") return decode_utf7(input, errors, final, out);
  if (name == "ascii") return decode_ascii(input, errors, out);
  if (name == "unicode_escape") return decode_unicode_escape(input, errors, final, out);
  if (name == "raw_unicode_escape") return decode_raw_unicode_escape(input, errors, final, out);
  char32_t wide[] = {0, 'x', 0xFFFE, 0x20AC, 0x1F600, 'z'};
  if (name == "charmap") return decode_charmap(input, TextView(wide, 6, 4), errors, out);
  decode_latin1(input, out);
  return {true, false, input.size()};
}

CodecStatus encode(std::string_view name, const TextView& text, const EncodeErrors& errors, ByteBuffer& out) {
  auto order = ByteOrder::kNative;
  if (name.ends_with("le")) order = ByteOrder::kLittle;
  if (name.ends_with("be")) order = ByteOrder::kBig;
  if (name == "utf-8") return encode_utf8(text, errors, out);
  if (name.starts_with("utf-16")) return encode_utf16(text, errors, order, out);
  if (name.starts_with("utf-32")) return encode_utf32(text, errors, order, out);
  if (name == "ascii") return encode_ascii(text, errors, out);
  if (name == "latin-1") return encode_latin1(text, errors, out);
  if (name == "utf-7") return encode_utf7(text, out), CodecStatus{};
  if (name == "unicode_escape") return encode_unicode_escape(text, out), CodecStatus{};
  if (name == "raw_unicode_escape") return encode_raw_unicode_escape(text, out), CodecStatus{};
  char32_t wide[] = {0, 'x', 0xFFFE, 0x20AC, 0x1F600, 'z', '?', '\\', 'u', '0'};
  EncodingMap map;
  CHECK(map.build(TextView(wide, 10, 4)));
  return encode_charmap(text, map.as_table(), errors, out);
}

void run_lines() {
  static char line[1 << 16];
  while (std::fgets(line, sizeof line, stdin) != nullptr) {
    char operation[16], name[32], policy[32];
    int final = 0, used = 0;
    CHECK(std::sscanf(line, "%15s %31s %31s %d%n", operation, name, policy, &final, &used) == 4);
    TextBuffer text;
    char* at = line + used;
    while (*at == ' ') text.append(static_cast<char32_t>(std::strtoul(at + 1, &at, 16)));
    if (std::strcmp(operation, "decode") == 0) {
      TextBuffer out;
      DecodeErrors errors = {parse_error_policy(policy), custom_decode};
      CodecStatus status = decode(name, {text.bytes(), text.length()}, errors, final ? Final::kYes : Final::kNo, out);
      print_status(status);
      if (!status.ok) continue;
      CHECK(out.width() == width_for(text_bits(out.view())));
      CHECK(out.is_ascii() == (text_bits(out.view()) < 0x80));
      std::printf("%zu", status.consumed);
      for (size_t i = 0; i < out.length(); ++i) std::printf(" %X", static_cast<unsigned>(out[i]));
    } else {
      ByteBuffer out;
      CodecStatus status;
      if (std::strcmp(operation, "encode") == 0) {
        EncodeErrors errors = {parse_error_policy(policy), custom_encode};
        status = encode(name, text.view(), errors, out);
      } else if (std::strcmp(operation, "unescape") == 0) {
        status = escape_decode({text.bytes(), text.length()}, parse_error_policy(policy), out);
      } else {
        escape_encode({text.bytes(), text.length()}, out);
      }
      print_status(status);
      if (!status.ok) continue;
      std::printf("0");
      for (uint8_t byte : out.view()) std::printf(" %X", byte);
    }
    std::putchar('\n');
  }
}

void check_facts() {
  TextBuffer out;
  std::string_view text = "a\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80";
  ByteView bytes = {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
  Utf8Scan scan = scan_utf8(bytes);
  CHECK(scan.bytes == 10 && scan.length == 4 && width_for(scan.bits) == 4);
  CHECK(decode_utf8(bytes, {}, Final::kYes, out).ok && out.length() == 4 && out[2] == 0x20AC);
  ByteBuffer back;
  CHECK(encode_utf8(out.view(), {}, back).ok && back.length() == 10 && std::memcmp(back.data(), text.data(), 10) == 0);
  CHECK(ascii_prefix(bytes.data(), bytes.size()) == 1);
  CHECK(decode_utf8(bytes.first(9), {}, Final::kNo, out).consumed == 6);
}

}  // namespace
}  // namespace viperine

int main(int count, char**) {
  if (count == 1) {
    viperine::check_facts();
  } else {
    viperine::run_lines();
  }
  return 0;
}
