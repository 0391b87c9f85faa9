// SPDX-License-Identifier: MIT
// Asking objects for their bytes. What each exporter fills in is beside its type.
#include "runtime/buffers.h"

#include "runtime/type_spec.h"

namespace viperine {

bool has_buffer(Thread& thread, Value object) { return type_of(thread, object)->slots().buffer != nullptr; }

Result<void> acquire_buffer(Thread& thread, Value object, BufferView& view, bool writable) {
  auto slot = type_of(thread, object)->slots().buffer;
  if (slot == nullptr && writable)
    return thread.raise<TypeError>("argument must be read-write bytes-like object, not {}", type_name_of(object));
  if (slot == nullptr)
    return thread.raise<TypeError>("a bytes-like object is required, not '{}'", type_name_of(object));
  view = BufferView();
  view.owner = object;
  if (slot(thread, object, view, writable).is_raised()) {
    if (!writable || !thread.pending_is<BufferError>()) return Raised{};
    thread.clear_pending();
    return thread.raise<TypeError>("argument must be read-write bytes-like object, not {}", type_name_of(object));
  }
  if (view.contiguous) return {};
  release_buffer(thread, view);
  return thread.raise<BufferError>("memoryview: underlying buffer is not C-contiguous");
}

void release_buffer(Thread& thread, BufferView& view) {
  if (view.release != nullptr) view.release(thread, view);
  view.release = nullptr;
}

}  // namespace viperine
