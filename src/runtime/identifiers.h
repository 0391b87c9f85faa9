// SPDX-License-Identifier: MIT
// Whether a str is an identifier. (Apart, because text/ and objects/ both have a Bytes.)
#pragma once

#include <cstddef>
#include <cstdint>

namespace viperine {

/// `data` holds `length` code points of `unit_size` bytes.
bool is_identifier_text(const void* data, size_t length, uint8_t unit_size);

}  // namespace viperine
