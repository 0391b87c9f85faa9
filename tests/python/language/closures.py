# Closures, nonlocal, cells, late binding.
def make_counter(start=0):
    count = start

    def step(by=1):
        nonlocal count
        count += by
        return count

    def value():
        return count

    return step, value


step, value = make_counter(10)
print(step(), step(5), value())
other, _ = make_counter()
print(other(), step(), value())
print([f() for f in [lambda: i for i in range(3)]])
print([f() for f in [lambda i=i: i for i in range(3)]])


def adders():
    result = []
    for n in range(3):
        result.append(lambda x: x + n)
    return result


print([f(10) for f in adders()])


def deep():
    a = 1
    def level1():
        b = 2
        def level2():
            nonlocal a
            c = 3
            a += b + c
            def level3():
                return a, b, c
            return level3
        return level2
    return level1()()() , a


print(deep())
print(step.__closure__[0].cell_contents, step.__code__.co_freevars, make_counter.__code__.co_cellvars)


def parameter_cell(x):
    def get():
        return x
    def put(v):
        nonlocal x
        x = v
    return get, put


get, put = parameter_cell(1)
put(5)
print(get())


def unbound():
    def inner():
        return later
    try:
        inner()
    except NameError as error:
        print(type(error).__name__, error)
    later = 1
    return inner()


print(unbound())


def local_unbound():
    try:
        print(x)
    except UnboundLocalError as error:
        print(error)
    x = 1
    del x
    try:
        x
    except UnboundLocalError as error:
        print(error)


local_unbound()


def del_cell():
    v = 1
    def inner():
        return v
    del v
    try:
        inner()
    except NameError as error:
        print(error)


del_cell()


def memo(f):
    cache = {}
    def wrapper(n):
        if n not in cache:
            cache[n] = f(n)
        return cache[n]
    return wrapper


@memo
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(80))


def loop_closure():
    fs = []
    i = 0
    while i < 3:
        def f(j=i):
            return i, j
        fs.append(f)
        i += 1
    return [f() for f in fs]


print(loop_closure())


def class_in_function(v):
    class Inner:
        attribute = v
        def method(self):
            return v
    return Inner


print(class_in_function(3).attribute, class_in_function(4)().method())


def compose(*fs):
    def run(x):
        for f in fs:
            x = f(x)
        return x
    return run


print(compose(lambda x: x + 1, lambda x: x * 2, str)(4))
x = "global"


def reads_global():
    def inner():
        return x
    return inner()


def shadowing():
    x = "enclosing"
    class K:
        y = x
        x = "class"
        def m(self):
            return x
        z = [x for _ in range(1)]
    return K.y, K.x, K().m(), K.z


print(reads_global())
try:
    print(shadowing())
except NameError as error:
    print(error)
