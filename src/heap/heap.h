// SPDX-License-Identifier: MIT
// Heap: all memory of Python objects of one runtime, and when it is collected. What the program may call is here; what
// the program must supply is RootProvider and the layouts. How collection works is in collect/, where objects live in
// spaces/. Invariants: allocation never moves and never frees anything; objects move only inside safepoint(), and an
// object that a native stack frame holds is never moved (conservative scan pins it).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/check.h"
#include "heap/fixed_uniques.h"
#include "heap/heap_object.h"

namespace viperine {

/// Receives the places where Values are stored.
class EdgeVisitor {
 public:
  virtual void visit(Value* words, size_t count) = 0;

 protected:
  ~EdgeVisitor() = default;
};

/// A range of native stack that may hold pointers to objects (conservatively scanned, what it hits is pinned).
struct NativeRange {
  const void* low;
  const void* high;
};

/// What the embedding program supplies.
class RootProvider {
 public:
  /// Every root outside the heap: VM stacks (up to their tops), runtime tables, RootVectors.
  virtual void visit_roots(EdgeVisitor& visitor) = 0;
  /// Native stack ranges of all threads that hold object pointers; empty at a clean safepoint of a lone thread.
  virtual std::span<const NativeRange> native_ranges() = 0;
  /// After every collection: dead weak references and finalizers are queued (Heap::take_*); raise the poll flag to have
  /// them run.
  virtual void collection_finished() = 0;
  /// Asks for a safepoint soon (sets the poll word of the running thread).
  virtual void request_safepoint() = 0;

 protected:
  ~RootProvider() = default;
};

struct HeapOptions {
  size_t max_heap = 0;        // bytes; 0 = no limit of our own (-X max-heap)
  size_t nursery = 1 << 20;   // bytes; 0 = the pure mark-compact collector
  uint32_t stress_every = 0;  // collect at every n-th safepoint (-X gc-stress)
  bool stress_move = false;   // full collection that moves everything it can
  bool always_dirty = false;  // treat each safepoint as dirty: scan native stacks, pin
  bool verify = false;        // verify the heap before and after each collection
};

enum class Collection : uint8_t { Minor, Full };

struct HeapStatistics {
  uint64_t live_bytes, committed_bytes, peak_bytes, large_bytes, external_bytes;
  uint64_t minor_collections, full_collections, pinned_blocks, pause_nanoseconds_total, pause_nanoseconds_max;
};

class Heap {
 public:
  /// `layouts` has 256 entries, one per kind byte. Null when not even a small address range can be reserved.
  static Heap* create(const Layout* layouts, RootProvider& roots, const HeapOptions& options);
  static void destroy(Heap* heap);

  /// A zeroed object with this header; never null: small requests may exceed the limit by a reserve, which the next
  /// safepoint settles (collection, then MemoryError). `size` counts the header and is rounded up to 8.
  HeapObject* allocate(uint32_t shape_word, size_t size) {
    size = (size + 7) & ~size_t{7};
    DCHECK((layouts_[shape_word & 255].flags & kLayoutFixedPlace) == 0 && (shape_word & 255) != 0);
    char* object = next_;
    if (size > static_cast<size_t>(end_ - object)) [[unlikely]]
      return allocate_slow(shape_word, size);
    next_ = object + size;
    auto* result = reinterpret_cast<HeapObject*>(object);
    result->set_shape_word(shape_word);
    return result;
  }
  /// The same for requests of a size that the program chose (long str, grown arrays): null when the limit forbids it.
  HeapObject* try_allocate(uint32_t shape_word, size_t size) {
    if (size <= kSmallRequest) [[likely]]
      return allocate(shape_word, size);
    return try_allocate_large(shape_word, size);
  }
  static constexpr size_t kSmallRequest = 8192;
  /// Moves bytes [offset, offset + bytes) of `from`, which nobody will read again, to the same place of `to`, a fresh
  /// object. Large ones give their memory back piece by piece, so that both copies never exist at once.
  static void move_content(HeapObject* from, HeapObject* to, size_t offset, size_t bytes);
  /// A large object like `object` with the same content and `size` bytes, by moving its pages; nobody may read `object`
  /// again (all but its header is zero). What is added is zero. Null when `object` is not large, or the limit or the
  /// system refuses: nothing has changed then.
  HeapObject* try_extend(HeapObject* object, size_t size);
  /// For kinds with kLayoutFixedPlace, which must not go through `allocate`: the object never moves. Never null, like
  /// allocate.
  HeapObject* allocate_fixed(uint32_t shape_word, size_t size);

  /// Words for attributes behind the fixed part and tail of every object with this shape (objects/shape.h decides).
  uint8_t attribute_words(uint32_t shape_index) const { return attribute_words_[shape_index]; }
  void set_attribute_words(uint32_t shape_index, uint8_t words) { attribute_words_[shape_index] = words; }

  /// Shapes are heap objects of a kFixedPlace kind; the table maps a header's shape index to them. An entry is weak: a
  /// shape lives while an object with its index lives (marking an object marks its shape object), or something refers
  /// to it; the index of a dead one is reused after recycle_shapes. Indices below 256 are given out by set_shape and
  /// never die. add_shape returns 0 when all 2^24 are in use.
  HeapObject* shape_object(uint32_t shape_index) const { return shapes_[shape_index]; }
  uint32_t add_shape(HeapObject* shape);
  /// Indices of dead shapes wait until the program says that no cache names them any more.
  size_t dead_shape_count() const;
  void recycle_shapes();
  void set_shape(uint32_t shape_index, HeapObject* shape) { shapes_[shape_index] = shape; }

