# Line, exception and return events of whole programs, jumps out of blocks, bare raise in tracebacks, faulthandler's text.
import sys
def tr(f,e,a):
    print(e,f.f_code.co_name,f.f_lineno)
    return tr
sys.settrace(tr)
exec(compile("\n\nx=1\nclass A:\n  y=2\nl=[i for i in (1,2)]\n","m","exec"))
def deco(f):
    return f
@deco
@deco
def g(a):
    for i in range(2):
        pass
    while a:
        a-=1
    else:
        a=3
    try:
        1/0
    except ZeroDivisionError:
        pass
    def q(): yield 1; yield 2
    for i in q(): pass
    class C:
        def __enter__(self): return self
        def __exit__(self, *a): pass
    with C() as f:
        pass
    try:
        with C():
            raise ValueError
    except ValueError: pass
    finally:
        i=1
    return (a,
      f, i)
g(2)
sys.settrace(None)


def stop_value():
    def inner():
        yield 1
        return 5
    for item in inner():
        pass
    class Once:
        def __iter__(self): return self
        def __next__(self): raise StopIteration
    for item in Once():
        pass


def with_names():
    try:
        try:
            raise KeyError(1)
        except KeyError as error:
            raise
    except KeyError:
        pass


events = []
def collect(frame, event, argument):
    if frame.f_code.co_filename == __file__:
        events.append((event, frame.f_code.co_name, frame.f_lineno - frame.f_code.co_firstlineno))
    return collect
for function in (stop_value, with_names):
    events.clear()
    sys.settrace(collect)
    function()
    sys.settrace(None)
    print(function.__name__)
    for each in events: print(each)


def jumps(log):
    for i in range(2):
        log.append(i)
        with open("/dev/null"):
            log.append("in")
    try:
        log.append("try")
    except ValueError:
        log.append("except")
    log.append("end")


def jump(source, target):
    first = jumps.__code__.co_firstlineno
    messages = []
    def tracer(frame, event, argument):
        if frame.f_code is not jumps.__code__: return None
        if event == "line" and frame.f_lineno == first + source and not messages:
            try:
                frame.f_lineno = first + target
                messages.append("jumped")
            except ValueError as error:
                messages.append(str(error))
        return tracer
    log = []
    sys.settrace(tracer)
    jumps(log)
    sys.settrace(None)
    print(source, target, messages, log)


jump(4, 9)
jump(6, 9)
jump(2, 6)
jump(9, 2)
jump(2, 100)
jump(2, -1)


import traceback
def again():
    try:
        1 / 0
    except ZeroDivisionError:
        raise
try:
    again()
except ZeroDivisionError as error:
    print([(entry.name, entry.line) for entry in traceback.extract_tb(error.__traceback__)])
import faulthandler, tempfile
with tempfile.TemporaryFile() as file:
    faulthandler.dump_traceback(file, all_threads=False)
    file.seek(0)
    print([line.split(b" in ")[-1] for line in file.read().splitlines()])
print(faulthandler.is_enabled())
