// SPDX-License-Identifier: MIT
// Making and resizing bytearrays from C++. Methods are in builtins/bytearray.cpp.
#pragma once

#include "objects/bytes.h"
#include "runtime/runtime.h"

namespace viperine {

/// BufferView::length before a memoryview asks for the buffer: the exporter's size is locked as long as it is there.
constexpr int64_t kForMemoryView = -1;

Result<ByteArray*> make_bytearray(Thread& thread, std::span<const uint8_t> data);
/// Changes the length; new bytes are zero. BufferError while there are exports.
Result<void> bytearray_resize(Thread& thread, ByteArray* array, int64_t length);
/// array[start:stop] = data, which must not lie in the array itself; 0 <= start <= stop <= length.
Result<void> bytearray_replace(Thread& thread, ByteArray* array, int64_t start, int64_t stop,
                               std::span<const uint8_t> data);
inline Result<void> bytearray_append(Thread& thread, ByteArray* array, std::span<const uint8_t> data) {
  return bytearray_replace(thread, array, array->length(), array->length(), data);
}
/// Whether a variable, a container or an attribute holds a memoryview of these bytes (a Buffer, or the exporter
/// itself). Costs a full collection: ask only when one was made. Gives up (false) when it has found nothing too often.
bool has_memoryview(Thread& thread, Value storage);
/// BufferError "Existing exports of data: object cannot be re-sized".
Result<void> check_resizable(Thread& thread, ByteArray* array);

}  // namespace viperine
