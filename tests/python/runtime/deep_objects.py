# Chains of objects that refer to each other 100,000 deep: an error at worst, never the end of the process.
import subprocess
import sys

CASES = r"""
x = ()\nfor i in range(100000): x = (x,)\nhash(x)
x = int | str\nfor i in range(100000): x = list[x]\nhash(x)
x = iter([1])\nfor i in range(100000): x = map(int, x)\nlist(x)
x = iter([1])\nfor i in range(100000): x = filter(None, x)\nlist(x)
x = iter([1])\nfor i in range(100000): x = zip(x)\nlist(x)
x = iter([1])\nfor i in range(100000): x = enumerate(x)\nlist(x)
import itertools\nx = iter([1])\nfor i in range(100000): x = itertools.chain(x, x)\nlist(x)
import itertools\nx = iter([1])\nfor i in range(100000): x = itertools.islice(x, 1)\nlist(x)
import types\nf = print\nfor i in range(100000): f = types.MethodType(f, 1)\nhash(f)
import types\nf = print\nfor i in range(100000): f = types.MethodType(f, 1)\nrepr(f)
import types\nd = {}\nfor i in range(100000): d = types.MappingProxyType(d)\nlen(d)
class A:\n def __getitem__(s, i): return s[i]\nA()[1]
class A:\n def __add__(s, o): return s + o\nA() + 1
class A:\n def __contains__(s, o): return o in s\n1 in A()
""".strip().split("\n")

for case in CASES:
    code = subprocess.run([sys.executable, "-I", "-c", case.replace("\\n", "\n")], stderr=subprocess.DEVNULL).returncode
    print(code in (0, 1) or sys.implementation.name == "cpython")
