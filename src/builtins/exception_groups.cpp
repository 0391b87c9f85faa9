// SPDX-License-Identifier: MIT
// BaseExceptionGroup and ExceptionGroup (PEP 654): creation, derive, split, subgroup.
#include "builtins/builtins_module.h"
#include "builtins/exceptions.h"
#include "runtime/nesting.h"
#include "runtime/operators.h"

namespace viperine {

namespace {

Type* base_group(Thread& thread) { return thread.runtime().exception_type<BaseExceptionGroup>(); }
/// ExceptionGroup has two bases, so it is made as a class statement would; its creator finds it here.
Type* plain_group(Thread& thread) { return try_cast<Type>(base_group(thread)->extra_.get()); }

bool is_group(Thread& thread, Value value) { return is_instance(thread, value, base_group(thread)); }

Tuple* parts_of(Thread& thread, HeapObject* group) {
  return cast<Tuple>(exception_member(thread, group, thread.names().exceptions));
}

Result<Tuple*> check_exceptions(Thread& thread, Value given) {
  if (type_of(thread, given)->slots().get_item == nullptr || is<Dict>(given) || is<Set>(given))
    return thread.raise<TypeError>("second argument (exceptions) must be a sequence");
  Tuple* exceptions = TRY(tuple_from_iterable(thread, given));
  if (exceptions->length() == 0)
    return thread.raise<ValueError>("second argument (exceptions) must be a non-empty sequence");
  for (int64_t i = 0; i < exceptions->length(); ++i)
    if (!is<ExceptionObject>(exceptions->at(i)))
      return thread.raise<ValueError>("Item {} of second argument (exceptions) is not an exception", i);
  return exceptions;
}

}  // namespace

Result<Value> exception_group_new(Thread& thread, Type* type, const Arguments& arguments) {
  if (arguments.keyword_count() > 0) return thread.raise<TypeError>("{}() takes no keyword arguments", type->name());
  if (arguments.count != 2)
    return thread.raise<TypeError>("BaseExceptionGroup.__new__() takes exactly 2 arguments ({} given)",
                                   arguments.count);
  if (!is_str(arguments[0]))
    return thread.raise<TypeError>("BaseExceptionGroup.__new__() argument 1 must be str, not {}",
                                   type_name_of(arguments[0]));
  Tuple* exceptions = TRY(check_exceptions(thread, arguments[1]));
  Type* exception_type = thread.runtime().exception_type<Exception>();
  bool all_plain = true;
  for (Value exception : exceptions->span()) all_plain = all_plain && is_instance(thread, exception, exception_type);
  if (type == base_group(thread)) {
    if (all_plain && plain_group(thread) != nullptr) type = plain_group(thread);
  } else if (type == plain_group(thread)) {
    if (!all_plain) return thread.raise<TypeError>("Cannot nest BaseExceptions in an ExceptionGroup");
  } else if (type->is_subtype_of(exception_type)) {
    if (!all_plain) return thread.raise<TypeError>("Cannot nest BaseExceptions in '{}'", type->name());
  }
  Value self = TRY(exception_new(thread, type, arguments));
  set_exception_member(thread, self.as_object(), thread.names().message, arguments[0]);
  set_exception_member(thread, self.as_object(), thread.names().exceptions, to_value(exceptions));
  return self;
}

Result<void> exception_group_init(Thread& thread, Value self, const Arguments& arguments) {
  return exception_init(thread, self, arguments);
}

Result<Value> exception_group_str(Thread& thread, Value self) {
  Value message = exception_member(thread, self.as_object(), thread.names().message);
  int64_t count = parts_of(thread, self.as_object())->length();
  return to_value(format_text(thread, "{} ({} sub-exception{})", message, count, count > 1 ? "s" : ""));
}

Result<Value> exception_group_message(Thread& thread, Value self) {
  return exception_member(thread, self.as_object(), thread.names().message);
}
Result<Value> exception_group_exceptions(Thread& thread, Value self) {
  return exception_member(thread, self.as_object(), thread.names().exceptions);
}
Result<Value> exception_group_class_getitem(Thread& thread, Type* type, Value item) {
  return call(thread, to_value(thread.runtime().type(Kind::GenericAlias)), to_value(type), item);
}

Result<Value> exception_group_derive(Thread& thread, ExceptionObject* self, Value exceptions) {
  return call(thread, to_value(base_group(thread)), exception_member(thread, self, thread.names().message), exceptions);
}

namespace {

/// self.derive(exceptions) with what belongs to the original: traceback, context, cause, notes.
Result<Value> derive_like(Thread& thread, ExceptionObject* self, List* exceptions) {
  if (exceptions->length() == 0) return Value::none();
  Value fresh = TRY(call_method(thread, to_value(self), intern(thread, "derive"), to_value(exceptions)));
  if (!is_group(thread, fresh)) return thread.raise<TypeError>("derive must return an instance of BaseExceptionGroup");
  auto* group = cast<ExceptionObject>(fresh);
  group->traceback_.set(group, self->traceback_.get());
  group->context_.set(group, self->context_.get());
  group->cause_.set(group, self->cause_.get());
  group->suppress_context_ = self->suppress_context_;
  Optional<Value> notes = TRY(find_attribute(thread, to_value(self), thread.names().__notes__));
  if (notes && type_of(thread, *notes)->slots().get_item != nullptr)
    TRY(set_attribute(thread, fresh, thread.names().__notes__, to_value(TRY(list_from_iterable(thread, *notes)))));
  return fresh;
}

/// What decides: exception classes, or a function.
struct Matcher {
  Value value;
  bool is_function = false;
};

Result<Matcher> parse_matcher(Thread& thread, Value value) {
  auto is_class = [&](Value candidate) {
    return has_kind(candidate, Kind::Type) &&
           cast<Type>(candidate)->is_subtype_of(thread.runtime().exception_type<BaseException>());
  };
  if (is_class(value)) return Matcher{value};
  if (is_exact<Tuple>(value)) {
    bool fits = true;
    for (Value item : cast<Tuple>(value)->span()) fits = fits && is_class(item);
    if (fits) return Matcher{value};
  } else if (has_kind(value, Kind::Function)) {
    return Matcher{value, true};
  }
  return thread.raise<TypeError>("expected a function, exception type or tuple of exception types");
}

Result<bool> fits(Thread& thread, const Matcher& matcher, Value exception) {
  if (matcher.is_function) return is_true(thread, TRY(call(thread, matcher.value, exception)));
  Type* type = type_of(thread, exception);
  if (has_kind(matcher.value, Kind::Type)) return type->is_subtype_of(cast<Type>(matcher.value));
  for (Value item : cast<Tuple>(matcher.value)->span())
    if (type->is_subtype_of(cast<Type>(item))) return true;
  return false;
}

struct Halves {
  Value match = Value::none(), rest = Value::none();
};

Result<Halves> split(Thread& thread, Value exception, const Matcher& matcher, bool wants_rest) {
  Halves halves;
  if (TRY(fits(thread, matcher, exception))) {
    halves.match = exception;
    return halves;
  }
  if (!is_group(thread, exception)) {
    halves.rest = exception;
    return halves;
  }
  if (thread.native_recursion_exceeded(" in exceptiongroup_split_recursive")) return Raised{};
  Nesting nesting(thread);
  TRY(nesting.check(" in exceptiongroup_split_recursive"));
  List* matching = List::make(thread.heap());
  List* others = List::make(thread.heap());
  Tuple* parts = parts_of(thread, exception.as_object());
  for (Value part : parts->span()) {
    Halves inner = TRY(split(thread, part, matcher, wants_rest));
    if (!inner.match.is_none()) TRY(list_append_value(thread, matching, inner.match));
    if (wants_rest && !inner.rest.is_none()) TRY(list_append_value(thread, others, inner.rest));
  }
  auto* group = cast<ExceptionObject>(exception);
  halves.match = TRY(derive_like(thread, group, matching));
  if (wants_rest) halves.rest = TRY(derive_like(thread, group, others));
  return halves;
}

}  // namespace

Result<Value> exception_group_split(Thread& thread, ExceptionObject* self, Value value) {
  Matcher matcher = TRY(parse_matcher(thread, value));
  Halves halves = TRY(split(thread, to_value(self), matcher, true));
  return make_pair(thread, halves.match, halves.rest);
}

Result<Value> exception_group_subgroup(Thread& thread, ExceptionObject* self, Value value) {
  Matcher matcher = TRY(parse_matcher(thread, value));
  return TRY(split(thread, to_value(self), matcher, false)).match;
}

Result<Type*> make_exception_group_type(Thread& thread) {
  Runtime& runtime = thread.runtime();
  Tuple* bases = Tuple::of(thread.heap(), to_value(base_group(thread)), to_value(runtime.exception_type<Exception>()));
  Dict* space = TRY(make_dict(thread, 0));
  TRY(dict_set_name(thread, space, thread.names().__module__, to_value(thread.names().builtins)));
  Type* type = TRY(make_class(thread, runtime.type_type(), intern(thread, "ExceptionGroup"), bases, space, nullptr));
  base_group(thread)->extra_.set(base_group(thread), to_value(type));
  return type;
}

}  // namespace viperine
