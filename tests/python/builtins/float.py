from _show import show
import math

show("""
1.0, -1.5, 1e10, 1e15, 1e16, 1e17, 123456789.123, 1e-4, 1e-5, 0.0001234, 1.5e300, 5e-324, 1.7976931348623157e308
0.1, 0.2, 0.1 + 0.2, 1/3, 2/3, 100/3, 1e22, 1e23, 123456789012345678.0, 2.0**70
float('1.5'), float(' 1e3 '), float('-.5'), float('5.'), float('inf'), float('-Infinity'), float('nan'), float('1_0.5'), float('+NaN')
float('1__0')
float('abc')
float('')
float('1e')
float('1,5')
float('0x10')
float(b'1.5')
float(None)
float('١.٥')
float(10**300), float(2**53 + 1)
float(True)
1.5 + 1, 1 - 1.5, 1.5 * 2, 3 / 1.5, 7.5 // 2, 7.5 % 2, -7.5 // 2, -7.5 % 2, 2.0 ** 0.5, 2 ** -1.0
7.5 % -2, -7.5 % -2, 0.0 % 1, -0.0 % 1, 5 % float('inf'), -5 % float('inf')
1e308 * 10, -1e308 * 10, float('inf') - float('inf'), 0 * float('inf')
0.0 == -0.0, str(-0.0), 0.0 + -0.0, -0.0 + -0.0, -0.0 * 1, math.copysign(1, -0.0)
divmod(7.5, 2), divmod(-7.5, 2), divmod(7, 2.5), divmod(-1e-20, 3)
(-8.0) ** (1/3)
(-2.0) ** 2, (-2.0) ** 3, 0.0 ** 0, float('nan') ** 0, 1 ** float('nan'), float('inf') ** -1
0.0 ** -1
10.0 ** 400
round(2.5), round(3.5), round(-2.5), round(0.5), round(1.5), round(2.675, 2), round(1e300), round(1234.5678, -2), round(1.5, 0), round(5e-324, 3), round(1e22, 2)
round(float('nan'))
round(float('inf'))
round(float('inf'), 2), round(1.23456, 100), round(123.456, -5)
round(1.5, None), round(0.125, 2), round(0.375, 2), round(1e16 + 2, -1)
int(1e18), int(-0.5), int(1e300) == int(1e300)
(1.5).is_integer(), (2.0).is_integer(), float('inf').is_integer()
(0.75).as_integer_ratio(), (-0.1).as_integer_ratio(), (1e300).as_integer_ratio()[1]
float('inf').as_integer_ratio()
float('nan').as_integer_ratio()
(1.5).hex(), (-0.1).hex(), (0.0).hex(), (5e-324).hex(), float('inf').hex(), (1e300).hex()
float.fromhex('0x1.8p+0'), float.fromhex('-0x1p-3'), float.fromhex('inf'), float.fromhex('1.8'), float.fromhex('0x.8')
float.fromhex('zz')
float.fromhex('0x1p5000')
(1.5).real, (1.5).imag, (1.5).conjugate()
hash(1.5), hash(0.5), hash(1e300), hash(float('inf')), hash(-float('inf')), hash(1.0), hash(0.1), hash(-1.5)
1.5 == 1.5, 1.5 < 2, 1.5 > 10**400, 1.5 == '1.5', 1e300 < 10**301, 2.0**53 == 2**53 + 1, 0.1 == 1/10
1.5 < 'a'
float('nan') == float('nan'), float('nan') != 1, float('nan') < 1, float('nan') > 1
format(1.5, '.2f'), format(1.5, '10.3f'), format(1.5, '<10'), format(1.5, '^10'), format(1.5, '+'), format(1.5, 'e'), format(1.5, 'E'), format(1.5, 'g'), format(1.5, 'G'), format(1.5, '%'), format(1.5, 'n'), format(1.5, '')
format(1234567.891, ','), format(1234567.891, ',.2f'), format(1234567.891, '_'), format(1e10, ','), format(0.000012345, 'g'), format(123456789.0, 'g'), format(123456.0, 'g'), format(1e6, 'g'), format(100000.0, 'g')
format(3.14159, '.3'), format(3.14159, '.0f'), format(2.5, '.0f'), format(3.5, '.0f'), format(0.5, '.0f'), format(1e20, '.3'), format(1.0, '.3'), format(123.456, '.1')
format(1.0, '#.0f'), format(1.0, '#g'), format(5.0, '08.3f'), format(-5.0, '08.3f'), format(-5.0, '=8'), format(float('inf'), '08'), format(float('nan'), 'F'), format(float('inf'), 'F')
format(-0.0, ''), format(-0.0, '.1f'), format(-0.001, '.1f'), format(-0.001, 'z.1f'), format(1e-10, '.3e'), format(1e100, 'f')
format(1.5, 'd')
format(1.5, 's')
format(1.5, 'x')
format(1.5, '.f')
'%.3f %5.1f|%-8.2f|%+.1e %g %G %r %s' % (1.23456, 2.55, 3.14159, 12345.678, 1e-5, 1e20, 0.1, 1e16)
'%.0f %.0f %.0f' % (0.5, 1.5, 2.5), '%.20f' % 0.1, '%.30g' % 0.1, '%#.3g' % 1.0, '%e' % 0, '%f' % float('nan'), '%5.2f%%' % 99.5
'%d' % 3.99, '%i' % -3.99
'%d' % float('inf')
'%x' % 1.5
repr(1.1), repr(1e-7), repr(123e-10), repr(9007199254740993.0), repr(1e21), repr(0.30000000000000004), repr(4.35), repr(2.2250738585072014e-308)
str(1e15), str(1e16), str(123456789012345.6), str(1234567890123456.7), str(12345678901234567.8)
sum([0.1] * 10), sum([1e16, 1.0, -1e16]), math.fsum([0.1] * 10)
max(1.5, 2), min(float('nan'), 1), sorted([2.5, 1, -1.5])
abs(-1.5), -(-1.5), +1.5, bool(0.0), bool(-0.0), bool(1e-300), bool(float('nan')), not 0.0
1.5 // 0
1.5 % 0
1.5 / 0
divmod(1.5, 0)
float.__getformat__('double')
(1.5).__floordiv__(1), (1.5).__trunc__(), (1.5).__ceil__(), (1.5).__floor__(), (-1.5).__trunc__(), (1.5).__round__(), (1.5).__int__(), (1.5).__add__('a')
float('inf').__trunc__()
[1.0, 2.0].index(1), 1.0 in [1], {1.0: 'a'}[1], {1: 'a'}[1.0]

1e5.__class__
1_000.5, 1e1_0, 0e0, 00.5, 1.e3
2.5e-3 * 4e3, 1e200 * 1e200, 1e-200 * 1e-200, 1e-320
4503599627370497.5, 9007199254740992.0 + 1, 1e16 + 1, 0.1 * 3, 1.1 * 1.1, 1.1 + 2.2
math.nextafter(1.0, 2.0), math.ulp(1.0), 5e-324 / 2, 2.2250738585072014e-308 / 2
1e308 + 1e308, -1e308 - 1e308, 1.7976931348623157e308 * 1.0000000000000002
""", globals())


class Sub(float):
    pass


s = Sub(1.5)
print(s, s + 1, type(s + 1), repr(s), s == 1.5, f"{s:.2f}", {1.5: "x"}[s])


class F:
    def __float__(self):
        return 2.5


class BadF:
    def __float__(self):
        return 1


print(float(F()), math.sqrt(F()))
try:
    float(BadF())
except TypeError as error:
    print(error)
x = 0.0
for i in range(1000):
    x += 0.1
print(x)
for e in range(-10, 20):
    print(repr(10.0 ** e), repr(1.5 * 10.0 ** e), end=" ")
print()
v = 1.0
for i in range(60):
    v = v * 1.7 - 0.3
    if i % 10 == 0:
        print(repr(v), "%.17g" % v, "%.3e" % v)
