# Return, break, continue and exceptions through finally blocks.
def return_in_try():
    try:
        return "try"
    finally:
        print("cleanup")


def return_in_finally():
    try:
        return "try"
    finally:
        return "finally"


def finally_swallows():
    try:
        1 / 0
    finally:
        return "swallowed"


def break_in_finally():
    for i in range(3):
        try:
            1 / 0
        finally:
            break
    return i


def continue_in_finally():
    out = []
    for i in range(3):
        try:
            raise ValueError
        finally:
            out.append(i)
            continue
    return out


def nested():
    out = []
    try:
        try:
            out.append(1)
            return out
        finally:
            out.append(2)
    finally:
        out.append(3)


def loop_return():
    for i in range(5):
        try:
            if i == 2:
                return i
        finally:
            print("f", i, end=" ")


def value_is_kept():
    x = 1
    try:
        return x
    finally:
        x = 2


def else_return():
    try:
        pass
    except ValueError:
        return "except"
    else:
        return "else"
    finally:
        print("last", end=" ")


def raise_in_except():
    try:
        try:
            raise ValueError("a")
        except ValueError:
            raise KeyError("b")
        finally:
            print("inner finally", end=" ")
    except KeyError as e:
        return repr(e)


def with_return():
    class M:
        def __enter__(self):
            print("enter", end=" ")
        def __exit__(self, *args):
            print("exit", args[0], end=" ")
    with M():
        for i in range(3):
            with M():
                if i == 1:
                    return i


def generator():
    try:
        yield 1
        yield 2
    finally:
        print("generator cleanup")


for f in (return_in_try, return_in_finally, finally_swallows, break_in_finally, continue_in_finally, nested, loop_return,
          value_is_kept, else_return, raise_in_except, with_return):
    print(f.__name__, f())
g = generator()
print(next(g))
g.close()
for x in generator():
    print(x)


def deep(n):
    try:
        if n == 0:
            raise ValueError("bottom")
        deep(n - 1)
    except ValueError:
        if n % 2:
            raise
        raise KeyError(n) from None
    except KeyError as e:
        return "handled at %d: %s" % (n, e)


print(deep(1), deep(3))


def try_except_in_loop():
    total = 0
    for item in ["1", "x", "3", None, "5"]:
        try:
            total += int(item)
        except ValueError:
            continue
        except TypeError:
            break
    return total


print(try_except_in_loop())
