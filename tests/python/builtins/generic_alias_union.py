import types
import typing
from _show import show, run
show("""
list[int], dict[str, int], tuple[int, ...], list[list[int]], type[int], set['a'], list[int].__origin__, list[int].__args__, list[int].__parameters__, dict[str, list[int]].__args__, list[int] == list[int], list[int] == list[str], hash(list[int]) == hash(list[int]), list[int]([1, 2]), isinstance([], list), tuple[()], repr(list[...]), list[int].append, list[int] is list[int]
isinstance([], list[int])
issubclass(list, list[int])
int[str]
list[int][str]
5[1]
class_ if False else 0
int | str, int | None, None | int, int | str | int, (int | str).__args__, int | list[int], isinstance(5, int | str), isinstance(None, int | None), issubclass(int, int | str), (int | str) == (str | int), hash(int | str) == hash(str | int), type(int | str), int | 'a' if False else 0, bool | int, typing.Union[int, str] == (int | str), typing.Optional[int], typing.List[int], typing.get_args(dict[str, int]), typing.get_origin(list[int])
int | 5
5 | int
isinstance(5, list[int] | str)
int | str | None
types.GenericAlias(list, (int,)), types.GenericAlias(int, 5), types.UnionType, list[typing.TypeVar('T')].__parameters__, list[typing.TypeVar('T')][int], dict[typing.TypeVar('K'), int].__parameters__
types.UnionType()
""", globals())
run("""
class A(list[int]): pass
print(A.__bases__, A.__orig_bases__, A([1]))
---
class G:
    def __class_getitem__(cls, k): return types.GenericAlias(cls, k)
print(G[int].__origin__.__name__, G[int, str].__args__, G[int]().__class__.__name__, G[int]().__orig_class__)
---
T = typing.TypeVar('T')
class S(typing.Generic[T]):
    def get(self) -> T: ...
print(S[int], S.__parameters__, S[int]().__class__.__name__, typing.get_type_hints(S.get))
---
a = list[int]; print(a.__class__, a.append is list.append, dir(a)[:0]); a.zz
---
import pickle, copy; print(pickle.loads(pickle.dumps(list[int])), copy.deepcopy(int | str), pickle.loads(pickle.dumps(int | None)))
---
x: list[int] | None = None
print(__annotations__)
""", globals())
