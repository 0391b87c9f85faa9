// SPDX-License-Identifier: MIT
// The type _socket.socket: making, connecting, accepting, options, closing. Data transfer is in transfer.cpp.
#include <poll.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include <cmath>
#include <cstdlib>

#include "modules/socket/socket.h"
#include "runtime/import.h"
#include "runtime/poll.h"

namespace viperine {

void Socket::release(HeapObject* object) {
  auto* self = static_cast<Socket*>(object);
  if (self->descriptor_ >= 0) ::close(self->descriptor());
  self->descriptor_ = -1;
}

TransferBuffer::TransferBuffer(size_t size)
    : data_(size <= kInline ? inline_ : static_cast<uint8_t*>(std::malloc(size))) {}
TransferBuffer::~TransferBuffer() {
  if (data_ != inline_) std::free(data_);
}

int64_t monotonic_nanoseconds() {
  timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<int64_t>(now.tv_sec) * 1000000000 + now.tv_nsec;
}

Result<int64_t> timeout_from(Thread& thread, Value value) {
  if (value.is_none()) return -1;
  double seconds;
  if (is_float(value)) {
    seconds = TRY(to_double(thread, value));
    if (std::isnan(seconds)) return thread.raise<ValueError>("Invalid value NaN (not a number)");
  } else {
    int64_t whole = 0;
    if (!int_fits_int64(TRY(to_index(thread, value)), &whole))
      return thread.raise<OverflowError>("timestamp too large to convert to C _PyTime_t");
    seconds = static_cast<double>(whole);
  }
  double nanoseconds = std::ceil(seconds * 1e9);
  if (nanoseconds >= 9223372036854775808.0 || nanoseconds < -9223372036854775808.0)
    return thread.raise<OverflowError>("timestamp too large to convert to C _PyTime_t");
  if (nanoseconds < 0) return thread.raise<ValueError>("Timeout value out of range");
  if (nanoseconds / 1e6 > INT32_MAX) return thread.raise<OverflowError>("timeout doesn't fit into C timeval");
  return static_cast<int64_t>(nanoseconds);
}

Value timeout_value(Thread& thread, int64_t timeout) {
  return timeout < 0 ? Value::none() : make_float(thread.heap(), static_cast<double>(timeout) / 1e9);
}

Result<void> set_blocking(Thread& thread, int descriptor, bool blocking) {
  unsigned flag = !blocking;
  if (ioctl(descriptor, FIONBIO, &flag) < 0) return thread.raise_errno(errno);
  return {};
}

int wait_ready(Thread& thread, int descriptor, bool writing, bool connecting, int64_t timeout) {
  if (descriptor < 0) return 1;  // closed meanwhile: the call itself says so
  pollfd entry = {descriptor, static_cast<short>(writing ? POLLOUT : POLLIN), 0};
  if (connecting) entry.events |= POLLERR;
  int64_t milliseconds = timeout < 0 ? -1 : (timeout + 999999) / 1000000;
  return without_lock(thread, [&] { return poll(&entry, 1, static_cast<int>(milliseconds)); });
}

namespace {

Result<void> adopt(Thread& thread, Socket* self, int descriptor, int family, int type, int protocol) {
  self->descriptor_ = descriptor;
  self->family_ = family;
  self->type_ = type & ~(SOCK_NONBLOCK | SOCK_CLOEXEC);
  self->protocol_ = protocol;
  if (type & SOCK_NONBLOCK) {
    self->timeout_ = 0;
    return {};
  }
  self->timeout_ = socket_state(thread, SocketState::DefaultTimeout).as_int();
  if (self->timeout_ >= 0) TRY(set_blocking(thread, descriptor, false));
  return {};
}

Result<Value> socket_new(Thread& thread, Type* type, const Arguments&) {
  auto* self = make_instance<Socket>(thread, type);
  self->descriptor_ = -1;
  self->timeout_ = -1;
  return to_value(self);
}

/// A descriptor that the caller has: what is not given is asked of the system.
Result<void> take_descriptor(Thread& thread, Socket* self, Value fileno, int family, int type, int protocol) {
  if (is_float(fileno)) return thread.raise<TypeError>("integer argument expected, got float");
  int descriptor = TRY(to_c_int(thread, fileno));
  if (descriptor < 0) return thread.raise<ValueError>("negative file descriptor");
  Address address;
  socklen_t length = sizeof address.storage;
  if (getsockname(descriptor, &address.base, &length) < 0) {
    if (family == -1 || errno == EBADF || errno == ENOTSOCK) return thread.raise_errno(errno);
  } else if (family == -1) {
    family = address.base.sa_family;
  }
  auto ask = [&](int option, int* answer) -> Result<void> {
    if (*answer != -1) return {};
    socklen_t size = sizeof *answer;
    if (getsockopt(descriptor, SOL_SOCKET, option, answer, &size) < 0) return thread.raise_errno(errno);
    return {};
  };
  TRY(ask(SO_TYPE, &type));
  TRY(ask(SO_PROTOCOL, &protocol));
  return adopt(thread, self, descriptor, family, type, protocol);
}

Result<void> socket_init(Thread& thread, Value self_value, const Arguments& arguments) {
  static constexpr NativeMethod kSignature =
      binding_detail::parse("socket(family=-1, type=-1, proto=-1, fileno=None)", 0, true, nullptr);
  BoundArguments bound;
  TRY(bind_arguments(thread, kSignature, arguments, bound));
  int numbers[3];
  for (int i = 0; i < 3; ++i) numbers[i] = TRY(to_c_int(thread, bound.values[i]));
  auto [family, type, protocol] = numbers;
  auto* self = cast<Socket>(self_value);
  bool is_new = bound.values[3].is_none();
  TRY(audit(thread, "socket.__new__", self_value, Value::from_int(is_new && family == -1 ? AF_INET : family),
            Value::from_int(is_new && type == -1 ? SOCK_STREAM : type),
            Value::from_int(is_new && protocol == -1 ? 0 : protocol)));
  if (!is_new) return take_descriptor(thread, self, bound.values[3], family, type, protocol);
  if (family == -1) family = AF_INET;
  if (type == -1) type = SOCK_STREAM;
  if (protocol == -1) protocol = 0;
  int descriptor = without_lock(thread, [&] { return socket(family, type | SOCK_CLOEXEC, protocol); });
  if (descriptor < 0) return thread.raise_errno(errno);
  return adopt(thread, self, descriptor, family, type, protocol);
}

Result<Value> socket_repr(Thread& thread, Value value) {
  auto* self = cast<Socket>(value);
  return to_value(format_text(thread, "<socket object, fd={}, family={}, type={}, proto={}>", self->descriptor_,
                              self->family_, self->type_, self->protocol_));
}

/// A socket that nobody closed.
Result<Value> socket_finalize(Thread& thread, Value value) {
  auto* self = cast<Socket>(value);
  if (self->descriptor_ < 0) return Value::none();
  auto warned = [&]() -> Result<void> {
    Value warn = TRY(get_attribute(thread, TRY(import_module(thread, "_warnings")), "warn"));
    Value text = to_value(format_text(thread, "unclosed {}", TRY(repr(thread, value))));
    Value values[] = {text, to_value(thread.runtime().exception_type<ResourceWarning>()), Value::from_int(1), value};
    TRY(call(thread, warn, Arguments{values, 4, nullptr}));
    return {};
  }();
  if (warned.is_raised()) report_unraisable(thread, value);
  int descriptor = self->descriptor();
  self->descriptor_ = -1;
  if (descriptor >= 0) without_lock(thread, [&] { return ::close(descriptor); });
  return Value::none();
}

// --- connecting

/// Error number of a connection that was begun, when it has come about.
Result<int> finish_connect(Thread& thread, Socket* self) {
  int64_t deadline = self->timeout_ > 0 ? monotonic_nanoseconds() + self->timeout_ : 0;
  for (;;) {
    int64_t left = self->timeout_ > 0 ? deadline - monotonic_nanoseconds() : -1;
    int ready = self->timeout_ > 0 && left < 0 ? 0 : wait_ready(thread, self->descriptor(), true, true, left);
    if (ready == 0) return EWOULDBLOCK;
    if (ready < 0) {
      if (errno != EINTR) return errno;
      TRY(handle_signals(thread));
      continue;
    }
    int error = 0;
    socklen_t size = sizeof error;
    if (getsockopt(self->descriptor(), SOL_SOCKET, SO_ERROR, &error, &size) < 0) return errno;
    return error == EISCONN ? 0 : error;
  }
}
/// 0 or the error number; `timed_out` when it is the timeout's.
Result<int> connect_to(Thread& thread, Socket* self, const Address& address, bool* timed_out) {
  int descriptor = self->descriptor();
  int result = without_lock(thread, [&] { return connect(descriptor, &address.base, address.length); });
  if (result == 0) return 0;
  int error = errno;
  bool waits = self->timeout_ > 0 && error == EINPROGRESS;
  if (error == EINTR) {
    TRY(handle_signals(thread));
    waits = self->timeout_ != 0;  // the connection goes on in the background
  }
  if (!waits) return error;
  error = TRY(finish_connect(thread, self));
  *timed_out = error == EWOULDBLOCK;
  return error;
}
Result<void> socket_connect(Thread& thread, Socket* self, Value value) {
  Address address;
  TRY(parse_address(thread, self, value, "connect", address));
  TRY(audit(thread, "socket.connect", to_value(self), value));
  bool timed_out = false;
  int error = TRY(connect_to(thread, self, address, &timed_out));
  if (timed_out) return thread.raise<TimeoutError>("timed out");
  if (error != 0) return thread.raise_errno(error);
  return {};
}
Result<Value> socket_connect_ex(Thread& thread, Socket* self, Value value) {
  Address address;
  TRY(parse_address(thread, self, value, "connect_ex", address));
  TRY(audit(thread, "socket.connect", to_value(self), value));
  bool timed_out = false;
  return Value::from_int(TRY(connect_to(thread, self, address, &timed_out)));
}
Result<void> socket_bind(Thread& thread, Socket* self, Value value) {
  Address address;
  TRY(parse_address(thread, self, value, "bind", address));
  TRY(audit(thread, "socket.bind", to_value(self), value));
  int descriptor = self->descriptor();
  if (without_lock(thread, [&] { return bind(descriptor, &address.base, address.length); }) < 0)
    return thread.raise_errno(errno);
  return {};
}
Result<void> socket_listen(Thread& thread, Socket* self, int backlog) {
  int descriptor = self->descriptor();
  if (without_lock(thread, [&] { return listen(descriptor, backlog < 0 ? 0 : backlog); }) < 0)
    return thread.raise_errno(errno);
  return {};
}
Result<Value> socket_accept(Thread& thread, Socket* self) {
  Address address;
  int64_t fresh = TRY(socket_call(thread, self, Direction::Reading, [&] {
    address.length = sizeof address.storage;
    return accept4(self->descriptor(), &address.base, &address.length, SOCK_CLOEXEC);
  }));
  auto shown = make_address(thread, &address.base, address.length);
  if (shown.is_raised()) {
    ::close(static_cast<int>(fresh));
    return Raised{};
  }
  return make_pair(thread, Value::from_int(fresh), shown.take());
}

// --- state

Result<void> socket_close(Thread& thread, Socket* self) {
  int descriptor = self->descriptor();
  if (descriptor < 0) return {};
  self->descriptor_ = -1;
  if (without_lock(thread, [&] { return ::close(descriptor); }) < 0 && errno != ECONNRESET)
    return thread.raise_errno(errno);
  return {};
}
Value socket_detach(Thread&, Socket* self) {
  int64_t descriptor = self->descriptor_;
  self->descriptor_ = -1;
  return Value::from_int(descriptor);
}
Value socket_fileno(Thread&, Socket* self) { return Value::from_int(self->descriptor_); }
Result<void> socket_shutdown(Thread& thread, Socket* self, int how) {
  int descriptor = self->descriptor();
  if (without_lock(thread, [&] { return shutdown(descriptor, how); }) < 0) return thread.raise_errno(errno);
  return {};
}
Result<Value> own_name(Thread& thread, Socket* self, int (*ask)(int, sockaddr*, socklen_t*)) {
  Address address;
  address.length = sizeof address.storage;
  int descriptor = self->descriptor();
  if (without_lock(thread, [&] { return ask(descriptor, &address.base, &address.length); }) < 0)
    return thread.raise_errno(errno);
  return make_address(thread, &address.base, address.length);
}
Result<Value> socket_getsockname(Thread& thread, Socket* self) {
  return own_name(thread, self, [](int d, sockaddr* a, socklen_t* n) { return getsockname(d, a, n); });
}
Result<Value> socket_getpeername(Thread& thread, Socket* self) {
  return own_name(thread, self, [](int d, sockaddr* a, socklen_t* n) { return getpeername(d, a, n); });
}

Result<void> socket_setblocking(Thread& thread, Socket* self, bool flag) {
  self->timeout_ = flag ? -1 : 0;
  return set_blocking(thread, self->descriptor(), flag);
}
Result<bool> socket_getblocking(Thread&, Socket* self) { return self->timeout_ != 0; }
Result<void> socket_settimeout(Thread& thread, Socket* self, Value value) {
  int64_t timeout = TRY(timeout_from(thread, value));
  self->timeout_ = timeout;
  return set_blocking(thread, self->descriptor(), timeout < 0);
}
Value socket_gettimeout(Thread& thread, Socket* self) { return timeout_value(thread, self->timeout_); }

// --- options

Result<void> socket_setsockopt(Thread& thread, Socket* self, int level, int option, Value value,
                               Optional<Value> size_value) {
  int result;
  if (self->family_ == AF_VSOCK && is_integer(value)) {
    uint64_t number = TRY(to_c_uint64(thread, value));
    result = setsockopt(self->descriptor(), level, option, &number, sizeof number);
  } else if (size_value) {
    if (!value.is_none()) {
      return thread.raise<TypeError>("setsockopt() argument 3 must be None, not {}", type_name_of(value));
    }
    int64_t size = TRY(to_c_int64(thread, *size_value));
    result = setsockopt(self->descriptor(), level, option, nullptr, static_cast<socklen_t>(size));
  } else {
    bool done = false;
    if (is_integer(value) || type_of(thread, value)->slots().to_index != nullptr) {
      auto number = to_c_int(thread, value);
      if (number.is_raised()) {
        thread.clear_pending();
      } else {
        int flag = number.take();
        result = setsockopt(self->descriptor(), level, option, &flag, sizeof flag);
        done = true;
      }
    }
    if (!done) {
      BufferScope buffer(thread);
      TRY(buffer.acquire(value));
      result = setsockopt(self->descriptor(), level, option, buffer.data(), static_cast<socklen_t>(buffer.length()));
    }
  }
  if (result < 0) return thread.raise_errno(errno);
  return {};
}
Result<Value> socket_getsockopt(Thread& thread, Socket* self, int level, int option, int size) {
  if (size == 0 && self->family_ == AF_VSOCK) {
    uint64_t number = 0;
    socklen_t length = sizeof number;
    if (getsockopt(self->descriptor(), level, option, &number, &length) < 0) return thread.raise_errno(errno);
    return make_unsigned(thread.heap(), number);
  }
  if (size == 0) {
    int flag = 0;
    socklen_t length = sizeof flag;
    if (getsockopt(self->descriptor(), level, option, &flag, &length) < 0) return thread.raise_errno(errno);
    return Value::from_int(flag);
  }
  if (size < 0 || size > 1024) return raise_os_error(thread, "getsockopt buflen out of range");
  char data[1024];
  auto length = static_cast<socklen_t>(size);
  if (getsockopt(self->descriptor(), level, option, data, &length) < 0) return thread.raise_errno(errno);
  return to_value(make_bytes(thread, {data, length}));
}

Value socket_family(Thread&, Socket* self) { return Value::from_int(self->family_); }
Value socket_type(Thread&, Socket* self) { return Value::from_int(self->type_); }
Value socket_protocol(Thread&, Socket* self) { return Value::from_int(self->protocol_); }

constexpr NativeMethod kMethods[] = {
    method<socket_accept>("_accept($self, /)",
                          "_accept() -> (integer, address info)\n\nWait for an incoming connection.  Return a new "
                          "socket file descriptor\nrepresenting the connection, and the address of the client."),
    method<socket_bind>("bind($self, address, /)"),
    method<socket_close>("close($self, /)"),
    method<socket_connect>("connect($self, address, /)"),
    method<socket_connect_ex>("connect_ex($self, address, /)"),
    method<socket_detach>("detach($self, /)"),
    method<socket_fileno>("fileno($self, /)"),
    method<socket_getpeername>("getpeername($self, /)"),
    method<socket_getsockname>("getsockname($self, /)"),
    method<socket_getsockopt>("getsockopt($self, level, option, buffersize=0, /)"),
    method<socket_listen>("listen($self, backlog=128, /)"),
    method<socket_setblocking>("setblocking($self, flag, /)"),
    method<socket_getblocking>("getblocking($self, /)"),
    method<socket_settimeout>("settimeout($self, timeout, /)"),
    method<socket_gettimeout>("gettimeout($self, /)"),
    method<socket_setsockopt>("setsockopt($self, level, option, value, optlen=<unrepresentable>, /)"),
    method<socket_shutdown>("shutdown($self, flag, /)"),
    method<socket_recv>("recv($self, buffersize, flags=0, /)"),
    method<socket_recv_into>("recv_into($self, buffer, nbytes=0, flags=0)"),
    method<socket_recvfrom>("recvfrom($self, buffersize, flags=0, /)"),
    method<socket_recvfrom_into>("recvfrom_into($self, buffer, nbytes=0, flags=0)"),
    method<socket_recvmsg>("recvmsg($self, bufsize, ancbufsize=0, flags=0, /)"),
    method<socket_recvmsg_into>("recvmsg_into($self, buffers, ancbufsize=0, flags=0, /)"),
    method<socket_send>("send($self, data, flags=0, /)"),
    method<socket_sendall>("sendall($self, data, flags=0, /)"),
    method<socket_sendto>("sendto($self, /, *args)"),
    method<socket_sendmsg>("sendmsg($self, buffers, ancdata=<unrepresentable>, flags=0, address=None, /)"),
};
constexpr NativeAttribute kAttributes[] = {attribute<socket_family>("family", "the socket family"),
                                           attribute<socket_type>("type", "the socket type"),
                                           attribute<socket_protocol>("proto", "the socket protocol"),
                                           attribute<socket_gettimeout>("timeout", "the socket timeout")};

}  // namespace

Result<Socket*> adopt_descriptor(Thread& thread, int descriptor, int family, int type, int protocol) {
  auto* made = cast<Type>(socket_state(thread, SocketState::Type));
  auto* self = cast<Socket>(TRY(socket_new(thread, made, Arguments{})));
  TRY(adopt(thread, self, descriptor, family, type, protocol));
  return self;
}

extern const TypeSpec kSocketType = {
    .name = "_socket.socket",
    .kind = Kind::Socket,
    .flags = kTypeBase | kTypeHasFinalizer,
    .layout = [] { return layout_of<Socket>("socket"); },
    .slots = {.repr = &socket_repr, .new_ = &socket_new, .init = &socket_init, .finalize = &socket_finalize},
    .methods = kMethods,
    .attributes = kAttributes,
    .doc =
        "socket(family=AF_INET, type=SOCK_STREAM, proto=0) -> socket object\n"
        "socket(family=-1, type=-1, proto=-1, fileno=None) -> socket object\n\n"
        "Open a socket of the given type.  The family argument specifies the\n"
        "address family; it defaults to AF_INET.  The type argument specifies\n"
        "whether this is a stream (SOCK_STREAM, this is the default)\n"
        "or datagram (SOCK_DGRAM) socket."};

}  // namespace viperine
