// SPDX-License-Identifier: MIT
// Runtime: one isolated Python (embedders may make several): its heap, types, names, modules, options. No mutable
// globals elsewhere. Making and starting one is in runtime/startup.h.
#pragma once

#include "image/image.h"
#include "objects/module.h"
#include "runtime/thread.h"

namespace viperine {

/// Interned names as Str pointers: names().append ... all roots.
struct Names {
#define NAME(identifier) Str* identifier;
#define NAME_AS(identifier, text) Str* identifier;
#include "runtime/names.def"
#undef NAME
#undef NAME_AS
};

/// Options that options.def / the command line set.
struct RuntimeOptions {
  HeapOptions heap;
  uint64_t hash_key[2] = {0, 0};  // SipHash key; zero for PYTHONHASHSEED=0
  const char* image = nullptr;    // the image's file; it brings its own hash key. Null: none is used
  uint32_t code_format = 0;       // an image must have been made with the same
  bool verify_image = false;      // compare its checksum
  bool frozen_modules = true;     // modules that CPython freezes come from the image
  uint32_t optimize = 0;          // -O
  uint32_t bytes_warning = 0;     // -b
  bool debug_ranges = true;       // carets in tracebacks
  bool dev_mode = false;
  uint32_t dump = 0;  // -X dump= bits
  size_t stack_words = size_t{1} << 26;
  int64_t int_max_str_digits = 4300;
};

/// Values that live as long as the program wants; a vector that is a root.
class RootVector {
 public:
  explicit RootVector(Runtime& runtime);
  ~RootVector();
  RootVector(const RootVector&) = delete;
  void push(Value value);
  Value pop();
  Value& operator[](size_t index) { return items_[index]; }
  size_t size() const { return size_; }
  std::span<Value> span() { return {items_, size_}; }

 private:
  friend class Runtime;
  Runtime* runtime_;
  RootVector* previous_;
  RootVector* next_;
  Value* items_ = nullptr;
  size_t size_ = 0, capacity_ = 0;
};

struct TypeSpec;
struct ModuleSpec;

/// What the layers above give to a runtime: its types, its modules, and the interpreter's hooks (upward calls are
/// data).
struct RuntimeTables {
  std::span<const TypeSpec* const> types;
  std::span<const ModuleSpec* const> modules;
  /// Runs a Python function. Values of `arguments` may lie anywhere.
  Result<Value> (*call_function)(Thread&, Function*, const struct Arguments&) = nullptr;
  /// gen.send(sent): absent when it finished (the return value is then in Thread::returned_); `sent` None for next().
  Result<Optional<Value>> (*resume)(Thread&, HeapObject* generator, Value sent) = nullptr;
  /// Raises the pending exception inside a suspended generator (throw()); result as resume.
  Result<Optional<Value>> (*throw_into)(Thread&, HeapObject* generator) = nullptr;
  /// Goes on with a suspended generator exactly at its word_ (nothing is sent).
  Result<Optional<Value>> (*resume_at)(Thread&, HeapObject* generator) = nullptr;
  /// Empties every inline cache (an observed class changed).
  void (*invalidate_caches)(Runtime&) = nullptr;
};

class Runtime final : public RootProvider {
 public:
  /// Heap, main thread, names and shared objects; types and modules are made by start (shell/startup.cpp). Null without
  /// memory.
  static Runtime* create(const RuntimeOptions& options, const RuntimeTables& tables);
  ~Runtime();
  const RuntimeTables& tables() const { return tables_; }
  /// Objects of `kind` look like this; before the first one is made.
  void register_layout(Kind kind, const Layout& layout) { layouts_[static_cast<size_t>(kind)] = layout; }

  Heap& heap() { return *heap_; }
  const Names& names() const { return names_; }
  const RuntimeOptions& options() const { return options_; }
  RuntimeOptions& mutable_options() { return options_; }
  /// Perhaps not open.
  const Image& image() const { return image_; }
  const Layout* layouts() const { return layouts_; }

