// SPDX-License-Identifier: MIT
// What the files of the module _socket share: the object, addresses, errors, the loop around calls that may block.
// Invariant: timeout_ is -1 (blocking), 0 (non-blocking) or positive nanoseconds; the descriptor has O_NONBLOCK unless
// it is -1.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>

#include <cerrno>
#include <string>

#include "modules/posix/descriptors.h"
#include "runtime/attributes.h"
#include "runtime/audit.h"
#include "runtime/binding.h"
#include "runtime/buffers.h"
#include "runtime/containers.h"
#include "runtime/lock.h"

namespace viperine {

class Socket final : public HeapObject {
 public:
  static constexpr Kind kKind = Kind::Socket;
  int descriptor() const { return static_cast<int>(descriptor_); }
  int64_t descriptor_;     // -1 when closed
  int32_t family_, type_;  // type_ without SOCK_NONBLOCK and SOCK_CLOEXEC
  int32_t protocol_, padding_;
  int64_t timeout_;
  static void release(HeapObject* object);
  LAYOUT(Socket, HeapObject, descriptor_, family_, type_, protocol_, padding_, timeout_);
};
extern const TypeSpec kSocketType;

/// What the module keeps, by index in its state.
enum class SocketState { Type, HostError, AddressError, DefaultTimeout, kCount };
Value socket_state(Thread& thread, SocketState which);
void set_socket_state(Thread& thread, SocketState which, Value value);

/// Room for the address of any family.
struct Address {
  union {
    sockaddr base;
    sockaddr_in inet;
    sockaddr_in6 inet6;
    sockaddr_un local;
    sockaddr_storage storage;
  };
  socklen_t length = 0;
  Address() : storage() {}
};
/// The C address of what Python gives to `method` ("bind"); errors as CPython words them.
Result<void> parse_address(Thread& thread, const Socket* self, Value value, const char* method, Address& out);
/// What Python sees of an address; None when it is empty.
Result<Value> make_address(Thread& thread, const sockaddr* address, socklen_t length);
/// Fills family and number of a host given by name or number; "" is any, "<broadcast>" all.
Result<void> resolve_host(Thread& thread, const std::string& name, int family, Address& out);
/// A host name argument: str (IDNA), bytes or bytearray, without NULs.
Result<std::string> host_argument(Thread& thread, Value value);
Value text_from_c(Thread& thread, const char* text);

/// gaierror(code, text), or OSError for EAI_SYSTEM.
Raised raise_address_error(Thread& thread, int code);
Raised raise_host_error(Thread& thread, int code);
/// OSError(text), without number.
Raised raise_os_error(Thread& thread, const char* text);

int64_t monotonic_nanoseconds();
/// None is -1; ValueError and OverflowError of settimeout.
Result<int64_t> timeout_from(Thread& thread, Value value);
Value timeout_value(Thread& thread, int64_t timeout);
Result<void> set_blocking(Thread& thread, int descriptor, bool blocking);
/// A socket object for a descriptor that exists; the default timeout is applied.
Result<Socket*> adopt_descriptor(Thread& thread, int descriptor, int family, int type, int protocol);

// --- methods of the type in transfer.cpp and messages.cpp
Result<Value> socket_recv(Thread& thread, Socket* self, Index size, int flags);
Result<Value> socket_recv_into(Thread& thread, Socket* self, Value buffer, Index size, int flags);
Result<Value> socket_recvfrom(Thread& thread, Socket* self, Index size, int flags);
Result<Value> socket_recvfrom_into(Thread& thread, Socket* self, Value buffer, Index size, int flags);
Result<Value> socket_send(Thread& thread, Socket* self, Value data, int flags);
Result<void> socket_sendall(Thread& thread, Socket* self, Value data, int flags);
Result<Value> socket_sendto(Thread& thread, Socket* self, Rest arguments);
Result<Value> socket_recvmsg(Thread& thread, Socket* self, Index size, Index ancillary_size, int flags);
Result<Value> socket_recvmsg_into(Thread& thread, Socket* self, Value buffers, Index ancillary_size, int flags);
Result<Value> socket_sendmsg(Thread& thread, Socket* self, Value buffers, Optional<Value> ancillary, int flags,
                             Value address);

std::span<const NativeMethod> socket_lookup_functions();

/// Waits until the socket is ready: 1, 0 after the timeout (-1: no limit), -1 with errno. Without the lock.
int wait_ready(Thread& thread, int descriptor, bool writing, bool connecting, int64_t timeout);

enum class Direction { Reading, Writing };

/// Repeats a non-blocking or blocking call as the timeout of the socket asks, over signals too (PEP 475).
/// `call_` runs without the lock; -1 and errno is failure.
template <typename Call>
Result<int64_t> socket_call(Thread& thread, const Socket* self, Direction direction, int64_t timeout, Call call_) {
  int64_t deadline = timeout > 0 ? monotonic_nanoseconds() + timeout : 0;
  for (;;) {
    if (timeout > 0) {
      int64_t left = deadline - monotonic_nanoseconds();
      int ready = left < 0 ? 0 : wait_ready(thread, self->descriptor(), direction == Direction::Writing, false, left);
      if (ready < 0) {
        if (errno != EINTR) return thread.raise_errno(errno);
        TRY(handle_signals(thread));
        continue;
      }
      if (ready == 0) return thread.raise<TimeoutError>("timed out");
    }
    int64_t result;
    for (;;) {
      result = without_lock(thread, call_);
      if (result >= 0) return result;
      if (errno != EINTR) break;
      TRY(handle_signals(thread));
    }
    if (timeout > 0 && (errno == EWOULDBLOCK || errno == EAGAIN)) continue;
    return thread.raise_errno(errno);
  }
}
template <typename Call>
Result<int64_t> socket_call(Thread& thread, const Socket* self, Direction direction, Call call_) {
  return socket_call(thread, self, direction, self->timeout_, call_);
}

/// A writable buffer; TypeError with the text (type name for {}) when it is none.
Result<void> acquire_target(Thread& thread, BufferScope& buffer, Value value, const char* text);

/// Bytes outside the heap for a transfer: small ones on the native stack.
class TransferBuffer {
 public:
  explicit TransferBuffer(size_t size);
  ~TransferBuffer();
  TransferBuffer(const TransferBuffer&) = delete;
  uint8_t* data() { return data_; }  // null without memory

 private:
  static constexpr size_t kInline = 4096;
  uint8_t inline_[kInline];
  uint8_t* data_;
};

}  // namespace viperine
