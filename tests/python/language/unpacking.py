# Star expressions and unpacking wherever they are allowed.
a = [1, 2]
b = (3, 4)
print([*a, *b], (*a, *b), {*a, *b}, [*a, 0, *b, *"xy"], *a, *b)
print({**{"x": 1}, **{"x": 2, "y": 3}}, {"x": 0, **{"x": 1}}, {**{"x": 1}, "x": 2})
t = *a, *b
print(t)


def f(*args, **kwargs):
    return args, kwargs


print(f(*a, *b, **{"k": 1}, **{"m": 2}), f(1, *a, 2, *b, x=1, **{"y": 2}))


def returns():
    return *a, 5


def yields():
    yield *a, 6


print(returns(), list(yields()))
for x in *a, *b:
    print(x, end=" ")
print()
for first, *rest in [(1, 2, 3), [4], "ab"]:
    print(first, rest)
(first, *middle, last), other = [1, 2, 3, 4], 5
print(first, middle, last, other)
*init, tail = range(4)
print(init, tail)
head, *_ = "z"
print(head, _)
[p, [q, *r]], s = (1, (2, 3, 4)), 5
print(p, q, r, s)
d = {}
d["a"], *d["rest"] = range(4)
print(d)


class C: pass


c = C()
c.x, *c.y = "abc"
print(c.x, c.y)
print([*range(3), *[]], [*{}], [*{"a": 1}], {*()} == set(), dict(**{}), [*(i for i in range(2))], print(*[], sep=""))
a, b, c = {"x": 1, "y": 2, "z": 3}
print(a, b, c)
a, b = {1: 2}, [3]
(a), (b) = 1, 2
print(a, b)
i = 0
l = [0, 0]
i, l[i] = 1, 5
print(i, l)
x, y, z = 1, 2, 3
x, y, z = z, x, y
print(x, y, z)


class It:
    def __init__(self, n): self.n = n
    def __iter__(self):
        for i in range(self.n):
            print("give", i)
            yield i


try:
    a, b = It(4)
except ValueError as error:
    print(error)
try:
    a, b, c = It(2)
except ValueError as error:
    print(error)
for bad in ("*a", "*a = 1", "a, *b, *c = 1", "print(*)", "f(**a)", "[*5]", "{**5}", "{**[1]}", "f(*5)", "(*5,)", "x = *a", "{*5}", "del *a", "*a, b", "f(**{1: 2})", "print(**{'sep': ''}, **{'sep': ''})", "[*None]"):
    try:
        a = [1]
        exec(bad)
        print(bad, "ok")
    except Exception as error:
        print(bad, type(error).__name__, getattr(error, "msg", error))
