// SPDX-License-Identifier: MIT
// Writing marshal data. An object that occurs again becomes a reference (from version 3); the flag of its first place
// and the numbers of references are filled in at the end. CPython decides by reference counts what may occur again, and
// so flags most numbers and text: outside of code all leaves are flagged here.
// Runs no Python and allocates only the result: addresses are good keys meanwhile.
#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "modules/marshal/marshal.h"
#include "numeric/float_text.h"
#include "objects/list.h"
#include "runtime/buffers.h"
#include "runtime/containers.h"
#include "runtime/strings.h"
#include "runtime/text_views.h"
#include "text/utf8.h"

namespace viperine {

uint64_t marshal_checksum(const uint8_t* data, size_t size) {
  uint64_t hash = size * 0x9E3779B97F4A7C15u;
  while (size > 0) {
    uint64_t word = 0;
    const size_t count = size < 8 ? size : 8;
    std::memcpy(&word, data, count);
    hash = (hash ^ word) * 0xD6E8FEB86659FD93u;
    hash ^= hash >> 32;
    data += count, size -= count;
  }
  return hash;
}

namespace {

bool is_interned(Thread& thread, const Str* text) {
  auto equal = [](const HeapObject* object, const void* key) { return static_cast<const void*>(object) == key; };
  return text->cached_hash() != 0 && thread.heap().find_unique(text->cached_hash(), equal, text) != nullptr;
}

class Writer {
 public:
  Writer(Thread& thread, int version) : thread_(thread), version_(version) {}

  Result<Bytes*> run(Value value) {
    write(value);
    if (failure_ == Failure::Unmarshallable) return thread_.raise<ValueError>("unmarshallable object");
    if (failure_ == Failure::TooDeep) return thread_.raise<ValueError>("object too deeply nested to marshal");
    finish();
    return try_make_bytes(thread_, out_.data(), static_cast<int64_t>(out_.size()));
  }

 private:
  enum class Failure : uint8_t { None, Unmarshallable, TooDeep };
  struct Entry {
    uint64_t bits;
    size_t offset;
    bool flagged;
    uint32_t number;
  };
  struct Use {
    size_t offset;
    uint32_t entry;
  };

  void byte(int value) { out_.push_back(static_cast<uint8_t>(value)); }
  void raw(const void* data, size_t size) {
    auto* bytes = static_cast<const uint8_t*>(data);
    out_.insert(out_.end(), bytes, bytes + size);
  }
  void u16(uint32_t value) { byte(value & 255), byte(value >> 8 & 255); }
  void u32(uint64_t value) { u16(value & 0xFFFF), u16(value >> 16 & 0xFFFF); }
  void u64(uint64_t value) { u32(value), u32(value >> 32); }
  void fail(Failure failure) {
    if (failure_ == Failure::None) failure_ = failure;
  }

  void write(Value value);
  bool reference(Value value, bool leaf);
  void finish();
  void container(Value value);
  void integer(Value value);
  void number(double value);
  void text(Str* text);
  void items(std::span<const Value> items);
  void dict(Dict* dict);
  void set(Set* set);
  void code(Code* code);
  void buffer(Value value);
  size_t index_place(uint64_t bits) const {
    size_t place = (bits * 0x9E3779B97F4A7C15u >> 20) & (index_.size() - 1);
    while (index_[place] != 0 && entries_[index_[place] - 1].bits != bits) place = (place + 1) & (index_.size() - 1);
    return place;
  }
  void grow_index();

