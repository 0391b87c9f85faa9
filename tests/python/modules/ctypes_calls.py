# Foreign functions: arguments, results, errno, callbacks, parameter flags, threads.
import ctypes
import ctypes.util
import gc
import sys
import threading
from ctypes import *

libc = CDLL("libc.so.6", use_errno=True)
libm = CDLL("libm.so.6")


def show(make):
    try:
        print(make())
    except Exception as error:
        print(type(error).__name__, error)


print(libc.strlen(b"hello"), libc.abs(-5), libc.toupper(97))
libm.pow.restype = c_double
libm.pow.argtypes = c_double, c_double
print(libm.pow(2, 10), libm.pow.argtypes, libm.pow.restype)
for arguments in ((2,), ("a", 1), (None, 1)):
    show(lambda: libm.pow(*arguments))
show(lambda: libc.no_such_function)
show(lambda: libc.strlen(1.5))
show(lambda: libc.abs(2 ** 70))
buffer = create_string_buffer(100)
print(libc.sprintf(buffer, b"%d %s %.2f %ld", 42, b"abc", c_double(1.5), c_long(2 ** 40)), buffer.value)
libc.strchr.restype = c_char_p
print(libc.strchr(b"abcdef", ord("d")), libc.strchr(b"abc", ord("x")))
libc.wcslen.argtypes = [c_wchar_p]
print(libc.wcslen("wörter"))

# qsort and bsearch call back
Compare = CFUNCTYPE(c_int, POINTER(c_int), POINTER(c_int))
numbers = (c_int * 8)(5, 3, 9, 1, 7, 2, 8, 4)


def by_value(a, b):
    gc.collect()
    return a[0] - b[0]


libc.qsort(numbers, len(numbers), sizeof(c_int), Compare(by_value))
print(numbers[:])
libc.bsearch.restype = POINTER(c_int)
found = libc.bsearch(byref(c_int(7)), numbers, len(numbers), sizeof(c_int), Compare(by_value))
print(found.contents, (cast(found, c_void_p).value - addressof(numbers)) // sizeof(c_int))
print(CFUNCTYPE(c_int, c_int)(lambda x: x + 1)(41))
print(CFUNCTYPE(py_object, py_object)(lambda x: x + [2])([1]))
print(CFUNCTYPE(c_longlong, c_longlong, c_double, c_byte)(lambda a, b, c: a + int(b) + c)(2 ** 40, 2.5, -3))


class Point(Structure):
    _fields_ = [("x", c_double), ("y", c_double)]


class Division(Structure):
    _fields_ = [("quotient", c_int), ("remainder", c_int)]


libc.div.restype = Division
result = libc.div(17, 5)
print(result.quotient, result.remainder)
print(CFUNCTYPE(c_double, Point)(lambda p: p.x * p.y)(Point(3, 4)))

# an exception in a callback goes to sys.unraisablehook
reports = []
sys.unraisablehook = lambda report: reports.append((report.err_msg, repr(report.exc_value)))
CFUNCTYPE(c_int)(lambda: 1 / 0)()
CFUNCTYPE(c_int)(lambda: "x")()
print(reports)
sys.unraisablehook = sys.__unraisablehook__

set_errno(0)
print(libc.close(-1), get_errno(), set_errno(3), get_errno())


def check(result, function, arguments):
    if result < 0:
        raise OSError(get_errno(), "from errcheck")
    return arguments


libc.close.errcheck = check
show(lambda: libc.close(-1))

prototype = CFUNCTYPE(c_int, c_int)
absolute = prototype(("abs", libc), ((1, "x", -5),))
print(absolute(), absolute(-3), absolute(x=-4))
show(lambda: absolute(1, 2))
show(lambda: prototype(("abs", libc), ((1, "x"),))())
show(lambda: prototype(("no_such_function", libc)))
show(lambda: prototype(5.5))
frexp = CFUNCTYPE(c_double, c_double, POINTER(c_int))(("frexp", libm), ((1, "x"), (2, "exponent")))
print(frexp(8.0))


class Wrapped:
    def __init__(self, value):
        self._as_parameter_ = value


print(libc.abs(Wrapped(-6)), libm.pow(Wrapped(2.0), Wrapped(c_double(3))))


class Tm(Structure):
    _fields_ = [(name, c_int) for name in
                ("tm_sec", "tm_min", "tm_hour", "tm_mday", "tm_mon", "tm_year", "tm_wday", "tm_yday", "tm_isdst")
                ] + [("tm_gmtoff", c_long), ("tm_zone", c_char_p)]


libc.gmtime.restype = POINTER(Tm)
moment = libc.gmtime(byref(c_long(86400 * 365))).contents
print(moment.tm_year, moment.tm_mon, moment.tm_mday, moment.tm_hour, moment.tm_zone)

# from other threads, and while the lock is released
results = []


def work(number):
    values = (c_int * 50)(*[(i * 37 + number) % 50 for i in range(50)])
    libc.usleep(1000)
    libc.qsort(values, 50, sizeof(c_int), Compare(lambda a, b: a[0] - b[0]))
    results.append(values[:] == sorted(values[:]))


threads = [threading.Thread(target=work, args=(i,)) for i in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(results)

# a thread that Python did not start
Start = CFUNCTYPE(c_void_p, c_void_p)
calls = []


def foreign(argument):
    calls.append((argument, threading.current_thread() is not threading.main_thread()))
    gc.collect()
    return argument + 1


start = Start(foreign)
identifier, answer = c_ulong(), c_void_p()
libc.pthread_create(byref(identifier), None, start, c_void_p(41))
libc.pthread_join(identifier, byref(answer))
print(calls, answer.value)

print(memmove(buffer, b"12345", 5) == addressof(buffer), buffer.raw[:5], memset(buffer, 65, 2) != 0, buffer.raw[:5])
print(string_at(b"abc"), string_at(buffer, 3), wstring_at("wide", 2), cast(b"text", c_char_p).value)
print(PyDLL(None).strlen(b"abcd"), CDLL(None).abs(-2), ctypes.util.find_library("c"))
show(lambda: CDLL("no-such-library.so"))
print(hasattr(ctypes.pythonapi, "No_Such_Function"))
show(lambda: c_int.in_dll(libc, "no_such_variable"))
print(c_int.in_dll(libc, "optind").value)
show(lambda: libc.strlen(b"x", *[1] * 1100))
for make in (lambda: byref(5), lambda: sizeof(5), lambda: addressof(5), lambda: alignment(5), lambda: cast(5, c_int),
             lambda: setattr(libc.abs, "restype", 5), lambda: setattr(libc.abs, "argtypes", [5]),
             lambda: setattr(libc.abs, "errcheck", 5), lambda: Point.from_param(5),
             lambda: POINTER(c_int).from_param(byref(c_long())), lambda: c_int.from_param("a")):
    show(make)
print(c_int.from_param(5), c_double.from_param(5.5), c_char.from_param(b"a"))
