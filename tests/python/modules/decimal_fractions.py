from decimal import *
from fractions import Fraction
from _show import show
show("""
Decimal('1.10'), Decimal(5), Decimal('0.1') + Decimal('0.2'), Decimal(0.1), Decimal('1e5'), Decimal('-0'), Decimal('NaN'), Decimal('Infinity'), Decimal((1, (1, 2), -1)), str(Decimal('1E+3')), Decimal('1_000.5')
Decimal('abc')
Decimal(1) / Decimal(3), Decimal(10) // 3, Decimal(-7) % 3, Decimal(2) ** 10, Decimal(2) ** Decimal('0.5'), Decimal(2).sqrt(), Decimal(1).exp(), Decimal(10).ln(), Decimal(100).log10(), divmod(Decimal(7), 2), -Decimal(1), abs(Decimal(-1)), +Decimal('1.000'), Decimal(7) - 1, 3 * Decimal('1.5')
Decimal(1) / 0
Decimal(0) / 0
Decimal(1) + 1.5
Decimal('sNaN') + 1
Decimal(-1).sqrt()
Decimal('1.25').quantize(Decimal('0.1')), Decimal('1.35').quantize(Decimal('0.1'), ROUND_HALF_UP), Decimal('1.25').quantize(Decimal('0.1'), ROUND_DOWN), round(Decimal('2.5')), round(Decimal('1.255'), 2), int(Decimal('1.9')), float(Decimal('1.5')), Decimal('1.0') == 1, Decimal('0.1') == 0.1, Decimal('1.5') < 2, hash(Decimal(5)) == hash(5), max(Decimal(1), Decimal(2)), sorted([Decimal(3), 1, 2.5])
Decimal('123.4500').normalize(), Decimal('1E+2').to_eng_string(), Decimal('12.5').as_tuple(), Decimal('0.75').as_integer_ratio(), Decimal('1.5').is_finite(), Decimal('NaN').is_nan(), Decimal(5).adjusted(), Decimal('1.5').to_integral_value(), Decimal('-1.5').copy_abs(), Decimal(1).compare(2), Decimal('1.23').scaleb(2)
f"{Decimal('1234.567'):,.2f}", f"{Decimal('1.5'):>10}", f"{Decimal('0.00001'):e}", '%s' % Decimal('1.50'), repr(Decimal('1.50')), format(Decimal('12345.6789'), '.3g'), bool(Decimal(0))
getcontext().prec, localcontext is not None, Context(prec=5).divide(1, 3), getcontext().rounding
Fraction(1, 2), Fraction('3/4'), Fraction('0.125'), Fraction(0.5), Fraction(6, -4), Fraction(Decimal('1.5')), str(Fraction(3)), Fraction(1, 3) + Fraction(1, 6), Fraction(1, 2) * 3, Fraction(1, 2) / Fraction(3, 4), Fraction(7, 2) // 1, Fraction(7, 2) % 1, Fraction(1, 2) ** 2, Fraction(4, 9) ** 0.5, Fraction(1, 2) + 0.5, -Fraction(1, 2), abs(Fraction(-1, 2)), Fraction(1, 2) == 0.5, Fraction(1, 3) < Fraction(1, 2), hash(Fraction(2, 1)) == hash(2), Fraction(22, 7).limit_denominator(5), round(Fraction(7, 2)), round(Fraction(22, 7), 2), int(Fraction(7, 2)), float(Fraction(1, 4)), Fraction(7, 2).numerator, Fraction(3.14159).limit_denominator(1000), sum([Fraction(1, 3)] * 3)
Fraction(1, 0)
Fraction('a')
Fraction(1.5, 2)
""", globals())
with localcontext() as c:
    c.prec = 50
    print(Decimal(1) / 7, Decimal(2).sqrt())
    c.rounding = ROUND_UP
    print(Decimal(1) / 3)
total = Decimal(0)
for i in range(100):
    total += Decimal(i) / 10
print(total)
