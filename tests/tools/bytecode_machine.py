# SPDX-License-Identifier: MIT
# Runs a program's bytecode in a small machine written in Python, to test the compiler without the interpreter:
#   python3.11 tests/tools/bytecode_machine.py BUILD/compile_tool program.py
# Values are CPython's own; only what the instructions mean is here. Frames, tracebacks and tracing are not modelled.
import ast
import builtins
import inspect
import operator
import re
import subprocess
import sys
import types
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GAP = 7
sys.setrecursionlimit(20000)


def read_opcodes():
    text = (ROOT / "src/bytecode/opcodes.def").read_text()
    found = []
    macros = {}
    text = text.replace("\\\n", " ")
    for line in text.split("\n"):
        line = re.sub(r"//.*", "", line)
        macro = re.match(r"#define (\w+)\(name\)(.*)", line)
        if macro:
            macros[macro[1]] = macro[2]
            continue
        if line.startswith("#"):
            continue
        for head, name, format in re.findall(r'(OPCODE)\(\s*(\w+),\s*"([^"]*)"', line):
            found.append((name, format))
        for head, name in re.findall(r"\b(BINARY|COMPARISON)\((\w+)\)", line):
            for each, format in re.findall(r'OPCODE\(([\w#]+),\s*"([^"]*)"', macros[head]):
                found.append((each.replace("##", "").replace("name", name), format))
    return found


OPCODES = read_opcodes()


class UnboundType:
    def __repr__(self):
        return "<unbound>"


Unbound = UnboundType()


class Escape(BaseException):
    def __init__(self, error):
        self.error = error


class Wrapped:
    def __init__(self, value):
        self.value = value


BINARY = dict(Add="add", Subtract="sub", Multiply="mul", TrueDivide="truediv", FloorDivide="floordiv", Modulo="mod",
              Power="pow", MatrixMultiply="matmul", LeftShift="lshift", RightShift="rshift", And="and_", Or="or_", Xor="xor")
COMPARE = dict(Less="lt", LessEqual="le", Equal="eq", NotEqual="ne", Greater="gt", GreaterEqual="ge")
SIMPLE = {}
for key, function in BINARY.items():
    inplace = "i" + function.rstrip("_")
    for suffix in ("", "Const"):
        SIMPLE[key + suffix] = getattr(operator, function)
        SIMPLE["Inplace" + key + suffix] = getattr(operator, inplace)
for key, function in COMPARE.items():
    SIMPLE[key] = getattr(operator, function)
SIMPLE["Is"] = operator.is_
SIMPLE["IsNot"] = operator.is_not
SIMPLE["In"] = lambda a, b: a in b
SIMPLE["NotIn"] = lambda a, b: a not in b
UNARY = dict(Negative=operator.neg, Positive=operator.pos, Invert=operator.invert, Not=operator.not_)


class Code:
    def __init__(self, data):
        text = lambda hexed: bytes.fromhex(hexed).decode("utf-8", "surrogatepass")
        self.name, self.qualname = text(data["name"]), text(data["qualname"])
        self.flags, self.registers = data["flags"], data["registers"]
        self.arguments = data["arguments"]
        self.variables = [text(each) for each in data["variables"]]
        self.cells = [text(each) for each in data["cells"]]
        self.free = [text(each) for each in data["free"]]
        self.cell_registers, self.free_registers = data["cell_registers"], data["free_registers"]
        self.exceptions = data["exceptions"]
        self.constants = [self.constant(each) for each in data["constants"]]
        self.decode(data["code"])

    def constant(self, data):
        kind = data[0]
        if kind in (0, 1, 2, 3):
            return (None, True, False, ...)[kind]
        if kind == 4:
            return data[1]
        if kind == 5:
            return float.fromhex(data[1])
        if kind == 6:
            return complex(float.fromhex(data[1]), float.fromhex(data[2]))
        if kind in (7, 8):
            raw = bytes.fromhex(data[1])
            return raw.decode("utf-8", "surrogatepass") if kind == 7 else raw
        if kind in (9, 10):
            return (tuple if kind == 9 else frozenset)([self.constant(each) for each in data[1]])
        return Code(data[1])

    def decode(self, words):
        self.code = {}
        at = 0
        while at < len(words):
            first = words[at]
            name, format = OPCODES[first & 255]
            size = 2 if set(format) & set("FENC") else 1
            second = words[at + 1] if size == 2 else 0
            signed = lambda number, bits: number - (1 << bits) if number >> (bits - 1) else number
            target = None
            if "J" in format:
                target = at + size + signed(first >> 16, 16)
            if "L" in format:
                target = at + size + signed(first >> 8, 24)
            if "E" in format:
                target = at + size + signed(second >> 16, 16)
            self.code[at] = (name, (first >> 8) & 255, (first >> 16) & 255, first >> 24, first >> 16, second >> 16, target,
                             at + size)
            at += size


