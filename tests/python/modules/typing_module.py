import typing
from typing import *
from _show import show, run
T = TypeVar("T")
show("""
Optional[int], Union[int, str], Union[int], Union[int, int, str], List[int], Dict[str, int], Tuple[int, ...], Tuple[()], Callable[[int], str], Callable[..., int], Any, Type[int], Literal[1, 'a'], Literal[1, 1], ClassVar[int], Final[int], Annotated[int, 'meta'], Annotated[int, 1].__metadata__, Set[int], FrozenSet[int], Iterable[T], Generator[int, str, bool], NoReturn, Never, Self, LiteralString, TypeAlias, Concatenate, ParamSpec('P'), T, TypeVar('A', int, str), TypeVar('B', bound=int).__bound__, TypeVar('C', covariant=True), AnyStr, Text, Hashable, Sized, IO, Pattern
Optional[int] == Union[int, None], List[int] == list[int], Union[int, str] == Union[str, int], hash(List[int]) == hash(List[int]), List[T][int], Dict[T, T][str], Callable[[T], T][int], Union[T, int][str], get_origin(List[int]), get_args(Dict[str, int]), get_args(Callable[[int], str]), get_origin(Union[int, str]), get_args(Literal[1, 2]), List[int].__origin__, List.__origin__, List[T].__parameters__
Union[()]
List[int, str]
Optional[int, str]
Union[1, 2]
Literal[[]] if 0 else Literal[1][2]
isinstance([], List[int])
issubclass(list, List)
isinstance([], List), isinstance(5, Hashable), isinstance({}, Mapping), isinstance([], Sequence)
Any()
List()
TypeVar('X')()
TypeVar('X', int)
cast(int, 'a'), NewType('U', int)(5), NewType('U', int).__name__, NamedTuple('N', [('a', int)])(1), TypedDict('D', {'a': int})(a=1), get_type_hints(lambda: 0), no_type_check(len) is len, overload(len) is not None, runtime_checkable.__name__, TYPE_CHECKING, assert_type(1, int), reveal_type.__name__, ForwardRef('x'), List['x'], final(int) is int, is_typeddict(int), get_overloads(len)
""", globals())
run("""
class Box(Generic[T]):
    def __init__(self, v: T): self.v = v
    def get(self) -> T: return self.v
print(Box[int](5).get(), Box[int], Box[int].__args__, Box.__parameters__, Box[int](1).__orig_class__, Box.__orig_bases__)
---
class Two(Generic[T, TypeVar('U')]): pass
Two[int]
---
class N(NamedTuple):
    a: int
    b: str = 'x'
print(N(1), N(1).b, N._field_defaults, N.__annotations__, N(1) == (1, 'x'))
---
class D(TypedDict, total=False):
    a: int
    b: Required[str]
print(D(a=1), D.__required_keys__, D.__optional_keys__, D.__total__, D.__annotations__)
---
@runtime_checkable
class Closable(Protocol):
    def close(self): ...
class C:
    def close(self): pass
print(isinstance(C(), Closable), isinstance(5, Closable), issubclass(C, Closable)); Closable()
---
class P2(Protocol):
    x: int
isinstance(5, P2)
---
class F:
    a: int
    b: 'Optional[str]'
    c: List['F']
    def m(self, x: 'int', *, y: float = 1.0) -> 'F': ...
print(get_type_hints(F), get_type_hints(F.m))
---
def f(a: int = None, *args: 'str', **k: 'undefined_thing'): ...
get_type_hints(f)
---
class Imp(List[int]): pass
print(Imp.__mro__[1:3], Imp([1]))
---
import pickle; print(pickle.loads(pickle.dumps(List[int])), pickle.loads(pickle.dumps(Optional[str])), pickle.loads(pickle.dumps(Any)))
---
print(list[int] | None, Optional[list[int]] | str, Union[int, str] | None, int | Any if True else 0)
---
P = ParamSpec('P')
def deco(f: Callable[P, T]) -> Callable[P, T]: return f
print(P.args, P.kwargs, deco.__annotations__['f'], Unpack[tuple[int]] if 'Unpack' in globals() else 0, TypeVarTuple('Ts'))
""", globals())
