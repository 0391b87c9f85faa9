// SPDX-License-Identifier: MIT
// UTF-8 and the file system encoding (UTF-8 with surrogateescape) between str and bytes, with their exceptions.
// All other codecs and error handlers: text/codecs.h and modules/codecs.
#include <cstring>

#include "objects/bytes.h"
#include "runtime/calls.h"
#include "runtime/strings.h"
#include "text/text_view.h"

namespace viperine {

namespace {

struct Step {
  uint32_t code;        // when reason is null
  int length;           // bytes consumed, or of the faulty part
  const char* reason;
};

/// Decodes one code point strictly (no surrogates, shortest form).
Step decode_step(const uint8_t* at, const uint8_t* end) {
  uint32_t first = *at;
  if (first < 0x80) return {first, 1, nullptr};
  if (first < 0xC2 || first > 0xF4) return {0, 1, "invalid start byte"};
  int more = first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
  uint8_t low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
  uint8_t high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
  uint32_t code = first & (0x3Fu >> more);
  for (int i = 1; i <= more; ++i) {
    if (at + i >= end) return {0, i, "unexpected end of data"};
    if (at[i] < low || at[i] > high) return {0, i, "invalid continuation byte"};
    code = code << 6 | (at[i] & 0x3Fu);
    low = 0x80, high = 0xBF;
  }
  return {code, more + 1, nullptr};
}

Raised raise_unicode_error(Thread& thread, ExceptionKind kind, Value object, int64_t start, int64_t end,
                           const char* reason) {
  Value exception = TRY(call(thread, to_value(thread.runtime().exception_type(kind)),
                             to_value(make_str(thread, "utf-8")), object, Value::from_int(start), Value::from_int(end),
                             to_value(make_str(thread, reason))));
  return thread.raise_object(cast<ExceptionObject>(exception));
}

void put_utf8(uint8_t*& out, uint32_t code) {
  if (code < 0x80) {
    *out++ = static_cast<uint8_t>(code);
  } else if (code < 0x800) {
    *out++ = static_cast<uint8_t>(0xC0 | code >> 6);
    *out++ = static_cast<uint8_t>(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    *out++ = static_cast<uint8_t>(0xE0 | code >> 12);
    *out++ = static_cast<uint8_t>(0x80 | (code >> 6 & 0x3F));
    *out++ = static_cast<uint8_t>(0x80 | (code & 0x3F));
  } else {
    *out++ = static_cast<uint8_t>(0xF0 | code >> 18);
    *out++ = static_cast<uint8_t>(0x80 | (code >> 12 & 0x3F));
    *out++ = static_cast<uint8_t>(0x80 | (code >> 6 & 0x3F));
    *out++ = static_cast<uint8_t>(0x80 | (code & 0x3F));
  }
}

enum class Surrogates : uint8_t { Refuse, Escape };

Result<Bytes*> encode(Thread& thread, Str* text, Surrogates surrogates) {
  if (text->is_ascii()) return try_make_bytes(thread, text->data8(), text->length());
  int64_t size = 0, length = text->length();
  for (int64_t i = 0; i < length; ++i) {
    uint32_t code = text->at(i);
    if (code >= 0xD800 && code < 0xE000) {
      if (surrogates == Surrogates::Refuse || code < 0xDC80 || code > 0xDCFF) {
        int64_t stop = i + 1;
        while (stop < length && text->at(stop) >= 0xD800 && text->at(stop) < 0xE000) ++stop;
        return raise_unicode_error(thread, ExceptionKind::UnicodeEncodeError, to_value(text), i, stop,
                                   "surrogates not allowed");
      }
      size += 1;
      continue;
    }
    size += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  Bytes* result = TRY(try_make_bytes(thread, nullptr, size));
  uint8_t* out = result->data();
  for (int64_t i = 0; i < length; ++i) {
    uint32_t code = text->at(i);
    if (code >= 0xDC80 && code <= 0xDCFF) *out++ = static_cast<uint8_t>(code - 0xDC00);
    else put_utf8(out, code);
  }
  return result;
}

}  // namespace

Result<Bytes*> encode_utf8(Thread& thread, Str* text) { return encode(thread, text, Surrogates::Refuse); }
Result<Bytes*> encode_filesystem(Thread& thread, Str* text) { return encode(thread, text, Surrogates::Escape); }

Result<Str*> decode_utf8(Thread& thread, std::string_view bytes) {
  auto* begin = reinterpret_cast<const uint8_t*>(bytes.data());
  auto* end = begin + bytes.size();
  size_t prefix = ascii_prefix(begin, bytes.size());
  int64_t length = static_cast<int64_t>(prefix);
  uint32_t bits = 0;
  for (auto* at = begin + prefix; at < end; ++length) {
    Step step = decode_step(at, end);
    if (step.reason != nullptr) {
      Value object = to_value(make_bytes(thread, bytes));
      return raise_unicode_error(thread, ExceptionKind::UnicodeDecodeError, object, at - begin,
                                 at - begin + step.length, step.reason);
    }
    bits |= step.code;
    at += step.length;
  }
  if (length > Str::kMaxLength) return thread.raise_memory_error();
  if (length > 4096) {   // large: the limit may forbid it
    auto width = bits < 0x80      ? Str::Width::Ascii
                 : bits < 0x100   ? Str::Width::Latin1
                 : bits < 0x10000 ? Str::Width::Two
                                  : Str::Width::Four;
    Str* result = Str::try_make(thread.heap(), length, width);
    if (result == nullptr) return thread.raise_memory_error();
    int64_t out = 0;
    for (auto* at = begin; at < end; ++out) {
      Step step = decode_step(at, end);
      at += step.length;
      if (bits < 0x100) result->data8()[out] = static_cast<uint8_t>(step.code);
      else if (bits < 0x10000) result->data16()[out] = static_cast<uint16_t>(step.code);
      else result->data32()[out] = step.code;
    }
    return result;
  }
  return make_str(thread, bytes);
}

Str* decode_filesystem(Thread& thread, std::string_view bytes) {
  auto* at = reinterpret_cast<const uint8_t*>(bytes.data());
  auto* end = at + bytes.size();
  if (is_ascii(at, bytes.size())) return make_str(thread, bytes);
  StringBuilder builder(thread);
  while (at < end) {
    Step step = decode_step(at, end);
    if (step.reason == nullptr) {
      builder.append(step.code);
      at += step.length;
      continue;
    }
    builder.append(0xDC00u + *at++);
  }
  return MUST(builder.finish());
}

}  // namespace viperine
