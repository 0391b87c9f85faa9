from __future__ import annotations
import typing
x: undefined_name = 1
def f(a: list[int], *b: "str", c: Nope = None, **d: int | None) -> dict[str, Any]: return a
class C:
    attribute: typing.List[int] = []
    other: "quoted"
    def m(self, x: 1 + 2) -> lambda: 0: pass
print(__annotations__, f.__annotations__, C.__annotations__, C.m.__annotations__)
def g():
    local: int = 5
    unassigned: str
    return local
print(g(), g.__annotations__)
class D:
    a: int
print(typing.get_type_hints(D))
def h(x: (5, 6), y: {1: [2, 3]}, z: f(1)[2:3].attr, w: not a and b or c, v: (1,), u: -1 ** 2, t: "a" "b", s: x if y else z, r: [i for i in j], q: f"{x!r:>5}"): pass
for k, v in h.__annotations__.items(): print(k, v)
