# Functions with more variables than registers: locals(), co_varnames, frames, generators and replaced code see all.
import marshal
import sys


def make(head, count, tail):
    lines = ["def f(%s):" % head] + ["    a%d = %d" % (i, i) for i in range(count)] + tail
    space = {}
    exec("\n".join(lines), space)
    return space["f"]


many = make("q, *, k=2", 800, ["    d = locals()", "    return len(d), d['a0'], d['a799'], d['q'], d['k']"])
print(many(1), many.__code__.co_nlocals, sorted(many.__code__.co_varnames) == sorted(["q", "k", "d"] + ["a%d" % i for i in range(800)]))
wide = make(", ".join("p%d" % i for i in range(200)), 2, ["    p150 = 'new'; del p151", "    return locals()"])
found = wide(*range(200))
print(len(found), found["p0"], found["p149"], found["p150"], found["p199"], "p151" in found, found["a1"])
print(wide.__code__.co_varnames[:2], wide.__code__.co_varnames[198:], wide.__code__.co_argcount)
steps = make("n", 300, ["    for i in range(n):", "        a299 += i", "        yield a299, len(locals())", "    return a0"])
print(list(steps(4)))
closed = make("", 300, ["    inner = lambda: a250 + a3", "    a250 = 1000", "    return inner(), locals()['a250'], inner.__code__.co_freevars"])
print(closed())
again = marshal.loads(marshal.dumps(many.__code__))
print(eval(again.replace(co_name="g"), {}) if again.co_argcount == 0 else type(many)(again.replace(co_name="g"), {})(5, k=6))


def trace(frame, event, argument):
    if event == "return":
        print(frame.f_locals["a700"], len(frame.f_locals))
    return trace


sys.settrace(trace)
many(1)
sys.settrace(None)
failing = make("", 400, ["    1 / 0"])
try:
    failing()
except ZeroDivisionError as error:
    print(error.__traceback__.tb_next.tb_frame.f_locals["a399"])
unbound = make("", 1, ["    if a0: y = 1"] + ["    b%d = 1" % i for i in range(300)] + ["    del b299", "    return 'b299' in locals(), 'y' in locals()"])
print(unbound())
