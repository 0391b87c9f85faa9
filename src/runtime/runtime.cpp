// SPDX-License-Identifier: MIT
// Making a runtime: heap, layouts of internal kinds, main thread, names; its roots.
#include "runtime/runtime.h"

#include <pthread.h>
#include <sys/mman.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "objects/generator.h"
#include "objects/set.h"
#include "platform/memory_limits.h"
#include "runtime/containers.h"
#include "runtime/interpreter_data.h"
#include "runtime/strings.h"
#include "runtime/threads.h"
#include "runtime/type_spec.h"

namespace viperine {

namespace {

constexpr size_t kShapesToRecycle =
    4096;  // inline caches may name dead shapes: they are emptied before indices are given out again

template <typename T>
Layout simple_layout(const char* name) {
  return layout_of<T>(name);
}

void register_internal_layouts(Runtime& runtime) {
  runtime.register_layout(Kind::Array, simple_layout<Array>("Array"));
  runtime.register_layout(Kind::Buffer, simple_layout<Buffer>("Buffer"));
  runtime.register_layout(Kind::DictTable, simple_layout<DictTable>("DictTable"));
  runtime.register_layout(Kind::SetTable, simple_layout<SetTable>("SetTable"));
  runtime.register_layout(Kind::Feedback, simple_layout<Feedback>("Feedback"));
  runtime.register_layout(Kind::ClassCell, simple_layout<ClassCell>("ClassCell"));
  runtime.register_layout(Kind::Shape, simple_layout<Shape>("Shape"));
  runtime.register_layout(Kind::AsyncGeneratorValue, simple_layout<Cell>("async_generator_value"));
  runtime.register_layout(Kind::Rope, simple_layout<Rope>("Rope"));
  Layout plain;
  plain.fixed_size = sizeof(HeapObject);
  for (Kind kind :
       {Kind::NoneType, Kind::Bool, Kind::EllipsisType, Kind::NotImplementedType, Kind::Object, Kind::Instance}) {
    plain.name = "object";
    runtime.register_layout(kind, plain);
  }
}

void make_names(Thread& thread, Names& names) {
#define NAME(identifier) names.identifier = intern(thread, #identifier);
#define NAME_AS(identifier, text) names.identifier = intern(thread, text);
#include "runtime/names.def"
#undef NAME
#undef NAME_AS
}

void make_shared_objects(Runtime& runtime, Thread& thread) {
  Heap& heap = runtime.heap();
  const Image& image = runtime.image();
  runtime.empty_tuple_ = image.is_open() ? image.empty_tuple() : Tuple::try_make(heap, 0);
  runtime.empty_str_ = Str::try_make(heap, 0, Str::Width::Ascii);
  runtime.empty_bytes_ = image.is_open() ? image.empty_bytes() : Bytes::try_make(heap, 0);
  for (uint32_t c = 0; c < 256; ++c) {
    Str* text = Str::try_make(heap, 1, c < 128 ? Str::Width::Ascii : Str::Width::Latin1);
    text->data8()[0] = static_cast<uint8_t>(c);
    runtime.characters_[c] = text;
  }
  runtime.modules_ = Dict::make(heap);
  for (uint32_t c = 0; c < 256; ++c) {
    Str* one = intern(thread, runtime.characters_[c]);
    runtime.characters_[c] = one;
  }
  runtime.empty_str_ = intern(thread, runtime.empty_str_);
}

}  // namespace

constexpr size_t kNativeStackUsed = size_t{6} << 20;

void set_native_limits(Thread& thread) {
  pthread_attr_t attributes;
  void* low = nullptr;
  size_t size = 0;
  if (pthread_getattr_np(pthread_self(), &attributes) == 0) {
    pthread_attr_getstack(&attributes, &low, &size);
    pthread_attr_destroy(&attributes);
  }
  // A reserve is kept for code that does not check. However large the stack may grow, native code nests no deeper than
  // fits kNativeStackUsed: walks of nested data end with RecursionError at the same depth everywhere.
  size_t reserve = size > (size_t{1} << 20) ? size_t{256} << 10 : size / 4;
  char* high = static_cast<char*>(low) + size;
  thread.native_limit_ = reinterpret_cast<uintptr_t>(high) - std::min(size - reserve, kNativeStackUsed);
  thread.native_high_ = high;
}

namespace {

/// Words of a thread's stack: a thirty-second of what `ulimit -v` or `ulimit -d` allows, and not all that is wanted,
/// when the surroundings are small. Null when not even the least can be had.
Value* map_stack(size_t* words) {
  constexpr size_t kLeastWords = size_t{1} << 18;
  size_t allowed = std::min(address_space_limit(), data_limit());
  if (allowed != kNoMemoryLimit) *words = std::min(*words, std::max(allowed / 32 / sizeof(Value), kLeastWords));
  for (;; *words /= 2) {
    void* stack = mmap(nullptr, *words * sizeof(Value), PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (stack != MAP_FAILED) return static_cast<Value*>(stack);
    if (*words / 2 < kLeastWords) return nullptr;
  }
}

}  // namespace

bool initialize_thread(Runtime& runtime, Thread& thread) {
  thread.runtime_ = &runtime;
  thread.heap_ = runtime.heap_;
  thread.names_ = &runtime.names_;
  size_t words = runtime.options().stack_words;
  thread.stack_begin_ = map_stack(&words);
  if (thread.stack_begin_ == nullptr) return false;
  thread.stack_end_ = thread.stack_begin_ + words;
  thread.stack_soft_end_ = thread.stack_begin_ + kStackStep;
  set_native_limits(thread);
  thread.next_ = runtime.threads_;
  runtime.threads_ = &thread;
  return true;
}

void finish_thread(Thread& thread) {
  Thread** link = &thread.runtime().threads_;
  while (*link != nullptr && *link != &thread) link = &(*link)->next_;
  if (*link != nullptr) *link = thread.next_;
  munmap(thread.stack_begin_, static_cast<size_t>(thread.stack_end_ - thread.stack_begin_) * sizeof(Value));
}

Runtime* Runtime::create(const RuntimeOptions& options, const RuntimeTables& tables) {
  auto* runtime = new Runtime();
  runtime->options_ = options;
  runtime->tables_ = tables;
  register_internal_layouts(*runtime);
  for (const TypeSpec* spec : tables.types)
    if (spec->layout != nullptr) runtime->register_layout(spec->kind, spec->layout());
  runtime->heap_ = Heap::create(runtime->layouts_, *runtime, options.heap);
  if (runtime->heap_ == nullptr) return nullptr;
  runtime->heap_->enter_thread();
  if (options.image != nullptr &&
      runtime->image_.open(options.image, image_build(options.code_format, runtime->layouts_), options.verify_image)) {
    std::copy_n(runtime->image_.hash_key(), 2, runtime->options_.hash_key);
    runtime->heap_->set_fixed_uniques(runtime->image_.uniques());
  }
  runtime->heap_->set_hash_key(runtime->options_.hash_key[0], runtime->options_.hash_key[1]);
  map_fixed_objects({static_cast<uint8_t>(Kind::NoneType), static_cast<uint8_t>(Kind::Bool),
                     static_cast<uint8_t>(Kind::EllipsisType), static_cast<uint8_t>(Kind::NotImplementedType)});
  runtime->cold_feedback_ =
      mmap(nullptr, kColdFeedbackBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  auto* thread = new Thread();
  if (!initialize_thread(*runtime, *thread)) return nullptr;
  thread->is_main_ = true;
  runtime->main_thread_ = thread;
  make_shared_objects(*runtime, *thread);
  make_names(*thread, runtime->names_);
  return runtime;
}

Runtime::~Runtime() {
  while (threads_ != nullptr) {
    Thread* thread = threads_;
    finish_thread(*thread);
    delete thread;
  }
  Heap::destroy(heap_);
  delete feedback_list_;
}

namespace {

template <typename T>
void visit_pointer(EdgeVisitor& visitor, T*& pointer) {
  if (pointer == nullptr) return;
  Value value = Value::from_object(reinterpret_cast<HeapObject*>(pointer));
  if (value.is_fixed_object()) return;  // of the image, as most are: it never moves, nor dies
  visitor.visit(&value, 1);
  pointer = reinterpret_cast<T*>(value.as_object());
}

/// Zeroes words, without touching memory that was never used.
void clear_words(Value* begin, Value* end) {
  constexpr size_t kStep = 64;
  for (; begin < end; begin += kStep) {
    size_t count = std::min<size_t>(kStep, static_cast<size_t>(end - begin));
    uint64_t any = 0;
    for (size_t i = 0; i < count; ++i) any |= begin[i].bits();
    if (any != 0) std::memset(static_cast<void*>(begin), 0, count * sizeof(Value));
  }
}

void visit_thread(EdgeVisitor& visitor, Thread& thread) {
  Value* top = stack_top(thread);
  if (thread.live_top_ != nullptr && thread.live_top_ < top) top = thread.live_top_;
  visitor.visit(thread.stack_begin_, static_cast<size_t>(top - thread.stack_begin_));
  // Dead words keep stale pointers: clear what was used since the last collection.
  Value* soft_end = thread.stack_soft_end_;
  clear_words(top, soft_end);
  Value* values[] = {&thread.pending_,
                     &thread.handled_,
                     &thread.trace_function_,
                     &thread.profile_function_,
                     &thread.context_,
                     &thread.running_loop_,
                     &thread.dict_,
                     &thread.async_exception_,
                     &thread.returned_,
                     &thread.exit_lock_,
                     &thread.asyncgen_hooks_[0],
                     &thread.asyncgen_hooks_[1],
                     &thread.coroutine_origin_depth_};
  for (Value* value : values) visitor.visit(value, 1);
}

}  // namespace

void Runtime::visit_roots(EdgeVisitor& visitor) {
#define NAME(identifier) visit_pointer(visitor, names_.identifier);
#define NAME_AS(identifier, text) visit_pointer(visitor, names_.identifier);
#include "runtime/names.def"
#undef NAME
#undef NAME_AS
  for (Type*& type : types_) visit_pointer(visitor, type);
  for (Type*& type : exception_types_) visit_pointer(visitor, type);
  for (Str*& character : characters_) visit_pointer(visitor, character);
  visit_pointer(visitor, empty_tuple_);
  visit_pointer(visitor, empty_str_);
  visit_pointer(visitor, empty_bytes_);
  visit_pointer(visitor, builtins_dict_);
  visit_pointer(visitor, sys_dict_);
  visit_pointer(visitor, modules_);
  visit_pointer(visitor, line_tables_);
  visit_pointer(visitor, unraisable_type_);
  visitor.visit(&audit_hooks_, 1);
  visitor.visit(&gc_callbacks_, 1);
  visitor.visit(&codec_state_, 1);
  for (Thread* thread = threads_; thread != nullptr; thread = thread->next_) visit_thread(visitor, *thread);
  for (RootVector* vector = root_vectors_; vector != nullptr; vector = vector->next_)
    visitor.visit(vector->items_, vector->size_);
  visit_lookup_cache(*this, visitor);
}

std::span<const NativeRange> Runtime::native_ranges() {
  // Every thread that waits for the GIL has published where its native stack stands. The running one is the heap's
  // affair: it scans its stack when the safepoint is not clean.
  return waiting_thread_ranges(*this);
}

void Runtime::collection_finished() {
  if (heap_->dead_shape_count() >= kShapesToRecycle) {
    if (tables_.invalidate_caches != nullptr) tables_.invalidate_caches(*this);
    heap_->recycle_shapes();
  }
  for (Thread* thread = threads_; thread != nullptr; thread = thread->next_) thread->request_poll(kPollFinalize);
}

void Runtime::request_safepoint() {
  for (Thread* thread = threads_; thread != nullptr; thread = thread->next_) thread->request_poll(kPollCollect);
}

Value* stack_top(const Thread& thread) {
  if (thread.frame_ == nullptr) return thread.stack_begin_;
  auto* function = static_cast<Function*>(thread.frame_[kFrameFunction].as_object());
  return thread.frame_ + function->code()->register_count_;
}

// --- RootVector

RootVector::RootVector(Runtime& runtime) : runtime_(&runtime), previous_(nullptr), next_(runtime.root_vectors_) {
  if (next_ != nullptr) next_->previous_ = this;
  runtime.root_vectors_ = this;
}

RootVector::~RootVector() {
  if (previous_ != nullptr)
    previous_->next_ = next_;
  else
    runtime_->root_vectors_ = next_;
  if (next_ != nullptr) next_->previous_ = previous_;
  std::free(items_);
}

void RootVector::push(Value value) {
  if (size_ == capacity_) {
    capacity_ = capacity_ == 0 ? 16 : capacity_ * 2;
    items_ = static_cast<Value*>(std::realloc(static_cast<void*>(items_), capacity_ * sizeof(Value)));
    CHECK(items_ != nullptr);
  }
  items_[size_++] = value;
}

Value RootVector::pop() { return items_[--size_]; }

}  // namespace viperine
