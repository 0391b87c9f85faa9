# package: sympy
from sympy import *
x, y, n = symbols("x y n")
print(expand((x + y) ** 6), factor(x ** 6 - 1))
print(integrate(sin(x) ** 2 * exp(x), x), diff(log(sin(x)) ** 3, x))
print(solve(x ** 3 - 2 * x + 1, x), limit(sin(x) / x, x, 0), series(cos(x), x, 0, 8))
print(Matrix([[1, 2], [3, x]]).inv(), simplify((x ** 2 - 1) / (x - 1)), latex(Integral(x ** 2, (x, 0, oo))))
print(summation(1 / n ** 2, (n, 1, oo)), prime(500), factorint(2 ** 64 + 1), pretty(sqrt(x / y)))
