# SPDX-License-Identifier: MIT
# Stands before the standard library's dis: the same interface over our register machine. An argument is the whole
# operand part of an instruction; argval is what it names (a constant, a name, where a jump goes), argrepr all operands.
import collections
import io
import sys
import types
from opcode import *
from opcode import __all__ as _opcode_names
from opcode import _letters

__all__ = ["code_info", "dis", "disassemble", "distb", "disco", "findlinestarts", "findlabels", "show_code",
           "get_instructions", "Instruction", "Bytecode"] + _opcode_names

COMPILER_FLAG_NAMES = {1: "OPTIMIZED", 2: "NEWLOCALS", 4: "VARARGS", 8: "VARKEYWORDS", 16: "NESTED", 32: "GENERATOR",
                       64: "NOFREE", 128: "COROUTINE", 256: "ITERABLE_COROUTINE", 512: "ASYNC_GENERATOR"}
_CODE_HOLDERS = (types.MethodType, types.FunctionType, types.CodeType, classmethod, staticmethod, type)
_NOTHING = object()

_Instruction = collections.namedtuple(
    "_Instruction", "opname opcode arg argval argrepr offset starts_line is_jump_target positions",
    defaults=[None])
Positions = collections.namedtuple("Positions", "lineno end_lineno col_offset end_col_offset", defaults=[None] * 4)


class Instruction(_Instruction):
    """One instruction of a code object.

    opname, opcode: its name and number; arg: its operands as one number; argval: what they name, if anything;
    argrepr: the operands as text; offset: where it begins; starts_line: the line that begins with it, or None;
    is_jump_target: whether something jumps here; positions: the part of the source that it comes from.
    """

    def _disassemble(self, line_width=3, mark=False, offset_width=4):
        line = "" if self.starts_line is None else str(self.starts_line)
        fields = [line.rjust(line_width)] if line_width else []
        fields += ["-->" if mark else "   ", ">>" if self.is_jump_target else "  ",
                   str(self.offset).rjust(offset_width), self.opname.ljust(24), self.argrepr]
        return " ".join(fields).rstrip()


# --- decoding

def _words(code):
    data = memoryview(code).cast("B")
    return [int.from_bytes(data[i:i + 4], "little") for i in range(0, len(data) - 3, 4)]


def _width(number):
    """How many words an instruction has."""
    return 2 if set(_letters[number]) & set("FENC") else 1


def _signed(number, bits):
    return number - (1 << bits) if number >> (bits - 1) else number


def _each_instruction(words):
    """(index of its first word, opcode, first word, second word or 0) of all instructions."""
    at = 0
    while at < len(words):
        number = words[at] & 255
        second = words[at + 1] if _width(number) == 2 and at + 1 < len(words) else 0
        yield at, number, words[at], second
        at += _width(number)


def _jump_target(at, number, first, second):
    """Index of the word that the instruction may jump to, or None."""
    end = at + _width(number)
    for letter in _letters[number]:
        if letter == "J":
            return end + _signed(first >> 16, 16)
        if letter == "L":
            return end + _signed(first >> 8, 24)
        if letter == "E":
            return end + _signed(second >> 16, 16)
    return None


def _unpack_opargs(code):
    for at, number, first, _ in _each_instruction(_words(code)):
        yield at * 2, number, first >> 8


