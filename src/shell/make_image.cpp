// SPDX-License-Identifier: MIT
// Which modules are in the image, and how they are compiled: those of frozen_modules.def and of lib/ as "<frozen
// NAME>", every other one with the path of its source.
#include "shell/make_image.h"

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "image/image_writer.h"
#include "modules/embedded_modules.h"
#include "modules/marshal/marshal.h"
#include "objects/hashing.h"
#include "runtime/source.h"
#include "runtime/strings.h"
#include "shell/code_cache.h"
#include "shell/import_graph.h"
#include "text/text_view.h"

namespace viperine {

namespace {

struct FrozenModule {
  const char *name, *origin, *file;
  bool is_package;
};
constexpr FrozenModule kFrozen[] = {
#define FROZEN(name, origin, file, is_package) {name, origin, file, is_package},
#include "shell/frozen_modules.def"
#undef FROZEN
};

/// Executed in importlib._bootstrap_external: its loader of source files asks the image first.
constexpr std::string_view kHookSource = R"(
def get_code(self, fullname):
    """Code of the image when the source is unchanged, otherwise what SourceLoader finds."""
    if type(self) is SourceFileLoader:
        code = _imp.image_code(self.path)
        if code is not None:
            return code
    return SourceLoader.get_code(self, fullname)

SourceFileLoader.get_code = get_code
del get_code
)";

bool is_left_out(const std::string& folder) {
  for (const char* name : {"test", "tests", "idle_test", "__pycache__", "site-packages", "dist-packages", "lib-dynload",
                           "_bundled", "__phello__"})
    if (folder == name) return true;
  return folder.starts_with("config-");
}

void find_sources(const std::string& folder, std::vector<std::string>& found) {
  DIR* directory = ::opendir(folder.c_str());
  if (directory == nullptr) return;
  std::vector<std::string> names;
  while (dirent* entry = ::readdir(directory)) names.push_back(entry->d_name);
  ::closedir(directory);
  std::sort(names.begin(), names.end());
  for (const std::string& name : names) {
    const std::string path = folder + "/" + name;
    struct stat status;
    if (name[0] == '.' || ::stat(path.c_str(), &status) != 0) continue;
    if (S_ISREG(status.st_mode) && name.ends_with(".py")) found.push_back(path);
    if (S_ISDIR(status.st_mode) && !is_left_out(name)) find_sources(path, found);
  }
}

constexpr uint32_t kSharedByMany = 16;  // modules that use a name that start-up has at hand

/// A compiled module on its way into the image.
struct Compiled {
  Code* code = nullptr;  // never moves; Maker::codes_ keeps it alive while warnings may run Python
  std::string path;      // empty: its source is in the executable
  struct stat status {};
  std::string name, origin;  // of frozen modules; otherwise empty
  bool is_package = false;
  size_t number = 0;       // before they are sorted
  uint32_t importers = 0;  // modules that load it; the most for those of a start
};

class Maker {
 public:
  Maker(Thread& thread, const std::string& library)
      : thread_(thread), library_(library), writer_(thread.heap(), thread.runtime().layouts()) {}

