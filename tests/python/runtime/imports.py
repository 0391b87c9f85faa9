# The import system: packages, relative imports, namespaces, zip files, hooks, reload, errors.
import importlib
import importlib.util
import os
import sys
import tempfile
import textwrap
import zipfile

root = os.path.realpath(tempfile.mkdtemp())
sys.path.insert(0, root)
sys.dont_write_bytecode = True


def write(path, text):
    full = os.path.join(root, path)
    os.makedirs(os.path.dirname(full), exist_ok=True)
    with open(full, "w") as f:
        f.write(textwrap.dedent(text))


write("simple.py", "x = 1\n__all__ = ['x', 'y']\ny = 2\nz = 3\n_private = 4\n")
write("noall.py", "a = 1\n_b = 2\n")
write("pkg/__init__.py", "print('pkg init', __name__, __package__, __path__[0].endswith('pkg'))\nfrom . import sub\nfrom .sub import value as v\n")
write("pkg/sub.py", "print('sub init', __name__, __package__)\nvalue = 7\n")
write("pkg/deep/__init__.py", "")
write("pkg/deep/mod.py", "from .. import sub\nfrom ..sub import value\nfrom . import __name__ as n\nresult = (sub.value, value, n)\n")
write("pkg/beyond.py", "from .... import x\n")
write("broken.py", "1/0\n")
write("syntax.py", "x = (\n")
write("circular_a.py", "import circular_b\nname = 'a'\nfrom circular_b import other\n")
write("circular_b.py", "import circular_a\nother = getattr(circular_a, 'name', 'not yet')\n")
write("cyclic_from.py", "from cyclic_from2 import q\nw = 1\n")
write("cyclic_from2.py", "from cyclic_from import w\nq = 1\n")
write("ns/part/one.py", "one = 1\n")
write("lazy.py", "def __getattr__(name):\n    if name == 'dyn': return 'dynamic'\n    raise AttributeError(name)\ndef __dir__(): return ['dyn']\n")
write("main_mod/__main__.py", "print('main', __name__, __package__)\n")
write("replaces.py", "import sys\nsys.modules[__name__] = 'replaced'\n")
import simple
print(simple.x, simple.__name__, simple.__file__ == os.path.join(root, "simple.py"), simple.__spec__.name, simple.__loader__.__class__.__name__, simple.__package__ == "", "simple" in sys.modules, repr(simple).startswith("<module 'simple' from"))
from simple import *
print(x, y, "z" in globals())
from noall import *
print(a, "_b" in globals())
import pkg.deep.mod as m
print(m.result, pkg if "pkg" in globals() else "pkg is not bound", sys.modules["pkg"].v)
import pkg.sub
print(pkg.sub.value, pkg.deep.mod is m)
from pkg import sub as s, deep
print(s is pkg.sub, deep.__name__)
import ns.part.one
print(ns.part.one.one, type(ns.__path__).__name__, ns.__file__ if hasattr(ns, "__file__") else "no file", ns.__spec__.loader.__class__.__name__)
import lazy
print(lazy.dyn, dir(lazy))
from lazy import dyn
import circular_a
print(circular_a.other)
import replaces
print(replaces)
for statement in ("import nothing_here", "import simple.nothing", "import pkg.nothing", "from simple import nope", "from pkg import nope", "from . import x", "from .x import y", "import broken", "import syntax", "import pkg.beyond", "from lazy import nope", "import cyclic_from", "from simple import x.y", "import ''", "__import__('a..b')", "from pkg.sub.value import x", "import math.floor", "importlib.import_module('.sub')", "importlib.import_module('')"):
    try:
        exec(statement)
        print(statement, "ok")
    except BaseException as e:
        print(statement, "->", type(e).__name__, str(e).replace(root, "ROOT"), getattr(e, "name", None) if isinstance(e, ImportError) else "")
print("broken" in sys.modules, importlib.import_module(".sub", "pkg").value, importlib.util.find_spec("simple").origin == simple.__file__, importlib.util.find_spec("nothing"))
write("simple.py", "x = 100\nnew = True\n")
importlib.invalidate_caches()
print(importlib.reload(simple).x, simple.y)
with zipfile.ZipFile(os.path.join(root, "lib.zip"), "w") as z:
    z.writestr("zipped.py", "value = 'from zip'\n")
    z.writestr("zpkg/__init__.py", "")
    z.writestr("zpkg/data.txt", "data")
    z.writestr("__main__.py", "print('zip main')")
sys.path.insert(0, os.path.join(root, "lib.zip"))
import zipped
import zpkg
print(zipped.value, zipped.__loader__.__class__.__name__, zpkg.__loader__.get_data(os.path.join(root, "lib.zip", "zpkg/data.txt")))


class Finder:
    def find_spec(self, name, path=None, target=None):
        if name.startswith("virtual"):
            return importlib.util.spec_from_loader(name, self)

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        module.made = "by " + module.__name__


sys.meta_path.append(Finder())
import virtual_one
print(virtual_one.made, virtual_one.__spec__.loader.__class__.__name__)
spec = importlib.util.spec_from_file_location("by_path", os.path.join(root, "noall.py"))
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
print(module.a, module.__name__, importlib.util.resolve_name(".x", "pkg"), importlib.util.cache_from_source("/a/b.py").startswith("/a/__pycache__/b."))
import runpy
print(runpy.run_module("noall")["a"], runpy.run_path(os.path.join(root, "noall.py"))["a"])
runpy.run_module("main_mod", run_name="__main__")
runpy.run_path(os.path.join(root, "lib.zip"), run_name="__main__")
print(sorted(sys.builtin_module_names)[:0], "sys" in sys.builtin_module_names, sys.modules["__main__"].__name__, __name__, __spec__)
del sys.modules["simple"]
sys.modules["blocked"] = None
try: import blocked
except ImportError as e: print(type(e).__name__, e)
saved = __builtins__.__import__ if hasattr(__builtins__, "__import__") else None
import builtins
original = builtins.__import__
def hook(name, *args):
    if not name.startswith("_"):  # CPython's open_code() asks for _io
        print("hook", name)
    return original(name, *args)
builtins.__import__ = hook
import string
builtins.__import__ = original
print(importlib.resources.files("pkg").name if hasattr(importlib, "resources") else "pkg")
import shutil
shutil.rmtree(root)
