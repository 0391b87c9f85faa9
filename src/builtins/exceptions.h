// SPDX-License-Identifier: MIT
// Internal to the exceptions*.cpp files: what the table of exception types is made of.
#pragma once

#include "builtins/common.h"

namespace viperine {

/// BaseException.__new__ and __init__.
Result<Value> exception_new(Thread& thread, Type* type, const Arguments& arguments);
Result<void> exception_init(Thread& thread, Value self, const Arguments& arguments);

// --- exceptions_os.cpp
Result<Value> os_error_new(Thread& thread, Type* type, const Arguments& arguments);
Result<void> os_error_init(Thread& thread, Value self, const Arguments& arguments);
Result<Value> os_error_str(Thread& thread, Value self);
Result<Value> os_error_reduce(Thread& thread, ExceptionObject* self);
Result<Value> blocking_error_written(Thread& thread, Value self);
Result<void> set_blocking_error_written(Thread& thread, Value self, Value value);
inline constexpr NativeMethod kOsErrorMethods[] = {method<os_error_reduce>("__reduce__($self, /)")};
inline constexpr NativeAttribute kBlockingErrorAttributes[] = {
    attribute<blocking_error_written, set_blocking_error_written>("characters_written")};

// --- exceptions_text.cpp
Result<void> syntax_error_init(Thread& thread, Value self, const Arguments& arguments);
Result<Value> syntax_error_str(Thread& thread, Value self);
Result<void> unicode_decode_error_init(Thread& thread, Value self, const Arguments& arguments);
Result<void> unicode_encode_error_init(Thread& thread, Value self, const Arguments& arguments);
Result<void> unicode_translate_error_init(Thread& thread, Value self, const Arguments& arguments);
Result<Value> unicode_decode_error_str(Thread& thread, Value self);
Result<Value> unicode_encode_error_str(Thread& thread, Value self);
Result<Value> unicode_translate_error_str(Thread& thread, Value self);
Result<Value> unicode_error_start(Thread& thread, Value self);
Result<Value> unicode_error_end(Thread& thread, Value self);
Result<void> set_unicode_error_start(Thread& thread, Value self, Value value);
Result<void> set_unicode_error_end(Thread& thread, Value self, Value value);
inline constexpr NativeAttribute kUnicodeErrorAttributes[] = {
    attribute<unicode_error_start, set_unicode_error_start>("start", "exception start"),
    attribute<unicode_error_end, set_unicode_error_end>("end", "exception end")};

// --- exception_groups.cpp
Result<Value> exception_group_new(Thread& thread, Type* type, const Arguments& arguments);
Result<void> exception_group_init(Thread& thread, Value self, const Arguments& arguments);
Result<Value> exception_group_str(Thread& thread, Value self);
Result<Value> exception_group_derive(Thread& thread, ExceptionObject* self, Value exceptions);
Result<Value> exception_group_split(Thread& thread, ExceptionObject* self, Value matcher);
Result<Value> exception_group_subgroup(Thread& thread, ExceptionObject* self, Value matcher);
Result<Value> exception_group_class_getitem(Thread& thread, Type* type, Value item);
Result<Value> exception_group_message(Thread& thread, Value self);
Result<Value> exception_group_exceptions(Thread& thread, Value self);
inline constexpr NativeMethod kExceptionGroupMethods[] = {
    method<exception_group_derive>("derive($self, object, /)"),
    method<exception_group_split>("split($self, object, /)"),
    method<exception_group_subgroup>("subgroup($self, object, /)"),
    method<exception_group_class_getitem>("__class_getitem__($type, object, /)", "See PEP 585"),
};
inline constexpr NativeAttribute kExceptionGroupAttributes[] = {
    attribute<exception_group_message>("message", "exception message"),
    attribute<exception_group_exceptions>("exceptions", "nested exceptions"),
};

}  // namespace viperine
