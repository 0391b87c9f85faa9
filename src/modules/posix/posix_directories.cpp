// SPDX-License-Identifier: MIT
// posix: directories, links, renaming; scandir and DirEntry.
#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <climits>
#include <cstdio>
#include <cstring>
#include <string>

#include "modules/posix/posix.h"

namespace viperine {

namespace {

Result<Value> posix_getcwd(Thread& thread) {
  char buffer[PATH_MAX];
  if (getcwd(buffer, sizeof buffer) == nullptr) return thread.raise_errno(errno);
  return decode_path(thread, buffer, false);
}
Result<Value> posix_getcwdb(Thread& thread) {
  char buffer[PATH_MAX];
  if (getcwd(buffer, sizeof buffer) == nullptr) return thread.raise_errno(errno);
  return decode_path(thread, buffer, true);
}
Result<Value> posix_chdir(Thread& thread, Value path_value) {
  Path path = TRY(path_argument(thread, path_value, "chdir", Descriptors::Allowed));
  TRY(audit(thread, "os.chdir", path.object));
  return none_or_error(thread, path.is_descriptor() ? fchdir(path.descriptor) : chdir(path.text()), &path);
}
Result<Value> posix_fchdir(Thread& thread, Value fd) {
  int descriptor = TRY(descriptor_argument(thread, fd));
  TRY(audit(thread, "os.chdir", Value::from_int(descriptor)));
  return none_or_error(thread, fchdir(descriptor));
}
Result<Value> posix_chroot(Thread& thread, Value path_value) {
  Path path = TRY(path_argument(thread, path_value, "chroot"));
  return none_or_error(thread, chroot(path.text()), &path);
}

/// An open directory for a path or descriptor; null with errno set.
DIR* open_directory(const Path& path) {
  if (!path.is_descriptor()) return opendir(path.text());
  int copy = fcntl(path.descriptor, F_DUPFD_CLOEXEC, 0);
  if (copy < 0) return nullptr;
  DIR* directory = fdopendir(copy);
  if (directory == nullptr)
    close(copy);
  else
    rewinddir(directory);
  return directory;
}
bool is_dots(const char* name) { return name[0] == '.' && (name[1] == 0 || (name[1] == '.' && name[2] == 0)); }

Result<Path> directory_argument(Thread& thread, Value value, const char* function) {
  if (value.is_none()) {
    Path path;
    path.object = to_value(thread.runtime().latin1_character('.'));
    path.bytes = make_bytes(thread, ".");
    return path;
  }
  return path_argument(thread, value, function, Descriptors::Allowed);
}

Result<Value> posix_listdir(Thread& thread, Value path_value) {
  Path path = TRY(directory_argument(thread, path_value, "listdir"));
  TRY(audit(thread, "os.listdir", path_value.is_none() ? path_value : path.object));
  DIR* directory = open_directory(path);
  if (directory == nullptr) return thread.raise_errno(errno, path.object);
  List* names = List::make(thread.heap());
  while (dirent* entry = readdir(directory))
    if (!is_dots(entry->d_name)) names->append(thread.heap(), decode_path(thread, entry->d_name, path.was_bytes));
  closedir(directory);
  return to_value(names);
}

// --- scandir

/// The directory is read at once into `entries`: no descriptor stays open.
class ScandirIterator final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::ScandirIterator;
  Slot<List> entries_;
  int64_t index_;
  LAYOUT(ScandirIterator, HeapObject, entries_, index_);
};

class DirEntry final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::DirEntry;
  Slot<Value> name_, path_, directory_;  // directory_: descriptor when scandir was given one, else None
  Slot<Value> stat_, lstat_;             // int 0 until asked for
  uint64_t type_, inode_;
  LAYOUT(DirEntry, HeapObject, name_, path_, directory_, stat_, lstat_, type_, inode_);
};

