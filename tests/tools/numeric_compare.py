# SPDX-License-Identifier: MIT
"""Compares src/numeric (through numeric_driver) with this Python on random and boundary cases.

usage: numeric_compare.py DRIVER [FAMILY ...] [--seed N]
"""
import math
import random
import struct
import subprocess
import sys


def hexadecimal(number):
    return format(number, 'x')


def bits_of(value):
    return format(struct.unpack('<Q', struct.pack('<d', value))[0], '016x')


def random_integer(limit=700):
    kind = random.random()
    bits = random.choice([0, 1, 8, 62, 63, 64, 65, 128, 192, 256, 320, 600, random.randrange(limit), limit])
    if kind < 0.6:
        number = random.getrandbits(bits) if bits else 0
    elif kind < 0.8:
        number = (1 << bits) + random.choice([-1, 0, 1])
    else:  # long runs of equal bits
        number = 0
        while number.bit_length() < bits:
            run = random.randrange(1, 100)
            number = (number << run) | random.choice([0, (1 << run) - 1])
            if not number:
                number = 1
    return random.choice([number, -number])


def random_double():
    kind = random.random()
    if kind < 0.5:
        return struct.unpack('<d', random.randbytes(8))[0]
    if kind < 0.7:
        return random.uniform(-1000, 1000)
    if kind < 0.8:
        return float(random.randrange(-10**6, 10**6)) / random.choice([1, 2, 4, 8, 10, 100, 1000])
    if kind < 0.9:
        return math.ldexp(random.choice([-1, 1]) * random.randrange(1, 2**53), random.randrange(-1100, 960))
    return random.choice([0.0, -0.0, math.inf, -math.inf, math.nan, 5e-324, 1.7976931348623157e308, 2.2250738585072014e-308,
                          0.5, 1.5, 2.5, 1e16, 1e22, 1e23, 9007199254740993.0])


def digits_in_base(number, base):
    if number == 0:
        return '0'
    digits = ''
    while number:
        number, digit = divmod(number, base)
        digits = '0123456789abcdefghijklmnopqrstuvwxyz'[digit] + digits
    return digits


