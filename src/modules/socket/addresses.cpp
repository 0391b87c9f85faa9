// SPDX-License-Identifier: MIT
// Addresses between Python and C, for AF_INET, AF_INET6, AF_UNIX, AF_NETLINK, AF_PACKET, AF_VSOCK; others are shown as
// (family, bytes). Names are resolved here when an address holds one.
#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <linux/netlink.h>
#include <linux/vm_sockets.h>
#include <net/if.h>
#include <netdb.h>
#include <sys/ioctl.h>
#include <sys/un.h>

#include <cstddef>
#include <cstring>

#include "modules/socket/socket.h"
#include "runtime/codecs.h"

namespace viperine {

Value text_from_c(Thread& thread, const char* text) { return to_value(decode_filesystem(thread, text)); }

Result<std::string> host_argument(Thread& thread, Value value) {
  std::string host;
  if (is<Bytes>(value)) {
    host = cast<Bytes>(value)->view();
  } else if (is<ByteArray>(value)) {
    auto* array = cast<ByteArray>(value);
    if (array->length() > 0) host.assign(reinterpret_cast<const char*>(array->data()), array->span().size());
  } else if (Str* text = try_str(thread, value)) {
    if (text->is_ascii()) {
      host = text->ascii();
    } else {
      Value encoded = TRY(encode_text(thread, text, intern(thread, "idna"), thread.runtime().empty_str()));
      host = cast<Bytes>(encoded)->view();
    }
  } else {
    return thread.raise<TypeError>("str, bytes or bytearray expected, not {}", type_name_of(value));
  }
  if (host.find('\0') != std::string::npos) return thread.raise<TypeError>("host name must not contain null character");
  return host;
}

namespace {

/// The one address that getaddrinfo gives for a host of the family.
Result<void> resolve_with_library(Thread& thread, const char* name, const char* service, int family, int flags,
                                  Address& out) {
  addrinfo hints = {};
  hints.ai_family = family;
  hints.ai_socktype = name == nullptr ? SOCK_DGRAM : 0;
  hints.ai_flags = flags;
  addrinfo* found = nullptr;
  int status = without_lock(thread, [&] { return getaddrinfo(name, service, &hints, &found); });
  if (status != 0) return raise_address_error(thread, status);
  if (name == nullptr && found->ai_next != nullptr) {
    freeaddrinfo(found);
    return raise_os_error(thread, "wildcard resolved to multiple address");
  }
  std::memcpy(&out.storage, found->ai_addr,
              found->ai_addrlen < sizeof out.storage ? found->ai_addrlen : sizeof out.storage);
  out.length = found->ai_addrlen;
  freeaddrinfo(found);
  return {};
}

}  // namespace

Result<void> resolve_host(Thread& thread, const std::string& name, int family, Address& out) {
  out.storage = {};
  if (name.empty()) return resolve_with_library(thread, nullptr, "0", family, AI_PASSIVE, out);
  if (name == "255.255.255.255" || name == "<broadcast>") {
    if (family != AF_INET && family != AF_UNSPEC) return raise_os_error(thread, "address family mismatched");
    out.inet.sin_family = AF_INET;
    out.inet.sin_addr.s_addr = INADDR_BROADCAST;
    out.length = sizeof out.inet;
    return {};
  }
  if ((family == AF_UNSPEC || family == AF_INET) && inet_pton(AF_INET, name.c_str(), &out.inet.sin_addr) > 0) {
    out.inet.sin_family = AF_INET;
    out.length = sizeof out.inet;
    return {};
  }
  if ((family == AF_UNSPEC || family == AF_INET6) && name.find('%') == std::string::npos &&
      inet_pton(AF_INET6, name.c_str(), &out.inet6.sin6_addr) > 0) {
    out.inet6.sin6_family = AF_INET6;
    out.length = sizeof out.inet6;
    return {};
  }
  out.storage = {};
  return resolve_with_library(thread, name.c_str(), nullptr, family, 0, out);
}

namespace {

struct AddressReader {
  Thread& thread;
  const char* method;  // for error texts
  Address& out;

  /// The tuple itself, with a length in the range.
  Result<Tuple*> tuple(Value value, const char* family, int64_t least, int64_t most, const char* shape) {
    if (!is<Tuple>(value))
      return thread.raise<TypeError>("{}(): {} address must be tuple, not {}", method, family, type_name_of(value));
    auto* result = cast<Tuple>(value);
    if (result->length() < least || result->length() > most)
      return thread.raise<TypeError>("{} address must be {}", family, shape);
    return result;
  }
  /// Like CPython's "i" in an argument list: floats are refused, __index__ is used.
  Result<int> c_int(Value value) {
    if (is_float(value)) return thread.raise<TypeError>("'float' object cannot be interpreted as an integer");
    return to_c_int(thread, value);
  }
  Result<uint32_t> c_unsigned(Value value) {
    int64_t number = 0;
    Value index = TRY(to_index(thread, value));
    if (!int_fits_int64(index, &number)) {
      uint64_t big = TRY(to_c_uint64(thread, index));
      return static_cast<uint32_t>(big);
    }
    return static_cast<uint32_t>(number);
  }
  Result<uint16_t> port(Value value) {
    auto number = c_int(value);
    if (number.is_raised()) {
      if (!thread.pending_is<OverflowError>()) return Raised{};
      thread.clear_pending();
    } else if (number.take() >= 0 && number.take() <= 0xFFFF) {
      return static_cast<uint16_t>(number.take());
    }
    return thread.raise<OverflowError>("{}(): port must be 0-65535.", method);
  }