  void compile_hook() {
    Str* filename = intern(thread_, "<frozen importlib._bootstrap_external>");
    add_frozen(compile(kHookSource, filename), kImageHook, kImageHook, false);
  }
  void compile_frozen_modules() {
    for (const FrozenModule& module : kFrozen) {
      std::string_view origin = module.origin;
      if (origin.starts_with('<')) origin.remove_prefix(1);
      Str* filename = format_text(thread_, "<frozen {}>", origin);
      add_frozen(compile_file(library_ + "/" + module.file, filename), module.name, module.origin, module.is_package);
    }
    for (const EmbeddedModule& module : embedded_modules()) {
      add_frozen(keep(compile_embedded(thread_, module.name, module.source)), module.name, module.name, false);
    }
  }
  void compile_library() {
    std::vector<std::string> sources;
    find_sources(library_, sources);
    for (const std::string& path : sources) {
      bool is_frozen = std::any_of(std::begin(kFrozen), std::end(kFrozen),
                                   [&](const FrozenModule& module) { return path == library_ + "/" + module.file; });
      if (is_frozen) continue;
      Compiled module = compile_file(path, intern(thread_, path));
      if (module.code != nullptr) modules_.push_back(module);
    }
  }
  /// Modules that start-up loads come first, then those that many others import: they stay side by side.
  void sort_modules() {
    std::unordered_set<std::string> loaded = files_of_loaded_modules();
    ImportGraph graph;
    for (const Compiled& module : modules_) {
      bool is_package = module.name.empty() ? module.path.ends_with("/__init__.py") : module.is_package;
      graph.add_module(module.name.empty() ? module_name(module.path) : module.name, is_package, module.code);
    }
    std::vector<uint32_t> counts = graph.count_importers();
    for (size_t i = 0; i < modules_.size(); ++i) {
      modules_[i].number = i;
      modules_[i].importers = loaded.contains(modules_[i].path) || !modules_[i].name.empty() ? UINT32_MAX : counts[i];
    }
    std::sort(modules_.begin(), modules_.end(), [](const Compiled& a, const Compiled& b) {
      return a.importers != b.importers ? a.importers > b.importers : a.number < b.number;
    });
  }
  /// The start of this process, though without an image, tells which code a start runs.
  void find_start_code() {
    std::unordered_set<std::string> called;
    auto note = [](HeapObject* object, void* context) {
      if (kind_of(object) != Kind::Function || static_cast<Function*>(object)->call_count_ == 0) return;
      static_cast<std::unordered_set<std::string>*>(context)->insert(name_of(static_cast<Function*>(object)->code()));
    };
    thread_.heap().for_each_object(note, &called);
    std::unordered_set<std::string> loaded = files_of_loaded_modules();
    for (const Compiled& module : modules_) {
      bool is_loaded = loaded.contains(module.path);
      if (is_loaded || module.name == kImageHook || module.name.starts_with("_frozen"))
        note_start_code(module.code, called);
    }
  }
  /// Names come first, so that few pages are touched when they are looked up: those that start-up has made, then those
  /// that most modules use.
  void add_names() {
    for (const std::string& name : names_at_start_)
      writer_.add_unique(intern(thread_, name), ImageWriter::Range::Start, true);
    for (uint32_t c = 0; c < 256; ++c)
      writer_.add_unique(thread_.runtime().latin1_character(static_cast<uint8_t>(c)), ImageWriter::Range::Start, true);
    for (const Compiled& module : modules_)
      for (const std::string& name : {module.name, module.origin})
        if (!name.empty()) add_frozen_name(name);
    std::unordered_map<HeapObject*, uint32_t> users;
    for (const Compiled& module : modules_) {
      std::unordered_set<HeapObject*> seen;
      find_names(to_value(module.code), seen);
      for (HeapObject* name : seen) ++users[name];
    }
    std::vector<std::pair<HeapObject*, uint32_t>> common(users.begin(), users.end());
    std::erase_if(common, [](const auto& entry) { return entry.second < 2; });
    std::sort(common.begin(), common.end(), [](const auto& a, const auto& b) {
      if (a.second != b.second) return a.second > b.second;
      return compare_image_text(static_cast<Str*>(a.first), static_cast<Str*>(b.first)) < 0;
    });
    for (const auto& [name, count] : common)
      writer_.add_unique(static_cast<Str*>(name),
                         count >= kSharedByMany ? ImageWriter::Range::Start : ImageWriter::Range::Bodies, true);
    std::unordered_set<std::string> loaded = files_of_loaded_modules();
    for (const Compiled& module : modules_) {  // compared whenever a module is looked for
      if (module.path.empty()) continue;
      bool is_loaded = loaded.contains(module.path);
      writer_.add_unique(intern(thread_, module.path),
                         is_loaded ? ImageWriter::Range::Start : ImageWriter::Range::Bodies);
    }
  }
  void add_modules() {
    for (const Compiled& compiled : modules_) {
      ImageModule module{};
      module.code = writer_.add(compiled.code);
      if (module.code == 0) {
        std::fprintf(stderr, "viperine: a module left out of the image: it holds a %s\n", writer_.refused());
        continue;
      }
      if (!compiled.path.empty()) {
        Str* path = intern(thread_, compiled.path);
        module.path = writer_.add_unique(path);
        module.path_hash = str_hash30(thread_.heap(), path);
      }
      module.seconds = compiled.status.st_mtim.tv_sec;
      module.nanoseconds = compiled.status.st_mtim.tv_nsec;
      module.size = compiled.status.st_size;
      if (compiled.name.empty()) {
        writer_.add_module(module);
      } else {
        writer_.add_frozen(
            {add_frozen_name(compiled.name), add_frozen_name(compiled.origin), compiled.is_package, module});
      }
    }
  }
  /// Every start looks through them.
  uint64_t add_frozen_name(const std::string& name) {
    return writer_.add_unique(intern(thread_, name), ImageWriter::Range::Start, true);
  }
  int write(const std::string& path) {
    Runtime& runtime = thread_.runtime();
    if (!writer_.write(path, image_build(code_fingerprint(), runtime.layouts()), runtime.empty_tuple(),
                       runtime.empty_bytes())) {
      std::fprintf(stderr, "viperine: cannot write %s: %s\n", path.c_str(), std::strerror(errno));
      return 1;
    }
    std::printf("image: %zu modules, %zu objects\n", modules_.size(), writer_.object_count());
    return 0;
  }

