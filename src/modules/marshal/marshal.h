// SPDX-License-Identifier: MIT
// marshal: values to bytes and back, in CPython's format for data (versions 0 to 4) and in a form of our own for code
// objects. writer.cpp and reader.cpp; the Python module is module.cpp. shell/import_system.cpp reads and writes its own
// cached code with it.
//   Code: 'c' | fingerprint u32 | payload size u32 | checksum u64 | payload. Code nested in it: 'c' | payload.
//   payload: fields u32 (code_fields) | constants, words, exceptions: counts u32 | name, qualified name, file name,
//   variables, cells, free variables, names, positions, registers: objects | words | exceptions | constants: objects
// Invariant: what read_marshal returns is well formed whatever the bytes were: checksum and verifier passed.
#pragma once

#include <span>

#include "objects/function.h"
#include "runtime/runtime.h"

namespace viperine {

constexpr int kMarshalVersion = 4;
constexpr int kMarshalDepth = 2000;

/// Changes whenever the instructions or the compiler do (tools/code_fingerprint.py makes it at build time).
uint32_t code_fingerprint();
/// The first two bytes of our .pyc files, as a number; importlib.util.MAGIC_NUMBER.
uint16_t pyc_magic();

/// marshal.dumps
Result<Bytes*> write_marshal(Thread& thread, Value value, int version = kMarshalVersion);
/// marshal.loads. The bytes must stay where they are: nothing here runs Python.
Result<Value> read_marshal(Thread& thread, std::span<const uint8_t> bytes);
/// marshal.load: takes what it needs from file.readinto().
Result<Value> read_marshal_file(Thread& thread, Value file);

/// Gives `code`, and the code in it that had the same, another co_filename.
void rename_code_file(Code* code, Str* filename);

/// The numbers of a Code that stand at the head of its payload, in order.
constexpr uint32_t Code::*kCodeFields[] = {&Code::first_line_,           &Code::flags_,
                                           &Code::register_count_,       &Code::feedback_count_,
                                           &Code::positional_count_,     &Code::positional_only_count_,
                                           &Code::keyword_only_count_,   &Code::parameter_count_,
                                           &Code::self_attribute_count_, &Code::local_count_};
constexpr size_t kCodeFieldCount = std::size(kCodeFields);
constexpr size_t kCodeHeadSize = 16;  // fingerprint, size, checksum

uint64_t marshal_checksum(const uint8_t* data, size_t size);

}  // namespace viperine
