// SPDX-License-Identifier: MIT
// See identifiers.h.
#include "runtime/identifiers.h"

#include "text/unicode.h"

namespace viperine {

bool is_identifier_text(const void* data, size_t length, uint8_t unit_size) {
  return unicode::is_identifier(TextView(data, length, unit_size));
}

}  // namespace viperine
