# One line for each: crashes and differences that CPython's own suite found.
import functools
import types


def show(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__, error)


partial = functools.partial(print)
partial.keywords[1234] = "value"
show(partial)


class MultiDict:
    def __init__(self, items):
        self.items_ = items

    def keys(self):
        return [key for key, _ in self.items_]

    def __getitem__(self, wanted):
        return [value for key, value in self.items_ if key == wanted][0]


def g(**keywords):
    return keywords


show(lambda: g(**MultiDict([("x", 1), ("x", 2)])))
show(lambda: g(a=3, **MultiDict([("a", 1)])))
show(lambda: g(**MultiDict([("b", 1)])))


class A:
    def foo(self, cls):
        return "spam"


class B:
    bar = classmethod(A().foo)


show(lambda: B.bar())
nested = (int,)
for _ in range(2000):
    nested = (nested,)
show(lambda: isinstance("text", nested))
show(lambda: issubclass(str, nested))
group = TypeError(1)
for _ in range(2000):
    group = ExceptionGroup("eg", [group])
show(lambda: group.split(TypeError))
show(lambda: group.subgroup(TypeError))
data = bytearray(range(10))
data[1:-1:2] = b""
show(lambda: data)


class F(float):
    def __str__(self):
        return "text"


show(lambda: f"{F(1.5)} {F(1.5):.2f}")


class Text(str):
    def __float__(self):
        return 9.0


show(lambda: float(Text("8")))
show(lambda: type("C", (__import__("re").Match,), {}))
show(lambda: len.__text_signature__)
show(lambda: types.FunctionType(compile("x = 1", "?", "exec"), {})())
show(lambda: "\ud800".encode("ascii", "backslashreplace"))
show(lambda: str(UnicodeEncodeError("ascii", "abc", 1, 1, "reason")))


# Lengths that raise, NaN hashes, memoryviews that lock what they show, fields without names.
class BadLength:
    def __iter__(self):
        return iter(range(3))

    def __len__(self):
        raise RuntimeError("no length")


try:
    bytearray().extend(BadLength())
except RuntimeError as error:
    print(error)
nan = float("nan")
print(hash(nan) == object.__hash__(nan))
import io, mmap, os, pickle
area = mmap.mmap(-1, 4096)
view = memoryview(area)
for action in (area.close, lambda: area.resize(8192)):
    try:
        action()
    except BufferError as error:
        print(error)
view.release()
area.close()
stream = io.BytesIO(b"abc")
view = stream.getbuffer()
for action in (lambda: stream.write(b"x" * 10), stream.close):
    try:
        action()
    except BufferError as error:
        print(error)
view.release()
stream.close()
data = bytearray(b"abc")
wrapped = pickle.PickleBuffer(data)
try:
    data.append(1)
except BufferError as error:
    print(error)
wrapped.release()
data.append(1)
print(os.stat_result.n_unnamed_fields, os.stat_result.__match_args__)
print(os.stat_result(range(10)), os.stat_result(range(10)).st_atime)

# The method that refuses its argument is named.
for wrong in (lambda: int.from_bytes(b"a", 3), lambda: int.from_bytes(b"a", None), lambda: (1).to_bytes(1, b"big")):
    try:
        print(wrong())
    except TypeError as error:
        print(error)


# In-place repetition: a left operand that has anything of a sequence is asked alone.
class Number(int):
    pass


for left in ({}, set(), {}.values(), object(), 1.5, None, 2, Number(2), True):
    for right in ("ab", [1]):
        try:
            x = left
            x *= right
            print(type(left).__name__, x)
        except TypeError as error:
            print(error)
