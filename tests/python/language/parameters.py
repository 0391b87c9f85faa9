# Positional-only, keyword-only, defaults and annotations.
def pos_only(a, b, /, c, *, d):
    return a, b, c, d


print(pos_only(1, 2, 3, d=4), pos_only(1, 2, c=3, d=4))


def po_default(a, /, b=2, *args, c, d=4, **kw):
    return a, b, args, c, d, kw


print(po_default(1, c=3), po_default(1, 2, 3, c=3, a=9), po_default(1, b=5, c=6, d=7, e=8))


def only_keyword(*, x, y=2):
    return x, y


print(only_keyword(x=1), only_keyword(y=5, x=3))


def star(*args):
    return args


def both(*args, **kwargs):
    return args, kwargs


print(star(), star(1), star(*[1, 2], 3, *"ab"), both(), both(1, a=2), both(*(), **{}))
print(both(**{"x y": 1, "if": 2}))


def annotated(a: int, b: "text" = 1, *c: float, d: list[int] = None, **e: dict) -> str:
    return a


print(annotated.__annotations__)


def evaluation(a=print("default evaluated")):
    pass


evaluation()
evaluation()
calls = []


def note(x):
    calls.append(x)
    return x


both(note(1), *[note(2)], note(3), k=note(4), **{"m": note(5)})
print(calls)


def kw_order(**kw):
    return list(kw)


print(kw_order(z=1, a=2, m=3))
d = {"a": 1}


def change(**kw):
    kw["a"] = 2


change(**d)
print(d)


def unpack_in_call(a, b, c=0):
    return a, b, c


print(unpack_in_call(*[1], **{"b": 2}), unpack_in_call(*"ab", c=1))
import collections
print(both(**collections.OrderedDict(x=1)), both(*{1: 2}), both(*range(2)))


class Keys:
    def keys(self):
        return ["p", "q"]

    def __getitem__(self, key):
        return key * 2


print(both(**Keys()))
