import dataclasses
from dataclasses import *
from typing import ClassVar, List
from _show import run
run("""
@dataclass
class P:
    x: int
    y: int = 5
    z: list = field(default_factory=list, repr=False)
    c: ClassVar[int] = 9
p = P(1); print(p, p == P(1), p != P(2), p.z, P.__match_args__, fields(p)[0].name, len(fields(P)), asdict(p), astuple(p), replace(p, x=7), is_dataclass(P), is_dataclass(p), P.__doc__, P.c)
---
P()
---
P(1, 2, 3, 4)
---
hash(p)
---
p < P(2)
---
@dataclass(order=True, frozen=True)
class O:
    a: int
    b: str = 'q'
print(O(1) < O(2), sorted([O(3), O(1)]), hash(O(1)) == hash(O(1)), {O(1): 'k'}[O(1)]); O(1).a = 5
---
del O(1).a
---
O(1) < 5
---
@dataclass
class Bad:
    a: int = 1
    b: int
---
@dataclass
class Bad2:
    a: list = []
---
@dataclass
class Post:
    a: int
    b: InitVar[int] = 2
    c: int = field(init=False)
    def __post_init__(self, b): self.c = self.a + b
print(Post(1), Post(1, 10).c)
---
@dataclass
class Base:
    x: int = 1
@dataclass
class Sub(Base):
    y: int = 2
    x: int = 3
print(Sub(), Sub(5, 6))
---
@dataclass(slots=True)
class S:
    a: int
    b: int = 2
s = S(1); print(s, S.__slots__, hasattr(s, '__dict__')); s.zz = 1
---
@dataclass(kw_only=True)
class K:
    a: int
    b: int = 1
print(K(a=5)); K(5)
---
@dataclass
class KO:
    a: int
    _: KW_ONLY
    b: int = 2
print(KO(1, b=3)); KO(1, 2)
---
@dataclass(eq=False, repr=False)
class N:
    a: int
print(N(1) == N(1), repr(N(1)).split(' at ')[0][-2:])
---
M = make_dataclass('M', ['x', ('y', int), ('z', int, field(default=5))], namespace={'total': lambda s: s.y + s.z}); print(M(1, 2), M(1, 2).total())
---
@dataclass
class R:
    me: 'R' = None
r = R(); r.me = r; print(r)
---
replace(Post(1), c=5)
---
asdict(5)
---
fields(5)
---
print(asdict(P(1, z=[P(2), {'k': P(3)}])), field(default=1), MISSING, asdict(p, dict_factory=list))
---
@dataclass(unsafe_hash=True)
class H:
    a: int
    b: int = field(compare=False, default=0)
print(hash(H(1, 2)) == hash(H(1, 3)), H(1, 2) == H(1, 3))
---
match P(1, 2):
    case P(x, y): print('match', x, y)
---
import inspect
print(inspect.signature(P), inspect.signature(K), P.__init__.__annotations__['x'], P.__dataclass_params__)
---
@dataclass(frozen=True)
class FB: a: int = 1
@dataclass
class NF(FB): b: int = 2
""", globals())
