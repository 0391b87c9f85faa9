// SPDX-License-Identifier: MIT
// UTF-7 (RFC 2152): runs of UTF-16 in base 64 between '+' and a character outside base 64.
#include "text/codecs.h"
#include "text/unicode.h"

namespace viperine {

namespace {

int base64_value(uint8_t letter) {
  if (letter >= 'A' && letter <= 'Z') return letter - 'A';
  if (letter >= 'a' && letter <= 'z') return letter - 'a' + 26;
  if (letter >= '0' && letter <= '9') return letter - '0' + 52;
  if (letter == '+') return 62;
  if (letter == '/') return 63;
  return -1;
}

uint8_t base64_letter(uint32_t value) {
  return "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"[value & 63];
}

// What stands for itself outside base 64 when writing.
bool is_direct(char32_t code) {
  if (code >= 0x7F) return false;
  if (code < 0x20) return code == '\t' || code == '\n' || code == '\r';
  return code != '+' && code != '\\' && code != '~';
}

struct Utf7Decoder : Decoder {
  bool shifted = false;
  char32_t lead = 0;  // a high surrogate that waits for its partner
  uint32_t bits = 0;
  uint32_t bit_count = 0;
  size_t shift_start = 0;         // the '+'
  size_t output_at_shift = 0;     // so that an unfinished run can be taken back

  void emit(char32_t unit) {
    if (lead != 0) {
      char32_t first = lead;
      lead = 0;
      if ((unit & 0xFC00) == 0xDC00) return out.append(0x10000 + ((first & 0x3FF) << 10) + (unit & 0x3FF));
      out.append(first);
    }
    if ((unit & 0xFC00) == 0xD800) {
      lead = unit;
    } else {
      out.append(unit);
    }
  }

  bool step_shifted(uint8_t letter) {
    int value = base64_value(letter);
    if (value >= 0) {
      bits = bits << 6 | static_cast<uint32_t>(value);
      bit_count += 6;
      ++position;
      if (bit_count >= 16) {
        bit_count -= 16;
        char32_t unit = bits >> bit_count & 0xFFFF;
        bits &= (1u << bit_count) - 1;
        emit(unit);
      }
      return true;
    }
    shifted = false;
    if (bit_count >= 6) return fail(shift_start, ++position, "partial character in shift sequence");
    if (bit_count > 0 && bits != 0) return fail(shift_start, ++position, "non-zero padding bits in shift sequence");
    if (lead != 0 && letter < 0x80 && letter != '+') out.append(lead);
    lead = 0;
    if (letter == '-') ++position;
    return true;
  }

  bool step_plain(uint8_t letter) {
    size_t start = position++;
    if (letter < 0x80 && letter != '+') {
      out.append(static_cast<char32_t>(letter));
      return true;
    }
    shift_start = start;
    if (letter != '+') return fail(start, position, "unexpected special character");
    if (position < input.size() && input[position] == '-') {
      ++position;
      out.append(U'+');
      return true;
    }
    if (position < input.size() && base64_value(input[position]) < 0) {
      return fail(start, ++position, "ill-formed sequence");
    }
    shifted = true;
    lead = 0;
    output_at_shift = out.length();
    bits = bit_count = 0;
    return true;
  }

  bool run() {
    while (position < input.size()) {
      uint8_t letter = input[position];
      if (!(shifted ? step_shifted(letter) : step_plain(letter))) return false;
    }
    return true;
  }
};

}  // namespace

CodecStatus decode_utf7(ByteView input, const DecodeErrors& errors, Final final, TextBuffer& out) {
  Utf7Decoder decoder = {{"utf7", input, errors, out}};
  for (bool again = true; again;) {
    if (!decoder.run()) return decoder.status;
    again = false;
    if (!decoder.shifted || final == Final::kNo) break;
    decoder.shifted = false;
    if (decoder.lead != 0 || decoder.bit_count >= 6 || (decoder.bit_count > 0 && decoder.bits != 0)) {
      if (!decoder.fail(decoder.shift_start, decoder.input.size(), "unterminated shift sequence")) {
        return decoder.status;
      }
      again = decoder.position < decoder.input.size();
    }
  }
  decoder.status.consumed = decoder.position;
  if (decoder.shifted) {
    decoder.status.consumed = decoder.shift_start;
    out.truncate(decoder.output_at_shift);
  }
  return decoder.status;
}

void encode_utf7(const TextView& text, ByteBuffer& out) {
  bool shifted = false;
  uint32_t bits = 0, bit_count = 0;
  auto put = [&](uint32_t unit) {
    bits = bits << 16 | unit;
    bit_count += 16;
    while (bit_count >= 6) {
      bit_count -= 6;
      out.append(base64_letter(bits >> bit_count));
    }
    bits &= (1u << bit_count) - 1;
  };
  auto flush = [&] {
    if (bit_count != 0) out.append(base64_letter(bits << (6 - bit_count)));
    bits = bit_count = 0;
  };
  for (size_t i = 0; i < text.length; ++i) {
    char32_t code = text[i];
    if (is_direct(code)) {
      if (shifted) {
        flush();
        shifted = false;
        if (base64_value(static_cast<uint8_t>(code)) >= 0 || code == '-') out.append('-');
      }
      out.append(static_cast<uint8_t>(code));
      continue;
    }
    if (!shifted && code == '+') {
      out.append("+-");
      continue;
    }
    if (!shifted) out.append('+');
    shifted = true;
    if (code >= 0x10000) {
      put(0xD7C0 + (code >> 10));
      code = 0xDC00 + (code & 0x3FF);
    }
    put(code);
  }
  flush();
  if (shifted) out.append('-');
}

}  // namespace viperine
