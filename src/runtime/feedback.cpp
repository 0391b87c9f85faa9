// SPDX-License-Identifier: MIT
// Feedback objects: making them, and the registry through which all of them are found. What their entries mean is the
// interpreter's affair (interpreter/inline_cache.h).
// Invariant: a registered Feedback is in its registry at number_ as long as it lives.
#include "runtime/interpreter_data.h"

namespace viperine {

Feedback* Feedback::try_make(Runtime& runtime, uint32_t count) {
  if (runtime.feedback_list_ == nullptr) runtime.feedback_list_ = new FeedbackList();
  FeedbackList& registry = *runtime.feedback_list_;
  Heap& heap = runtime.heap();
  auto* feedback = static_cast<Feedback*>(
      heap.allocate_fixed(exact_shape_word(Kind::Feedback), sizeof(Feedback) + count * sizeof(FeedbackEntry)));
  feedback->count_ = count;
  if (registry.free_places.empty()) {
    feedback->number_ = static_cast<uint32_t>(registry.members.size());
    registry.members.push_back(feedback);
  } else {
    feedback->number_ = registry.free_places.back();
    registry.free_places.pop_back();
    registry.members[feedback->number_] = feedback;
  }
  feedback->registry_ = &registry;
  heap.register_special(feedback);
  return feedback;
}

void Feedback::release(HeapObject* object) {
  auto* feedback = static_cast<Feedback*>(object);
  FeedbackList* registry = feedback->registry_;
  if (registry == nullptr) return;
  registry->members[feedback->number_] = nullptr;
  registry->free_places.push_back(feedback->number_);
}

}  // namespace viperine
