// SPDX-License-Identifier: MIT
// The reader of marshal data: state and methods, of reader.cpp and code_reader.cpp.
// Invariant: nothing is believed: sizes are compared with what is left, code goes through checksum and verifier.
#pragma once

#include <vector>

#include "bytecode/verifier.h"
#include "modules/marshal/marshal.h"
#include "objects/number.h"
#include "runtime/containers.h"
#include "runtime/operators.h"
#include "runtime/strings.h"

namespace viperine::marshal {

class Reader {
 public:
  Reader(Thread& thread, std::span<const uint8_t> bytes)
      : thread_(thread), at_(bytes.data()), end_(bytes.data() + bytes.size()) {}
  Reader(Thread& thread, Value file) : thread_(thread), file_(file) {}

  Result<Value> read_top();

 private:
  Raised raise_bad(const char* what);
  Result<const uint8_t*> take(int64_t size);
  Result<const uint8_t*> take_from_file(int64_t size);
  Result<int64_t> take_byte();
  Result<int64_t> take_i32();

  List* refs() {
    if (refs_ == nullptr) refs_ = List::make(thread_.heap());
    return refs_;
  }
  Result<Value> remember(bool flagged, Value value);
  Result<int64_t> reserve(bool flagged);
  Value settle(int64_t number, Value value);
  int64_t believable(int64_t count) const;

  Result<Optional<Value>> read();
  Result<Value> read_item(const char* container);
  Result<Optional<Value>> read_object(int type, bool flagged);
  Result<Value> read_reference();
  Result<Value> read_long();
  Result<double> read_double(bool binary);
  Result<Value> read_bytes();
  Result<Value> read_text(int type);
  Result<Value> read_tuple(int64_t count, bool flagged);
  Result<Value> read_list(bool flagged);
  Result<Value> read_dict(bool flagged);
  Result<Value> read_set(bool mutable_set, bool flagged);

  // code_reader.cpp
  Result<Value> read_code(bool flagged);
  Result<Code*> read_code_payload(int64_t number);
  Result<Str*> read_code_text();
  Result<Tuple*> read_code_names();
  Result<Bytes*> read_code_bytes();
  Result<void> read_constants(Code* code);

  Thread& thread_;
  Value file_ = Value::absent();  // absent: from memory
  const uint8_t* at_ = nullptr;
  const uint8_t* end_ = nullptr;
  List* refs_ = nullptr;  // flagged objects; absent while one is being made
  int depth_ = 0, code_depth_ = 0;
  std::vector<uint8_t> scratch_;  // what was read from the file
  CodeVerifier verifier_;
  std::vector<VerifierConstant> facts_;
};

}  // namespace viperine::marshal
