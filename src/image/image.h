// SPDX-License-Identifier: MIT
// The image: code objects of the standard library, with their constants and names, in heap format at a fixed address,
// in a file that is mapped read-only and shared by all processes (DESIGN: image). Making one is in image_writer.h;
// which modules go into it is decided in shell/make_image.cpp.
//   file: ImageHead | objects (names first, then module by module; what is seldom read at the end) | ImageModules,
//         sorted by hash | frozen modules, by number | tables of FixedUniques
// Invariants: objects are immortal, are never written, and refer to each other and to the singletons only. An image is
// used by the build that made it, and with the hash key that it carries; everything else is refused.
#pragma once

#include <span>
#include <string_view>

#include "heap/fixed_uniques.h"
#include "objects/function.h"

namespace viperine {

constexpr uint64_t kImageBase = Value::kFixedBase + 0x10000;

struct ImageModule {
  uint64_t path_hash;  // 30 bits
  uint64_t path;       // Str: of the source; 0 when there is none
  uint64_t code;
  int64_t seconds, nanoseconds, size;  // of the source when it was compiled
};

struct ImageFrozen {
  uint64_t name, origin;  // Str; origin: the name of the module that it is another name of, or its own
  uint64_t is_package;
  ImageModule module;  // without path: its source is in the executable
};

struct ImageHead {
  char magic[16];
  uint64_t build;     // of the code format and of all layouts
  uint64_t size;      // of the file
  uint64_t checksum;  // of everything behind the head
  uint64_t hash_key[2];
  uint64_t empty_tuple, empty_bytes;
  uint64_t modules, module_count;  // offset in the file
  uint64_t frozen, frozen_count;
  uint64_t near_uniques, near_mask;
  uint64_t uniques, unique_mask;
  uint64_t tags;
  uint64_t head_checksum;  // of all fields before it
};
constexpr char kImageMagic[16] = "Viperine image";

class Image {
 public:
  Image() = default;
  /// Maps the file; false (and nothing is mapped) when it is not there, is damaged in its head or length, belongs to
  /// another build, or its addresses are taken. With `verify` the checksum is compared too.
  bool open(const char* path, uint64_t build, bool verify);

  bool is_open() const { return head_ != nullptr; }
  const uint64_t* hash_key() const { return head_->hash_key; }
  Tuple* empty_tuple() const { return reinterpret_cast<Tuple*>(head_->empty_tuple); }
  Bytes* empty_bytes() const { return reinterpret_cast<Bytes*>(head_->empty_bytes); }
  FixedUniques uniques() const;
  /// The code compiled from the source file with this path, when the file has not changed since; null otherwise.
  Code* find_code(const Heap& heap, Str* path) const;
  /// The frozen module of this name, when its source has not changed; null otherwise.
  const ImageFrozen* find_frozen(const Str* name) const;
  const ImageFrozen* find_frozen(std::string_view name) const;
  std::span<const ImageFrozen> frozen() const;

 private:
  const ImageHead* head_ = nullptr;
};

/// Kinds that an image may hold: immutable, without pointers to anything but each other.
constexpr Kind kImageKinds[] = {Kind::Code,  Kind::Str,     Kind::Bytes,     Kind::Tuple,   Kind::Int,
                                Kind::Float, Kind::Complex, Kind::FrozenSet, Kind::SetTable};
/// An order of texts that does not depend on where they are: by length, width, then content.
int compare_image_text(const Str* a, const Str* b);
/// A number for the code format (`code_format`) and for what objects of these kinds look like in this build.
uint64_t image_build(uint32_t code_format, const Layout* layouts);
uint64_t image_checksum(const void* data, size_t size);

}  // namespace viperine
