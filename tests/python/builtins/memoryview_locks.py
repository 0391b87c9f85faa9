# While a memoryview is referred to, the size of its bytearray or array does not change.
import array


def refused(action):
    try:
        action()
    except BufferError as error:
        return str(error)
    return "changed"


data = bytearray(b"abcdef")
view = memoryview(data)
print(refused(lambda: data.append(1)), refused(lambda: data.extend(b"xy")), refused(data.clear))
data[0:2] = b"XY"          # same size
print(data)
holder = {"part": view[2:4]}
view.release()
print(refused(lambda: data.append(1)))
del holder["part"]
print(refused(lambda: data.append(1)), data)


def with_local():
    own = bytearray(b"12")
    local = memoryview(own)
    first = refused(lambda: own.append(3))
    del local
    return first, refused(lambda: own.append(3))


print(with_local())
print(bytes(memoryview(data)[1:3]), refused(lambda: data.append(2)))

numbers = array.array("i", [1, 2])
with memoryview(numbers) as view:
    print(refused(lambda: numbers.append(3)), view.tolist())
print(refused(lambda: numbers.append(3)), numbers)
view = memoryview(numbers)
print(refused(lambda: numbers.pop()))
del view
print(refused(lambda: numbers.pop()), numbers)


class Releases:
    def __init__(self, view):
        self.view = view

    def __index__(self):
        self.view.release()
        return 1


for use in (lambda view: view[Releases(view)], lambda view: view[:Releases(view)]):
    view = memoryview(bytearray(b"abc"))
    try:
        use(view)
    except ValueError as error:
        print(error)
