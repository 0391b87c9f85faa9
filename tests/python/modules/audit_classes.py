# Audit events of special attributes of classes, of the collector's lists, of mmap; a hook that may be traced.
import gc
import mmap
import sys

heard = []
listening = False


class Hook:
    __cantrace__ = True

    def __call__(self, event, arguments):
        if listening and event.startswith(("object.", "gc.", "mmap.")):
            heard.append((event, arguments))


sys.addaudithook(Hook())


class A:
    pass


class B:
    pass


class C(A):
    pass


listening = True
C.__name__ = "X"
C.__bases__ = (B,)
C.other = 1
a = A()
a.__class__ = B
gc.get_referents([a])
mmap.mmap(-1, 8).close()
listening = False
for event, arguments in heard:
    print(event, arguments[1] if event.startswith("object") else len(arguments))
calls = []
sys.settrace(lambda frame, event, argument: calls.append(frame.f_code.co_name))
sys.audit("something")
sys.settrace(None)
print(calls)
