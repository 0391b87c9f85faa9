// SPDX-License-Identifier: MIT
// Copying objects into an image. There are four ranges; where the later ones begin is known at the end, until then an
// address is the number of its range and an offset. Invariant: an object is placed after all that it refers to.
#include "image/image_writer.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdio>
#include <cstring>

#include "bytecode/blueprint.h"
#include "objects/hashing.h"

namespace viperine {

namespace {

constexpr int kRangeShift = 40;   // provisional addresses: range, offset + kImageBase
constexpr size_t kColdText = 64;  // bytes from which on a text of a function that is no name is cold
constexpr uint8_t kImageBits = kGcImmortal | kGcFixed;
constexpr uint8_t kNoAttributes[256] = {};

bool is_allowed(Kind kind) {
  return std::find(std::begin(kImageKinds), std::end(kImageKinds), kind) != std::end(kImageKinds);
}

void append(std::string& out, const void* data, size_t size) { out.append(static_cast<const char*>(data), size); }

}  // namespace

char* ImageWriter::content_at(uint64_t address) {
  uint64_t offset = (address & ((uint64_t{1} << kRangeShift) - 1)) - kImageBase;
  return ranges_[address >> kRangeShift].data() + offset;
}

uint64_t ImageWriter::final_address(uint64_t address) const {
  uint64_t result = (address & ((uint64_t{1} << kRangeShift) - 1)) + sizeof(ImageHead);
  for (size_t range = 0; range < address >> kRangeShift; ++range) result += ranges_[range].size();
  return result;
}

std::string ImageWriter::plain_copy(HeapObject* object, size_t size) const {
  std::string content(reinterpret_cast<char*>(object), size);
  content.resize((size + 7) & ~size_t{7});
  auto* head = reinterpret_cast<HeapObject*>(content.data());
  head->clear_gc_bit(0xFF);
  head->set_gc_bit(kImageBits);
  head->set_identity_number(0);
  return content;
}

uint64_t ImageWriter::place(const std::string& content, const std::vector<size_t>& pointers, Range range) {
  auto [entry, is_new] = by_content_.try_emplace(content, 0);
  if (!is_new) return entry->second;
  std::string& place = content_of(range);
  entry->second = kImageBase + (static_cast<uint64_t>(range) << kRangeShift) + place.size();
  for (size_t offset : pointers) to_settle_.push_back({range, place.size() + offset});
  place += content;
  ++object_count_;
  return entry->second;
}

uint64_t ImageWriter::add_text(Str* text, bool unique, Range range, bool near) {
  hash_str(heap_, text);
  std::string content = plain_copy(text, sizeof(Str) + text->byte_length());
  bool is_cold = !unique && text->byte_length() >= kColdText && range == Range::Functions;
  uint64_t address = place(content, {}, is_cold ? Range::Cold : range);
  auto* placed = reinterpret_cast<HeapObject*>(content_at(address));
  if (unique && !(placed->gc_bits() & kGcUnique)) {
    placed->set_gc_bit(kGcUnique);
    (near ? near_uniques_ : uniques_).push_back({text->cached_hash(), address});
  }
  return address;
}

uint64_t ImageWriter::add_unique(Str* text, Range range, bool near) { return add_text(text, true, range, near); }

uint64_t ImageWriter::add(HeapObject* object, Range range) {
  if (auto found = done_.find(object); found != done_.end()) return found->second;
  Kind kind = kind_of(object);
  if (!is_allowed(kind) || object->shape_index() >= 256) {
    refused_ = layouts_[object->kind_byte()].name;
    return 0;
  }
  if (kind == Kind::Str) {
    auto* text = static_cast<Str*>(object);
    return done_[object] = add_text(text, (text->gc_bits() & kGcUnique) != 0, range);
  }
  ObjectModel model{layouts_, kNoAttributes};
  HeapObject* positions = nullptr;
  if (kind == Kind::Code) {
    auto* code = static_cast<Code*>(object);
    positions = code->positions_.get();
    bool is_function = (code->flags_ & kCodeOptimized) != 0;
    range = start_code_.contains(code) ? Range::Start : is_function ? Range::Functions : Range::Bodies;
  }
  std::string content = plain_copy(object, model.size(object));
  std::vector<size_t> pointers;
  bool good = true;
  auto add_children = [&](bool code) {  // a body's own names before those of its functions
    model.for_each_strong(object, [&](Value* words, size_t count) {
      for (size_t i = 0; i < count && good; ++i) {
        if (!words[i].is_pointer() || words[i].is_fixed_object()) continue;
        HeapObject* target = words[i].as_object();
        if ((kind_of(target) == Kind::Code) != code) continue;
        uint64_t address = add(target, target == positions ? Range::Cold : range);
        good = address != 0;
        uint64_t word = address + Value::kPointerTag;
        size_t offset = static_cast<size_t>(reinterpret_cast<char*>(words + i) - reinterpret_cast<char*>(object));
        std::memcpy(content.data() + offset, &word, 8);
        pointers.push_back(offset);
      }
    });
  };
  add_children(false);
  add_children(true);
  return good ? done_[object] = place(content, pointers, range) : 0;
}

/// The ranges as one, with every pointer at its final value.
std::string ImageWriter::finish_objects() {
  for (const Pointer& pointer : to_settle_) {
    char* place = content_of(pointer.range).data() + pointer.offset;
    uint64_t word;
    std::memcpy(&word, place, 8);
    word = final_address(word);  // the tag stays
    std::memcpy(place, &word, 8);
  }
  for (Unique& unique : near_uniques_) unique.address = final_address(unique.address);
  for (Unique& unique : uniques_) unique.address = final_address(unique.address);
  auto finish = [this](ImageModule& module) {
    if (module.path != 0) module.path = final_address(module.path);
    module.code = final_address(module.code);
  };
  for (ImageModule& module : modules_) finish(module);
  for (ImageFrozen& module : frozen_) {
    module.name = final_address(module.name);
    module.origin = final_address(module.origin);
    finish(module.module);
  }
  return ranges_[0] + ranges_[1] + ranges_[2] + ranges_[3];
}

std::string ImageWriter::uniques_table(const std::vector<Unique>& uniques, uint64_t* mask, std::string* tags) {
  size_t size = 1024;
  while (size < uniques.size() * 3 / 2) size *= 2;
  std::vector<uint32_t> places(size);
  tags->assign(size, 0);
  for (const Unique& unique : uniques) {
    size_t i = unique.hash & (size - 1);
    while (places[i] != 0) i = (i + 1) & (size - 1);
    places[i] = FixedUniques::place_of(unique.hash, unique.address);
    (*tags)[i] = static_cast<char>(FixedUniques::tag_of(unique.hash));
  }
  *mask = size - 1;
  return {reinterpret_cast<char*>(places.data()), size * sizeof(uint32_t)};
}

bool ImageWriter::write(const std::string& path, uint64_t build, Tuple* empty_tuple, Bytes* empty_bytes) {
  ImageHead head{};
  std::memcpy(head.magic, kImageMagic, sizeof head.magic);
  head.build = build;
  head.hash_key[0] = heap_.hash_key()[0];
  head.hash_key[1] = heap_.hash_key()[1];
  head.empty_tuple = add(empty_tuple);
  head.empty_bytes = add(empty_bytes);
  head.empty_tuple = final_address(head.empty_tuple);
  head.empty_bytes = final_address(head.empty_bytes);
  bool fits =
      kImageBase + sizeof head + ranges_[0].size() + ranges_[1].size() + ranges_[2].size() <= FixedUniques::kLimit;
  std::string body = finish_objects();
  std::sort(modules_.begin(), modules_.end(), [](const ImageModule& a, const ImageModule& b) {
    return a.path_hash != b.path_hash ? a.path_hash < b.path_hash : a.path < b.path;
  });
  head.modules = sizeof head + body.size();
  head.module_count = modules_.size();
  append(body, modules_.data(), modules_.size() * sizeof(ImageModule));
  head.frozen = sizeof head + body.size();
  head.frozen_count = frozen_.size();
  append(body, frozen_.data(), frozen_.size() * sizeof(ImageFrozen));
  std::string near_tags, tags;
  const std::string near = uniques_table(near_uniques_, &head.near_mask, &near_tags);
  const std::string far = uniques_table(uniques_, &head.unique_mask, &tags);
  head.near_uniques = sizeof head + body.size();
  body += near;
  head.tags = sizeof head + body.size();
  body += tags;
  head.uniques = sizeof head + body.size();
  body += far;
  head.size = sizeof head + body.size();
  head.checksum = image_checksum(body.data(), body.size());
  head.head_checksum = image_checksum(&head, offsetof(ImageHead, head_checksum));
  body.insert(0, reinterpret_cast<const char*>(&head), sizeof head);
  if (!fits || head.size > Value::kFixedLimit - kImageBase) {
    errno = EFBIG;
    return false;
  }
  const std::string temporary = path + "." + std::to_string(::getpid());
  int file = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) return false;
  size_t done = 0;
  while (done < body.size()) {
    ssize_t count = ::write(file, body.data() + done, body.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    done += static_cast<size_t>(count);
  }
  int error = errno;
  bool good = ::close(file) == 0 && done == body.size() && ::rename(temporary.c_str(), path.c_str()) == 0;
  if (!good) {
    if (done != body.size()) errno = error;
    ::unlink(temporary.c_str());
  }
  return good;
}

}  // namespace viperine
