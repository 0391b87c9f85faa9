// SPDX-License-Identifier: MIT
// Mapping an image and finding things in it.
#include "image/image.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <string>

#include "numeric/siphash.h"
#include "objects/hashing.h"

namespace viperine {

namespace {

Str* text_at(uint64_t address) { return reinterpret_cast<Str*>(address); }

/// Do the tables lie inside the file, and the file inside the window?
bool is_consistent(const ImageHead& head, uint64_t build, uint64_t file_size) {
  auto fits = [&](uint64_t offset, uint64_t count, uint64_t each) {
    return offset >= sizeof(ImageHead) && offset <= head.size && offset % 8 == 0 &&
           count <= (head.size - offset) / each;
  };
  return head.head_checksum == image_checksum(&head, offsetof(ImageHead, head_checksum)) &&
         std::memcmp(head.magic, kImageMagic, sizeof head.magic) == 0 && head.build == build &&
         head.size == file_size && head.size <= Value::kFixedLimit - kImageBase &&
         fits(head.modules, head.module_count, sizeof(ImageModule)) &&
         fits(head.frozen, head.frozen_count, sizeof(ImageFrozen)) &&
         fits(head.near_uniques, head.near_mask + 1, sizeof(uint32_t)) &&
         (head.near_mask & (head.near_mask + 1)) == 0 && fits(head.uniques, head.unique_mask + 1, sizeof(uint32_t)) &&
         (head.unique_mask & (head.unique_mask + 1)) == 0 && fits(head.tags, head.unique_mask + 1, 1);
}

/// Is the source still what was compiled?
bool is_current(const ImageModule& module) {
  if (module.path == 0) return true;
  struct stat status;
  const Str* path = text_at(module.path);
  const std::string name(reinterpret_cast<const char*>(path->data8()), path->byte_length());
  return path->is_ascii() && ::stat(name.c_str(), &status) == 0 && status.st_mtim.tv_sec == module.seconds &&
         status.st_mtim.tv_nsec == module.nanoseconds && status.st_size == module.size;
}

template <typename T>
std::span<const T> table(const ImageHead* head, uint64_t offset, uint64_t count) {
  return {reinterpret_cast<const T*>(reinterpret_cast<const char*>(head) + offset), count};
}

}  // namespace

bool Image::open(const char* path, uint64_t build, bool verify) {
  int file = ::open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  struct stat status;
  ImageHead head;
  bool good = ::fstat(file, &status) == 0 && ::pread(file, &head, sizeof head, 0) == ssize_t{sizeof head} &&
              is_consistent(head, build, static_cast<uint64_t>(status.st_size));
  if (good) {
    void* wanted = reinterpret_cast<void*>(kImageBase);
    void* memory = ::mmap(wanted, head.size, PROT_READ, MAP_PRIVATE | MAP_FIXED_NOREPLACE, file, 0);
    good = memory == wanted;
    if (!good && memory != MAP_FAILED) ::munmap(memory, head.size);
    if (good) head_ = static_cast<const ImageHead*>(memory);
  }
  ::close(file);
  if (good && verify && image_checksum(head_ + 1, head_->size - sizeof(ImageHead)) != head_->checksum) {
    ::munmap(reinterpret_cast<void*>(kImageBase), head_->size);
    head_ = nullptr;
  }
  return head_ != nullptr;
}

int compare_image_text(const Str* a, const Str* b) {
  if (a->byte_length() != b->byte_length()) return a->byte_length() < b->byte_length() ? -1 : 1;
  if (a->width() != b->width()) return a->width() < b->width() ? -1 : 1;
  return std::memcmp(a->data(), b->data(), a->byte_length());
}

FixedUniques Image::uniques() const {
  if (head_ == nullptr) return {};
  FixedUniques uniques;
  uniques.near = {table<uint32_t>(head_, head_->near_uniques, 1).data(), static_cast<uint32_t>(head_->near_mask)};
  uniques.far = {table<uint32_t>(head_, head_->uniques, 1).data(), static_cast<uint32_t>(head_->unique_mask)};
  uniques.tags = table<uint8_t>(head_, head_->tags, 1).data();
  return uniques;
}

Code* Image::find_code(const Heap& heap, Str* path) const {
  if (head_ == nullptr) return nullptr;
  const uint64_t hash = str_hash30(heap, path);
  std::span<const ImageModule> modules = table<ImageModule>(head_, head_->modules, head_->module_count);
  auto found = std::lower_bound(modules.begin(), modules.end(), hash,
                                [](const ImageModule& module, uint64_t wanted) { return module.path_hash < wanted; });
  for (; found != modules.end() && found->path_hash == hash; ++found)
    if (text_at(found->path)->equals(path)) return is_current(*found) ? reinterpret_cast<Code*>(found->code) : nullptr;
  return nullptr;
}

std::span<const ImageFrozen> Image::frozen() const {
  if (head_ == nullptr) return {};
  return table<ImageFrozen>(head_, head_->frozen, head_->frozen_count);
}

const ImageFrozen* Image::find_frozen(const Str* name) const {
  for (const ImageFrozen& module : frozen())
    if (text_at(module.name)->equals(name)) return is_current(module.module) ? &module : nullptr;
  return nullptr;
}
const ImageFrozen* Image::find_frozen(std::string_view name) const {
  for (const ImageFrozen& module : frozen())
    if (text_at(module.name)->equals(name)) return is_current(module.module) ? &module : nullptr;
  return nullptr;
}

uint64_t image_build(uint32_t code_format, const Layout* layouts) {
  uint64_t number = code_format;
  auto mix = [&](uint64_t word) { number = (number ^ word) * 0x9E3779B97F4A7C15u, number ^= number >> 29; };
  for (Kind kind : kImageKinds) {
    const Layout& layout = layouts[static_cast<size_t>(kind)];
    mix(static_cast<uint64_t>(kind));
    mix(layout.fixed_size);
    mix(layout.slot_mask);
  }
  return number;
}

uint64_t image_checksum(const void* data, size_t size) { return siphash13(HashKey{0, 0}, data, size); }

}  // namespace viperine
