// SPDX-License-Identifier: MIT
// The heap's front: creation, allocation's slow path, identity numbers, queues.
#include "heap/heap.h"

#include <sys/mman.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <unordered_map>
#include <vector>

namespace viperine {

namespace {
thread_local Heap* t_current_heap = nullptr;
constexpr size_t kReservation = size_t{64} << 30;
}  // namespace

struct Heap::Parts {
  char* base;
  size_t next_identity = 1;
  uint32_t next_shape = 256;
  std::unordered_map<HeapObject*, HeapObject*> weak_heads;
};

Heap* Heap::create(const Layout* layouts, RootProvider& roots, const HeapOptions& options) {
  auto* heap = new Heap();
  heap->layouts_ = layouts;
  heap->roots_ = &roots;
  heap->options_ = options;
  heap->parts_ = new Parts();
  void* memory = mmap(nullptr, kReservation, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) return nullptr;
  heap->parts_->base = static_cast<char*>(memory);
  heap->next_ = heap->parts_->base + 4096;
  heap->end_ = heap->parts_->base + kReservation;
  heap->attribute_words_ = static_cast<uint8_t*>(mmap(nullptr, size_t{1} << 24, PROT_READ | PROT_WRITE,
                                                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0));
  heap->shapes_ = static_cast<HeapObject**>(mmap(nullptr, size_t{8} << 24, PROT_READ | PROT_WRITE,
                                                 MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0));
  return heap;
}

uint32_t Heap::add_shape(HeapObject* shape) {
  shapes_[parts_->next_shape] = shape;
  return parts_->next_shape++;
}

void Heap::destroy(Heap* heap) {
  munmap(heap->parts_->base, kReservation);
  munmap(heap->attribute_words_, size_t{1} << 24);
  munmap(heap->shapes_, size_t{8} << 24);
  delete heap->parts_;
  delete heap;
}

HeapObject* Heap::allocate_slow(uint32_t, size_t) {
  std::fputs("viperine: out of memory\n", stderr);
  std::abort();
}

HeapObject* Heap::try_allocate_large(uint32_t shape_word, size_t size) {
  if (size > (size_t{16} << 30)) return nullptr;
  return allocate(shape_word, size);
}

HeapObject* Heap::allocate_fixed(uint32_t shape_word, size_t size) {
  size = (size + 7) & ~size_t{7};
  auto* result = reinterpret_cast<HeapObject*>(next_);
  next_ += size;
  result->set_shape_word(shape_word);
  return result;
}

size_t Heap::attributes_offset(const HeapObject* object) const {
  const Layout& layout = layouts_[object->kind_byte()];
  size_t size = layout.fixed_size;
  if (layout.tail != nullptr) {
    TailExtent extent = layout.tail(object);
    size += extent.values * 8 + extent.bytes;
  }
  return (size + 7) & ~size_t{7};
}

uint64_t Heap::identity(HeapObject* object) {
  if (object->identity_number() == 0) object->set_identity_number(static_cast<uint32_t>(parts_->next_identity++));
  return object->identity_number();
}

void Heap::register_finalizer(HeapObject*) {}
void Heap::register_special(HeapObject*) {}
HeapObject* Heap::take_finalizable() { return nullptr; }
HeapObject* Heap::take_cleared_weak() { return nullptr; }
HeapObject* Heap::weakref_head(HeapObject* referent) const {
  auto found = parts_->weak_heads.find(referent);
  return found == parts_->weak_heads.end() ? nullptr : found->second;
}
void Heap::set_weakref_head(HeapObject* referent, HeapObject* weakref) { parts_->weak_heads[referent] = weakref; }
void Heap::add_external_bytes(int64_t) {}
bool Heap::safepoint(bool) { return true; }
void Heap::request_collection(Collection) {}
void Heap::for_each_object(void (*)(HeapObject*, void*), void*) {}
void Heap::for_each_edge(HeapObject*, void (*)(Value*, void*), void*) {}
HeapObject* Heap::find_object(uint64_t) { return nullptr; }
HeapStatistics Heap::statistics() const { return statistics_; }

Heap* Heap::enter_thread() {
  Heap* previous = t_current_heap;
  t_current_heap = this;
  return previous;
}
void Heap::restore_thread(Heap* previous) { t_current_heap = previous; }

void log_old_object(HeapObject*) {}
void log_old_slot(HeapObject*, const void*) {}

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
