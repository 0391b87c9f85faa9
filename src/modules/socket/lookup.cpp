// SPDX-License-Identifier: MIT
// Names and numbers: getaddrinfo, getnameinfo, hosts, services, protocols, interfaces, byte order, inet_pton.
#include <arpa/inet.h>
#include <net/if.h>
#include <netdb.h>
#include <unistd.h>

#include <cstring>
#include <vector>

#include "modules/socket/socket.h"

namespace viperine {

namespace {

Raised raise_pair(Thread& thread, SocketState type, int code, const char* text) {
  auto error = call(thread, socket_state(thread, type), Value::from_int(code), text_from_c(thread, text));
  if (error.is_raised()) return Raised{};
  return thread.raise_object(cast<ExceptionObject>(error.take()));
}

}  // namespace

Raised raise_address_error(Thread& thread, int code) {
  if (code == EAI_SYSTEM) return thread.raise_errno(errno);
  return raise_pair(thread, SocketState::AddressError, code, gai_strerror(code));
}
Raised raise_host_error(Thread& thread, int code) {
  return raise_pair(thread, SocketState::HostError, code, hstrerror(code));
}
Raised raise_os_error(Thread& thread, const char* text) { return thread.raise<OSError>("{}", text); }

namespace {

/// C string of an argument without NULs.
Result<std::string> c_text(Thread& thread, Str* text) {
  std::string result(TRY(encode_utf8(thread, text))->view());
  if (result.find('\0') != std::string::npos) return thread.raise<ValueError>("embedded null character");
  return result;
}

// --- getaddrinfo, getnameinfo

Result<std::string> service_text(Thread& thread, Value port) {
  if (is_integer(port)) {
    int64_t number = 0;
    if (!int_fits_int64(port, &number)) return thread.raise<OverflowError>("Python int too large to convert to C long");
    return std::to_string(number);
  }
  if (Str* text = try_str(thread, port)) return std::string(TRY(encode_utf8(thread, text))->view());
  if (is<Bytes>(port)) return std::string(cast<Bytes>(port)->view());
  return raise_os_error(thread, "Int or String expected");
}

Result<Value> list_of_addresses(Thread& thread, const addrinfo* found) {
  List* list = List::make(thread.heap());
  for (const addrinfo* entry = found; entry != nullptr; entry = entry->ai_next) {
    Value address = TRY(make_address(thread, entry->ai_addr, entry->ai_addrlen));
    Value name = text_from_c(thread, entry->ai_canonname != nullptr ? entry->ai_canonname : "");
    TRY(list_append_value(
        thread, list,
        to_value(Tuple::of(thread.heap(), Value::from_int(entry->ai_family), Value::from_int(entry->ai_socktype),
                           Value::from_int(entry->ai_protocol), name, address))));
  }
  return to_value(list);
}

Result<Value> socket_getaddrinfo(Thread& thread, Value host, Value port, int family, int type, int protocol,
                                 int flags) {
  std::string name, service;
  if (!host.is_none()) {
    if (!is_str(host) && !is<Bytes>(host))
      return thread.raise<TypeError>("getaddrinfo() argument 1 must be string or None");
    name = is_str(host) ? TRY(host_argument(thread, host)) : std::string(cast<Bytes>(host)->view());
  }
  if (!port.is_none()) service = TRY(service_text(thread, port));
  TRY(audit(thread, "socket.getaddrinfo", host, port, Value::from_int(family), Value::from_int(type),
            Value::from_int(protocol)));
  addrinfo hints = {};
  hints.ai_family = family;
  hints.ai_socktype = type;
  hints.ai_protocol = protocol;
  hints.ai_flags = flags;
  addrinfo* found = nullptr;
  int status = without_lock(thread, [&] {
    return getaddrinfo(host.is_none() ? nullptr : name.c_str(), port.is_none() ? nullptr : service.c_str(), &hints,
                       &found);
  });
  if (status != 0) return raise_address_error(thread, status);
  auto list = list_of_addresses(thread, found);
  freeaddrinfo(found);
  return list;
}

Result<Value> socket_getnameinfo(Thread& thread, Value address_value, int flags) {
  if (!is<Tuple>(address_value)) return thread.raise<TypeError>("getnameinfo() argument 1 must be a tuple");
  auto* parts = cast<Tuple>(address_value);
  if (parts->length() < 2 || parts->length() > 4)
    return thread.raise<TypeError>("getnameinfo(): illegal sockaddr argument");
  Str* host = try_str(thread, parts->at(0));
  if (host == nullptr) return thread.raise<TypeError>("getnameinfo(): illegal sockaddr argument");
  std::string name = TRY(c_text(thread, host));
  TRY(audit(thread, "socket.getnameinfo", address_value));
  std::string service = std::to_string(TRY(to_c_int(thread, TRY(to_index(thread, parts->at(1))))));
  int64_t flow = parts->length() > 2 ? TRY(to_c_int64(thread, TRY(to_index(thread, parts->at(2))))) : 0;
  int64_t scope = parts->length() > 3 ? TRY(to_c_int64(thread, TRY(to_index(thread, parts->at(3))))) : 0;
  if (flow < 0 || flow > 0xFFFFF) return thread.raise<OverflowError>("getnameinfo(): flowinfo must be 0-1048575.");
  addrinfo hints = {};
  hints.ai_socktype = SOCK_DGRAM;  // makes numeric ports happy
  hints.ai_flags = AI_NUMERICHOST;
  addrinfo* found = nullptr;
  int status = without_lock(thread, [&] { return getaddrinfo(name.c_str(), service.c_str(), &hints, &found); });
  if (status != 0) return raise_address_error(thread, status);
  Address address;
  bool is_single = found->ai_next == nullptr;
  std::memcpy(&address.storage, found->ai_addr, found->ai_addrlen);
  address.length = found->ai_addrlen;
  freeaddrinfo(found);
  if (!is_single) return raise_os_error(thread, "sockaddr resolved to multiple addresses");
  if (address.base.sa_family == AF_INET && parts->length() != 2)
    return raise_os_error(thread, "IPv4 sockaddr must be 2 tuple");
  if (address.base.sa_family == AF_INET6) {
    address.inet6.sin6_flowinfo = htonl(static_cast<uint32_t>(flow));
    address.inet6.sin6_scope_id = static_cast<uint32_t>(scope);
  }
  char host_text[NI_MAXHOST], service_name[NI_MAXSERV];
  status = without_lock(thread, [&] {
    return getnameinfo(&address.base, address.length, host_text, sizeof host_text, service_name, sizeof service_name,
                       flags);
  });
  if (status != 0) return raise_address_error(thread, status);
  return make_pair(thread, text_from_c(thread, host_text), text_from_c(thread, service_name));
}

// --- hosts

Result<Value> socket_gethostname(Thread& thread) {
  TRY(audit(thread, "socket.gethostname"));
  char name[1024];
  if (gethostname(name, sizeof name - 1) < 0) return thread.raise_errno(errno);
  name[sizeof name - 1] = 0;
  return text_from_c(thread, name);
}
Result<void> socket_sethostname(Thread& thread, Value name) {
  std::string text;
  if (Str* string = try_str(thread, name))
    text = TRY(encode_filesystem(thread, string))->view();
  else if (is<Bytes>(name))
    text = cast<Bytes>(name)->view();
  else
    return thread.raise<TypeError>("sethostname() argument 1 must be str or bytes, not {}", type_name_of(name));
  TRY(audit(thread, "socket.sethostname", name));
  if (sethostname(text.data(), text.size()) < 0) return thread.raise_errno(errno);
  return {};
}
Result<Value> socket_gethostbyname(Thread& thread, Value name) {
  std::string host = TRY(host_argument(thread, name));
  TRY(audit(thread, "socket.gethostbyname", name));
  Address address;
  TRY(resolve_host(thread, host, AF_INET, address));
  char text[INET_ADDRSTRLEN];
  inet_ntop(AF_INET, &address.inet.sin_addr, text, sizeof text);
  return text_from_c(thread, text);
}

/// (name, aliases, addresses)
Result<Value> host_entry(Thread& thread, const hostent* host, int family) {
  if (host->h_addrtype != family) return thread.raise_errno(EAFNOSUPPORT);
  if (family != AF_INET && family != AF_INET6) return raise_os_error(thread, "unsupported address family");
  List* aliases = List::make(thread.heap());
  for (char** alias = host->h_aliases; alias != nullptr && *alias != nullptr; ++alias)
    TRY(list_append_value(thread, aliases, text_from_c(thread, *alias)));
  List* addresses = List::make(thread.heap());
  for (char** entry = host->h_addr_list; *entry != nullptr; ++entry) {
    char text[INET6_ADDRSTRLEN];
    inet_ntop(family, *entry, text, sizeof text);
    TRY(list_append_value(thread, addresses, text_from_c(thread, text)));
  }
  return to_value(Tuple::of(thread.heap(), text_from_c(thread, host->h_name), to_value(aliases), to_value(addresses)));
}
template <typename Ask>
Result<Value> ask_for_host(Thread& thread, int family, Ask ask) {
  std::vector<char> room(16384);
  hostent entry, *found = nullptr;
  int error = 0;
  without_lock(thread, [&] { return ask(&entry, room.data(), room.size(), &found, &error); });
  if (found == nullptr) return raise_host_error(thread, error);
  return host_entry(thread, found, family);
}
Result<Value> socket_gethostbyname_ex(Thread& thread, Value name) {
  std::string host = TRY(host_argument(thread, name));
  TRY(audit(thread, "socket.gethostbyname", name));
  Address address;
  TRY(resolve_host(thread, host, AF_INET, address));
  return ask_for_host(thread, AF_INET, [&](hostent* entry, char* room, size_t size, hostent** found, int* error) {
    return gethostbyname_r(host.c_str(), entry, room, size, found, error);
  });
}
Result<Value> socket_gethostbyaddr(Thread& thread, Value name) {
  std::string host = TRY(host_argument(thread, name));
  TRY(audit(thread, "socket.gethostbyaddr", name));
  Address address;
  TRY(resolve_host(thread, host, AF_UNSPEC, address));
  int family = address.base.sa_family;
  if (family != AF_INET && family != AF_INET6) return raise_os_error(thread, "unsupported address family");
  const void* number = family == AF_INET ? static_cast<const void*>(&address.inet.sin_addr) : &address.inet6.sin6_addr;
  socklen_t length = family == AF_INET ? 4 : 16;
  return ask_for_host(thread, family, [&](hostent* entry, char* room, size_t size, hostent** found, int* error) {
    return gethostbyaddr_r(number, length, family, entry, room, size, found, error);
  });
}

// --- services, protocols, interfaces

Result<Value> socket_getservbyname(Thread& thread, Str* name, Optional<Str*> protocol) {
  std::string text = TRY(c_text(thread, name)), kind = protocol ? TRY(c_text(thread, *protocol)) : std::string();
  TRY(audit(thread, "socket.getservbyname", to_value(name), protocol ? to_value(*protocol) : Value::none()));
  char room[4096];
  servent entry, *found = nullptr;
  without_lock(thread, [&] {
    return getservbyname_r(text.c_str(), protocol ? kind.c_str() : nullptr, &entry, room, sizeof room, &found);
  });
  if (found == nullptr) return raise_os_error(thread, "service/proto not found");
  return Value::from_int(ntohs(static_cast<uint16_t>(found->s_port)));
}
Result<Value> socket_getservbyport(Thread& thread, int port, Optional<Str*> protocol) {
  std::string kind = protocol ? TRY(c_text(thread, *protocol)) : std::string();
  if (port < 0 || port > 0xFFFF) return thread.raise<OverflowError>("getservbyport: port must be 0-65535.");
  TRY(audit(thread, "socket.getservbyport", Value::from_int(port), protocol ? to_value(*protocol) : Value::none()));
  char room[4096];
  servent entry, *found = nullptr;
  without_lock(thread, [&] {
    return getservbyport_r(htons(static_cast<uint16_t>(port)), protocol ? kind.c_str() : nullptr, &entry, room,
                           sizeof room, &found);
  });
  if (found == nullptr) return raise_os_error(thread, "port/proto not found");
  return text_from_c(thread, found->s_name);
}
Result<Value> socket_getprotobyname(Thread& thread, Str* name) {
  std::string text = TRY(c_text(thread, name));
  char room[4096];
  protoent entry, *found = nullptr;
  without_lock(thread, [&] { return getprotobyname_r(text.c_str(), &entry, room, sizeof room, &found); });
  if (found == nullptr) return raise_os_error(thread, "protocol not found");
  return Value::from_int(found->p_proto);
}
Result<Value> socket_if_nameindex(Thread& thread) {
  struct if_nameindex* interfaces = if_nameindex();
  if (interfaces == nullptr) return thread.raise_errno(errno);
  List* list = List::make(thread.heap());
  for (auto* entry = interfaces; entry->if_index != 0; ++entry) {
    Value pair = make_pair(thread, Value::from_int(entry->if_index), text_from_c(thread, entry->if_name));
    if (list_append_value(thread, list, pair).is_raised()) {
      if_freenameindex(interfaces);
      return Raised{};
    }
  }
  if_freenameindex(interfaces);
  return to_value(list);
}
Result<Value> socket_if_nametoindex(Thread& thread, Value name) {
  std::string text;
  if (Str* string = try_str(thread, name))
    text = TRY(encode_filesystem(thread, string))->view();
  else if (is<Bytes>(name))
    text = cast<Bytes>(name)->view();
  else
    return thread.raise<TypeError>("expected str, bytes or os.PathLike object, not {}", type_name_of(name));
  unsigned index = if_nametoindex(text.c_str());
  if (index == 0) return raise_os_error(thread, "no interface with this name");
  return Value::from_int(index);
}
Result<Value> socket_if_indextoname(Thread& thread, Value index) {
  uint64_t number = TRY(to_c_uint64(thread, TRY(to_index(thread, index))));
  if (number > UINT32_MAX) return thread.raise_errno(ENXIO);
  char name[IF_NAMESIZE + 1];
  if (if_indextoname(static_cast<unsigned>(number), name) == nullptr) return thread.raise_errno(errno);
  return text_from_c(thread, name);
}

// --- numbers

Result<uint32_t> number32(Thread& thread, Value value) {
  if (!is_integer(value)) return thread.raise<TypeError>("expected int, {} found", type_name_of(value));
  int64_t number = 0;
  bool fits = int_fits_int64(value, &number);
  if (fits && number < 0) return thread.raise<OverflowError>("can't convert negative value to unsigned int");
  if (!fits) TRY(to_c_uint64(thread, value));
  if (!fits || number > UINT32_MAX) return thread.raise<OverflowError>("int larger than 32 bits");
  return static_cast<uint32_t>(number);
}
Result<uint16_t> number16(Thread& thread, int value, const char* name) {
  if (value < 0)
    return thread.raise<OverflowError>("{}: can't convert negative Python int to C 16-bit unsigned integer", name);
  if (value > 0xFFFF)
    return thread.raise<OverflowError>("{}: Python int too large to convert to C 16-bit unsigned integer", name);
  return static_cast<uint16_t>(value);
}
Result<Value> socket_ntohl(Thread& thread, Value x) { return Value::from_int(ntohl(TRY(number32(thread, x)))); }
Result<Value> socket_htonl(Thread& thread, Value x) { return Value::from_int(htonl(TRY(number32(thread, x)))); }
Result<Value> socket_ntohs(Thread& thread, int x) { return Value::from_int(ntohs(TRY(number16(thread, x, "ntohs")))); }
Result<Value> socket_htons(Thread& thread, int x) { return Value::from_int(htons(TRY(number16(thread, x, "htons")))); }

Result<Value> socket_inet_aton(Thread& thread, Str* text) {
  std::string address = TRY(c_text(thread, text));
  in_addr number;
  if (inet_aton(address.c_str(), &number) == 0)
    return raise_os_error(thread, "illegal IP address string passed to inet_aton");
  return to_value(make_bytes(thread, {reinterpret_cast<const char*>(&number), 4}));
}
Result<Value> socket_inet_ntoa(Thread& thread, Value packed) {
  BufferScope buffer(thread);
  TRY(buffer.acquire(packed));
  if (buffer.length() != 4) return raise_os_error(thread, "packed IP wrong length");
  char text[INET_ADDRSTRLEN];
  inet_ntop(AF_INET, buffer.data(), text, sizeof text);
  return text_from_c(thread, text);
}
Result<Value> socket_inet_pton(Thread& thread, int family, Str* text) {
  std::string address = TRY(c_text(thread, text));
  char packed[16];
  int status = inet_pton(family, address.c_str(), packed);
  if (status < 0) return thread.raise_errno(errno);
  if (status == 0) return raise_os_error(thread, "illegal IP address string passed to inet_pton");
  return to_value(make_bytes(thread, {packed, family == AF_INET ? size_t{4} : size_t{16}}));
}
Result<Value> socket_inet_ntop(Thread& thread, int family, Value packed) {
  BufferScope buffer(thread);
  TRY(buffer.acquire(packed));
  if (family != AF_INET && family != AF_INET6) return thread.raise<ValueError>("unknown address family {}", family);
  if (buffer.length() != (family == AF_INET ? 4 : 16))
    return thread.raise<ValueError>("invalid length of packed IP address string");
  char text[INET6_ADDRSTRLEN];
  if (inet_ntop(family, buffer.data(), text, sizeof text) == nullptr) return thread.raise_errno(errno);
  return text_from_c(thread, text);
}

constexpr NativeMethod kFunctions[] = {
    function<socket_getaddrinfo>("getaddrinfo(host, port, family=0, type=0, proto=0, flags=0)"),
    function<socket_getnameinfo>("getnameinfo(sockaddr, flags, /)"),
    function<socket_gethostname>("gethostname()"),
    function<socket_sethostname>("sethostname(name, /)"),
    function<socket_gethostbyname>("gethostbyname(host, /)"),
    function<socket_gethostbyname_ex>("gethostbyname_ex(host, /)"),
    function<socket_gethostbyaddr>("gethostbyaddr(host, /)"),
    function<socket_getservbyname>("getservbyname(servicename, protocolname=<unrepresentable>, /)"),
    function<socket_getservbyport>("getservbyport(port, protocolname=<unrepresentable>, /)"),
    function<socket_getprotobyname>("getprotobyname(name, /)"),
    function<socket_if_nameindex>("if_nameindex()"),
    function<socket_if_nametoindex>("if_nametoindex(if_name, /)"),
    function<socket_if_indextoname>("if_indextoname(if_index, /)"),
    function<socket_ntohl>("ntohl(integer, /)"),
    function<socket_htonl>("htonl(integer, /)"),
    function<socket_ntohs>("ntohs(integer, /)"),
    function<socket_htons>("htons(integer, /)"),
    function<socket_inet_aton>("inet_aton(string, /)"),
    function<socket_inet_ntoa>("inet_ntoa(packed_ip, /)"),
    function<socket_inet_pton>("inet_pton(af, ip, /)"),
    function<socket_inet_ntop>("inet_ntop(af, packed_ip, /)"),
};

}  // namespace

std::span<const NativeMethod> socket_lookup_functions() { return kFunctions; }

}  // namespace viperine
