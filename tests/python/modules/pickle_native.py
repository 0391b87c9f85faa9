# _pickle: the same bytes as CPython's in every protocol, memo and registry, buffers, errors, damaged data.
import _pickle
import collections
import copyreg
import io
import pickle
import random
import sys


class Plain:
    def __init__(self, x):
        self.x = x


class Slots:
    __slots__ = ("a", "b")


class NewEx:
    def __new__(cls, a, *, k):
        self = object.__new__(cls)
        self.both = a, k
        return self

    def __getnewargs_ex__(self):
        return (1,), {"k": 2}


class Listing(list):
    pass


class Outer:
    class Inner:
        pass

    def method(self):
        pass


slots = Slots()
slots.a, slots.b = 1, [2]
listing = Listing([1, 2])
listing.extra = "e"
shared = ["shared"]
recursive = []
recursive.append((recursive, {"r": recursive}))
values = [
    None, True, 0, 255, 256, 65535, 65536, -1, 2**31 - 1, -2**31, 2**31, -2**63, 2**64, -2**100, 2**2100, 0.1, -0.0,
    "", "text", "é\n\\\0", "\ud800", "€" * 300, b"", b"b" * 300, bytearray(b"xyz"), (), (1,), (1, 2), (1, 2, 3),
    tuple(range(9)), [], [1], list(range(2100)), {}, {"a": 1}, {i: str(i) for i in range(1001)}, set(), {5},
    frozenset(), frozenset([7]), 2 - 3j, ..., NotImplemented, type(None), type(...), int, len, Plain, Outer.Inner,
    Outer.method, [].append, Plain([shared, shared]), slots, NewEx(1, k=2), listing, recursive, range(5), slice(1, 2),
    collections.OrderedDict(a=1), collections.Counter("aab"), collections.deque([1], 3), ValueError("v", 1),
    ["x" * 70000, "y" * 70000, "z"], [b"0" * 66000],
]
for value in values:
    for protocol in range(6):
        try:
            data = _pickle.dumps(value, protocol)
        except Exception as e:
            print(protocol, type(e).__name__, e)
            continue
        print(protocol, data if len(data) < 120 else (len(data), data[:50], data[-30:]))
        again = _pickle.loads(data)
        assert type(again) is type(value)
        pickle._loads(data)


class Persistent(_pickle.Pickler):
    def persistent_id(self, object):
        return ("id", object.x) if isinstance(object, Plain) else None

    def reducer_override(self, object):
        return (str, ("reduced",)) if isinstance(object, complex) else NotImplemented


class Loading(_pickle.Unpickler):
    def persistent_load(self, id):
        return "loaded", id

    def find_class(self, module, name):
        print("find", module, name)
        return super().find_class(module, name)


file = io.BytesIO()
pickler = Persistent(file, 2)
pickler.dump([Plain(1), 1j, Slots])
pickler.dump([Slots, "second"])
file.seek(0)
unpickler = Loading(file)
print(unpickler.load(), unpickler.load(), len(pickler.memo.copy()), len(unpickler.memo.copy()))
pickler.clear_memo()
print(pickler.memo.copy(), pickler.bin, pickler.fast)
copyreg.add_extension(__name__, "Plain", 300)
data = _pickle.dumps(Plain, 2)
print(data, _pickle.loads(data) is Plain)
copyreg.remove_extension(__name__, "Plain", 300)

buffers = []
data = _pickle.dumps([pickle.PickleBuffer(b"read only"), pickle.PickleBuffer(bytearray(b"writable"))], 5,
                     buffer_callback=buffers.append)
print(data, [bytes(b) for b in buffers], _pickle.loads(data, buffers=[b"one", bytearray(b"two")]))
print(_pickle.dumps(pickle.PickleBuffer(b"in band"), 5), pickle.PickleBuffer(bytearray(3)).raw().nbytes)
for expression in ("_pickle.dumps(1, 6)", "_pickle.dumps(lambda: 0)", "_pickle.dumps(iter('a'.join))",
                   "_pickle.Pickler(3)", "_pickle.Unpickler(3)", "_pickle.dumps(1, 3, buffer_callback=print)",
                   "_pickle.loads(data)", "_pickle.loads(data, buffers=[])", "_pickle.dumps(pickle.PickleBuffer(b''), 4)",
                   "_pickle.loads('text')", "_pickle.dumps(sys)", "_pickle.loads(b'cnothing\\nhere\\n.')",
                   "_pickle.loads(b'cstring\\nhere\\n.')", "_pickle.loads(b'\\x80\\x04\\x8c\\x06string\\x8c\\x03a.b\\x93.')"):
    try:
        print(expression, eval(expression))
    except Exception as e:
        print(expression, type(e).__name__, str(e).split(" at 0x")[0].split(" from ")[0])
for data in (b"", b"\x80", b"\x80\x09.", b"garbage", b"\x80\x04K\5", b"(.", b"0.", b"]2a.", b"S'a\n.", b"Sa\n.", b"Ix\n.",
             b"L5L\n.", b"I010\n.", b"F1.5\n.", b"Fx\n.", b"g5\n.", b"p-1\n.", b"K\1p-1\n.", b"h\1.", b"K\1(a.", b"(K\1s.",
             b"}(K\1u.", b"\x8b\xff\xff\xff\xff.", b"T\xff\xff\xff\xff.", b"\x82\0.", b"\x82\x77.", b"N)\x81.", b"NN\x81.",
             b"cbuiltins\nint\nN\x81.", b"K\1K\2\x93.", b"\x97.", b"\x95\xff\0\0\0\0\0\0\0.", b"Pid\n.", b"NQ.", b"]Nb.",
             b"c__builtin__\nxrange\n(K\5tR.", b"(i__builtin__\nlist\n.", b"(cbuiltins\nlist\no.", b"V\\u20ac\n.",
             b"U\2\xc3\xa9.", b"\xff", b"'", b"NNR."):
    try:
        print(data, _pickle.loads(data))
    except Exception as e:
        print(data, type(e).__name__, e)

generator = random.Random(2)
originals = [_pickle.dumps(v, p) for v in values[:60] for p in (0, 2, 5) if not callable(v) and v is not slots]
for _ in range(4000):
    damaged = bytearray(generator.choice(originals)[:300])
    for _ in range(generator.randrange(1, 4)):
        place = generator.randrange(len(damaged))
        new = generator.randrange(256)
        if new not in b"Rcio\x81\x92\x93rj":  # nothing is called, no far memo numbers
            damaged[place] = new
    try:
        _pickle.loads(bytes(damaged))
    except Exception as e:
        str(e)
print("done")
