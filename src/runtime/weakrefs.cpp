// SPDX-License-Identifier: MIT
// Weak references as the runtime needs them: chains of one referent, callbacks. The Python types are in
// builtins/weakref.cpp. The chain: Heap::weakref_head(referent) -> next_ -> ... -> None; the plain reference without
// callback, when there is one, is first.
#include "runtime/attributes.h"
#include "runtime/classes.h"

namespace viperine {

void link_weakref(Thread& thread, WeakRef* reference) {
  Heap& heap = thread.heap();
  HeapObject* referent = reference->referent_.get().as_object();
  auto* head = static_cast<WeakRef*>(heap.weakref_head(referent));
  bool head_is_plain =
      head != nullptr && head->callback_.get().is_none() && head->shape_word() == exact_shape_word(Kind::WeakRef);
  bool is_plain = reference->callback_.get().is_none() && reference->shape_word() == exact_shape_word(Kind::WeakRef);
  if (head_is_plain && !is_plain) {
    reference->next_.set(reference, head->next_.get());
    head->next_.set(head, to_value(reference));
    return;
  }
  reference->next_.set(reference, head == nullptr ? Value::none() : to_value(head));
  heap.set_weakref_head(referent, reference);
}

WeakRef* plain_weakref(Thread& thread, HeapObject* object) {
  auto* head = static_cast<WeakRef*>(thread.heap().weakref_head(object));
  if (head != nullptr && head->callback_.get().is_none() && head->shape_word() == exact_shape_word(Kind::WeakRef))
    return head;
  auto* reference = make_exact<WeakRef>(thread, Kind::WeakRef);
  reference->referent_.initialize(to_value(object));
  reference->callback_.initialize(Value::none());
  reference->next_.initialize(Value::none());
  reference->hash_ = -1;
  thread.heap().register_special(reference);
  link_weakref(thread, reference);
  return reference;
}

Optional<Value> weakref_target(WeakRef* reference) {
  Value value = reference->referent_.get();
  return value.is_none() ? Optional<Value>() : Optional<Value>(value);
}

Result<void> run_weakref_callback(Thread& thread, WeakRef* reference) {
  Value callback = reference->callback_.get();
  if (callback.is_none()) return {};
  reference->callback_.set(reference, Value::none());
  TRY(call(thread, callback, to_value(reference)));
  return {};
}

}  // namespace viperine
