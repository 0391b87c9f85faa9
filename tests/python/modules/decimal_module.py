# _decimal: errors, contexts, signals, formats, conversions.
import copy
import decimal
import math
import pickle
from decimal import (Clamped, Context, Decimal, DecimalException, DivisionByZero, FloatOperation, Inexact,
                     InvalidOperation, Overflow, Rounded, getcontext, localcontext, setcontext)
from fractions import Fraction


def show(call):
    try:
        print(repr(call()))
    except Exception as error:
        print(type(error).__name__, error.args)


D = Decimal
for call in (lambda: D("x"), lambda: D(None), lambda: D((1, 2)), lambda: D((2, (1,), 1)), lambda: D((0, (10,), 1)),
             lambda: D((0, (1,), "x")), lambda: D(1) / 0, lambda: D(0) / 0, lambda: D(1) % 0, lambda: divmod(D(1), 0),
             lambda: D(1) + 1.5, lambda: D(-1).sqrt(), lambda: D("nan") < 1, lambda: D("snan") == 1,
             lambda: hash(D("snan")), lambda: int(D("nan")), lambda: int(D("inf")), lambda: float(D("snan")),
             lambda: D("inf").as_integer_ratio(), lambda: D(1).quantize(D("1e-50")), lambda: D(1).quantize("a"),
             lambda: D(1).quantize(D(1), rounding="x"), lambda: D(1).exp(context=5), lambda: round(D(1), "a"),
             lambda: D("1e999999") * 10, lambda: format(D(1), "y"), lambda: Context(prec=0), lambda: Context(Emin=1),
             lambda: Context(rounding=5), lambda: Context(traps=5), lambda: Context(traps=[5]), lambda: setcontext(1),
             lambda: getcontext().flags["x"], lambda: getcontext().create_decimal(" 1"), lambda: Context().add(1, 2.5),
             lambda: D.from_float("a"), lambda: localcontext(5), lambda: delattr(getcontext(), "prec"),
             lambda: Context().nothing):
    show(call)

for text in ("0", "-0", "1E+5", "1.50", "  12_3.4_5 ", "Infinity", "-inf", "nan123", "-sNaN7", "1e-10", "٣.٥"):
    value = D(text)
    print(value, value.as_tuple(), value.to_eng_string(), value.adjusted(), value.number_class(), bool(value))
print(D(0.1), D(10 ** 40 + 1), D((1, (1, 2), -1)), D.from_float(-2.5), D(True), D([0, [1], 5]))
print(D(7) / 3, D(2) ** D("0.5"), D(2) ** -3, pow(D(3), 5, 7), D(10).ln(), D(1).exp(), D(2).log10(), D(2).sqrt())
print(D(-7) // 2, D(-7) % 2, divmod(D(-7), 2), D(7).remainder_near(4), D(2).fma(3, 4), D("1.230").normalize())
print(round(D("2.675"), 2), round(D("2.5")), math.floor(D("-2.5")), math.ceil(D("-2.5")), int(D("-2.9")))
print(hash(D("1.5")) == hash(1.5) == hash(Fraction(3, 2)), hash(D(10) ** 20) == hash(10 ** 20), hash(D("inf")))
print(D("1.5") == 1.5, D("0.1") == 0.1, D(1) == Fraction(1), D("0.5") < Fraction(2, 3), D(3) > 2, D(1) == 1 + 0j)
print(D("1.1").as_integer_ratio(), D("1e3").as_integer_ratio(), float(D("1e-400")), complex(D("2.5")))
for spec in ("", "f", ".2f", "10.3e", "+,.1f", "*^12", "012.2f", "%", ".0%", "G", "n", "z.1f", "=+9", "é<5"):
    print(repr(spec), [format(D(v), spec) for v in ("1234567.891", "-0.04", "NaN", "1E+3")])
print(D(12345678).__format__("n", {"decimal_point": ",", "grouping": "\3", "thousands_sep": "."}))

context = Context(prec=5, rounding=decimal.ROUND_HALF_UP, Emin=-99, Emax=99, traps=[DivisionByZero], capitals=0)
print(context, context.Etiny(), context.Etop())
print(context.divide(1, 3), context.create_decimal("123456.5"), context.divide(0, 0), context.multiply(D("1e60"), D("1e60")))
print(context.flags, len(context.flags), list(context.flags)[:2], context.flags[Rounded])
print(context.copy() is context, pickle.loads(pickle.dumps(context)), copy.copy(context).prec)
context.clear_flags()
context.flags[Clamped] = True
print(context.flags == context.flags.copy(), context.flags == context.traps, context.traps[DivisionByZero])
with localcontext() as inner:
    inner.prec = 3
    print(D(1) / 7, getcontext() is inner)
    with localcontext(prec=2, rounding=decimal.ROUND_UP):
        print(D(1) / 7)
print(D(1) / 7)
with localcontext() as inner:
    inner.traps[FloatOperation] = True
    for call in (lambda: D(1.5), lambda: D(1) < 1.5, lambda: D("1.5") == 1.5, lambda: D.from_float(1.5)):
        show(call)
    inner.traps[Inexact] = True
    show(lambda: D(1) / 3)
    show(lambda: D("1.5").to_integral_exact())


class Money(Decimal):
    pass


money = Money("1.50")
print(type(money).__name__, type(money + 1).__name__, type(Money.from_float(2.5)).__name__, repr(-money), Money(money))
for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
    assert pickle.loads(pickle.dumps(D("-1.25E+30"), protocol)) == D("-1.25E+30")
print([c.__name__ for c in decimal.DivisionUndefined.__mro__], issubclass(Overflow, (Inexact, Rounded)))
print(issubclass(InvalidOperation, DecimalException), decimal.DefaultContext, decimal.ExtendedContext)
print(sum([D("0.1")] * 10) == 1, D("NaN").is_nan(), D("1.0").compare_total(D("1")), D(5).copy_sign(-1))
print(D(1010).logical_xor(1100), D(12345).rotate(2), D(12345).shift(-2), D(2).scaleb(5), D("123e5").logb())
print(D(1).next_plus(), D(1).next_toward(0), D("0.1").same_quantum(D("5.5")), D("NaN").max(2), D(-3).max_mag(2))
