// SPDX-License-Identifier: MIT
// How fast the heap is: allocation with little survival, full collections per MB alive, the write barrier. Prints
// figures; fails only when memory does not come back. With an argument: objects to allocate in millions (default 2).
#include <time.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "heap/toy_kinds.h"

namespace viperine {
namespace {

using namespace toy;

double seconds() {
  timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

void allocate_many(size_t nursery, int64_t count) {
  Roots roots;
  roots.values.resize(1000);
  HeapOptions options;
  options.nursery = nursery;
  Heap* heap = Heap::create(layouts(), roots, options);
  Heap* previous = heap->enter_thread();
  double start = seconds();
  for (int64_t i = 0; i < count; ++i) {
    Node* node = make_node(*heap, i);
    if (i % 100 == 0) {   // one in a hundred lives for a while
      node->first_.initialize(roots.values[static_cast<size_t>(i / 100 % 1000)]);
      if (i % 1000 == 0) node->first_.initialize(Value());
      roots.values[static_cast<size_t>(i / 100 % 1000)] = Value::from_object(node);
    }
    if (heap->collection_wanted()) heap->safepoint(true);
  }
  double time = seconds() - start;
  HeapStatistics statistics = heap->statistics();
  double bytes = static_cast<double>(count) * sizeof(Node);
  std::printf(
      "allocate, nursery %7zu: %6.0f MB/s  %5.1f ns each  %lu minor %lu full, pause max %.2f ms, total %.0f of %.0f "
      "ms\n",
      nursery, bytes / time / 1e6, time * 1e9 / static_cast<double>(count), statistics.minor_collections,
      statistics.full_collections, static_cast<double>(statistics.pause_nanoseconds_max) / 1e6,
      static_cast<double>(statistics.pause_nanoseconds_total) / 1e6, time * 1e3);
  Heap::restore_thread(previous);
  Heap::destroy(heap);
}

size_t resident_kib() {
  FILE* file = std::fopen("/proc/self/statm", "r");
  unsigned long size = 0, resident = 0;
  if (file == nullptr || std::fscanf(file, "%lu %lu", &size, &resident) != 2) resident = 0;
  if (file != nullptr) std::fclose(file);
  return resident * 4;
}

/// A tree of `count` nodes whose parents lie at most `distance` before them; every second one dies.
void collect_fully(int64_t count, int64_t distance) {
  std::printf("edges over at most %ld objects:\n", distance);
  Roots roots;
  HeapOptions options;
  Heap* heap = Heap::create(layouts(), roots, options);
  Heap* previous = heap->enter_thread();
  size_t before = resident_kib();
  roots.values.resize(2);
  roots.values[0] = Value::from_object(make_array(*heap, 1, count));
  uint64_t random = 88172645463325252u;
  for (int64_t i = 0; i < count; ++i) {
    Node* node = make_node(*heap, i);
    auto* array = static_cast<Array*>(roots.values[0].as_object());
    random ^= random << 13, random ^= random >> 7, random ^= random << 17;
    if (i > 0)
      node->first_.initialize(
          array->items()[i - 1 - static_cast<int64_t>(random >> 1) % (i < distance ? i : distance)]);
    array->items()[i] = Value::from_object(node);
    write_barrier(array, &array->items()[i]);
    if (heap->collection_wanted()) heap->safepoint(true);
  }
  auto full = [&](const char* what) {
    uint64_t total = heap->statistics().pause_nanoseconds_total;
    heap->request_collection(Collection::Full);
    heap->safepoint(true);
    HeapStatistics now = heap->statistics();
    double pause = static_cast<double>(now.pause_nanoseconds_total - total) / 1e6;
    double live = static_cast<double>(now.live_bytes) / 1e6;
    std::printf("full, %-18s %6.2f ms for %6.2f MB alive (%.2f ms/MB), resident %zu KiB\n", what, pause, live,
                live > 0 ? pause / live : 0, resident_kib() - before);
  };
  full("all alive:");
  auto* array = static_cast<Array*>(roots.values[0].as_object());
  for (int64_t i = 0; i < count; ++i) {
    static_cast<Node*>(array->items()[i].as_object())->first_.initialize(Value());
    if (i % 2 == 1) array->items()[i] = Value();
  }
  full("every second dead:");
  full("nothing to do:");
  roots.values[0] = Value();
  full("all dead:");
  size_t after = resident_kib();
  if (after > before + 1024) {
    std::fprintf(stderr, "memory did not come back: %zu -> %zu KiB\n", before, after);
    std::exit(1);
  }
  Heap::restore_thread(previous);
  Heap::destroy(heap);
}

/// Stores of young objects into random places of a large old array.
void store_much(int64_t count) {
  Roots roots;
  Heap* heap = Heap::create(layouts(), roots, HeapOptions());
  Heap* previous = heap->enter_thread();
  constexpr int64_t kLength = 1 << 20;
  roots.values.push_back(Value::from_object(make_array(*heap, 1, kLength)));
  heap->request_collection(Collection::Full);
  heap->safepoint(true);
  uint64_t random = 88172645463325252u;
  double start = seconds();
  for (int64_t i = 0; i < count; ++i) {
    Node* node = make_node(*heap, i);
    auto* array = static_cast<Array*>(roots.values[0].as_object());
    random ^= random << 13, random ^= random >> 7, random ^= random << 17;
    Value* word = &array->items()[random % 4096];
    *word = Value::from_object(node);
    write_barrier(array, word);
    if (heap->collection_wanted()) heap->safepoint(true);
  }
  double time = seconds() - start;
  HeapStatistics statistics = heap->statistics();
  std::printf("stores into a large array: %.1f ns each, %lu minor, %lu full\n", time * 1e9 / static_cast<double>(count),
              statistics.minor_collections, statistics.full_collections);
  Heap::restore_thread(previous);
  Heap::destroy(heap);
}

/// Texts that die at once, as when a file is read piece by piece.
void churn_large(int64_t count, int64_t bytes) {
  Roots roots;
  Heap* heap = Heap::create(layouts(), roots, HeapOptions());
  Heap* previous = heap->enter_thread();
  double start = seconds();
  for (int64_t i = 0; i < count; ++i) {
    std::memset(make_text(*heap, i, bytes)->data(), 1, static_cast<size_t>(bytes));
    if (heap->collection_wanted()) heap->safepoint(true);
  }
  double time = seconds() - start;
  HeapStatistics statistics = heap->statistics();
  std::printf("texts of %ld bytes: %.2f us each, %lu minor, %lu full\n", bytes, time * 1e6 / static_cast<double>(count),
              statistics.minor_collections, statistics.full_collections);
  Heap::restore_thread(previous);
  Heap::destroy(heap);
}

}  // namespace
}  // namespace viperine

int main(int argc, char** argv) {
  using namespace viperine;
  toy::map_toy_singletons();
  int64_t millions = argc > 1 ? std::atoi(argv[1]) : 2;
  for (size_t nursery : {size_t{1} << 20, size_t{64} << 10, size_t{0}}) allocate_many(nursery, millions * 1000000);
  collect_fully(millions * 250000, 1000);
  collect_fully(millions * 250000, millions * 250000);
  store_much(millions * 1000000);
  for (int64_t bytes : {10000, 20000, 100000, 1000000}) churn_large(millions * 1000000000 / bytes / 10, bytes);
  return 0;
}