  const Layout& layout(const HeapObject* object) const { return layouts_[object->kind_byte()]; }
  /// Bytes of fixed part and tail, where attribute words begin.
  size_t attributes_offset(const HeapObject* object) const;
  size_t size_of(const HeapObject* object) const {
    return attributes_offset(object) + size_t{8} * attribute_words_[object->shape_index()];
  }

  /// The number behind id() and the default hash: given on first use, never reused while the object lives.
  uint64_t identity(HeapObject* object);

  /// When `object` is found unreachable it is kept, once, and given out by take_finalizable.
  void register_finalizer(HeapObject* object);
  /// Must follow the creation of every object whose kind has `release` or weak slots.
  void register_special(HeapObject* object);
  /// Next object whose finalizer must run, or null.
  HeapObject* take_finalizable();
  /// Next object with a weak slot that a collection has cleared, or null.
  HeapObject* take_cleared_weak();
  /// First WeakRef of `referent`, null if none; kept up to date by collections. A kind with two weak slots is such a
  /// WeakRef: the first is the referent (cleared and reported when it dies), the second the next WeakRef of the same
  /// referent (None at the end; the collector unlinks dead ones silently). Call set_weakref_head after every change of
  /// a chain; null removes the entry.
  HeapObject* weakref_head(HeapObject* referent) const;
  void set_weakref_head(HeapObject* referent, HeapObject* weakref);

  /// Unique objects, found by content (interned text): the table does not keep them alive. `find_unique` asks
  /// `equal(object, key)` of objects with this hash; null when there is none. `add_unique`: precondition: none is
  /// equal.
  HeapObject* find_unique(uint32_t hash, bool (*equal)(const HeapObject*, const void*), const void* key) const;
  void add_unique(uint32_t hash, HeapObject* object);
  size_t unique_count() const;
  /// All unique objects of the heap, in no order.
  std::vector<HeapObject*> unique_objects() const;
  /// Unique objects that the image brings: found like those of the table. Before the first object is made unique.
  void set_fixed_uniques(const FixedUniques& uniques) { fixed_uniques_ = uniques; }

  /// Memory outside the heap that belongs to heap objects (may be negative); counts as pressure.
  void add_external_bytes(int64_t bytes);

  /// Where collections happen. `clean`: no native frame of the running thread holds a pointer.
  /// False when the limit is exceeded even after a full collection: the caller raises MemoryError.
  bool safepoint(bool clean);
  bool collection_wanted() const { return collection_wanted_; }
  /// gc.collect(): a full collection at the next safepoint.
  void request_collection(Collection kind);
  /// The same for a full one that first counts the unreachable objects in cycles for which `counts` holds.
  void request_counting_collection(bool (*counts)(const HeapObject*));
  /// Whether a counting collection has run since the last question, and what it found.
  bool take_count(uint64_t* found);
  uint64_t counted_total() const;
  uint64_t full_collection_count() const { return statistics_.full_collections; }

  /// Calls `callback` for every object that is alive or not yet collected.
  void for_each_object(void (*callback)(HeapObject*, void*), void* context);
  /// Calls `callback` for every Value that `object` holds.
  void for_each_edge(HeapObject* object, void (*callback)(Value*, void*), void* context);
  /// Whether the word could be the address of an object of this heap (interior pointers included): that object or null.
  HeapObject* find_object(uint64_t word);
  HeapStatistics statistics() const;
  size_t max_heap() const { return options_.max_heap; }

  /// Key of string hashes (numeric/siphash.h), for the program: set once, before the first str is hashed.
  void set_hash_key(uint64_t first, uint64_t second) { hash_key_[0] = first, hash_key_[1] = second; }
  const uint64_t* hash_key() const { return hash_key_; }

  /// The running OS thread works on this heap from now on (write barrier's log). Returns the heap it had before.
  Heap* enter_thread();
  static void restore_thread(Heap* previous);

 private:
  friend class HeapTest;
  friend void log_old_object(HeapObject*);
  friend void log_old_slot(HeapObject*, const void*);
  HeapObject* allocate_slow(uint32_t shape_word, size_t size);
  HeapObject* try_allocate_large(uint32_t shape_word, size_t size);
  HeapObject* allocate_large(uint32_t shape_word, size_t size);
  bool refill(size_t size);
  void want_collection();
  void note_pressure();
  void close_windows();
  void collect(Collection kind, bool own_stack);
  void collect_in_emergency();
  bool full_is_due(bool clean) const;

  char* next_ = nullptr;
  char* end_ = nullptr;
  uint8_t* attribute_words_ = nullptr;
  HeapObject** shapes_ = nullptr;  // 2^24 entries, reserved, committed as used
  const Layout* layouts_ = nullptr;
  RootProvider* roots_ = nullptr;
  HeapOptions options_;
  HeapStatistics statistics_{};
  bool collection_wanted_ = false;
  uint64_t hash_key_[2] = {0, 0};
  FixedUniques fixed_uniques_;
  struct Parts;  // spaces, side tables, queues: collect/ and spaces/
  Parts* parts_ = nullptr;
};

/// The fixed objects at Value::kFixedBase (None, True, False, Ellipsis, NotImplemented), mapped once per process,
/// read-only, immortal. Kinds are passed by the layer that knows them. Aborts with a message when the address is taken.
struct FixedObjectKinds {
  uint8_t none, boolean, ellipsis, not_implemented;
};
void map_fixed_objects(const FixedObjectKinds& kinds);

}  // namespace viperine