class Machine:
    def __init__(self, module):
        self.globals = module
        self.handled = None

    # ---- functions
    def make_function(self, code, defaults, kwdefaults, annotations, closure):
        machine = self

        def function(*arguments, **keywords):
            registers = machine.bind(code, function, arguments, keywords)
            return machine.start(code, registers, closure)

        function.__name__, function.__qualname__ = code.name, code.qualname
        function.__module__ = self.globals.get("__name__")
        if code.constants and isinstance(code.constants[0], str):
            function.__doc__ = code.constants[0]
        function.vm = code
        function.vm_defaults, function.vm_kwdefaults = defaults, kwdefaults
        function.__annotations__ = dict(zip(annotations[::2], annotations[1::2])) if annotations else {}
        names = code.variables
        positional, only, keyword_only = code.arguments
        parameters = []
        Parameter = inspect.Parameter
        first_default = positional - len(defaults)
        for i, name in enumerate(names[:positional + keyword_only]):
            kind = (Parameter.POSITIONAL_ONLY if i < only else
                    Parameter.POSITIONAL_OR_KEYWORD if i < positional else Parameter.KEYWORD_ONLY)
            parameters.append((name, kind))
        return function

    def bind(self, code, function, arguments, keywords):
        positional, only, keyword_only = code.arguments
        total = positional + keyword_only
        registers = [Unbound] * code.registers
        names = code.variables[:total]
        for i, value in enumerate(arguments[:positional]):
            registers[i] = value
        at = total
        if code.flags & 4:
            registers[at] = tuple(arguments[positional:])
            at += 1
        elif len(arguments) > positional:
            raise TypeError(f"{code.qualname}() takes {positional} positional arguments but {len(arguments)} were given")
        rest = {}
        for name, value in keywords.items():
            if name in names and names.index(name) >= only:
                i = names.index(name)
                if registers[i] is not Unbound:
                    raise TypeError(f"{code.qualname}() got multiple values for argument '{name}'")
                registers[i] = value
            elif code.flags & 8:
                rest[name] = value
            else:
                raise TypeError(f"{code.qualname}() got an unexpected keyword argument '{name}'")
        if code.flags & 8:
            registers[at] = rest
        defaults = function.vm_defaults
        for i in range(positional):
            if registers[i] is Unbound:
                j = i - (positional - len(defaults))
                if j < 0:
                    raise TypeError(f"{code.qualname}() missing 1 required positional argument: '{names[i]}'")
                registers[i] = defaults[j]
        for i in range(positional, total):
            if registers[i] is Unbound:
                if names[i] not in function.vm_kwdefaults:
                    raise TypeError(f"{code.qualname}() missing 1 required keyword-only argument: '{names[i]}'")
                registers[i] = function.vm_kwdefaults[names[i]]
        return registers

    def start(self, code, registers, closure):
        run = self.run(code, registers, closure)
        if code.flags & 0x20:
            return run
        if code.flags & 0x80:
            return types.coroutine(lambda: run)()
        if code.flags & 0x200:
            return AsyncGenerator(run)
        try:
            next(run)
        except StopIteration as stop:
            return stop.value
        except Escape as escape:
            error = escape.error
        else:
            raise AssertionError("yield in a plain function")
        raise error

    def run_body(self, code, mapping, closure=()):
        registers = [Unbound] * code.registers
        registers[0] = mapping
        return self.start(code, registers, closure)

    # ---- the loop
    def run(self, code, regs, closure):
        pc = 0
        saved = self.handled
        while True:
            try:
                at = pc
                name, a, b, c, d, extra, target, pc = code.code[pc]
                if name == "Yield" or name == "YieldFrom":
                    mine, self.handled = self.handled, saved
                    value = regs[b]
                    while True:
                        try:
                            sent = yield value
                        except BaseException as error:
                            if name == "Yield":
                                raise
                            send = code.code[code.code[pc][6]]
                            delegate = regs[send[2]]
                            if isinstance(error, GeneratorExit) and hasattr(delegate, "close"):
                                delegate.close()
                                raise
                            if not hasattr(delegate, "throw"):
                                raise
                            try:
                                value = delegate.throw(error)
                                continue
                            except StopIteration as stop:
                                sent, pc, a = stop.value, send[6], send[1]
                        finally:
                            saved, self.handled = self.handled, mine
                        break
                    regs[a] = sent
                elif name == "Return":
                    return regs[a]
                else:
                    result = self.step(code, regs, closure, name, a, b, c, d, extra)
                    if result is True:
                        pc = target
            except GeneratorExit as error:
                pc = self.find(code, at, regs, error, name)
            except BaseException as error:
                if isinstance(error, StopIteration) and code.flags & 0x2A0 and self.find(code, at, regs, error, name) is None:
                    pass
                pc = self.find(code, at, regs, error, name)
            if pc is None:
                error, self.pending = self.pending, None
                if code.flags & 0x2A0:
                    raise error
                raise Escape(error)  # a StopIteration must not become a RuntimeError

    def find(self, code, at, regs, error, name):
        if self.handled is not None and error is not self.handled and error.__context__ is None and name != "Reraise":
            chain = self.handled
            while chain is not None and chain is not error:
                chain = chain.__context__
            if chain is None:
                error.__context__ = self.handled
        for start, end, handler, target in code.exceptions:
            if start <= at < end:
                regs[target] = error
                return handler
        self.pending = error
        return None

    def call(self, regs, function, arguments, keywords):
        if function is builtins.super and not arguments:
            function, arguments = super, self.super_arguments(regs)
        elif function in (builtins.eval, builtins.exec) and len(arguments) == 1:
            scope = self.call(regs, builtins.locals, (), {})
            arguments = (arguments[0], self.globals, scope)
        elif function is builtins.locals or function is builtins.globals or function is builtins.vars and not arguments:
            code = self.current
            if function is builtins.globals or "0locals" not in code.__dict__ and not code.flags & 1 and function is not vars:
                return self.globals if function is builtins.globals else regs[0]
            if not code.flags & 1:
                return regs[0]
            names = {}
            for i, name in enumerate(code.variables):
                value = regs[i]
                if isinstance(value, types.CellType) and name in code.cells:
                    value = value.cell_contents if filled(value) else Unbound
                if value is not Unbound:
                    names[name] = value
            for name, i in list(zip(code.cells, code.cell_registers)) + list(zip(code.free, code.free_registers)):
                if filled(regs[i]):
                    names[name] = regs[i].cell_contents
            return names
        elif function is builtins.dir and not arguments:
            return sorted(self.call(regs, builtins.locals, (), {}))
        elif function is sys.exc_info:
            error = self.handled
            return (type(error), error, error.__traceback__) if error is not None else (None, None, None)
        return function(*arguments, **keywords)

    def super_arguments(self, regs):
        code = self.current
        cell = regs[code.free_registers[code.free.index("__class__")]]
        if "__class__" not in code.free or not code.variables:
            raise RuntimeError("super(): no arguments")
        first = regs[0]
        if code.variables[0] in code.cells:
            first = first.cell_contents
        return (cell.cell_contents, first)

    def step(self, code, regs, closure, name, a, b, c, d, extra):
        self.current = code
        constants = code.constants
        if name in SIMPLE:
            regs[a] = SIMPLE[name](regs[b], constants[c] if name.endswith("Const") else regs[c])
        elif name in UNARY:
            regs[a] = UNARY[name](regs[b])
        elif name == "Move":
            regs[a] = regs[b]
        elif name == "LoadConst":
            regs[a] = constants[d]
        elif name == "LoadInt":
            regs[a] = d - 65536 if d >= 32768 else d
        elif name == "LoadUnbound":
            regs[a] = Unbound
        elif name == "LoadFar":
            regs[a] = regs[d]
        elif name == "StoreFar":
            regs[d] = regs[a]
        elif name == "CheckBound":
            if regs[a] is Unbound:
                raise UnboundLocalError(f"cannot access local variable '{constants[d]}' where it is not associated with a value")
        elif name == "CheckFree":
            if regs[a] is Unbound:
                raise NameError(f"cannot access free variable '{constants[d]}' where it is not associated with a value"
                                " in enclosing scope")
        elif name == "MakeCell":
            regs[a] = types.CellType() if regs[a] is Unbound else types.CellType(regs[a])
        elif name == "LoadFree":
            regs[a] = closure[d]
        elif name == "LoadCell":
            regs[a] = regs[b].cell_contents if filled(regs[b]) else Unbound
        elif name == "StoreCell":
            if regs[b] is Unbound:
                if filled(regs[a]):
                    del regs[a].cell_contents
            else:
                regs[a].cell_contents = regs[b]
        elif name in ("LoadGlobal", "LoadName", "LoadClassCell"):
            wanted = constants[extra]
            places = [self.globals, builtins.__dict__] if name == "LoadGlobal" else [regs[b], self.globals, builtins.__dict__]
            if name == "LoadClassCell":
                try:
                    regs[a] = regs[b][wanted]
                except KeyError:
                    regs[a] = regs[c].cell_contents if filled(regs[c]) else Unbound
                return
            for place in places:
                try:
                    regs[a] = place[wanted]
                    return
                except KeyError:
                    pass
            raise NameError(f"name '{wanted}' is not defined")
        elif name in ("StoreGlobal", "StoreName"):
            (self.globals if name == "StoreGlobal" else regs[b])[constants[extra]] = regs[a]
        elif name in ("DeleteGlobal", "DeleteName"):
            try:
                del (self.globals if name == "DeleteGlobal" else regs[b])[constants[extra]]
            except KeyError:
                raise NameError(f"name '{constants[extra]}' is not defined") from None
        elif name == "LoadAttr":
            regs[a] = getattr(regs[b], constants[extra])
        elif name == "StoreAttr":
            setattr(regs[a], constants[extra], regs[b])
        elif name == "DeleteAttr":
            delattr(regs[a], constants[extra])
        elif name == "LoadMethod":
            regs[a + GAP], regs[a] = Unbound, getattr(regs[b], constants[extra])
        elif name == "LoadItem":
            regs[a] = regs[b][regs[c]]
        elif name == "StoreItem":
            regs[a][regs[b]] = regs[c]
        elif name == "DeleteItem":
            del regs[a][regs[b]]
        elif name == "LoadSlice":
            regs[a] = regs[b][regs[c]:regs[c + 1]]
        elif name == "StoreSlice":
            regs[b][regs[c]:regs[c + 1]] = regs[a]
        elif name.startswith("JumpIf"):
            return self.condition(regs, constants, name[6:], a, b, c)
        elif name in ("Jump", "JumpBack"):
            return True
        elif name in ("Nop", "MakeGenerator"):
            pass
        elif name == "GetIter":
            regs[a] = iter(regs[b])
        elif name == "ForIter":
            try:
                regs[a] = next(regs[b])
            except StopIteration:
                return True
        elif name.startswith("Build"):
            self.build(regs, constants, name, a, b, c, extra)
        elif name == "FormatValue":
            value = regs[b]
            value = (lambda x: x, str, repr, ascii)[c & 3](value)
            regs[a] = format(value, regs[b + 1] if c >= 4 else "")
        elif name == "ListAppend":
            regs[a].append(regs[b])
        elif name == "ListExtend":
            if not hasattr(type(regs[b]), "__iter__") and not hasattr(type(regs[b]), "__getitem__"):
                raise TypeError(f"Value after * must be an iterable, not {type(regs[b]).__name__}")
            regs[a].extend(regs[b])
        elif name == "ListToTuple":
            regs[a] = tuple(regs[b])
        elif name == "SetAdd":
            regs[a].add(regs[b])
        elif name == "SetUpdate":
            regs[a].update(regs[b])
        elif name == "MapAdd":
            regs[a][regs[b]] = regs[c]
        elif name == "MapUpdate":
            if not hasattr(regs[b], "keys"):
                raise TypeError(f"'{type(regs[b]).__name__}' object is not a mapping")
            regs[a].update(regs[b])
        elif name == "MapMerge":
            called = getattr(regs[c], "__qualname__", "?")
            if not hasattr(regs[b], "keys"):
                raise TypeError(f"{called}() argument after ** must be a mapping, not {type(regs[b]).__name__}")
            for key in regs[b].keys():
                if key in regs[a]:
                    raise TypeError(f"{called}() got multiple values for keyword argument '{key}'")
                regs[a][key] = regs[b][key]
        elif name == "UnpackSequence":
            regs[a:a + c] = unpack(regs[b], c, None)
        elif name == "UnpackEx":
            regs[a:a + c + extra + 1] = unpack(regs[b], c, extra)
        elif name == "Call":
            regs[a] = self.call(regs, regs[b], regs[b + GAP:b + GAP + c], {})
        elif name == "CallMethod":
            regs[a] = self.call(regs, regs[b], regs[b + GAP + 1:b + GAP + 1 + c], {})
        elif name in ("CallKeywords", "CallMethodKeywords"):
            first = b + GAP + (name == "CallMethodKeywords")
            values, names = regs[first:first + c], constants[extra]
            plain = c - len(names)
            regs[a] = self.call(regs, regs[b], values[:plain], dict(zip(names, values[plain:])))
        elif name == "CallEx":
            keywords = regs[b + GAP + 1]
            arguments = regs[b + GAP]
            if not hasattr(type(arguments), "__iter__") and not hasattr(type(arguments), "__getitem__"):
                called = getattr(regs[b], "__qualname__", "?")
                raise TypeError(f"{called}() argument after * must be an iterable, not {type(arguments).__name__}")
            regs[a] = self.call(regs, regs[b], list(arguments), {} if keywords is Unbound else keywords)
        elif name == "MakeFunction":
            parts = [(), {}, (), ()]
            at = b
            for i in range(4):
                if c & 1 << i:
                    parts[i] = regs[at]
                    at += 1
            regs[a] = self.make_function(constants[extra], *parts)
        elif name == "LoadBuildClass":
            regs[a] = self.build_class
        elif name in ("Raise", "RaiseFrom"):
            if name == "RaiseFrom":
                raise regs[a] from regs[b]
            raise regs[a]
        elif name == "RaiseAgain":
            if self.handled is None:
                raise RuntimeError("No active exception to reraise")
            raise self.handled
        elif name == "Reraise":
            raise regs[a]
        elif name == "PushHandled":
            regs[a], self.handled = self.handled, regs[b]
        elif name == "PopHandled":
            self.handled = regs[a]
        elif name == "MatchException":
            try:
                raise regs[b].with_traceback(regs[b].__traceback__)
            except regs[c]:
                regs[a] = True
            except BaseException as error:
                if error is not regs[b]:
                    raise
                regs[a] = False
        elif name in ("MatchExceptionGroup", "MergeExceptStar", "EnterContext", "CallExit"):
            self.exceptional(regs, name, a, b, c)
        elif name == "LoadAssertionError":
            regs[a] = AssertionError
        elif name == "ImportName":
            regs[a] = __import__(constants[extra], self.globals, None, regs[b + 1], regs[b])
        elif name == "ImportFrom":
            try:
                regs[a] = getattr(regs[b], constants[extra])
            except AttributeError:
                raise ImportError(f"cannot import name {constants[extra]!r} from {regs[b].__name__!r}") from None
        elif name == "ImportStar":
            module = regs[a]
            names = getattr(module, "__all__", None) or [each for each in vars(module) if not each.startswith("_")]
            regs[b].update({each: getattr(module, each) for each in names})
        elif name == "SetupAnnotations":
            if "__annotations__" not in regs[a]:
                regs[a]["__annotations__"] = {}
        elif name == "PrintExpression":
            sys.displayhook(regs[a])
        elif name.startswith("Match") or name == "GetLength":
            self.match(regs, name, a, b, c)
        else:
            return self.asynchronous(regs, name, a, b, c)

    def condition(self, regs, constants, what, a, b, c):
        if what == "True":
            return bool(regs[a])
        if what == "False":
            return not regs[a]
        if what == "None":
            return regs[a] is None
        if what == "NotNone":
            return regs[a] is not None
        if what == "Is":
            return (regs[a] is regs[b]) == bool(c)
        right = constants[b] if what.endswith("Const") else regs[b]
        return bool(getattr(operator, COMPARE[what.removesuffix("Const")])(regs[a], right)) == bool(c)

    def build(self, regs, constants, name, a, b, c, extra):
        values = regs[b:b + c]
        if name == "BuildTuple":
            regs[a] = tuple(values)
        elif name == "BuildList":
            regs[a] = list(values)
        elif name == "BuildSet":
            regs[a] = set(values)
        elif name == "BuildMap":
            regs[a] = {regs[b + 2 * i]: regs[b + 2 * i + 1] for i in range(c)}
        elif name == "BuildConstMap":
            keys = constants[extra]
            regs[a] = dict(zip(keys, regs[b:b + len(keys)]))
        elif name == "BuildString":
            regs[a] = "".join(values)
        elif name == "BuildSlice":
            regs[a] = slice(*values)

    def build_class(self, body, name, /, *bases, **keywords):
        machine = self
        result = []

        def fill(namespace):
            closure = body.vm_closure
            result.append(machine.run_body(body.vm, namespace, closure))

        made = types.new_class(name, bases, {k: v for k, v in keywords.items()}, fill)
        cell = result[0]
        if isinstance(cell, types.CellType) and not filled(cell):
            cell.cell_contents = made
        return made

    def exceptional(self, regs, name, a, b, c):
        if name == "EnterContext":
            manager = regs[b]
            enter, leave = ("__aenter__", "__aexit__") if c else ("__enter__", "__exit__")
            kind = type(manager)
            protocol = "asynchronous context manager" if c else "context manager"
            if not hasattr(kind, enter):
                raise TypeError(f"'{kind.__name__}' object does not support the {protocol} protocol")
            if not hasattr(kind, leave):
                raise TypeError(f"'{kind.__name__}' object does not support the {protocol} protocol"
                                f" (missed {leave} method)")
            entering = getattr(kind, enter).__get__(manager, kind)
            regs[a] = getattr(kind, leave).__get__(manager, kind)
            regs[a + 1] = entering
        elif name == "CallExit":
            error = regs[c]
            regs[a] = regs[b](type(error), error, error.__traceback__)
        elif name == "MatchExceptionGroup":
            group, kinds = regs[b], regs[c]
            for kind in kinds if isinstance(kinds, tuple) else (kinds,):
                if not (isinstance(kind, type) and issubclass(kind, BaseException)):
                    raise TypeError("catching classes that do not inherit from BaseException is not allowed")
                if issubclass(kind, BaseExceptionGroup):
                    raise TypeError("catching ExceptionGroup with except* is not allowed. Use except instead.")
            if group is None:
                regs[a], regs[a + 1] = None, None
            elif isinstance(group, BaseExceptionGroup):
                regs[a], regs[a + 1] = group.split(kinds)
            elif isinstance(group, kinds):
                regs[a], regs[a + 1] = ExceptionGroup("", [group]) if isinstance(group, Exception) else BaseExceptionGroup("", [group]), None
            else:
                regs[a], regs[a + 1] = None, group
        else:
            original, parts = regs[b], [each for each in regs[c] if each is not None]
            if not isinstance(original, BaseExceptionGroup):
                regs[a] = parts[0] if parts else None
            elif not parts:
                regs[a] = None
            else:
                same = [each for each in parts if isinstance(each, BaseExceptionGroup) and shares(original, each)]
                raised = [each for each in parts if each not in same]
                keep = set(id(leaf) for each in same for leaf in leaves(each))
                rest = original.subgroup(lambda leaf: id(leaf) in keep) if same else None
                if not raised:
                    regs[a] = rest
                else:
                    regs[a] = BaseExceptionGroup("", raised + ([rest] if rest else []))

    def match(self, regs, name, a, b, c):
        import collections.abc as abc
        if name == "GetLength":
            regs[a] = len(regs[b])
        elif name == "MatchMapping":
            regs[a] = isinstance(regs[b], abc.Mapping)
        elif name == "MatchSequence":
            regs[a] = isinstance(regs[b], (abc.Sequence, __import__("array").array)) and not isinstance(regs[b], (str, bytes, bytearray))
        elif name == "MatchKeys":
            marker = object()
            values = [regs[b].get(key, marker) for key in regs[c]]
            if len(set(regs[c])) != len(regs[c]):
                raise ValueError(f"mapping pattern checks duplicate key ({regs[c][-1]!r})")
            regs[a] = None if any(each is marker for each in values) else tuple(values)
        elif name == "MatchRest":
            rest = dict(regs[b])
            for key in regs[c]:
                del rest[key]
            regs[a] = rest
        elif name == "MatchClass":
            subject, kind, names = regs[b:b + 3]
            if not isinstance(kind, type):
                raise TypeError("called match pattern must be a class")
            regs[a] = None
            if not isinstance(subject, kind):
                return
            values = []
            if c:
                simple = (bool, bytearray, bytes, dict, float, frozenset, int, list, set, str, tuple)
                wanted = getattr(kind, "__match_args__", None)
                if wanted is None and issubclass(kind, simple):
                    if c > 1:
                        raise TypeError(f"{kind.__name__}() accepts 1 positional sub-pattern ({c} given)")
                    values.append(subject)
                    c = 0
                wanted = wanted or ()
                if len(wanted) < c:
                    raise TypeError(f"{kind.__name__}() accepts {len(wanted)} positional sub-pattern"
                                    f"{'s' * (len(wanted) != 1)} ({c} given)")
                for each in wanted[:c]:
                    if each in names:
                        raise TypeError(f"{kind.__name__}() got multiple sub-patterns for attribute '{each}'")
                names = tuple(wanted[:c]) + names
            for each in names:
                if not hasattr(subject, each):
                    return
                values.append(getattr(subject, each))
            regs[a] = tuple(values)

    def asynchronous(self, regs, name, a, b, c):
        if name == "GetYieldFromIter":
            regs[a] = regs[b] if isinstance(regs[b], (types.GeneratorType, types.CoroutineType)) else iter(regs[b])
        elif name == "GetAwaitable":
            value = regs[b]
            if isinstance(value, types.CoroutineType) or isinstance(value, types.GeneratorType) and \
                    value.gi_code.co_flags & 0x100 or type(value).__name__ == "_GeneratorWrapper":
                regs[a] = value if not isinstance(value, types.CoroutineType) else value.__await__()
                if type(value).__name__ == "_GeneratorWrapper":
                    regs[a] = value.__await__()
                return
            if not hasattr(type(value), "__await__"):
                text = ("object {} can't be used in 'await' expression",
                        "'async with' received an object from __aenter__ that does not implement __await__: {}",
                        "'async with' received an object from __aexit__ that does not implement __await__: {}")[c]
                raise TypeError(text.format(type(value).__name__))
            regs[a] = type(value).__await__(value)
        elif name == "GetAsyncIter":
            if not hasattr(type(regs[b]), "__aiter__"):
                raise TypeError(f"'async for' requires an object with __aiter__ method, got {type(regs[b]).__name__}")
            regs[a] = type(regs[b]).__aiter__(regs[b])
        elif name == "GetAsyncNext":
            regs[b + 0], saved = regs[b], regs[b]
            awaitable = type(saved).__anext__(saved)
            self.asynchronous(regs + [None], "Nop", 0, 0, 0) if False else None
            holder = [None, awaitable]
            self.asynchronous(holder, "GetAwaitable", 0, 1, 0)
            regs[a] = holder[0]
        elif name == "Send":
            iterator, value = regs[b], regs[c]
            try:
                regs[a] = next(iterator) if value is None else iterator.send(value)
            except StopIteration as stop:
                regs[a] = stop.value
                return True
        elif name == "WrapAsyncValue":
            regs[a] = Wrapped(regs[b])
        elif name == "EndAsyncFor":
            if not isinstance(regs[a], StopAsyncIteration):
                raise regs[a]
        elif name == "Nop":
            pass
        else:
            raise NotImplementedError(name)


