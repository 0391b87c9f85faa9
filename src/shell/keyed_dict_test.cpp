// SPDX-License-Identifier: MIT
// Dict under attack: keys whose cached hashes are all the same are found all the same, and fast.
#include <cstdio>
#include <cstdlib>
#include <string>

#include "objects/dict_table.h"
#include "runtime/strings.h"
#include "shell/startup.h"

using namespace viperine;

namespace {

void expect(bool condition, const char* what) {
  if (condition) return;
  std::fprintf(stderr, "keyed_dict_test: %s\n", what);
  std::exit(1);
}

Str* colliding(Thread& thread, int number) {
  Str* text = make_str(thread, "key" + std::to_string(number));
  text->set_cached_hash(4242);
  return text;
}

}  // namespace

int main() {
  Runtime* runtime = start_runtime(RuntimeOptions{});
  Thread& thread = *runtime->main_thread();
  Heap& heap = thread.heap();
  Dict* dict = Dict::make(heap);
  constexpr int kCount = 5000;
  for (int i = 0; i < kCount; ++i) expect(dict->set_str(heap, colliding(thread, i), Value::from_int(i)), "no memory");
  expect(dict->table()->is_keyed(), "the table should be keyed");
  expect(dict->length() == kCount, "length");
  for (int i = 0; i < kCount; ++i) {
    Optional<Value> found = dict->get_str(colliding(thread, i));
    expect(found.has_value() && *found == Value::from_int(i), "a key is not found");
  }
  expect(!dict->get_str(colliding(thread, kCount)).has_value(), "a key that is not there is found");
  for (int i = 0; i < kCount; i += 2) expect(dict->delete_str(heap, colliding(thread, i)), "a key cannot be deleted");
  Dict* copy = Dict::make(heap);
  copy->table_.set(copy, dict_copy_table(heap, dict));
  copy->live_ = dict->length();
  for (int i = 0; i < kCount; ++i)
    expect(copy->get_str(colliding(thread, i)).has_value() == (i % 2 == 1), "the copy differs");
  for (int i = 0; i < kCount; i += 2) expect(dict->set_str(heap, colliding(thread, i), Value::none()), "no memory");
  expect(dict->length() == kCount && dict->table()->is_keyed(), "after growing again");
  return 0;
}
