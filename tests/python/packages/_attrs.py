# package: attr
import attr
@attr.s(auto_attribs=True, order=True, frozen=True)
class P:
    x: int = attr.ib(converter=int, validator=attr.validators.instance_of(int)); y: list = attr.Factory(list)
print(P("3"), P(1) < P(2), attr.asdict(P(4, [P(5)])), attr.evolve(P(1), x=9), hash(P(1, ())) == hash(P(1, ())), attr.fields(P).x.name)
try: P(1).x = 2
except Exception as error: print(type(error).__name__, error)
