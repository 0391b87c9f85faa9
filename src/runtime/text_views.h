// SPDX-License-Identifier: MIT
// Between str objects and the pure functions of text/: views of what a Str holds, and a Str from a view or a finished
// buffer. Invariant: a view is valid while its object lives; native code that holds a view keeps the object where it
// is.
#pragma once

#include "objects/bytes.h"
#include "runtime/strings.h"
#include "text/text_buffer.h"

namespace viperine {

inline TextView view_of(const Str* text) {
  return {text->data(), static_cast<size_t>(text->length()), static_cast<uint8_t>(text->unit_size())};
}
inline TextView view_of(std::span<const uint8_t> bytes) { return {bytes.data(), bytes.size(), 1}; }
inline Result<Str*> make_text(Thread& thread, const TextView& view) {
  return make_str_from_units(thread, view.data, view.width, static_cast<int64_t>(view.length));
}
inline Result<Str*> make_text(Thread& thread, const TextBuffer& buffer) {
  if (!buffer.is_ascii()) return make_text(thread, buffer.view());
  return make_str_from_units(thread, buffer.view().data, 1, static_cast<int64_t>(buffer.length()), 0x7F);
}
inline Result<Bytes*> make_bytes(Thread& thread, const ByteBuffer& buffer) {
  return try_make_bytes(thread, buffer.data(), static_cast<int64_t>(buffer.length()));
}
inline Str::Width width_of_bits(uint32_t bits) {
  return bits < 0x80      ? Str::Width::Ascii
         : bits < 0x100   ? Str::Width::Latin1
         : bits < 0x10000 ? Str::Width::Two
                          : Str::Width::Four;
}

}  // namespace viperine
