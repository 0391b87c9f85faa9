# SPDX-License-Identifier: MIT
"""Tests src/numeric/decimal through decimal_driver: all .decTest files of the installed Python, and random operations
compared with this Python's decimal module.

usage: decimal_compare.py DRIVER [dectest | random | format | FILE.decTest ...] [--seed N] [--count N]
"""
import decimal
import glob
import os
import random
import re
import struct
import subprocess
import sys
from decimal import Decimal

TESTDATA = '/usr/lib/python3.11/test/decimaltestdata'
ROUNDINGS = {'up': 0, 'down': 1, 'ceiling': 2, 'floor': 3, 'half_up': 4, 'half_down': 5, 'half_even': 6, '05up': 7}
CONDITIONS = {
    'clamped': 0x1, 'conversion_syntax': 0x2, 'division_by_zero': 0x4, 'division_impossible': 0x8,
    'division_undefined': 0x10, 'inexact': 0x40, 'invalid_context': 0x80, 'invalid_operation': 0x100, 'overflow': 0x800,
    'rounded': 0x1000, 'subnormal': 0x2000, 'underflow': 0x4000}
# The module folds every invalid condition into one signal.
INVALID = 0x2 | 0x8 | 0x10 | 0x80 | 0x100
OPERATIONS = {
    'abs': 'abs', 'add': 'add', 'and': 'and', 'apply': 'from_text', 'class': 'class', 'compare': 'compare',
    'comparesig': 'compare_signal', 'comparetotal': 'compare_total', 'comparetotmag': 'compare_total_mag',
    'divide': 'divide', 'divideint': 'divide_int', 'exp': 'exp', 'fma': 'fma', 'invert': 'invert', 'ln': 'ln',
    'log10': 'log10', 'logb': 'logb', 'max': 'max', 'maxmag': 'max_mag', 'min': 'min', 'minmag': 'min_mag',
    'minus': 'minus', 'multiply': 'multiply', 'nextminus': 'next_minus', 'nextplus': 'next_plus',
    'nexttoward': 'next_toward', 'or': 'or', 'plus': 'plus', 'power': 'power', 'quantize': 'quantize', 'reduce': 'reduce',
    'remainder': 'remainder', 'remaindernear': 'remainder_near', 'rescale': 'rescale', 'rotate': 'rotate',
    'samequantum': 'same_quantum', 'scaleb': 'scaleb', 'shift': 'shift', 'squareroot': 'sqrt', 'subtract': 'subtract',
    'toeng': 'from_text_engineering', 'tointegral': 'to_integral_value', 'tointegralx': 'to_integral_exact',
    'tosci': 'from_text', 'xor': 'xor'}
# What CPython's own test skips: decTest's half-even power of inexact arguments, operands beyond the subset, and the like.
SKIPPED = {'scbx164', 'scbx165', 'expx901', 'expx902', 'expx903', 'expx905', 'lnx901', 'lnx902', 'lnx903', 'lnx905', 'logx901',
           'logx902', 'logx903', 'logx905', 'powx1183', 'powx1184', 'powx4001', 'powx4002', 'powx4003', 'powx4005',
           'powx4008', 'powx4010', 'powx4012', 'powx4014', 'powx4302', 'powx4303', 'powx4342', 'powx4343'}


def signals(conditions):
    """Conditions as _decimal signals them."""
    return (conditions & ~INVALID) | (0x100 if conditions & INVALID else 0)


