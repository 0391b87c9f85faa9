# multiprocessing's Value and Array, wintypes, and memory that must outlive collections.
import ctypes
import gc
import multiprocessing
import multiprocessing.sharedctypes
import weakref
from ctypes import *
from ctypes import wintypes


class Point(Structure):
    _fields_ = [("x", c_double), ("y", c_double)]


def child(value, array, point):
    with value.get_lock():
        value.value += 1
    for i in range(len(array)):
        array[i] *= 2
    point.x = 9.0


if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    value, array = context.Value("i", 41), context.Array("d", [1.0, 2.0, 3.0])
    point = context.Value(Point, 1.0, 2.0)
    process = context.Process(target=child, args=(value, array, point))
    process.start()
    process.join()
    print(process.exitcode, value.value, array[:], point.x, point.y)
    raw = multiprocessing.sharedctypes.RawArray(c_char, 5)
    raw.value = b"abc"
    print(raw.value, multiprocessing.sharedctypes.copy(raw).raw)
    print(wintypes.DWORD(5), sizeof(wintypes.POINT), wintypes.LPCWSTR("x").value)

    # what memory points to stays alive and stays where it is
    texts = (c_char_p * 100)(*[b"text %d" % i for i in range(100)])
    addresses = cast(texts, POINTER(c_void_p))[0:100]
    wide = (c_wchar_p * 10)(*["wide %d" % i for i in range(10)])
    garbage = [bytes(1000) for i in range(2000)]
    del garbage
    gc.collect()
    print(texts[99], addresses == cast(texts, POINTER(c_void_p))[0:100], string_at(addresses[50]), wide[9])

    class Kept:
        pass

    kept = Kept()
    watch = weakref.ref(kept)
    holder = (py_object * 2)(kept, 42)
    del kept
    gc.collect()
    print(watch() is holder[0], holder[1])
    del holder
    gc.collect()
    print(watch())

    data = bytearray(range(8))
    view = (c_ubyte * 8).from_buffer(data)
    garbage = [bytearray(100) for i in range(5000)]
    gc.collect()
    view[0] = 200
    data[7] = 100
    print(data[0], view[7])
    blocks = [create_string_buffer(1 << 20) for i in range(50)]
    del blocks
    for i in range(200):
        create_string_buffer(1 << 20)
    pairs = [Point(i, -i) for i in range(3000)]
    gc.collect()
    print(sum(p.x for p in pairs), pairs[-1].y)
