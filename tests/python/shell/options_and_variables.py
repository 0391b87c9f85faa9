# Options and PYTHON* variables, one line each: what the program sees and how the process ends.
import os
import re
import subprocess
import sys
import tempfile

FOLDER = os.path.realpath(tempfile.mkdtemp())
os.chdir(FOLDER)
FLAGS = "import sys; print([(n, getattr(sys.flags, n)) for n in ('debug', 'inspect', 'interactive', 'optimize', 'dont_write_bytecode', 'no_user_site', 'no_site', 'ignore_environment', 'verbose', 'bytes_warning', 'quiet', 'hash_randomization', 'isolated', 'dev_mode', 'utf8_mode', 'warn_default_encoding', 'safe_path', 'int_max_str_digits') if getattr(sys.flags, n) not in (0, False, -1)], sys.warnoptions, sorted(sys._xoptions.items()))"
with open("script.py", "w") as file:
    file.write("import sys\nprint(sys.argv, sys.path[0], __name__, __file__, __spec__ is None, __package__, 'ready' in globals())\n")
os.mkdir("folder")
with open("folder/__main__.py", "w") as file:
    file.write("import sys\nprint(sys.argv, sys.path[0], __name__, __file__, __package__, __spec__.name)\n")
os.mkdir("package")
for name in ("__init__", "__main__", "part"):
    with open("package/%s.py" % name, "w") as file:
        file.write("import sys\nprint(%r, sys.argv, __name__, __package__)\n" % name)
with open("startup.py", "w") as file:
    file.write("ready = 1\n")
with open("first_line.py", "w") as file:
    file.write("@echo off\nprint('second')\n1/0\n")
CLEAN = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "LC_", "LANG"))}


def clean(text):
    text = text.replace(FOLDER, "DIR").replace(sys.executable, "PYTHON")
    return re.sub(r"\n+Current thread.*\n.*\n|\n\n$", "\n", text)


def run(*arguments, stdin="", lines=3, **variables):
    done = subprocess.run([sys.executable, *arguments], input=stdin, capture_output=True, text=True, timeout=60,
                          env={**CLEAN, **variables})
    errors = clean(done.stderr).strip().splitlines()
    print(arguments if len(str(arguments)) < 100 else arguments[:-1], variables or "", done.returncode)
    print("  ", clean(done.stdout).replace(">>> ", "").rstrip()[:600].replace("\n", "\n   "))
    for line in errors[len(errors) - lines:] if 0 < lines < len(errors) else errors if lines else ():
        print("   !", line)


for options in (["-b"], ["-bb"], ["-B"], ["-E"], ["-I"], ["-O"], ["-OO"], ["-P"], ["-q"], ["-s"], ["-S"], ["-u"], ["-d"], ["-dd"], ["-OOBEs"],
                ["-Werror"], ["-W", "ignore::DeprecationWarning", "-Wonce"], ["-Wfoo"], ["-W", "error::Nothing"], ["-X", "dev"], ["-Xutf8"], ["-X", "utf8=0"],
                ["-Xutf8=1"], ["-Xanything=at=all", "-Xsecond"], ["-X", "int_max_str_digits=640"], ["-Xint_max_str_digits=0"],
                ["-Xwarn_default_encoding"], ["-Xno_debug_ranges"], ["-Xfrozen_modules=off"], ["-Xpycache_prefix=abc"],
                ["--check-hash-based-pycs", "always"]):
    run(*options, "-c", FLAGS)
for options in (["-Z"], ["-X"], ["-W"], ["-c"], ["-m"], ["--what"], ["--check-hash-based-pycs"], ["--check-hash-based-pycs", "x"], ["-J"],
                ["-Xint_max_str_digits=639"], ["-Xint_max_str_digits"], ["-Xutf8=2"], ["-Xfrozen_modules=x"], ["-V"], ["--version"]):
    run(*options)
for options in (["-h"], ["-?"], ["--help"], ["--help-env"], ["--help-xoptions"], ["--help-all"], ["-VV"]):
    done = subprocess.run([sys.executable, *options], capture_output=True, text=True)
    print(options, done.returncode, bool(done.stdout), repr(done.stderr))
for name, values in (("DEBUG", "1"), ("OPTIMIZE", ("1", "2", "x", "0", "-1")), ("VERBOSE", "0"), ("DONTWRITEBYTECODE", "1"), ("NOUSERSITE", "1"),
                     ("UNBUFFERED", "1"), ("INSPECT", "1"), ("SAFEPATH", "1"), ("DEVMODE", "1"), ("UTF8", ("1", "0", "2")),
                     ("WARNINGS", ("error", "ignore,once::UserWarning")), ("HASHSEED", ("0", "random", "-1", "x", "4294967296")),
                     ("INTMAXSTRDIGITS", ("700", "5", "x")), ("WARNDEFAULTENCODING", "1"), ("COERCECLOCALE", ("0", "1"))):
    for value in [values] if isinstance(values, str) else values:
        run("-c", FLAGS, **{"PYTHON" + name: value})
        if name in ("OPTIMIZE", "HASHSEED") and value in ("2", "x"):
            run("-E", "-c", FLAGS, **{"PYTHON" + name: value})
print("-- programs")
import zipfile
with zipfile.ZipFile("archive.zip", "w") as archive:
    archive.writestr("packed/__init__.py", "")
    archive.writestr("packed/part.py", "print(__name__, __file__)\n")
