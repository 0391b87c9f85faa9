# List, set, dict comprehensions and generator expressions; their scopes.
print([x * x for x in range(5)], [x for x in range(10) if x % 2], [x for x in range(20) if x % 2 if x % 3])
print([(x, y) for x in range(3) for y in "ab"], [(x, y) for x in range(4) for y in range(x)])
print({x % 3 for x in range(10)}, {x: x * x for x in range(4)}, {k: v for k, v in zip("abc", range(3))})
print([[y for y in range(x)] for x in range(4)], [a + b for a, b in [(1, 2), (3, 4)]], [x for x, *_ in ["abc", "de"]])
print(sum(x for x in range(5)), list(x for x in "ab"), max((x for x in [3, 1]), default=0), any(x > 2 for x in range(5)))
print([x if x > 1 else -x for x in range(4)], [lambda: x for x in range(3)][0](), [y := 1, y + 1])
x = "outer"
[x for x in range(3)]
print(x)
print([x for x in [x for x in range(3)]])


def enclosing(n):
    factor = 10
    return [i * factor for i in range(n)], {i: factor for i in range(n)}, list(i + factor for i in range(n))


print(enclosing(2))


class InClass:
    values = [1, 2, 3]
    doubled = [v * 2 for v in values]
    try:
        nested = [len(values) for v in values]
    except NameError as error:
        nested = str(error)


print(InClass.doubled, InClass.nested)
print([last := i for i in range(3)], last)


def walrus():
    total = 0
    partial = [total := total + v for v in [1, 2, 3]]
    return partial, total


print(walrus())
order = []


def note(v):
    order.append(v)
    return v


{note(k): note(v) for k, v in [(1, 2), (3, 4)]}
print(order)
print([c for word in ["ab", "cd"] for c in word], [n for row in [[1, 2], [3]] for n in row if n != 2])
g = (note(i) for i in [10, 20])
print(order)
next(g)
print(order)
try:
    (i for i in 5)
except TypeError as error:
    print(error)
try:
    [i for i in [1] if undefined]
except NameError as error:
    print(error)
g = (1 / i for i in [1, 0])
print(next(g))
try:
    next(g)
except ZeroDivisionError as error:
    print(error)
print({**{"a": 1}, **{"b": 2}, "c": 3}, [*range(3), *"ab"], {*[1, 2], *(2, 3)}, (*[1], 2, *[3]))
print([i for i in range(3) for i in range(i)], [(i, j) for i, j in enumerate("ab")])
print({i: j for i, j in {1: 2}.items()}, dict((k, k) for k in "ab"), set(i for i in "aab") == {"a", "b"})
functions = [lambda y, x=x: x + y for x in range(3)]
print([f(10) for f in functions])
print([[i * j for j in range(3)] for i in range(3)])
matrix = [[1, 2, 3], [4, 5, 6]]
print([[row[i] for row in matrix] for i in range(3)])
