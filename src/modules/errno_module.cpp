// SPDX-License-Identifier: MIT
// The module errno: names of error numbers.
#include <cerrno>

#include "runtime/binding.h"
#include "runtime/containers.h"

namespace viperine {

namespace {

struct ErrorName {
  const char* name;
  int number;
};
constexpr ErrorName kNames[] = {
#define NUMBER(name) {#name, name}
    NUMBER(EPERM),         NUMBER(ENOENT),       NUMBER(ESRCH),           NUMBER(EINTR),
    NUMBER(EIO),           NUMBER(ENXIO),        NUMBER(E2BIG),           NUMBER(ENOEXEC),
    NUMBER(EBADF),         NUMBER(ECHILD),       NUMBER(EAGAIN),          NUMBER(ENOMEM),
    NUMBER(EACCES),        NUMBER(EFAULT),       NUMBER(ENOTBLK),         NUMBER(EBUSY),
    NUMBER(EEXIST),        NUMBER(EXDEV),        NUMBER(ENODEV),          NUMBER(ENOTDIR),
    NUMBER(EISDIR),        NUMBER(EINVAL),       NUMBER(ENFILE),          NUMBER(EMFILE),
    NUMBER(ENOTTY),        NUMBER(ETXTBSY),      NUMBER(EFBIG),           NUMBER(ENOSPC),
    NUMBER(ESPIPE),        NUMBER(EROFS),        NUMBER(EMLINK),          NUMBER(EPIPE),
    NUMBER(EDOM),          NUMBER(ERANGE),       NUMBER(EDEADLK),         NUMBER(ENAMETOOLONG),
    NUMBER(ENOLCK),        NUMBER(ENOSYS),       NUMBER(ENOTEMPTY),       NUMBER(ELOOP),
    NUMBER(ENOMSG),        NUMBER(EIDRM),        NUMBER(ECHRNG),          NUMBER(EL2NSYNC),
    NUMBER(EL3HLT),        NUMBER(EL3RST),       NUMBER(ELNRNG),          NUMBER(EUNATCH),
    NUMBER(ENOCSI),        NUMBER(EL2HLT),       NUMBER(EBADE),           NUMBER(EBADR),
    NUMBER(EXFULL),        NUMBER(ENOANO),       NUMBER(EBADRQC),         NUMBER(EBADSLT),
    NUMBER(EBFONT),        NUMBER(ENOSTR),       NUMBER(ENODATA),         NUMBER(ETIME),
    NUMBER(ENOSR),         NUMBER(ENONET),       NUMBER(ENOPKG),          NUMBER(EREMOTE),
    NUMBER(ENOLINK),       NUMBER(EADV),         NUMBER(ESRMNT),          NUMBER(ECOMM),
    NUMBER(EPROTO),        NUMBER(EMULTIHOP),    NUMBER(EDOTDOT),         NUMBER(EBADMSG),
    NUMBER(EOVERFLOW),     NUMBER(ENOTUNIQ),     NUMBER(EBADFD),          NUMBER(EREMCHG),
    NUMBER(ELIBACC),       NUMBER(ELIBBAD),      NUMBER(ELIBSCN),         NUMBER(ELIBMAX),
    NUMBER(ELIBEXEC),      NUMBER(EILSEQ),       NUMBER(ERESTART),        NUMBER(ESTRPIPE),
    NUMBER(EUSERS),        NUMBER(ENOTSOCK),     NUMBER(EDESTADDRREQ),    NUMBER(EMSGSIZE),
    NUMBER(EPROTOTYPE),    NUMBER(ENOPROTOOPT),  NUMBER(EPROTONOSUPPORT), NUMBER(ESOCKTNOSUPPORT),
    NUMBER(EOPNOTSUPP),    NUMBER(EPFNOSUPPORT), NUMBER(EAFNOSUPPORT),    NUMBER(EADDRINUSE),
    NUMBER(EADDRNOTAVAIL), NUMBER(ENETDOWN),     NUMBER(ENETUNREACH),     NUMBER(ENETRESET),
    NUMBER(ECONNABORTED),  NUMBER(ECONNRESET),   NUMBER(ENOBUFS),         NUMBER(EISCONN),
    NUMBER(ENOTCONN),      NUMBER(ESHUTDOWN),    NUMBER(ETOOMANYREFS),    NUMBER(ETIMEDOUT),
    NUMBER(ECONNREFUSED),  NUMBER(EHOSTDOWN),    NUMBER(EHOSTUNREACH),    NUMBER(EALREADY),
    NUMBER(EINPROGRESS),   NUMBER(ESTALE),       NUMBER(EUCLEAN),         NUMBER(ENOTNAM),
    NUMBER(ENAVAIL),       NUMBER(EISNAM),       NUMBER(EREMOTEIO),       NUMBER(EDQUOT),
    NUMBER(EWOULDBLOCK),   NUMBER(ENOTSUP),      NUMBER(EDEADLOCK),       NUMBER(ENOMEDIUM),
    NUMBER(EMEDIUMTYPE),   NUMBER(ECANCELED),    NUMBER(ENOKEY),          NUMBER(EKEYEXPIRED),
    NUMBER(EKEYREVOKED),   NUMBER(EKEYREJECTED), NUMBER(EOWNERDEAD),      NUMBER(ENOTRECOVERABLE),
    NUMBER(ERFKILL),
#undef NUMBER
};

Result<void> initialize(Thread& thread, Module* module) {
  Dict* codes = Dict::make(thread.heap());
  for (const ErrorName& entry : kNames) {
    TRY(add_int(thread, module, entry.name, entry.number));
    if (!TRY(dict_find(thread, codes, Value::from_int(entry.number))))
      TRY(dict_set(thread, codes, Value::from_int(entry.number), to_value(intern(thread, entry.name))));
  }
  return add_constant(thread, module, "errorcode", to_value(codes));
}

}  // namespace

extern const ModuleSpec kErrnoModule = {
    .name = "errno", .initialize = &initialize, .doc = "This module makes available standard errno system symbols."};

}  // namespace viperine
