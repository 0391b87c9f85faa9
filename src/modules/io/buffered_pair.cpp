// SPDX-License-Identifier: MIT
// BufferedRWPair: a reader and a writer as one stream (sockets, terminals).
#include "modules/io/buffered.h"

namespace viperine {

class BufferedPair final : public IoObject {
 public:
  static constexpr Kind kKind = Kind::BufferedRWPair;
  Slot<Value> reader_, writer_;   // int 0 before __init__
  LAYOUT(BufferedPair, IoObject, reader_, writer_);
};

namespace {

Type* type_of_spec(Thread& thread, const TypeSpec& spec) {
  auto* types = cast<Tuple>(thread.runtime().type(Kind::FileIO)->extra_.get());
  for (int64_t i = 0; i < types->length(); ++i)
    if (cast<Type>(types->at(i))->spec_ == &spec) return cast<Type>(types->at(i));
  return nullptr;
}

Result<void> pair_init(Thread& thread, Value self, const Arguments& arguments) {
  static constexpr NativeMethod kSignature = io_signature("BufferedRWPair(reader, writer, buffer_size=8192, /)");
  BoundArguments bound;
  TRY(bind_arguments(thread, kSignature, arguments, bound));
  const Names& names = thread.names();
  TRY(require_ability(thread, bound.values[0], names.readable, "File or stream is not readable."));
  TRY(require_ability(thread, bound.values[1], names.writable, "File or stream is not writable."));
  Value size = bound.values[2].is_absent() ? Value::from_int(kDefaultBufferSize) : bound.values[2];
  auto* pair = static_cast<BufferedPair*>(self.as_object());
  Value reader = TRY(call(thread, to_value(type_of_spec(thread, kBufferedReaderType)), bound.values[0], size));
  Value writer = TRY(call(thread, to_value(type_of_spec(thread, kBufferedWriterType)), bound.values[1], size));
  pair->reader_.set(pair, reader);
  pair->writer_.set(pair, writer);
  for (Value part : {reader, writer}) static_cast<IoObject*>(part.as_object())->set_io_flag(kIoOwned);
  return {};
}

Result<Value> part(Thread& thread, Value stream) {
  if (stream == Value()) return thread.raise<ValueError>("I/O operation on uninitialized object");
  return stream;
}

template <Str* Names::*kName>
Result<Value> ask_reader(Thread& thread, BufferedPair* self, Rest values) {
  return call_method(thread, TRY(part(thread, self->reader_.get())), thread.names().*kName, values.span());
}
template <Str* Names::*kName>
Result<Value> ask_writer(Thread& thread, BufferedPair* self, Rest values) {
  return call_method(thread, TRY(part(thread, self->writer_.get())), thread.names().*kName, values.span());
}
Result<Value> pair_peek(Thread& thread, BufferedPair* self, Rest values) {
  return call_method(thread, TRY(part(thread, self->reader_.get())), intern(thread, "peek"), values.span());
}
Result<Value> pair_readinto1(Thread& thread, BufferedPair* self, Rest values) {
  return call_method(thread, TRY(part(thread, self->reader_.get())), intern(thread, "readinto1"), values.span());
}

Result<void> pair_close(Thread& thread, BufferedPair* self) {
  const Names& names = thread.names();
  ExceptionObject* error = nullptr;
  auto writer = part(thread, self->writer_.get());
  if (writer.is_raised() || call_method(thread, writer.take(), names.close).is_raised()) error = thread.take_pending();
  auto reader = part(thread, self->reader_.get());
  bool failed = reader.is_raised() || call_method(thread, reader.take(), names.close).is_raised();
  if (error != nullptr) return chain_errors(thread, error);
  if (failed) return Raised{};
  return {};
}

Result<Value> pair_isatty(Thread& thread, BufferedPair* self) {
  Value answer = TRY(call_method(thread, TRY(part(thread, self->writer_.get())), thread.names().isatty));
  if (!answer.is_false()) return answer;
  return call_method(thread, TRY(part(thread, self->reader_.get())), thread.names().isatty);
}

Result<Value> pair_closed(Thread& thread, BufferedPair* self) {
  if (self->writer_.get() == Value())
    return thread.raise<RuntimeError>("the BufferedRWPair object is being garbage-collected");
  return get_attribute(thread, self->writer_.get(), thread.names().closed);
}
Result<Value> pair_getstate(Thread& thread, BufferedPair* self) { return raise_cannot_pickle(thread, to_value(self)); }

constexpr NativeMethod kMethods[] = {
    method<ask_reader<&Names::read>>("read($self, /, *args)"),
    method<pair_peek>("peek($self, /, *args)"),
    method<ask_reader<&Names::read1>>("read1($self, /, *args)"),
    method<ask_reader<&Names::readinto>>("readinto($self, /, *args)"),
    method<pair_readinto1>("readinto1($self, /, *args)"),
    method<ask_writer<&Names::write>>("write($self, /, *args)"),
    method<ask_writer<&Names::flush>>("flush($self, /, *args)"),
    method<ask_reader<&Names::readable>>("readable($self, /, *args)"),
    method<ask_writer<&Names::writable>>("writable($self, /, *args)"),
    method<pair_close>("close($self, /)"),
    method<pair_isatty>("isatty($self, /)"),
    method<pair_getstate>("__getstate__($self, /)"),
};
constexpr NativeAttribute kAttributes[] = {attribute<pair_closed>("closed")};

}  // namespace

constinit const TypeSpec kBufferedPairType = {
    .name = "_io.BufferedRWPair",
    .kind = Kind::BufferedRWPair,
    .flags = kTypeBase | kTypeHasFinalizer,
    .layout = [] { return layout_of<BufferedPair>("BufferedRWPair"); },
    .slots = {.new_ = stream_new<BufferedPair>, .init = pair_init},
    .methods = kMethods,
    .attributes = kAttributes,
    .doc =
        "A buffered reader and writer object together.\n\nreader and writer are raw streams that are readable and "
        "writable; buffer_size is\n"
        "that of both buffers.",
    .text_signature = "(reader, writer, buffer_size=8192, /)",
    .base_spec = &kBufferedIoBaseType,
};

}  // namespace viperine
