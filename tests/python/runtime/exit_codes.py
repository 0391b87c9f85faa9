# How the process ends: exit codes, flushing, signals, streams, options.
import os
import signal
import subprocess
import sys


def run(*arguments, stdin=None, env=None):
    done = subprocess.run([sys.executable, *arguments], input=stdin, capture_output=True, text=True, env=env)
    err = done.stderr.strip().splitlines()
    return done.returncode, done.stdout, err[-1].replace(sys.executable, "PYTHON") if err else ""


def code(source, *options, stdin=None):
    print(repr(source)[:70], options, run(*options, "-c", source, stdin=stdin))


code("pass")
code("raise SystemExit")
code("raise SystemExit(3)")
code("raise SystemExit('msg')")
code("raise SystemExit((1, 2))")
code("raise SystemExit(None)")
code("raise SystemExit(True)")
code("raise SystemExit(256 + 7)")
code("raise SystemExit(-1)")
code("import sys; sys.exit('bye')")
code("import os; os._exit(5)")
code("1/0")
code("raise KeyboardInterrupt")
code("import os, signal; os.kill(os.getpid(), signal.SIGTERM)")
code("import os, signal; os.kill(os.getpid(), signal.SIGINT); import time; time.sleep(5)")
code("import os; os.abort()")
code("import atexit; atexit.register(print, 'at exit'); print('body')")
code("import atexit; atexit.register(lambda: print('one')); atexit.register(lambda: print('two')); raise SystemExit(4)")
code("import atexit\ndef f(): raise SystemExit(9)\natexit.register(f)")
code("import sys; sys.stdout.write('no newline')")
code("import sys; sys.stdout.close()")
code("import sys; sys.stdout = None; print('x')")
code("import sys; sys.stderr.write('to stderr')")
code("import threading, time\nthreading.Thread(target=lambda: (time.sleep(0.1), print('thread ends'))).start()\nprint('main ends')")
code("import threading, time\nthreading.Thread(target=lambda: (time.sleep(60), print('never')), daemon=True).start()\nprint('main ends')")
code("class A:\n    def __del__(self): print('del')\na = A()")
code("print(input()); print(input('prompt> '))", stdin="one\ntwo\n")
code("input()", stdin="")
code("import sys; print(sys.stdin.read(), sys.argv)", stdin="data")
code("import sys; print(list(sys.stdin))", stdin="a\nb")
code("import sys; print(sys.flags.optimize, __debug__); assert 0", "-O")
code("def f(): 'doc'\nprint(f.__doc__)", "-OO")
code("import sys; print(sys.flags.no_site, 'site' in sys.modules)", "-S")
code("import sys; print(sys.flags.isolated, sys.flags.ignore_environment, sys.flags.no_user_site, sys.flags.safe_path)", "-I")
code("import sys; print(sys.flags.dont_write_bytecode, sys.dont_write_bytecode)", "-B")
code("import warnings; warnings.warn('w'); print('on')", "-W", "error")
code("import warnings; warnings.warn('w'); print('on')", "-W", "ignore")
code("import sys; print(sys.warnoptions, sys._xoptions)", "-W", "ignore", "-X", "abc=5", "-X", "utf8")
code("import sys; print(sys.flags.dev_mode)", "-X", "dev")
code("print('a' == b'a')", "-b")
code("print('a' == b'a')", "-bb")
code("import sys; print(sys.stdout.line_buffering, sys.stdout.write_through)", "-u")
print(run("-V")[0], run("--nonsense")[0], run("/nonexistent/file.py")[0], str(run("-m", "nonexistent_module")).replace(sys.executable, "python"), run("-c")[0], run("-W")[0])
print(run("-", stdin="print('from stdin')"), run(stdin="print('no arguments')\nprint(2)"), run("-c", "import sys; print(sys.argv)", "a", "-b", "--c"))
print(run("-m", "this")[1][:30], run("-m", "json.tool", stdin="[1]"), run("-m", "base64", "-e", stdin="abc"), run("-m", "calendar", "2020", "2")[1][:20])
print(run("-c", "x = 1\nprint(x)\nif x:\n  print('block')"), run("-x", __file__ if False else "-", stdin="x"))
print(run("-i", "-c", "x = 5", stdin="print(x)\n")[1], run("-q", "-i", stdin="1 + 1\n'a'\nNone\n_\n")[1])
env = dict(os.environ, PYTHONHASHSEED="0")
print(run("-c", "print(hash('a'), hash(b'abc'))", env=env), run("-c", "import sys; print(sys.flags.hash_randomization)", env=env))
for name, value, source in (("PYTHONOPTIMIZE", "1", "print(__debug__)"), ("PYTHONDONTWRITEBYTECODE", "1", "import sys; print(sys.dont_write_bytecode)"), ("PYTHONUNBUFFERED", "1", "import sys; print(sys.stdout.write_through)"), ("PYTHONPATH", "/some/where", "import sys; print('/some/where' in sys.path)"), ("PYTHONIOENCODING", "latin-1", "import sys; print(sys.stdout.encoding)"), ("PYTHONWARNINGS", "error", "import warnings; warnings.warn('x')"), ("PYTHONSAFEPATH", "1", "import sys; print(sys.flags.safe_path)"), ("PYTHONUTF8", "1", "import sys; print(sys.flags.utf8_mode)"), ("PYTHONINTMAXSTRDIGITS", "700", "import sys; print(sys.get_int_max_str_digits())"), ("PYTHONNOUSERSITE", "1", "import sys; print(sys.flags.no_user_site)"), ("PYTHONBREAKPOINT", "0", "breakpoint(); print('on')"), ("PYTHONHASHSEED", "abc", "print(1)"), ("PYTHONDEVMODE", "1", "import sys; print(sys.flags.dev_mode)")):
    print(name, run("-c", source, env=dict(env, **{name: value})))
