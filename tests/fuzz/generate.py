# SPDX-License-Identifier: MIT
# Random Python programs by grammar. Every program ends, prints much, and depends on nothing but its text:
# no identities, no addresses, no clock. Errors are part of the output: most statements stand in try blocks.

import random

INTS = (0, 1, -1, 2, 3, 5, 7, 10, -10, 63, 64, 100, 255, 256, 1000, -1000, 2**30, 2**31 - 1, 2**31, 2**53, 2**60,
        2**61 - 1, 2**61,
        -2**61, -2**61 - 1, 2**62, 2**63 - 1, 2**63, -2**63, 2**64, 10**18, 10**25, -10**30, 2**100)
FLOATS = ("0.0", "-0.0", "1.0", "0.5", "-1.5", "3.14159", "1e10", "1e-10", "1e16", "1e22", "123456.789", "1e308",
          "5e-324", "0.1",
          "float('inf')", "float('-inf')", "float('nan')", "2.0**53", "100.0", "2.5", "-2.5")
STRINGS = ("", "a", "abc", "Hello World", "  pad ", "a,b,,c", "éü", "日本", "😀x", "line\nbreak", "tab\t", "'q'", '"',
           "\\", "12", "-3.5",
           "0x1f", "AbC", "aaa", "x" * 20, "%d", "{}", "\x00", "ß", "İ", "١٢")
SPECS = ("", "d", "x", "5", "<8", ">8", "^8", "*^9", "08", "+", ".2f", ".3", "e", "g", "%", ",", "_", "s", "b", "#x",
         "c", "10.3f", "=8", "n", " d", ".0f", "#o", "<08", "z.1f")
BINARY = ("+", "-", "*", "/", "//", "%", "&", "|", "^", "@")
COMPARE = ("<", "<=", "==", "!=", ">", ">=", "in", "not in", "is", "is not")
METHODS = {
    "str": ("upper()", "lower()", "strip()", "split()", "split(',')", "title()", "swapcase()", "capitalize()",
            "casefold()", "isalpha()", "isdigit()",
            "isspace()", "splitlines()", "encode()", "find('a')", "count('a')", "replace('a', 'bb')", "center(9, '*')",
            "zfill(6)", "partition(',')",
            "rsplit(None, 1)", "startswith('a')", "isidentifier()", "expandtabs(4)", "rjust(6)", "index('b')",
            "join(['x', 'y'])", "isnumeric()", "isupper()",
            "removeprefix('a')", "translate({97: 'z'})", "encode('latin-1')", "istitle()", "lstrip('a')", "rfind('')",
            "isprintable()", "encode('utf-16-le')"),
    "list": ("copy()", "count(1)", "index(2)", "append(4)", "pop()", "reverse()", "sort()", "extend([1])",
             "insert(0, 9)", "remove(1)", "clear()", "pop(0)",
             "sort(key=str)", "sort(reverse=True)", "extend('ab')", "insert(-1, None)"),
    "dict": ("keys()", "values()", "items()", "get('a')", "get('zz', 5)", "pop('a')", "pop('zz', 1)",
             "setdefault('q', 2)", "copy()", "popitem()", "update({'n': 1})",
             "clear()", "update(k=2)"),
    "set": ("copy()", "add(5)", "discard(1)", "remove(2)", "union([7])", "intersection({1, 2})", "difference([1])",
            "symmetric_difference({1, 9})",
            "issubset({1})", "isdisjoint([3])", "update([8])"),
    "int": ("bit_length()", "conjugate()", "bit_count()", "to_bytes(8, 'big', signed=True)", "as_integer_ratio()",
            "__index__()", "__neg__()", "__abs__()"),
    "float": ("is_integer()", "hex()", "as_integer_ratio()", "conjugate()", "__trunc__()", "__round__()"),
    "bytes": ("hex()", "decode()", "upper()", "split()", "find(b'a')", "replace(b'a', b'b')", "decode('latin-1')",
              "isalpha()", "join([b'x', b'y'])"),
    "tuple": ("count(1)", "index(2)"),
}
BUILTINS = ("len({})", "abs({})", "str({})", "repr({})", "int({})", "float({})", "bool({})", "list({})", "tuple({})",
            "sorted({})", "sum({})", "max({})", "min({})",
            "hash({})", "bin({})", "hex({})", "oct({})", "chr({})", "ord({})", "round({})", "set({})", "dict({})",
            "any({})", "all({})", "reversed({})", "enumerate({})",
            "iter({})", "type({}).__name__", "ascii({})", "bytes({})", "bytearray({})", "complex({})", "divmod({}, 3)",
            "pow({}, 2, 7)", "round({}, 2)", "isinstance({}, int)",
            "list(zip({}, 'ab'))", "list(map(str, {}))", "format({})", "slice({})", "range({})", "frozenset({})",
            "callable({})", "-({})", "~({})", "not ({})", "next(iter({}))",
            "sorted({}, key=str)", "sorted({}, reverse=True)", "'%s' % ({},)", "'%r|%5s' % ({0}, {0})", "'%d' % {}",
            "'%.3f' % {}", "'%x' % {}", "list(enumerate({}, 1))", "sum({}, 0.5)",
            "max({}, default=0)", "str({}, 'utf-8')", "memoryview({}).tobytes()", "list(filter(None, {}))")