Result<Value> posix_scandir(Thread& thread, Value path_value) {
  Path path = TRY(directory_argument(thread, path_value, "scandir"));
  TRY(audit(thread, "os.scandir", path_value.is_none() ? path_value : path.object));
  DIR* directory = open_directory(path);
  if (directory == nullptr) return thread.raise_errno(errno, path.object);
  auto* iterator = make_exact<ScandirIterator>(thread, Kind::ScandirIterator);
  List* entries = List::make(thread.heap());
  iterator->entries_.initialize(entries);
  std::string prefix = path.is_descriptor() ? "" : std::string(path.bytes->view());
  if (!prefix.empty() && prefix.back() != '/') prefix += '/';
  if (path_value.is_none()) prefix = "./";
  while (dirent* item = readdir(directory)) {
    if (is_dots(item->d_name)) continue;
    auto* entry = make_exact<DirEntry>(thread, Kind::DirEntry);
    entry->name_.set(entry, decode_path(thread, item->d_name, path.was_bytes));
    entry->path_.set(entry, decode_path(thread, prefix + item->d_name, path.was_bytes));
    entry->directory_.set(entry, path.is_descriptor() ? Value::from_int(path.descriptor) : Value::none());
    entry->type_ = item->d_type;
    entry->inode_ = item->d_ino;
    entries->append(thread.heap(), to_value(entry));
  }
  closedir(directory);
  return to_value(iterator);
}

Result<Value> scandir_itself(Thread&, Value self) { return self; }
Result<Optional<Value>> scandir_next(Thread&, Value self) {
  auto* iterator = cast<ScandirIterator>(self);
  if (iterator->entries_.is_null() || iterator->index_ >= iterator->entries_->length()) return Optional<Value>();
  return Optional<Value>(iterator->entries_->at(iterator->index_++));
}
Result<void> scandir_close(Thread&, ScandirIterator* self) {
  self->entries_.set(self, nullptr);
  return {};
}
Result<Value> scandir_enter(Thread&, ScandirIterator* self) { return to_value(self); }
Result<void> scandir_exit(Thread& thread, ScandirIterator* self, const Arguments&) {
  return scandir_close(thread, self);
}

Result<Value> entry_stat(Thread& thread, DirEntry* self, bool follow) {
  Slot<Value>& slot = follow ? self->stat_ : self->lstat_;
  if (slot.get().is_pointer()) return slot.get();
  bool by_descriptor = !self->directory_.get().is_none();
  Path path = TRY(path_argument(thread, by_descriptor ? self->name_.get() : self->path_.get(), "stat"));
  struct stat info;
  int directory = by_descriptor ? static_cast<int>(self->directory_.get().as_int()) : AT_FDCWD;
  if (fstatat(directory, path.text(), &info, follow ? 0 : AT_SYMLINK_NOFOLLOW) != 0)
    return thread.raise_errno(errno, self->path_.get());
  Value result = TRY(make_stat_result(thread, info));
  slot.set(self, result);
  return result;
}
Result<Value> entry_stat_method(Thread& thread, DirEntry* self, bool follow_symlinks) {
  return entry_stat(thread, self, follow_symlinks);
}
Result<bool> entry_test(Thread& thread, DirEntry* self, bool follow, uint64_t type, uint32_t mode) {
  if (self->type_ != DT_UNKNOWN && (!follow || self->type_ != DT_LNK)) return self->type_ == type;
  auto info = entry_stat(thread, self, follow);
  if (info.is_raised()) {
    if (!thread.pending_is<FileNotFoundError>()) return Raised{};
    thread.clear_pending();
    return false;
  }
  return (static_cast<uint32_t>(cast<Tuple>(info.take())->at(0).as_int()) & S_IFMT) == mode;
}
Result<bool> entry_is_dir(Thread& thread, DirEntry* self, bool follow) {
  return entry_test(thread, self, follow, DT_DIR, S_IFDIR);
}
Result<bool> entry_is_file(Thread& thread, DirEntry* self, bool follow) {
  return entry_test(thread, self, follow, DT_REG, S_IFREG);
}
Result<bool> entry_is_symlink(Thread& thread, DirEntry* self) {
  return entry_test(thread, self, false, DT_LNK, S_IFLNK);
}
Result<Value> entry_inode(Thread& thread, DirEntry* self) { return make_unsigned(thread.heap(), self->inode_); }
Result<Value> entry_fspath(Thread&, DirEntry* self) { return self->path_.get(); }
Result<Value> entry_name(Thread&, DirEntry* self) { return self->name_.get(); }
Result<Value> entry_repr(Thread& thread, Value self) {
  return to_value(format_text(thread, "<DirEntry {}>", TRY(repr(thread, cast<DirEntry>(self)->name_.get()))));
}

