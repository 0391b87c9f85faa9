# SPDX-License-Identifier: MIT
# What tools/memory.py runs in a process of its own: makes many objects of one kind, prints bytes per object by RSS growth.
# usage: memory_probe.py KIND [COUNT] | --kinds | --return | --fragment | --idle
# Runs on every Python 3: no imports besides sys and gc before the measurement.

import gc
import sys


def rss():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096


def settle():
    for _ in range(3):
        gc.collect()


def define(attributes, extra=""):
    names = ["a%d" % i for i in range(attributes)]
    lines = ["class C(object):", "    def __init__(self, x):"]
    lines += ["        self.%s = x" % name for name in names] or ["        pass"]
    return "\n".join(lines) + "\n" + extra


def slotted(count):
    names = ["a%d" % i for i in range(count)]
    lines = ["class C(object):", "    __slots__ = %r" % (tuple(names),), "    def __init__(self, x):"]
    return "\n".join(lines + ["        self.%s = x" % name for name in names] or ["        pass"]) + "\n"


# name: (count, set-up, expression of i)
KINDS = {
    "instance of 0 attributes": (500000, define(0), "C(i)"),
    "instance of 1 attribute": (500000, define(1), "C(None)"),
    "instance of 3 attributes": (500000, define(3), "C(None)"),
    "instance of 3 ints": (500000, define(3), "C(i + 1000)"),
    "instance of 8 attributes": (300000, define(8), "C(None)"),
    "instance of 30 attributes": (60000, define(30), "C(None)"),
    "instance with 3 __slots__": (500000, slotted(3), "C(None)"),
    "instance with touched __dict__": (200000, define(3, "def touch(o):\n    o.__dict__\n    return o\n"),
                                       "touch(C(None))"),
    "instance of a list subclass": (200000, "class C(list): pass", "C()"),
    "instance of a dict subclass": (200000, "class C(dict): pass", "C()"),
    "instance of an int subclass": (300000, "class C(int): pass", "C(i)"),
    "instance of a str subclass": (300000, "class C(str): pass", "C('abc')"),
    "int below 2**61": (1000000, "", "i + 1000000"),
    "int of 100 bits": (500000, "big = 1 << 100", "big + i"),
    "int of 1000 bits": (200000, "big = 1 << 1000", "big + i"),
    "float": (1000000, "", "i * 0.5"),
    "complex": (500000, "", "complex(i, 1)"),
    "str of 1 character (Latin-1)": (500000, "", "chr(65 + i % 26)"),
    "str of 10 ASCII characters": (500000, "", "'%010d' % i"),
    "str of 50 ASCII characters": (300000, "", "'%050d' % i"),
    "str of 10 characters of 2 bytes": (300000, "", "u'\\u0416%09d' % i"),
    "str of 10 characters of 4 bytes": (300000, "", "u'\\U0001F600%09d' % i"),
    "bytes of 10": (500000, "", "b'%010d' % i"),
    "bytearray of 10": (300000, "", "bytearray(b'%010d' % i)"),
    "tuple of 0": (500000, "", "tuple([])"),
    "tuple of 2": (500000, "", "(i, None)"),
    "tuple of 5": (300000, "", "(None, i, None, None, None)"),
    "list of 0": (500000, "", "[]"),
    "list of 3": (300000, "", "[None, i, None]"),
    "list of 10, appended": (100000, "def f():\n    x = []\n    for k in range(10): x.append(None)\n    return x",
                             "f()"),
    "dict of 0": (300000, "", "{}"),
    "dict of 1": (200000, "", "{'a': None}"),
    "dict of 5, str keys": (150000, "", "{'a': None, 'b': i, 'c': None, 'd': None, 'e': None}"),
    "dict of 5, int keys": (150000, "", "{1: None, 2: i, 3: None, 4: None, 5: None}"),
    "dict of 100": (10000, "keys = ['k%d' % k for k in range(100)]", "dict.fromkeys(keys, i)"),
    "set of 0": (200000, "", "set()"),
    "set of 5": (150000, "", "{1, 2, 3, 4, i}"),
    "frozenset of 5": (150000, "", "frozenset((1, 2, 3, 4, i))"),
    "function": (200000, "", "(lambda: 0)"),
    "closure of one variable": (200000, "def f(x):\n    return lambda: x", "f(i)"),
    "bound method": (300000, "class C(object):\n    def m(self): pass\nc = C()", "c.m"),
    "generator, suspended": (100000,
                             "def g(x):\n    yield x\n    yield 1\ndef f(x):\n    y = g(x)\n    next(y)\n    return y",
                             "f(i)"),
    "coroutine": (100000, "async def g(x): return x", "g(i)"),
    "exception, not raised": (200000, "", "ValueError(i)"),
    "exception, caught": (100000,
                          "def f(i):\n    try:\n        raise ValueError(i)\n    except ValueError as e:\n        return e", "f(i)"),
    "class": (5000, "", "type('C', (), {'a': 1})"),
    "module": (20000, "import types", "types.ModuleType('m')"),
    "code object": (20000, "", "compile('x = %d + y' % i, 'f', 'exec')"),
    "weak reference": (200000, "import weakref\nclass C(object): pass\nold = [C() for _ in range(200000)]",
                       "weakref.ref(old[i])"),
    "iterator of a list": (300000, "x = [1]", "iter(x)"),
    "slice": (300000, "", "slice(i)"),
    "range": (300000, "", "range(i + 5)"),
    "property": (200000, "", "property()"),
    "element of a list of ints": (3000000, "", None),
    "element of a list of floats": (3000000, "", None),
}


def measure(kind, count):
    size, setup, expression = KINDS[kind]
    count = count or size
    if expression is None:
        settle()
        base = rss()
        kept = [i + 1000 for i in range(count)] if "ints" in kind else [i * 0.5 for i in range(count)]
        settle()
        return float(rss() - base) / len(kept)
    namespace = {"rss": rss, "settle": settle}
    exec(setup + "\n", namespace)
    exec("def fill(kept, count):\n    for i in range(count):\n        kept[i] = %s\n" % expression, namespace)
    warm = [None] * 2000
    namespace["fill"](warm, 2000)
    del warm
    kept = [None] * count
    settle()
    base = rss()
    namespace["fill"](kept, count)
    settle()
    grown = rss() - base
    sys.unraisablehook = lambda *a: None
    if kind == "coroutine":
        import warnings
        warnings.simplefilter("ignore")
    return float(grown) / len(kept)


class Record(object):
    def __init__(self, i):
        self.a = i
        self.b = "text %d" % i
        self.c = [i]


def give_back(share):
    """RSS at the start, with a heap of about 100 MB, and after dropping all but one in share."""
    settle()
    start = rss()
    kept = [Record(i) for i in range(450000)]
    settle()
    full = rss()
    kept = kept[::share] if share else None
    settle()
    after = rss()
    live = (full - start) / share if share else 0
    return start, full, after, live


def main():
    argument = sys.argv[1]
    if argument == "--kinds":
        print("\n".join(KINDS))
    elif argument == "--return":
        print("%d %d %d %d" % give_back(64))
    elif argument == "--drop-all":
        print("%d %d %d %d" % give_back(0))
    elif argument == "--fragment":
        print("%d %d %d %d" % give_back(100))
    elif argument == "--idle":
        print("%d 0 0 0" % rss())
    else:
        print(measure(argument, int(sys.argv[2]) if len(sys.argv) > 2 else 0))
    sys.stdout.flush()


main()