run("-m", "packed.part", PYTHONPATH="archive.zip")
run("-c", "print(__loader__, __spec__, __name__)")
run("-R", "-c", "import sys; print(sys.flags.hash_randomization)", PYTHONHASHSEED="0")
run("script.py", "a", "-b")
run("./script.py")
run("-", "a", stdin="import sys; print(sys.argv, sys.path[0])")
run(stdin="import sys; print(sys.argv, sys.path[0] == '')")
run("-c", "import sys; print(sys.argv, sys.path[0] == '')", "-c", "x")
run("-cimport sys; print(sys.argv)", "x")
run("folder", "a")
run("./folder/")
run("-m", "package", "a")
run("-m", "package.part")
run("-mscript", "-x")
run("-m", "nothing")
run("-m", "package.nothing")
run("-m", "startup.nothing")
run("-P", "-c", "import sys; print('' in sys.path)")
run("-P", "script.py")
run("-x", "first_line.py")
run("first_line.py")
run("--", "script.py", "--")
run("missing.py")
run("-S", "-c", "import sys; print('site' in sys.modules, [p for p in sys.path if 'packages' in p])")
run("-O", "-c", "assert 0; print(__debug__)")
run("-OO", "-c", "def f(): 'doc'\nprint(f.__doc__)")
run("-b", "-c", "print(b'a' == 'a', str(b'x'))")
run("-bb", "-c", "str(b'x')")
run("-u", "-c", "import sys; print(sys.stdout.write_through, sys.stdout.line_buffering, type(sys.stdout.buffer).__name__)")
run("-c", "import sys; print(sys.stdout.write_through, sys.stdout.line_buffering, type(sys.stdout.buffer).__name__, sys.stdin.errors, sys.stderr.errors)")
run("-i", "-c", "x = 5", stdin="x + 1\n", lines=0)
run("-i", "-q", "-c", "1/0", stdin="import sys; sys.last_type\n", lines=0)
run("-i", "-c", "raise SystemExit(4)", stdin="7\n", lines=0)
run("-i", "script.py", stdin="ready\n", PYTHONSTARTUP="startup.py", lines=0)
run("-c", "import os; os.environ['PYTHONINSPECT'] = '1'", stdin="7\n")
run("-Wd", "-c", "import warnings; warnings.warn('w', DeprecationWarning)")
run("-We", "-c", "import warnings; warnings.warn('w')")
run("-c", "import warnings; warnings.warn('w', DeprecationWarning); warnings.warn('p', PendingDeprecationWarning); warnings.warn('r', ResourceWarning)")
run("-Xdev", "-c", "import warnings; warnings.warn('r', ResourceWarning)")
run("-Xwarn_default_encoding", "-c", "open('script.py').close(); import pathlib; pathlib.Path('script.py').read_text()", lines=5)
run("-c", "import sys; print(sys.path[0] == '', [p for p in sys.path if 'xyz' in p])", PYTHONPATH="/xyz:relative_xyz::")
run("-E", "-c", "import sys; print([p for p in sys.path if 'xyz' in p])", PYTHONPATH="/xyz")
run("-c", "import sys; print(sys.pycache_prefix)", PYTHONPYCACHEPREFIX="cache")
run("-c", "import sys; print(sys.platlibdir, [p for p in sys.path if 'other' in p][:2])", PYTHONPLATLIBDIR="other", lines=0)
run("-c", "print(hash('a'), hash(b'abc'), list({'a', 'b', 'c', 'd'}))", PYTHONHASHSEED="0")
run("-c", "print(hash('a'), hash(b'abc'), list({'a', 'b', 'c', 'd'}))", PYTHONHASHSEED="12345")
run("-c", "import sys; print(sys.stdin.encoding, sys.stdout.encoding, sys.stdout.errors, sys.stderr.errors)", PYTHONIOENCODING="latin-1:replace")
run("-c", "import sys; print(sys.stdout.encoding, sys.stdout.errors)", PYTHONIOENCODING=":backslashreplace")
run("-c", "import sys; print(sys.stdout.encoding, sys.stdout.errors)", PYTHONIOENCODING="ascii")
run("-I", "-c", "import sys; print(sys.stdout.encoding, sys.stdout.errors)", PYTHONIOENCODING="ascii")
run("-c", "breakpoint(); print('after')", PYTHONBREAKPOINT="0")
run("-c", "breakpoint()", PYTHONBREAKPOINT="builtins.print")
run("-c", "breakpoint()", PYTHONBREAKPOINT="nowhere.nothing")
run("-c", "print(int('1' * 5000) > 0)", PYTHONINTMAXSTRDIGITS="0")
run("-c", "int('1' * 701)", PYTHONINTMAXSTRDIGITS="700")
run("-c", "1/0", PYTHONNODEBUGRANGES="1", lines=9)
run("-Xno_debug_ranges", "-c", "def f(): x = 1 / 0\nprint(list(f.__code__.co_positions())[0][2])")
LOCALE = "import sys, os, locale; print(sys.flags.utf8_mode, sys.stdout.encoding, sys.stdout.errors, sys.getfilesystemencoding(), sys.getfilesystemencodeerrors(), os.environ.get('LC_CTYPE'), ascii(sys.argv[1:]))"
for variables in ({}, {"LC_ALL": "C"}, {"LC_ALL": "POSIX"}, {"LC_CTYPE": "C"}, {"LANG": "C"}, {"LC_ALL": "C.UTF-8"}, {"LC_ALL": "nonsense"},
                  {"LC_CTYPE": "C", "PYTHONCOERCECLOCALE": "warn"}, {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "warn"}):
    run("-c", LOCALE, b"\xff".decode("utf-8", "surrogateescape"), "\xe9", **variables)
os.chdir("/")
import shutil; shutil.rmtree(FOLDER)
