# .pyc files: where they are written, when they are used, hash-based ones, without source, as programs, damaged ones.
import compileall
import importlib.util
import os
import py_compile
import subprocess
import sys
import tempfile
import zipfile

root = os.path.realpath(tempfile.mkdtemp())
tag = sys.implementation.cache_tag


def run(*arguments, **environment):
    space = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    done = subprocess.run([sys.executable, *arguments], cwd=root, env={**space, **environment}, capture_output=True,
                          text=True)
    return done.returncode, done.stdout.strip(), done.stderr.strip().replace(root, "ROOT")[-200:]


def files():
    found = []
    for folder, _, names in os.walk(root):
        found += [os.path.relpath(os.path.join(folder, n), root).replace(tag, "TAG") for n in names if n.endswith("c")]
    return sorted(found)


def write(name, text):
    with open(os.path.join(root, name), "w") as file:
        file.write(text)


write("module.py", "'''doc'''\nassert not __debug__ or True\nvalue = 1\ndef f(): 'text'; return __file__\n")
print(run("-c", "import module; print(module.value, module.__cached__.endswith('.pyc'))"), files())
stamp = os.stat(importlib.util.cache_from_source(os.path.join(root, "module.py"))).st_mtime_ns
print(run("-c", "import module; print(module.f.__doc__, module.f.__code__.co_filename.endswith('module.py'))"))
print(os.stat(importlib.util.cache_from_source(os.path.join(root, "module.py"))).st_mtime_ns == stamp)
print(run("-O", "-c", "import module; print(module.f.__doc__)"), run("-OO", "-c", "import module; print(module.f.__doc__)"))
print(files())
for name in files():
    os.remove(os.path.join(root, name.replace("TAG", tag)))
print(run("-B", "-c", "import module"), run("-c", "import module", PYTHONDONTWRITEBYTECODE="1"), files())
print(run("-c", "import module; print(module.value)", PYTHONPYCACHEPREFIX=os.path.join(root, "prefix")),
      [os.path.basename(f) for f in files() if "/module" in f])
write("module.py", "value = 22\n")
print(run("-c", "import module; print(module.value)"))
cached = py_compile.compile(os.path.join(root, "module.py"), invalidation_mode=py_compile.PycInvalidationMode.CHECKED_HASH)
write("module.py", "value = 33\n")
print(run("-c", "import module; print(module.value)"))
cached = py_compile.compile(os.path.join(root, "module.py"), invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH)
write("module.py", "value = 44\n")
print(run("-c", "import module; print(module.value)"),
      run("--check-hash-based-pycs", "always", "-c", "import module; print(module.value)"))
py_compile.compile(os.path.join(root, "module.py"))
with open(cached, "rb") as file:
    good = file.read()
print(good[:4] == importlib.util.MAGIC_NUMBER, len(good) > 16)
# Another magic number: compiled again. Truncated: EOFError is no reason not to compile either, by CPython's rules it is.
with open(cached, "wb") as file:
    file.write(b"\0\0\r\n" + good[4:])
print(run("-c", "import module; print(module.value)"))
with open(cached, "wb") as file:
    file.write(good[:10])
print(run("-c", "import module; print(module.value)"))
with open(cached, "wb") as file:
    file.write(good[:20])
print(run("-c", "import module")[2].splitlines()[-1:])
os.remove(cached)
# Without source.
py_compile.compile(os.path.join(root, "module.py"), cfile=os.path.join(root, "alone.pyc"))
print(run("-c", "import alone; print(alone.value, alone.__file__.endswith('alone.pyc'), type(alone.__loader__).__name__)"))
with open(os.path.join(root, "alone.pyc"), "r+b") as file:
    file.write(b"\0\0")
print(run("-c", "import alone"))
write("program.py", "import sys; print(__name__, sys.argv, __file__.endswith('.pyc'))\n")
py_compile.compile(os.path.join(root, "program.py"), cfile=os.path.join(root, "program.pyc"))
print(run("program.pyc", "a"))
os.mkdir(os.path.join(root, "package"))
write("package/__init__.py", "")
write("package/bad.py", "x = (\n")
write("package/good.py", "x = 1\n")
print(bool(compileall.compile_dir(os.path.join(root, "package"), quiet=2)), [f for f in files() if f.startswith("package")])
with zipfile.ZipFile(os.path.join(root, "lib.zip"), "w") as archive:
    py_compile.compile(os.path.join(root, "package", "good.py"), cfile=os.path.join(root, "inzip.pyc"))
    archive.write(os.path.join(root, "inzip.pyc"), "inzip.pyc")
print(run("-c", "import sys; sys.path.insert(0, 'lib.zip'); sys.path.remove(''); import inzip; print(inzip.x, inzip.__file__)"))
import shutil
shutil.rmtree(root)