 private:
  /// "LIBRARY/json/__init__.py" -> "json"
  std::string module_name(const std::string& path) const {
    std::string name = path.substr(library_.size() + 1, path.size() - library_.size() - 4);
    if (name.ends_with("/__init__")) name.resize(name.size() - 9);
    std::replace(name.begin(), name.end(), '/', '.');
    return name;
  }
  Compiled compile(std::string_view source, Str* filename) {
    SourceOptions options;
    options.from_file = true;
    return keep(compile_source(thread_, source, filename, options));
  }
  /// Without code when compiling failed.
  Compiled keep(Result<Code*> code) {
    Compiled compiled;
    if (code.is_raised()) {
      thread_.clear_pending();
      return compiled;
    }
    compiled.code = code.take();
    codes_.push(to_value(compiled.code));
    return compiled;
  }
  Compiled compile_file(const std::string& path, Str* filename) {
    struct stat status;
    std::string source;
    if (!is_ascii(reinterpret_cast<const uint8_t*>(path.data()), path.size()) || ::stat(path.c_str(), &status) != 0 ||
        !read_whole_file(path, &source))
      return {};
    Compiled compiled = compile(source, filename);
    compiled.path = path;
    compiled.status = status;
    return compiled;
  }
  void add_frozen(Compiled compiled, std::string_view name, std::string_view origin, bool is_package) {
    if (compiled.code == nullptr) return;
    compiled.name = name, compiled.origin = origin, compiled.is_package = is_package;
    modules_.push_back(compiled);
  }
  /// Names that were interned before anything was compiled here, in an order that every build repeats.
  std::vector<std::string> find_names_at_start() {
    std::vector<std::string> names;
    for (HeapObject* object : thread_.heap().unique_objects()) {
      auto* name = static_cast<Str*>(object);
      if (!name->is_ascii()) continue;
      std::string_view text = name->ascii();
      bool is_name = std::all_of(text.begin(), text.end(), [](char c) {
        return c == '_' || c == '.' || std::isalnum(static_cast<unsigned char>(c));
      });
      if (is_name) names.emplace_back(text);
    }
    std::sort(names.begin(), names.end());
    return names;
  }
  std::unordered_set<std::string> files_of_loaded_modules() {
    std::unordered_set<std::string> files;
    Str* attribute = intern(thread_, "__file__");
    Dict* modules = thread_.runtime().modules();
    for (int64_t entry = modules->next_entry(0); entry >= 0; entry = modules->next_entry(entry + 1)) {
      Value module = modules->table_->value(static_cast<uint32_t>(entry));
      if (!is<Module>(module)) continue;
      Optional<Value> file = cast<Module>(module)->dict()->get_str(attribute);
      if (file && is_exact<Str>(*file) && cast<Str>(*file)->is_ascii()) files.emplace(cast<Str>(*file)->ascii());
    }
    return files;
  }
  /// Tells functions apart, wherever their file is said to be.
  static std::string name_of(const Code* code) {
    const Str* name = code->qualified_name_.get();
    std::string text(reinterpret_cast<const char*>(name->data8()), name->byte_length());
    return text + ":" + std::to_string(code->first_line_);
  }
  /// The code of a module, and of its classes and functions that were called.
  void note_start_code(Code* code, const std::unordered_set<std::string>& called) {
    writer_.note_start_code(code);
    for (uint32_t i = 0; i < code->constant_count_; ++i) {
      if (!is<Code>(code->constants()[i])) continue;
      auto* inner = cast<Code>(code->constants()[i]);
      if ((inner->flags_ & kCodeOptimized) == 0 || called.contains(name_of(inner))) note_start_code(inner, called);
    }
  }
  /// Interned text in code and its constants.
  void find_names(Value value, std::unordered_set<HeapObject*>& found) {
    if (is<Str>(value) && (value.as_object()->gc_bits() & kGcUnique)) found.insert(value.as_object());
    if (is_exact<Tuple>(value))
      for (Value item : cast<Tuple>(value)->span()) find_names(item, found);
    if (!is<Code>(value)) return;
    auto* code = cast<Code>(value);
    for (Tuple* names :
         {code->variable_names_.get(), code->cell_names_.get(), code->free_names_.get(), code->names_.get()})
      find_names(to_value(names), found);
    for (Str* name : {code->name_.get(), code->qualified_name_.get()}) find_names(to_value(name), found);
    for (uint32_t i = 0; i < code->constant_count_; ++i) find_names(code->constants()[i], found);
  }

  Thread& thread_;
  const std::string library_;
  ImageWriter writer_;
  const std::vector<std::string> names_at_start_ = find_names_at_start();
  RootVector codes_{thread_.runtime()};
  std::vector<Compiled> modules_;
};

}  // namespace

std::string image_path() {
  const std::string program = path_of_process();
  return program.substr(0, program.rfind('/') + 1) + "viperine.image";
}

int write_image(Thread& thread, const std::string& library, const std::string& path) {
  NativeHolder holder(thread);
  Maker maker(thread, library);
  maker.compile_hook();
  maker.compile_frozen_modules();
  maker.compile_library();
  maker.sort_modules();
  maker.find_start_code();
  maker.add_names();
  maker.add_modules();
  return maker.write(path);
}

}  // namespace viperine
