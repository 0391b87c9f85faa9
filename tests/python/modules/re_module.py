import re
from _show import show, run
show(r"""
re.match('a', 'abc').group(), re.match('b', 'abc'), re.search('b', 'abc').span(), re.fullmatch('abc', 'abc') is not None, re.fullmatch('ab', 'abc'), re.match('', 'a').span()
re.findall(r'\d+', 'a1b22'), re.findall(r'(\w)(\d)', 'a1b2'), re.findall('x*', 'axb'), re.findall('', 'ab'), re.split(r',\s*', 'a, b,c'), re.split('(,)', 'a,b'), re.split(',', 'a,b,c', 1), re.split('', 'ab'), re.split('x*', 'axbc'), re.sub('a', 'b', 'aaa'), re.sub('a', 'b', 'aaa', 2), re.subn('a', 'b', 'aa'), re.sub(r'(\w+) (\w+)', r'\2 \1', 'a b'), re.sub(r'(?P<x>a)', r'[\g<x>\g<0>]', 'ab'), re.sub('a', lambda m: m.group().upper(), 'bab'), re.sub('x*', '-', 'abxd'), re.sub(r'(a)|b', r'\1', 'ab')
re.match(r'(?P<y>\d{4})-(?P<m>\d\d)', '2020-05').groupdict(), re.match('(a)(b)?', 'a').groups(), re.match('(a)(b)?', 'a').groups('x'), re.match('(a)', 'a').group(0, 1), re.match('(a)(b)', 'ab').span(2), re.match('a', 'ab').end(), re.match('(a)', 'a')[1], re.match('(?P<n>a)', 'a')['n'], re.match('(a)(b)', 'ab').lastindex, re.match('(?P<n>a)', 'a').lastgroup, re.match('(a)|b', 'b').regs, re.search('b', 'abc').string, re.match('a', 'a').expand(r'x\g<0>')
re.match('(a)', 'a').group(5)
re.match('(a)', 'a').group('z')
[m.group() for m in re.finditer(r'\w+', 'ab cd')], [m.start() for m in re.finditer('a', 'banana')], re.compile('a').sub('b', 'a'), re.compile('a', re.I).match('A').group(), re.compile('b').search('abc', 1).start(), re.compile('b').match('abc', 1).span(), re.compile('^b').match('abc', 1), re.compile('c$').search('abc', 0, 2), re.compile('a').pattern, re.compile('a', re.I | re.M).flags, re.compile('(?P<a>x)(y)').groups, re.compile('(?P<a>x)').groupindex
repr(re.compile('a')), repr(re.compile('a', re.I)), repr(re.match('a', 'abc')), re.compile('a') == re.compile('a'), re.compile(b'a').match(b'abc')
re.findall(r'(?i)A', 'aA'), re.findall(r'(?m)^\w', 'a\nb'), re.findall(r'a.b', 'a\nb'), re.findall(r'(?s)a.b', 'a\nb'), re.findall(r'(?x) a  b # comment', 'ab'), re.findall(r'\bfoo\b', 'foo food'), re.findall(r'\Bo', 'foo'), re.findall(r'\Aa|b\Z', 'ab'), re.findall(r'a$', 'a\na\n'), re.findall(r'(?m)a$', 'a\na\n'), re.findall(r'(?a)\w', 'aé'), re.findall(r'\w', 'aé_1 '), re.findall(r'\s', 'a\t\u2003b'), re.findall(r'\d', '1٢'), re.findall(r'[\W\d]', 'a1 b'), re.findall(r'[^a-c]', 'abcd'), re.findall(r'[]a-]', ']a-b'), re.findall(r'[\]\\]', r'\]')
re.findall(r'a*?', 'aa'), re.findall(r'a+?', 'aa'), re.findall(r'a{2}', 'aaaa'), re.findall(r'a{1,2}?', 'aaa'), re.findall(r'a{,2}', 'aaa'), re.findall('a{x}', 'a{x}'), re.findall(r'(?:ab)+', 'ababx'), re.findall(r'(a|ab)(c|bcd)(d*)', 'abcd'), re.findall(r'a|b|c', 'cab'), re.findall(r'(?=ab)a', 'abac'), re.findall(r'a(?!b)', 'abac'), re.findall(r'(?<=a)b', 'abcb'), re.findall(r'(?<!a)b', 'abcb'), re.findall(r'(\w)\1', 'aabbc'), re.findall(r'(?P<q>["\']).*?(?P=q)', '"a" \'b\''), re.findall(r'(a)?(?(1)b|c)', 'abc'), re.findall(r'a++b', 'aab'), re.findall(r'(?>a+)b', 'aab'), re.findall(r'a*+a', 'aaa'), re.findall(r'(?i:a)b', 'Ab AB'), re.findall(r'(?-i:a)B', 'aB', ), re.findall('ß', 'SS', re.I), re.findall('(?i)É', 'é'), re.findall('\N{BULLET}|\u2022', '•')
re.compile('(')
re.compile(')')
re.compile('[')
re.compile('*')
re.compile('a**')
re.compile('a{2,1}')
re.compile('(?P<a>x)(?P<a>y)')
re.compile('(?P<1>x)')
re.compile(r'\1')
re.compile('(?P=x)')
re.compile('(?z)')
re.compile('(?<=a*)b')
re.compile('[b-a]')
re.compile(r'\8')
re.compile('\\')
re.compile(r'\q')
re.compile('a(?i)b')
re.compile('(?(2)a)')
re.compile('(?')
re.compile('x', 99999999)
re.compile(5)
re.match('a', b'a')
re.match(b'a', 'a')
re.sub('a', r'\5', 'a')
re.sub('(a)', r'\g<z>', 'a')
re.sub('a', r'\g<', 'a')
re.sub('a', 'b\\', 'a')
re.sub('a', 5, 'a')
re.escape('a.b*c d-é'), re.escape(b'a.b'), re.purge(), re.RegexFlag.I, re.I | re.M, re.I.value
re.match(r'(.*?,){11}P', '1,2,3,4,5,6,7,8,9,10,11,12,13,P'), bool(re.match('(?:a?){20}a{20}', 'a' * 20)), re.search('x+y', 'x' * 1000), len(re.findall('(?:ab|a)*', 'ab' * 500))
re.sub(r'(\d+)', lambda m: str(int(m[1]) + 1), 'a1b99'), re.sub('', '-', 'abc'), re.sub('b*', '-', 'abc'), re.split(r'(\W)', 'a b-c'), re.template if hasattr(re, 'template') else None
""", globals())
run(r"""
text = 'The year 1999 and 2024; price $3.50, email x@y.org'
p = re.compile(r'''(?P<money>\$\d+\.\d\d) | (?P<mail>\S+@\S+) | (?P<year>\b\d{4}\b)''', re.X)
print([(m.lastgroup, m.group()) for m in p.finditer(text)])
---
s = re.compile(r'(\d)(\w)?').scanner('1a2'); print(s.match().groups(), s.match().groups(), s.match())
---
import pickle, copy; p = re.compile('a+', re.I); print(pickle.loads(pickle.dumps(p)) == p, copy.deepcopy(p) is p)
---
m = re.search('(b)(?P<n>c)?', 'abx'); print(m.pos, m.endpos, m.re.pattern, m.start('n'), m.span(), bool(m), m.groupdict('none'))
---
def scan(text):
    return re.Scanner([(r'\d+', lambda s, t: int(t)), (r'\w+', lambda s, t: t), (r'\s+', None)]).scan(text)
print(scan('12 ab 3!'))
""", globals())
