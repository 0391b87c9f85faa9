// SPDX-License-Identifier: MIT
// Sending and receiving: recv, recv_into, recvfrom, send, sendall, sendto. Messages with ancillary data are in
// messages.cpp.
#include "modules/socket/socket.h"

namespace viperine {

namespace {

/// Receives up to `size` bytes; the sender's address too when `from` is there.
Result<int64_t> receive(Thread& thread, Socket* self, uint8_t* data, size_t size, int flags, Address* from) {
  return socket_call(thread, self, Direction::Reading, [&]() -> int64_t {
    if (from == nullptr) return recv(self->descriptor(), data, size, flags);
    from->length = sizeof from->storage;
    return recvfrom(self->descriptor(), data, size, flags, &from->base, &from->length);
  });
}
Result<Value> receive_bytes(Thread& thread, Socket* self, int64_t size, int flags, Address* from) {
  TransferBuffer buffer(static_cast<size_t>(size));
  if (buffer.data() == nullptr && size > 0) return thread.raise_memory_error();
  int64_t count = TRY(receive(thread, self, buffer.data(), static_cast<size_t>(size), flags, from));
  return to_value(TRY(try_make_bytes(thread, buffer.data(), count)));
}

}  // namespace

Result<void> acquire_target(Thread& thread, BufferScope& buffer, Value value, const char* text) {
  if (has_buffer(thread, value)) {
    auto done = buffer.acquire(value, true);
    if (!done.is_raised() || !thread.pending_is<BufferError>()) return done;
    thread.clear_pending();
  }
  return thread.raise<TypeError>(text, type_name_of(value));
}

Result<Value> socket_recv(Thread& thread, Socket* self, Index size, int flags) {
  if (size < 0) return thread.raise<ValueError>("negative buffersize in recv");
  return receive_bytes(thread, self, size, flags, nullptr);
}
Result<Value> socket_recvfrom(Thread& thread, Socket* self, Index size, int flags) {
  if (size < 0) return thread.raise<ValueError>("negative buffersize in recvfrom");
  Address from;
  Value data = TRY(receive_bytes(thread, self, size, flags, &from));
  return make_pair(thread, data, TRY(make_address(thread, &from.base, from.length)));
}
Result<Value> socket_recv_into(Thread& thread, Socket* self, Value target, Index size, int flags) {
  BufferScope buffer(thread);
  TRY(acquire_target(thread, buffer, target, "recv_into() argument 1 must be read-write bytes-like object, not {}"));
  if (size < 0) return thread.raise<ValueError>("negative buffersize in recv_into");
  int64_t wanted = size == 0 ? buffer.length() : size.value;
  if (wanted > buffer.length()) return thread.raise<ValueError>("buffer too small for requested bytes");
  return Value::from_int(TRY(receive(thread, self, buffer.data(), static_cast<size_t>(wanted), flags, nullptr)));
}
Result<Value> socket_recvfrom_into(Thread& thread, Socket* self, Value target, Index size, int flags) {
  BufferScope buffer(thread);
  TRY(acquire_target(thread, buffer, target,
                     "recvfrom_into() argument 1 must be read-write bytes-like object, not {}"));
  if (size < 0) return thread.raise<ValueError>("negative buffersize in recvfrom_into");
  if (size > buffer.length()) return thread.raise<ValueError>("nbytes is greater than the length of the buffer");
  int64_t wanted = size == 0 ? buffer.length() : size.value;
  Address from;
  int64_t count = TRY(receive(thread, self, buffer.data(), static_cast<size_t>(wanted), flags, &from));
  return make_pair(thread, Value::from_int(count), TRY(make_address(thread, &from.base, from.length)));
}

Result<Value> socket_send(Thread& thread, Socket* self, Value data, int flags) {
  BufferScope buffer(thread);
  TRY(buffer.acquire(data));
  return Value::from_int(TRY(socket_call(thread, self, Direction::Writing, [&]() -> int64_t {
    return send(self->descriptor(), buffer.data(), static_cast<size_t>(buffer.length()), flags);
  })));
}
Result<void> socket_sendall(Thread& thread, Socket* self, Value data, int flags) {
  BufferScope buffer(thread);
  TRY(buffer.acquire(data));
  int64_t sent = 0, length = buffer.length();
  int64_t deadline = self->timeout_ > 0 ? monotonic_nanoseconds() + self->timeout_ : 0;
  do {
    int64_t left = self->timeout_;
    if (left > 0) {
      left = deadline - monotonic_nanoseconds();
      if (left <= 0) return thread.raise<TimeoutError>("timed out");
    }
    sent += TRY(socket_call(thread, self, Direction::Writing, left, [&]() -> int64_t {
      return send(self->descriptor(), buffer.data() + sent, static_cast<size_t>(length - sent), flags);
    }));
    TRY(handle_signals(thread));
  } while (sent < length);
  return {};
}
Result<Value> socket_sendto(Thread& thread, Socket* self, Rest arguments) {
  if (arguments.count != 2 && arguments.count != 3)
    return thread.raise<TypeError>("sendto() takes 2 or 3 arguments ({} given)", arguments.count);
  int flags = 0;
  BufferScope buffer(thread);
  TRY(buffer.acquire(arguments[0]));
  if (arguments.count == 3) flags = TRY(to_c_int(thread, TRY(to_index(thread, arguments[1]))));
  Address address;
  TRY(parse_address(thread, self, arguments[arguments.count - 1], "sendto", address));
  TRY(audit(thread, "socket.sendto", to_value(self), arguments[arguments.count - 1]));
  return Value::from_int(TRY(socket_call(thread, self, Direction::Writing, [&]() -> int64_t {
    return sendto(self->descriptor(), buffer.data(), static_cast<size_t>(buffer.length()), flags, &address.base,
                  address.length);
  })));
}

}  // namespace viperine
