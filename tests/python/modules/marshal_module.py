# marshal: the format of data, code objects there and back, damaged data.
import io
import marshal
import random
import sys

shared = ("one", 2.5)
values = [None, True, False, ..., StopIteration, 0, -1, 2**31 - 1, -2**31, 2**31, 2**61, -2**61, 2**62, -2**100, 0.1,
          -0.0, 1e300, float("inf"), 1 - 2j, "", "name", "é", "€" * 99, "\ud800", "x" * 300, b"", b"ab", (), (1, (2,)),
          [1, ["a", []]], {1: {"k": [None]}}, {1, 2, 3}, frozenset("ab"), [shared, shared], list(range(300))]
for value in values:
    for version in range(5):
        data = marshal.dumps(value, version)
        again = marshal.loads(data)
        assert again == value and type(again) is type(value), (value, again)
    print(marshal.dumps(value, 2) if value != {1, 2, 3} else "set")
print(marshal.loads(marshal.dumps(bytearray(b"ba"))), marshal.loads(memoryview(marshal.dumps([1]))), marshal.version)
pair = marshal.loads(marshal.dumps([shared, shared]))
print(pair[0] is pair[1])
loop = []
loop.append(loop)
again = marshal.loads(marshal.dumps(loop))
print(again[0] is again)
for bad in (object(), [int], lambda: 0, type("I", (int,), {})(3)):
    try:
        marshal.dumps(bad)
    except ValueError as e:
        print(e)
for data in (b"", b"z", b"z\x05ab", b"i\1", b")\2N", b"(\2\0\0\0N", b"I\1\0\0\0\0\0\0\0", b"f\3abc", b"f\0031.5", b"0",
             b")\0010", b"[\1\0\0\x000", b"<\1\0\0\x000", b"{0", b"{N0", b"?", b"r\0\0\0\0", b"\xdb\1\0\0\0r\0\0\0\0",
             b"l\1\0\0\0\0\0", b"l\1\0\0\0\xff\xff", b"s\xff\xff\xff\xff", b"u\2\0\0\0\xff\xff", b"a\xff\xff\xff\xff",
             b"<\1\0\0\0[\0\0\0\0", b"\xbe\1\0\0\0r\0\0\0\0", b"(\xff\xff\xff\xff", b"s\xff\xff\xff\x7f"):
    try:
        print(data, marshal.loads(data))
    except (ValueError, EOFError, TypeError) as e:
        print(data, type(e).__name__, e)
for deep in (b"[\1\0\0\0" * 5000, b")\1" * 5000):
    try:
        marshal.loads(deep)
    except ValueError as e:
        print(e)

source = '''
def f(a, /, b=2, *c, d, **e):
    "doc"
    class X:
        y: int = a
        def method(self): return __class__, b
    return [i + b for i in c], X().method()[1], d, e, (lambda: a)()
def g():
    try: yield 1
    finally: print("finally")
'''
code = compile(source, "name.py", "exec")
copy = marshal.loads(marshal.dumps(code))
space = {}
exec(copy, space)
print(copy == code, copy.co_filename, space["f"](1, 3, 4, 5, d=6, k=7), list(space["g"]()), space["f"].__doc__)
file = io.BytesIO()
marshal.dump(code, file)
marshal.dump("after", file)
file.seek(0)
print(marshal.load(file) == code, marshal.load(file))
try:
    marshal.load(file)
except EOFError as e:
    print(e)

# Damaged data raises and nothing else happens.
generator = random.Random(1)
data = marshal.dumps((code, values))
for _ in range(3000):
    damaged = bytearray(data)
    for _ in range(generator.randrange(1, 4)):
        damaged[generator.randrange(len(damaged))] = generator.randrange(256)
    if generator.random() < 0.3:
        del damaged[generator.randrange(len(damaged)):]
    # CPython does not check its own code objects.
    try:
        if sys.implementation.name == "viperine":
            marshal.loads(damaged)
    except (ValueError, EOFError, TypeError, MemoryError, OverflowError) as e:
        str(e)
print("done")
