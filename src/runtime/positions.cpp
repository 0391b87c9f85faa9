// SPDX-License-Identifier: MIT
// Position tables: varints of word delta, line delta (zigzag), end line delta from line (zigzag), column + 1, end
// column delta + ... .
#include "runtime/positions.h"

#include <cstring>
#include <vector>

#include "runtime/containers.h"

namespace viperine {

namespace {
void write(std::vector<uint8_t>& out, uint64_t number) {
  while (number >= 128) {
    out.push_back(static_cast<uint8_t>(number) | 128);
    number >>= 7;
  }
  out.push_back(static_cast<uint8_t>(number));
}
void write_signed(std::vector<uint8_t>& out, int64_t number) {
  write(out, static_cast<uint64_t>(number) << 1 ^ static_cast<uint64_t>(number >> 63));
}
}  // namespace

Bytes* encode_positions(Thread& thread, std::span<const SourcePosition> positions, uint32_t first_line) {
  std::vector<uint8_t> out;
  SourcePosition previous{0, static_cast<int32_t>(first_line), static_cast<int32_t>(first_line), 0, 0};
  for (const SourcePosition& position : positions) {
    write(out, position.word - previous.word);
    write_signed(out, position.line - previous.line);
    write_signed(out, position.end_line - position.line);
    write(out, static_cast<uint64_t>(position.column + 1));
    write_signed(out, position.end_column - position.column);
    previous = position;
  }
  Bytes* bytes = Bytes::try_make(thread.heap(), static_cast<int64_t>(out.size()));
  CHECK(bytes != nullptr);
  std::memcpy(bytes->data(), out.data(), out.size());
  return bytes;
}

PositionReader::PositionReader(const Code* code)
    : at_(code->positions_->data()),
      end_(at_ + code->positions_->length()),
      previous_{0, static_cast<int32_t>(code->first_line_), static_cast<int32_t>(code->first_line_), 0, 0} {}

uint64_t PositionReader::read() {
  uint64_t result = 0;
  for (int shift = 0; at_ < end_; shift += 7) {
    uint8_t byte = *at_++;
    result |= static_cast<uint64_t>(byte & 127) << shift;
    if (byte < 128) break;
  }
  return result;
}

int64_t PositionReader::read_signed() {
  uint64_t raw = read();
  return static_cast<int64_t>(raw >> 1) ^ -static_cast<int64_t>(raw & 1);
}

bool PositionReader::next(SourcePosition* position) {
  if (at_ >= end_) return false;
  position->word = previous_.word + static_cast<uint32_t>(read());
  position->line = previous_.line + static_cast<int32_t>(read_signed());
  position->end_line = position->line + static_cast<int32_t>(read_signed());
  position->column = static_cast<int32_t>(read()) - 1;
  position->end_column = position->column + static_cast<int32_t>(read_signed());
  previous_ = *position;
  return true;
}

SourcePosition position_at(const Code* code, uint32_t word) {
  PositionReader reader(code);
  SourcePosition found{0, 0, 0, -1, -1}, position;
  while (reader.next(&position) && position.word <= word) found = position;
  return found;
}

namespace {

int64_t address_key(const Code* code) { return static_cast<int64_t>(reinterpret_cast<uintptr_t>(code)); }

/// The table kept for `code`, or null: in the code itself, but for code of the image, which is never written.
Bytes* kept_line_table(Thread& thread, Code* code) {
  if (!(code->gc_bits() & kGcImmortal)) {
    Value kept = code->opcode_view_.get();
    return kept.is_pointer() ? static_cast<Bytes*>(kept.as_object()) : nullptr;
  }
  Dict* tables = thread.runtime().line_tables_;
  if (tables == nullptr) return nullptr;
  Result<Optional<Value>> found = dict_find(thread, tables, Value::from_int(address_key(code)));
  return found.is_raised() || !found.take() ? nullptr : cast<Bytes>(*found.take());
}

void keep_line_table(Thread& thread, Code* code, Bytes* table) {
  if (!(code->gc_bits() & kGcImmortal)) return code->opcode_view_.set(code, to_value(table));
  Dict*& tables = thread.runtime().line_tables_;
  if (tables == nullptr) tables = Dict::make(thread.heap());
  if (dict_set(thread, tables, Value::from_int(address_key(code)), to_value(table)).is_raised()) thread.clear_pending();
}

}  // namespace

int32_t line_in_table(Thread& thread, Code* code, uint32_t word) {
  Bytes* table = kept_line_table(thread, code);
  if (table == nullptr) {
    table = Bytes::try_make(thread.heap(), int64_t{code->word_count_} * 4);
    if (table == nullptr) return position_at(code, word).line;
    PositionReader reader(code);
    SourcePosition next{};
    int32_t line = 0;
    bool more = reader.next(&next);
    for (uint32_t at = 0; at < code->word_count_; ++at) {
      while (more && next.word <= at) {
        line = next.line;
        more = reader.next(&next);
      }
      std::memcpy(reinterpret_cast<char*>(table->data()) + size_t{at} * 4, &line, 4);
    }
    keep_line_table(thread, code, table);
  }
  int32_t line;
  std::memcpy(&line, reinterpret_cast<const char*>(table->data()) + size_t{word} * 4, 4);
  return line;
}

}  // namespace viperine
