// SPDX-License-Identifier: MIT
// The order of bases: C3 linearisation, mro() overrides, the base that decides the layout, the registry of subclasses.
#include <bit>

#include "runtime/attributes.h"
#include "runtime/class_slots.h"
#include "runtime/classes.h"
#include "runtime/containers.h"
#include "runtime/operators.h"
#include "runtime/strings.h"

namespace viperine {

// --- subclasses: a List of WeakRef in Type::subclasses_

namespace {
void drop_dead(Thread& thread, List* list) {
  int64_t kept = 0;
  for (int64_t i = 0; i < list->length(); ++i)
    if (weakref_target(static_cast<WeakRef*>(list->at(i).as_object()))) list->set(kept++, list->at(i));
  list->truncate(thread.heap(), kept);
}
}  // namespace

void add_subclass(Thread& thread, Type* base, Type* type) {
  List* list;
  if (base->subclasses_.get().is_pointer()) {
    list = static_cast<List*>(base->subclasses_.get().as_object());
  } else {
    list = List::make(thread.heap());
    base->subclasses_.set(base, to_value(list));
  }
  Value reference = to_value(plain_weakref(thread, type));
  // Dead ones are dropped each time that the list has doubled, so that many classes in a row cost little.
  if (list->length() >= 8 && std::has_single_bit(static_cast<uint64_t>(list->length()))) drop_dead(thread, list);
  bool done = list->append(thread.heap(), reference);
  CHECK(done);
}

void remove_subclass(Thread& thread, Type* base, Type* type) {
  if (!base->subclasses_.get().is_pointer()) return;
  auto* list = static_cast<List*>(base->subclasses_.get().as_object());
  int64_t kept = 0;
  for (int64_t i = 0; i < list->length(); ++i) {
    Optional<Value> target = weakref_target(static_cast<WeakRef*>(list->at(i).as_object()));
    if (!target || (*target).as_object() == type) continue;
    list->set(kept++, list->at(i));
  }
  list->truncate(thread.heap(), kept);
}

void for_each_subclass(Thread& thread, Type* type, void (*callback)(Thread&, Type*, void*), void* context) {
  if (!type->subclasses_.get().is_pointer()) return;
  auto* list = static_cast<List*>(type->subclasses_.get().as_object());
  for (int64_t i = 0; i < list->length(); ++i) {
    Optional<Value> target = weakref_target(static_cast<WeakRef*>(list->at(i).as_object()));
    if (target) callback(thread, cast<Type>(*target), context);
  }
}

// --- C3

namespace {

/// Sequences being merged; each has a position.
struct Merge {
  List* sequences;   // of Tuple
  Array* positions;  // of int
  int64_t count() const { return sequences->length(); }
  Tuple* sequence(int64_t i) const { return cast<Tuple>(sequences->at(i)); }
  int64_t position(int64_t i) const { return positions->at(i).as_int(); }
  bool is_done(int64_t i) const { return position(i) >= sequence(i)->length(); }
  Value head(int64_t i) const { return sequence(i)->at(position(i)); }
};

bool is_in_tail(const Merge& merge, Value candidate) {
  for (int64_t i = 0; i < merge.count(); ++i)
    for (int64_t k = merge.position(i) + 1; k < merge.sequence(i)->length(); ++k)
      if (merge.sequence(i)->at(k) == candidate) return true;
  return false;
}

Raised raise_inconsistent(Thread& thread, const Merge& merge) {
  StringBuilder text(thread);
  text.append("Cannot create a consistent method resolution\norder (MRO) for bases");
  List* seen = List::make(thread.heap());
  for (int64_t i = 0; i < merge.count(); ++i) {
    if (merge.is_done(i)) continue;
    bool is_new = true;
    for (Value value : seen->span()) is_new = is_new && !(value == merge.head(i));
    if (!is_new) continue;
    text.append(seen->length() == 0 ? " " : ", ");
    if (!seen->append(thread.heap(), merge.head(i))) return thread.raise_memory_error();
    text.append(cast<Type>(merge.head(i))->name());
  }
  return thread.raise<TypeError>("{}", TRY(text.finish()));
}

Result<Tuple*> merge_orders(Thread& thread, Type* type, const Merge& merge) {
  List* result = List::make(thread.heap());
  if (!result->append(thread.heap(), to_value(type))) return thread.raise_memory_error();
  for (;;) {
    int64_t done = 0, chosen = -1;
    for (int64_t i = 0; i < merge.count() && chosen < 0; ++i) {
      if (merge.is_done(i)) {
        ++done;
      } else if (!is_in_tail(merge, merge.head(i))) {
        chosen = i;
      }
    }
    if (done == merge.count()) return list_to_tuple(thread, result);
    if (chosen < 0) return raise_inconsistent(thread, merge);
    Value next = merge.head(chosen);
    if (!result->append(thread.heap(), next)) return thread.raise_memory_error();
    for (int64_t i = 0; i < merge.count(); ++i)
      if (!merge.is_done(i) && merge.head(i) == next) merge.positions->set(i, Value::from_int(merge.position(i) + 1));
  }
}

}  // namespace

Result<Tuple*> linearize(Thread& thread, Type* type) {
  Tuple* bases = type->bases();
  for (int64_t i = 0; i < bases->length(); ++i) {
    auto* base = cast<Type>(bases->at(i));
    if (base->mro() == nullptr) return thread.raise<TypeError>("Cannot extend an incomplete type '{}'", base->name());
    for (int64_t k = i + 1; k < bases->length(); ++k)
      if (bases->at(k) == bases->at(i)) return thread.raise<TypeError>("duplicate base class {}", base->name());
  }
  if (bases->length() == 1) {
    Tuple* inherited = cast<Type>(bases->at(0))->mro();
    Tuple* order = TRY(make_tuple(thread, inherited->length() + 1));
    order->set(0, to_value(type));
    for (int64_t i = 0; i < inherited->length(); ++i) order->set(i + 1, inherited->at(i));
    return order;
  }
  Merge merge{List::make(thread.heap()), Array::try_make(thread.heap(), bases->length() + 1)};
  for (int64_t i = 0; i < bases->length(); ++i)
    TRY(list_append_value(thread, merge.sequences, to_value(cast<Type>(bases->at(i))->mro())));
  TRY(list_append_value(thread, merge.sequences, to_value(bases)));
  return merge_orders(thread, type, merge);
}

// --- layout

namespace {

/// The nearest class up the chain of layout bases that adds something to the layout of instances.
Type* solid_base(const Runtime& runtime, Type* type) {
  for (; type->base() != nullptr; type = type->base()) {
    Type* base = type->base();
    Kind kind = type->instance_kind(), base_kind = base->instance_kind();
    bool same_kind = kind == base_kind || (kind == Kind::Instance && base_kind == Kind::Object);
    if (!same_kind || type->root_shape()->member_count() != base->root_shape()->member_count()) return type;
  }
  return type;
}

}  // namespace

Result<Type*> best_base(Thread& thread, Tuple* bases) {
  Runtime& runtime = thread.runtime();
  Type* winner = nullptr;
  Type* base = nullptr;
  for (Value value : bases->span()) {
    if (!has_kind(value, Kind::Type)) return thread.raise<TypeError>("bases must be types");
    Type* candidate_base = cast<Type>(value);
    if (!candidate_base->has_flag(kTypeBase))
      return thread.raise<TypeError>("type '{}' is not an acceptable base type",
                                     TRY(full_type_name(thread, candidate_base)));
    if (candidate_base->root_shape() == nullptr)
      return thread.raise<TypeError>("Cannot extend an incomplete type '{}'", candidate_base->name());
    Type* candidate = solid_base(runtime, candidate_base);
    if (winner == nullptr) {
      winner = candidate;
      base = candidate_base;
    } else if (winner->is_subtype_of(candidate)) {
      // The layout so far includes it.
    } else if (candidate->is_subtype_of(winner)) {
      winner = candidate;
      base = candidate_base;
    } else {
      return thread.raise<TypeError>("multiple bases have instance lay-out conflict");
    }
  }
  return base;
}

Result<Type*> calculate_metaclass(Thread& thread, Type* metatype, Tuple* bases) {
  Type* winner = metatype;
  for (Value base : bases->span()) {
    Type* candidate = type_of(thread, base);
    if (winner->is_subtype_of(candidate)) continue;
    if (candidate->is_subtype_of(winner)) {
      winner = candidate;
      continue;
    }
    return thread.raise<TypeError>(
        "metaclass conflict: the metaclass of a derived class must be a (non-strict) subclass of the metaclasses of "
        "all its bases");
  }
  return winner;
}

}  // namespace viperine