constexpr NativeMethod kScandirMethods[] = {
    method<scandir_enter>("__enter__($self, /)"),
    method<scandir_exit>("__exit__($self, /, *args, **kwargs)"),
    method<scandir_close>("close($self, /)"),
};
Result<Value> entry_class_getitem(Thread& thread, Type* type, Value item) {
  return call(thread, to_value(thread.runtime().type(Kind::GenericAlias)), to_value(type), item);
}

constexpr NativeMethod kEntryMethods[] = {
    method<entry_class_getitem>("__class_getitem__($type, item, /)", "See PEP 585"),
    method<entry_is_dir>("is_dir($self, /, *, follow_symlinks=True)"),
    method<entry_is_file>("is_file($self, /, *, follow_symlinks=True)"),
    method<entry_is_symlink>("is_symlink($self, /)"),
    method<entry_stat_method>("stat($self, /, *, follow_symlinks=True)"),
    method<entry_inode>("inode($self, /)"),
    method<entry_fspath>("__fspath__($self, /)"),
};
constexpr NativeAttribute kEntryAttributes[] = {attribute<entry_name>("name"), attribute<entry_fspath>("path")};

// --- names

Result<Value> posix_mkdir(Thread& thread, Value path_value, int mode, Value dir_fd) {
  Path path = TRY(path_argument(thread, path_value, "mkdir"));
  int directory = TRY(directory_descriptor(thread, dir_fd));
  TRY(audit(thread, "os.mkdir", path.object, Value::from_int(mode), audited(directory)));
  return none_or_error(thread, mkdirat(directory, path.text(), static_cast<mode_t>(mode)), &path);
}
Result<Value> posix_rmdir(Thread& thread, Value path_value, Value dir_fd) {
  Path path = TRY(path_argument(thread, path_value, "rmdir"));
  int directory = TRY(directory_descriptor(thread, dir_fd));
  TRY(audit(thread, "os.rmdir", path.object, audited(directory)));
  return none_or_error(thread, unlinkat(directory, path.text(), AT_REMOVEDIR), &path);
}
Result<Value> posix_unlink(Thread& thread, Value path_value, Value dir_fd) {
  Path path = TRY(path_argument(thread, path_value, "unlink"));
  int directory = TRY(directory_descriptor(thread, dir_fd));
  TRY(audit(thread, "os.remove", path.object, audited(directory)));
  return none_or_error(thread, unlinkat(directory, path.text(), 0), &path);
}
Result<Value> posix_rename(Thread& thread, Value src, Value dst, Value src_dir_fd, Value dst_dir_fd) {
  Path from = TRY(path_argument(thread, src, "rename", Descriptors::Refused, "src"));
  Path to = TRY(path_argument(thread, dst, "rename", Descriptors::Refused, "dst"));
  int from_directory = TRY(directory_descriptor(thread, src_dir_fd)),
      to_directory = TRY(directory_descriptor(thread, dst_dir_fd));
  TRY(audit(thread, "os.rename", from.object, to.object, audited(from_directory), audited(to_directory)));
  return none_or_error(thread, renameat(from_directory, from.text(), to_directory, to.text()), &from, &to);
}
Result<Value> posix_link(Thread& thread, Value src, Value dst, Value src_dir_fd, Value dst_dir_fd,
                         bool follow_symlinks) {
  Path from = TRY(path_argument(thread, src, "link", Descriptors::Refused, "src"));
  Path to = TRY(path_argument(thread, dst, "link", Descriptors::Refused, "dst"));
  int from_directory = TRY(directory_descriptor(thread, src_dir_fd)),
      to_directory = TRY(directory_descriptor(thread, dst_dir_fd));
  TRY(audit(thread, "os.link", from.object, to.object, audited(from_directory), audited(to_directory)));
  return none_or_error(
      thread, linkat(from_directory, from.text(), to_directory, to.text(), follow_symlinks ? AT_SYMLINK_FOLLOW : 0),
      &from, &to);
}
Result<Value> posix_symlink(Thread& thread, Value src, Value dst, bool, Value dir_fd) {
  Path from = TRY(path_argument(thread, src, "symlink", Descriptors::Refused, "src"));
  Path to = TRY(path_argument(thread, dst, "symlink", Descriptors::Refused, "dst"));
  int directory = TRY(directory_descriptor(thread, dir_fd));
  TRY(audit(thread, "os.symlink", from.object, to.object, audited(directory)));
  return none_or_error(thread, symlinkat(from.text(), directory, to.text()), &from, &to);
}
Result<Value> posix_readlink(Thread& thread, Value path_value, Value dir_fd) {
  Path path = TRY(path_argument(thread, path_value, "readlink"));
  char buffer[PATH_MAX + 1];
  ssize_t length = readlinkat(TRY(directory_descriptor(thread, dir_fd)), path.text(), buffer, PATH_MAX);
  if (length < 0) return thread.raise_errno(errno, path.object);
  return decode_path(thread, std::string_view(buffer, static_cast<size_t>(length)), path.was_bytes);
}
Result<Value> posix_mkfifo(Thread& thread, Value path_value, int mode, Value dir_fd) {
  Path path = TRY(path_argument(thread, path_value, "mkfifo"));
  return none_or_error(
      thread, mkfifoat(TRY(directory_descriptor(thread, dir_fd)), path.text(), static_cast<mode_t>(mode)), &path);
}

