from _show import show

big = 2**100
show("""
0
-0
2**62
-2**62
2**63 - 1
2**64
big
-big
big + 1
big - big
big * big
big // 3
big % 1000
-big // 7
-big % 7
big // -7
big % -7
divmod(-big, 1000)
big / 3
big ** 2
big ** 0
big >> 90
big << 3
-big >> 99
-big >> 200
big & 0xFF
big | 1
big ^ -1
~big
-1 & big
-big & 0xFFFF
big == 2.0**100
big > 1e30
big < float('inf')
hash(big) == hash(2**100)
hash(2**61 - 1)
hash(2**61)
hash(-1)
hash(-2)
hash(1) == hash(1.0) == hash(True)
hash(10**30)
int('123456789012345678901234567890')
int('-0x1f', 16)
int('0b11', 0)
int('0o17', 0)
int('z', 36)
int('1_000')
int(' 12\\n')
int('١٢')
int(b'12')
int(bytearray(b'7'))
int(1e20)
int(-1e20)
int(1.99)
int('1__0')
int('_1')
int('')
int('0x', 16)
int('1.5')
int('12', 2)
int('010', 0)
int('00', 0)
int(float('nan'))
int(float('inf'))
int(None)
int('1', 37)
int('a' * 100)
int(x=5)
int('5', base=8)
int(base=8)
int(3+4j)
(5).bit_length()
(0).bit_length()
(-5).bit_length()
big.bit_length()
(255).bit_count()
(-3).bit_count()
(5).to_bytes(2, 'big')
(5).to_bytes(2, 'little')
(5).to_bytes()
(-5).to_bytes(2, 'big', signed=True)
(-5).to_bytes(2, 'big')
(256).to_bytes(1, 'big')
(5).to_bytes(2, 'middle')
big.to_bytes(13, 'big')
int.from_bytes(b'\\x01\\x00', 'big')
int.from_bytes(b'\\x01\\x00', 'little')
int.from_bytes(b'\\xff\\xfe', 'big', signed=True)
int.from_bytes([1, 2, 3])
int.from_bytes(b'\\xff' * 20, 'little')
(5).conjugate()
(5).real, (5).imag, (5).numerator, (5).denominator
(5).as_integer_ratio()
(5).is_integer()
(-7).__floordiv__(2)
(7).__add__('a')
(7).__radd__(3)
(7).__divmod__(2)
(7).__pow__(2, 5)
(7).__pow__(-1)
(7).__truediv__(0)
(7).__index__()
(7).__format__('x')
(7).__ceil__(), (7).__floor__(), (7).__round__(), (7).__trunc__()
round(15, -1), round(25, -1), round(-15, -1), round(big, -20), round(5, 3)
pow(2, 100, 7)
pow(big, 5, 1000007)
pow(3, -1, 11)
pow(2, -1, 4)
pow(2, 5, -7)
pow(0, 0)
pow(2, 0.5)
pow(-8, 1/3)
bin(10), oct(10), hex(10)
bin(-10), oct(-10), hex(-10)
bin(big), hex(-big)
bin(True)
format(10, 'b'), format(10, '#b'), format(255, 'X'), format(255, '#X'), format(8, 'o'), format(65, 'c')
format(1234567, ','), format(1234567, '_'), format(255, '_x'), format(2**40, '_b')
format(5, '05'), format(-5, '05'), format(5, '+'), format(5, ' '), format(5, '<5'), format(5, '^5'), format(5, '>5'), format(5, '=+5'), format(5, '*^9')
format(5, 'f'), format(5, '.2f'), format(5, 'e'), format(5, 'g'), format(5, '%'), format(5, 'n')
format(5, '.2')
format(5, 's')
format(5, ',x')
format(1114112, 'c')
format(-1, 'c')
format(65, '+c')
format(big, 'd'), format(big, ',')
format(big, 'e'), format(10**400, 'f')
str(10**50)
repr(-10**50)
10**400 == 10**400 + 1
float(10**400)
10**400 / 10**399
10**400 * 1.0
(10**400) // 1.5
1e400 // 1
3 * 'ab'
5 .__class__

isinstance(True, int), issubclass(bool, int), int.__mro__
int() , int('0'), int(False)
1 .__eq__(1.0)
1 .__lt__('a')
1 < 2 < 3
max(1, big, -big)
sorted([big, 3, -big, 0])
sum([big, big])
big.__sizeof__() > 0
type(big)
(2**31).bit_length()
12345678901234567890 % 1234567
-12345678901234567890 // 1234567
(1 << 1000) % 997
(1 << 1000) - (1 << 999) == 1 << 999
(3**200) // (3**199)
(3**200) % (2**100)
str(3**200)
str(7**500)[:30], len(str(7**500))
0b1111 & ~0b101
(-5) % 3, 5 % -3, -5 // 3, (-5) >> 1
1000000007 * 1000000007 % 998244353
4611686018427387904 * 2, -4611686018427387904 - 1
9223372036854775807 + 1
-9223372036854775808 - 1
-9223372036854775808 // -1
abs(-9223372036854775808)
""", globals())


class Sub(int):
    def __new__(cls, value, tag=None):
        self = super().__new__(cls, value)
        self.tag = tag
        return self


s = Sub(5, "t")
print(s, s.tag, s + 1, type(s + 1), s == 5, {5: 1}[s], repr(s), f"{s:03}", int(s), type(int(s)), [10, 20, 30, 40, 50, 60][s], -s, s.__class__)


class Index:
    def __index__(self):
        return 3


class Trunc:
    def __trunc__(self):
        return 4


class Int:
    def __int__(self):
        return 5


print(int(Index()), int(Int()), range(Index()), hex(Index()), "abcd"[Index()])
import sys
print(sys.maxsize, sys.int_info.default_max_str_digits, sys.get_int_max_str_digits())
try:
    int("1" * 5000)
except ValueError as error:
    print(error)
try:
    str(10**5000)
except ValueError as error:
    print(error)
sys.set_int_max_str_digits(0)
print(len(str(10**5000)), int("9" * 6000) % 1000)
