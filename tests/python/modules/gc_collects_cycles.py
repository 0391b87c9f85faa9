# gc.collect() finds cycles; weak references are cleared, callbacks and finalizers have run when the next statement begins.
import gc
import weakref
import sys

if "gc-dirty" in sys._xoptions:
    sys.exit()   # native stacks are scanned at every collection: a word left there keeps an object alive


class Node:
    pass


node = Node()
node.self = node
calls = []
reference = weakref.ref(node, calls.append)
assert reference() is node
del node
gc.collect()
assert reference() is None
assert calls == [reference]

finalized = []


class Final:
    def __del__(self):
        finalized.append(type(self).__name__)


final = Final()
final.self = final
del final
gc.collect()
assert finalized == ["Final"]

values = weakref.WeakValueDictionary()
keys = weakref.WeakKeyDictionary()
node = Node()
values["x"] = node
keys[node] = 1
assert len(values) == len(keys) == 1
del node
gc.collect()
assert len(values) == len(keys) == 0

assert gc.isenabled()
gc.disable()
assert not gc.isenabled()
gc.enable()
assert gc.get_threshold()[0] == 700
items = [1, "two", (3,)]
assert sorted(map(str, gc.get_referents(items))) == sorted(map(str, items))
holder = [items]
assert any(found is holder for found in gc.get_referrers(items))
assert any(found is items for found in gc.get_objects())
assert gc.is_tracked(items) and not gc.is_tracked(1) and not gc.is_tracked("text")
try:
    gc.collect(3)
except ValueError as error:
    assert str(error) == "invalid generation"