  // --- types
  /// The built-in type whose instances have this kind.
  Type* type(Kind kind) const { return types_[static_cast<size_t>(kind)]; }
  Type* exception_type(ExceptionKind kind) const { return exception_types_[static_cast<size_t>(kind)]; }
  template <typename Tag>
  Type* exception_type() const {
    return exception_types_[static_cast<size_t>(Tag::kKind)];
  }
  Type* object_type() const { return types_[static_cast<size_t>(Kind::Object)]; }
  Type* type_type() const { return types_[static_cast<size_t>(Kind::Type)]; }
  void set_type(Kind kind, Type* type) { types_[static_cast<size_t>(kind)] = type; }
  Type* type_of(Value value) const {
    if (value.is_pointer()) [[likely]] {
      uint32_t index = value.as_object()->shape_index();
      if (index < 256) return types_[index];  // exact instances of built-in types: their shape's index is their kind
      return static_cast<Shape*>(heap_->shape_object(index))->type();
    }
    return value.is_int() ? type(Kind::Int) : type(Kind::Float);
  }
  Shape* shape_of(const HeapObject* object) const {
    return static_cast<Shape*>(heap_->shape_object(object->shape_index()));
  }

  // --- shared objects
  Tuple* empty_tuple() const { return empty_tuple_; }
  Str* empty_str() const { return empty_str_; }
  Bytes* empty_bytes() const { return empty_bytes_; }
  /// One-character str below 256.
  Str* latin1_character(uint8_t c) const { return characters_[c]; }
  Dict* builtins_dict() const { return builtins_dict_; }
  Dict* sys_dict() const { return sys_dict_; }
  Dict* modules() const { return modules_; }

  Thread* main_thread() const { return main_thread_; }

  // --- RootProvider
  void visit_roots(EdgeVisitor& visitor) override;
  std::span<const NativeRange> native_ranges() override;
  void collection_finished() override;
  void request_safepoint() override;

  Heap* heap_ = nullptr;
  Names names_{};
  Type* types_[256] = {};
  Type* exception_types_[static_cast<size_t>(ExceptionKind::kCount)] = {};
  Tuple* empty_tuple_ = nullptr;
  Str* empty_str_ = nullptr;
  Bytes* empty_bytes_ = nullptr;
  Str* characters_[256] = {};
  Dict* builtins_dict_ = nullptr;
  Dict* sys_dict_ = nullptr;
  Dict* modules_ = nullptr;
  Dict* line_tables_ = nullptr;  // code of the image -> its line table (runtime/positions.h); null while empty
  Thread* main_thread_ = nullptr;
  Thread* threads_ = nullptr;
  Thread* running_thread_ = nullptr;  // who holds the GIL
  RuntimeOptions options_;
  Image image_;
  RootVector* root_vectors_ = nullptr;
  uint32_t next_type_version_ = 1;
  uint64_t abc_counter_ = 0;                      // registrations of virtual subclasses (modules/abc.cpp)
  struct LookupCache* lookup_cache_ = nullptr;    // runtime/types.cpp
  struct SlotTables* slot_tables_ = nullptr;      // runtime/class_slots.cpp
  struct ThreadTable* thread_table_ = nullptr;    // runtime/threads.cpp: GIL
  struct SignalTable* signal_table_ = nullptr;    // modules/signal
  struct FeedbackList* feedback_list_ = nullptr;  // interpreter
  NativeRange native_ranges_[64];
  Value audit_hooks_ = Value::none();
  Value gc_callbacks_ = Value::none();
  Value codec_state_ = Value::none();  // runtime/codecs.cpp
  RuntimeTables tables_;
  Layout layouts_[256];
  const struct SyntaxTreeHooks* syntax_tree_hooks_ = nullptr;  // installed by _ast (runtime/syntax_trees.h)
  uint32_t import_lock_depth_ = 0;                             // _imp.acquire_lock
  void (*after_fork_)(Thread&) = nullptr;                      // in the child
  bool finalizing_ = false;                                    // sys.is_finalizing()
  double switch_interval_ = 0.005;                             // seconds
  int dlopen_flags_ = 2;                                       // RTLD_NOW
  Type* unraisable_type_ = nullptr;                            // sys.UnraisableHookArgs
  void (*yield_lock_)(Thread&) = nullptr;      // lets another thread run (runtime/threads.cpp), null while there is one
  bool (*signal_handler_)(Thread&) = nullptr;  // runs Python signal handlers; false: one raised
  const void* cold_feedback_ = nullptr;        // 1 MiB of zeros: the feedback of functions that have none yet
};

inline bool is_subtype(const Type* type, const Type* base) { return type->is_subtype_of(base); }
inline Type* type_of(const Thread& thread, Value value) { return thread.runtime().type_of(value); }
/// Instance of `type` or of a subclass (no __instancecheck__).
inline bool is_instance(const Thread& thread, Value value, const Type* type) {
  return type_of(thread, value)->is_subtype_of(type);
}

}  // namespace viperine
