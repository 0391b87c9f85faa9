// SPDX-License-Identifier: MIT
// Backslash escapes of str and bytes literals.
#pragma once

#include <string_view>

#include "syntax/session.h"

namespace viperine::syntax {

struct EscapeResult {
  std::string_view error;             // data(): what CPython's codec would say, with its "(unicode error)" head
  std::string_view invalid_escape;    // what follows the first backslash that means nothing (an octal number: too much)
};

/// Appends the meaning of `source` (UTF-8) as UTF-8; surrogates are encoded like any code point.
EscapeResult decode_text_escapes(Session& session, std::string_view source, Buffer<char>& out);
/// Appends the bytes that `source` (ASCII) means.
EscapeResult decode_bytes_escapes(Session& session, std::string_view source, Buffer<char>& out);

}  // namespace viperine::syntax
