# compile, exec, eval with every flag; ast.parse, compile from trees, ast.unparse, literal_eval, symtable.
import ast
import symtable

SOURCES = ["x = 1", "x: int = 5", "a, *b = c", "x += 1", "def f(a, /, b=1, *c, d, e=2, **g) -> int:\n    'doc'\n    return a", "class C(B, metaclass=M):\n    x = 1\n    def f(self): pass", "for i in x:\n    break\nelse:\n    continue" if False else "for i in x:\n    break\nelse:\n    pass", "while x:\n    continue", "if a:\n    b\nelif c:\n    d\nelse:\n    e", "with a as b, c:\n    pass", "try:\n    a\nexcept B as c:\n    d\nexcept (E, F):\n    pass\nelse:\n    g\nfinally:\n    h", "try:\n    a\nexcept* B:\n    pass", "raise A from B", "import a.b as c, d", "from . import x\nfrom ..a.b import (c as d, e)", "global a, b", "assert x, 'm'", "del a, b[0], c.d", "lambda x, *y, z=1, **w: x", "[x for y in z if a if b for c in d]", "{x: y for x, y in z}", "{x for x in y}", "(x async for x in y)" if False else "(x for x in y)", "a if b else c", "a and b or not c", "a < b <= c != d is not e not in f", "-x ** -y", "(a + b) * c - d / e // f % g @ h << i >> j & k | l ^ m", "f(a, *b, c=d, **e)", "x[1:2, ::3, ...]", "f'{a!r:>{w}} {b=} {{}}'", "'a' b'c'" if False else "b'c'", "(yield)" if False else "x.y.z", "async def f():\n    await x\n    async for a in b:\n        pass\n    async with c as d:\n        yield e\n    return [i async for i in j]", "@dec(1)\n@other\ndef f(): pass", "match x:\n    case 1 | 'a':\n        pass\n    case [a, *b] if c:\n        pass\n    case {'k': v, **r}:\n        pass\n    case C(1, x=y) as z:\n        pass\n    case None:\n        pass\n    case _:\n        pass", "(x := 1)", "print(1, end='')\n\n\nx = 2", "1_000 + 0xff + 1e5 + 2j", "...", "x = yield y" if False else "pass", "a = b = c", "x if y else (z, w)", "not (a and b)", "(-1) ** 2", "(a, b)[0]", "lambda: (yield)", "[*a, *b]", "{**a, 'b': c}", "x = [\n    1,\n    2,\n]", "def f():\n    nonlocal_ = 1\n    def g():\n        nonlocal nonlocal_\n        nonlocal_ = 2", "'it\\'s \"q\" \\n'", "f'{x}' 'y'", "f\"{'a'}\"", "if x:\n    if y:\n        z\n    else:\n        w", "return_ = lambda *, k: k"]
for s in SOURCES:
    tree = ast.parse(s)
    print(ast.dump(tree))
    print(ast.unparse(tree))
    print(ast.dump(ast.parse(ast.unparse(tree))) == ast.dump(tree))
tree = ast.parse("x = 1 + y\nprint(x)", mode="exec")
print([(type(n).__name__, getattr(n, "lineno", None), getattr(n, "col_offset", None), getattr(n, "end_lineno", None), getattr(n, "end_col_offset", None)) for n in ast.walk(tree)])
class Double(ast.NodeTransformer):
    def visit_Constant(self, n): return ast.copy_location(ast.Constant(n.value * 2), n)
new = ast.fix_missing_locations(Double().visit(ast.parse("r = 21")))
d = {}; exec(compile(new, "t", "exec"), d); print(d["r"])
print(eval(compile(ast.Expression(ast.BinOp(ast.Constant(2), ast.Mult(), ast.Constant(4), lineno=1, col_offset=0), lineno=1, col_offset=0) if False else ast.fix_missing_locations(ast.Expression(ast.BinOp(ast.Constant(2), ast.Mult(), ast.Constant(4)))), "t", "eval")))
for bad in (ast.Module([ast.Expr(ast.Name("x", ast.Store()))], []), ast.Module([5], []), ast.Expression(ast.Constant(1)), ast.Module([ast.Expr(ast.Constant(object()))], []), ast.Module([ast.Delete([])], []), ast.Module([ast.Name("x")], [])):
    try: compile(ast.fix_missing_locations(bad) if not isinstance(bad, ast.Expression) else bad, "t", "exec"); print("ok")
    except Exception as e: print(type(e).__name__, str(e).split(" at 0x")[0])
for text in ("1", "[1, 'a', (2.5, None), {'k': {1}}]", "-1", "1+2j", "b'x'", "f()", "x", "1 + 1", "{**a}", "set()", "'a' 'b'", " 1", "1\n", "...", "(" * 50 + ")" * 50):
    try: print(repr(text)[:20], ast.literal_eval(text))
    except Exception as e: print(repr(text)[:20], type(e).__name__, str(e).split(" at 0x")[0])
print(ast.get_docstring(ast.parse("def f():\n    '''doc\n      more'''").body[0]), ast.get_source_segment("x = a + b", ast.parse("x = a + b").body[0].value), ast.dump(ast.parse("1"), indent=1), ast.dump(ast.parse("a"), annotate_fields=False), ast.dump(ast.parse("a"), include_attributes=True))
n = ast.Name(id="x", ctx=ast.Load()); print(n.id, n._fields, n._attributes, isinstance(n, ast.expr), isinstance(n, ast.AST), ast.Constant(1).value, ast.Constant(1).kind, type(ast.parse("1").body[0].value).__mro__[1].__name__)
try: ast.Name("a", ast.Load(), 5, 6)
except TypeError as e: print(e)
class V(ast.NodeVisitor):
    def visit_Name(self, n): print("name", n.id); self.generic_visit(n)
V().visit(ast.parse("a + b(c)"))
print(compile("x = 1", "f", "exec", ast.PyCF_ONLY_AST).body[0].targets[0].id, ast.parse("x = 1 # type: int", type_comments=True).body is not None, ast.parse("(a: int)" if False else "a", feature_version=(3, 8)) is not None)
t = symtable.symtable("x = 1\ndef f(a):\n    b = a\n    def g(): return b\n    return g\nclass C: pass", "f", "exec")
print(t.get_type(), t.get_name(), sorted(t.get_identifiers()), [c.get_name() for c in t.get_children()], t.lookup("x").is_local(), t.lookup("f").is_namespace()); f = t.get_children()[0]; print(f.get_parameters(), sorted(f.get_locals()), f.lookup("b").is_local(), f.get_children()[0].get_frees(), f.is_nested(), f.lookup("a").is_parameter())
import __future__
print(compile("x: undefined = 1", "f", "exec", __future__.annotations.compiler_flag) is not None, eval("1 if 1 else 2"), compile("pass", "f", "exec", dont_inherit=True) is not None, eval(compile("__debug__", "f", "eval", optimize=1)), exec(compile("assert 0", "f", "exec", optimize=1)))
import codeop
print(codeop.compile_command("if x:"), codeop.compile_command("x = 1") is not None)
try: codeop.compile_command("x = = 1")
except SyntaxError as e: print(e)
import code
i = code.InteractiveInterpreter({}); print(i.runsource("x = 5"), i.runsource("x + 1"), i.runsource("if x:"))
