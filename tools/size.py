# SPDX-License-Identifier: MIT
# ./dev size: what the executable is made of, read from its ELF sections. Budgets (bytes) stand here; ./check holds them.

import struct
import sys

from common import executable

BUDGETS = {"file": 5_000_000, "writable data": 400_000, "relocations": 400_000}
GROUPS = (
    ("code", (".text", ".init", ".fini", ".plt", ".plt.got", ".plt.sec")),
    ("read-only data", (".rodata",)),
    ("data read-only after relocation", (".data.rel.ro", ".got", ".got.plt", ".init_array", ".fini_array", ".dynamic")),
    ("writable data", (".data", ".tdata")),
    ("zeroed data", (".bss", ".tbss", ".bss.rel.ro")),
    ("unwind tables", (".eh_frame", ".eh_frame_hdr", ".gcc_except_table")),
    ("relocations", (".rela.dyn", ".rela.plt", ".relr.dyn")),
    ("symbols", (".dynsym", ".dynstr", ".gnu.hash", ".hash", ".symtab", ".strtab", ".shstrtab", ".gnu.version", ".gnu.version_r")),
)


def sections(path):
    """name -> size, of a 64-bit little-endian ELF file."""
    data = path.read_bytes()
    table, = struct.unpack_from("<Q", data, 0x28)
    entry, count, names = struct.unpack_from("<HHH", data, 0x3A)
    headers = [struct.unpack_from("<IIQQQQIIQQ", data, table + i * entry) for i in range(count)]
    start = headers[names][4]
    found = {}
    for header in headers:
        name = data[start + header[0]:data.index(b"\0", start + header[0])].decode()
        found[name] = found.get(name, 0) + header[5]
    return found


def measure(path):
    found = sections(path)
    table = {"file": path.stat().st_size}
    for name, members in GROUPS:
        table[name] = sum(found.pop(member, 0) for member in members)
    table["other"] = sum(found.values())
    return table


def main(arguments):
    path = executable(arguments[0] if arguments else "release")
    if not path.exists():
        print("size: no %s" % path, file=sys.stderr)
        return 1
    table = measure(path)
    for name, size in table.items():
        budget = BUDGETS.get(name)
        mark = " of %d" % budget if budget else ""
        print("%-34s %10d%s%s" % (name, size, mark, "  TOO LARGE" if budget and size > budget else ""))
    return 1 if any(table[name] > budget for name, budget in BUDGETS.items()) else 0


def check(tally):
    table = measure(executable())
    for name, budget in BUDGETS.items():
        tally.add("size of %s" % name, table[name] <= budget, "%d, budget %d" % (table[name], budget))