def dectest_cases(paths):
    for path in paths:
        settings = {'precision': 9, 'rounding': 'half_up', 'maxexponent': 384, 'minexponent': -383, 'extended': 1, 'clamp': 0}
        for line in open(path, encoding='latin-1'):
            line = re.sub(r'\s*--.*', '', line).strip()
            if not line:
                continue
            if ':' in line.split()[0] or re.match(r'\w+\s*:', line):
                name, value = (part.strip().lower() for part in line.split(':', 1))
                settings[name] = value
                continue
            if '->' not in line:
                continue
            left, right = line.split('->', 1) if "'->'" not in line else (line, '')
            words = [unquote(word) for word in re.findall(r"'(?:[^']|'')*'|\"[^\"]*\"|\S+", left)]
            expected, *conditions = re.findall(r"'(?:[^']|'')*'|\"[^\"]*\"|\S+", right)
            name, operation, *operands = words
            expected = unquote(expected)
            if name in SKIPPED or '#' in line or '?' in right or operation.lower() not in OPERATIONS:
                continue
            # Results for the subset arithmetic, and operands that only its rules accept.
            if str(settings['extended']) != '1' or any(' ' in operand for operand in operands):
                continue
            precision, emax, emin = int(settings['precision']), int(settings['maxexponent']), int(settings['minexponent'])
            if emax > 10**17 or emin < -10**17:
                continue
            operation = OPERATIONS[operation.lower()]
            if operation == 'power' and len(operands) == 3:
                operation = 'power_modulo'
            if operation == 'same_quantum' and len(operands) != 2:
                continue
            question = ' '.join([operation, str(precision), str(emax), str(emin), str(ROUNDINGS[settings['rounding']]),
                                 str(settings['clamp']), *(operand or '""' for operand in operands)])
            flags = 0
            for condition in conditions:
                flags |= CONDITIONS.get(condition.lower(), 0)
            yield os.path.basename(path) + ' ' + name, question, (expected, signals(flags))


def unquote(word):
    if len(word) >= 2 and word[0] == word[-1] and word[0] in '\'"':
        return word[1:-1].replace("''", "'")
    return word


def random_decimal(context):
    kind = random.random()
    if kind < 0.04:
        return random.choice(['NaN', '-NaN', 'sNaN', 'NaN123', '-sNaN987654321', 'Infinity', '-Infinity'])
    sign = random.choice(['', '-'])
    length = random.choice([1, 1, 2, 3, context.prec - 1, context.prec, context.prec + 1, 2 * context.prec + 3, 19, 20, 38])
    length = random.randrange(1, max(length, 1) + 1)
    digits = ''.join(random.choice(random.choice(['0123456789', '09', '5', '01'])) for _ in range(length))
    exponent = random.choice([0, 0, -1, random.randrange(-10, 10), -length, random.randrange(-length - 5, 5),
                              random.randrange(-60, 60), context.Emax - length, context.Emin, context.Emin - context.prec])
    if kind < 0.10:
        digits = '0'
    if kind > 0.9:
        digits, exponent = random.choice([('1', 0), ('10', -1), ('1' + '0' * random.randrange(30), random.randrange(-20, 5)),
                                          ('1' + '0' * 20 + '1', -21), ('9' * 22, -22)])
    return f'{sign}{digits}E{exponent}'


def answer_of(context, function, *operands):
    context.clear_flags()
    try:
        result = function(*operands)
    except (ValueError, MemoryError, OverflowError) as error:
        return type(error).__name__, 0
    flags = 0
    for signal, raised in context.flags.items():
        if raised and signal.__name__ != 'FloatOperation':
            name = re.sub(r'(?<!^)([A-Z])', r'_\1', signal.__name__).lower()
            flags |= CONDITIONS[name]
    return str(result), flags


METHODS = {
    1: 'plus minus abs sqrt exp ln log10 logb normalize next_minus next_plus to_integral_value to_integral_exact '
       'logical_invert'.split(),
    2: 'add subtract multiply divide divide_int remainder remainder_near power compare compare_signal compare_total '
       'compare_total_mag max min max_mag min_mag next_toward quantize scaleb shift rotate logical_and logical_or '
       'logical_xor same_quantum'.split(),
    3: 'fma power'.split()}
RENAMED = {'normalize': 'reduce', 'logical_invert': 'invert', 'logical_and': 'and', 'logical_or': 'or', 'logical_xor': 'xor'}


