// SPDX-License-Identifier: MIT
// Limits read from /proc, /sys/fs/cgroup, getrlimit and pthread attributes.
#include "platform/memory_limits.h"

#include <fcntl.h>
#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace viperine {

namespace {

/// Reads a small file into `text`, with a final zero; false when it cannot be read.
bool read_file(const char* path, char* text, size_t capacity) {
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  ssize_t count = read(file, text, capacity - 1);
  close(file);
  if (count < 0) return false;
  text[count] = 0;
  return true;
}

size_t limit_in(const char* path) {
  char text[64];
  if (!read_file(path, text, sizeof text) || std::strncmp(text, "max", 3) == 0) return kNoMemoryLimit;
  unsigned long long bytes = std::strtoull(text, nullptr, 10);
  return bytes == 0 || bytes >= (1ULL << 60) ? kNoMemoryLimit : static_cast<size_t>(bytes);
}

/// The limit of the group `group` and of all that contain it.
size_t limit_of_group(const char* root, const char* group, const char* file) {
  size_t limit = kNoMemoryLimit;
  char path[1024], name[512];
  std::snprintf(name, sizeof name, "%s", group);
  for (;;) {
    std::snprintf(path, sizeof path, "%s%s/%s", root, std::strcmp(name, "/") == 0 ? "" : name, file);
    limit = std::min(limit, limit_in(path));
    char* slash = std::strrchr(name, '/');
    if (slash == nullptr || name[0] == 0) return limit;
    *slash = 0;
  }
}

size_t resource_limit(int resource) {
  rlimit limit;
  if (getrlimit(static_cast<__rlimit_resource_t>(resource), &limit) != 0 || limit.rlim_cur == RLIM_INFINITY)
    return kNoMemoryLimit;
  return static_cast<size_t>(limit.rlim_cur);
}

}  // namespace

size_t control_group_memory_limit() {
  char text[4096];
  if (!read_file("/proc/self/cgroup", text, sizeof text)) return kNoMemoryLimit;
  size_t limit = kNoMemoryLimit;
  for (char* line = text; line != nullptr && *line != 0;) {
    char* end = std::strchr(line, '\n');
    if (end != nullptr) *end = 0;
    char* first = std::strchr(line, ':');
    char* second = first == nullptr ? nullptr : std::strchr(first + 1, ':');
    if (second != nullptr) {
      *second = 0;
      const char* controllers = first + 1;
      if (*controllers == 0) limit = std::min(limit, limit_of_group("/sys/fs/cgroup", second + 1, "memory.max"));
      if (std::strstr(controllers, "memory") != nullptr)
        limit = std::min(limit, limit_of_group("/sys/fs/cgroup/memory", second + 1, "memory.limit_in_bytes"));
    }
    line = end == nullptr ? nullptr : end + 1;
  }
  return limit;
}

size_t address_space_limit() { return resource_limit(RLIMIT_AS); }
size_t data_limit() { return resource_limit(RLIMIT_DATA); }

const void* native_stack_high() {
  // It never changes, and of a process's first thread it is only known by reading /proc/self/maps.
  static thread_local const void* high = nullptr;
  if (high != nullptr) return high;
  pthread_attr_t attributes;
  if (pthread_getattr_np(pthread_self(), &attributes) != 0) return nullptr;
  void* low = nullptr;
  size_t size = 0;
  pthread_attr_getstack(&attributes, &low, &size);
  pthread_attr_destroy(&attributes);
  return high = static_cast<char*>(low) + size;
}

}  // namespace viperine
