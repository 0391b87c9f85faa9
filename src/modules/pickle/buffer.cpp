// SPDX-License-Identifier: MIT
// PickleBuffer: wraps a buffer for out-of-band transport (PEP 574).
#include "modules/pickle/buffer.h"

#include "builtins/memoryview.h"

namespace viperine::pickle {

namespace {

Result<Value> buffer_new(Thread& thread, Type* type, const Arguments& arguments) {
  if (arguments.keyword_count() > 0) return thread.raise<TypeError>("PickleBuffer() takes no keyword arguments");
  if (arguments.count != 1)
    return thread.raise<TypeError>("PickleBuffer expected 1 argument, got {}", int64_t{arguments.count});
  if (!has_buffer(thread, arguments[0]))
    return thread.raise<TypeError>("a bytes-like object is required, not '{}'", type_name_of(arguments[0]));
  MemoryView* view = TRY(make_memoryview(thread, arguments[0]));
  auto* self = make_instance<PickleBuffer>(thread, type);
  self->object_.set(self, arguments[0]);
  self->view_.set(self, view);
  return to_value(self);
}

Raised raise_released(Thread& thread) {
  return thread.raise<ValueError>("operation forbidden on released PickleBuffer object");
}

Result<void> buffer_buffer(Thread& thread, Value self, BufferView& view, bool writable) {
  auto* buffer = static_cast<PickleBuffer*>(self.as_object());
  if (buffer->view_.is_null()) return raise_released(thread);
  view.owner = buffer->object_.get();
  return type_of(thread, view.owner)->slots().buffer(thread, view.owner, view, writable);
}

Result<Value> buffer_raw(Thread& thread, PickleBuffer* self) {
  if (self->view_.is_null()) return raise_released(thread);
  MemoryView* view = self->view_.get();
  if (!is_contiguous(view, Order::kC) && !is_contiguous(view, Order::kFortran))
    return thread.raise<BufferError>("cannot extract raw buffer from non-contiguous buffer");
  MemoryView* raw = copy_view(thread, TRY(make_memoryview(thread, self->object_.get())));
  raw->format_.set(raw, make_bytes(thread, "B"));
  raw->item_size_ = 1;
  raw->dimensions_ = 1;
  raw->extents_.set(raw, nullptr);
  raw->shape_ = raw->length_;
  raw->stride_ = 1;
  return to_value(raw);
}

Result<void> buffer_release(Thread& thread, PickleBuffer* self) {
  self->view_.set(self, nullptr);
  self->object_.set(self, Value::none());
  return {};
}

constexpr NativeMethod kMethods[] = {
    method<buffer_raw>("raw($self, /)",
                       "Return a memoryview of the raw memory underlying this buffer.\n\nWill raise BufferError is the "
                       "buffer isn't contiguous."),
    method<buffer_release>("release($self, /)", "Release the underlying buffer held by the PickleBuffer object."),
};

}  // namespace

const TypeSpec kPickleBufferType = {.name = "_pickle.PickleBuffer",
                                    .kind = Kind::PickleBuffer,
                                    .flags = kTypeBase | kTypeHasWeakrefs,
                                    .layout = [] { return layout_of<PickleBuffer>("PickleBuffer"); },
                                    .slots = {.new_ = &buffer_new, .buffer = &buffer_buffer},
                                    .methods = kMethods,
                                    .doc = "Wrapper for potentially out-of-band buffers"};

}  // namespace viperine::pickle
