// SPDX-License-Identifier: MIT
// The modules _uuid and _crypt over libuuid and libcrypt, which are opened when the module is imported: no other
// program pays for them.
#include <dlfcn.h>

#include <cerrno>

#include "runtime/attributes.h"
#include "runtime/binding.h"
#include "runtime/containers.h"
#include "runtime/strings.h"

namespace viperine {

namespace {

/// A function of a library that stays open; ImportError when there is none.
template <typename Function>
Result<void> find_function(Thread& thread, const char* library, const char* name, Function& function) {
  void* handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
  function = handle == nullptr ? nullptr : reinterpret_cast<Function>(dlsym(handle, name));
  if (function != nullptr) return {};
  const char* problem = dlerror();
  return thread.raise_value(ExceptionKind::ImportError,
                            to_value(make_str(thread, problem != nullptr ? problem : library)));
}

using GenerateTimeSafe = int (*)(unsigned char*);
using Crypt = char* (*)(const char*, const char*);

Result<Value> generate_time_safe(Thread& thread) {
  GenerateTimeSafe generate;
  TRY(find_function(thread, "libuuid.so.1", "uuid_generate_time_safe", generate));
  unsigned char bytes[16];
  const int status = generate(bytes);
  Value text = to_value(TRY(try_make_bytes(thread, bytes, sizeof bytes)));
  const Value items[] = {text, Value::from_int(status)};
  return to_value(TRY(make_tuple(thread, std::span<const Value>(items))));
}

Result<void> initialize_uuid(Thread& thread, Module* module) {
  GenerateTimeSafe generate;
  TRY(find_function(thread, "libuuid.so.1", "uuid_generate_time_safe", generate));
  TRY(add_constant(thread, module, "has_uuid_generate_time_safe", Value::from_int(1)));
  return {};
}

Result<Value> crypt_crypt(Thread& thread, Str* word, Str* salt) {
  Crypt function;
  TRY(find_function(thread, "libcrypt.so.1", "crypt", function));
  Bytes* word_bytes = TRY(encode_utf8(thread, word));
  Bytes* salt_bytes = TRY(encode_utf8(thread, salt));
  errno = 0;
  const char* result =
      function(reinterpret_cast<const char*>(word_bytes->data()), reinterpret_cast<const char*>(salt_bytes->data()));
  if (result == nullptr) return thread.raise_errno(errno);
  return to_value(make_str(thread, result));
}

Result<void> initialize_crypt(Thread& thread, Module*) {
  Crypt function;
  return find_function(thread, "libcrypt.so.1", "crypt", function);
}

constexpr NativeMethod kUuidFunctions[] = {function<generate_time_safe>("generate_time_safe($module, /)")};
constexpr NativeMethod kCryptFunctions[] = {
    function<crypt_crypt>("crypt($module, word, salt, /)", "Hash a *word* with the given *salt* and return the hash.")};

}  // namespace

extern const ModuleSpec kUuidModule;
constinit const ModuleSpec kUuidModule = {
    .name = "_uuid", .functions = kUuidFunctions, .initialize = initialize_uuid, .doc = "Time-based UUIDs."};
extern const ModuleSpec kCryptModule;
constinit const ModuleSpec kCryptModule = {
    .name = "_crypt", .functions = kCryptFunctions, .initialize = initialize_crypt, .doc = "Hashes of passwords."};

}  // namespace viperine
