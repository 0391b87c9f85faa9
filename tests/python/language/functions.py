# Definition, call, return, defaults, docstrings, attributes, recursion.
def nothing():
    pass


def one():
    return 1


def early(x):
    if x:
        return "early"
    return


def add(a, b=10, *rest, c=3, **more):
    """Adds."""
    return (a, b, rest, c, more)


print(nothing(), one(), early(1), early(0))
print(add(1), add(1, 2), add(1, 2, 3, 4), add(1, c=5), add(1, d=6), add(a=1, b=2), add(1, 2, 3, c=4, z=5))
print(add(*[1, 2]), add(**{"a": 1}), add(*(1,), *(2, 3), **{"c": 9}, **{"q": 1}), add(1, *[2], c=1))
print(add.__name__, add.__doc__, add.__defaults__, add.__kwdefaults__, add.__qualname__, add.__module__)
print(nothing.__doc__, nothing.__defaults__)


def fact(n):
    return 1 if n <= 1 else n * fact(n - 1)


def is_even(n):
    return n == 0 or is_odd(n - 1)


def is_odd(n):
    return n != 0 and is_even(n - 1)


print(fact(20), is_even(100), is_odd(7))


def default_list(x, seen=[]):
    seen.append(x)
    return seen


print(default_list(1), default_list(2), default_list(3, []))
n = 5


def late(x=n):
    return x


n = 6
print(late())
f = one
print(f(), f is one, callable(f), callable(5))


def outer():
    def inner():
        return "inner"
    return inner


print(outer()(), outer().__qualname__)
add.custom = [1]
print(add.custom, add.__dict__)
print((lambda: 1)(), (lambda x, y=2: x + y)(1), (lambda *a, **k: (a, k))(1, b=2))


def swap(a, b):
    return b, a


x, y = swap(1, 2)
print(x, y)


def shadow(print):
    return print


print(shadow(1))


def locals_are_local():
    value = 1
    def change():
        value = 2
        return value
    return change(), value


print(locals_are_local())


def many(a, b, c, d, e, f, g, h, i, j):
    return a + b + c + d + e + f + g + h + i + j


print(many(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), many(*range(10)), many(j=1, i=1, h=1, g=1, f=1, e=1, d=1, c=1, b=1, a=1))


def f1(): return 1
def f2(): return f1() + 1
def f3(): return f2() + f1()
print(f3())
one.__name__ = "renamed"
print(one.__name__)
one.__defaults__ = ()
def with_code(a): return a
print(with_code.__code__.co_argcount, with_code.__code__.co_varnames, with_code.__code__.co_name)
with_code.__defaults__ = (7,)
print(with_code())
