// SPDX-License-Identifier: MIT
// What the files of memoryview share: access to the bytes, making views, packing items.
#pragma once

#include "builtins/byte_methods.h"
#include "builtins/container_support.h"
#include "builtins/packed_items.h"
#include "objects/memory_view.h"

namespace viperine {

/// memoryview(object); also for C++ that gives out views of its own buffers.
Result<MemoryView*> make_memoryview(Thread& thread, Value object);
/// ValueError "operation forbidden on released memoryview object".
Result<void> check_view(Thread& thread, const MemoryView* view);
/// Where the view's first item is now.
Result<uint8_t*> view_data(Thread& thread, MemoryView* view);
/// All bytes in C order (Fortran order when asked for).
enum class Order : uint8_t { kC, kFortran };
Result<void> append_view(Thread& thread, MemoryView* view, ByteBuffer& out, Order order = Order::kC);
bool is_contiguous(const MemoryView* view, Order order);
/// The code of a native single-value format, 0 for anything else.
char native_code(const char* format);
Result<Value> unpack_view_item(Thread& thread, const MemoryView* view, const uint8_t* item);
Result<void> pack_view_item(Thread& thread, const MemoryView* view, uint8_t* item, Value value);
MemoryView* copy_view(Thread& thread, const MemoryView* view);

// memoryview_items.cpp
Result<Value> view_get_item(Thread& thread, Value self, Value index);
Result<void> view_set_item(Thread& thread, Value self, Value index, Value value);
Result<Value> view_compare(Thread& thread, Value self, Value other, Comparison op);
Result<Value> view_tolist(Thread& thread, MemoryView* self);
Result<Value> view_cast(Thread& thread, MemoryView* self, Str* format, Optional<Value> shape);

}  // namespace viperine
