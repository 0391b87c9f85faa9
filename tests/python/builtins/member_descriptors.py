# Which attributes of built-in types are members, and what they say.
import types

print(types.MemberDescriptorType, types.GetSetDescriptorType)
for owner, name in ((type, "__mro__"), (type, "__name__"), (range, "start"), (slice, "stop"), (property, "fget"),
                    (complex, "real"), (int, "real"), (types.FunctionType, "__globals__"),
                    (types.FunctionType, "__code__"), (types.MethodType, "__func__"), (types.CodeType, "co_name"),
                    (staticmethod, "__func__"), (super, "__thisclass__"), (BaseException, "__suppress_context__")):
    descriptor = owner.__dict__[name]
    print(owner.__name__, name, type(descriptor).__name__, descriptor, descriptor.__name__,
          descriptor.__objclass__ is owner)
for target, name in ((range(3), "start"), (slice(1), "stop"), (1j, "real"), (print, "__self__"), (property(), "fget"),
                     (len.__call__, "__self__"), ((lambda: 0).__code__, "co_name")):
    for change in (lambda: setattr(target, name, 5), lambda: delattr(target, name)):
        try:
            change()
        except (AttributeError, TypeError) as error:
            print(type(error).__name__, error)
print(type.__module__, repr(type[int]), object.__subclasshook__(), object.__subclasshook__(1, 2))


class Meta(type):
    pass


class Base:
    pass


class Both(Base, type):
    pass


class Made(metaclass=Both):
    pass


print(type(Made.__dict__).__name__)
for change in (lambda: setattr(Made, "__dict__", {}), lambda: Base.__dict__["__dict__"].__set__(Made, {}),
               lambda: setattr(types, "__dict__", {})):
    try:
        change()
        print("changed")
    except (AttributeError, TypeError) as error:
        print(type(error).__name__)
