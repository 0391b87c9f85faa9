// SPDX-License-Identifier: MIT
// Property test of the heap: random programs over toy kinds run against a model of plain C++ structures, under every
// mode of collection. After each collection the heap must equal the model; what must die has died, what must live is
// untouched.
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <set>

#include "heap/toy_kinds.h"

namespace viperine {
namespace {

using namespace toy;

struct Mirror {   // what the model knows of one object
  Kind kind = kNode;
  std::vector<int64_t> edges;      // 0: none; negative: an int value
  int64_t referent = 0;            // of a Weak
  int64_t length = 0;
  uint64_t identity = 0;
  bool unique = false;
  bool finalizer = false, finalized = false, weakly_known = false;
  uint32_t shape = 0;
};

struct Mode {
  const char* name;
  HeapOptions options;
};

class Program {
 public:
  Program(const Mode& mode, uint64_t seed) : mode_(mode), state_(seed * 2654435761u + 88172645463325252u) {
    heap_ = Heap::create(layouts(), roots_, mode.options);
    CHECK(heap_ != nullptr);
    previous_ = heap_->enter_thread();
    roots_.values.resize(64);
    held_.resize(64);
  }
  ~Program() {
    Heap::restore_thread(previous_);
    Heap::destroy(heap_);
  }

  void run(int steps) {
    for (int i = 0; i < steps; ++i) {
      step();
      if (random(40) == 0) safepoint();
    }
    roots_.native.clear();
    pinned_.clear();
    for (int i = 0; i < 3; ++i) {   // nothing pinned any more: what is unreachable must be gone
      heap_->request_collection(Collection::Full);
      CHECK(heap_->safepoint(!mode_.options.always_dirty));
      drain_queues();
    }
    check_graph();
    if (!mode_.options.always_dirty) check_exact();
  }

 private:
  uint64_t random(uint64_t limit) {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return (state_ >> 11) % limit;
  }
  static int64_t number_of(HeapObject* object) {
    int64_t number;
    std::memcpy(&number, reinterpret_cast<char*>(object) + 8, 8);
    return number;
  }
  std::span<Value> words_of(HeapObject* object, const Mirror& mirror) {
    switch (mirror.kind) {
      case kNode: return {reinterpret_cast<Value*>(&static_cast<Node*>(object)->first_), 2};
      case kArray: return {static_cast<Array*>(object)->items(), static_cast<size_t>(mirror.length)};
      case kWeak: return {reinterpret_cast<Value*>(&static_cast<Weak*>(object)->other_), 1};
      case kOwner: return {reinterpret_cast<Value*>(&static_cast<Owner*>(object)->other_), 1};
      case kFixed: return {reinterpret_cast<Value*>(&static_cast<Fixed*>(object)->other_), 1};
      case kInstance: return {static_cast<Instance*>(object)->attributes(), mirror.edges.size()};
      default: return {};
    }
  }