  Thread& thread_;
  int version_;
  int depth_ = 0, code_depth_ = 0;
  Failure failure_ = Failure::None;
  std::vector<uint8_t> out_;
  std::vector<Entry> entries_;  // in order of offset
  std::vector<Use> uses_;
  std::vector<uint32_t> index_;  // open addressing: number of an entry + 1
  std::vector<size_t> heads_;    // offsets of the outermost code objects' heads
  std::vector<size_t> head_ends_;
};

void Writer::grow_index() {
  index_.assign(index_.empty() ? 256 : index_.size() * 2, 0);
  for (size_t i = 0; i < entries_.size(); ++i) index_[index_place(entries_[i].bits)] = static_cast<uint32_t>(i + 1);
}

/// True when the object was written before, and a reference to it now.
bool Writer::reference(Value value, bool leaf) {
  if (version_ < 3) return false;
  if ((entries_.size() + 1) * 2 > index_.size()) grow_index();
  const size_t place = index_place(value.bits());
  if (index_[place] != 0) {
    entries_[index_[place] - 1].flagged = true;
    byte('r');
    uses_.push_back({out_.size(), index_[place] - 1});
    u32(0);
    return true;
  }
  entries_.push_back({value.bits(), out_.size(), (leaf || depth_ == 1) && code_depth_ == 0, 0});
  index_[place] = static_cast<uint32_t>(entries_.size());
  return false;
}

void Writer::finish() {
  uint32_t count = 0;
  for (Entry& entry : entries_) {
    if (!entry.flagged) continue;
    entry.number = count++;
    out_[entry.offset] |= 0x80;
  }
  for (const Use& use : uses_) std::memcpy(&out_[use.offset], &entries_[use.entry].number, 4);
  for (size_t i = 0; i < heads_.size(); ++i) {
    const size_t start = heads_[i] + kCodeHeadSize;
    const uint32_t fingerprint = code_fingerprint(), size = static_cast<uint32_t>(head_ends_[i] - start);
    const uint64_t checksum = marshal_checksum(&out_[start], size);
    std::memcpy(&out_[heads_[i]], &fingerprint, 4);
    std::memcpy(&out_[heads_[i] + 4], &size, 4);
    std::memcpy(&out_[heads_[i] + 8], &checksum, 8);
  }
}

void Writer::write(Value value) {
  if (failure_ != Failure::None) return;
  if (++depth_ > kMarshalDepth) {
    fail(Failure::TooDeep);
  } else if (value.is_none()) {
    byte('N');
  } else if (value == to_value(thread_.runtime().exception_type(ExceptionKind::StopIteration))) {
    byte('S');
  } else if (value == Value::ellipsis()) {
    byte('.');
  } else if (value.is_bool()) {
    byte(value.is_true() ? 'T' : 'F');
  } else {
    container(value);
  }
  --depth_;
}

void Writer::container(Value value) {
  if (value.is_int() || is_exact<BigInt>(value)) {
    if (!reference(value, true)) integer(value);
  } else if (value.is_immediate_float() || is_exact<BoxedFloat>(value)) {
    if (!reference(value, true)) byte(version_ > 1 ? 'g' : 'f'), number(as_float(value));
  } else if (is_exact<Complex>(value)) {
    if (reference(value, true)) return;
    byte(version_ > 1 ? 'y' : 'x');
    number(cast<Complex>(value)->real()), number(cast<Complex>(value)->imaginary());
  } else if (is_exact<Str>(value) || has_kind(value, Kind::Rope)) {
    Str* str = as_str(thread_, value);
    if (!reference(to_value(str), true)) text(str);
  } else if (is_exact<Bytes>(value)) {
    auto* bytes = cast<Bytes>(value);
    if (reference(value, true)) return;
    byte('s'), u32(static_cast<uint64_t>(bytes->length())), raw(bytes->data(), static_cast<size_t>(bytes->length()));
  } else if (is_exact<Tuple>(value)) {
    auto* tuple = cast<Tuple>(value);
    if (reference(value, tuple->length() == 0)) return;
    if (version_ >= 4 && tuple->length() < 256)
      byte(')'), byte(static_cast<int>(tuple->length()));
    else
      byte('('), u32(static_cast<uint64_t>(tuple->length()));
    items(tuple->span());
  } else if (is_exact<List>(value)) {
    if (reference(value, false)) return;
    byte('['), u32(static_cast<uint64_t>(cast<List>(value)->length()));
    items(cast<List>(value)->span());
  } else if (is_exact<Dict>(value)) {
    if (!reference(value, false)) dict(cast<Dict>(value));
  } else if (value.is_pointer() && (value.as_object()->shape_word() == exact_shape_word(Kind::Set) ||
                                    value.as_object()->shape_word() == exact_shape_word(Kind::FrozenSet))) {
    if (!reference(value, false)) set(cast<Set>(value));
  } else if (is<Code>(value)) {
    if (!reference(value, false)) code(cast<Code>(value));
  } else {
    buffer(value);
  }
}

/// Small ones in 32 bits, others as digits of 15 bits.
void Writer::integer(Value value) {
  if (value.is_int() && value.as_int() == static_cast<int32_t>(value.as_int()))
    return byte('i'), u32(static_cast<uint64_t>(value.as_int()));
  byte('l');
  uint64_t own = 0;
  std::span<const uint64_t> limbs(&own, 1);
  bool negative;
  if (value.is_int()) {
    negative = value.as_int() < 0;
    own = negative ? uint64_t{0} - static_cast<uint64_t>(value.as_int()) : static_cast<uint64_t>(value.as_int());
  } else {
    negative = cast<BigInt>(value)->is_negative();
    limbs = cast<BigInt>(value)->magnitude();
  }
  const size_t bits = limbs.size() * 64 - static_cast<size_t>(__builtin_clzll(limbs.back()));
  const size_t digits = (bits + 14) / 15;
  u32(negative ? uint64_t{0} - digits : digits);
  for (size_t i = 0; i < digits; ++i) {
    const size_t limb = i * 15 / 64, shift = i * 15 % 64;
    uint64_t digit = limbs[limb] >> shift;
    if (shift > 49 && limb + 1 < limbs.size()) digit |= limbs[limb + 1] << (64 - shift);
    u16(digit & 0x7FFF);
  }
}

void Writer::number(double value) {
  if (version_ > 1) return u64(std::bit_cast<uint64_t>(value));
  char text[64];
  const size_t length = float_to_text(text, value, 'g', 17, 0);
  byte(static_cast<int>(length)), raw(text, length);
}

void Writer::text(Str* text) {
  const bool interned = version_ >= 3 && is_interned(thread_, text);
  const auto length = static_cast<size_t>(text->length());
  if (version_ >= 4 && text->is_ascii()) {
    if (length < 256)
      byte(interned ? 'Z' : 'z'), byte(static_cast<int>(length));
    else
      byte(interned ? 'A' : 'a'), u32(length);
    return raw(text->data8(), length);
  }
  byte(interned ? 't' : 'u');
  const TextView view = view_of(text);
  const size_t size = utf8_size(view);
  u32(size);
  out_.resize(out_.size() + size);
  encode_valid_utf8(view, out_.data() + out_.size() - size);
}

void Writer::items(std::span<const Value> items) {
  for (Value item : items) write(item);
}

void Writer::dict(Dict* dict) {
  byte('{');
  for (int64_t entry = dict->next_entry(0); entry >= 0; entry = dict->next_entry(entry + 1)) {
    write(dict->table()->key(static_cast<uint32_t>(entry)));
    write(dict->table()->value(static_cast<uint32_t>(entry)));
  }
  byte('0');
}

/// In the order of the elements' own bytes, so that equal sets are written alike.
void Writer::set(Set* set) {
  byte(kind_of(set) == Kind::Set ? '<' : '>');
  u32(set->length());
  struct Element {
    std::vector<uint8_t> bytes;
    uint64_t bits;
  };
  std::vector<Element> elements;
  int64_t position = 0;
  while (Optional<Value> value = set_next(set, &position)) {
    Writer own(thread_, version_);
    own.depth_ = depth_;
    own.write(*value);
    if (own.failure_ != Failure::None) return fail(own.failure_);
    own.finish();
    elements.push_back({std::move(own.out_), (*value).bits()});
  }
  std::sort(elements.begin(), elements.end(), [](const Element& a, const Element& b) {
    return std::lexicographical_compare(a.bytes.begin(), a.bytes.end(), b.bytes.begin(), b.bytes.end());
  });
  for (const Element& element : elements) write(Value::from_bits(element.bits));
}

void Writer::code(Code* code) {
  byte('c');
  const size_t head = out_.size();
  if (code_depth_++ == 0) out_.resize(head + kCodeHeadSize);
  for (auto field : kCodeFields) u32(code->*field);
  u32(code->constant_count_), u32(code->word_count_), u32(code->exception_count_);
  write(to_value(code->name_.get())), write(to_value(code->qualified_name_.get()));
  write(to_value(code->filename_.get())), write(to_value(code->variable_names_.get()));
  write(to_value(code->cell_names_.get())), write(to_value(code->free_names_.get()));
  write(to_value(code->names_.get())), write(to_value(code->positions_.get()));
  write(to_value(code->registers_.get()));
  raw(code->words(), size_t{code->word_count_} * 4 + size_t{code->exception_count_} * sizeof(CodeException));
  items({code->constants(), code->constant_count_});
  if (--code_depth_ == 0) heads_.push_back(head), head_ends_.push_back(out_.size());
}

void Writer::buffer(Value value) {
  if (!has_buffer(thread_, value)) return fail(Failure::Unmarshallable);
  BufferScope scope(thread_);
  if (scope.acquire(value).is_raised()) {
    thread_.clear_pending();
    return fail(Failure::Unmarshallable);
  }
  if (reference(value, false)) return;
  byte('s'), u32(static_cast<uint64_t>(scope.length())), raw(scope.data(), static_cast<size_t>(scope.length()));
}

}  // namespace

Result<Bytes*> write_marshal(Thread& thread, Value value, int version) { return Writer(thread, version).run(value); }

}  // namespace viperine