class _Decoder:
    def __init__(self, constants, variables):
        self.constants = constants
        self.variables = variables

    def register(self, number):
        if self.variables is not None and number < len(self.variables):
            return self.variables[number]
        return "r%d" % number

    def constant(self, number):
        """(the constant, its text) with this index."""
        if self.constants is None or number >= len(self.constants):
            return number, "const %d" % number
        value = self.constants[number]
        return value, repr(value)

    def operands(self, at, number, first, second):
        """(argval, argrepr)"""
        fields = (first >> 8 & 255, first >> 16 & 255, first >> 24)
        value, texts = _NOTHING, []
        for index, letter in enumerate(_letters[number]):
            if letter in "TR":
                texts.append(self.register(fields[index]))
            elif letter == "B":
                texts.append(self.register(fields[index]) + "..")
            elif letter == "U":
                texts.append(str(fields[index]))
            elif letter == "I":
                value = _signed(first >> 16, 16)
                texts.append(str(value))
            elif letter in "JLE":
                value = _jump_target(at, number, first, second) * 2
                texts.append("to %d" % value)
            elif letter == "K":
                value, text = self.constant(fields[index])
                texts.append(text)
            elif letter == "M" or letter == "D" and number in hasconst:
                value, text = self.constant(first >> 16)
                texts.append(str(value) if letter == "M" else text)
            elif letter == "D":
                value = first >> 16
                texts.append(str(value))
            elif letter == "C" and opname[number] == "UNPACK_EX":
                texts.append(str(second >> 16))
            elif letter in "NC":
                value, text = self.constant(second >> 16)
                texts.append(str(value) if letter == "N" else text)
        return None if value is _NOTHING else value, ", ".join(texts)


def findlabels(code):
    """The offsets that are targets of jumps, as a list."""
    labels = []
    for each in _each_instruction(_words(code)):
        target = _jump_target(*each)
        if target is not None and target * 2 not in labels:
            labels.append(target * 2)
    return labels


def findlinestarts(code):
    """Pairs (offset, line) where lines begin."""
    last = None
    for start, _, line in code.co_lines():
        if line is not None and line != last:
            last = line
            yield start, line


def _instructions(code, constants=None, variables=None, line_starts=None, line_offset=0, positions=None,
                  show_caches=False, handlers=()):
    words = _words(code)
    labels = set(findlabels(code))
    decoder = _Decoder(constants, variables)
    labels.update(handlers)
    positions = None if positions is None else list(positions)
    for at, number, first, second in _each_instruction(words):
        offset = at * 2
        line = None if line_starts is None else line_starts.get(offset)
        value, text = decoder.operands(at, number, first, second)
        place = Positions(*positions[at]) if positions is not None and at < len(positions) else Positions()
        yield Instruction(opname[number], number, first >> 8, value, text, offset,
                          None if line is None else line + line_offset, offset in labels, place)
        if show_caches and _width(number) == 2:  # so that there is one for each place of co_positions()
            yield Instruction("CACHE", 0, 0, None, "", offset + 2, None, False, place)


def _code_instructions(co, line_offset=0, show_caches=False):
    return _instructions(co.co_code, co.co_consts, co.co_varnames, dict(findlinestarts(co)), line_offset,
                         co.co_positions(), show_caches, [entry[2] for entry in _exception_entries(co)])


def _find_imports(co):
    """(name, level, names asked for) of each import statement: what modulefinder wants to know."""
    constants, known = co.co_consts, {}
    for _, number, first, second in _each_instruction(_words(co.co_code)):
        target = first >> 8 & 255
        if opname[number] == "LOAD_CONST":
            known[target] = constants[first >> 16]
        elif opname[number] == "LOAD_INT":
            known[target] = _signed(first >> 16, 16)
        elif opname[number] == "IMPORT_NAME":
            operands = first >> 16 & 255
            if operands in known and operands + 1 in known:
                yield constants[second >> 16], known[operands], known[operands + 1]
            known.pop(target, None)
        elif _letters[number][:1] == "T":
            known.pop(target, None)


def _find_store_names(co):
    """The names that a module's code assigns to, each once."""
    seen = set()
    for _, number, _, second in _each_instruction(_words(co.co_code)):
        if opname[number] in ("STORE_NAME", "STORE_GLOBAL"):
            name = co.co_consts[second >> 16]
            if name not in seen:
                seen.add(name)
                yield name


