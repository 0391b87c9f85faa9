# SPDX-License-Identifier: MIT
# Stands before the standard library's dis: loads that module under its own name, and teaches it our instructions
# (bytecode/opcodes.def): words of four bytes, registers instead of a stack.
import sys
from _opcode import _operations
from importlib.machinery import PathFinder
from importlib.util import module_from_spec

_WORD = 4
_UNIT = 2               # what an offset counts for a word: f_lasti and co_lines() do so
_OPERATIONS = _operations()


def _signed(value, bits):
    return value - (1 << bits) if value >> (bits - 1) else value


def _operands(code, offset):
    """(operation, [(letter, value)], size): the operands of one instruction, by the letters of opcodes.def."""
    word = int.from_bytes(code[offset:offset + _WORD], "little")
    operation = word & 0xFF
    form = _OPERATIONS[operation][1] if operation < len(_OPERATIONS) else ""
    found, shift, size = [], 8, _WORD
    for letter in form:
        if letter in "FENC":
            second = int.from_bytes(code[offset + _WORD:offset + 2 * _WORD], "little")
            size = 2 * _WORD
            if letter != "F":
                found.append((letter, _signed(second >> 16, 16) if letter == "E" else second >> 16))
        elif letter in "DMIJ":
            found.append((letter, _signed(word >> 16, 16) if letter in "IJ" else word >> 16))
            shift = 32
        elif letter == "L":
            found.append((letter, _signed(word >> 8, 24)))
            shift = 32
        else:
            if letter != "_":
                found.append((letter, word >> shift & 0xFF))
            shift += 8
    return operation, found, size


def _target(letter, value, after):
    return after + value * _UNIT


def _name_of(operation):
    return _OPERATIONS[operation][0] if operation < len(_OPERATIONS) else "<%d>" % operation


def _walk(code):
    offset = 0
    while offset < len(code):
        operation, operands, size = _operands(code, offset)
        yield offset // _UNIT, operation, operands, (offset + size) // _UNIT
        offset += size


def _describe(operands, after, variable, constants):
    """(argval, argrepr): what the instruction is about, and all its operands as text."""
    value, texts = None, []
    for letter, number in operands:
        if letter in "TRB":
            name = None
            if variable is not None:
                try:
                    name = variable(number)
                except IndexError:
                    pass
            texts.append(name or "r%d" % number)
        elif letter in "DKC" and constants is not None and number < len(constants):
            value = constants[number]
            texts.append(repr(value))
        elif letter in "MN" and constants is not None and number < len(constants):
            value = constants[number]           # names are constants too
            texts.append(value)
        elif letter in "JLE":
            value = _target(letter, number, after)
            texts.append("to %d" % value)
        elif letter == "I":
            value = number
            texts.append(str(value))
        else:
            texts.append(str(number))
    return value, ", ".join(texts)


def _patch(module):
    Instruction, Positions = module.Instruction, module.Positions

    def _unpack_opargs(code):
        for offset, operation, operands, _ in _walk(code):
            yield offset, operation, operands[0][1] if operands else None

    def findlabels(code):
        found = []
        for _, _, operands, after in _walk(code):
            for letter, number in operands:
                if letter in "JLE":
                    target = _target(letter, number, after)
                    if target not in found:
                        found.append(target)
        return found

    def _get_instructions_bytes(code, varname_from_oparg=None, names=None, co_consts=None, linestarts=None,
                                line_offset=0, exception_entries=(), co_positions=None, show_caches=False):
        positions = list(co_positions or ())
        labels = set(findlabels(code))
        labels.update(entry.target for entry in exception_entries)
        for offset, operation, operands, after in _walk(code):
            line = (linestarts or {}).get(offset)
            value, text = _describe(operands, after, varname_from_oparg, co_consts)
            place = positions[offset // _UNIT] if offset // _UNIT < len(positions) else ()
            yield Instruction(_name_of(operation), operation, operands[0][1] if operands else None, value, text,
                              offset, None if line is None else line + line_offset, offset in labels,
                              Positions(*place))

    def _find_imports(co):
        constants, known = co.co_consts, {}
        for _, operation, operands, _ in _walk(co.co_code):
            name, numbers = _name_of(operation), [number for _, number in operands]
            if name == "LoadConst":
                known[numbers[0]] = constants[numbers[1]]
            elif name == "LoadInt":
                known[numbers[0]] = numbers[1]
            elif name == "ImportName":
                level, wanted = known.get(numbers[1]), known.get(numbers[1] + 1)
                if isinstance(level, int):
                    yield constants[numbers[2]], level, wanted

    def _find_store_names(co):
        stores = {"StoreName", "StoreGlobal"}
        for _, operation, operands, _ in _walk(co.co_code):
            if _name_of(operation) in stores:
                yield co.co_consts[operands[-1][1]]

    def _parse_exception_table(code):
        # Four numbers a range (start, end, handler, register); at the end five numbers, the first of them how many.
        table, entries = code.co_exceptiontable, []
        count = int.from_bytes(table[-20:-16], "little")
        for begin in range(0, 16 * count, 16):
            start, end, target, register = (int.from_bytes(table[begin + i:begin + i + 4], "little")
                                            for i in range(0, 16, 4))
            entries.append(module._ExceptionTableEntry(start * _UNIT, end * _UNIT, target * _UNIT, register & 0xFFFF,
                                                       False))
        return entries

    for function in (_unpack_opargs, findlabels, _get_instructions_bytes, _find_imports, _find_store_names,
                     _parse_exception_table):
        function.__module__ = "dis"
        function.__qualname__ = function.__name__
        setattr(module, function.__name__, function)
    module.opname = [name for name, _ in _OPERATIONS] + ["<%d>" % i for i in range(len(_OPERATIONS), 256)]
    module.opmap = {**module.opmap, **{name: i for i, (name, _) in enumerate(_OPERATIONS)}}


def _load():
    spec = PathFinder.find_spec("dis")
    if spec is None:
        raise ModuleNotFoundError("No module named 'dis'", name="dis")
    module = module_from_spec(spec)
    if __name__ == "dis":
        sys.modules["dis"] = module
    spec.loader.exec_module(module)
    _patch(module)
    return module


if __name__ == "__main__":  # python -m dis
    _load().main()
else:
    _load()