def random_cases(count):
    for _ in range(count):
        context = decimal.Context(
            prec=random.choice([1, 2, 3, 9, 16, 28, 28, 28, 50]), Emax=random.choice([0, 3, 10, 384, 999999, decimal.MAX_EMAX]),
            Emin=random.choice([0, -3, -10, -383, -999999, decimal.MIN_EMIN]), rounding=random.choice(
                ['ROUND_' + name.upper() for name in ROUNDINGS]), clamp=random.randrange(2), traps=[])
        big = abs(context.Emax) > 10**9 or abs(context.Emin) > 10**9
        head = f'{context.prec} {context.Emax} {context.Emin} {ROUNDINGS[context.rounding[6:].lower()]} {context.clamp}'
        plain = context.copy()
        if big:
            plain.Emax, plain.Emin = 1000, -1000
        operands = [random_decimal(plain) for _ in range(3)]
        numbers = [Decimal(operand) for operand in operands]
        for arity, names in METHODS.items():
            for name in names:
                if arity == 3 and name == 'power':
                    operation = 'power_modulo'
                else:
                    operation = RENAMED.get(name, name)
                chosen, texts = list(numbers[:arity]), operands[:arity]
                if name in ('shift', 'rotate', 'scaleb') and random.random() < 0.8:
                    texts = [texts[0], str(random.randrange(-context.prec - 1, context.prec + 2))]
                elif name.startswith('logical') and random.random() < 0.9:
                    texts = [''.join(random.choice('01') for _ in range(random.randrange(1, 60))) for _ in texts]
                elif operation == 'power' and random.random() < 0.8:
                    texts = [texts[0], random.choice(['2', '3', '-1', '0.5', '-2.5', '10', '100', '-7', '0.3333', '1E+3', '12345.678',
                                                      '1E+9', '123456789012', '-0', '3.0', '1E-20'])]
                elif operation == 'power_modulo' and random.random() < 0.9:
                    texts = [str(random.randrange(-10**9, 10**9)), str(random.randrange(10**6)), str(random.randrange(-999, 999))]
                elif operation == 'quantize' and random.random() < 0.7:
                    texts = [texts[0], f'1E{random.randrange(-20, 5)}']
                chosen = [Decimal(text) for text in texts]
                if operation == 'power' and chosen[1].is_finite() and chosen[1].adjusted() > 7 and context.prec > 30:
                    continue
                expected, flags = answer_of(context, getattr(context, name), *chosen)
                if operation == 'same_quantum':
                    expected = '1' if expected == 'True' else '0'
                yield 'random', ' '.join([operation, head, *texts]), (expected, signals(flags))
        if abs(context.Emax) < 10**9:
            text = random.choice([operands[0], operands[0].lower(), '1_0', '.', '1.', '.5', 'e5', '1e', '1e+', 'inf', '-INFINITY', 'na',
                                  'nan12', 'snan0', '+1.5', '1.5.5', '--1', '0.000000000000001', '1e99999999999999999999',
                                  '-0e-99999999999999999999', '12345678901234567890.12345678901234567890'])
            yield 'random', f'from_text {head} {text}', with_flags(answer_of(context, context.create_decimal, text.replace('_', '$')))
        number = numbers[0]
        yield 'random', f'text {head} {operands[0]}', (str(number), 0)
        yield 'random', f'engineering {head} {operands[0]}', (number.to_eng_string(), 0)
        yield 'random', f'class {head} {operands[0]}', (number.number_class(context), 0)
        if number.is_finite():
            yield 'random', f'hash {head} {operands[0]}', (str(hash(number)), 0)
            if abs(number.adjusted()) < 2000:
                yield 'random', f'integer {head} {operands[0]}', (str(int(number)), 0)
                yield 'random', f'ratio {head} {operands[0]}', ('%d/%d' % number.as_integer_ratio(), 0)
        value = struct.unpack('<d', random.randbytes(8))[0]
        if value == value:
            yield ('random', f'from_double {head} ' + struct.pack('>d', value).hex(), (str(Decimal(value)), 0))


def with_flags(pair):
    return pair[0], signals(pair[1])


