// SPDX-License-Identifier: MIT
// The module gc. collect() asks for a full collection, which happens when the call has returned and the stack is clean.
// Thresholds, debug flags and freezing are accepted and remembered; the collector has a policy of its own.
// That collection counts dead cycles before it frees them; the interpreter puts the number in place of the 0 that
// collect() has returned (CallPoll). Callbacks run before it.
#include "interpreter/dead_registers.h"
#include "runtime/attributes.h"
#include "runtime/audit.h"
#include "runtime/binding.h"
#include "runtime/containers.h"
#include "runtime/operators.h"
#include "runtime/poll.h"

namespace viperine {

namespace {

enum StateIndex : uint32_t { kEnabled, kThresholds, kDebug };

Result<Module*> gc_module(Thread& thread) {
  Optional<Value> module = thread.runtime().modules()->get_str(intern(thread, "gc"));
  if (!module || !is<Module>(*module)) return thread.raise<RuntimeError>("gc is not imported");
  return cast<Module>(*module);
}

Result<List*> state(Thread& thread) { return cast<List>(TRY(gc_module(thread))->state_.get()); }

Result<Value> state_item(Thread& thread, StateIndex index) { return TRY(state(thread))->at(index); }

Result<void> set_state_item(Thread& thread, StateIndex index, Value value) {
  TRY(state(thread))->set(index, value);
  return {};
}

bool is_internal(const HeapObject* object) { return object->kind_byte() <= static_cast<uint8_t>(Kind::Shape); }

/// Whether objects of the kind can refer to others.
bool is_container(Kind kind) {
  switch (kind) {
    case Kind::NoneType:
    case Kind::Bool:
    case Kind::EllipsisType:
    case Kind::NotImplementedType:
    case Kind::Int:
    case Kind::Float:
    case Kind::Complex:
    case Kind::Str:
    case Kind::Rope:
    case Kind::Bytes:
    case Kind::ByteArray:
    case Kind::Range:
    case Kind::Slice:
    case Kind::Code:
      return false;
    default:
      return true;
  }
}

bool is_listed(const HeapObject* object) {
  return !is_internal(object) && is_container(static_cast<Kind>(object->kind_byte()));
}

/// The objects as a list.
Result<Value> list_of(Thread& thread, RootVector& objects) {
  List* list = List::make(thread.heap());
  for (Value object : objects.span()) TRY(list_append_value(thread, list, object));
  return to_value(list);
}

// --- edges

struct EdgeSearch {
  Heap* heap;
  RootVector* found;
};

/// Collects what Python sees of an object's edges: those of its internal parts count as its own.
void note_edge(Value* slot, void* context) {
  if (!slot->is_pointer()) return;
  HeapObject* target = slot->as_object();
  auto* search = static_cast<EdgeSearch*>(context);
  if (target->kind_byte() == static_cast<uint8_t>(Kind::Shape)) return;
  if (is_internal(target))
    search->heap->for_each_edge(target, &note_edge, context);
  else
    search->found->push(*slot);
}

/// Attributes may be immediate: every word of a plain instance is one.
void note_attribute(Value* slot, void* context) {
  if (slot->is_pointer()) return note_edge(slot, context);
  if (!slot->is_sentinel()) static_cast<EdgeSearch*>(context)->found->push(*slot);
}

void note_dict(Dict* dict, RootVector& found) {
  bool only_text = true;
  for (int64_t entry = dict->next_entry(0); entry >= 0 && only_text; entry = dict->next_entry(entry + 1))
    only_text = is_str(dict->table()->key(static_cast<uint32_t>(entry)));
  for (int64_t entry = dict->next_entry(0); entry >= 0; entry = dict->next_entry(entry + 1)) {
    if (!only_text) found.push(dict->table()->key(static_cast<uint32_t>(entry)));
    found.push(open_class_cell(dict->table()->value(static_cast<uint32_t>(entry))));
  }
}

/// What `value` directly refers to.
void note_referents(Thread& thread, Value value, RootVector& found) {
  if (!value.is_pointer()) return;
  HeapObject* object = value.as_object();
  if (!is_container(kind_of(object))) return;
  if (is_exact<Dict>(value)) return note_dict(cast<Dict>(value), found);
  EdgeSearch search = {&thread.heap(), &found};
  if (is_exact<List>(value)) {
    for (int64_t i = 0; i < cast<List>(value)->length(); ++i) found.push(cast<List>(value)->at(i));
  } else if (is_exact<Tuple>(value)) {
    for (Value item : cast<Tuple>(value)->span()) found.push(item);
  } else if (has_kind(value, Kind::Instance)) {
    thread.heap().for_each_edge(object, &note_attribute, &search);
  } else {
    thread.heap().for_each_edge(object, &note_edge, &search);
  }
  Type* type = type_of(thread, value);
  if (type->is_heap_type()) found.push(to_value(type));
}

Result<Value> get_referents(Thread& thread, const Arguments& arguments) {
  TRY(audit(thread, "gc.get_referents", to_value(Tuple::make(thread.heap(), arguments.positional()))));
  RootVector found(thread.runtime());
  for (Value value : arguments.positional()) note_referents(thread, value, found);
  return list_of(thread, found);
}

void note_object(HeapObject* object, void* context) {
  if (is_listed(object)) static_cast<RootVector*>(context)->push(to_value(object));
}

Result<Value> get_referrers(Thread& thread, const Arguments& arguments) {
  TRY(audit(thread, "gc.get_referrers", to_value(Tuple::make(thread.heap(), arguments.positional()))));
  RootVector all(thread.runtime()), found(thread.runtime());
  thread.heap().for_each_object(&note_object, &all);
  List* referrers = List::make(thread.heap());
  for (Value object : all.span()) {
    while (found.size() > 0) found.pop();
    note_referents(thread, object, found);
    bool refers = false;
    for (Value target : found.span())
      for (Value wanted : arguments.positional()) refers = refers || target == wanted;
    if (refers) TRY(list_append_value(thread, referrers, object));
  }
  return to_value(referrers);
}

Result<void> check_generation(Thread& thread, int64_t generation) {
  if (generation < 0) return thread.raise<ValueError>("generation parameter cannot be negative");
  if (generation > 2)
    return thread.raise<ValueError>("generation parameter must be less than the number of available generations (3)");
  return {};
}

Result<Value> get_objects(Thread& thread, Value generation) {
  TRY(audit(thread, "gc.get_objects", generation.is_none() ? Value::from_int(-1) : generation));
  if (!generation.is_none()) TRY(check_generation(thread, TRY(to_index_int64(thread, generation))));
  RootVector all(thread.runtime());
  thread.heap().for_each_object(&note_object, &all);
  return list_of(thread, all);
}

Result<Value> is_tracked(Thread&, Value object) {
  return Value::from_bool(object.is_pointer() && is_listed(object.as_object()));
}

Result<Value> is_finalized(Thread& thread, Value object) {
  if (!object.is_pointer() || type_of(thread, object)->slots().finalize == nullptr) return Value::from_bool(false);
  return Value::from_bool(object.as_object()->gc_bits() & kGcFinalized);
}

// --- collections

/// Calls gc.callbacks with the phase and a dict of figures.
Result<void> run_callbacks(Thread& thread, const char* phase, int64_t generation) {
  Module* module = TRY(gc_module(thread));
  Value callbacks = TRY(get_attribute(thread, to_value(module), "callbacks"));
  if (!is<List>(callbacks) || cast<List>(callbacks)->length() == 0) return {};
  Dict* figures = Dict::make(thread.heap());
  TRY(dict_set(thread, figures, to_value(intern(thread, "generation")), Value::from_int(generation)));
  TRY(dict_set(thread, figures, to_value(intern(thread, "collected")), Value::from_int(0)));
  TRY(dict_set(thread, figures, to_value(intern(thread, "uncollectable")), Value::from_int(0)));
  for (int64_t i = 0; i < cast<List>(callbacks)->length(); ++i) {
    Value callback = cast<List>(callbacks)->at(i);
    if (call(thread, callback, to_value(intern(thread, phase)), to_value(figures)).is_raised())
      report_unraisable(thread, callback);
  }
  return {};
}

Result<Value> gc_collect(Thread& thread, Index generation) {
  if (generation.value < 0 || generation.value > 2) return thread.raise<ValueError>("invalid generation");
  TRY(run_callbacks(thread, "start", generation.value));
  clear_dead_registers(thread);
  if (generation.value == 2)
    thread.heap().request_counting_collection(&is_listed);
  else
    thread.heap().request_collection(Collection::Minor);
  TRY(run_callbacks(thread, "stop", generation.value));
  return Value::from_int(0);
}

Result<void> gc_enable(Thread& thread) { return set_state_item(thread, kEnabled, Value::from_bool(true)); }
Result<void> gc_disable(Thread& thread) { return set_state_item(thread, kEnabled, Value::from_bool(false)); }
Result<Value> gc_isenabled(Thread& thread) { return state_item(thread, kEnabled); }
Result<void> gc_set_debug(Thread& thread, Index flags) {
  return set_state_item(thread, kDebug, Value::from_int(flags.value));
}
Result<Value> gc_get_debug(Thread& thread) { return state_item(thread, kDebug); }
Result<Value> gc_get_threshold(Thread& thread) { return state_item(thread, kThresholds); }

Result<void> gc_set_threshold(Thread& thread, Index first, Index second, Index third) {
  Value old = TRY(state_item(thread, kThresholds));
  Value one = second.value < 0 ? cast<Tuple>(old)->at(1) : Value::from_int(second.value);
  Value two = third.value < 0 ? cast<Tuple>(old)->at(2) : Value::from_int(third.value);
  Tuple* thresholds = Tuple::of(thread.heap(), Value::from_int(first.value), one, two);
  return set_state_item(thread, kThresholds, to_value(thresholds));
}

Result<Value> gc_get_count(Thread& thread) {
  return to_value(Tuple::of(thread.heap(), Value::from_int(0), Value::from_int(0), Value::from_int(0)));
}

Result<Value> gc_get_stats(Thread& thread) {
  HeapStatistics statistics = thread.heap().statistics();
  int64_t runs[3] = {static_cast<int64_t>(statistics.minor_collections), 0,
                     static_cast<int64_t>(statistics.full_collections)};
  auto collected = static_cast<int64_t>(thread.heap().counted_total());
  List* list = List::make(thread.heap());
  for (int64_t count : runs) {
    Dict* figures = Dict::make(thread.heap());
    TRY(dict_set(thread, figures, to_value(intern(thread, "collections")), Value::from_int(count)));
    TRY(dict_set(thread, figures, to_value(intern(thread, "collected")),
                 Value::from_int(list->length() == 2 ? collected : 0)));
    TRY(dict_set(thread, figures, to_value(intern(thread, "uncollectable")), Value::from_int(0)));
    TRY(list_append_value(thread, list, to_value(figures)));
  }
  return to_value(list);
}

Result<void> gc_freeze(Thread&) { return {}; }
Result<Value> gc_get_freeze_count(Thread&) { return Value::from_int(0); }

constexpr NativeMethod kFunctions[] = {
    function<gc_enable>("enable($module, /)", "Turns automatic collection on."),
    function<gc_disable>("disable($module, /)", "Accepted and remembered; memory is collected all the same."),
    function<gc_isenabled>("isenabled($module, /)", "Whether enable() or disable() was called last."),
    function<gc_collect>("collect($module, /, generation=2)",
                         "Runs a collection; how many objects in dead cycles it has found."),
    function<gc_get_count>("get_count($module, /)", "Three numbers; always zero here."),
    function<gc_set_debug>("set_debug($module, flags, /)", "Remembers the flags."),
    function<gc_get_debug>("get_debug($module, /)", "The flags of set_debug()."),
    function<gc_set_threshold>("set_threshold(threshold0, threshold1=-1, threshold2=-1, /)",
                               "Remembers the thresholds."),
    function<gc_get_threshold>("get_threshold($module, /)", "The thresholds of set_threshold()."),
    function<get_objects>("get_objects($module, /, generation=None)", "The containers on the heap."),
    function<gc_get_stats>("get_stats($module, /)", "Counts of collections, by generation."),
    function<is_tracked>("is_tracked($module, obj, /)", "Whether the object can refer to others."),
    function<is_finalized>("is_finalized($module, obj, /)", "Whether the finalizer of the object has run."),
    function<get_referrers>("get_referrers(*objs)", "The objects that directly refer to any of objs."),
    function<get_referents>("get_referents(*objs)", "The objects that objs directly refer to."),
    function<gc_freeze>("freeze($module, /)", "Accepted: nothing here is copied by marking."),
    function<gc_freeze>("unfreeze($module, /)", "Accepted."),
    function<gc_get_freeze_count>("get_freeze_count($module, /)", "Always 0."),
};

Result<void> initialize(Thread& thread, Module* module) {
  List* list = List::make(thread.heap());
  Tuple* thresholds = Tuple::of(thread.heap(), Value::from_int(700), Value::from_int(10), Value::from_int(10));
  TRY(list_append_value(thread, list, Value::from_bool(true)));
  TRY(list_append_value(thread, list, to_value(thresholds)));
  TRY(list_append_value(thread, list, Value::from_int(0)));
  module->state_.set(module, to_value(list));
  TRY(add_constant(thread, module, "garbage", to_value(List::make(thread.heap()))));
  TRY(add_constant(thread, module, "callbacks", to_value(List::make(thread.heap()))));
  TRY(add_int(thread, module, "DEBUG_STATS", 1));
  TRY(add_int(thread, module, "DEBUG_COLLECTABLE", 2));
  TRY(add_int(thread, module, "DEBUG_UNCOLLECTABLE", 4));
  TRY(add_int(thread, module, "DEBUG_SAVEALL", 32));
  return add_int(thread, module, "DEBUG_LEAK", 38);
}

}  // namespace

extern const ModuleSpec kGcModule;
const ModuleSpec kGcModule = {.name = "gc",
                              .functions = kFunctions,
                              .initialize = &initialize,
                              .doc = "The collector: asking for collections, looking at objects."};

}  // namespace viperine
