// SPDX-License-Identifier: MIT
// Slow paths of raise, except, except* and with.
#include "interpreter/slow_paths.h"
#include "runtime/classes.h"

namespace viperine {

namespace {

bool is_exception_class(const Thread& thread, Value value) {
  return is<Type>(value) && is_subtype(cast<Type>(value), thread.runtime().exception_type<BaseException>());
}

/// An exception instance from what `raise` was given; null with an error pending.
ExceptionObject* instantiate(Thread& thread, Value exception, const char* error_text) {
  if (is<ExceptionObject>(exception)) return cast<ExceptionObject>(exception);
  if (!is_exception_class(thread, exception)) {
    thread.raise<TypeError>(error_text);
    return nullptr;
  }
  auto result = call(thread, exception);
  if (result.is_raised()) return nullptr;
  if (is<ExceptionObject>(result.take())) return cast<ExceptionObject>(result.take());
  auto text = repr(thread, exception);
  if (text.is_raised()) return nullptr;
  thread.raise<TypeError>("calling {} should have returned an instance of BaseException, not {}", text.take(),
                          type_name_of(result.take()));
  return nullptr;
}

}  // namespace

void raise_statement(Thread& thread, Value exception, Value cause) {
  ExceptionObject* object = instantiate(thread, exception, "exceptions must derive from BaseException");
  if (object == nullptr) return;
  if (!cause.is_absent()) {
    if (!cause.is_none()) {
      ExceptionObject* cause_object = instantiate(thread, cause, "exception causes must derive from BaseException");
      if (cause_object == nullptr) return;
      cause = to_value(cause_object);
    }
    object->cause_.set(object, cause);
    object->suppress_context_ = 1;
  }
  thread.raise_object(object);
}

void raise_again(Thread& thread) {
  if (thread.handled().is_none()) {
    thread.raise<RuntimeError>("No active exception to reraise");
    return;
  }
  thread.restore_pending(cast<ExceptionObject>(thread.handled()));
}

namespace {

Result<void> check_match_types(Thread& thread, Value types, bool star) {
  if (!is<Tuple>(types)) {
    if (!is_exception_class(thread, types))
      return thread.raise<TypeError>("catching classes that do not inherit from BaseException is not allowed");
    if (star && is_subtype(cast<Type>(types), thread.runtime().exception_type<BaseExceptionGroup>()))
      return thread.raise<TypeError>("catching ExceptionGroup with except* is not allowed. Use except instead.");
    return {};
  }
  for (int64_t i = 0; i < cast<Tuple>(types)->length(); ++i)
    TRY(check_match_types(thread, cast<Tuple>(types)->at(i), star));
  return {};
}

bool matches(Thread& thread, Type* type, Value types) {
  if (is<Type>(types)) return is_subtype(type, cast<Type>(types));
  for (int64_t i = 0; i < cast<Tuple>(types)->length(); ++i)
    if (matches(thread, type, cast<Tuple>(types)->at(i))) return true;
  return false;
}

}  // namespace

Result<bool> match_exception(Thread& thread, Value exception, Value types) {
  TRY(check_match_types(thread, types, false));
  return matches(thread, type_of(thread, exception), types);
}

Result<void> match_exception_group(Thread& thread, Value exception, Value types, Value* targets) {
  TRY(check_match_types(thread, types, true));
  targets[0] = Value::none();
  targets[1] = exception;
  if (exception.is_none()) return {};
  Type* type = type_of(thread, exception);
  if (matches(thread, type, types)) {
    targets[1] = Value::none();
    if (is_subtype(type, thread.runtime().exception_type<BaseExceptionGroup>())) {
      targets[0] = exception;
      return {};
    }
    // A naked exception is wrapped.
    Value group = TRY(call(thread, to_value(thread.runtime().exception_type<BaseExceptionGroup>()),
                           to_value(thread.runtime().empty_str()), to_value(Tuple::of(thread.heap(), exception))));
    auto* wrapped = cast<ExceptionObject>(group);
    wrapped->traceback_.set(wrapped, cast<ExceptionObject>(exception)->traceback_.get());
    targets[0] = group;
    return {};
  }
  if (!is_subtype(type, thread.runtime().exception_type<BaseExceptionGroup>())) return {};
  Value pair = TRY(call_method(thread, exception, intern(thread, "split"), types));
  if (!is<Tuple>(pair) || cast<Tuple>(pair)->length() < 2)
    return thread.raise<TypeError>("{}.split must return a tuple, not {}", type, type_name_of(pair));
  targets[0] = cast<Tuple>(pair)->at(0);
  targets[1] = targets[0].is_none() ? exception : cast<Tuple>(pair)->at(1);
  return {};
}

namespace {

/// Leaf exceptions of a group, as a set of identities (a list is enough: groups are small).
void collect_leaves(Thread& thread, Value exception, List* leaves) {
  Value parts = exception_member(thread, exception.as_object(), thread.names().exceptions);
  if (!is_subtype(type_of(thread, exception), thread.runtime().exception_type<BaseExceptionGroup>()) ||
      !is<Tuple>(parts)) {
    leaves->append(thread.heap(), exception);
    return;
  }
  for (int64_t i = 0; i < cast<Tuple>(parts)->length(); ++i) collect_leaves(thread, cast<Tuple>(parts)->at(i), leaves);
}

/// The notes of an exception, absent when it has none.
Optional<Value> notes_of(Thread& thread, ExceptionObject* exception) {
  return instance_attribute(thread, exception, thread.names().__notes__);
}

/// Whether `exception` carries the same metadata as the group it was split from: a re-raised part.
bool same_origin(Thread& thread, ExceptionObject* original, ExceptionObject* part) {
  return original->traceback_.get() == part->traceback_.get() && original->cause_.get() == part->cause_.get() &&
         original->context_.get() == part->context_.get() &&
         notes_of(thread, original).raw() == notes_of(thread, part).raw();
}

/// The part of `original` with just these leaves.
Result<Value> project(Thread& thread, Value original, List* leaves) {
  Value parts = exception_member(thread, original.as_object(), thread.names().exceptions);
  if (!is_subtype(type_of(thread, original), thread.runtime().exception_type<BaseExceptionGroup>()) ||
      !is<Tuple>(parts)) {
    for (int64_t i = 0; i < leaves->length(); ++i)
      if (leaves->at(i) == original) return original;
    return Value::none();
  }
  List* kept = List::make(thread.heap());
  bool all = true;
  for (int64_t i = 0; i < cast<Tuple>(parts)->length(); ++i) {
    Value part = cast<Tuple>(parts)->at(i);
    Value projected = TRY(project(thread, part, leaves));
    if (!projected.is_none()) kept->append(thread.heap(), projected);
    all = all && projected == part;
  }
  if (all) return original;
  if (kept->length() == 0) return Value::none();
  Value group = TRY(call_method(thread, original, intern(thread, "derive"), to_value(kept)));
  auto* from = cast<ExceptionObject>(original);
  auto* to = cast<ExceptionObject>(group);
  to->traceback_.set(to, from->traceback_.get());
  to->context_.set(to, from->context_.get());
  to->cause_.set(to, from->cause_.get());
  Optional<Value> notes = TRY(find_attribute(thread, original, thread.names().__notes__));
  if (notes) TRY(set_attribute(thread, group, thread.names().__notes__, *notes));
  return group;
}

}  // namespace

Result<Value> merge_except_star(Thread& thread, Value original, List* parts) {
  if (parts->length() == 0) return Value::none();
  if (!is_subtype(type_of(thread, original), thread.runtime().exception_type<BaseExceptionGroup>())) {
    // A naked exception was caught or not; at most one part.
    for (int64_t i = parts->length() - 1; i >= 0; --i)
      if (!parts->at(i).is_none()) return parts->at(i);
    return Value::none();
  }
  List* raised = List::make(thread.heap());
  List* reraised_leaves = List::make(thread.heap());
  for (int64_t i = 0; i < parts->length(); ++i) {
    Value part = parts->at(i);
    if (part.is_none()) continue;
    if (same_origin(thread, cast<ExceptionObject>(original), cast<ExceptionObject>(part)))
      collect_leaves(thread, part, reraised_leaves);
    else
      raised->append(thread.heap(), part);
  }
  Value reraised = reraised_leaves->length() == 0 ? Value::none() : TRY(project(thread, original, reraised_leaves));
  if (raised->length() == 0) return reraised;
  if (!reraised.is_none()) raised->append(thread.heap(), reraised);
  return call(thread, to_value(thread.runtime().exception_type<BaseExceptionGroup>()),
              to_value(thread.runtime().empty_str()), to_value(raised));
}

// --- with

Result<void> enter_context(Thread& thread, Value manager, bool is_async, Value* targets) {
  const Names& names = thread.names();
  Optional<Value> enter = TRY(lookup_special(thread, manager, is_async ? names.__aenter__ : names.__enter__));
  Optional<Value> exit;
  if (enter) exit = TRY(lookup_special(thread, manager, is_async ? names.__aexit__ : names.__exit__));
  if (!enter)
    return thread.raise<TypeError>("'{}' object does not support the {} protocol", type_name_of(manager),
                                   is_async ? "asynchronous context manager" : "context manager");
  if (!exit)
    return thread.raise<TypeError>("'{}' object does not support the {} protocol (missed {} method)",
                                   type_name_of(manager), is_async ? "asynchronous context manager" : "context manager",
                                   is_async ? "__aexit__" : "__exit__");
  targets[0] = *exit;
  targets[1] = *enter;
  return {};
}

Result<Value> call_exit(Thread& thread, Value exit, Value exception) {
  Value type = to_value(type_of(thread, exception));
  return call(thread, exit, type, exception, cast<ExceptionObject>(exception)->traceback_.get());
}

}  // namespace viperine
