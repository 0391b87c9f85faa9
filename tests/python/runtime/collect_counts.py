# gc.collect() tells how many objects in dead cycles it has found; gc.is_finalized; dead temporaries keep nothing.
import gc
import weakref


class Plain:
    pass


class Finalized:
    def __del__(self):
        self.was_there = True


def found(*makers):
    """What is made is held until right before the collection that shall find it."""
    held = [make() for make in makers]
    held.clear()
    return gc.collect()


def own_attribute():
    plain = Plain()
    plain.me = plain
    return plain


def list_in_itself():
    items = []
    items.append(items)
    return items


def tuple_and_list():
    both = ([],)
    both[0].append(both)
    return both


def two_lists():
    x = []
    y = [x]
    x.append(y)
    return x


gc.collect()
print(found(own_attribute), found(list_in_itself), found(tuple_and_list), found(*[two_lists] * 10) > 10)
found()
print(found(list, dict, Plain))
reference = weakref.ref(own_attribute())
gc.collect()
print(reference() is None)
one = Finalized()
print(gc.is_finalized(one), gc.is_finalized(3))
one.me = one
keep = []


class Kept:
    def __del__(self):
        keep.append(self)


kept = Kept()
kept.me = kept
del kept
gc.collect()
print(gc.is_finalized(keep[0]))


def count():
    return gc.collect()


keep.clear()
del one
print(count() > 0)
container = set()
plain = Plain()
reference = weakref.ref(plain)
container = {plain}
plain.iterator = iter(container)
del plain, container
gc.collect()
print(reference() is None)
