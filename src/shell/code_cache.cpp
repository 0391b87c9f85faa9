// SPDX-License-Identifier: MIT
// See code_cache.h. The format is importlib's: magic number, flags, time and size of the source, marshalled code.
#include "shell/code_cache.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>

#include "modules/marshal/marshal.h"

namespace viperine {

namespace {

constexpr size_t kHeader = 16;

std::string cache_path(const std::string& source) {
  const size_t slash = source.rfind('/'), dot = source.rfind('.');
  return source.substr(0, slash) + "/__pycache__" + source.substr(slash, dot - slash) + ".viperine-311.opt-2.pyc";
}

/// Magic number, flags (0: time stamp), low 32 bits of time and size.
bool header_for(const std::string& source, std::string* header) {
  struct stat status;
  if (::stat(source.c_str(), &status) != 0) return false;
  const uint32_t words[3] = {0, static_cast<uint32_t>(status.st_mtime), static_cast<uint32_t>(status.st_size)};
  *header = pyc_magic_bytes();
  header->append(reinterpret_cast<const char*>(words), sizeof words);
  return true;
}

std::span<const uint8_t> bytes_of(std::string_view text) {
  return {reinterpret_cast<const uint8_t*>(text.data()), text.size()};
}

}  // namespace

bool read_whole_file(const std::string& path, std::string* content) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  struct stat status;
  bool good = ::fstat(file, &status) == 0 && status.st_size < (1 << 28);
  if (good) {
    content->resize(static_cast<size_t>(status.st_size));
    good = ::read(file, content->data(), content->size()) == static_cast<ssize_t>(content->size());
  }
  ::close(file);
  return good;
}

std::string pyc_magic_bytes() {
  const uint16_t number = pyc_magic();
  return {static_cast<char>(number & 255), static_cast<char>(number >> 8), '\r', '\n'};
}

Code* read_cached_code(Thread& thread, const std::string& source, Str* filename) {
  std::string header, data;
  if (!header_for(source, &header) || !read_whole_file(cache_path(source), &data)) return nullptr;
  if (data.compare(0, kHeader, header) != 0) return nullptr;
  Result<Value> code = read_marshal(thread, bytes_of(std::string_view(data).substr(kHeader)));
  if (code.is_raised()) {
    thread.clear_pending();
    return nullptr;
  }
  if (!is<Code>(code.take())) return nullptr;
  rename_code_file(cast<Code>(code.take()), filename);
  return cast<Code>(code.take());
}

void write_cached_code(Thread& thread, const std::string& source, Code* code) {
  std::string header;
  if (!header_for(source, &header)) return;
  Result<Bytes*> bytes = write_marshal(thread, to_value(code));
  if (bytes.is_raised()) return thread.clear_pending();
  header.append(bytes.take()->view());
  const std::string path = cache_path(source), folder = path.substr(0, path.rfind('/'));
  ::mkdir(folder.c_str(), 0777);
  const std::string temporary = path + "." + std::to_string(::getpid());
  const int file = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
  if (file < 0) return;
  const bool good = ::write(file, header.data(), header.size()) == static_cast<ssize_t>(header.size());
  ::close(file);
  if (!good || ::rename(temporary.c_str(), path.c_str()) != 0) ::unlink(temporary.c_str());
}

Result<Code*> code_of_pyc(Thread& thread, std::string_view data) {
  if (data.size() < kHeader || data.substr(0, 4) != pyc_magic_bytes())
    return thread.raise<RuntimeError>("Bad magic number in .pyc file");
  Value code = TRY(read_marshal(thread, bytes_of(data.substr(kHeader))));
  if (!is<Code>(code)) return thread.raise<RuntimeError>("Bad code object in .pyc file");
  return cast<Code>(code);
}

}  // namespace viperine
