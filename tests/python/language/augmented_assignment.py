# Augmented assignment: every operator, in-place methods, evaluation once.
x = 10
x += 5; print(x)
x -= 3; print(x)
x *= 2; print(x)
x //= 5; print(x)
x **= 3; print(x)
x %= 50; print(x)
x <<= 3; print(x)
x >>= 1; print(x)
x |= 1; print(x)
x &= 0x55; print(x)
x ^= 0xF; print(x)
x /= 4; print(x)
items = [1]
alias = items
items += [2]
items += (3,)
items += "ab"
print(items, alias is items)
items *= 2
print(alias)
t = (1,)
u = t
t += (2,)
print(t, u)
s = {1, 2}
s |= {3}; s -= {1}; s &= {2, 3, 4}; s ^= {9}
print(sorted(s))
d = {"a": 1}
d |= {"b": 2}
d |= [("c", 3)]
print(d)
text = "a"
text += "b"
text *= 3
print(text)


class Counter:
    def __init__(self):
        self.total = 0

    def __iadd__(self, other):
        self.total += other
        return self

    def __isub__(self, other):
        return "replaced"

    def __imatmul__(self, other):
        return ("matmul", other)

    def __add__(self, other):
        return ("add", other)

    def __mul__(self, other):
        return ("mul", other)


c = Counter()
c += 5
c += 6
print(c.total)
e = c
e *= 2
print(e)
e = c
e @= 3
print(e)
c -= 1
print(c)
calls = []


def key():
    calls.append("key")
    return 0


row = [10]
row[key()] += 1
print(row, calls)


class Holder:
    value = 5


h = Holder()
h.value += 1
print(h.value, Holder.value)
pair = ([1], 2)
try:
    pair[0] += [2]
except TypeError as error:
    print(error, pair)
for text in ("x = 1; x += 'a'", "x = 'a'; x += 1", "x = []; x += 1", "x = None; x -= 1", "x = (1,); x += [2]", "x = {}; x |= 1",
             "x = {1}; x |= [2]", "undefined_name += 1", "x = 5; x @= 2", "x = 1; x <<= 'a'", "x = 'a'; x %= 1"):
    try:
        exec(text)
    except Exception as error:
        print(text, "raises", type(error).__name__, error)
