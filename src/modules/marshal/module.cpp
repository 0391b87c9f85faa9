// SPDX-License-Identifier: MIT
// The module marshal.
#include <cstdint>

#include "modules/code_fingerprint.inc"
#include "modules/marshal/marshal.h"
#include "runtime/audit.h"
#include "runtime/binding.h"
#include "runtime/buffers.h"

namespace viperine {

uint32_t code_fingerprint() { return kCodeFingerprint; }
/// Away from CPython's numbers, which are below 3600 in 3.11.
uint16_t pyc_magic() { return static_cast<uint16_t>(0x8000 | (kCodeFingerprint & 0x7FFF)); }

namespace {
void rename_file(Code* code, const Str* old, Str* filename) {
  if (!code->filename_->equals(old) || (code->gc_bits() & kGcImmortal) != 0) return;
  code->filename_.set(code, filename);
  for (uint32_t i = 0; i < code->constant_count_; ++i)
    if (is<Code>(code->constants()[i])) rename_file(cast<Code>(code->constants()[i]), old, filename);
}
}  // namespace

void rename_code_file(Code* code, Str* filename) {
  Str* old = code->filename_.get();
  if (!old->equals(filename)) rename_file(code, old, filename);
}

namespace {

Result<Bytes*> marshal_dumps(Thread& thread, Value value, int version) {
  TRY(audit(thread, "marshal.dumps", value, Value::from_int(version)));
  return write_marshal(thread, value, version);
}

Result<Value> marshal_dump(Thread& thread, Value value, Value file, int version) {
  TRY(audit(thread, "marshal.dumps", value, Value::from_int(version)));
  Bytes* bytes = TRY(write_marshal(thread, value, version));
  return call_method(thread, file, intern(thread, "write"), to_value(bytes));
}

Result<Value> marshal_loads(Thread& thread, Value bytes) {
  BufferScope buffer(thread);
  TRY(buffer.acquire(bytes));
  TRY(audit(thread, "marshal.loads", bytes));
  return read_marshal(thread, buffer.span());
}

Result<Value> marshal_load(Thread& thread, Value file) {
  Value nothing = TRY(call_method(thread, file, intern(thread, "read"), Value::from_int(0)));
  if (!is<Bytes>(nothing))
    return thread.raise<TypeError>("file.read() returned not bytes but {}", type_name_of(nothing));
  TRY(audit(thread, "marshal.load"));
  return read_marshal_file(thread, file);
}

constexpr NativeMethod kFunctions[] = {
    function<marshal_dump>("dump(value, file, version=4, /)", "Write the value on the open file."),
    function<marshal_load>("load(file, /)", "Read one value from the open file and return it."),
    function<marshal_dumps>("dumps(value, version=4, /)",
                            "Return the bytes object that would be written to a file by dump(value, file)."),
    function<marshal_loads>("loads(bytes, /)", "Convert the bytes-like object to a value."),
};

Result<void> initialize(Thread& thread, Module* module) { return add_int(thread, module, "version", kMarshalVersion); }

}  // namespace

extern const ModuleSpec kMarshalModule = {
    .name = "marshal",
    .functions = kFunctions,
    .initialize = &initialize,
    .doc =
        "This module contains functions that can read and write Python values in a binary format: None, bools, "
        "numbers, text, bytes, tuples, lists, sets, dicts and code objects."};

}  // namespace viperine