  Result<void> inet(Value value) {
    Tuple* parts = TRY(tuple(value, "AF_INET", 2, 2, "a pair (host, port)"));
    std::string host = TRY(host_argument(thread, parts->at(0)));
    uint16_t number = TRY(port(parts->at(1)));
    TRY(resolve_host(thread, host, AF_INET, out));
    out.inet.sin_family = AF_INET;
    out.inet.sin_port = htons(number);
    out.length = sizeof out.inet;
    return {};
  }
  Result<void> inet6(Value value) {
    Tuple* parts = TRY(tuple(value, "AF_INET6", 2, 4, "a tuple (host, port[, flowinfo[, scopeid]])"));
    std::string host = TRY(host_argument(thread, parts->at(0)));
    uint16_t number = TRY(port(parts->at(1)));
    uint32_t flow = parts->length() > 2 ? TRY(c_unsigned(parts->at(2))) : 0;
    uint32_t scope = parts->length() > 3 ? TRY(c_unsigned(parts->at(3))) : 0;
    if (flow > 0xFFFFF) return thread.raise<OverflowError>("{}(): flowinfo must be 0-1048575.", method);
    TRY(resolve_host(thread, host, AF_INET6, out));
    out.inet6.sin6_family = AF_INET6;
    out.inet6.sin6_port = htons(number);
    out.inet6.sin6_flowinfo = htonl(flow);
    if (parts->length() > 3 || host.find('%') == std::string::npos) out.inet6.sin6_scope_id = scope;
    out.length = sizeof out.inet6;
    return {};
  }
  Result<void> local(Value value) {
    std::string path;
    if (Str* text = try_str(thread, value)) {
      path = TRY(encode_filesystem(thread, text))->view();
    } else {
      BufferScope buffer(thread);
      TRY(buffer.acquire(value));
      path = buffer.text();
    }
    bool is_abstract = path.empty() || path[0] == 0;  // Linux: a name outside the file system, without a final NUL
    if (path.size() + (is_abstract ? 0 : 1) > sizeof out.local.sun_path)
      return raise_os_error(thread, "AF_UNIX path too long");
    out.local.sun_family = AF_UNIX;
    std::memcpy(out.local.sun_path, path.data(), path.size());
    if (!is_abstract) out.local.sun_path[path.size()] = 0;
    out.length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size() + (is_abstract ? 0 : 1));
    return {};
  }
  Result<void> netlink(Value value) {
    Tuple* parts = TRY(tuple(value, "AF_NETLINK", 2, 2, "a pair (pid, groups)"));
    auto* address = reinterpret_cast<sockaddr_nl*>(&out.storage);
    address->nl_family = AF_NETLINK;
    address->nl_pid = TRY(c_unsigned(parts->at(0)));
    address->nl_groups = TRY(c_unsigned(parts->at(1)));
    out.length = sizeof *address;
    return {};
  }
  Result<void> vsock(Value value) {
    if (!is<Tuple>(value))
      return thread.raise<TypeError>("getsockaddrarg: AF_VSOCK address must be tuple, not {}", type_name_of(value));
    Tuple* parts = TRY(tuple(value, "AF_VSOCK", 2, 2, "a pair (CID, port)"));
    auto* address = reinterpret_cast<sockaddr_vm*>(&out.storage);
    address->svm_family = AF_VSOCK;
    address->svm_cid = TRY(c_unsigned(parts->at(0)));
    address->svm_port = TRY(c_unsigned(parts->at(1)));
    out.length = sizeof *address;
    return {};
  }
  Result<void> packet(int descriptor, Value value) {
    Tuple* parts = TRY(tuple(value, "AF_PACKET", 2, 5, "a tuple of two to five elements"));
    Str* name = try_str(thread, parts->at(0));
    if (name == nullptr) return thread.raise<TypeError>("argument 1 must be str, not {}", type_name_of(parts->at(0)));
    std::string_view interface = TRY(encode_utf8(thread, name))->view();
    int protocol = TRY(c_int(parts->at(1)));
    int packet_type = parts->length() > 2 ? TRY(c_int(parts->at(2))) : 0;
    int hardware_type = parts->length() > 3 ? TRY(c_int(parts->at(3))) : 0;
    std::string hardware;
    if (parts->length() > 4) {
      BufferScope buffer(thread);
      TRY(buffer.acquire(parts->at(4)));
      hardware = buffer.text();
    }
    if (hardware.size() > 8) return thread.raise<ValueError>("Hardware address must be 8 bytes or less");
    if (protocol < 0 || protocol > 0xFFFF) return thread.raise<OverflowError>("{}(): proto must be 0-65535.", method);
    ifreq request = {};
    std::memcpy(request.ifr_name, interface.data(),
                interface.size() < sizeof request.ifr_name ? interface.size() : sizeof request.ifr_name - 1);
    if (ioctl(descriptor, SIOCGIFINDEX, &request) < 0) return thread.raise_errno(errno);
    auto* address = reinterpret_cast<sockaddr_ll*>(&out.storage);
    address->sll_family = AF_PACKET;
    address->sll_protocol = htons(static_cast<uint16_t>(protocol));
    address->sll_ifindex = request.ifr_ifindex;
    address->sll_pkttype = static_cast<unsigned char>(packet_type);
    address->sll_hatype = static_cast<unsigned short>(hardware_type);
    address->sll_halen = static_cast<unsigned char>(hardware.size());
    std::memcpy(address->sll_addr, hardware.data(), hardware.size());
    out.length = sizeof *address;
    return {};
  }
};

}  // namespace

