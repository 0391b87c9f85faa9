import enum
from enum import *
from _show import run
run("""
class Color(Enum):
    RED = 1
    GREEN = 2
    BLUE = 3
    CRIMSON = 1
print(Color.RED, repr(Color.RED), Color.RED.name, Color.RED.value, Color(2), Color['BLUE'], list(Color), len(Color), Color.CRIMSON is Color.RED, Color.RED in Color, isinstance(Color.RED, Color), Color.__members__['CRIMSON'], hash(Color.RED) == hash(Color.RED), Color.RED == 1, Color.RED != Color.BLUE, f'{Color.RED}', '%s' % Color.RED, type(Color), bool(Color.RED), list(reversed(Color)))
---
Color(9)
---
Color['NOPE']
---
Color.RED = 5
---
del Color.RED
---
Color.RED < Color.BLUE
---
class More(Color): pass
---
class Dup(Enum):
    A = 1
    A = 2
---
class I(IntEnum):
    ONE = 1
    TWO = 2
print(I.ONE + 1, I.ONE < I.TWO, I.ONE == 1, repr(I.ONE), str(I.ONE), f'{I.ONE}', sorted([I.TWO, I.ONE]), [10, 20][I.ONE], isinstance(I.ONE, int))
---
class F(Flag):
    R = auto()
    W = auto()
    X = auto()
    RW = R | W
print(F.R | F.X, F.RW, F.RW & F.R, ~F.R, F.R ^ F.RW, F.R in F.RW, bool(F.R & F.W), F(0), F(7), list(F.RW), len(F.RW), F.RW.value, repr(F.R | F.X), F.RW.name)
---
F(8)
---
class IF(IntFlag):
    A = 1
    B = 2
print(IF.A | IF.B, IF.A | 8, repr(IF(3)), IF.A + 1, IF(4), IF.A & 3, ~IF.A)
---
class S(StrEnum):
    A = auto()
    B = 'bee'
print(S.A, repr(S.B), S.B.upper(), S.A == 'a', f'{S.B}')
---
@unique
class U(Enum):
    A = 1
    B = 1
---
class Planet(Enum):
    EARTH = (5, 6)
    MARS = (3, 4)
    def __init__(self, mass, radius): self.mass = mass; self.radius = radius
    @property
    def ratio(self): return self.mass / self.radius
    def describe(self): return self.name.title()
print(Planet.EARTH.mass, Planet.MARS.ratio, Planet.MARS.describe(), Planet.EARTH.value, Planet((3, 4)))
---
class A(Enum):
    def _generate_next_value_(name, start, count, last): return name.lower() + str(count)
    X = auto()
    Y = auto()
print(list(A), [a.value for a in A])
---
class M(Enum):
    A = 1
    @classmethod
    def _missing_(cls, v): return cls.A if v == 'x' else None
print(M('x')); M('y')
---
Fn = Enum('Fn', 'A B C'); print(list(Fn), Fn.B.value, Enum('G', {'P': 5, 'Q': 6}).Q, Enum('H', ['X', 'Y'], start=10).Y.value, IntEnum('J', 'K').K == 1)
---
import pickle, copy
print(pickle.loads(pickle.dumps(enum.FlagBoundary.STRICT)), copy.deepcopy(Color.RED) is Color.RED)
---
class E(Enum):
    A = 1
    def method(self): return self
    B = nonmember(5)
    _ignore_ = ['tmp']
    tmp = 3
print(list(E), E.B, E.A.method())
---
class D(Enum):
    A = enum.member(len)
    class Inner: pass
print(D.A.value is len, list(D))
---
class N(Enum): pass
print(list(N), len(N), N.__members__)
class N2(N): Z = 1
print(list(N2))
---
match Color.RED:
    case Color.BLUE: print('blue')
    case Color.RED: print('matched red')
---
@enum.verify(enum.CONTINUOUS)
class V(IntEnum):
    A = 1
    C = 3
---
print(Color.RED.__class__.__mro__[1:], Color.__doc__, dir(Color)[-4:], Color.RED._value_, Color._member_names_, enum.auto.__name__, F.R._name_, {Color.RED: 1}[Color(1)])
""", globals())