class AsyncGenerator:
    def __init__(self, run):
        self.run = run

    def __aiter__(self):
        return self

    def __anext__(self):
        return self.drive("send", None)

    def asend(self, value):
        return self.drive("send", value)

    def athrow(self, *error):
        return self.drive("throw", *error)

    async def aclose(self):
        try:
            await self.drive("throw", GeneratorExit())
        except (GeneratorExit, StopAsyncIteration):
            pass

    @types.coroutine
    def drive(self, method, *arguments):
        while True:
            try:
                got = getattr(self.run, method)(*arguments)
            except StopIteration:
                raise StopAsyncIteration from None
            if isinstance(got, Wrapped):
                return got.value
            try:
                method, arguments = "send", ((yield got),)
            except BaseException as error:
                method, arguments = "throw", (error,)


def filled(cell):
    try:
        cell.cell_contents
        return True
    except ValueError:
        return False


def leaves(group):
    for each in group.exceptions:
        if isinstance(each, BaseExceptionGroup):
            yield from leaves(each)
        else:
            yield each


def shares(original, part):
    own = set(map(id, leaves(original)))
    return all(id(leaf) in own for leaf in leaves(part))


def unpack(value, before, after):
    if after is None:
        items = list(value) if isinstance(value, (list, tuple)) else None
        if items is None:
            try:
                iterator = iter(value)
            except TypeError:
                raise TypeError(f"cannot unpack non-iterable {type(value).__name__} object") from None
            items = []
            for item in iterator:
                items.append(item)
                if len(items) > before:
                    break
        if len(items) > before:
            raise ValueError(f"too many values to unpack (expected {before})")
        if len(items) < before:
            raise ValueError(f"not enough values to unpack (expected {before}, got {len(items)})")
        return items
    try:
        items = list(iter(value))
    except TypeError:
        if hasattr(type(value), "__iter__"):
            raise
        raise TypeError(f"cannot unpack non-iterable {type(value).__name__} object") from None
    if len(items) < before + after:
        raise ValueError(f"not enough values to unpack (expected at least {before + after}, got {len(items)})")
    split = len(items) - after
    return items[:before] + [items[before:split]] + items[split:]


original_make = Machine.make_function


def make_function(self, code, defaults, kwdefaults, annotations, closure):
    function = original_make(self, code, defaults, kwdefaults, annotations, closure)
    function.vm_closure = closure
    return function


Machine.make_function = make_function


def main(tool, path):
    data = subprocess.run([tool, "-d", path], capture_output=True, text=True, check=True).stdout
    code = Code(ast.literal_eval(data))
    module = {"__name__": "__main__", "__builtins__": builtins, "__file__": path}
    sys.argv[:] = [path]
    sys.path[0] = str(Path(path).parent)
    Machine(module).run_body(code, module)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
