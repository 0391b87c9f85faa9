// SPDX-License-Identifier: MIT
// Source bytes become the text that the tokenizer reads: encoding from BOM and cookie (PEP 263), UTF-8, '\n' newlines.
// Codecs other than utf-8, latin-1 and ascii are the caller's (ParseOptions.decode).
#pragma once

#include <string_view>

#include "syntax/session.h"

namespace viperine::syntax {

struct SourceText {
  std::string_view text;  // NUL-terminated, in the arena
  std::string_view encoding;
};

/// False: the session has the error. Also sets session.columns_in_characters.
bool read_source(Session& session, std::string_view bytes, SourceText* result);

}  // namespace viperine::syntax
