// SPDX-License-Identifier: MIT
// The module _queue: SimpleQueue. Items lie in a list that grows at its end; a lock of _thread is held while the queue
// is known to be empty, and whoever puts lets it go.
#include "builtins/container_support.h"
#include "runtime/import.h"

namespace viperine {

namespace {

class SimpleQueue final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::SimpleQueue;
  Slot<List> items_;
  Slot<Value> lock_;
  int64_t first_;   // of items_ that is still in the queue
  int64_t locked_;  // somebody waits
  LAYOUT(SimpleQueue, HeapObject, items_, lock_, first_, locked_);
  int64_t size() const { return items_->length() - first_; }
};

Result<Value> queue_new(Thread& thread, Type* type, const Arguments& arguments) {
  if (arguments.keyword_count() > 0) return thread.raise<TypeError>("SimpleQueue() takes no keyword arguments");
  if (arguments.count > 0) return thread.raise<TypeError>("SimpleQueue() takes no positional arguments");
  Value allocate = TRY(get_attribute(thread, TRY(import_module(thread, "_thread")), "allocate_lock"));
  Value lock = TRY(call(thread, allocate));
  auto* self = make_instance<SimpleQueue>(thread, type);
  self->items_.set(self, List::make(thread.heap()));
  self->lock_.set(self, lock);
  return to_value(self);
}

/// Lets one of those that wait look again.
Result<void> wake(Thread& thread, SimpleQueue* self) {
  if (self->locked_ == 0) return {};
  self->locked_ = 0;
  TRY(call_method(thread, self->lock_.get(), intern(thread, "release")));
  return {};
}

Result<void> put(Thread& thread, SimpleQueue* self, Value item) {
  TRY(list_append_value(thread, self->items_.get(), item));
  return wake(thread, self);
}

Result<void> queue_put(Thread& thread, SimpleQueue* self, Value item, bool, Value) { return put(thread, self, item); }
Result<void> queue_put_nowait(Thread& thread, SimpleQueue* self, Value item) { return put(thread, self, item); }

Value take_first(Thread& thread, SimpleQueue* self) {
  List* items = self->items_.get();
  Value item = items->at(self->first_);
  items->set(self->first_++, Value());
  if (self->first_ > 32 && self->first_ * 2 > items->length()) {
    const int64_t left = self->size();
    for (int64_t i = 0; i < left; ++i) items->set(i, items->at(self->first_ + i));
    items->truncate(thread.heap(), left);
    self->first_ = 0;
  } else if (self->size() == 0) {
    items->truncate(thread.heap(), 0);
    self->first_ = 0;
  }
  return item;
}

extern const TypeSpec kSimpleQueueType;

/// The Empty of the module that this queue's type is of (tests import it afresh).
Raised raise_empty(Thread& thread, SimpleQueue* self) {
  Type* type = type_of(thread, to_value(self));
  while (type->spec_ != &kSimpleQueueType || !is<Type>(type->extra_.get())) type = type->base();
  auto exception = call(thread, type->extra_.get());
  if (exception.is_raised()) return Raised{};
  return thread.raise_object(cast<ExceptionObject>(exception.take()));
}

Result<double> now(Thread& thread) {
  Value clock = TRY(get_attribute(thread, TRY(import_module(thread, "time")), "monotonic"));
  return to_double(thread, TRY(call(thread, clock)));
}

/// Waits for an item; seconds < 0: for ever.
Result<Value> get(Thread& thread, SimpleQueue* self, bool block, double seconds) {
  const double end = seconds >= 0 && block ? TRY(now(thread)) + seconds : 0;
  while (self->size() == 0) {
    if (!block) return raise_empty(thread, self);
    Value timeout = Value::from_int(-1);
    if (seconds >= 0) {
      double left = end - TRY(now(thread));
      timeout = make_float(thread.heap(), left < 0 ? 0.0 : left);
    }
    Value taken = TRY(call_method(thread, self->lock_.get(), intern(thread, "acquire"), Value::true_(), timeout));
    if (!TRY(is_true(thread, taken))) {
      if (self->size() > 0) break;
      return raise_empty(thread, self);
    }
    self->locked_ = 1;
  }
  Value item = take_first(thread, self);
  TRY(wake(thread, self));  // there may be more items than calls of put() that found somebody waiting
  return item;
}

Result<Value> queue_get(Thread& thread, SimpleQueue* self, bool block, Value timeout) {
  double seconds = -1;
  if (block && !timeout.is_none()) {
    seconds = TRY(to_double(thread, timeout));
    if (seconds < 0) return thread.raise<ValueError>("'timeout' must be a non-negative number");
    if (seconds > 9e9) return thread.raise<OverflowError>("timeout value is too large");
  }
  return get(thread, self, block, seconds);
}
Result<Value> queue_get_nowait(Thread& thread, SimpleQueue* self) { return get(thread, self, false, -1); }
Result<bool> queue_empty(Thread&, SimpleQueue* self) { return self->size() == 0; }
Result<Value> queue_size(Thread&, SimpleQueue* self) { return Value::from_int(self->size()); }
Result<Value> queue_class_getitem(Thread& thread, Type* type, Value item) { return class_getitem(thread, type, item); }

constexpr NativeMethod kMethods[] = {
    method<queue_put>("put($self, /, item, block=True, timeout=None)",
                      "Put the item on the queue.\n\nThe optional 'block' and 'timeout' arguments are ignored, as this "
                      "method\nnever blocks.  They are provided for compatibility with the Queue class."),
    method<queue_put_nowait>("put_nowait($self, /, item)", "Put an item into the queue without blocking."),
    method<queue_get>("get($self, /, block=True, timeout=None)", "Remove and return an item from the queue."),
    method<queue_get_nowait>("get_nowait($self, /)", "Remove and return an item from the queue without blocking."),
    method<queue_empty>("empty($self, /)", "Return True if the queue is empty, False otherwise (not reliable!)."),
    method<queue_size>("qsize($self, /)", "Return the approximate size of the queue (not reliable!)."),
    method<queue_class_getitem>("__class_getitem__($type, item, /)", "See PEP 585"),
};

const TypeSpec kSimpleQueueType = {.name = "_queue.SimpleQueue",
                                   .kind = Kind::SimpleQueue,
                                   .flags = kTypeBase | kTypeHasWeakrefs,
                                   .layout = [] { return layout_of<SimpleQueue>("SimpleQueue"); },
                                   .slots = {.new_ = &queue_new},
                                   .methods = kMethods,
                                   .doc = "Simple, unbounded, reentrant FIFO queue."};

Result<void> initialize(Thread& thread, Module* module) {
  Type* type = TRY(add_type(thread, module, kSimpleQueueType));
  Type* empty =
      TRY(add_exception(thread, module, "_queue.Empty", thread.runtime().exception_type(ExceptionKind::Exception),
                        "Exception raised by Queue.get(block=0)/get_nowait()."));
  type->extra_.set(type, to_value(empty));
  return {};
}

}  // namespace

extern const ModuleSpec kQueueModule = {.name = "_queue",
                                        .initialize = &initialize,
                                        .doc =
                                            "C implementation of the Python queue module.\nThis module is an "
                                            "implementation detail, please do not use it directly."};

}  // namespace viperine