  HeapObject* create(int64_t number, Mirror& mirror) {
    switch (random(16)) {
      case 0: return create_array(number, mirror, static_cast<int64_t>(random(3) == 0 ? random(6000) : random(300)));
      case 1: return create_text(number, mirror, static_cast<int64_t>(random(4) == 0 ? random(60000) : random(500)));
      case 2: return create_weak(number, mirror);
      case 3: {
        mirror.kind = kOwner;
        mirror.edges.resize(1);
        auto* owner = static_cast<Owner*>(heap_->allocate(word_of(kOwner), sizeof(Owner)));
        owner->number_ = number;
        owner->released_ = &released_;
        heap_->register_special(owner);
        return owner;
      }
      case 4:
      case 5: return create_instance(number, mirror);
      case 6: {
        mirror.kind = kFixed;
        mirror.edges.resize(1);
        auto* fixed = static_cast<Fixed*>(heap_->allocate_fixed(word_of(kFixed), sizeof(Fixed)));
        fixed->number_ = number;
        return fixed;
      }
      default: {
        mirror.edges.resize(2);
        Node* node = make_node(*heap_, number);
        if (random(8) == 0) {
          mirror.finalizer = true;
          heap_->register_finalizer(node);
        }
        return node;
      }
    }
  }
  HeapObject* create_array(int64_t number, Mirror& mirror, int64_t length) {
    mirror.kind = kArray;
    mirror.length = length;
    mirror.edges.resize(static_cast<size_t>(length));
    return make_array(*heap_, number, length);
  }
  HeapObject* create_text(int64_t number, Mirror& mirror, int64_t length) {
    mirror.kind = kText;
    mirror.length = length;
    Text* text = make_text(*heap_, number, length);
    std::memset(text->data(), static_cast<int>(number & 255), static_cast<size_t>(length));
    mirror.unique = random(2) == 0;
    if (mirror.unique) heap_->add_unique(hash_of(number), text);
    return text;
  }
  static uint32_t hash_of(int64_t number) { return static_cast<uint32_t>(number) % 97 * 0x01000193u; }
  HeapObject* find_unique(int64_t number) {
    return heap_->find_unique(
        hash_of(number),
        [](const HeapObject* object, const void* key) {
          return number_of(const_cast<HeapObject*>(object)) == *static_cast<const int64_t*>(key);
        },
        &number);
  }
  HeapObject* create_instance(int64_t number, Mirror& mirror) {
    if (shapes_ == 0 || random(20) == 0) {
      auto* shape = static_cast<Shape*>(heap_->allocate_fixed(word_of(kShape), sizeof(Shape)));
      shape->number_ = -1;
      shape->index_ = heap_->add_shape(shape);
      heap_->set_attribute_words(static_cast<uint32_t>(shape->index_), static_cast<uint8_t>(random(6)));
      roots_.values[0] = Value::from_object(shape);   // the newest shape is held; the others by their instances
      ++shapes_;
    }
    auto* shape = static_cast<Shape*>(roots_.values[0].as_object());
    auto index = static_cast<uint32_t>(shape->index_);
    mirror.kind = kInstance;
    mirror.shape = index;
    mirror.edges.resize(heap_->attribute_words(index));
    auto* instance = static_cast<Instance*>(
        heap_->allocate(HeapObject::make_shape_word(kInstance, index), sizeof(Instance) + 8 * mirror.edges.size()));
    instance->number_ = number;
    return instance;
  }
  HeapObject* create_weak(int64_t number, Mirror& mirror) {
    mirror.kind = kWeak;
    mirror.edges.resize(1);
    auto* weak = static_cast<Weak*>(heap_->allocate(word_of(kWeak), sizeof(Weak)));
    weak->number_ = number;
    heap_->register_special(weak);
    weak->referent_.initialize(Value::none());
    weak->next_.initialize(Value::none());
    HeapObject* referent = pick();
    if (referent != nullptr && number_of(referent) > 0) {
      mirror.referent = number_of(referent);
      HeapObject* head = heap_->weakref_head(referent);
      weak->referent_.set(weak, Value::from_object(referent));
      if (head == nullptr || random(2) == 0) {
        if (head != nullptr) weak->next_.set(weak, Value::from_object(head));
        heap_->set_weakref_head(referent, weak);
      } else {   // behind the head
        auto* first = static_cast<Weak*>(head);
        weak->next_.set(weak, first->next_.get());
        first->next_.set(first, Value::from_object(weak));
        heap_->set_weakref_head(referent, first);
      }
      chains_.insert(mirror.referent);
    }
    return weak;
  }

  /// A random reachable object, by a walk from a root.
  HeapObject* pick() {
    size_t place = 1 + random(63);
    Value value = roots_.values[place];
    if (!value.is_pointer()) return nullptr;
    HeapObject* object = value.as_object();
    for (uint64_t depth = random(6); depth > 0; --depth) {
      std::span<Value> words = words_of(object, model_.at(number_of(object)));
      if (words.empty()) break;
      Value next = words[random(words.size())];
      if (!next.is_pointer()) break;
      object = next.as_object();
    }
    return object;
  }

