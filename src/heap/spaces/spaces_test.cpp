// SPDX-License-Identifier: MIT
// Unit tests of the spaces and of the collector's tables, without a collector.
#include <cstdlib>
#include <unordered_map>

#include "heap/address_map.h"
#include "heap/spaces/fixed_space.h"
#include "heap/spaces/large_space.h"
#include "heap/spaces/old_space.h"
#include "heap/toy_kinds.h"

namespace viperine {
namespace {

using namespace toy;

struct Ground {   // a small reservation and the toy kinds
  SpaceMap map;
  std::vector<uint8_t> attribute_words = std::vector<uint8_t>(4096);
  ObjectModel model{layouts(), attribute_words.data()};
  Ground() { CHECK(map.reserve(size_t{64} << 20, size_t{1} << 20)); }
  ~Ground() { map.unreserve(); }
};

HeapObject* put_text(char* place, int64_t bytes) {
  std::memset(place, 0, sizeof(Text));
  auto* text = reinterpret_cast<Text*>(place);
  text->set_shape_word(word_of(kText));
  text->number_ = 7;
  text->length_ = bytes - static_cast<int64_t>(sizeof(Text));
  return text;
}

void page_vector_keeps_items_and_shrinks() {
  PageVector<uint64_t> vector;
  for (uint64_t i = 0; i < 100000; ++i) vector.push(i * 3);
  for (uint64_t i = 0; i < 100000; ++i) CHECK(vector[i] == i * 3);
  size_t large = vector.bytes();
  vector.truncate(10);
  vector.shrink();
  CHECK(vector.size() == 10 && vector[9] == 27 && vector.bytes() < large);
  vector.clear();
  vector.shrink();
  CHECK(vector.bytes() == 0);
}

void address_map_agrees_with_a_model() {
  AddressMap map;
  std::unordered_map<uint64_t, uint64_t> model;
  uint64_t random = 12345;
  for (int i = 0; i < 200000; ++i) {
    random = random * 6364136223846793005u + 1442695040888963407u;
    uint64_t key = 0x100000 + (random >> 33) % 3000 * 8;
    if (random >> 20 & 1) {
      map.set(key, random);
      model[key] = random;
    } else {
      map.remove(key);
      model.erase(key);
    }
    if (i % 50000 == 49999) {
      map.rebuild([](uint64_t& moved, uint64_t&) { return moved % 16 == 0; });
      std::erase_if(model, [](auto& entry) { return entry.first % 16 != 0; });
    }
    CHECK(map.size() == model.size());
  }
  for (uint64_t key = 0x100000; key < 0x100000 + 24000; key += 8) {
    uint64_t* found = map.find(key);
    CHECK((found != nullptr) == model.contains(key));
    CHECK(found == nullptr || *found == model[key]);
  }
}

void live_bits_cover_whole_objects() {
  Ground ground;
  SpaceMap& map = ground.map;
  CHECK(map.commit(map.base, map.base + 65536));
  CHECK(map.set_live(address_of(map.base + 8)) && !map.set_live(address_of(map.base + 8)));
  map.set_live_words(address_of(map.base + 504), 200);
  CHECK(map.live[0] == ((uint64_t{1} << 63) | 2));
  CHECK(map.live[1] == ~uint64_t{0} && map.live[2] == ~uint64_t{0} && map.live[3] == ~uint64_t{0});
  CHECK(map.live[4] == (uint64_t{1} << (199 - 192)) - 1);
}

void nursery_windows_and_pins() {
  Ground ground;
  constexpr size_t kBudget = 8 * kNurseryWindow;
  CHECK(ground.map.commit(ground.map.base, ground.map.base + 2 * kBudget));
  Nursery nursery;
  nursery.create(&ground.map, ground.map.base, kBudget, kBudget);
  char *next = nullptr, *end = nullptr;
  std::vector<HeapObject*> objects;
  auto fill = [&](bool reserve) {
    uint64_t random = 99;
    for (;;) {
      random = random * 6364136223846793005u + 1442695040888963407u;
      size_t bytes = 32 + (random >> 40) % 300 * 8;
      if (static_cast<size_t>(end - next) < bytes && !nursery.refill(next, end, bytes, reserve)) return;
      for (size_t i = 0; i < bytes; ++i) CHECK(next[i] == 0);
      objects.push_back(put_text(next, static_cast<int64_t>(bytes)));
      std::memset(static_cast<Text*>(objects.back())->data(), 0x5A, bytes - sizeof(Text));
      next += bytes;
    }
  };
  fill(false);
  CHECK(nursery.used() == kBudget);
  size_t within = objects.size();
  fill(true);
  CHECK(nursery.used() == 2 * kBudget && objects.size() > within);
  for (HeapObject* object : objects)
    for (size_t offset : {size_t{0}, size_t{2}, ground.model.size(object) - 1})
      CHECK(nursery.find(ground.model, address_of(object) + offset, next) == object);
  CHECK(nursery.find(ground.model, address_of(next), next) == nullptr);
  nursery.close(next, end);
  PageVector<HeapObject*> pinned;
  for (size_t i = 3; i < objects.size(); i += 17) pinned.push(objects[i]);
  nursery.reset(ground.model, pinned);
  next = end = nullptr;
  std::vector<HeapObject*> old = objects;
  objects.clear();
  for (HeapObject* object : pinned) CHECK(nursery.find(ground.model, address_of(object) + 9, next) == object);
  fill(true);
  for (HeapObject* object : pinned) {   // nothing was put over a pinned object
    CHECK(static_cast<Text*>(object)->number_ == 7);
    for (HeapObject* fresh : objects)
      CHECK(address_of(fresh) + ground.model.size(fresh) <= address_of(object) ||
            address_of(fresh) >= address_of(object) + ground.model.size(object));
  }
  nursery.close(next, end);
  pinned.clear();
  nursery.reset(ground.model, pinned);
  CHECK(nursery.used() == 0 && nursery.span_count() == 0);
  nursery.release_unused();
}

void old_space_promotes_into_gaps_first() {
  Ground ground;
  OldSpace old;
  old.create(&ground.map, ground.map.base, ground.map.base + ground.map.size);
  std::vector<HeapObject*> objects;
  old.begin_promotion();
  for (int i = 0; i < 1000; ++i) objects.push_back(put_text(old.promote(64 + i % 50 * 8), 64 + i % 50 * 8));
  old.end_promotion();
  for (HeapObject* object : objects) CHECK(old.find(ground.model, address_of(object) + 30, nullptr, nullptr) == object);
  // A gap where objects 100..199 were.
  auto *start = reinterpret_cast<char*>(objects[100]), *end = reinterpret_cast<char*>(objects[200]);
  make_filler(start, static_cast<size_t>(end - start));
  ground.map.record_cell(start, end);
  old.add_gap(start, end);
  CHECK(old.used() == static_cast<size_t>(old.top() - old.bottom()) - static_cast<size_t>(end - start));
  CHECK(old.find(ground.model, address_of(start) + 100, nullptr, nullptr) == nullptr);
  old.begin_promotion();
  char* first = old.promote(128);
  CHECK(first == start);
  put_text(first, 128);
  old.end_promotion();
  CHECK(old.find(ground.model, address_of(first) + 5, nullptr, nullptr) == object_at(address_of(first)));
  CHECK(old.find(ground.model, address_of(objects[200]) + 5, nullptr, nullptr) == objects[200]);
  // Direct allocation goes on in the gap, zeroed, then at the top.
  char *next = nullptr, *limit = nullptr;
  CHECK(old.refill(next, limit, 64) && next == start + 128);
  bool reached_top = false;
  for (int i = 0; i < 2000; ++i) {
    if (static_cast<size_t>(limit - next) < 64) CHECK(old.refill(next, limit, 64));
    for (int k = 0; k < 64; ++k) CHECK(next[k] == 0);
    put_text(next, 64);
    reached_top |= next > reinterpret_cast<char*>(objects.back());
    next += 64;
  }
  CHECK(reached_top);
  old.close(next, limit);
  CHECK(old.top() == next);
  size_t cells = 0;
  for (char* cell = old.bottom(); cell < old.top(); cell += ground.model.cell_size(object_at(address_of(cell))))
    ++cells;
  CHECK(cells >= 900 + 2000);
}

void old_space_ends_where_memory_ends() {
  Ground ground;
  OldSpace old;
  old.create(&ground.map, ground.map.base, ground.map.base + (size_t{2} << 20));
  old.begin_promotion();
  size_t bytes = 0;
  while (char* place = old.promote(4096)) put_text(place, 4096), bytes += 4096;
  old.end_promotion();
  CHECK(bytes == size_t{2} << 20 && old.room() == 0);
  char *next = nullptr, *end = nullptr;
  CHECK(!old.refill(next, end, 64));
}

void fixed_space_sweeps_and_reuses() {
  Ground ground;
  FixedSpace fixed;
  fixed.create(&ground.map, ground.map.base, ground.map.base + (size_t{8} << 20));
  std::vector<HeapObject*> objects;
  for (int i = 0; i < 3000; ++i) objects.push_back(put_text(fixed.allocate(48 + i % 40 * 8), 48 + i % 40 * 8));
  size_t used = fixed.used();
  for (size_t i = 0; i < objects.size(); ++i)
    if (i % 3 == 0 || (i > 500 && i < 700)) ground.map.set_live(address_of(objects[i]));
  fixed.sweep(ground.model);
  CHECK(fixed.used() < used / 2);
  for (size_t i = 0; i < objects.size(); ++i) {
    bool alive = i % 3 == 0 || (i > 500 && i < 700);
    HeapObject* found = fixed.find(ground.model, address_of(objects[i]) + 3);
    CHECK((found == objects[i]) == alive);
  }
  char* top = fixed.top();
  for (int i = 0; i < 500; ++i) {
    char* place = fixed.allocate(48);
    for (int k = 0; k < 48; ++k) CHECK(place[k] == 0);
    put_text(place, 48);
  }
  CHECK(fixed.top() == top);
}

void large_space_finds_and_frees() {
  LargeSpace large;
  std::vector<LargeHead*> heads;
  for (size_t i = 0; i < 50; ++i) heads.push_back(large.allocate(kLargeObject + i * 5000));
  for (LargeHead* head : heads) {
    CHECK(large.find(address_of(head->object()) + head->bytes - 1) == head->object());
    CHECK(large.find(address_of(head)) == nullptr);
    CHECK(address_of(head->object()) - large.young_low() < large.young_size());
    for (size_t i = 0; i < head->card_count(); ++i) CHECK(head->cards()[i] == 0);
  }
  for (size_t i = 0; i < heads.size(); i += 2) large.free(heads[i]);
  CHECK(large.count() == 25);
  for (size_t i = 1; i < heads.size(); i += 2)
    CHECK(large.find(address_of(heads[i]->object()) + 16) == heads[i]->object());
  size_t used = 0;
  for (size_t i = 0; i < large.count(); ++i) used += large.at(i)->mapping;
  CHECK(used == large.used());
}

}  // namespace
}  // namespace viperine

int main() {
  using namespace viperine;
  page_vector_keeps_items_and_shrinks();
  address_map_agrees_with_a_model();
  live_bits_cover_whole_objects();
  nursery_windows_and_pins();
  old_space_promotes_into_gaps_first();
  old_space_ends_where_memory_ends();
  fixed_space_sweeps_and_reuses();
  large_space_finds_and_frees();
  return 0;
}
