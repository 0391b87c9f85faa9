# for over every kind of iterable, with break, continue, else, unpacking, changes in flight.
for x in [1, 2, 3]:
    print(x, end=" ")
else:
    print("else")
for c in "abc":
    print(c, end="")
print()
for i in range(3):
    print(i, end=",")
for i in range(10, 0, -3):
    print(i, end=",")
for i in range(5, 5):
    print("never")
print()
for k in {"a": 1, "b": 2}:
    print(k, end=" ")
for k, v in {"a": 1, "b": 2}.items():
    print(k, v, end=" ")
for v in {"a": 1}.values():
    print(v)
for i, (a, b) in enumerate([(1, 2), (3, 4)], 10):
    print(i, a, b)
for a, *rest in [(1, 2, 3), "xy"]:
    print(a, rest)
for x in (1, 2, 3, 4):
    if x == 2:
        continue
    if x == 4:
        break
    print("x", x)
else:
    print("never")
for x in ():
    pass
else:
    print("empty else", x)
items = [1, 2, 3]
for x in items:
    if x < 10 and len(items) < 6:
        items.append(x * 10)
print(items)
items = [1, 2, 3, 4]
for x in items:
    items.remove(x)
print(items)
try:
    d = {1: 1}
    for k in d:
        d[k + 1] = 1
except RuntimeError as error:
    print(error)
try:
    s = {1}
    for k in s:
        s.add(k + 1)
except RuntimeError as error:
    print(error)


class Countdown:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n == 0:
            raise StopIteration
        self.n -= 1
        return self.n


class Old:
    def __getitem__(self, i):
        if i > 3:
            raise IndexError
        return i * i


print(list(Countdown(4)), [x for x in Old()])
for i in range(2):
    for j in range(3):
        if j == 1:
            break
        print(i, j)
    else:
        print("never")
i = 99
for i in range(3):
    pass
print(i)
for x in zip("ab", [1, 2, 3]):
    print(x)
for x in reversed([1, 2]):
    print(x)
for x in map(str.upper, "xy"):
    print(x)
for bad in ("for x in 5: pass", "for x in None: pass", "for a, b in [1]: pass", "for a, b in ['abc']: pass", "for x in print: pass"):
    try:
        exec(bad)
    except Exception as error:
        print(bad, type(error).__name__, error)


class BadIterator:
    def __iter__(self):
        return 5


try:
    for x in BadIterator():
        pass
except TypeError as error:
    print(error)
