import io, sys, warnings
def warn(text, category=UserWarning, level=1): warnings.warn(text, category, stacklevel=level)
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("always"); warn("one"); warn("two", DeprecationWarning); warnings.warn(UserWarning("three")); warnings.warn_explicit("four", RuntimeWarning, "f.py", 7)
    print([(str(x.message), x.category.__name__, x.lineno > 0) for x in w], w[-1].filename, w[-1].lineno)
with warnings.catch_warnings():
    warnings.simplefilter("error")
    for f in (lambda: warn("e"), lambda: compile("x is 5", "f", "exec"), lambda: compile("'\\q'", "f", "exec"), lambda: compile("assert (1, 'a')", "f", "exec"), lambda: compile("1 is 1", "f", "eval"), lambda: compile("[1][1, 2]" if False else "(1)(2)", "f", "eval"), lambda: compile("'a'[1.5]" if False else "[][()]", "f", "eval"), lambda: warnings.warn("x", 5), lambda: warnings.warn("x", int)):
        try: f(); print("no warning")
        except Exception as e: print(type(e).__name__, e)
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter("default")
    for _ in range(3): warn("repeated")
    warnings.filterwarnings("ignore", message="ign.*"); warn("ignored"); warnings.filterwarnings("error", category=FutureWarning)
    try: warn("future", FutureWarning)
    except FutureWarning as e: print("raised", e)
    print(len(w))
err, sys.stderr = sys.stderr, io.StringIO()
warnings.simplefilter("always"); warnings.warn("to stderr"); text = sys.stderr.getvalue(); sys.stderr = err
print(text.replace(__file__, "FILE"))
out, sys.stdout = sys.stdout, io.StringIO()
print("captured", 1); sys.stdout.write("more"); text = sys.stdout.getvalue(); sys.stdout = out
print(repr(text), sys.stdout is sys.__stdout__, sys.stdout.encoding, sys.stdout.errors, sys.stdin.fileno(), sys.stderr.fileno(), sys.stdout.name, sys.stdout.mode, sys.stderr.errors, sys.stdout.buffer.__class__.__name__)
sys.stdout.buffer.write(b"bytes\n"); sys.stdout.flush()
sys.displayhook(5); sys.displayhook(None); sys.displayhook("é")
import builtins
print(builtins._)
def hook(u): print("unraisable", u.exc_type.__name__, u.err_msg, u.object is not None)
sys.unraisablehook = hook
class D:
    def __del__(self): 1 / 0
D(); import gc; gc.collect(); gc.collect()
print(warnings.formatwarning("m", UserWarning, "f.py", 3, "line"), warnings.filters[0][0])
try: "\ud800".encode("utf-8")
except UnicodeEncodeError as e: print(e)
try: print("\ud800")
except UnicodeEncodeError as e: print(e.reason)