def limbs_cases():
    for _ in range(4000):
        a, b = random_integer(), random_integer()
        if random.random() < 0.1:
            b = random.choice([a, -a, a + 1, a - 1])
        pair = hexadecimal(a) + ' ' + hexadecimal(b)
        yield 'add ' + pair, hexadecimal(a + b)
        yield 'sub ' + pair, hexadecimal(a - b)
        yield 'and ' + pair, hexadecimal(a & b)
        yield 'or ' + pair, hexadecimal(a | b)
        yield 'xor ' + pair, hexadecimal(a ^ b)
        yield 'compare ' + pair, str((a > b) - (a < b))
        yield 'invert ' + hexadecimal(a), hexadecimal(~a)
        yield 'bits ' + hexadecimal(a), f'{a.bit_length()} {a.bit_count()} {hash(a)}'
        if b:
            yield 'divmod ' + pair, '%x %x' % divmod(a, b)
            try:
                expected = bits_of(a / b)
            except OverflowError:
                expected = 'overflow'
            yield 'true_divide ' + pair, expected
        a, b = abs(a), abs(b)
        pair = hexadecimal(a) + ' ' + hexadecimal(b)
        yield 'mul ' + pair, hexadecimal(a * b)
        yield 'gcd ' + pair, hexadecimal(math.gcd(a, b))
        root = math.isqrt(a)
        yield 'isqrt ' + hexadecimal(a), '%x %s' % (root, 'exact' if root * root == a else 'inexact')
        count = random.choice([0, 1, 63, 64, 65, random.randrange(300)])
        yield f'shift_left {a:x} {count:x}', hexadecimal(a << count)
        signed = random.choice([a, -a])
        yield f'shift_right {signed:x} {count:x}', hexadecimal(signed >> count)
    for _ in range(600):
        a, b, modulus = abs(random_integer(400)), abs(random_integer(200)), abs(random_integer(400)) or 7
        yield f'powmod {a:x} {b:x} {modulus:x}', hexadecimal(pow(a, b, modulus))
        try:
            expected = hexadecimal(pow(a, -1, modulus))
        except ValueError:
            expected = 'none'
        yield f'invmod {a:x} {modulus:x}', expected
        a, exponent = abs(random_integer(130)), random.randrange(80)
        yield f'pow {a:x} {exponent:x}', hexadecimal(a ** exponent)
        base = random.randrange(2, 37)
        a = abs(random_integer(random.choice([100, 300, 2000])))
        yield f'to_text {a:x} {base:x}', digits_in_base(a, base)
        yield f'from_text {digits_in_base(a, base)} {base:x}', hexadecimal(a)
        yield f'to_text {a:x} a', str(a)
        yield f'from_text 000{a} a', hexadecimal(a)
    for _ in range(2000):
        a, length = random_integer(200), random.randrange(30)
        for endian in 'little', 'big':
            for signed in True, False:
                mode = 'signed' if signed else 'unsigned'
                try:
                    expected = 'x' + a.to_bytes(length, endian, signed=signed).hex()
                except OverflowError as error:
                    expected = str(error)
                yield f'to_bytes {a:x} {length:x} {endian} {mode}', expected
                data = random.randbytes(length)
                if random.random() < 0.2:
                    data = random.choice([b'\0', b'\xff', b'\x80']) * length
                yield (f'from_bytes x{data.hex()} {endian} {mode}',
                       hexadecimal(int.from_bytes(data, endian, signed=signed)))
    for _ in range(3000):
        a = abs(random_integer(random.choice([60, 100, 1100])))
        if random.random() < 0.5:
            a = (random.getrandbits(54) << random.randrange(1, 980)) + random.choice([-1, 0, 0, 0, 1])
            a = abs(a)
        try:
            expected = bits_of(float(a))
        except OverflowError:
            expected = 'overflow'
        length = a.bit_length()
        fraction, exponent = math.frexp(float(a) if length < 1000 else a / (1 << (length - 500)))
        if length >= 1000:
            exponent += length - 500
        yield f'to_double {a:x}', f'{expected} {bits_of(fraction)} {exponent}'
        value = random_double()
        if math.isfinite(value):
            yield 'from_double ' + bits_of(value), hexadecimal(int(value))
        if not math.isnan(value):
            for other in a, -a, int(value) if math.isfinite(value) else 0:
                yield f'compare_double {other:x} {bits_of(value)}', str((other > value) - (other < value))
        b = abs(random_integer(1100)) or 1
        a, b = random.choice([(a, b), (a, random.getrandbits(53) | 1), (a << 900, b), (a, b << 1070), (a * b, b)])
        try:
            expected = bits_of(a / b)
        except OverflowError:
            expected = 'overflow'
        yield f'true_divide {a:x} {b:x}', expected


FAMILIES = {'limbs': limbs_cases}


def main():
    sys.set_int_max_str_digits(0)
    arguments = sys.argv[1:]
    seed = 1
    if '--seed' in arguments:
        position = arguments.index('--seed')
        seed = int(arguments[position + 1])
        del arguments[position:position + 2]
    failures = 0
    for family in arguments[1:] or FAMILIES:
        random.seed(seed)
        cases = list(FAMILIES[family]())
        lines = ''.join(question + '\n' for question, _ in cases)
        run = subprocess.run([arguments[0]], input=lines, capture_output=True, text=True)
        answers = run.stdout.split('\n')[:-1]
        wrong = [(question, expected, answer) for (question, expected), answer in zip(cases, answers)
                 if expected != answer]
        print(f'{family}: {len(cases)} cases, {len(wrong)} wrong', '' if run.returncode == 0 else run.stderr[-2000:])
        for question, expected, answer in wrong[:15]:
            print('  ', question[:400], '\n     expected', expected[:400], '\n     answer  ', answer[:400])
        failures += len(wrong) + (len(answers) != len(cases)) + (run.returncode != 0)
    sys.exit(1 if failures else 0)


main()
