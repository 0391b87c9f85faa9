// SPDX-License-Identifier: MIT
// The module _heapq: binary heaps in lists, smallest or largest first.
// Every comparison may run Python: the list's length and array are looked at again after it.
#include "builtins/container_support.h"

namespace viperine {

namespace {

enum class Order : uint8_t { Smallest, Largest };

template <Order order>
Result<bool> before(Thread& thread, Value a, Value b) {
  return order == Order::Smallest ? compare_truth(thread, a, b, Comparison::Less)
                                  : compare_truth(thread, b, a, Comparison::Less);
}

Raised raise_changed(Thread& thread) { return thread.raise<RuntimeError>("list changed size during iteration"); }

/// The item at `position` rises to its place, at most to `top`.
template <Order order>
Result<void> sift_down(Thread& thread, List* heap, int64_t top, int64_t position) {
  int64_t length = heap->length();
  if (position >= length) return thread.raise<IndexError>("index out of range");
  while (position > top) {
    int64_t parent = (position - 1) >> 1;
    Value item = heap->at(position), above = heap->at(parent);
    bool rises = TRY(before<order>(thread, item, above));
    if (heap->length() != length) return raise_changed(thread);
    if (!rises) break;
    item = heap->at(position), above = heap->at(parent);
    heap->set(parent, item);
    heap->set(position, above);
    position = parent;
  }
  return {};
}

/// The item at `position` sinks to a leaf along the better children, then rises to its place.
template <Order order>
Result<void> sift_up(Thread& thread, List* heap, int64_t position) {
  int64_t length = heap->length(), top = position;
  if (position >= length) return thread.raise<IndexError>("index out of range");
  int64_t first_leaf = length >> 1;
  while (position < first_leaf) {
    int64_t child = 2 * position + 1;
    if (child + 1 < length) {
      bool left = TRY(before<order>(thread, heap->at(child), heap->at(child + 1)));
      if (heap->length() != length) return raise_changed(thread);
      if (!left) ++child;
    }
    Value lower = heap->at(child), item = heap->at(position);
    heap->set(child, item);
    heap->set(position, lower);
    position = child;
  }
  return sift_down<order>(thread, heap, top, position);
}


Result<void> heap_push(Thread& thread, List* heap, Value item) {
  TRY(list_append_value(thread, heap, item));
  return sift_down<Order::Smallest>(thread, heap, 0, heap->length() - 1);
}

template <Order order>
Result<Value> heap_pop(Thread& thread, List* heap) {
  int64_t length = heap->length();
  if (length == 0) return thread.raise<IndexError>("index out of range");
  Value last = heap->at(length - 1);
  heap->truncate(thread.heap(), length - 1);
  if (length == 1) return last;
  Value result = heap->at(0);
  heap->set(0, last);
  TRY(sift_up<order>(thread, heap, 0));
  return result;
}

template <Order order>
Result<Value> heap_replace(Thread& thread, List* heap, Value item) {
  if (heap->length() == 0) return thread.raise<IndexError>("index out of range");
  Value result = heap->at(0);
  heap->set(0, item);
  TRY(sift_up<order>(thread, heap, 0));
  return result;
}

Result<Value> heap_pushpop(Thread& thread, List* heap, Value item) {
  if (heap->length() == 0) return item;
  Value top = heap->at(0);
  if (!TRY(compare_truth(thread, top, item, Comparison::Less))) return item;
  if (heap->length() == 0) return thread.raise<IndexError>("index out of range");
  Value result = heap->at(0);
  heap->set(0, item);
  TRY(sift_up<Order::Smallest>(thread, heap, 0));
  return result;
}

template <Order order>
Result<void> heapify(Thread& thread, List* heap) {
  for (int64_t i = (heap->length() >> 1) - 1; i >= 0; --i) TRY(sift_up<order>(thread, heap, i));
  return {};
}

constexpr NativeMethod kFunctions[] = {
    function<heap_push>("heappush(heap, item, /)", "Push item onto heap, maintaining the heap invariant."),
    function<heap_pushpop>(
        "heappushpop(heap, item, /)",
        "Push item on the heap, then pop and return the smallest item from the heap.\n\nThe combined action runs more "
        "efficiently than heappush() followed by\na separate call to heappop()."),
    function<heap_pop<Order::Smallest>>("heappop(heap, /)",
                                        "Pop the smallest item off the heap, maintaining the heap invariant."),
    function<heap_replace<Order::Smallest>>(
        "heapreplace(heap, item, /)",
        "Pop and return the current smallest value, and add the new item.\n\nThis is more efficient than "
        "heappop() followed by heappush(), and can be\nmore appropriate when using a fixed-size heap.  "
        "Note that the value\nreturned may be larger than item!  That constrains reasonable uses of\nthis "
        "routine unless written as part of a conditional replacement:\n\n    if item > heap[0]:\n"
        "        item = heapreplace(heap, item)"),
    function<heapify<Order::Smallest>>("heapify(heap, /)",
                                       "Transform list into a heap, in-place, in O(len(heap)) time."),
    function<heap_pop<Order::Largest>>("_heappop_max(heap, /)", "Maxheap variant of heappop."),
    function<heapify<Order::Largest>>("_heapify_max(heap, /)", "Maxheap variant of heapify."),
    function<heap_replace<Order::Largest>>("_heapreplace_max(heap, item, /)", "Maxheap variant of heapreplace."),
};

}  // namespace

extern const ModuleSpec kHeapqModule;
constinit const ModuleSpec kHeapqModule = {
    .name = "_heapq",
    .functions = kFunctions,
    .doc = "Heap queue algorithm (a.k.a. priority queue).",
};

}  // namespace viperine
