import inspect, tokenize, io, token, keyword, dis, symtable, linecache, types, textwrap, pyclbr, sys
from _show import show, run
class Base:
    """Doc of Base."""
    attr = 1
    def method(self, a, b=2, *args, c: int = 3, **kw) -> str:
        """Method doc."""
        return a
    @classmethod
    def cm(cls): pass
    @staticmethod
    def sm(x): pass
    @property
    def prop(self): return 1
class Sub(Base):
    def method(self): pass
async def coro(): pass
def gen(): yield
show("""
inspect.signature(Base.method), inspect.signature(Base().method), list(inspect.signature(Base.method).parameters), inspect.signature(Base.method).return_annotation, inspect.signature(lambda a, /, b, *, c: 0), inspect.signature(Base.cm), inspect.signature(Base), inspect.signature(print), inspect.signature(sorted), inspect.signature(int.__add__), inspect.signature(str.join), inspect.signature(dict.get), inspect.signature(list.append), inspect.signature(isinstance), inspect.signature(len), str(inspect.signature(open))[:30], inspect.signature(pow), inspect.signature(sum), inspect.signature(compile)
inspect.signature(Base.method).bind(1, 2, 3, c=4, d=5).arguments, inspect.signature(Base.method).bind_partial(1).args, inspect.signature(Base.method).parameters['c'].kind.name, inspect.signature(Base.method).parameters['b'].default, repr(inspect.signature(Base.method).parameters['c'])
inspect.signature(Base.method).bind()
inspect.signature(5)
inspect.signature(dict.update) if 0 else inspect.signature(type)
inspect.isclass(Base), inspect.isfunction(gen), inspect.ismethod(Base().method), inspect.isbuiltin(len), inspect.isgeneratorfunction(gen), inspect.iscoroutinefunction(coro), inspect.ismodule(sys), inspect.isgenerator(gen()), inspect.isroutine(len), inspect.isabstract(Base), inspect.isdatadescriptor(Base.prop), inspect.ismethoddescriptor(str.join), inspect.iscode(gen.__code__), inspect.isawaitable(5), inspect.isframe(5), inspect.istraceback(5)
inspect.getdoc(Base), inspect.getdoc(Sub.method), inspect.getmodule(Base).__name__, inspect.getsourcelines(gen)[0], inspect.getsource(coro), inspect.getfile(Base)[-3:], inspect.getmro(Sub), [n for n, _ in inspect.getmembers(Base, inspect.isfunction)], inspect.getfullargspec(Base.method), inspect.cleandoc('  a\\n    b'), inspect.getmodulename('/a/b.py'), inspect.classify_class_attrs(Sub)[-1].name, inspect.getattr_static(Base(), 'prop').__class__.__name__, inspect.getclosurevars(gen).unbound, inspect.getcallargs(Base.method, 1, 2), inspect.getgeneratorstate(gen()), inspect.unwrap(len) is len, inspect.getcomments(gen), inspect.indentsize('  x'), inspect.get_annotations(Base.method)
inspect.getsource(len)
keyword.kwlist, keyword.softkwlist, keyword.iskeyword('if'), keyword.issoftkeyword('match'), token.tok_name[1], token.EXACT_TOKEN_TYPES['->'] == token.RARROW, token.ISTERMINAL(1), linecache.getline(__file__, 1), linecache.getline('/nope', 1)
""", globals())
run("""
for t in tokenize.generate_tokens(io.StringIO('def f(x):\\n    return x + 1.5 # c\\n\\ns = "a"\\n').readline): print(token.tok_name[t.type], token.tok_name[t.exact_type], repr(t.string), t.start, t.end)
---
toks = list(tokenize.tokenize(io.BytesIO('# coding: latin-1\\né = 1\\n'.encode('latin-1')).readline)); print(toks[0].string, len(toks), tokenize.untokenize(toks))
---
list(tokenize.generate_tokens(io.StringIO('(').readline))
---
list(tokenize.generate_tokens(io.StringIO('\"\"\"').readline))
---
f = inspect.currentframe(); print(f.f_code.co_name, inspect.stack()[0].function, inspect.getframeinfo(f).function)
---
def a(): return b()
def b(): return [s.function for s in inspect.stack()[:3]]
print(a())
---
print(inspect.signature(inspect.Signature.from_callable(gen).replace), str(inspect.Signature([inspect.Parameter('x', inspect.Parameter.POSITIONAL_ONLY)])))
---
print(type(dis.Bytecode(gen)).__name__, isinstance(dis.code_info(gen), str), len(list(dis.get_instructions(gen))) > 0, inspect.CO_GENERATOR & gen.__code__.co_flags > 0)
""", globals())
