import abc, copyreg, types, marshal, resource, pwd, grp, errno, platform, sysconfig, atexit, contextvars, graphlib, ipaddress, cmd, code, pdb, io, sys, tomllib, importlib.metadata, queue, ctypes, sqlite3, mimetypes, netrc, optparse, plistlib, quopri, secrets, tracemalloc, faulthandler, zipapp, cProfile, pstats, colorsys
from _show import show, run
show("""
marshal.loads(marshal.dumps([1, 2.5, 'a', b'b', None, True, (1,), {'k': {1}}, 2**100, 1j, ...])), marshal.version, marshal.loads(marshal.dumps(frozenset([1])))
marshal.dumps(object())
marshal.loads(b'')
marshal.loads(b'?')
resource.getrlimit(resource.RLIMIT_NOFILE)[0] > 0, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > 0, pwd.getpwuid(0).pw_name, grp.getgrgid(0).gr_name, pwd.getpwnam('root').pw_uid, errno.ENOENT, errno.errorcode[errno.EPERM], platform.system(), platform.machine(), platform.python_version()[:4], sysconfig.get_path('stdlib').startswith('/'), sysconfig.get_python_version(), len(platform.uname()), platform.architecture()[0]
pwd.getpwnam('no such user')
pwd.getpwuid(999999)
list(graphlib.TopologicalSorter({'c': {'a', 'b'}, 'b': {'a'}}).static_order()), ipaddress.ip_address('127.0.0.1').is_loopback, ipaddress.ip_network('10.0.0.0/30').num_addresses, list(ipaddress.ip_network('10.0.0.0/30').hosts()), ipaddress.ip_address('::1').exploded, ipaddress.ip_address('1.2.3.4') + 1
list(graphlib.TopologicalSorter({'a': {'b'}, 'b': {'a'}}).static_order())
ipaddress.ip_address('x')
tomllib.loads('a = 1\\n[t]\\nb = ["x", 1.5, true]\\nd = 2020-01-01'), mimetypes.guess_type('a.html'), quopri.encodestring(b'a=\\xff'), colorsys.rgb_to_hsv(1, 0.5, 0.25), plistlib.loads(plistlib.dumps({'a': [1, 'b']}))
tomllib.loads('a = ')
importlib.metadata.version('nonexistent-package')
ctypes.c_int(5).value, ctypes.sizeof(ctypes.c_long), ctypes.CDLL(None).abs(-5), (ctypes.c_int * 3)(1, 2, 3)[1], ctypes.create_string_buffer(b'abc').value, ctypes.c_char_p(b'x').value, ctypes.cast(ctypes.pointer(ctypes.c_int(7)), ctypes.POINTER(ctypes.c_int)).contents.value
sqlite3.connect(':memory:').execute('select 1 + ?, ?', (2, 'x')).fetchall()
""", globals())
run("""
class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self): ...
    @classmethod
    def __subclasshook__(cls, c): return True if hasattr(c, 'quack') else NotImplemented
class Sq(Shape):
    def area(self): return 4
class Reg: pass
Shape.register(Reg); print(Sq().area(), isinstance(Reg(), Shape), issubclass(type('Q', (), {'quack': 1}), Shape), Shape.__abstractmethods__, abc.get_cache_token() > 0, issubclass(int, Shape)); Shape()
---
class C(cmd.Cmd):
    prompt = '> '
    def do_hi(self, arg): 'says hi'; print('hi', arg)
    def do_q(self, arg): return True
C(stdin=io.StringIO('hi bob\\nhelp hi\\nnope\\nq\\n'), stdout=sys.stdout).cmdloop('intro') if False else C().onecmd('hi there')
---
i = code.InteractiveConsole({'x': 1}); print(i.push('if x:'), i.push('  y = 5'), i.push(''), i.locals['y'])
---
def f(): x = 1; return x + 1
p = pdb.Pdb(stdin=io.StringIO('n\\np x\\nc\\n'), stdout=io.StringIO(), nosigint=True, readrc=False); print(p.runcall(f)); print([l for l in p.stdout.getvalue().splitlines() if l.startswith('(Pdb)')])
---
db = sqlite3.connect(':memory:'); db.execute('create table t (a integer, b text)'); db.executemany('insert into t values (?, ?)', [(1, 'x'), (2, 'y')]); print(db.execute('select * from t order by a desc').fetchall(), db.total_changes); db.execute('select nope from t')
---
pr = cProfile.Profile(); pr.runcall(sorted, [3, 1]); s = io.StringIO(); pstats.Stats(pr, stream=s).print_stats(); print('sorted' in s.getvalue())
---
tracemalloc.start(); x = [object() for _ in range(100)]; print(tracemalloc.get_traced_memory()[0] > 0, len(tracemalloc.take_snapshot().statistics('lineno')) > 0); tracemalloc.stop()
---
class S(ctypes.Structure): _fields_ = [('a', ctypes.c_int), ('b', ctypes.c_double)]
s = S(1, 2.5); print(s.a, s.b, ctypes.sizeof(s), ctypes.addressof(s) > 0); cb = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_int)(lambda v: v * 2); print(cb(21))
---
o = optparse.OptionParser(); o.add_option('-n', type='int', default=1); print(o.parse_args(['-n', '5', 'rest']))
---
v = contextvars.ContextVar('v'); v.get()
---
def spawn(): yield from types.coroutine(lambda: (yield 1))()
print(list(spawn()), types.resolve_bases((int,)), types.new_class('N', (), {}, lambda ns: ns.update(q=1)).q, types.prepare_class('M')[0])
""", globals())
