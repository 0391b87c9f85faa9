from _show import show
show("""
1j, 1+2j, complex(), complex(1), complex(1, 2), complex('1+2j'), complex(' -1.5j '), complex('nan'), complex('inf-infj'), complex(1j, 1j), complex('(1+2j)')
complex('1 + 2j')
complex('a')
complex('1', 2)
complex(1, '2')
complex([])
(1+2j).real, (1+2j).imag, (1+2j).conjugate(), abs(3+4j), -(1+2j), +(1j), bool(0j), hash(1+0j) == hash(1), hash(1+2j)
(1+2j) + 1, (1+2j) - 1.5, (1+2j) * (3-1j), (1+2j) / (1-1j), (1+2j) ** 2, (1+2j) ** 0.5, (1+2j) ** (1j), 2 ** (1+1j), 0j ** 0, (1+2j) ** -1
1j / 0
0j ** -1
0j ** 1j
1j // 1
1j % 1
divmod(1j, 1)
1j < 2j
int(1j)
float(1j)
round(1j)
(1+2j) == 1+2j, 1+0j == 1, 1j == 1, (1+2j) != 0, complex(1) == True, 1j in [1j]
repr(1+0j), repr(-0j), repr(complex(-0.0, -0.0)), repr(1e20j), str(1.5+2j), repr(complex('nan')), repr(complex(0, float('inf'))), repr(complex(float('nan'), float('-inf')))
f'{1+2j:.2f}', f'{1+2j}', format(1.5+2.25j, 'e'), format(1+2j, '>12'), format(1+2j, '+.1f'), f'{1j:g}', '%s' % (1j,), format(complex(1234567, 1), ',')
format(1j, '08')
format(1j, 'd')
'%d' % 1j
'%f' % 1j
complex.__mro__, isinstance(1j, complex), sum([1j, 2]), (1j).__getnewargs__(), complex.__add__(1j, 1), (1j).__pow__(2), (1j).__complex__()
""", globals())
class C:
    def __complex__(self): return 5j
class F:
    def __float__(self): return 2.0
class S(complex): pass
print(complex(C()), complex(F()), S(1, 2), S(1, 2) + 1, type(S(1) + 1).__name__)
import cmath
show("cmath.sqrt(-1), cmath.exp(1j), cmath.phase(1j), cmath.polar(1+1j), cmath.rect(1, 0), cmath.log(1j), cmath.sin(1j), cmath.isclose(1, 1+1e-12j), cmath.inf, cmath.nanj, cmath.atan(1+1j), cmath.acos(2), cmath.log10(100), cmath.isnan(complex('nan'))\ncmath.log(0)", globals())
