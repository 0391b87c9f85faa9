# SPDX-License-Identifier: MIT
# Stands before the standard library's opcode: the tables of our instruction set (src/bytecode/opcodes.def), under names
# spelled as CPython spells its own. An instruction is one or two words of 32 bits; offsets count two per word, as
# f_lasti and co_lines() do.
from _opcode import formats as _formats, stack_effect

__all__ = ["cmp_op", "hasconst", "hasname", "hasjrel", "hasjabs", "haslocal", "hascompare", "hasfree", "hasnargs",
           "opname", "opmap", "HAVE_ARGUMENT", "EXTENDED_ARG", "stack_effect"]

cmp_op = ("<", "<=", "==", "!=", ">", ">=")


def _spell(name):
    """LoadConst -> LOAD_CONST."""
    return "".join("_" + c if c.isupper() and i and not name[i - 1].isupper() else c
                   for i, c in enumerate(name)).upper()


# Letters of operands by opcode; see opcodes.def.
_letters = []
opname = ["<%d>" % _number for _number in range(256)]
opmap = {}
for _number, (_name, _format) in enumerate(_formats()):
    _letters.append(_format)
    opname[_number] = _spell(_name)
    opmap[opname[_number]] = _number
_count = len(_letters)
_letters += [""] * (256 - _count)


def _having(letters):
    return [number for number in range(_count) if set(letters) & set(_letters[number])]


hasconst = sorted(set(_having("KC")) | {opmap["LOAD_CONST"]})
hasname = _having("MN")
hasjrel = _having("JLE")
hasjabs = []
haslocal = []
hascompare = []
hasfree = [number for number in range(_count) if opname[number] in ("LOAD_FREE", "LOAD_CELL", "STORE_CELL")]
hasnargs = [number for number in range(_count) if opname[number].startswith("CALL")]
# Every instruction has room for operands, and there are no prefixes.
HAVE_ARGUMENT = 0
EXTENDED_ARG = 256

del _number, _name, _format
