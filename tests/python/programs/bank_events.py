# Observers, state machines, undo, generators as coroutines, registries, plugins by decorators, mixins.
from collections import defaultdict
class Events:
    def __init__(self): self.handlers = defaultdict(list)
    def on(self, name):
        def add(f): self.handlers[name].append(f); return f
        return add
    def emit(self, name, *a, **k): return [f(*a, **k) for f in self.handlers[name]]
ev = Events()
@ev.on("deposit")
def log(amount, **k): return f"log {amount} {sorted(k)}"
@ev.on("deposit")
def tax(amount, rate=0.1, **k): return round(amount * rate, 2)
print(ev.emit("deposit", 100), ev.emit("deposit", 50, rate=0.5, who="x"), ev.emit("nothing"))
class Machine:
    table = {("idle", "start"): "running", ("running", "pause"): "paused", ("paused", "start"): "running", ("running", "stop"): "idle", ("paused", "stop"): "idle"}
    def __init__(self): self.state, self.history = "idle", []
    def __getattr__(self, event):
        if not any(e == event for _, e in self.table): raise AttributeError(event)
        def fire():
            new = self.table.get((self.state, event))
            if new is None: raise ValueError(f"cannot {event} when {self.state}")
            self.history.append((self.state, new)); self.state = new; return self
        return fire
m = Machine(); print(m.start().pause().start().stop().state, m.history)
try: m.pause()
except ValueError as e: print(e)
try: m.explode()
except AttributeError as e: print("no event", e)
class Document:
    def __init__(self): self.text, self.undo_stack, self.redo_stack = "", [], []
    def do(self, command): self.undo_stack.append((command, self.text)); self.text = command(self.text); self.redo_stack.clear(); return self
    def undo(self): c, old = self.undo_stack.pop(); self.redo_stack.append((c, self.text)); self.text = old; return self
    def redo(self): c, new = self.redo_stack.pop(); self.undo_stack.append((c, self.text)); self.text = new; return self
d = Document().do(lambda t: t + "hello").do(str.upper).do(lambda t: t[::-1]); print(d.text, d.undo().text, d.undo().text, d.redo().text)
def averager():
    total, n, avg = 0, 0, None
    while True:
        try: x = yield avg
        except ZeroDivisionError: total, n, avg = 0, 0, "reset"; continue
        total += x; n += 1; avg = total / n
a = averager(); next(a); print([a.send(x) for x in (1, 2, 6)], a.throw(ZeroDivisionError), a.send(5))
class JsonMixin:
    def to_json(self): return "{" + ", ".join(f'"{k}": {v!r}' for k, v in sorted(vars(self).items())) + "}"
class CompareMixin:
    def __lt__(self, o): return self.key() < o.key()
    def __eq__(self, o): return self.key() == o.key()
    __hash__ = None
class Person(JsonMixin, CompareMixin):
    def __init__(self, name, age): self.name, self.age = name, age
    def key(self): return self.age, self.name
    def __repr__(self): return f"P({self.name})"
ps = [Person("Bo", 30), Person("Al", 25), Person("Cy", 30)]; print(sorted(ps), ps[0].to_json(), max(ps), ps[0] == Person("Bo", 30))
registry = {}
def plugin(name=None, **options):
    def deco(cls): registry[name or cls.__name__.lower()] = (cls, options); return cls
    return deco
@plugin()
class Csv: ext = "csv"
@plugin("json", pretty=True)
class Js: ext = "json"
print({k: (c.ext, o) for k, (c, o) in registry.items()})
class Typed:
    def __init__(self, kind): self.kind = kind
    def __set_name__(self, owner, name): self.name = name
    def __get__(self, o, t=None): return self if o is None else o.__dict__[self.name]
    def __set__(self, o, v):
        if not isinstance(v, self.kind): raise TypeError(f"{self.name} must be {self.kind.__name__}, not {type(v).__name__}")
        o.__dict__[self.name] = v
class Conf:
    port, host = Typed(int), Typed(str)
    def __init__(self, **k): [setattr(self, n, v) for n, v in k.items()]
c = Conf(port=80, host="h"); print(c.port, c.host)
try: c.port = "x"
except TypeError as e: print(e)
class Lazy:
    def __init__(self, f): self.f = f; self.done = False
    def __call__(self):
        if not self.done: self.value = self.f(); self.done = True
        return self.value
calls = []; z = Lazy(lambda: calls.append(1) or 42); print(z(), z(), calls)
class Pipeline:
    def __init__(self, *fs): self.fs = fs
    def __or__(self, f): return Pipeline(*self.fs, f)
    def __ror__(self, data):
        for f in self.fs: data = f(data)
        return data
print([3, 1, 2] | (Pipeline() | sorted | reversed | list | (lambda l: [x * x for x in l])))