def _exception_entries(co):
    """(start, end, handler, register) of each range of instructions whose exceptions are handled."""
    # Four numbers a range; behind them five, the first of which tells how many ranges there are.
    table = _words(co.co_exceptiontable)
    for at in range(0, 4 * table[-5] if table else 0, 4):
        start, end, handler, register = table[at:at + 4]
        yield start * 2, end * 2, handler * 2, register & 0xFFFF


# --- what has code

def _try_compile(source, name):
    try:
        return compile(source, name, "eval")
    except SyntaxError:
        return compile(source, name, "exec")


def _code_of(x):
    """The code object of a function, method, generator, source text..."""
    x = getattr(x, "__func__", x)
    for name in ("__code__", "gi_code", "ag_code", "cr_code"):
        code = getattr(x, name, None)
        if code is not None:
            x = code
            break
    if isinstance(x, str):
        x = _try_compile(x, "<disassembly>")
    if hasattr(x, "co_code"):
        return x
    raise TypeError("don't know how to disassemble %s objects" % type(x).__name__)


def get_instructions(x, *, first_line=None, show_caches=False, adaptive=False):
    """Iterates over the instructions of a function, method, code object or source text.

    first_line: the number to count lines from, instead of the one in the code. show_caches: instructions of two words
    are followed by a CACHE.
    """
    co = _code_of(x)
    return _code_instructions(co, 0 if first_line is None else first_line - co.co_firstlineno, show_caches)


# --- printing

def dis(x=None, *, file=None, depth=None, show_caches=False, adaptive=False):
    """Prints the instructions of classes, methods, functions, generators, code, source text; of the last traceback
    without an argument. Nested code follows, `depth` levels of it."""
    if x is None:
        return distb(file=file)
    x = getattr(x, "__func__", x)
    for name in ("__code__", "gi_code", "ag_code", "cr_code"):
        if hasattr(x, name):
            x = getattr(x, name)
            break
    if hasattr(x, "co_code"):
        _dis_with_nested(x, file, depth, show_caches)
    elif isinstance(x, (bytes, bytearray)):
        _print(_instructions(x), file, 0, -1)
    elif isinstance(x, str):
        _dis_with_nested(_try_compile(x, "<dis>"), file, depth, show_caches)
    elif hasattr(x, "__dict__"):
        for name, member in sorted(x.__dict__.items()):
            if isinstance(member, _CODE_HOLDERS):
                print("Disassembly of %s:" % name, file=file)
                try:
                    dis(member, file=file, depth=depth, show_caches=show_caches)
                except TypeError as error:
                    print("Sorry:", error, file=file)
                print(file=file)
    else:
        raise TypeError("don't know how to disassemble %s objects" % type(x).__name__)


def distb(tb=None, *, file=None, show_caches=False, adaptive=False):
    """Prints the code in which an exception was raised, the instruction marked; the last one by default."""
    if tb is None:
        try:
            tb = sys.last_traceback
        except AttributeError:
            raise RuntimeError("no last traceback to disassemble") from None
    while tb.tb_next:
        tb = tb.tb_next
    disassemble(tb.tb_frame.f_code, tb.tb_lasti, file=file, show_caches=show_caches)


def disassemble(co, lasti=-1, *, file=None, show_caches=False, adaptive=False):
    """Prints the instructions of a code object; the one at `lasti` is marked."""
    last_line = max([line for _, line in findlinestarts(co)], default=0)
    _print(_code_instructions(co, show_caches=show_caches), file, last_line, lasti)
    _print_exception_table(co, file)


disco = disassemble


def _print(instructions, file, last_line, lasti):
    instructions = list(instructions)
    line_width = max(3, len(str(last_line))) if last_line else 0
    offset_width = max(4, len(str(instructions[-1].offset)) if instructions else 0)
    for instruction in instructions:
        if line_width and instruction.starts_line is not None and instruction.offset > 0:
            print(file=file)
        print(instruction._disassemble(line_width, instruction.offset == lasti, offset_width), file=file)


