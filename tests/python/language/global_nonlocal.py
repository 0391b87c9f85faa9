# global and nonlocal statements and the errors of names.
x = 1
y = [0]


def set_global():
    global x, z
    x = 2
    z = 3


def read_only():
    return x


def shadow():
    x = 100
    return x


set_global()
print(x, z, read_only(), shadow(), x)


def nested():
    x = "outer"
    def inner():
        global x
        x = "set from inner"
    inner()
    return x


print(nested(), x)


def del_global():
    global w
    w = 1
    del w


del_global()
try:
    w
except NameError as error:
    print(error)


def chain():
    a = 0
    def one():
        def two():
            nonlocal a
            a += 1
            return a
        return two
    f = one()
    f()
    return f(), a


print(chain())


class Scope:
    x = "class"
    global gg
    gg = "global from class"
    def method(self):
        return x


print(Scope().method(), gg, Scope.x)
for text in """
def f():
    nonlocal q
---
nonlocal q
---
def f():
    print(x)
    global x
---
def f():
    x = 1
    global x
---
def f(x):
    global x
---
def f():
    x = 1
    def g():
        x = 2
        nonlocal x
---
def f(x):
    nonlocal x
---
def f(a, a): pass
---
def f():
    global x
    nonlocal x
---
def f():
    x: int
    global x
""".split("---"):
    try:
        compile(text.strip(), "<test>", "exec")
        print("ok")
    except SyntaxError as error:
        print(error.msg, error.lineno)
for name in ("undefined", "prnt", "lenn", "strr"):
    try:
        eval(name)
    except NameError as error:
        print(type(error).__name__, error, error.name)
print(globals()["x"], "x" in globals(), sorted(k for k in locals() if k in "xyz"))


def local_names(a, b=2):
    c = 3
    return sorted(locals().items())


print(local_names(1))