  void step() {
    switch (random(10)) {
      case 0:
      case 1:
      case 2:
      case 3: {
        int64_t number = next_number_++;
        Mirror mirror;
        HeapObject* object = create(number, mirror);
        CHECK(object != nullptr);
        model_[number] = mirror;
        size_t place = 1 + random(63);
        HeapObject* keeper = random(2) == 0 ? pick() : nullptr;
        if (keeper == nullptr || !write(keeper, object)) {
          roots_.values[place] = Value::from_object(object);
          held_[place] = number;
        }
        return;
      }
      case 4:
      case 5: {
        HeapObject* owner = pick();
        HeapObject* target = pick();
        if (owner != nullptr) write(owner, random(6) == 0 ? nullptr : target);
        return;
      }
      case 6: {
        size_t place = 1 + random(63);
        roots_.values[place] = Value();
        held_[place] = 0;
        return;
      }
      case 7: {
        HeapObject* object = pick();
        if (object == nullptr) return;
        Mirror& mirror = model_.at(number_of(object));
        uint64_t identity = heap_->identity(object);
        CHECK(mirror.identity == 0 || mirror.identity == identity);
        mirror.identity = identity;
        return;
      }
      case 8:
        if (random(4) == 0) change_pins();
        return;
      default: check_weak_head(pick()); return;
    }
  }
  bool write(HeapObject* owner, HeapObject* target) {
    Mirror& mirror = model_.at(number_of(owner));
    std::span<Value> words = words_of(owner, mirror);
    if (words.empty()) return false;
    size_t index = random(words.size());
    words[index] = target == nullptr ? Value::from_int(-5) : Value::from_object(target);
    if (random(2) == 0) {
      write_barrier(owner, &words[index]);
    } else {
      write_barrier(owner);
    }
    mirror.edges[index] = target == nullptr ? -5 : number_of(target);
    return true;
  }
  /// Pointers in the native stack: interior ones too.
  void change_pins() {
    roots_.native.clear();
    pinned_.clear();
    for (uint64_t count = random(6); count > 0; --count) {
      HeapObject* object = pick();
      if (object == nullptr) continue;
      uint64_t offset = random(3) == 0 ? random(heap_->size_of(object)) : random(2) * 2;
      roots_.native.push_back(reinterpret_cast<uint64_t>(object) + offset);
      pinned_.push_back({object, number_of(object)});
    }
    roots_.native.push_back(random(UINT64_MAX));
    roots_.native.push_back(reinterpret_cast<uint64_t>(&state_));
  }

  std::set<int64_t> reachable(bool with_queues) {
    std::set<int64_t> seen;
    std::vector<int64_t> stack;
    auto push = [&](int64_t number) {
      if (number > 0 && seen.insert(number).second) stack.push_back(number);
    };
    for (int64_t number : held_) push(number);
    for (auto& pin : pinned_) push(pin.second);
    (void)with_queues;
    while (!stack.empty()) {
      int64_t number = stack.back();
      stack.pop_back();
      for (int64_t edge : model_.at(number).edges) push(edge);
    }
    return seen;
  }

  void safepoint() {
    auto before = reachable(true);
    int collections = roots_.collections;
    if (random(5) == 0) heap_->request_collection(random(2) == 0 ? Collection::Full : Collection::Minor);
    CHECK(heap_->safepoint(pinned_.empty()));
    if (roots_.collections == collections) return;
    if (heap_->dead_shape_count() > 3) heap_->recycle_shapes();
    for (auto& pin : pinned_) CHECK(number_of(pin.first) == pin.second);
    check_queues(before);
    check_graph();
  }
  void check_queues(const std::set<int64_t>& alive) {
    while (HeapObject* object = heap_->take_finalizable()) {
      int64_t number = number_of(object);
      Mirror& mirror = model_.at(number);
      CHECK(mirror.finalizer && !mirror.finalized && alive.count(number) == 0);
      mirror.finalized = true;
      if (random(4) == 0) {   // the finalizer brings it back
        roots_.values[63] = Value::from_object(object);
        held_[63] = number;
      }
    }
    while (HeapObject* object = heap_->take_cleared_weak()) {
      int64_t number = number_of(object);
      Mirror& mirror = model_.at(number);
      CHECK(mirror.kind == kWeak && mirror.referent != 0 && alive.count(mirror.referent) == 0);
      CHECK(static_cast<Weak*>(object)->referent_.get().is_none());
      mirror.referent = 0;
    }
  }
  void drain_queues() {
    while (HeapObject* object = heap_->take_finalizable()) model_.at(number_of(object)).finalized = true;
    while (HeapObject* object = heap_->take_cleared_weak()) model_.at(number_of(object)).referent = 0;
  }

