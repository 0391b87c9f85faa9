# package: mpmath
from mpmath import mp, pi, zeta, gamma, quad, sin, exp, inf, findroot, matrix, lu_solve
mp.dps = 60
print(+pi, zeta(3), gamma(mp.mpf(1) / 3))
print(quad(lambda x: exp(-x ** 2), [-inf, inf]) ** 2, findroot(lambda x: sin(x) - x / 2, 2))
print(lu_solve(matrix([[1, 2], [3, 5]]), matrix([1, 2])))