Result<void> parse_address(Thread& thread, const Socket* self, Value value, const char* method, Address& out) {
  out.storage = {};
  AddressReader reader{thread, method, out};
  switch (self->family_) {
    case AF_INET:
      return reader.inet(value);
    case AF_INET6:
      return reader.inet6(value);
    case AF_UNIX:
      return reader.local(value);
    case AF_NETLINK:
      return reader.netlink(value);
    case AF_VSOCK:
      return reader.vsock(value);
    case AF_PACKET:
      return reader.packet(self->descriptor(), value);
    default:
      return thread.raise<OSError>("{}(): bad family", method);
  }
}

namespace {

Result<Value> make_local_address(Thread& thread, const sockaddr_un* address, socklen_t length) {
  constexpr size_t kHead = offsetof(sockaddr_un, sun_path);
  size_t size = length > kHead ? length - kHead : 0;
  if (size > 0 && address->sun_path[0] == 0) return to_value(make_bytes(thread, {address->sun_path, size}));
  return to_value(decode_filesystem(thread, {address->sun_path, strnlen(address->sun_path, size)}));
}
Value make_packet_address(Thread& thread, const sockaddr_ll* address) {
  ifreq request = {};
  request.ifr_ifindex = address->sll_ifindex;
  int descriptor = address->sll_ifindex == 0 ? -1 : socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  bool named = descriptor >= 0 && ioctl(descriptor, SIOCGIFNAME, &request) == 0;
  if (descriptor >= 0) close(descriptor);
  std::string_view hardware(reinterpret_cast<const char*>(address->sll_addr), address->sll_halen);
  return to_value(Tuple::of(thread.heap(), text_from_c(thread, named ? request.ifr_name : ""),
                            Value::from_int(ntohs(address->sll_protocol)), Value::from_int(address->sll_pkttype),
                            Value::from_int(address->sll_hatype), to_value(make_bytes(thread, hardware))));
}

}  // namespace

Result<Value> make_address(Thread& thread, const sockaddr* address, socklen_t length) {
  if (length == 0) return Value::none();
  char text[INET6_ADDRSTRLEN + 1];
  switch (address->sa_family) {
    case AF_INET: {
      auto* inet = reinterpret_cast<const sockaddr_in*>(address);
      if (inet_ntop(AF_INET, &inet->sin_addr, text, sizeof text) == nullptr) return thread.raise_errno(errno);
      return make_pair(thread, text_from_c(thread, text), Value::from_int(ntohs(inet->sin_port)));
    }
    case AF_INET6: {
      auto* inet = reinterpret_cast<const sockaddr_in6*>(address);
      if (inet_ntop(AF_INET6, &inet->sin6_addr, text, sizeof text) == nullptr) return thread.raise_errno(errno);
      return to_value(Tuple::of(thread.heap(), text_from_c(thread, text), Value::from_int(ntohs(inet->sin6_port)),
                                Value::from_int(ntohl(inet->sin6_flowinfo)), Value::from_int(inet->sin6_scope_id)));
    }
    case AF_UNIX:
      return make_local_address(thread, reinterpret_cast<const sockaddr_un*>(address), length);
    case AF_NETLINK: {
      auto* netlink = reinterpret_cast<const sockaddr_nl*>(address);
      return make_pair(thread, Value::from_int(netlink->nl_pid), Value::from_int(netlink->nl_groups));
    }
    case AF_VSOCK: {
      auto* vsock = reinterpret_cast<const sockaddr_vm*>(address);
      return make_pair(thread, Value::from_int(vsock->svm_cid), Value::from_int(vsock->svm_port));
    }
    case AF_PACKET:
      return make_packet_address(thread, reinterpret_cast<const sockaddr_ll*>(address));
    default:
      return make_pair(thread, Value::from_int(address->sa_family),
                       to_value(make_bytes(thread, {address->sa_data, sizeof address->sa_data})));
  }
}

}  // namespace viperine