  /// The heap below the roots is what the model says.
  void check_graph() {
    std::map<int64_t, HeapObject*> seen;
    std::vector<int64_t> stack;
    auto check = [&](Value value, int64_t expected) {
      if (expected == 0) return CHECK(value == Value());
      if (expected < 0) return CHECK(value == Value::from_int(expected));
      CHECK(value.is_pointer());
      HeapObject* object = value.as_object();
      CHECK(number_of(object) == expected);
      auto found = seen.find(expected);
      if (found != seen.end()) return CHECK(found->second == object);
      seen[expected] = object;
      stack.push_back(expected);
    };
    for (size_t i = 1; i < 64; ++i) check(roots_.values[i], held_[i]);
    while (!stack.empty()) {
      int64_t number = stack.back();
      stack.pop_back();
      Mirror& mirror = model_.at(number);
      HeapObject* object = seen[number];
      CHECK(object->kind_byte() == mirror.kind);
      CHECK(heap_->find_object(reinterpret_cast<uint64_t>(object) + 2) == object);
      if (mirror.identity != 0) CHECK(heap_->identity(object) == mirror.identity);
      if (mirror.kind == kInstance) CHECK(object->shape_index() == mirror.shape);
      if (mirror.kind == kText) {
        auto* text = static_cast<Text*>(object);
        CHECK(text->length_ == mirror.length);
        CHECK(find_unique(number) == (mirror.unique ? object : nullptr));
        for (int64_t i = 0; i < mirror.length; i += 17) CHECK(text->data()[i] == static_cast<char>(number & 255));
      }
      std::span<Value> words = words_of(object, mirror);
      CHECK(words.size() == mirror.edges.size());
      for (size_t i = 0; i < words.size(); ++i) check(words[i], mirror.edges[i]);
    }
    for (auto& [number, object] : seen) {
      if (model_.at(number).kind != kWeak) continue;
      Value referent = static_cast<Weak*>(object)->referent_.get();
      int64_t expected = model_.at(number).referent;
      if (expected == 0) {
        CHECK(referent.is_none());
      } else if (!referent.is_none()) {
        CHECK(number_of(referent.as_object()) == expected);
        auto strong = seen.find(expected);
        if (strong != seen.end()) CHECK(strong->second == referent.as_object());
      }
      if (!referent.is_none() && seen.count(expected)) check_weak_head(seen[expected], object);
    }
  }
  /// Each WeakRef in the chain of `object` refers to it; `member` is among them.
  void check_weak_head(HeapObject* object, HeapObject* member = nullptr) {
    if (object == nullptr) return;
    bool found = member == nullptr;
    for (HeapObject* weak = heap_->weakref_head(object); weak != nullptr;) {
      CHECK(weak->kind_byte() == kWeak);
      CHECK(static_cast<Weak*>(weak)->referent_.get() == Value::from_object(object));
      found |= weak == member;
      Value next = static_cast<Weak*>(weak)->next_.get();
      weak = next.is_none() ? nullptr : next.as_object();
    }
    CHECK(found);
  }
  void check_exact() {
    auto alive = reachable(false);
    std::set<int64_t> present;
    size_t unique = 0;
    for (int64_t number : alive) unique += model_.at(number).unique;
    CHECK(heap_->unique_count() == unique);
    heap_->for_each_object(
        [](HeapObject* object, void* context) {
          if (object->kind_byte() == kShape) return;
          static_cast<std::set<int64_t>*>(context)->insert(number_of(object));
        },
        &present);
    if (present != alive) {
      std::fprintf(stderr, "%s: %zu objects present, %zu expected\n", mode_.name, present.size(), alive.size());
      for (int64_t number : present)
        if (!alive.count(number)) std::fprintf(stderr, " extra %ld kind %d\n", number, model_.at(number).kind);
      std::abort();
    }
  }

  const Mode& mode_;
  uint64_t state_;
  Roots roots_;
  Heap* heap_ = nullptr;
  Heap* previous_ = nullptr;
  std::map<int64_t, Mirror> model_;
  std::vector<int64_t> held_;
  std::vector<std::pair<HeapObject*, int64_t>> pinned_;
  std::set<int64_t> chains_;
  int64_t next_number_ = 1;
  int shapes_ = 0;
  int released_ = 0;
};

}  // namespace
}  // namespace viperine

int main(int argc, char** argv) {
  using namespace viperine;
  toy::map_toy_singletons();
  int rounds = argc > 1 ? std::atoi(argv[1]) : 3;
  int steps = argc > 2 ? std::atoi(argv[2]) : 6000;
  std::vector<Mode> modes;
  for (size_t nursery : {size_t{0}, size_t{64} << 10, size_t{1} << 20}) {
    HeapOptions options;
    options.nursery = nursery;
    options.verify = true;
    options.stress_every = 7;
    modes.push_back({"stress every 7th", options});
    options.stress_every = 1;
    modes.push_back({"stress every", options});
    options.stress_move = true;
    modes.push_back({"move", options});
    options.stress_every = 3;
    options.always_dirty = true;
    modes.push_back({"move, dirty", options});
    options.stress_move = false;
    modes.push_back({"dirty", options});
    options.always_dirty = false;
    options.stress_every = 0;
    modes.push_back({"as it comes", options});
  }
  for (int round = 0; round < rounds; ++round)
    for (const Mode& mode : modes) {
      if (argc > 3) std::fprintf(stderr, "round %d nursery %zu %s\n", round, mode.options.nursery, mode.name);
      Program program(mode,
                      static_cast<uint64_t>(round) * 1000 + 17 + (argc > 4 ? std::strtoull(argv[4], nullptr, 10) : 0));
      program.run(steps);
    }
  return 0;
}