def large_cases():
    for precision in 200, 1000, 5000, 20000:
        context = decimal.Context(prec=precision, Emax=decimal.MAX_EMAX, Emin=decimal.MIN_EMIN, traps=[])
        head = f'{precision} {decimal.MAX_EMAX} {decimal.MIN_EMIN} 6 0'
        for _ in range(8 if precision < 5000 else 2):
            texts = [''.join(random.choice('0123456789') for _ in range(random.randrange(1, precision * 2))) +
                     f'E-{random.randrange(precision * 2)}' for _ in range(2)]
            chosen = [Decimal(text) for text in texts]
            for name in 'add subtract multiply divide divide_int remainder remainder_near'.split():
                yield 'large', ' '.join([name, head, *texts]), with_flags(answer_of(context, getattr(context, name), *chosen))
            names = ['sqrt', 'to_integral_value'] + (['exp', 'ln', 'log10'] if precision <= 1000 else [])
            for name in names:
                number = chosen[0].scaleb(-chosen[0].adjusted()) if name == 'exp' else chosen[0]
                yield 'large', ' '.join([name, head, str(number)]), with_flags(answer_of(context, getattr(context, name), number))


def format_cases(count):
    context = decimal.getcontext()
    for _ in range(count):
        context.rounding = random.choice(['ROUND_' + name.upper() for name in ROUNDINGS])
        text = random_decimal(decimal.Context(prec=12, Emax=30, Emin=-30))
        spec = random.choice(['', '', '', '<', '>', '^', '=', '*<', 'x^', '0=', '~>', 'é^']) + random.choice(['', '', '+', '-', '~'])
        spec += random.choice(['', '', '', 'z', '0']) + random.choice(['', '', '5', '12', '25']) + random.choice(['', '', ','])
        spec += random.choice(['', '', '.0', '.1', '.2', '.5', '.12', '.30']) + random.choice(['', 'e', 'E', 'f', 'F', 'g', 'G', '%', 'q', 'n'])
        try:
            expected = format(Decimal(text), spec.replace('~', ' ')).replace(' ', '~')
        except ValueError:
            expected = 'invalid'
        yield 'format', f'format 28 999999 -999999 {ROUNDINGS[context.rounding[6:].lower()]} 0 {text} ' + (spec or '""'), (expected, 0)


def main():
    arguments = sys.argv[1:]
    options = {'--seed': 1, '--count': 300}
    for option in options:
        if option in arguments:
            position = arguments.index(option)
            options[option] = int(arguments[position + 1])
            del arguments[position:position + 2]
    random.seed(options['--seed'])
    failures = 0
    for family in arguments[1:] or ['dectest', 'random', 'large', 'format']:
        if family == 'dectest':
            cases = list(dectest_cases(sorted(glob.glob(TESTDATA + '/*.decTest'))))
        elif family.endswith('.decTest'):
            cases = list(dectest_cases([os.path.join(TESTDATA, family)]))
        elif family == 'random':
            cases = list(random_cases(options['--count']))
        elif family == 'large':
            cases = list(large_cases())
        else:
            cases = list(format_cases(options['--count'] * 10))
        lines = ''.join(question + '\n' for _, question, _ in cases)
        run = subprocess.run([arguments[0]], input=lines, capture_output=True, encoding='utf-8')
        answers = run.stdout.split('\n')[:-1]
        wrong = []
        for (name, question, expected), answer in zip(cases, answers):
            result, conditions = answer.rsplit(' ', 1)
            checks_flags = family != 'format' and not question.startswith(('text', 'engineering', 'class', 'hash', 'integer',
                                                                          'ratio', 'from_double', 'same_quantum'))
            answer = (result, signals(int(conditions)) if checks_flags else 0)
            if not checks_flags:
                expected = (expected[0], 0)
            if name.startswith('ddClass') or 'lass.dec' in name or 'same_quantum' in question:
                answer, expected = (answer[0], 0), (expected[0], 0)
            if answer != expected:
                wrong.append((name, question, expected, answer))
        print(f'{family}: {len(cases)} cases, {len(wrong)} wrong', '' if run.returncode == 0 else run.stderr[-2000:])
        for name, question, expected, answer in wrong[:25]:
            print('  ', name, question[:300], '\n     expected', expected[0][:300], hex(expected[1]), '\n     answer  ', answer[0][:300],
                  hex(answer[1]))
        failures += len(wrong) + (len(answers) != len(cases)) + (run.returncode != 0)
    sys.exit(1 if failures else 0)


main()
