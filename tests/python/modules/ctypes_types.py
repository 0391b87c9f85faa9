# Structures, unions, arrays, pointers and simple types: layout, values, errors, what they keep alive.
import ctypes
import pickle
from ctypes import *


def show(make):
    try:
        print(make())
    except Exception as error:
        print(type(error).__name__, error)


class Point(Structure):
    _fields_ = [("x", c_int), ("y", c_int)]


class Mixed(Structure):
    _fields_ = [("low", c_int, 3), ("high", c_int, 5), ("short", c_short, 4), ("text", c_char * 5),
                ("wide", c_wchar * 3), ("name", c_char_p), ("numbers", c_int * 3)]


class Either(Union):
    _fields_ = [("number", c_int), ("real", c_double), ("point", Point)]


class Packed(Structure):
    _pack_ = 1
    _fields_ = [("letter", c_char), ("number", c_int)]


class Derived(Point):
    _fields_ = [("z", c_double)]


class Big(BigEndianStructure):
    _fields_ = [("first", c_uint16), ("bits", c_uint32, 5), ("more", c_uint32, 7)]


class Outer(Structure):
    _anonymous_ = ["inner"]
    _fields_ = [("inner", Either), ("last", c_byte)]


print([sizeof(t) for t in (Point, Mixed, Either, Packed, Derived, Big, Outer)])
print([alignment(t) for t in (Point, Mixed, Either, Packed, Derived, Big, Outer)])
print(Point.x, Mixed.low, Mixed.high, Mixed.short, Derived.z, Outer.number)
point = Point(1, y=2)
print(point.x, point.y, bytes(point))
for arguments in ((1, 2, 3), ("a",)):
    show(lambda: Point(*arguments))
show(lambda: Point(1, x=1))
mixed = Mixed(low=-1, high=15, text=b"ab", wide="xyz", name=b"name", numbers=(1, 2, 3))
print(mixed.low, mixed.high, mixed.text, mixed.wide, mixed.name, mixed.numbers[:], mixed._objects["5"])
for name, value in (("text", b"abcdef"), ("text", "abc"), ("wide", "abcd"), ("low", "x"), ("numbers", [1, 2])):
    show(lambda: setattr(mixed, name, value))
print(Either(number=5).point.x, bytes(Packed(b"a", 5)), bytes(Derived(1, 2, 3.0)), bytes(Big(1, 2, 3)), Big(1, 2, 3).more)
outer = Outer(number=7)
print(outer.inner.number, outer.point.x)

# nested parts share memory and keep it alive
part = Derived(1, 2, 3.0)
numbers = (Point * 2)((1, 2), (3, 4))
second = numbers[1]
del numbers
second.x = 30
print(second.x, second._b_base_[1].x, second._b_needsfree_, part._b_needsfree_)

Numbers = c_int * 3
print(Numbers.__name__, Numbers is c_int * 3, Numbers._length_, Numbers._type_)
numbers = Numbers(1, 2, 3)
print(numbers[-1], numbers[::-1], list(numbers), len(numbers))
numbers[0:2] = 10, 20
print(numbers[:], sum(numbers))
for action in (lambda: numbers[5], lambda: numbers["a"], lambda: Numbers(1, 2, 3, 4), lambda: c_int * -1,
               lambda: numbers.__setitem__(slice(0, 2), [1]), lambda: numbers.__delitem__(0)):
    show(action)
text = create_string_buffer(b"abc", 6)
print(text.value, text.raw, text[1], text[:2])
text.value = b"z"
show(lambda: setattr(text, "value", b"0123456"))
print(text.raw, create_unicode_buffer("wide").value)

pointer_type = POINTER(c_int)
print(pointer_type is POINTER(c_int), pointer_type.__name__, bool(pointer_type()))
number = c_int(5)
p = pointer(number)
p[0] = 6
p.contents.value += 1
print(number, p.contents, p[0])
p.contents = c_int(9)
print(p[0], number.value)
for action in (lambda: pointer_type()[0], lambda: pointer_type()[:], lambda: pointer_type(5), lambda: POINTER(5),
               lambda: p["a"], lambda: ctypes._Pointer()):
    show(action)
print(cast(Numbers(7, 8, 9), POINTER(c_int))[1], cast(0, c_void_p).value)


class Node(Structure):
    pass


Node._fields_ = [("value", c_int), ("next", POINTER(Node))]
show(lambda: setattr(type("Leaf", (Structure,), {"_fields_": []}), "_fields_", []))
head = Node(1, pointer(Node(2, pointer(Node(3)))))
values, at = [], head
while True:
    values.append(at.value)
    if not at.next:
        break
    at = at.next.contents
print(values)

for code in "bBhHiIlLqQ":
    simple = type("Simple", (ctypes._SimpleCData,), {"_type_": code})
    print(code, sizeof(simple), simple(-1).value, simple(2 ** 64 + 5).value, end="; ")
print()
print(c_float(1.1).value, c_double(2), c_longdouble(0.5), c_bool([]), c_bool([0]), c_char(65), c_wchar("é"))
print(c_char_p(b"x").value, c_char_p(None).value, c_wchar_p("w").value, c_void_p(0).value, c_void_p(5), py_object([1]))
for make in (lambda: c_int("a"), lambda: c_int(1.5), lambda: c_char(b"ab"), lambda: c_wchar("ab"), lambda: c_char_p("x"),
             lambda: c_float("x"), lambda: py_object().value, lambda: c_int(1, 2), lambda: c_void_p("x")):
    show(make)
swapped = c_int.__ctype_be__(0x01020304)
print(bytes(swapped), swapped.value, bytes(c_double.__ctype_be__(1.0)), c_int.__ctype_le__ is c_int)

for view in (Point(), Mixed(), Either(), Packed(), Derived(), Numbers(), (Numbers * 2)(), c_int(), pointer(c_int())):
    view = memoryview(view)
    print(view.format, view.shape, view.nbytes)
show(lambda: memoryview((c_short * 2 * 2)((1, 2), (3, 4))).tolist())

data = bytearray(b"\1\0\0\0\2\0\0\0")
shared = Point.from_buffer(data)
shared.x = 255
print(data[0], Point.from_buffer_copy(b"\5\0\0\0\6\0\0\0").y)
show(lambda: data.append(1))
for make in (lambda: Point.from_buffer(b"x" * 8), lambda: Point.from_buffer(bytearray(4)),
             lambda: Point.from_buffer(bytearray(8), -1), lambda: Point.from_buffer_copy(b"x")):
    show(make)
print(Point.from_address(addressof(shared)).x)

print(pickle.loads(pickle.dumps(Point(3, 4))).y, pickle.loads(pickle.dumps(c_int(42))))
show(lambda: pickle.dumps(pointer(c_int())))
resize(text, 20)
print(sizeof(text), text.raw[:2])
show(lambda: resize(text, 2))
for fields in (5, [5], [("a", 5)], [("a", c_int, 50)], [("a", c_double, 5)]):
    show(lambda: type("Bad", (Structure,), {"_fields_": fields}))
for make in (Structure, Union, ctypes.Array, ctypes._SimpleCData, lambda: hash(c_int())):
    show(make)