ERRORS = ("ValueError", "TypeError", "KeyError", "IndexError", "ZeroDivisionError", "RuntimeError", "Exception",
          "LookupError", "ArithmeticError", "AttributeError", "StopIteration")


class Generator:
    """One program; the seed decides everything."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.lines = []
        self.indent = 0
        self.names = ["a", "b", "c"]
        self.functions = []
        self.generators = []
        self.classes = []
        self.counter = 0

    def pick(self, *choices):
        return self.random.choice(choices)

    def chance(self, share):
        return self.random.random() < share

    def fresh(self, prefix):
        self.counter += 1
        return "%s%d" % (prefix, self.counter)

    def emit(self, text):
        self.lines.append("    " * self.indent + text)

    # ---- expressions

    def atom(self):
        kind = self.random.randrange(13)
        if kind < 3:
            return str(self.random.choice(INTS)) if self.chance(0.5) else str(self.random.randrange(-20, 20))
        if kind == 3:
            return self.random.choice(FLOATS)
        if kind in (4, 5):
            return repr(self.random.choice(STRINGS))
        if kind == 6:
            return self.pick("True", "False", "None", "...", "1j", "(2-3j)", "b'abc'", "b''", "b'\\xff'", "()", "[]",
                             "{}", "set()", "range(5)", "bytearray(b'xy')")
        return self.random.choice(self.names)

    def expression(self, depth=3):
        if depth <= 0:
            return self.atom()
        kind = self.random.randrange(26)
        e = lambda: self.expression(depth - 1)
        if kind < 4:
            return self.atom()
        if kind < 8:
            return "(%s %s %s)" % (e(), self.random.choice(BINARY), e())
        if kind == 8:
            return "(%s %s %s)" % (e(), self.random.choice(COMPARE), e())
        if kind == 9:
            return "(%s %s %s)" % (e(), self.pick("and", "or"), e())
        if kind == 10:
            return "(%s if %s else %s)" % (e(), e(), e())
        if kind == 11:
            return "[%s]" % ", ".join(e() for _ in range(self.random.randrange(4)))
        if kind == 12:
            return "(%s,)" % ", ".join(e() for _ in range(self.random.randrange(1, 4)))
        if kind == 13:
            return "{%s}" % ", ".join("%s: %s" % (self.key(), e()) for _ in range(self.random.randrange(4)))
        if kind == 14:
            return "{%s}" % ", ".join(self.key() for _ in range(self.random.randrange(1, 4)))
        if kind == 15:
            return "%s[%s]" % (self.container(depth - 1), self.pick(e, self.slice)())
        if kind in (16, 17):
            name, methods = self.random.choice(list(METHODS.items()))
            return "%s.%s" % (self.of_type(name, depth - 1), self.random.choice(methods))
        if kind in (18, 19):
            argument = e()
            return self.random.choice(BUILTINS).format(argument, argument)
        if kind == 20:
            return self.comprehension(depth - 1)
        if kind == 21:
            return self.format_string(depth - 1)
        if kind == 22 and self.functions:
            return self.call(depth - 1)
        if kind == 23:
            name = self.fresh("v")
            self.names.append(name)
            body = e()
            self.names.remove(name)
            return "(lambda %s: %s)(%s)" % (name, body, e())
        if kind == 24 and self.classes:
            return "%s(%s)%s" % (self.random.choice(self.classes), e(),
                                 self.pick("", ".x", ".get()", ".twice", " + 1", "[2]", " == 5", ".missing"))
        if kind == 25 and self.generators:
            return "list(%s(%d))" % (self.random.choice(self.generators), self.random.randrange(6))
        return "(%s ** %s)" % (self.pick("2", "-3", "0.5", "a", "10", "True"),
                               self.pick("2", "3", "-1", "0.5", "0", "10", "64"))

    def key(self):
        return self.pick(str(self.random.randrange(5)), repr(self.random.choice("abcd")), "(1, 2)", "None", "2.0",
                         "True", "b'k'")

    def slice(self):
        part = lambda: self.pick("", "", str(self.random.randrange(-6, 7)))
        return "%s:%s%s" % (part(), part(), self.pick("", ":" + self.pick("1", "2", "-1", "-2", "3", "0")))

    def container(self, depth):
        return self.pick(self.of_type("str", depth), self.of_type("list", depth), self.of_type("dict", depth),
                         self.of_type("tuple", depth), self.random.choice(self.names))

    def of_type(self, name, depth):
        if self.chance(0.3):
            return self.random.choice(self.names)
        if name == "str":
            return repr(self.random.choice(STRINGS))
        if name == "list":
            return "[%s]" % ", ".join(self.expression(min(depth, 1)) for _ in range(self.random.randrange(5)))
        if name == "tuple":
            return "(1, 2, %s)" % self.expression(min(depth, 1))
        if name == "dict":
            return "{'a': %s, 'b': 2, 3: 'c'}" % self.expression(min(depth, 1))
        if name == "set":
            return "{1, 2, %s}" % self.random.randrange(10)
        if name == "int":
            return "(%d)" % self.random.choice(INTS)
        if name == "float":
            return "(%s)" % self.random.choice(FLOATS)
        return "b'a b'"

    def comprehension(self, depth):
        name = self.fresh("i")
        self.names.append(name)
        body, condition = self.expression(depth), self.expression(depth - 1)
        self.names.remove(name)
        source = self.pick("range(%d)" % self.random.randrange(6), repr(self.random.choice(STRINGS)), "[3, 1, 2]",
                           "{'k': 1, 'j': 2}", "(1, 'a', None)")
        clause = "for %s in %s%s" % (name, source, " if %s" % condition if self.chance(0.4) else "")
        if self.chance(0.2):
            other = self.fresh("j")
            clause += " for %s in range(2)" % other
        shape = self.pick("[%s %s]", "sorted({str(%s) %s})", "{str(%s): 1 %s}", "list(%s %s)", "tuple(%s %s)")
        return shape % (body, clause)

    def format_string(self, depth):
        parts = []
        for _ in range(self.random.randrange(1, 4)):
            inner = self.expression(min(depth, 1))
            if "'" in inner or '"' in inner or "\\" in inner or "{" in inner or "lambda" in inner or "!=" in inner or "\n" in inner:
                inner = self.random.choice(self.names)
            conversion = self.pick("", "", "!r", "!s", "!a")
            spec = ":" + self.random.choice(SPECS) if self.chance(0.6) else ""
            parts.append("{%s%s%s}" % (inner, conversion, spec) + self.pick("", " ", "{{", "}}", "é"))
        return "f'%s'" % "".join(parts)

    def call(self, depth):
        name, count = self.random.choice(self.functions)
        arguments = [self.expression(min(depth, 1))
                     for _ in range(count + (self.random.randrange(-1, 2) if self.chance(0.2) else 0))]
        if self.chance(0.2):
            arguments.append(self.pick("k=5", "*[1]", "**{'k': 2}", "*'ab'", "zz=1"))
        return "%s(%s)" % (name, ", ".join(arguments))

    # ---- statements

    def block(self, depth, count=None):
        self.indent += 1
        for _ in range(count or self.random.randrange(1, 4)):
            self.statement(depth)
        self.indent -= 1

    def statement(self, depth):
        kind = self.random.randrange(22)
        if kind < 5 or depth <= 0:
            return self.emit("print(%s)" % self.expression())
        if kind < 8:
            return self.assignment()
        if kind == 8:
            self.emit("if %s:" % self.expression(2))
            self.block(depth - 1)
            if self.chance(0.5):
                self.emit("elif %s:" % self.expression(1))
                self.block(depth - 1)
            if self.chance(0.5):
                self.emit("else:")
                self.block(depth - 1)
        elif kind == 9:
            self.loop(depth)
        elif kind in (10, 11, 12):
            self.try_statement(depth)
        elif kind == 13:
            self.match_statement(depth)
        elif kind == 14:
            self.with_statement(depth)
        elif kind == 15:
            self.emit("%s %s= %s" % (self.random.choice(self.names), self.random.choice(BINARY), self.expression(2)))
        elif kind == 16:
            self.emit("del %s[%s]" % (self.random.choice(self.names),
                                      self.pick(self.slice, lambda: self.expression(0))()))
        elif kind == 17:
            self.emit("raise %s(%s)" % (self.random.choice(ERRORS), self.expression(1)))
        elif kind == 18:
            self.emit("assert %s, %s" % (self.expression(2), self.expression(1)))
        elif kind == 19:
            a, b = self.random.sample(self.names, 2)
            self.emit(self.pick("%s, %s = %s, %s" % (a, b, b, a), "%s, *%s = %s" % (a, b, self.container(1)),
                                "%s, %s = %s" % (a, b, self.container(1)),
                                "%s = %s = %s" % (a, b, self.expression(2))))
        elif kind == 20:
            self.emit("for %s in %s: print(%s)" % (self.random.choice(self.names),
                                                   self.pick("range(3)", "'xyz'", "[1, 'a', None]",
                                                             self.random.choice(self.names)), self.expression(1)))
        else:
            self.emit("print(%s, %s, sep=%r)" % (self.expression(2), self.expression(2), self.pick("-", " ", "")))

    def assignment(self):
        target = self.pick(self.random.choice(self.names), self.random.choice(self.names),
                           "%s[%s]" % (self.random.choice(self.names),
                                       self.pick(self.slice, lambda: self.expression(0))()))
        self.emit("%s = %s" % (target, self.expression()))

    def loop(self, depth):
        if self.chance(0.5):
            self.emit("for %s in range(%d):" % (self.random.choice(self.names), self.random.randrange(5)))
        else:
            n = self.fresh("n")
            self.emit("%s = %d" % (n, self.random.randrange(4)))
            self.emit("while %s > 0:" % n)
            self.indent += 1
            self.emit("%s -= 1" % n)
            self.indent -= 1
        self.block(depth - 1)
        if self.chance(0.4):
            self.indent += 1
            self.emit("if %s: %s" % (self.expression(1), self.pick("break", "continue")))
            self.indent -= 1
        if self.chance(0.3):
            self.emit("else:")
            self.block(depth - 1, 1)

    def try_statement(self, depth):
        self.emit("try:")
        self.block(depth - 1)
        for _ in range(self.random.randrange(2)):
            self.emit("except %s as error:" % self.random.choice(ERRORS))
            self.indent += 1
            self.emit("print('caught', type(error).__name__, error)")
            if self.chance(0.15):
                self.emit(self.pick("raise", "raise ValueError('again') from error", "raise KeyError('other')"))
            self.indent -= 1
        self.emit("except Exception as error:")
        self.indent += 1
        self.emit("print('error', type(error).__name__, error, repr(error.__cause__), repr(error.__context__))")
        self.indent -= 1
        if self.chance(0.3):
            self.emit("else:")
            self.block(depth - 1, 1)
        if self.chance(0.3):
            self.emit("finally:")
            self.block(depth - 1, 1)

    def pattern(self, depth=2):
        kind = self.random.randrange(11)
        if kind < 3 or depth == 0:
            return self.pick("0", "1", "'a'", "None", "True", "-1", "2.5", "_", "'abc'")
        if kind == 3:
            return self.fresh("m")
        if kind == 4:
            return "[%s]" % ", ".join(self.pattern(depth - 1) for _ in range(self.random.randrange(3)))
        if kind == 5:
            return "[%s, *_]" % self.pattern(depth - 1)
        if kind == 6:
            return "{'a': %s}" % self.pattern(depth - 1)
        if kind == 7:
            return self.pick("int()", "str()", "float()", "list()", "dict()", "int(1)", "tuple((_, _))", "bool()")
        if kind == 8:
            return "(1 | 2 | 'x')"
        if kind == 9:
            return "(%s as %s)" % (self.pick("int()", "str()", "[_, *_]", "{'b': _}"), self.fresh("m"))
        return self.pick("[1, *%s]" % self.fresh("m"), "{**%s}" % self.fresh("m"))

    def match_statement(self, depth):
        self.emit("match %s:" % self.expression(2))
        self.indent += 1
        for _ in range(self.random.randrange(1, 4)):
            self.emit("case %s%s:" % (self.refutable(), " if %s" % self.expression(1) if self.chance(0.2) else ""))
            self.block(depth - 1, 1)
        self.emit("case _:")
        self.block(depth - 1, 1)
        self.indent -= 1

    def refutable(self):
        while True:
            text = self.pattern()
            if text != "_" and not text.startswith("m"):
                return text

    def with_statement(self, depth):
        self.emit("with Guard(%r, %s) as guard:" % (self.pick("g", "h"), self.pick("True", "False")))
        self.block(depth - 1)

    # ---- definitions

    def function(self):
        name, count = self.fresh("f"), self.random.randrange(4)
        parameters = [self.fresh("p") for _ in range(count)]
        text = list(parameters)
        if self.chance(0.4):
            text.append("k=%s" % self.atom_constant())
        if self.chance(0.2):
            text.append("*rest")
        if self.chance(0.2):
            text.append("**more")
        saved, self.names = self.names, self.names + parameters
        self.emit("def %s(%s):" % (name, ", ".join(text)))
        self.indent += 1
        for _ in range(self.random.randrange(1, 3)):
            local = self.fresh("l")
            self.emit("%s = %s" % (local, self.expression(2)))
            self.names.append(local)
        if self.chance(0.5):
            self.emit("if %s: return %s" % (self.expression(1), self.expression(1)))
        if self.chance(0.3):
            inner = self.fresh("g")
            self.emit("def %s(): return %s" % (inner, self.expression(2)))
            self.emit("return %s()" % inner)
        else:
            self.emit("return %s" % self.expression())
        self.indent -= 1
        self.names = saved
        self.functions.append((name, count))

    def generator_function(self):
        name = self.fresh("gen")
        saved, self.names = self.names, self.names + ["n", "i"]
        self.emit("def %s(n):" % name)
        self.indent += 1
        self.emit("for i in range(n):")
        self.indent += 1
        self.emit(self.pick("yield %s" % self.expression(2), "got = yield i; print('got', got)",
                            "yield from [i, %s]" % self.expression(1)))
        self.indent -= 1
        if self.chance(0.4):
            self.emit("return %s" % self.expression(1))
        self.indent -= 1
        self.names = saved
        self.generators.append(name)

    def klass(self):
        name = self.fresh("K")
        base = self.random.choice(self.classes) if self.classes and self.chance(0.5) else ""
        self.emit("class %s%s:" % (name, "(%s)" % base if base else ""))
        self.indent += 1
        saved, self.names = self.names, self.names + ["self.x"]
        self.emit("def __init__(self, x): self.x = x")
        self.emit("def __repr__(self): return f'%s({self.x!r})'" % name)
        self.emit("def get(self): return %s" % self.expression(2))
        for text in ("def __add__(self, o): return (%s)", "def __eq__(self, o): return %s",
                     "def __getitem__(self, k): return (k, %s)", "def __len__(self): return %s",
                     "def __hash__(self): return %s", "def __bool__(self): return bool(%s)",
                     "def __call__(self, *a): return %s", "def __contains__(self, v): return %s",
                     "def __iter__(self): return iter([%s])",
                     "def __getattr__(self, name): return %s if name == 'missing' else object.__getattribute__(self, name)",
                     "@property\n" + "    " * self.indent + "def twice(self): return %s",
                     "def __radd__(self, o): return (%s)", "def __lt__(self, o): return %s",
                     "def __format__(self, s): return f'<{s}>' + str(%s)[:0]"):
            if self.chance(0.25):
                self.emit(text % self.expression(1))
        self.indent -= 1
        self.names = saved
        self.classes.append(name)

    def program(self):
        self.emit("class Guard:")
        self.emit("    def __init__(self, name, swallow): self.name, self.swallow = name, swallow")
        self.emit("    def __enter__(self): print('enter', self.name); return self.name")
        self.emit("    def __exit__(self, kind, value, tb): print('exit', self.name, kind and kind.__name__, value); return self.swallow")
        for name in self.names:
            self.emit("%s = %s" % (name, self.atom_constant()))
        for _ in range(self.random.randrange(3)):
            self.klass()
        for _ in range(self.random.randrange(1, 4)):
            self.function()
        if self.chance(0.5):
            self.generator_function()
        for _ in range(self.random.randrange(4, 12)):
            self.emit("try:")
            self.block(3, self.random.randrange(1, 4))
            self.emit("except Exception as error:")
            self.emit("    print(type(error).__name__, error)")
        if self.chance(0.3):
            self.statement(2)
        return "\n".join(self.lines) + "\n"

    def atom_constant(self):
        saved, self.names = self.names, ["7"]
        text = self.pick(self.atom(), "[1, 2, 3]", "{'a': 1, 'b': [2]}", "(1, 2)", "{1, 2, 3}",
                         repr(self.random.choice(STRINGS)), str(self.random.choice(INTS)))
        self.names = saved
        return text


def generate(seed):
    return Generator(seed).program()


if __name__ == "__main__":
    import sys
    print(generate(int(sys.argv[1])), end="")
