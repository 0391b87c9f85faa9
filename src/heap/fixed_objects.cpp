// SPDX-License-Identifier: MIT
// The fixed objects (None, True, ...): one read-only page at the same address in every process.
#include <sys/mman.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>

#include "heap/heap.h"

namespace viperine {

void map_fixed_objects(const FixedObjectKinds& kinds) {
  void* wanted = reinterpret_cast<void*>(Value::kFixedBase);
  void* memory = mmap(wanted, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
  if (memory != wanted) {
    if (memory == MAP_FAILED && errno == EEXIST) return;  // another runtime of this process made it
    std::fputs("viperine: the address of the fixed objects is taken\n", stderr);
    std::abort();
  }
  auto make = [](Value value, uint8_t kind, uint32_t identity) {
    HeapObject* object = value.as_object();
    object->set_shape_word(HeapObject::make_shape_word(kind, kind));
    object->set_gc_bit(kGcImmortal | kGcFixed);
    object->set_identity_number(identity);
  };
  make(Value::none(), kinds.none, 1);
  make(Value::false_(), kinds.boolean, 2);
  make(Value::true_(), kinds.boolean, 3);
  make(Value::ellipsis(), kinds.ellipsis, 4);
  make(Value::not_implemented(), kinds.not_implemented, 5);
  mprotect(memory, 4096, PROT_READ);
}

}  // namespace viperine
