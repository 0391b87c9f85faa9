// SPDX-License-Identifier: MIT
// The module _socket: registration, constants, functions about descriptors.
#include <fcntl.h>
#include <limits.h>
#include <linux/can.h>
#include <linux/can/bcm.h>
#include <linux/can/isotp.h>
#include <linux/can/j1939.h>
#include <linux/can/raw.h>
#include <linux/if_alg.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <linux/rds.h>
#include <linux/tipc.h>
#include <linux/vm_sockets.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <unistd.h>

#include "modules/socket/socket.h"
#include "runtime/import.h"

namespace viperine {

namespace {

Array* state_of(Thread& thread) {
  Module* module = native_module(thread, "_socket");
  return static_cast<Array*>(module->state_.get().as_object());
}

Result<void> close_descriptor(Thread& thread, Value fd) {
  int descriptor = TRY(to_c_int(thread, TRY(to_index(thread, fd))));
  if (without_lock(thread, [&] { return ::close(descriptor); }) < 0 && errno != ECONNRESET)
    return thread.raise_errno(errno);
  return {};
}
Result<Value> duplicate(Thread& thread, Value fd) {
  int descriptor = TRY(to_c_int(thread, TRY(to_index(thread, fd))));
  int fresh = fcntl(descriptor, F_DUPFD_CLOEXEC, 0);
  if (fresh < 0) return thread.raise_errno(errno);
  return Value::from_int(fresh);
}
Result<Value> socket_pair(Thread& thread, int family, int type, int protocol) {
  int ends[2];
  if (without_lock(thread, [&] { return socketpair(family, type | SOCK_CLOEXEC, protocol, ends); }) < 0)
    return thread.raise_errno(errno);
  auto first = adopt_descriptor(thread, ends[0], family, type, protocol);
  if (first.is_raised()) {
    ::close(ends[1]);
    return Raised{};
  }
  auto second = adopt_descriptor(thread, ends[1], family, type, protocol);
  if (second.is_raised()) return Raised{};
  return make_pair(thread, to_value(first.take()), to_value(second.take()));
}
Value get_default_timeout(Thread& thread) {
  return timeout_value(thread, socket_state(thread, SocketState::DefaultTimeout).as_int());
}
Result<void> set_default_timeout(Thread& thread, Value value) {
  set_socket_state(thread, SocketState::DefaultTimeout, Value::from_int(TRY(timeout_from(thread, value))));
  return {};
}
Result<Value> cmsg_length(Thread& thread, Index length) {
  if (length < 0 || length > INT_MAX - static_cast<int64_t>(CMSG_LEN(0)))
    return thread.raise<OverflowError>("CMSG_LEN() argument out of range");
  return Value::from_int(static_cast<int64_t>(CMSG_LEN(static_cast<size_t>(length.value))));
}
Result<Value> cmsg_space(Thread& thread, Index length) {
  if (length < 0 || length > INT_MAX - static_cast<int64_t>(CMSG_SPACE(1)))
    return thread.raise<OverflowError>("CMSG_SPACE() argument out of range");
  return Value::from_int(static_cast<int64_t>(CMSG_SPACE(static_cast<size_t>(length.value))));
}

constexpr NativeMethod kFunctions[] = {
    function<close_descriptor>("close(integer, /)"),
    function<duplicate>("dup(integer, /)"),
    function<socket_pair>("socketpair(family=1, type=1, proto=0, /)"),
    function<get_default_timeout>("getdefaulttimeout()"),
    function<set_default_timeout>("setdefaulttimeout(timeout, /)"),
    function<cmsg_length>("CMSG_LEN(length, /)"),
    function<cmsg_space>("CMSG_SPACE(length, /)"),
};

struct Constant {
  const char* name;
  int64_t value;
};
constexpr Constant kConstants[] = {
#define CONSTANT(name) {#name, static_cast<int64_t>(name)},
#define NAMED(name, value) {#name, static_cast<int64_t>(value)},
#include "modules/socket/constants.def"
#undef CONSTANT
#undef NAMED
};

Result<void> initialize(Thread& thread, Module* module) {
  Runtime& runtime = thread.runtime();
  module->state_.set(module, to_value(Array::try_make(thread.heap(), static_cast<int64_t>(SocketState::kCount))));
  auto* state = static_cast<Array*>(module->state_.get().as_object());
  auto keep = [&](SocketState which, Value value) { state->set(static_cast<int64_t>(which), value); };
  Type* type = TRY(add_type(thread, module, kSocketType));
  TRY(add_constant(thread, module, "SocketType", to_value(type)));
  keep(SocketState::Type, to_value(type));
  Type* base = runtime.exception_type<OSError>();
  TRY(add_constant(thread, module, "error", to_value(base)));
  TRY(add_constant(thread, module, "timeout", to_value(runtime.exception_type<TimeoutError>())));
  keep(SocketState::HostError, to_value(TRY(add_exception(thread, module, "socket.herror", base))));
  keep(SocketState::AddressError, to_value(TRY(add_exception(thread, module, "socket.gaierror", base))));
  keep(SocketState::DefaultTimeout, Value::from_int(-1));
  for (const NativeMethod& method : socket_lookup_functions()) TRY(add_function(thread, module, method));
  for (const Constant& constant : kConstants) TRY(add_int(thread, module, constant.name, constant.value));
  return add_constant(thread, module, "has_ipv6", Value::true_());
}

}  // namespace

Value socket_state(Thread& thread, SocketState which) { return state_of(thread)->at(static_cast<int64_t>(which)); }
void set_socket_state(Thread& thread, SocketState which, Value value) {
  state_of(thread)->set(static_cast<int64_t>(which), value);
}

extern const ModuleSpec kSocketModule = {.name = "_socket",
                                         .functions = kFunctions,
                                         .initialize = &initialize,
                                         .doc =
                                             "Implementation module for socket operations.\n\nSee the socket "
                                             "module for documentation."};

}  // namespace viperine
