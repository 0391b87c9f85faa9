# The interactive interpreter fed from a pipe with -i: echo, blocks, errors, underscore, prompts, exit.
import subprocess, sys
def session(text, *options):
    r = subprocess.run([sys.executable, "-S", "-q", "-i", *options], input=text, capture_output=True, text=True, timeout=60)
    print(repr(text)[:60], r.returncode); print(r.stdout); print("\n".join(l for l in r.stderr.splitlines()))
session("1 + 1\nx = 5\nx\nNone\n'text'\n_\n[1, 2]\n")
session("def f(a):\n    return a * 2\n\nf(4)\nfor i in range(2):\n    i\n\nif 1: print('one line')\n\n")
session("1 / 0\nundefined\nprint('goes on')\n(\n1,\n2)\nx = (\n")
session("  indented\nprint 1\nx = = 1\n'unclosed\nprint('after')\n")
session("class A:\n    def m(self):\n        return 1\n\n    x = 2\n\nA().m(), A.x\n")
session("import sys\nsys.ps1 = 'P '\nsys.ps2 = 'Q '\nif 1:\n    3\n\nsys.exit(7)\nnever\n")
session("exit(3)\n"); session("raise SystemExit('bye')\n"); session("quit\nexit\n")
session("import sys\nsys.displayhook = lambda v: print('shown', v)\n5\n")
session("x = 1; x; x + 1; print('same line')\nlambda: 0 if 0 else 1 and 2\n" if False else "x = 1; x; x + 1\n@staticmethod\ndef g(): pass\n\ntry:\n    1/0\nexcept ZeroDivisionError:\n    'caught'\n\n")
for text in ("1+\n", "if 1\n", "def\n", "def f():\n\n  return 1\n\nf()\n", "try:\n 1\n\n2\n", "x = (1,\n\n2)\nx\n", "x = '''\n\n'''\nx\n"):
    session(text)
session("é = 'ü'\né\n'\\ud800'\n")
r = subprocess.run([sys.executable, "-S", "-i", "-c", "value = 42"], input="value + 1\n", capture_output=True, text=True); print(r.stdout, r.returncode)
r = subprocess.run([sys.executable, "-S", "-"], input="print('not interactive')\n1 + 1\n", capture_output=True, text=True); print(repr(r.stdout), r.returncode)
