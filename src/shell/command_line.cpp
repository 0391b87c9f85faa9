// SPDX-License-Identifier: MIT
// The command line: from options to a running program and its exit status. Options are parsed in options.cpp; the
// runtime is made in startup.cpp.
#include "shell/command_line.h"

#include <signal.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "modules/io/standard_streams.h"
#include "numeric/siphash.h"
#include "runtime/attributes.h"
#include "runtime/calls.h"
#include "runtime/containers.h"
#include "runtime/import.h"
#include "runtime/materialize.h"
#include "runtime/operators.h"
#include "runtime/poll.h"
#include "runtime/source.h"
#include "runtime/strings.h"
#include "shell/import_system.h"
#include "shell/options.h"
#include "shell/run.h"
#include "shell/startup.h"
#include "shell/sys_attributes.h"

namespace viperine {

namespace {

int complain(const std::string& message) {
  std::fprintf(stderr,
               "%s\nusage: viperine [option] ... [-c cmd | -m mod | file | -] [arg] ...\nTry `viperine -h' for more "
               "information.\n",
               message.c_str());
  return 2;
}

/// The SipHash key: random, or from PYTHONHASHSEED. False when the variable is malformed.
bool choose_hash_key(Settings& settings, RuntimeOptions& options) {
  HashKey key;
  const char* seed = settings.environment("PYTHONHASHSEED");
  if (seed != nullptr && std::strcmp(seed, "random") != 0) {
    char* end;
    unsigned long number = std::strtoul(seed, &end, 10);
    if (*end != 0 || number > 4294967295ul) return false;
    settings.hash_randomization = number != 0;
    key = hash_key_from_seed(static_cast<uint32_t>(number));
  } else {
    uint8_t bytes[16] = {};
    if (getrandom(bytes, sizeof bytes, 0) != static_cast<ssize_t>(sizeof bytes)) return false;
    key = hash_key_from_bytes(std::span<const uint8_t, 16>(bytes));
  }
  options.hash_key[0] = key.first;
  options.hash_key[1] = key.second;
  return true;
}

/// -X options of our own; empty, or what is wrong.
std::string heap_options(const Settings& settings, RuntimeOptions& options) {
  struct SizeOption {
    const char* name;
    size_t* place;
  };
  for (SizeOption option :
       {SizeOption{"max-heap", &options.heap.max_heap}, SizeOption{"nursery", &options.heap.nursery}}) {
    const char* text = settings.x_option(option.name);
    if (text != nullptr && !parse_size(text, option.place))
      return std::string("-X ") + option.name + " needs a size like 64M";
  }
  if (const char* text = settings.x_option("gc-stress"))
    options.heap.stress_every = static_cast<uint32_t>(*text == 0 ? 1 : std::atoi(text));
  options.heap.stress_move = settings.x_option("gc-move") != nullptr;
  options.heap.always_dirty = settings.x_option("gc-dirty") != nullptr;
  options.heap.verify = settings.x_option("gc-verify") != nullptr;
  const char* digits = settings.x_option("int_max_str_digits");
  if (digits == nullptr) digits = settings.environment("PYTHONINTMAXSTRDIGITS");
  if (digits != nullptr) {
    char* end;
    long number = std::strtol(digits, &end, 10);
    if (*digits == 0 || *end != 0 || (number != 0 && number < 640))
      return "-X int_max_str_digits: invalid limit; must be >= 640 or 0 for unlimited.";
    options.int_max_str_digits = number;
  }
  return {};
}

void adopt_locale() {
  // PEP 538: the C locale means UTF-8.
  const char* locale = std::setlocale(LC_CTYPE, "");
  if (locale == nullptr || std::strcmp(locale, "C") == 0 || std::strcmp(locale, "POSIX") == 0)
    std::setlocale(LC_CTYPE, "C.UTF-8");
}

/// Everything up to the first line of the program.
Result<void> prepare(Thread& thread, const Settings& settings) {
  NativeHolder holder(thread);
  TRY(set_sys_attributes(thread, settings));
  if (settings.x_option("importtime") != nullptr || settings.environment("PYTHONPROFILEIMPORTTIME") != nullptr) {
    List* times = List::make(thread.heap());
    for (int i = 0; i < 2; ++i) TRY(list_append_value(thread, times, Value::from_int(0)));
    TRY(dict_set_name(thread, thread.runtime().sys_dict(), "_importtime", to_value(times)));
  }
  ImportSettings import;
  import.path = initial_path(settings);
  import.write_bytecode = !settings.dont_write_bytecode;
  import.use_cache = settings.x_option("pycache_prefix") == nullptr && !settings.environment("PYTHONPYCACHEPREFIX");
  import.check_hash_based_pycs = settings.check_hash_based_pycs;
  TRY(start_import_system(thread, import));
  TRY(import_module(thread, "encodings"));
  const char* encoding = settings.environment("PYTHONIOENCODING");
  std::string name = "utf-8", errors = "strict";
  const char* locale = std::setlocale(LC_CTYPE, nullptr);
  if (locale != nullptr && std::strncmp(locale, "C", 1) == 0) errors = "surrogateescape";
  if (encoding != nullptr) {
    const char* colon = std::strchr(encoding, ':');
    std::string part(encoding, colon == nullptr ? std::strlen(encoding) : static_cast<size_t>(colon - encoding));
    if (!part.empty()) name = part;
    errors = colon == nullptr || colon[1] == 0 ? "strict" : colon + 1;
  }
  TRY(make_standard_streams(thread, name, errors,
                            settings.unbuffered ? StreamBuffering::Unbuffered : StreamBuffering::Normal));
  Value io = TRY(import_module(thread, "_io"));
  TRY(dict_set_name(thread, thread.runtime().builtins_dict(), thread.names().open,
                    TRY(get_attribute(thread, io, thread.names().open))));
  if (settings.dev_mode || settings.x_option("faulthandler") != nullptr ||
      settings.environment("PYTHONFAULTHANDLER") != nullptr)
    TRY(call(thread, TRY(get_attribute(thread, TRY(import_module(thread, "faulthandler")), "enable"))));
  // Python turns SIGINT into KeyboardInterrupt as soon as the module is there.
  if (import_module(thread, "_signal").is_raised()) thread.clear_pending();
  Module* main = make_module(thread, thread.names().__main__);
  TRY(dict_set(thread, thread.runtime().modules(), to_value(thread.names().__main__), to_value(main)));
  TRY(dict_set_name(thread, main->dict(), thread.names().__builtins__,
                    *thread.runtime().modules()->get_str(thread.names().builtins)));
  if (!settings.warnings.empty()) TRY(import_module(thread, "warnings"));
  if (!settings.no_site) {
    auto site = import_module(thread, "site");
    if (site.is_raised()) return Raised{};
    TRY(call(thread, TRY(get_attribute(thread, site.take(), "main"))));
  }
  return {};
}

}  // namespace

int run_command_line(int argument_count, char** arguments) {
  adopt_locale();
  signal(SIGPIPE, SIG_IGN);
  signal(SIGXFSZ, SIG_IGN);
  Settings settings = parse_command_line(argument_count, arguments);
  if (!settings.bad_option.empty()) return complain(settings.bad_option);
  if (settings.show_help) return std::fputs(kUsage, stdout) < 0 ? 1 : 0;
  if (settings.show_version) {
    std::puts(settings.version_count > 1 ? "Python 3.11.2 (Viperine 0.1.0) [C++20]" : "Python 3.11.2");
    return 0;
  }
  RuntimeOptions options;
  if (!choose_hash_key(settings, options)) {
    std::fputs("Fatal Python error: PYTHONHASHSEED must be \"random\" or an integer in range [0; 4294967295]\n",
               stderr);
    return 1;
  }
  if (std::string wrong = heap_options(settings, options); !wrong.empty()) return complain(wrong);
  options.optimize = static_cast<uint32_t>(settings.optimize);
  options.bytes_warning = static_cast<uint32_t>(settings.bytes_warning);
  options.dev_mode = settings.dev_mode;
  options.debug_ranges =
      settings.x_option("no_debug_ranges") == nullptr && settings.environment("PYTHONNODEBUGRANGES") == nullptr;
  Runtime* runtime = start_runtime(options);
  if (runtime == nullptr) return 1;
  Thread& thread = *runtime->main_thread();
  int status = prepare(thread, settings).is_raised() ? report_exception(thread) : run_program(thread, settings);
  return finish_program(thread, status);
}

}  // namespace viperine
