// SPDX-License-Identifier: MIT
// The module mmap: memory-mapped files and anonymous memory as a mutable sequence of bytes.
// Invariant: data_ is null exactly when the map is closed; while exports_ is not 0 it is neither closed nor resized.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "runtime/attributes.h"
#include "runtime/audit.h"
#include "runtime/binding.h"
#include "runtime/buffers.h"
#include "runtime/bytearrays.h"
#include "runtime/containers.h"
#include "runtime/lock.h"
#include "runtime/slices.h"

namespace viperine {

namespace {

enum Access { kAccessDefault, kAccessRead, kAccessWrite, kAccessCopy };

class MemoryMap final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::MemoryMap;
  int64_t length() const { return size_; }
  std::string_view view() const { return {reinterpret_cast<const char*>(data_), static_cast<size_t>(size_)}; }
  bool is_writable() const { return access_ != kAccessRead; }
  uint8_t* data_;
  int64_t size_, position_, offset_;
  int64_t reserved_;  // bytes of address space from data_ on: not less than any view may reach
  int64_t exports_;
  uint64_t has_views_;  // bit 0: a buffer was given out (views ask again where the bytes are, not how many), 1: a
                        // memoryview was made
  int32_t descriptor_;  // our own duplicate, -1 for anonymous memory
  int32_t access_;
  static void release(HeapObject* object) {
    auto* map = static_cast<MemoryMap*>(object);
    if (map->data_ != nullptr) munmap(map->data_, static_cast<size_t>(map->reserved_));
    if (map->descriptor_ >= 0) ::close(map->descriptor_);
    map->data_ = nullptr;
    map->descriptor_ = -1;
  }
  LAYOUT(MemoryMap, HeapObject, data_, size_, position_, offset_, reserved_, exports_, has_views_, descriptor_,
         access_);
};

MemoryMap* self_map(Value self) { return static_cast<MemoryMap*>(self.as_object()); }

Result<void> check_open(Thread& thread, MemoryMap* self) {
  if (self->data_ == nullptr) return thread.raise<ValueError>("mmap closed or invalid");
  return {};
}
Result<void> check_writable(Thread& thread, MemoryMap* self) {
  if (!self->is_writable()) return thread.raise<TypeError>("mmap can't modify a readonly memory map.");
  return {};
}

// --- making one

/// flags, protection and access, which say the same in two ways.
Result<void> settle_access(Thread& thread, int* flags, int* protection, int* access) {
  constexpr int kBoth = PROT_READ | PROT_WRITE;
  if (*access != kAccessDefault && (*flags != MAP_SHARED || *protection != kBoth))
    return thread.raise<ValueError>("mmap can't specify both access and flags, prot.");
  switch (*access) {
    case kAccessRead:
      *flags = MAP_SHARED;
      *protection = PROT_READ;
      return {};
    case kAccessWrite:
      *flags = MAP_SHARED;
      *protection = kBoth;
      return {};
    case kAccessCopy:
      *flags = MAP_PRIVATE;
      *protection = kBoth;
      return {};
    case kAccessDefault:
      if ((*protection & kBoth) != kBoth) *access = (*protection & PROT_WRITE) != 0 ? kAccessWrite : kAccessRead;
      return {};
    default:
      return thread.raise<ValueError>("mmap invalid access parameter.");
  }
}

/// The size to map of a file: 0 means all of it.
Result<int64_t> settle_size(Thread& thread, int descriptor, int64_t size, int64_t offset) {
  struct stat info;
  if (descriptor == -1 || without_lock(thread, [&] { return fstat(descriptor, &info); }) != 0 || !S_ISREG(info.st_mode))
    return size;
  if (size == 0) {
    if (info.st_size == 0) return thread.raise<ValueError>("cannot mmap an empty file");
    if (offset >= info.st_size) return thread.raise<ValueError>("mmap offset is greater than file size");
    return info.st_size - offset;
  }
  if (offset > info.st_size || info.st_size - offset < size)
    return thread.raise<ValueError>("mmap length is greater than file size");
  return size;
}

Result<Value> map_new(Thread& thread, Type* type, const Arguments& arguments) {
  static constexpr NativeMethod kSignature =
      binding_detail::parse("mmap(fileno, length, flags=1, prot=3, access=0, offset=0)", 0, true, nullptr);
  BoundArguments bound;
  TRY(bind_arguments(thread, kSignature, arguments, bound));
  TRY(audit(thread, "mmap.__new__", bound.values[0], bound.values[1], bound.values[4], bound.values[5]));
  int descriptor = TRY(to_c_int(thread, TRY(to_index(thread, bound.values[0]))));
  int64_t size = TRY(to_index_int64(thread, bound.values[1]));
  int flags = TRY(to_c_int(thread, bound.values[2])), protection = TRY(to_c_int(thread, bound.values[3]));
  int access = TRY(to_c_int(thread, bound.values[4]));
  int64_t offset = TRY(to_c_int64(thread, TRY(to_index(thread, bound.values[5]))));
  if (size < 0) return thread.raise<OverflowError>("memory mapped length must be positive");
  if (offset < 0) return thread.raise<OverflowError>("memory mapped offset must be positive");
  TRY(settle_access(thread, &flags, &protection, &access));
  size = TRY(settle_size(thread, descriptor, size, offset));
  int own = -1;
  if (descriptor == -1) {
    flags |= MAP_ANONYMOUS;
  } else {
    own = fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
    if (own < 0) return thread.raise_errno(errno);
  }
  void* data = without_lock(
      thread, [&] { return mmap(nullptr, static_cast<size_t>(size), protection, flags, descriptor, offset); });
  if (data == MAP_FAILED) {
    int error = errno;
    if (own >= 0) ::close(own);
    return thread.raise_errno(error);
  }
  auto* self = make_instance<MemoryMap>(thread, type);
  self->data_ = static_cast<uint8_t*>(data);
  self->size_ = self->reserved_ = size;
  self->offset_ = offset;
  self->descriptor_ = own;
  self->access_ = access;
  return to_value(self);
}

// --- state

bool is_exported(Thread& thread, MemoryMap* self) {
  if (self->exports_ > 0) return true;
  if ((self->has_views_ & 2) == 0) return false;
  if (has_memoryview(thread, to_value(self))) return true;
  self->has_views_ &= ~uint64_t{2};
  return false;
}

Result<void> map_close(Thread& thread, MemoryMap* self) {
  if (is_exported(thread, self)) return thread.raise<BufferError>("cannot close exported pointers exist");
  MemoryMap::release(self);
  return {};
}
Result<Value> map_enter(Thread& thread, MemoryMap* self) {
  TRY(check_open(thread, self));
  return to_value(self);
}
Result<void> map_exit(Thread& thread, MemoryMap* self, Rest) { return map_close(thread, self); }
Value map_closed(Thread&, MemoryMap* self) { return Value::from_bool(self->data_ == nullptr); }
Result<Value> map_tell(Thread& thread, MemoryMap* self) {
  TRY(check_open(thread, self));
  return Value::from_int(self->position_);
}
Result<Value> map_size(Thread& thread, MemoryMap* self) {
  TRY(check_open(thread, self));
  struct stat info;
  if (fstat(self->descriptor_, &info) != 0) return thread.raise_errno(errno);
  return Value::from_int(info.st_size);
}
Result<void> map_seek(Thread& thread, MemoryMap* self, Index distance, int how) {
  TRY(check_open(thread, self));
  if (how < 0 || how > 2) return thread.raise<ValueError>("unknown seek type");
  int64_t base = how == 0 ? 0 : how == 1 ? self->position_ : self->size_, target;
  if (__builtin_add_overflow(base, distance.value, &target) || target < 0 || target > self->size_)
    return thread.raise<ValueError>("seek out of range");
  self->position_ = target;
  return {};
}
/// Changes the size. What views may reach stays mapped (as zeros), so that an old view cannot touch unmapped memory.
Result<void> move_mapping(Thread& thread, MemoryMap* self, int64_t size) {
  auto old_size = static_cast<size_t>(self->size_), fresh_size = static_cast<size_t>(size);
  void* data;
  if (!self->has_views_) {
    data = mremap(self->data_, old_size, fresh_size, MREMAP_MAYMOVE);
    if (data == MAP_FAILED) return thread.raise_errno(errno);
    self->reserved_ = size;
  } else {
    auto room = static_cast<size_t>(std::max(self->reserved_, size));
    void* region = mmap(nullptr, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (region == MAP_FAILED) return thread.raise_errno(errno);
    data = mremap(self->data_, old_size, fresh_size, MREMAP_MAYMOVE | MREMAP_FIXED, region);
    if (data == MAP_FAILED) {
      int error = errno;
      munmap(region, room);
      return thread.raise_errno(error);
    }
    auto page = static_cast<size_t>(sysconf(_SC_PAGESIZE));
    size_t moved = (old_size + page - 1) / page * page;
    if (static_cast<size_t>(self->reserved_) > moved)
      munmap(self->data_ + moved, static_cast<size_t>(self->reserved_) - moved);
    self->reserved_ = static_cast<int64_t>(room);
  }
  self->data_ = static_cast<uint8_t*>(data);
  self->size_ = size;
  return {};
}
Result<void> map_resize(Thread& thread, MemoryMap* self, Index size) {
  TRY(check_open(thread, self));
  if (is_exported(thread, self)) return thread.raise<BufferError>("mmap can't resize with extant buffers exported.");
  if (self->access_ != kAccessWrite && self->access_ != kAccessDefault)
    return thread.raise<TypeError>("mmap can't resize a readonly or copy-on-write memory map.");
  if (size < 0 || INT64_MAX - size < self->offset_) return thread.raise<ValueError>("new size out of range");
  if (self->descriptor_ >= 0 && ftruncate(self->descriptor_, self->offset_ + size) != 0)
    return thread.raise_errno(errno);
  return move_mapping(thread, self, size);
}
Result<void> map_flush(Thread& thread, MemoryMap* self, Index offset, Optional<Index> size_given) {
  TRY(check_open(thread, self));
  int64_t size = size_given ? (*size_given).value : self->size_;
  if (offset < 0 || size < 0 || self->size_ - offset < size)
    return thread.raise<ValueError>("flush values out of range");
  if (self->access_ == kAccessRead || self->access_ == kAccessCopy) return {};
  uint8_t* start = self->data_ + offset;
  if (without_lock(thread, [&] { return msync(start, static_cast<size_t>(size), MS_SYNC); }) != 0)
    return thread.raise_errno(errno);
  return {};
}
Result<void> map_madvise(Thread& thread, MemoryMap* self, int option, Index start, Optional<Index> length_given) {
  TRY(check_open(thread, self));
  int64_t length = length_given ? (*length_given).value : self->size_;
  if (start < 0 || start >= self->size_) return thread.raise<ValueError>("madvise start out of bounds");
  if (length < 0) return thread.raise<ValueError>("madvise length invalid");
  if (INT64_MAX - start < length) return thread.raise<OverflowError>("madvise length too large");
  length = std::min(length, self->size_ - start);
  if (madvise(self->data_ + start, static_cast<size_t>(length), option) != 0) return thread.raise_errno(errno);
  return {};
}

// --- reading and writing as a file

Result<Value> map_read(Thread& thread, MemoryMap* self, Value count_value) {
  TRY(check_open(thread, self));
  int64_t count = INT64_MAX;
  if (!count_value.is_none()) {
    if (type_of(thread, count_value)->slots().to_index == nullptr)
      return thread.raise<TypeError>("argument should be integer or None, not '{}'", type_name_of(count_value));
    count = TRY(to_index_int64(thread, count_value));
    TRY(check_open(thread, self));
  }
  int64_t rest = std::max<int64_t>(self->size_ - self->position_, 0);
  if (count < 0 || count > rest) count = rest;
  Bytes* result = TRY(try_make_bytes(thread, self->data_ + self->position_, count));
  self->position_ += count;
  return to_value(result);
}
Result<Value> map_readline(Thread& thread, MemoryMap* self) {
  TRY(check_open(thread, self));
  int64_t rest = std::max<int64_t>(self->size_ - self->position_, 0);
  const uint8_t* start = self->data_ + self->position_;
  auto* end = static_cast<const uint8_t*>(std::memchr(start, '\n', static_cast<size_t>(rest)));
  int64_t count = end == nullptr ? rest : end - start + 1;
  Bytes* result = TRY(try_make_bytes(thread, start, count));
  self->position_ += count;
  return to_value(result);
}
Result<Value> map_read_byte(Thread& thread, MemoryMap* self) {
  TRY(check_open(thread, self));
  if (self->position_ >= self->size_) return thread.raise<ValueError>("read byte out of range");
  return Value::from_int(self->data_[self->position_++]);
}
Result<Value> map_write(Thread& thread, MemoryMap* self, Value data) {
  TRY(check_open(thread, self));
  BufferScope buffer(thread);
  TRY(buffer.acquire(data));
  TRY(check_writable(thread, self));
  TRY(check_open(thread, self));
  if (self->position_ > self->size_ || self->size_ - self->position_ < buffer.length())
    return thread.raise<ValueError>("data out of range");
  std::memmove(self->data_ + self->position_, buffer.data(), static_cast<size_t>(buffer.length()));
  self->position_ += buffer.length();
  return Value::from_int(buffer.length());
}
Result<void> map_write_byte(Thread& thread, MemoryMap* self, Value byte) {
  TRY(check_open(thread, self));
  int64_t number = TRY(to_c_int64(thread, TRY(to_index(thread, byte))));
  if (number < 0) return thread.raise<OverflowError>("unsigned byte integer is less than minimum");
  if (number > 255) return thread.raise<OverflowError>("unsigned byte integer is greater than maximum");
  TRY(check_writable(thread, self));
  if (self->position_ >= self->size_) return thread.raise<ValueError>("write byte out of range");
  self->data_[self->position_++] = static_cast<uint8_t>(number);
  return {};
}
Result<void> map_move(Thread& thread, MemoryMap* self, Index target, Index source, Index count) {
  TRY(check_open(thread, self));
  TRY(check_writable(thread, self));
  if (target < 0 || source < 0 || count < 0 || self->size_ - target < count || self->size_ - source < count)
    return thread.raise<ValueError>("source, destination, or count out of range");
  std::memmove(self->data_ + target, self->data_ + source, static_cast<size_t>(count.value));
  return {};
}

template <bool Backwards>
Result<Value> map_search(Thread& thread, MemoryMap* self, Value needle, Optional<Index> start_given,
                         Optional<Index> stop_given) {
  TRY(check_open(thread, self));
  BufferScope buffer(thread);
  TRY(buffer.acquire(needle));
  TRY(check_open(thread, self));
  auto adjusted = [&](int64_t position) {
    if (position < 0) position += self->size_;
    return std::clamp<int64_t>(position, 0, self->size_);
  };
  int64_t start = adjusted(start_given ? (*start_given).value : self->position_);
  int64_t stop = adjusted(stop_given ? (*stop_given).value : self->size_);
  if (start > stop) return Value::from_int(-1);
  std::string_view range = self->view().substr(static_cast<size_t>(start), static_cast<size_t>(stop - start));
  size_t found;
  if (Backwards) {
    found = range.rfind(buffer.text());
  } else {
    const void* at = memmem(range.data(), range.size(), buffer.data(), static_cast<size_t>(buffer.length()));
    found = at == nullptr ? std::string_view::npos : static_cast<size_t>(static_cast<const char*>(at) - range.data());
  }
  return Value::from_int(found == std::string_view::npos ? -1 : start + static_cast<int64_t>(found));
}

// --- as a sequence

Result<int64_t> map_length(Thread& thread, Value self) {
  TRY(check_open(thread, self_map(self)));
  return self_map(self)->size_;
}
Result<int64_t> item_position(Thread& thread, MemoryMap* self, Value index) {
  int64_t position = TRY(to_index_int64(thread, index));
  TRY(check_open(thread, self));
  if (position < 0) position += self->size_;
  if (position < 0 || position >= self->size_) return thread.raise<IndexError>("mmap index out of range");
  return position;
}
Result<Value> map_get_item(Thread& thread, Value self_value, Value index) {
  MemoryMap* self = self_map(self_value);
  TRY(check_open(thread, self));
  if (is<Slice>(index)) {
    SliceRange range = TRY(slice_range_in(thread, cast<Slice>(index), self));
    TRY(check_open(thread, self));
    if (range.step == 1) return to_value(TRY(try_make_bytes(thread, self->data_ + range.start, range.length)));
    Bytes* result = TRY(try_make_bytes(thread, nullptr, range.length));
    for (int64_t i = 0; i < range.length; ++i) result->data()[i] = self->data_[range.start + i * range.step];
    return to_value(result);
  }
  if (type_of(thread, index)->slots().to_index == nullptr)
    return thread.raise<TypeError>("mmap indices must be integers");
  int64_t position = TRY(item_position(thread, self, index));
  return Value::from_int(self->data_[position]);
}
Result<void> map_set_item(Thread& thread, Value self_value, Value index, Value value) {
  MemoryMap* self = self_map(self_value);
  TRY(check_open(thread, self));
  TRY(check_writable(thread, self));
  if (is<Slice>(index)) {
    SliceRange range = TRY(slice_range_in(thread, cast<Slice>(index), self));
    TRY(check_open(thread, self));
    if (value.is_absent()) return thread.raise<TypeError>("mmap object doesn't support slice deletion");
    BufferScope buffer(thread);
    TRY(buffer.acquire(value));
    TRY(check_open(thread, self));
    if (buffer.length() != range.length) return thread.raise<IndexError>("mmap slice assignment is wrong size");
    if (range.step == 1)
      std::memmove(self->data_ + range.start, buffer.data(), static_cast<size_t>(range.length));
    else
      for (int64_t i = 0; i < range.length; ++i) self->data_[range.start + i * range.step] = buffer.data()[i];
    return {};
  }
  if (type_of(thread, index)->slots().to_index == nullptr)
    return thread.raise<TypeError>("mmap indices must be integers");
  int64_t position = TRY(item_position(thread, self, index));
  if (value.is_absent()) return thread.raise<TypeError>("mmap doesn't support item deletion");
  if (type_of(thread, value)->slots().to_index == nullptr)
    return thread.raise<TypeError>("mmap item value must be an int");
  int64_t byte = TRY(to_index_clipped(thread, value));
  TRY(check_open(thread, self));
  if (byte < 0 || byte > 255) return thread.raise<ValueError>("mmap item value must be in range(0, 256)");
  self->data_[position] = static_cast<uint8_t>(byte);
  return {};
}
/// Iteration gives bytes of length one, unlike subscripts.
Result<Value> map_iterate(Thread& thread, Value self_value) {
  MemoryMap* self = self_map(self_value);
  TRY(check_open(thread, self));
  List* list = List::make(thread.heap());
  for (int64_t i = 0; i < self->size_; ++i)
    TRY(list_append_value(thread, list, to_value(TRY(try_make_bytes(thread, self->data_ + i, 1)))));
  return iterate(thread, to_value(list));
}
Result<void> map_buffer(Thread& thread, Value self_value, BufferView& view, bool writable) {
  MemoryMap* self = self_map(self_value);
  TRY(check_open(thread, self));
  if (writable && !self->is_writable()) return thread.raise<BufferError>("Object is not writable.");
  bool is_memoryview = view.length == kForMemoryView;
  view.owner = self_value;
  view.data = self->data_;
  view.length = self->size_;
  view.readonly = !self->is_writable();
  ++self->exports_;
  self->has_views_ |= is_memoryview ? 3 : 1;
  view.release = [](Thread&, BufferView& released) { --self_map(released.owner)->exports_; };
  return {};
}
Result<Value> map_repr(Thread& thread, Value self_value) {
  MemoryMap* self = self_map(self_value);
  Str* name = type_of(thread, self_value)->name();
  const char* prefix = type_of(thread, self_value)->is_heap_type() ? "" : "mmap.";
  if (self->data_ == nullptr) return to_value(format_text(thread, "<{}{} closed=True>", prefix, name));
  constexpr const char* kNames[] = {"ACCESS_DEFAULT", "ACCESS_READ", "ACCESS_WRITE", "ACCESS_COPY"};
  return to_value(format_text(thread, "<{}{} closed=False, access={}, length={}, pos={}, offset={}>", prefix, name,
                              kNames[self->access_], self->size_, self->position_, self->offset_));
}

constexpr NativeMethod kMethods[] = {
    method<map_close>("close($self, /)"),
    method<map_search<false>>("find($self, sub, start=<unrepresentable>, end=<unrepresentable>, /)"),
    method<map_search<true>>("rfind($self, sub, start=<unrepresentable>, end=<unrepresentable>, /)"),
    method<map_flush>("flush($self, offset=0, size=<unrepresentable>, /)"),
    method<map_madvise>("madvise($self, option, start=0, length=<unrepresentable>, /)"),
    method<map_move>("move($self, dest, src, count, /)"),
    method<map_read>("read($self, n=None, /)"),
    method<map_read_byte>("read_byte($self, /)"),
    method<map_readline>("readline($self, /)"),
    method<map_resize>("resize($self, newsize, /)"),
    method<map_seek>("seek($self, pos, whence=0, /)"),
    method<map_size>("size($self, /)"),
    method<map_tell>("tell($self, /)"),
    method<map_write>("write($self, bytes, /)"),
    method<map_write_byte>("write_byte($self, byte, /)"),
    method<map_enter>("__enter__($self, /)"),
    method<map_exit>("__exit__($self, /, *args)"),
};
constexpr NativeAttribute kAttributes[] = {attribute<map_closed>("closed")};

const TypeSpec kMapType = {.name = "mmap.mmap",
                           .kind = Kind::MemoryMap,
                           .flags = kTypeBase | kTypeHasWeakrefs,
                           .layout = [] { return layout_of<MemoryMap>("mmap"); },
                           .slots = {.repr = &map_repr,
                                     .new_ = &map_new,
                                     .iter = &map_iterate,
                                     .length = &map_length,
                                     .get_item = &map_get_item,
                                     .set_item = &map_set_item,
                                     .buffer = &map_buffer},
                           .methods = kMethods,
                           .attributes = kAttributes};

Result<void> initialize(Thread& thread, Module* module) {
  TRY(add_type(thread, module, kMapType));
  TRY(add_constant(thread, module, "error", to_value(thread.runtime().exception_type<OSError>())));
  constexpr std::pair<const char*, int> kConstants[] = {
#define CONSTANT(name) {#name, name}
      CONSTANT(PROT_EXEC),      CONSTANT(PROT_READ),        CONSTANT(PROT_WRITE),     CONSTANT(MAP_SHARED),
      CONSTANT(MAP_PRIVATE),    CONSTANT(MAP_DENYWRITE),    CONSTANT(MAP_EXECUTABLE), CONSTANT(MAP_ANON),
      CONSTANT(MAP_ANONYMOUS),  CONSTANT(MAP_POPULATE),     CONSTANT(MAP_STACK),      CONSTANT(MADV_NORMAL),
      CONSTANT(MADV_RANDOM),    CONSTANT(MADV_SEQUENTIAL),  CONSTANT(MADV_WILLNEED),  CONSTANT(MADV_DONTNEED),
      CONSTANT(MADV_REMOVE),    CONSTANT(MADV_DONTFORK),    CONSTANT(MADV_DOFORK),    CONSTANT(MADV_HWPOISON),
      CONSTANT(MADV_MERGEABLE), CONSTANT(MADV_UNMERGEABLE), CONSTANT(MADV_HUGEPAGE),  CONSTANT(MADV_NOHUGEPAGE),
      CONSTANT(MADV_DONTDUMP),  CONSTANT(MADV_DODUMP),      CONSTANT(MADV_FREE),      {"ACCESS_DEFAULT", 0},
      {"ACCESS_READ", 1},       {"ACCESS_WRITE", 2},        {"ACCESS_COPY", 3},
#undef CONSTANT
  };
  for (auto [name, value] : kConstants) TRY(add_int(thread, module, name, value));
  TRY(add_int(thread, module, "PAGESIZE", sysconf(_SC_PAGESIZE)));
  return add_int(thread, module, "ALLOCATIONGRANULARITY", sysconf(_SC_PAGESIZE));
}

}  // namespace

extern const ModuleSpec kMmapModule = {.name = "mmap", .initialize = &initialize};

}  // namespace viperine
