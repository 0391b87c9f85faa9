from _show import show

s = "Hello, World"
show("""
'abc'.capitalize(), 'ABC'.capitalize(), 'éa'.capitalize(), ''.capitalize(), 'ǆa'.capitalize()
'ß'.casefold(), 'ABC'.casefold(), 'ΑΣ'.casefold()
'a'.center(5), 'a'.center(4), 'a'.center(5, '*'), 'ab'.center(5, '-'), 'abc'.center(2), 'abc'.center(0)
'a'.center(5, '')
'banana'.count('a'), 'banana'.count('an'), 'banana'.count('a', 2), 'banana'.count('a', 2, 4), 'banana'.count(''), ''.count(''), 'aaa'.count('aa'), 'abc'.count('', 4), 'banana'.count('a', -3)
'banana'.find('an'), 'banana'.find('an', 2), 'banana'.find('x'), 'banana'.find(''), 'banana'.find('', 7), 'banana'.find('', 6), 'banana'.find('na', -2), 'banana'.rfind('an'), 'banana'.rfind(''), 'banana'.rfind('a', 0, 4)
'banana'.index('n'), 'banana'.rindex('n')
'banana'.index('x')
'banana'.rindex('x')
'a'.find(1)
'a'.find('a', 'b')
'hello'.startswith('he'), 'hello'.startswith(('x', 'he')), 'hello'.startswith('l', 2), 'hello'.startswith(''), 'hello'.startswith('hello!'), 'hello'.startswith('', 6), 'hello'.endswith('lo'), 'hello'.endswith('l', 0, 4), 'hello'.endswith(())
'hello'.startswith(5)
'hello'.startswith(('a', 5))
'a b'.split(), ' a  b '.split(), 'a,b'.split(','), 'a,,b'.split(','), ''.split(), ''.split(','), 'a b c'.split(None, 1), ' a b  c '.split(None, 1), 'a,b,c'.split(',', 1), 'a,b,c'.split(',', 0), 'abab'.split('ab'), 'a\\tb\\nc'.split(), 'a\\xa0b\\u2003c'.split()
'a b c'.rsplit(None, 1), 'a,b,c'.rsplit(',', 1), ' a b '.rsplit(), 'a,b,c'.rsplit(','), 'abc'.rsplit('b', 0)
'a'.split('')
'a'.split(1)
'a b'.split(sep=' ', maxsplit=1), 'a b'.split(maxsplit=0)
'a\\nb\\r\\nc\\rd'.splitlines(), 'a\\n'.splitlines(True), ''.splitlines(), '\\n\\n'.splitlines(), 'a\\x0b\\x0c\\x1c\\x1d\\x1e\\x85\\u2028\\u2029b'.splitlines(), 'a\\nb'.splitlines(keepends=True)
'a-b-c'.partition('-'), 'abc'.partition('-'), 'a-b-c'.rpartition('-'), 'abc'.rpartition('-')
'a'.partition('')
'-'.join(['a', 'b', 'c']), '-'.join('abc'), ''.join([]), 'x'.join(['a']), ','.join(('a', 'b')), '-'.join(str(i) for i in range(3)), '-'.join({'k': 1})
'-'.join(['a', 1])
'-'.join(5)
'-'.join([b'a'])
'aXbX'.replace('X', 'yy'), 'aaa'.replace('a', 'b', 2), 'abc'.replace('', '-'), 'abc'.replace('', '-', 2), ''.replace('', 'x'), 'aaa'.replace('aa', 'b'), 'abc'.replace('x', 'y'), 'abc'.replace('b', ''), 'aéa'.replace('é', '日')
'a'.replace('a')
'a'.replace(1, 'b')
' a '.strip(), ' a '.lstrip(), ' a '.rstrip(), 'xyaxy'.strip('xy'), 'xyaxy'.lstrip('yx'), 'xya'.rstrip('a'), ''.strip(), '   '.strip(), '\\t\\n a\\u3000'.strip(), 'aaa'.strip('a'), 'abc'.strip('')
'a'.strip(1)
'prefixed'.removeprefix('pre'), 'a'.removeprefix('b'), 'name.py'.removesuffix('.py'), 'a'.removesuffix('')
'abc'.upper(), 'ABC'.lower(), 'aBc'.swapcase(), 'hello world'.title(), "it's a dog's".title(), 'straße'.upper(), 'ŉ'.title(), 'ﬁ'.upper(), 'ΑΣ'.lower(), 'ΑΣ Σ'.lower(), 'İ'.lower(), 'ǆ'.title(), 'ß'.swapcase()
'a1'.isalnum(), 'a'.isalpha(), '1'.isdigit(), '1'.isdecimal(), '1'.isnumeric(), '٣'.isdecimal(), '²'.isdigit(), '²'.isdecimal(), '½'.isnumeric(), '½'.isdigit(), '一'.isnumeric(), ''.isalnum(), 'é'.isalpha(), '日'.isalpha(), '_'.isalnum()
'a'.islower(), 'aB'.islower(), 'a1'.islower(), '1'.islower(), 'A'.isupper(), 'Hello World'.istitle(), 'hello'.istitle(), 'HELLO'.istitle(), ' '.isspace(), '\\u2003\\t'.isspace(), ''.isspace(), '\\x1c'.isspace(), '\\u200b'.isspace(), 'ª'.islower(), 'ⅷ'.islower()
'a'.isidentifier(), '1a'.isidentifier(), '_'.isidentifier(), 'é'.isidentifier(), 'a b'.isidentifier(), 'class'.isidentifier(), ''.isidentifier(), 'a·'.isidentifier()
'a'.isprintable(), '\\n'.isprintable(), ''.isprintable(), '\\xa0'.isprintable(), 'é'.isprintable(), '\\u200b'.isprintable(), 'a'.isascii(), 'é'.isascii(), ''.isascii()
'a'.ljust(3) + '|', 'a'.rjust(3), 'a'.ljust(3, '.'), 'a'.rjust(3, '.'), 'abc'.ljust(2), '7'.zfill(3), '-7'.zfill(4), '+7'.zfill(4), ''.zfill(2), 'abc'.zfill(2), '--1'.zfill(5)
'a\\tb'.expandtabs(), 'a\\tb'.expandtabs(4), '\\t'.expandtabs(0), 'ab\\tc\\n\\td'.expandtabs(3), 'a\\tb'.expandtabs(tabsize=2)
'abc'.translate({97: 'x'}), 'abc'.translate({97: None, 98: 'YY', 99: 100}), 'abc'.translate(str.maketrans('abc', 'xyz')), 'abc'.translate(str.maketrans('a', 'x', 'b')), str.maketrans({'a': 1, 98: 'c'}), 'aé日'.translate({0xe9: 'e'})
'abc'.translate({97: 1114112})
'abc'.translate(5)
str.maketrans('ab', 'c')
str.maketrans({'ab': 1})
'abc'.encode(), 'é'.encode(), 'é'.encode('latin-1'), 'é日'.encode('utf-16-le'), 'a'.encode('utf-16')[:2], 'a'.encode('utf-32-be'), '\\ud800'.encode('utf-8', 'surrogatepass'), 'é'.encode('ascii', 'ignore'), 'é'.encode('ascii', 'replace'), 'é'.encode('ascii', 'xmlcharrefreplace'), 'é'.encode('ascii', 'backslashreplace'), 'é'.encode('ascii', 'namereplace'), '\\udc80'.encode('utf-8', 'surrogateescape'), 'ab'.encode(encoding='ascii', errors='strict')
'é'.encode('ascii')
'éé'.encode('ascii')
'\\ud800'.encode('utf-8')
'日'.encode('latin-1')
'日'.encode('cp1252')
'a'.encode('nonexistent')
'abc' + 'def', 'ab' * 3, 3 * 'ab', 'ab' * -1, '' + '', 'é' + 'a', 'a' + '日', '日' + '😀'
'a' + 1
'a' * 'b'
'a' * 1.5
'abc'[0], 'abc'[-1], 'abc'[1:], 'aé日😀'[3], 'aé日😀'[::-1], 'aé日😀'[1:3], 'abc'[True]
'abc'[3]
'abc'['a']
'abc' == 'abc', 'abc' != 'abd', 'abc' < 'abd', 'a' < 'ab', 'Z' < 'a', 'é' > 'z', '\\uffff' < '\\U00010000', 'a' == b'a', '' < 'a'
'a' < 1
'b' in 'abc', 'bc' in 'abc', '' in '', 'x' in '', 'é' in 'é', 'a' not in 'b', '日' in 'abc'
1 in 'abc'
len(''), len('é'), len('😀'), len('a\\0b'), min('bac'), max('bac'), sorted('cab'), list('añ'), tuple('ab'), set('aa'), list(enumerate('ab')), list(zip('ab', 'cd')), list(reversed('ab')), ''.join(sorted('hello'))
hash('') == 0, hash('a') == hash('a'), hash('abc'), hash('é'), hash('日'), hash('a' * 100)
str(), str(5), str(b'a'), str(b'a', 'ascii'), str(b'\\xe9', 'latin-1'), str(object=5), str(b'\\xff', 'utf-8', 'replace'), str(b'\\xff', errors='ignore'), str('x')
str('a', 'utf-8')
str(5, 'utf-8')
str(b'\\xff', 'utf-8')
repr('a'), repr("'"), repr('"'), repr('\\'"'), repr('\\\\'), repr('\\n\\t\\r\\x00\\x7f\\x80\\xa0\\xad\\u0378\\u2028\\ud800\\U0001F600\\U000E0001')
ascii('aé日😀\\n'), ascii("'"), ascii([1, 'é'])
'%s' % 'a', '%s %s' % ('a', 1), '%r' % 'a', '%5s|%-5s|%.2s|%5.1s' % ('a', 'b', 'abc', 'xyz'), '%c%c' % ('a', 98), '%%', '%(x)s' % {'x': 1}, '%(x)5.1f' % {'x': 1.25}, '%s' % None, '%s' % (None,), '%s' % [1], '%s' % {'a': 1}
'%#x %#o %#X % d %+d %05d %-5d| %x' % (255, 8, 255, 5, 5, -5, 5, -255), '%d' % 10**30, '%x' % 2**70, '%i %u' % (1, 2), '%ld' % 5, '%.5d' % 42, '%+.3d' % 7, '%8.3d|' % 5
'%s'
'%d' % '1'
'%d' % None
'%f' % 'a'
'%s' % ()
'%s %s' % 'a'
'a' % 1
'%s' % (1, 2)
'%(a)s' % {}
'%(a' % {}
'%(a)s' % (1,)
'%y' % 1
'%.' % 1
'%c' % 'ab'
'%c' % 1114112
'%*d' % (5, 1), '%-*d|' % (5, 1), '%.*f' % (1, 2.55), '%*d|' % (-5, 1)
'%b' % b'a'
'{}'.format(1), '{0}{1}{0}'.format('a', 'b'), '{a}{b}'.format(a=1, b=2), '{0.real} {0[0]}'.format([5]) if 0 else '', '{[k]}'.format({'k': 1}), '{0[k][0]}'.format({'k': [5]}), '{:>5}'.format('a'), '{!r}'.format('a'), '{!s:5}|'.format('a'), '{:{}}'.format('a', 5), '{:{w}}'.format(1, w=4), '{{}}'.format(), '{0!a}'.format('é'), '{a.b}'.format(a=type('', (), {'b': 3}))
'{}{0}'.format(1)
'{0}{}'.format(1)
'{1}'.format(1)
'{x}'.format()
'{'.format()
'}'.format()
'{!x}'.format(1)
'{!}'.format(1)
'{a.}'.format(a=1)
'{0[}'.format([1])
'{0[]}'.format([1])
'{:{:{}}}'.format(1, 2, 3)
'{0.x}'.format(1)
'{0[x]}'.format([1])
'{:5'.format(1)
'{a b}'.format(**{'a b': 5}), '{a-b}'.format(**{'a-b': 6}), '{0:}'.format(1), '{:}'.format('x'), '{ a}'.format(**{' a': 1})
'{a}'.format_map({'a': 1})
'{b}'.format_map({'a': 1})
format('abc', '>10'), format('abc', '.2'), format('abc', '*^9'), format('abc', ''), format('abc', '10') + '|', format('abc', 's'), format('é', '日<3'), format('abc', '010'), format('abc', '<010')
format('a', 'd')
format('a', '=5')
format('a', ',')
format('a', '+')
format('a', '#')
format('a', '.')
format('a', '5x5')
str.upper('a'), str.join(',', 'ab'), str.__len__('abc'), 'a'.__contains__('a'), 'a'.__add__('b'), 'a'.__mul__(2), 'a'.__rmul__(2), 'abc'.__getitem__(1), 'a'.__eq__(1), 'a'.__lt__('b'), 'a'.__hash__() == hash('a')
str.upper(5)
'a'.__add__(1)
'a'.upper(1)
'a'.nothing
'\\N{LATIN SMALL LETTER E WITH ACUTE}', '\\N{EURO SIGN}', '\\u00e9' == 'é'
'x' * 1000 == 'x' * 999 + 'x', len('ab' * 10000), ('ab' * 10000).count('ba'), ('a' * 1000 + 'b').find('b'), ('a' * 1000).replace('a', 'bb').count('b')
""", globals())


class Text(str):
    def __str__(self):
        return "custom"


t = Text("abc")
print(t, repr(t), t.upper(), type(t.upper()), t + "d", type(t[:]), str(t), f"{t}", "%s" % t, "".join([t, "x"]), t == "abc", len(t), {"abc": 1}[t], type(str(t)))
