// SPDX-License-Identifier: MIT
// The attributes of sys that come from the command line, the environment and the place of installation.
#include "shell/sys_attributes.h"

#include "modules/sys.h"
#include "runtime/containers.h"
#include "runtime/strings.h"
#include "runtime/type_spec.h"

namespace viperine {

namespace {

Result<void> set_list(Thread& thread, std::string_view name, const std::vector<std::string>& items) {
  List* list = List::make(thread.heap());
  for (const std::string& item : items) TRY(list_append_value(thread, list, to_value(decode_filesystem(thread, item))));
  return dict_set_name(thread, thread.runtime().sys_dict(), name, to_value(list));
}

Result<void> set_text(Thread& thread, std::string_view name, std::string_view text) {
  return dict_set_name(thread, thread.runtime().sys_dict(), name, to_value(decode_filesystem(thread, text)));
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

Result<void> set_flags(Thread& thread, const Settings& settings, int verbose) {
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
                    number(verbose),
                    number(settings.bytes_warning),
                    number(settings.quiet),
                    number(settings.hash_randomization),
                    number(settings.isolated),
                    Value::from_bool(settings.dev_mode),
                    number(settings.utf8_mode),
                    number(settings.warn_default_encoding),
                    Value::from_bool(settings.safe_path),
                    number(static_cast<int>(settings.int_max_str_digits))};
  Value flags = TRY(make_struct_sequence(thread, type, values));
  forbid_instances(thread, type);
  return dict_set_name(thread, thread.runtime().sys_dict(), "flags", flags);
}

Result<void> set_sys_attributes(Thread& thread, const Settings& settings, const Locations& locations) {
  TRY(set_list(thread, "argv", settings.arguments));
  TRY(set_list(thread, "orig_argv", settings.original));
  TRY(set_list(thread, "warnoptions", settings.warnings));
  TRY(set_x_options(thread, settings));
  TRY(set_flags(thread, settings, 0));
  TRY(set_text(thread, "executable", locations.executable));
  TRY(set_text(thread, "_base_executable", locations.base_executable));
  for (const char* name : {"prefix", "base_prefix"}) TRY(set_text(thread, name, locations.prefix));
  for (const char* name : {"exec_prefix", "base_exec_prefix"}) TRY(set_text(thread, name, locations.exec_prefix));
  TRY(set_text(thread, "platlibdir", locations.platlibdir));
  TRY(set_text(thread, "_stdlib_dir", locations.library));
  TRY(set_text(thread, "_framework", ""));
  Value prefix = Value::none();
  const char* cache = settings.x_option("pycache_prefix");
  if (cache == nullptr) cache = settings.environment("PYTHONPYCACHEPREFIX");
  if (cache != nullptr && *cache != 0) prefix = to_value(decode_filesystem(thread, cache));
  return dict_set_name(thread, thread.runtime().sys_dict(), "pycache_prefix", prefix);
}

}  // namespace viperine
