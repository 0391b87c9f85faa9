# f-strings.
name, n, x, items, d = "world", 42, 3.14159, [1, 2], {"k": "v", "a b": 1}
print(f"hello {name}", f"{n}", f"{n + 1}", f"{n:5d}|", f"{n:<5}|", f"{n:^6}|", f"{n:05}", f"{n:+}", f"{n:x}", f"{n:#b}", f"{n:,}")
print(f"{x:.2f}", f"{x:10.3f}|", f"{x:e}", f"{x:g}", f"{x:.0f}", f"{1e10:,.1f}", f"{0.5:%}", f"{1234567.891:,.2f}")
print(f"{name!r}", f"{name!s:>8}", f"{name!a}", f"{'é'!a}", f"{name:.3}", f"{name:*^11}", f"{items}", f"{d['k']}", f"{items[0]}", f"{d}")
print(f"{{}} {{{n}}} }}{{", f"", f"{'nested ' + f'{n}'}", f"{n}{name}{x}", rf"\n{n}", fr"\{n}", f"a" "b" f"{n}" 'c')
width, precision = 10, 3
print(f"{x:{width}.{precision}}|", f"{name:>{width}}|", f"{x:{width}.{precision}f}|", f"{n:{'>'}{width}}|", f"{'a':{'*'}^{5}}")
print(f"{n=}", f"{n = }", f"{x=:.2f}", f"{name=!s}", f"{n+1=}", f"{items[0] = }", f"{ n }", f"{len(items)=}")
print(f"{(lambda v: v * 2)(5)}", f"{n if n > 1 else 0}", f"{[i for i in range(3)]}", f"{ {1: 2}[1] }", f"{(1, 2)}", f"{1, 2}", f"{*items, 3}")
print(f"{n:>{width}}" f"{name}", f"""multi
{n}
line {name!r:>10}""", f'{"quoted"}', f"{'single'}", f"{d['a b']}")
print(f"{n!r:^10}", f"{True}", f"{None}", f"{True:d}", f"{3+4j}", f"{3+4j:.1f}", f"{'x':s}", f"{b'bytes'}", f"{...}")
print(f"{(y := 5)} {y}", f"{n:=+6}", f"{-n:=6}", f"{n != 1}", f"{n == 42}", f"{'a' 'b'}", f"{n:{width}}", f"\x41{n}\u0042\N{BULLET}")


class Spec:
    def __format__(self, spec): return f"<{spec}>"
    def __str__(self): return "str"
    def __repr__(self): return "repr"


s = Spec()
print(f"{s}", f"{s:abc}", f"{s!s}", f"{s!r}", f"{s!r:>6}", f"{s:%Y-%m-%d}", f"{s:{n}}", f"{s=}", f"{s=:q}", f"{s:{{}}}")
import datetime
print(f"{datetime.date(2020, 1, 2):%Y/%m/%d}")


def order(v, log=[]):
    log.append(v)
    return v


print(f"{order(1)} {order(2):{order(3)}} {order(4)}", order.__defaults__)


def inside():
    local = "local"
    return [f"{local}{i}" for i in range(2)], (lambda: f"{local}!")()


print(inside())
for bad in ("f'{}'", "f'{'", "f'}'", "f'{a b}'", "f'{n!x}'", "f'{n!}'", "f'{n:d'", "f'{*}'", "f'{!r}'", "f'{\\n}'", "f'{#}'", "f'{n:{}}'", "f'{=}'", "f'{lambda x: 1}'", "f'{n!r n}'", "f'{a[}'", "f'{(}'", "f'{)}'"):
    try:
        eval(bad)
        print("no error", bad)
    except SyntaxError as error:
        print(bad, "->", error.msg)
for bad in ("f'{undefined}'", "f'{name:d}'", "f'{1:s}'", "f'{[]:5}'", "f'{None:5}'", "f'{1.5:d}'", "f'{1:.2d}'", "f'{1:,x}'", "f'{1:zz}'", "f'{(1,):>10}'", "f'{1:5!}'", "f'{\"a\":=5}'", "f'{\"a\":+}'", "f'{\"a\":,}'", "f'{1j:=5}'", "f'{1:99999999999999999999}'"):
    try:
        print(bad, "=", eval(bad))
    except Exception as error:
        print(bad, "raises", type(error).__name__, error)
