// SPDX-License-Identifier: MIT
// Finalizers (PEP 442): an unreachable object that is registered comes back to life once, with all that it reaches, and
// is queued. The program runs the finalizer later, at a safepoint of its choice. An object whose kGcHasFinalizer was
// cleared meanwhile (a generator that ran to its end) has nothing to finalize any more: it leaves the lists.
#include "heap/collect/phases.h"

namespace viperine {

void queue_finalizers(HeapState& heap, Tracer& tracer, ObjectList& list) {
  ObjectList dead;
  for (HeapObject* object : list) {
    HeapObject* alive = tracer.resolve(object);
    if (!((alive == nullptr ? object : alive)->gc_bits() & kGcHasFinalizer)) continue;
    if (alive == nullptr) {
      dead.push(object);
    } else {
      (heap.is_young(alive) ? heap.finalizer_young : heap.finalizer_old).push(alive);
    }
  }
  for (HeapObject* object : dead) {
    HeapObject* kept = tracer.keep(object);
    if (!(kept->gc_bits() & kGcHasFinalizer)) continue;  // it was listed twice: cleared, then registered again
    kept->set_gc_bit(kGcFinalized);
    kept->clear_gc_bit(kGcHasFinalizer);
    heap.finalizable.push(kept);
  }
  tracer.drain();
}

}  // namespace viperine
