// SPDX-License-Identifier: MIT
// Finding the executable, the standard library (PYTHONHOME, pyvenv.cfg, landmarks above the executable) and sys.path.
#include "shell/locations.h"

#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace viperine {

namespace {

bool is_program(const std::string& path) {
  struct stat info;
  return stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode) && access(path.c_str(), X_OK) == 0;
}

bool is_file(const std::string& path) {
  struct stat info;
  return stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode);
}

/// The path by which we were started, absolute but not resolved: a virtual environment's link stays visible.
std::string invoked_path(const Settings& settings) {
  std::string name = settings.original.empty() ? "" : settings.original[0];
  if (name.find('/') == std::string::npos) {
    for (const char* start = std::getenv("PATH"); start != nullptr && *start != 0 && !name.empty();) {
      const char* end = std::strchr(start, ':');
      std::string folder(start, end == nullptr ? std::strlen(start) : static_cast<size_t>(end - start));
      std::string candidate = folder.empty() ? name : folder + "/" + name;
      if (is_program(candidate)) return absolute_path(candidate);
      start = end == nullptr ? nullptr : end + 1;
    }
    return path_of_process();
  }
  return absolute_path(name.substr(0, 2) == "./" ? name.substr(2) : name);
}

std::string folder_of(const std::string& path) {
  size_t slash = path.rfind('/');
  return slash == std::string::npos ? "" : slash == 0 ? "/" : path.substr(0, slash);
}

std::string trim(const std::string& text) {
  size_t start = text.find_first_not_of(" \t\r\n"), end = text.find_last_not_of(" \t\r\n");
  return start == std::string::npos ? "" : text.substr(start, end - start + 1);
}

/// The key `home` of pyvenv.cfg beside the executable or one folder up; empty when there is none.
std::string home_of_environment(const std::string& executable) {
  std::string folder = folder_of(executable);
  for (const std::string& place : {folder, folder_of(folder)}) {
    std::FILE* file = std::fopen((place + "/pyvenv.cfg").c_str(), "rbe");
    if (file == nullptr) continue;
    std::string home;
    char line[PATH_MAX + 64];
    while (home.empty() && std::fgets(line, sizeof line, file) != nullptr) {
      std::string text = line;
      size_t equals_sign = text.find('=');
      if (equals_sign == std::string::npos) continue;
      std::string key = trim(text.substr(0, equals_sign));
      for (char& letter : key) letter = static_cast<char>(letter >= 'A' && letter <= 'Z' ? letter + 32 : letter);
      if (key == "home") home = trim(text.substr(equals_sign + 1));
    }
    std::fclose(file);
    return home;
  }
  return {};
}

std::string resolved(const std::string& path) {
  char buffer[PATH_MAX];
  return realpath(path.c_str(), buffer) != nullptr ? buffer : path;
}

/// The first folder above `start` that holds the library, else /usr: the library is Debian's.
std::string search_prefix(std::string start, const std::string& library) {
  while (!start.empty() && start != "/") {
    if (is_file(start + "/" + library + "/os.py")) return start;
    start = folder_of(start);
  }
  return "/usr";
}

void add_list(std::vector<std::string>& path, const char* list) {
  for (const char* start = list; start != nullptr;) {
    const char* colon = std::strchr(start, ':');
    path.emplace_back(start, colon == nullptr ? std::strlen(start) : static_cast<size_t>(colon - start));
    start = colon == nullptr ? nullptr : colon + 1;
  }
}

}  // namespace

std::string absolute_path(const std::string& path) {
  char buffer[PATH_MAX];
  if (path.empty() || path[0] == '/' || getcwd(buffer, sizeof buffer) == nullptr) return path;
  return std::string(buffer) + "/" + path;
}

std::string path_of_process() {
  char buffer[PATH_MAX];
  ssize_t length = readlink("/proc/self/exe", buffer, sizeof buffer);
  return length <= 0 ? std::string() : std::string(buffer, static_cast<size_t>(length));
}

Locations find_locations(const Settings& settings) {
  Locations found;
  found.executable = found.base_executable = invoked_path(settings);
  const char* platlibdir = settings.environment("PYTHONPLATLIBDIR");
  found.platlibdir = platlibdir == nullptr ? "lib" : platlibdir;
  std::string library = found.platlibdir + "/python3.11";
  if (const char* home = settings.environment("PYTHONHOME")) {
    const char* colon = std::strchr(home, ':');
    found.prefix.assign(home, colon == nullptr ? std::strlen(home) : static_cast<size_t>(colon - home));
    found.exec_prefix = colon == nullptr ? found.prefix : colon + 1;
  } else {
    std::string start = home_of_environment(found.executable);
    if (start.empty()) {
      start = folder_of(resolved(found.executable));
    } else {
      found.base_executable = resolved(found.executable);
      if (found.base_executable == found.executable)
        found.base_executable = start + found.executable.substr(found.executable.rfind('/'));
    }
    found.prefix = found.exec_prefix = search_prefix(start, library);
  }
  found.library = found.prefix + "/" + library;
  if (const char* list = settings.environment("PYTHONPATH")) add_list(found.path, list);
  found.path.push_back(found.prefix + "/" + found.platlibdir + "/python311.zip");
  found.path.push_back(found.library);
  found.path.push_back(found.exec_prefix + "/" + library + "/lib-dynload");
  return found;
}

}  // namespace viperine
