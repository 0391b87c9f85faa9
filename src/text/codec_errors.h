// SPDX-License-Identifier: MIT
// What a codec does at input it cannot convert. The named handlers of Python ("strict", "replace", ...) are done here;
// any other is a function pointer that calls Python (module _codecs). Errors carry CPython's start, end and reason.
// A status with `ok` false and `raised` false asks the caller to raise UnicodeDecodeError or UnicodeEncodeError.
#pragma once

#include "text/text_buffer.h"
#include "text/text_view.h"

namespace viperine {

enum class ErrorPolicy : uint8_t {
  kStrict,
  kIgnore,
  kReplace,
  kBackslashReplace,
  kXmlCharRefReplace,
  kNameReplace,
  kSurrogateEscape,
  kSurrogatePass,
  kOther,  // ask the callback
};

ErrorPolicy parse_error_policy(std::string_view name);

struct CodecError {
  const char* encoding = nullptr;
  size_t start = 0, end = 0;
  const char* reason = nullptr;
};

struct CodecStatus {
  bool ok = true;
  bool raised = false;   // the callback failed: an exception is pending
  size_t consumed = 0;   // decoders: bytes read; less than all only when not final
  CodecError error = {};
};

enum class Final : uint8_t { kNo, kYes };

struct DecodeRequest {
  CodecError error;
  ByteView input;           // the callback may put other bytes here (it changed exception.object)
  TextView replacement;  // answer; must stay valid until the next call
  size_t resume = 0;     // answer; within the input
};

struct EncodeRequest {
  CodecError error;
  TextView input;
  bool is_bytes = false;  // answer: the replacement is `bytes`, taken as they are, not `text`
  TextView text;
  ByteView bytes;
  size_t resume = 0;
};

struct DecodeErrors {
  ErrorPolicy policy = ErrorPolicy::kStrict;
  bool (*call)(void* context, DecodeRequest& request) = nullptr;  // false: raised
  void* context = nullptr;
};

struct EncodeErrors {
  ErrorPolicy policy = ErrorPolicy::kStrict;
  bool (*call)(void* context, EncodeRequest& request) = nullptr;
  void* context = nullptr;
};

enum class Refusal : uint8_t {
  kNone,   // handled
  kError,  // this policy leaves the error as it is: raise it
  kOther,  // not known here, or not for this direction
};

// The named handlers over one error. Also the bodies of codecs.replace_errors and so on.
Refusal decode_replacement(ErrorPolicy policy, ByteView input, const CodecError& error, TextBuffer& out,
                           size_t& resume);
/// Writes to `bytes` (and sets is_bytes) or to `text`.
Refusal encode_replacement(ErrorPolicy policy, const TextView& input, const CodecError& error, TextBuffer& text,
                           ByteBuffer& bytes, bool& is_bytes);

/// \xNN, \uNNNN or \UNNNNNNNN.
void append_escape(char32_t code, TextBuffer& out);

// The state of one decoding: where it is, what it has written. Codecs derive their loops from it.
struct Decoder {
  const char* encoding;
  ByteView input;
  const DecodeErrors& errors;
  TextBuffer& out;
  size_t position = 0;
  CodecStatus status = {};

  /// Handles an error: true means go on at `position`, false that `status` says why not.
  bool fail(size_t start, size_t end, const char* reason);
};

// The same for encoding. `encode_text` writes replacement text, false if it cannot be encoded; `encode_bytes` checks
// and writes replacement bytes.
struct Encoder {
  const char* encoding;
  TextView input;
  const EncodeErrors& errors;
  ByteBuffer& out;
  bool (*encode_text)(Encoder& encoder, const TextView& text);
  bool (*encode_bytes)(Encoder& encoder, ByteView bytes);
  size_t position = 0;
  const void* extra = nullptr;
  CodecStatus status = {};

  bool fail(size_t start, size_t end, const char* reason);
};

}  // namespace viperine