def _print_exception_table(co, file):
    entries = list(_exception_entries(co))
    if entries:
        print("ExceptionTable:", file=file)
    for start, end, handler, register in entries:
        print("  %d to %d -> %d [r%d]" % (start, end - 2, handler, register), file=file)


def _dis_with_nested(co, file, depth, show_caches=False):
    disassemble(co, file=file, show_caches=show_caches)
    if depth is not None and depth <= 0:
        return
    for constant in co.co_consts:
        if hasattr(constant, "co_code"):
            print("\nDisassembly of %r:" % (constant,), file=file)
            _dis_with_nested(constant, file, None if depth is None else depth - 1, show_caches)


def pretty_flags(flags):
    """The names of code flags, what has none as a hexadecimal number."""
    names = [name for bit, name in COMPILER_FLAG_NAMES.items() if flags & bit]
    rest = flags & ~sum(COMPILER_FLAG_NAMES)
    if rest or not names:
        names.append(hex(rest))
    return ", ".join(names)


def code_info(x):
    """A text that describes a function, method, code object or source text."""
    return _format_code_info(_code_of(x))


def _format_code_info(co):
    lines = []
    for title, value in (("Name", co.co_name), ("Filename", co.co_filename), ("Argument count", co.co_argcount),
                         ("Positional-only arguments", co.co_posonlyargcount),
                         ("Kw-only arguments", co.co_kwonlyargcount), ("Number of locals", co.co_nlocals),
                         ("Stack size", co.co_stacksize), ("Flags", pretty_flags(co.co_flags))):
        lines.append("%-19s%s" % (title + ":", value) if len(title) < 18 else "%s: %s" % (title, value))
    for title, values in (("Constants", [repr(value) for value in co.co_consts]), ("Names", co.co_names),
                          ("Variable names", co.co_varnames), ("Free variables", co.co_freevars),
                          ("Cell variables", co.co_cellvars)):
        if values:
            lines.append(title + ":")
            lines += ["%4d: %s" % each for each in enumerate(values)]
    return "\n".join(lines)


def show_code(co, *, file=None):
    """Prints code_info(co)."""
    print(code_info(co), file=file)


class Bytecode:
    """The instructions of something with code: iterate over them, or show them with dis().

    x: a function, method, generator, code object or source text.
    """

    def __init__(self, x, *, first_line=None, current_offset=None, show_caches=False, adaptive=False):
        self.codeobj = _code_of(x)
        self.first_line = self.codeobj.co_firstlineno if first_line is None else first_line
        self.current_offset = current_offset
        self._line_offset = self.first_line - self.codeobj.co_firstlineno
        self._original_object = x
        self._show_caches = show_caches

    def __iter__(self):
        return _code_instructions(self.codeobj, self._line_offset, self._show_caches)

    def __repr__(self):
        return "%s(%r)" % (type(self).__name__, self._original_object)

    @classmethod
    def from_traceback(cls, tb, *, show_caches=False, adaptive=False):
        """The code in which the exception of the traceback was raised."""
        while tb.tb_next:
            tb = tb.tb_next
        return cls(tb.tb_frame.f_code, current_offset=tb.tb_lasti, show_caches=show_caches)

    def info(self):
        """code_info() of the code."""
        return _format_code_info(self.codeobj)

    def dis(self):
        """The listing as a text."""
        lines = [line + self._line_offset for _, line in findlinestarts(self.codeobj)]
        with io.StringIO() as out:
            _print(self, out, max(lines, default=0), -1 if self.current_offset is None else self.current_offset)
            _print_exception_table(self.codeobj, out)
            return out.getvalue()


def _main():
    import argparse
    parser = argparse.ArgumentParser(prog="dis")
    parser.add_argument("infile", type=argparse.FileType("rb"), nargs="?", default="-")
    infile = parser.parse_args().infile
    with infile:
        source = infile.read()
    dis(compile(source, infile.name, "exec"))


if __name__ == "__main__":
    _main()
