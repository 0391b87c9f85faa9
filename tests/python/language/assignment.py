# Assignment targets of every form.
a = 1
b = c = 2
print(a, b, c)
a, b = b, a
print(a, b)
(a, b), c = (1, 2), 3
print(a, b, c)
[a, b, [c]] = 1, 2, [3]
print(a, b, c)
a, *b = 1, 2, 3
print(a, b)
*a, b = "xyz"
print(a, b)
a, *b, c = range(5)
print(a, b, c)
a, *b, c = 1, 2
print(a, b, c)
(*a,) = 1, 2
print(a)
[*a] = "ab"
print(a)
x = [0, 0, 0]
x[0] = 1
x[-1] = 3
print(x)
x[1:2] = [7, 8, 9]
print(x)
x[::2] = [0, 0, 0]
print(x)
d = {}
d["a"], d["b"] = 1, 2
print(d)


class Box:
    pass


box = Box()
box.value = 1
box.left, box.right = "l", "r"
print(box.value, box.left, box.right)
i = 0
i, x[i] = 1, "set"
print(i, x)
first = second = []
first.append(1)
print(second, first is second)
for x[0] in range(3):
    pass
print(x)
for box.value, d["k"] in [(1, 2), (3, 4)]:
    pass
print(box.value, d["k"])
order = []


def at(name, value=None):
    order.append(name)
    return value


at("target", d)[at("key", "z")] = at("value", 5)
print(order, d["z"])
x: int = 5
y: "str"
print(x)
(z): int = 6
print(z, __annotations__)
for text in ("a, b = 1", "a, b = 1, 2, 3", "a, *b, c = [1]", "a, b = []", "(a, b), c = 1, 2", "a, b = 5", "a, b = None", "a, b = {1: 2}.items()",
             "[a, b] = 'abc'", "a, b = iter([1])"):
    try:
        exec(text)
        print(text, "ok")
    except Exception as error:
        print(text, "raises", type(error).__name__, error)