constexpr NativeMethod kFunctions[] = {
    function<posix_getcwd>("getcwd()"),
    function<posix_getcwdb>("getcwdb()"),
    function<posix_chdir>("chdir(path)"),
    function<posix_fchdir>("fchdir(fd)"),
    function<posix_chroot>("chroot(path)"),
    function<posix_listdir>("listdir(path=None)"),
    function<posix_scandir>("scandir(path=None)"),
    function<posix_mkdir>("mkdir(path, mode=511, *, dir_fd=None)"),
    function<posix_rmdir>("rmdir(path, *, dir_fd=None)"),
    function<posix_unlink>("unlink(path, *, dir_fd=None)"),
    function<posix_unlink>("remove(path, *, dir_fd=None)"),
    function<posix_rename>("rename(src, dst, *, src_dir_fd=None, dst_dir_fd=None)"),
    function<posix_rename>("replace(src, dst, *, src_dir_fd=None, dst_dir_fd=None)"),
    function<posix_link>("link(src, dst, *, src_dir_fd=None, dst_dir_fd=None, follow_symlinks=True)"),
    function<posix_symlink>("symlink(src, dst, target_is_directory=False, *, dir_fd=None)"),
    function<posix_readlink>("readlink(path, *, dir_fd=None)"),
    function<posix_mkfifo>("mkfifo(path, mode=438, *, dir_fd=None)"),
};

}  // namespace

std::span<const NativeMethod> posix_directory_functions() { return kFunctions; }

const TypeSpec kDirEntryType = {
    .name = "posix.DirEntry",
    .kind = Kind::DirEntry,
    .flags = kTypeDisallowInstantiation,
    .layout = [] { return layout_of<DirEntry>("DirEntry"); },
    .slots = {.repr = &entry_repr},
    .methods = kEntryMethods,
    .attributes = kEntryAttributes,
};
const TypeSpec kScandirIteratorType = {
    .name = "posix.ScandirIterator",
    .kind = Kind::ScandirIterator,
    .flags = kTypeDisallowInstantiation,
    .layout = [] { return layout_of<ScandirIterator>("ScandirIterator"); },
    .slots = {.iter = &scandir_itself, .next = &scandir_next},
    .methods = kScandirMethods,
};

}  // namespace viperine
