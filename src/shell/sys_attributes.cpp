// SPDX-License-Identifier: MIT
// The attributes of sys that come from the command line, the environment and the place of installation.
#include "shell/sys_attributes.h"

#include <limits.h>
#include <unistd.h>

#include <cstring>

#include "runtime/containers.h"
#include "runtime/strings.h"
#include "runtime/type_spec.h"

namespace viperine {

namespace {

constexpr const char* kLibrary = "/usr/lib/python3.11";

std::string executable_path() {
  char buffer[PATH_MAX];
  ssize_t length = readlink("/proc/self/exe", buffer, sizeof buffer);
  return length <= 0 ? std::string() : std::string(buffer, static_cast<size_t>(length));
}

/// The path by which we were started, made absolute but not resolved: a virtual environment's link stays visible.
std::string invoked_path(const Settings& settings) {
  std::string name = settings.original.empty() ? "" : settings.original[0];
  if (name.find('/') == std::string::npos) {
    const char* path = getenv("PATH");
    for (const char* start = path; start != nullptr && *start != 0;) {
      const char* end = std::strchr(start, ':');
      std::string candidate(start, end == nullptr ? std::strlen(start) : static_cast<size_t>(end - start));
      candidate += "/" + name;
      if (access(candidate.c_str(), X_OK) == 0) return candidate;
      start = end == nullptr ? nullptr : end + 1;
    }
    return executable_path();
  }
  if (name[0] == '/') return name;
  char buffer[PATH_MAX];
  if (getcwd(buffer, sizeof buffer) == nullptr) return executable_path();
  if (name.substr(0, 2) == "./") name.erase(0, 2);
  return std::string(buffer) + "/" + name;
}

Result<void> set_list(Thread& thread, std::string_view name, const std::vector<std::string>& items) {
  List* list = List::make(thread.heap());
  for (const std::string& item : items) TRY(list_append_value(thread, list, to_value(decode_filesystem(thread, item))));
  return dict_set_name(thread, thread.runtime().sys_dict(), name, to_value(list));
}

Result<void> set_text(Thread& thread, std::string_view name, std::string_view text) {
  return dict_set_name(thread, thread.runtime().sys_dict(), name, to_value(decode_filesystem(thread, text)));
}

Result<void> set_flags(Thread& thread, const Settings& settings) {
  constexpr const char* kFields[] = {"debug",
                                     "inspect",
                                     "interactive",
                                     "optimize",
                                     "dont_write_bytecode",
                                     "no_user_site",
                                     "no_site",
                                     "ignore_environment",
                                     "verbose",
                                     "bytes_warning",
                                     "quiet",
                                     "hash_randomization",
                                     "isolated",
                                     "dev_mode",
                                     "utf8_mode",
                                     "warn_default_encoding",
                                     "safe_path",
                                     "int_max_str_digits"};
  Type* type = TRY(add_struct_sequence(thread, nullptr, "sys.flags", kFields, 18));
  auto number = [](int value) { return Value::from_int(value); };
  Value values[] = {number(settings.debug),
                    number(settings.inspect),
                    number(settings.interactive),
                    number(settings.optimize),
                    number(settings.dont_write_bytecode),
                    number(settings.no_user_site),
                    number(settings.no_site),
                    number(settings.ignore_environment),
                    number(settings.verbose),
                    number(settings.bytes_warning),
                    number(settings.quiet),
                    number(settings.hash_randomization),
                    number(settings.isolated),
                    Value::from_bool(settings.dev_mode),
                    number(settings.utf8_mode),
                    number(settings.x_option("warn_default_encoding") != nullptr),
                    Value::from_bool(settings.safe_path),
                    number(static_cast<int>(thread.runtime().options().int_max_str_digits))};
  return dict_set_name(thread, thread.runtime().sys_dict(), "flags", TRY(make_struct_sequence(thread, type, values)));
}

Result<void> set_x_options(Thread& thread, const Settings& settings) {
  Dict* options = Dict::make(thread.heap());
  for (const std::string& option : settings.x_options) {
    size_t equals_sign = option.find('=');
    Value value = equals_sign == std::string::npos
                      ? Value::true_()
                      : to_value(decode_filesystem(thread, option.substr(equals_sign + 1)));
    TRY(dict_set(thread, options, to_value(decode_filesystem(thread, option.substr(0, equals_sign))), value));
  }
  return dict_set_name(thread, thread.runtime().sys_dict(), "_xoptions", to_value(options));
}

}  // namespace

std::vector<std::string> initial_path(const Settings& settings) {
  std::vector<std::string> path;
  if (const char* value = settings.environment("PYTHONPATH")) {
    for (const char* start = value; start != nullptr;) {
      const char* colon = std::strchr(start, ':');
      path.emplace_back(start, colon == nullptr ? std::strlen(start) : static_cast<size_t>(colon - start));
      start = colon == nullptr ? nullptr : colon + 1;
    }
  }
  // Our additions to the standard library lie beside the executable (build tree) or below its prefix.
  std::string folder = executable_path();
  for (int level = 0; level < 4 && !folder.empty(); ++level) {
    folder = folder.substr(0, folder.rfind('/'));
    for (const char* place : {"/lib/viperine", "/lib"}) {
      std::string candidate = folder + place + "/viperine_overlay.txt";
      if (access(candidate.c_str(), R_OK) == 0) {
        path.push_back(folder + place);
        folder.clear();
        break;
      }
    }
  }
  path.emplace_back("/usr/lib/python311.zip");
  path.emplace_back(kLibrary);
  path.emplace_back(std::string(kLibrary) + "/lib-dynload");
  return path;
}

Result<void> set_sys_attributes(Thread& thread, const Settings& settings) {
  TRY(set_list(thread, "argv", settings.arguments));
  TRY(set_list(thread, "orig_argv", settings.original));
  TRY(set_list(thread, "warnoptions", settings.warnings));
  TRY(set_x_options(thread, settings));
  TRY(set_flags(thread, settings));
  std::string executable = invoked_path(settings);
  TRY(set_text(thread, "executable", executable));
  TRY(set_text(thread, "_base_executable", executable));
  for (const char* name : {"prefix", "exec_prefix", "base_prefix", "base_exec_prefix"})
    TRY(set_text(thread, name, "/usr"));
  TRY(set_text(thread, "_stdlib_dir", kLibrary));
  TRY(set_text(thread, "_framework", ""));
  Value prefix = Value::none();
  const char* cache = settings.x_option("pycache_prefix");
  if (cache == nullptr) cache = settings.environment("PYTHONPYCACHEPREFIX");
  if (cache != nullptr && *cache != 0) prefix = to_value(decode_filesystem(thread, cache));
  return dict_set_name(thread, thread.runtime().sys_dict(), "pycache_prefix", prefix);
}

}  // namespace viperine
