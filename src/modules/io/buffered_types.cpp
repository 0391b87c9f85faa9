// SPDX-License-Identifier: MIT
// The types BufferedReader, BufferedWriter and BufferedRandom: their methods, constructors, attributes.
#include <unistd.h>

#include "modules/io/buffered.h"
#include "runtime/repr_scope.h"

namespace viperine {

namespace {

Result<void> initialize(Thread& thread, Value self, const Arguments& arguments, const NativeMethod& signature,
                        uint32_t abilities) {
  BoundArguments bound;
  TRY(bind_arguments(thread, signature, arguments, bound));
  int64_t size = bound.values[1].is_absent() ? kDefaultBufferSize : TRY(to_index_int64(thread, bound.values[1]));
  return buffered_initialize(thread, cast<BufferedIO>(self), bound.values[0], size, abilities);
}
Result<void> reader_init(Thread& thread, Value self, const Arguments& arguments) {
  static constexpr NativeMethod kSignature = io_signature("BufferedReader(raw, buffer_size=8192)");
  return initialize(thread, self, arguments, kSignature, kBufferedReads);
}
Result<void> writer_init(Thread& thread, Value self, const Arguments& arguments) {
  static constexpr NativeMethod kSignature = io_signature("BufferedWriter(raw, buffer_size=8192)");
  return initialize(thread, self, arguments, kSignature, kBufferedWrites);
}
Result<void> random_init(Thread& thread, Value self, const Arguments& arguments) {
  static constexpr NativeMethod kSignature = io_signature("BufferedRandom(raw, buffer_size=8192)");
  return initialize(thread, self, arguments, kSignature, kBufferedReads | kBufferedWrites);
}

Result<Value> raw_of(Thread& thread, BufferedIO* self) {
  TRY(buffered_check(thread, self));
  return self->raw_.get();
}

Result<Value> simple_flush(Thread& thread, BufferedIO* self) {
  return call_method(thread, TRY(raw_of(thread, self)), thread.names().flush);
}

Result<Value> detach(Thread& thread, BufferedIO* self) {
  Value raw = TRY(raw_of(thread, self));
  TRY(call_method(thread, to_value(self), thread.names().flush));
  self->raw_.set(self, Value());
  self->flags_ = (self->flags_ & ~static_cast<uint32_t>(kBufferedReady)) | kBufferedDetached;
  if (is<IoObject>(raw)) static_cast<IoObject*>(raw.as_object())->clear_io_flag(kIoOwned);
  return raw;
}

Result<void> close_stream(Thread& thread, BufferedIO* self) {
  TRY(buffered_check(thread, self));
  if (TRY(buffered_is_closed(thread, self))) return {};
  if (self->has_io_flag(kIoFinalizing)) {
    if (call_named(thread, self->raw_.get(), "_dealloc_warn", to_value(self)).is_raised()) thread.clear_pending();
  }
  auto flushed = call_method(thread, to_value(self), thread.names().flush);
  ExceptionObject* error = flushed.is_raised() ? thread.take_pending() : nullptr;
  Result<Value> closed = Value::none();
  {
    BufferedLock lock(thread, self);
    if (lock.failed()) return Raised{};
    closed = call_method(thread, self->raw_.get(), thread.names().close);
    self->buffer_.set(self, nullptr);
    self->drop_read_data();
    self->drop_write_data();
  }
  if (error != nullptr) return chain_errors(thread, error);
  if (closed.is_raised()) return Raised{};
  return {};
}

Result<void> dealloc_warn(Thread& thread, BufferedIO* self, Value source) {
  if (self->has(kBufferedReady) && call_named(thread, self->raw_.get(), "_dealloc_warn", source).is_raised())
    thread.clear_pending();
  return {};
}

template <Str* Names::*kName>
Result<Value> forward(Thread& thread, BufferedIO* self) {
  return call_method(thread, TRY(raw_of(thread, self)), thread.names().*kName);
}

Result<Value> buffered_getstate(Thread& thread, BufferedIO* self) {
  return raise_cannot_pickle(thread, to_value(self));
}

Result<Value> seek_method(Thread& thread, BufferedIO* self, Value target, int whence) {
  TRY(buffered_check(thread, self));
  bool known = (whence >= 0 && whence <= 2) || whence == SEEK_HOLE || whence == SEEK_DATA;
  if (!known) return thread.raise<ValueError>("whence value {} unsupported", whence);
  TRY(buffered_check_open(thread, self, "seek of closed file"));
  FileIO* file = plain_file(self->raw_.get());
  if (file == nullptr || !file_is_seekable(file))
    TRY(require_ability(thread, self->raw_.get(), thread.names().seekable, "File or stream is not seekable."));
  int64_t position = TRY(to_offset(thread, target));
  return offset_value(thread, TRY(buffered_seek(thread, self, position, whence)));
}

Result<Value> tell_method(Thread& thread, BufferedIO* self) {
  TRY(buffered_check(thread, self));
  return offset_value(thread, TRY(buffered_tell(thread, self)));
}

Result<Value> truncate_method(Thread& thread, BufferedIO* self, Value position) {
  TRY(buffered_check_open(thread, self, "truncate of closed file"));
  if (!self->writes()) return raise_unsupported(thread, "truncate");
  BufferedLock lock(thread, self);
  if (lock.failed()) return Raised{};
  TRY(buffered_flush_and_rewind(thread, self));
  Value result = TRY(call_method(thread, self->raw_.get(), thread.names().truncate, position));
  if (raw_tell(thread, self).is_raised()) thread.clear_pending();
  return result;
}

Result<Value> buffered_repr(Thread& thread, Value self) {
  StringBuilder builder(thread);
  builder.append("<");
  Value module = TRY(get_attribute(thread, to_value(type_of(thread, self)), thread.names().__module__));
  if (is_str(module)) {
    builder.append(as_str(thread, module));
    builder.append(".");
  }
  builder.append(type_of(thread, self)->name());
  ReprScope scope(thread, self);
  if (scope.entered_before())
    return thread.raise<RuntimeError>("reentrant call inside {}.__repr__", type_of(thread, self));
  TRY(append_name(thread, builder, self));
  builder.append(">");
  return to_value(TRY(builder.finish()));
}

Result<Value> raw_attribute(Thread& thread, BufferedIO* self) {
  if (self->raw_.get() == Value()) return Value::none();
  (void)thread;
  return self->raw_.get();
}
Result<Value> closed_attribute(Thread& thread, BufferedIO* self) {
  TRY(buffered_check(thread, self));
  return Value::from_bool(TRY(buffered_is_closed(thread, self)));
}
Result<Value> name_attribute(Thread& thread, BufferedIO* self) {
  return get_attribute(thread, TRY(raw_of(thread, self)), thread.names().name);
}
Result<Value> mode_attribute(Thread& thread, BufferedIO* self) {
  return get_attribute(thread, TRY(raw_of(thread, self)), thread.names().mode);
}
Result<Value> finalizing_attribute(Thread&, BufferedIO* self) {
  return Value::from_bool(self->has_io_flag(kIoFinalizing));
}
Result<void> set_finalizing(Thread& thread, BufferedIO* self, Value value) {
  self->clear_io_flag(kIoFinalizing);
  if (!value.is_absent() && TRY(is_true(thread, value))) self->set_io_flag(kIoFinalizing);
  return {};
}
Result<Value> buffered_sizeof(Thread& thread, BufferedIO* self) {
  size_t size = thread.heap().size_of(self);
  if (!self->buffer_.is_null()) size += thread.heap().size_of(self->buffer_.get());
  return Value::from_int(static_cast<int64_t>(size));
}

constexpr NativeMethod kDetach = method<detach>("detach($self, /)", "Disconnect the raw stream and return it.");
constexpr NativeMethod kSimpleFlush = method<simple_flush>("flush($self, /)", "Flush the raw stream.");
constexpr NativeMethod kFlush = method<buffered_flush_method>("flush($self, /)", "Write what is buffered.");
constexpr NativeMethod kClose =
    method<close_stream>("close($self, /)", "Flush and close the stream and its raw stream.");
constexpr NativeMethod kSeekable = method<forward<&Names::seekable>>("seekable($self, /)");
constexpr NativeMethod kReadable = method<forward<&Names::readable>>("readable($self, /)");
constexpr NativeMethod kWritable = method<forward<&Names::writable>>("writable($self, /)");
constexpr NativeMethod kFileno = method<forward<&Names::fileno>>("fileno($self, /)");
constexpr NativeMethod kIsatty = method<forward<&Names::isatty>>("isatty($self, /)");
constexpr NativeMethod kDeallocWarn = method<dealloc_warn>("_dealloc_warn($self, source, /)");
constexpr NativeMethod kGetstate = method<buffered_getstate>("__getstate__($self, /)");
constexpr NativeMethod kSeek = method<seek_method>("seek($self, target, whence=0, /)");
constexpr NativeMethod kTell = method<tell_method>("tell($self, /)");
constexpr NativeMethod kTruncate = method<truncate_method>("truncate($self, pos=None, /)");
constexpr NativeMethod kSizeof = method<buffered_sizeof>("__sizeof__($self, /)");
constexpr NativeMethod kRead = method<buffered_read_method>("read($self, size=-1, /)");
constexpr NativeMethod kPeek = method<buffered_peek_method>("peek($self, size=0, /)");
constexpr NativeMethod kRead1 = method<buffered_read1_method>("read1($self, size=-1, /)");
constexpr NativeMethod kReadinto = method<buffered_readinto_method>("readinto($self, buffer, /)");
constexpr NativeMethod kReadinto1 = method<buffered_readinto1_method>("readinto1($self, buffer, /)");
constexpr NativeMethod kReadline = method<buffered_readline_method>("readline($self, size=-1, /)");
constexpr NativeMethod kWrite = method<buffered_write_method>(
    "write($self, buffer, /)", "Write buffer to the stream; it may be written to the raw stream later.");

constexpr NativeMethod kReaderMethods[] = {
    kDetach, kSimpleFlush, kClose,    kSeekable,  kReadable, kFileno, kIsatty, kDeallocWarn, kGetstate, kRead,
    kPeek,   kRead1,       kReadinto, kReadinto1, kReadline, kSeek,   kTell,   kTruncate,    kSizeof};
constexpr NativeMethod kWriterMethods[] = {kDetach,   kClose, kSeekable, kWritable, kFileno, kIsatty,   kDeallocWarn,
                                           kGetstate, kWrite, kFlush,    kSeek,     kTell,   kTruncate, kSizeof};
constexpr NativeMethod kRandomMethods[] = {
    kDetach, kClose,    kSeekable, kReadable, kWritable, kFileno,    kIsatty,   kDeallocWarn, kGetstate, kFlush, kSeek,
    kTell,   kTruncate, kRead,     kRead1,    kReadinto, kReadinto1, kReadline, kPeek,        kWrite,    kSizeof};

constexpr NativeAttribute kAttributes[] = {
    attribute<raw_attribute>("raw"),
    attribute<closed_attribute>("closed"),
    attribute<name_attribute>("name"),
    attribute<mode_attribute>("mode"),
    attribute<finalizing_attribute, set_finalizing>("_finalizing"),
};

}  // namespace

constinit const TypeSpec kBufferedReaderType = {
    .name = "_io.BufferedReader",
    .kind = Kind::BufferedIO,
    .flags = kTypeBase | kTypeHasFinalizer,
    .layout = [] { return layout_of<BufferedIO>("BufferedIO"); },
    .slots = {.repr = buffered_repr, .new_ = stream_new<BufferedIO>, .init = reader_init, .next = buffered_next},
    .methods = kReaderMethods,
    .attributes = kAttributes,
    .doc = "Create a new buffered reader using the given readable raw IO object.",
    .text_signature = "(raw, buffer_size=8192)",
    .base_spec = &kBufferedIoBaseType,
};
constinit const TypeSpec kBufferedWriterType = {
    .name = "_io.BufferedWriter",
    .kind = Kind::BufferedIO,
    .flags = kTypeBase | kTypeHasFinalizer,
    .slots = {.repr = buffered_repr, .new_ = stream_new<BufferedIO>, .init = writer_init},
    .methods = kWriterMethods,
    .attributes = kAttributes,
    .doc =
        "A buffer for a writeable sequential RawIO object.\n\nThe constructor creates a BufferedWriter for the given "
        "writeable raw\n"
        "stream. If the buffer_size is not given, it defaults to\nDEFAULT_BUFFER_SIZE.",
    .text_signature = "(raw, buffer_size=8192)",
    .base_spec = &kBufferedIoBaseType,
};
constinit const TypeSpec kBufferedRandomType = {
    .name = "_io.BufferedRandom",
    .kind = Kind::BufferedIO,
    .flags = kTypeBase | kTypeHasFinalizer,
    .slots = {.repr = buffered_repr, .new_ = stream_new<BufferedIO>, .init = random_init, .next = buffered_next},
    .methods = kRandomMethods,
    .attributes = kAttributes,
    .doc =
        "A buffered interface to random access streams.\n\nThe constructor creates a reader and writer for a seekable "
        "stream,\n"
        "raw, given in the first argument. If the buffer_size is omitted it\ndefaults to DEFAULT_BUFFER_SIZE.",
    .text_signature = "(raw, buffer_size=8192)",
    .base_spec = &kBufferedIoBaseType,
};

}  // namespace viperine
