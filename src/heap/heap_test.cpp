// SPDX-License-Identifier: MIT
// Unit tests of the heap's phases through its public face: each test is one promise of heap.h.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "heap/toy_kinds.h"
#include "platform/memory_limits.h"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define VIPERINE_SANITIZED 1
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define VIPERINE_SANITIZED 1
#endif

namespace viperine {

#ifdef VIPERINE_SANITIZED
constexpr bool kCanLimitAddresses = false;
#else
constexpr bool kCanLimitAddresses = true;
#endif

namespace {

using namespace toy;

struct World {
  Roots roots;
  Heap* heap;
  Heap* previous;
  explicit World(HeapOptions options = {}, bool verify = true) {
    options.verify = verify;
    heap = Heap::create(layouts(), roots, options);
    CHECK(heap != nullptr);
    previous = heap->enter_thread();
  }
  ~World() {
    Heap::restore_thread(previous);
    Heap::destroy(heap);
  }
  void full(bool clean = true) {
    heap->request_collection(Collection::Full);
    CHECK(heap->safepoint(clean));
  }
  void minor() {
    heap->request_collection(Collection::Minor);
    CHECK(heap->safepoint(true));
  }
  size_t root(HeapObject* object) {
    roots.values.push_back(Value::from_object(object));
    return roots.values.size() - 1;
  }
  template <typename T>
  T* at(size_t index) {
    return static_cast<T*>(roots.values[index].as_object());
  }
};

HeapOptions with_nursery(size_t bytes) {
  HeapOptions options;
  options.nursery = bytes;
  return options;
}

Weak* make_weak(World& world, HeapObject* referent) {
  auto* weak = static_cast<Weak*>(world.heap->allocate(word_of(kWeak), sizeof(Weak)));
  weak->referent_.initialize(Value::from_object(referent));
  weak->next_.initialize(Value::none());
  world.heap->register_special(weak);
  HeapObject* head = world.heap->weakref_head(referent);
  if (head != nullptr) weak->next_.set(weak, Value::from_object(head));
  world.heap->set_weakref_head(referent, weak);
  return weak;
}

void allocation_is_zeroed_and_survives() {
  for (size_t nursery : {size_t{0}, size_t{64} << 10, size_t{1} << 20}) {
    World world(with_nursery(nursery));
    for (int i = 0; i < 30000; ++i) {
      Node* node = make_node(*world.heap, i);
      CHECK(node->first_.get() == Value() && node->gc_bits() == 0);
      if (i % 100 == 0) world.root(node);
      if (i % 1000 == 0) world.minor();
    }
    world.full();
    for (int i = 0; i < 300; ++i) CHECK(world.at<Node>(static_cast<size_t>(i))->number_ == i * 100);
    CHECK(world.heap->statistics().live_bytes <= 300 * sizeof(Node) + 64);
  }
}

void young_cycles_die_in_a_minor_collection() {
  int released = 0;
  World world;
  Node *first = make_node(*world.heap, 1), *second = make_node(*world.heap, 2);
  first->first_.set(first, Value::from_object(second));
  second->first_.set(second, Value::from_object(first));
  auto* owner = static_cast<Owner*>(world.heap->allocate(word_of(kOwner), sizeof(Owner)));
  owner->released_ = &released;
  world.heap->register_special(owner);
  first->second_.set(first, Value::from_object(owner));
  world.minor();
  CHECK(released == 1);
}

void old_objects_keep_young_ones_through_the_barrier() {
  World world;
  size_t node = world.root(make_node(*world.heap, 1));
  size_t array = world.root(make_array(*world.heap, 2, 100000));
  world.minor();
  world.at<Node>(node)->first_.set(world.at<Node>(node), Value::from_object(make_node(*world.heap, 3)));
  for (int64_t index : {int64_t{0}, int64_t{127}, int64_t{99999}}) {
    Value* word = &world.at<Array>(array)->items()[index];
    *word = Value::from_object(make_node(*world.heap, 100 + index));
    write_barrier(world.at<Array>(array), word);
  }
  world.minor();
  CHECK(static_cast<Node*>(world.at<Node>(node)->first_.get().as_object())->number_ == 3);
  for (int64_t index : {int64_t{0}, int64_t{127}, int64_t{99999}})
    CHECK(static_cast<Node*>(world.at<Array>(array)->items()[index].as_object())->number_ == 100 + index);
}

void weak_references_are_cleared_and_reported() {
  for (bool full : {false, true}) {
    World world;
    size_t kept = world.root(make_node(*world.heap, 1));
    size_t live = world.root(make_weak(world, world.at<Node>(kept)));
    size_t dead = world.root(make_weak(world, make_node(*world.heap, 2)));
    make_weak(world, make_node(*world.heap, 3));   // dies with its referent: nothing to report
    if (full) {
      world.full();
    } else {
      world.minor();
    }
    CHECK(world.at<Weak>(live)->referent_.get() == world.roots.values[kept]);
    CHECK(world.at<Weak>(dead)->referent_.get().is_none());
    CHECK(world.heap->take_cleared_weak() == world.at<Weak>(dead));
    CHECK(world.heap->take_cleared_weak() == nullptr);
    CHECK(world.heap->weakref_head(world.at<Node>(kept)) == world.at<Weak>(live));
  }
}

void weak_chains_lose_their_dead_members() {
  World world;
  size_t kept = world.root(make_node(*world.heap, 1));
  std::vector<size_t> members;
  for (int i = 0; i < 30; ++i) {
    Weak* weak = make_weak(world, world.at<Node>(kept));
    if (i % 3 == 0) members.push_back(world.root(weak));
    if (i == 15) world.minor();
  }
  world.full();
  size_t count = 0;
  for (HeapObject* weak = world.heap->weakref_head(world.at<Node>(kept)); weak != nullptr; ++count) {
    CHECK(weak == world.at<Weak>(members[members.size() - 1 - count]));
    Value next = static_cast<Weak*>(weak)->next_.get();
    weak = next.is_none() ? nullptr : next.as_object();
  }
  CHECK(count == members.size());
}

void finalizers_run_once_and_bring_back() {
  World world;
  Node *first = make_node(*world.heap, 1), *second = make_node(*world.heap, 2);
  first->first_.set(first, Value::from_object(second));
  size_t weak = world.root(make_weak(world, second));
  world.heap->register_finalizer(first);
  world.minor();
  CHECK(world.at<Weak>(weak)->referent_.get().is_none());   // cleared before the finalizer, as in CPython
  auto* kept = static_cast<Node*>(world.heap->take_finalizable());
  CHECK(kept != nullptr && kept->number_ == 1 && (kept->gc_bits() & kGcFinalized));
  CHECK(static_cast<Node*>(kept->first_.get().as_object())->number_ == 2);
  CHECK(world.heap->take_finalizable() == nullptr);
  world.heap->register_finalizer(kept);   // once is enough
  world.full();
  CHECK(world.heap->take_finalizable() == nullptr);
  CHECK(world.heap->statistics().live_bytes < 2 * sizeof(Node));
}

void large_objects_are_unmapped() {
  World world;
  size_t before = world.heap->statistics().large_bytes;
  size_t text = world.root(make_text(*world.heap, 5, 1 << 20));
  make_text(*world.heap, 6, 1 << 20);
  CHECK(world.heap->statistics().large_bytes > before + (2 << 20));
  Text* address = world.at<Text>(text);
  world.minor();
  CHECK(world.heap->statistics().large_bytes < before + (3 << 19));
  CHECK(world.at<Text>(text) == address && address->number_ == 5);
  world.roots.values[text] = Value();
  world.full();
  CHECK(world.heap->statistics().large_bytes == before);
}

void large_garbage_asks_for_collections() {
  World world;
  for (int i = 0; i < 2000; ++i) {
    CHECK(make_text(*world.heap, i, 100000) != nullptr);
    if (world.heap->collection_wanted()) CHECK(world.heap->safepoint(true));
    CHECK(world.heap->statistics().large_bytes < (16 << 20));
  }
}

void pinned_objects_stay_and_others_move() {
  World world;
  std::vector<Node*> nodes;
  for (int i = 0; i < 5000; ++i) {
    Node* node = make_node(*world.heap, i);
    nodes.push_back(node);
    world.root(node);
  }
  for (size_t i = 0; i < nodes.size(); i += 500) world.roots.native.push_back(reinterpret_cast<uint64_t>(nodes[i]) + 2);
  world.minor();
  for (size_t i = 0; i < nodes.size(); ++i) {
    CHECK((world.at<Node>(i) == nodes[i]) == (i % 500 == 0));
    nodes[i] = world.at<Node>(i);
  }
  world.roots.native.clear();
  world.minor();
  for (size_t i = 0; i < nodes.size(); ++i) CHECK((world.at<Node>(i) == nodes[i]) == (i % 500 != 0));
  for (size_t i = 0; i < nodes.size(); i += 2) world.roots.values[i] = Value();
  Node* last = world.at<Node>(nodes.size() - 1);
  world.roots.native.push_back(reinterpret_cast<uint64_t>(last) + sizeof(Node) - 1);
  world.full();
  CHECK(world.at<Node>(nodes.size() - 1) == last);
  CHECK(world.heap->statistics().pinned_blocks > 0);
  for (size_t i = 1; i < nodes.size(); i += 2) CHECK(world.at<Node>(i)->number_ == static_cast<int64_t>(i));
}

[[gnu::noinline]] bool dirty_collection_keeps(World& world) {
  Node* volatile held = make_node(*world.heap, 42);   // only here
  Node* place = held;
  world.full(false);
  return held == place && place->number_ == 42;
}

void native_stack_is_scanned_when_dirty() {
  World world;
  CHECK(dirty_collection_keeps(world));
}

void stress_move_moves_everything() {
  HeapOptions options;
  options.stress_move = true;
  World world(options);
  for (int i = 0; i < 1000; ++i) world.root(make_node(*world.heap, i));
  world.full();
  for (int round = 0; round < 5; ++round) {
    std::vector<Value> before = world.roots.values;
    world.full();
    for (size_t i = 0; i < before.size(); ++i) CHECK(!(before[i] == world.roots.values[i]));
  }
}

void memory_comes_back_after_a_full_collection() {
  World world;
  size_t list = world.root(make_array(*world.heap, 0, 200000));
  for (int64_t i = 0; i < 200000; ++i) {
    Node* node = make_node(*world.heap, i);
    Value* word = &world.at<Array>(list)->items()[i];
    *word = Value::from_object(node);
    write_barrier(world.at<Array>(list), word);
    if (world.heap->collection_wanted()) world.heap->safepoint(true);
  }
  CHECK(world.heap->statistics().committed_bytes > (7 << 20));
  for (int64_t i = 0; i < 200000; ++i)
    if (i % 1000 != 0) world.at<Array>(list)->items()[i] = Value();
  world.full();
  CHECK(world.heap->statistics().committed_bytes < (3 << 20));
  CHECK(static_cast<Node*>(world.at<Array>(list)->items()[199000].as_object())->number_ == 199000);
}

void limits_are_settled_at_safepoints() {
  HeapOptions options;
  options.max_heap = 8 << 20;
  World world(options);
  CHECK(make_array(*world.heap, 1, 2 << 20) == nullptr);   // 16 MiB: refused
  size_t chain = world.root(make_node(*world.heap, 0));
  bool refused = false;
  int64_t count = 1;
  for (; count < 1000000 && !refused; ++count) {
    Node* node = make_node(*world.heap, count);
    node->first_.initialize(world.roots.values[chain]);
    world.roots.values[chain] = Value::from_object(node);
    if (world.heap->collection_wanted()) refused = !world.heap->safepoint(true);
  }
  CHECK(refused && count * sizeof(Node) < (9u << 20) && count * sizeof(Node) > (6u << 20));
  for (int i = 0; i < 1000; ++i) make_node(*world.heap, i);   // the handler has a reserve
  CHECK(world.heap->safepoint(true));
  world.roots.values[chain] = Value();
  world.full();
  CHECK(make_array(*world.heap, 1, 500000) != nullptr);
}

void garbage_within_one_native_operation_is_collected() {
  HeapOptions options;
  options.max_heap = 8 << 20;
  World world(options);
  size_t kept = world.root(make_node(*world.heap, 77));
  for (int i = 0; i < 2000000; ++i) make_node(*world.heap, i);   // no safepoint at all: 80 MB of garbage
  CHECK(world.at<Node>(kept)->number_ == 77);
  CHECK(world.heap->statistics().peak_bytes < (16 << 20));
  for (int i = 0; i < 100; ++i) CHECK(make_text(*world.heap, i, 1 << 20) != nullptr);
}

void identities_stay() {
  World world;
  std::vector<uint64_t> numbers;
  for (int i = 0; i < 2000; ++i) {
    world.root(make_node(*world.heap, i));
    numbers.push_back(world.heap->identity(world.at<Node>(static_cast<size_t>(i))));
    if (i % 300 == 0) world.minor();
  }
  world.full();
  for (size_t i = 0; i < numbers.size(); ++i) CHECK(world.heap->identity(world.at<Node>(i)) == numbers[i]);
}

void identities_beyond_the_header() {
  World world;
  Node* one = make_node(*world.heap, 0);
  world.root(one);
  for (uint32_t i = 0; i < (1u << 24); ++i) {   // use the numbers of the header up
    one->set_identity_number(0);
    world.heap->identity(one);
  }
  std::vector<uint64_t> numbers;
  for (size_t i = 1; i < 500; ++i) {
    world.root(make_node(*world.heap, static_cast<int64_t>(i)));
    numbers.push_back(world.heap->identity(world.at<Node>(i)));
    CHECK(world.heap->identity(make_node(*world.heap, 0)) > numbers.back());   // dies
  }
  world.minor();
  for (size_t i = 1; i < 500; ++i) CHECK(world.heap->identity(world.at<Node>(i)) == numbers[i - 1]);
  for (size_t i = 1; i < 250; ++i) world.roots.values[i] = Value();
  world.full();
  for (size_t i = 250; i < 500; ++i) CHECK(world.heap->identity(world.at<Node>(i)) == numbers[i - 1]);
}

void shapes_live_as_long_as_their_objects() {
  World world;
  auto make_shape = [&](uint8_t words) {
    auto* shape = static_cast<Shape*>(world.heap->allocate_fixed(word_of(kShape), sizeof(Shape)));
    shape->index_ = world.heap->add_shape(shape);
    world.heap->set_attribute_words(static_cast<uint32_t>(shape->index_), words);
    return static_cast<uint32_t>(shape->index_);
  };
  uint32_t used = make_shape(3), unused = make_shape(5);
  auto* instance = static_cast<Instance*>(
      world.heap->allocate(HeapObject::make_shape_word(kInstance, used), sizeof(Instance) + 24));
  size_t place = world.root(instance);
  instance->attributes()[2] = Value::from_object(make_node(*world.heap, 9));
  world.full();
  CHECK(world.heap->shape_object(used) != nullptr && world.heap->shape_object(unused) == nullptr);
  CHECK(static_cast<Node*>(world.at<Instance>(place)->attributes()[2].as_object())->number_ == 9);
  CHECK(world.heap->dead_shape_count() == 1 && make_shape(1) != unused);
  world.heap->recycle_shapes();
  CHECK(make_shape(1) == unused);
}

void external_bytes_are_pressure() {
  int released = 0;   // outlives the world: what is left is released with it
  World world;
  for (int i = 0; i < 1000; ++i) {
    auto* owner = static_cast<Owner*>(world.heap->allocate(word_of(kOwner), sizeof(Owner)));
    owner->released_ = &released;
    world.heap->register_special(owner);
    world.heap->add_external_bytes(1 << 20);
    if (world.heap->collection_wanted()) {
      int before = released;
      CHECK(world.heap->safepoint(true));
      world.heap->add_external_bytes(-(int64_t{released - before} << 20));
    }
  }
  CHECK(released > 900);
  CHECK(world.heap->statistics().external_bytes < (100 << 20));
}

void every_object_is_found_by_walking() {
  World world;
  for (int i = 0; i < 3000; ++i) world.root(i % 10 == 0 ? static_cast<HeapObject*>(make_text(*world.heap, i, i * 10))
                                                        : make_node(*world.heap, i));
  world.minor();
  for (int i = 3000; i < 4000; ++i) world.root(make_node(*world.heap, i));
  int64_t sum = 0;
  world.heap->for_each_object(
      [](HeapObject* object, void* context) { *static_cast<int64_t*>(context) += static_cast<Node*>(object)->number_; },
      &sum);
  CHECK(sum == 4000 * 3999 / 2);
}

void small_address_spaces_suffice() {
  pid_t child = fork();
  if (child == 0) {
    rlimit limit{size_t{400} << 20, size_t{400} << 20};
    if (setrlimit(RLIMIT_AS, &limit) != 0) _exit(0);
    World world({}, false);
    size_t chain = world.root(make_node(*world.heap, 0));
    bool refused = false;
    for (int64_t i = 0; i < 100000000 && !refused; ++i) {
      Node* node = make_node(*world.heap, i);
      node->first_.initialize(world.roots.values[chain]);
      world.roots.values[chain] = Value::from_object(node);
      if (world.heap->collection_wanted()) refused = !world.heap->safepoint(true);
    }
    _exit(refused ? 0 : 1);
  }
  int status = 0;
  waitpid(child, &status, 0);
  CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

}  // namespace
}  // namespace viperine

int main() {
  using namespace viperine;
  toy::map_toy_singletons();
  allocation_is_zeroed_and_survives();
  young_cycles_die_in_a_minor_collection();
  old_objects_keep_young_ones_through_the_barrier();
  weak_references_are_cleared_and_reported();
  weak_chains_lose_their_dead_members();
  finalizers_run_once_and_bring_back();
  large_objects_are_unmapped();
  large_garbage_asks_for_collections();
  pinned_objects_stay_and_others_move();
  native_stack_is_scanned_when_dirty();
  stress_move_moves_everything();
  memory_comes_back_after_a_full_collection();
  limits_are_settled_at_safepoints();
  garbage_within_one_native_operation_is_collected();
  identities_stay();
  identities_beyond_the_header();
  shapes_live_as_long_as_their_objects();
  external_bytes_are_pressure();
  every_object_is_found_by_walking();
  if (kCanLimitAddresses && address_space_limit() == kNoMemoryLimit) small_address_spaces_suffice();
  return 0;
}
