import pprint, reprlib, string, textwrap, difflib, html, shlex, fnmatch, locale, gettext, unicodedata, codecs
from _show import show
data = {"list": list(range(30)), "nested": {"a": {"b": ["x" * 30, "y" * 40]}, "t": (1, 2)}, "s": {3, 1}}
show("""
string.ascii_letters, string.digits, string.punctuation, string.whitespace, string.capwords('hello  world'), string.Template('$a ${b} $$').substitute(a=1, b=2), string.Template('$x').safe_substitute(), string.Formatter().format('{0} {a!r:>5}', 1, a='z'), list(string.Formatter().parse('a{b!r:c}d')), string.Template('$a').get_identifiers() if hasattr(string.Template, 'get_identifiers') else 0
string.Template('$x').substitute()
string.Template('$').substitute()
string.Formatter().format('{}')
textwrap.wrap('the quick brown fox jumps over the lazy dog', 15), textwrap.fill('aaa bbb ccc', 7), textwrap.dedent('  a\\n    b\\n  c'), textwrap.indent('a\\n\\nb', '> '), textwrap.shorten('hello big world', 12), textwrap.wrap('averyverylongword', 5), textwrap.wrap('a-b c', 3), textwrap.fill('x y', 10, initial_indent='* ', subsequent_indent='  ')
pprint.pformat(data), pprint.pformat([1, 2]), pprint.pformat('x' * 100, width=30), pprint.pformat({'b': 1, 'a': 2}), pprint.pformat({'b': 1, 'a': 2}, sort_dicts=False), pprint.pformat([[[[1]]]], depth=2), pprint.isreadable([1]), pprint.pformat(list(range(50)), compact=True, width=40)
reprlib.repr(list(range(100))), reprlib.repr('x' * 100), reprlib.repr({i: i for i in range(10)})
list(difflib.unified_diff(['a', 'b', 'c'], ['a', 'x', 'c'], lineterm='')), difflib.get_close_matches('appel', ['ape', 'apple', 'peach']), difflib.SequenceMatcher(None, 'abcd', 'bcde').ratio(), list(difflib.ndiff(['one'], ['ore'])), difflib.SequenceMatcher(None, 'ab', 'b').get_opcodes(), list(difflib.context_diff(['a'], ['b'], lineterm=''))
html.escape('<a href="x">&\\'</a>'), html.unescape('&lt;&eacute;&#233;&#xe9;&nbsp;&amp;&copy'), html.escape('"', quote=False)
shlex.split('a "b c" d\\\\ e \\'f g\\''), shlex.quote("it's"), shlex.join(['a', 'b c']), list(shlex.shlex('a=b;c', punctuation_chars=True)), shlex.split('a # c', comments=True)
shlex.split('"abc')
fnmatch.fnmatch('a.py', '*.py'), fnmatch.filter(['a.c', 'b.py'], '*.py'), fnmatch.translate('a?[b-c]*'), fnmatch.fnmatchcase('A', 'a')
unicodedata.name('é'), unicodedata.lookup('BULLET'), unicodedata.category('a'), unicodedata.normalize('NFD', 'é'), unicodedata.normalize('NFKC', 'ﬁ'), unicodedata.decimal('5'), unicodedata.digit('²'), unicodedata.numeric('½'), unicodedata.combining('\\u0301'), unicodedata.bidirectional('א'), unicodedata.east_asian_width('日'), unicodedata.mirrored('('), unicodedata.decomposition('é'), unicodedata.unidata_version, unicodedata.is_normalized('NFC', 'é'), unicodedata.name('\\n', 'none'), unicodedata.name('가'), unicodedata.name('一')
unicodedata.name('\\n')
unicodedata.lookup('NOPE')
unicodedata.decimal('a')
unicodedata.normalize('X', 'a')
unicodedata.name('ab')
codecs.encode('abc', 'rot13'), codecs.decode(b'616263', 'hex'), codecs.encode(b'a', 'base64'), codecs.lookup('utf-8').name, codecs.lookup('LATIN1').name, codecs.getencoder('ascii')('a'), codecs.getincrementaldecoder('utf-8')().decode(b'\\xc3'), codecs.BOM_UTF8, codecs.escape_decode(b'\\\\n') if hasattr(codecs, 'escape_decode') else 0, 'é'.encode('idna'), 'bücher'.encode('punycode'), b'abc'.decode('utf-8-sig'), 'a'.encode('utf-8-sig'), 'é'.encode('cp437'), b'\\x80'.decode('cp1252'), 'ü'.encode('iso8859-15'), codecs.charmap_encode('a', 'strict', {97: 98}), 'a\\u20ac'.encode('raw_unicode_escape'), 'é\\n'.encode('unicode_escape'), b'\\\\u00e9'.decode('unicode_escape'), 'x'.encode('mbcs') if 0 else 0, 'é'.encode('mac_roman'), b'\\xe9'.decode('koi8-r')
codecs.lookup('nope')
codecs.decode(b'\\x81', 'cp1252')
gettext.gettext('x'), gettext.ngettext('a', 'b', 2), locale.getlocale()[0] in (None, 'C', 'en_US'), locale.format_string('%d', 1234), locale.localeconv()['decimal_point'], locale.strcoll('a', 'b') < 0, locale.atof('1.5'), locale.str(1.5), locale.getpreferredencoding()
""", globals())
codecs.register_error("mine", lambda e: ("?" * (e.end - e.start), e.end)); print("aéb日".encode("ascii", "mine"), b"a\xff".decode("ascii", "mine"))
import io; w = codecs.getwriter("utf-8")(b := io.BytesIO()); w.write("é"); print(b.getvalue(), codecs.open("/dev/null", "r", "utf-8").read(), [c for c in codecs.iterdecode([b"\xc3", b"\xa9"], "utf-8")])
