# _ast: node classes, trees as objects, and compiling them.
import ast
import copy

Expression, Constant = ast.Expression, ast.Constant


def attempt(node):
    try:
        compile(node, "<tree>", "exec")
    except Exception as error:
        return type(error).__name__ + ": " + str(error).split(" at 0x")[0]
    return "fine"


def statement(expression):
    return ast.fix_missing_locations(ast.Module([ast.Expr(expression)], []))


# --- classes
assert ast.BinOp.__doc__ == "BinOp(expr left, operator op, expr right)"
assert ast.BinOp._fields == ast.BinOp.__match_args__ == ("left", "op", "right")
assert ast.BinOp._attributes == ("lineno", "col_offset", "end_lineno", "end_col_offset")
assert ast.BinOp.__bases__ == (ast.expr,) and ast.expr.__bases__ == (ast.AST,)
assert ast.boolop.__doc__ == "boolop = And | Or" and ast.arguments._attributes == ()
assert ast.Name.__module__ == "ast" and repr(ast.AST) == "<class 'ast.AST'>"
assert ast.Return.value is None and ast.stmt.end_lineno is None and not hasattr(ast.pattern, "end_lineno")
assert isinstance(ast.parse("1").body[0].value, ast.Num)

# --- making nodes
name = ast.Name("x", ctx=ast.Load())
assert name.id == "x" and vars(name).keys() == {"id", "ctx"}
assert ast.Name(other=3).other == 3
for make, text in [
    (lambda: ast.Name(1, 2, 3), "Name constructor takes at most 2 positional arguments"),
    (lambda: ast.Return(1, 2), "Return constructor takes at most 1 positional argument"),
    (lambda: ast.Name(1, id=2), "Name got multiple values for argument 'id'"),
]:
    try:
        make()
    except TypeError as error:
        assert str(error) == text, error
    else:
        assert False
assert ast.Name(1).__reduce__() == (ast.Name, (), {"id": 1})

# --- there and back
source = """match x:
    case [1, *a, {'k': b, **r}] | C(q=None) if z:
        pass

async def f(a, /, b: int=1, *c, d=2, e, **g) -> int:
    async with a as b, c:
        return [i async for i in z if i if j]"""
tree = ast.parse(source)
assert ast.unparse(tree) == source
assert ast.dump(copy.deepcopy(tree), include_attributes=True) == ast.dump(tree, include_attributes=True)
first, second = ast.parse("a; b").body
assert first.value.ctx is second.value.ctx
for value in (-3, 0, 10**30, -(10**30), -1.5, 2j, "a\ud800\u1234", b"\0", True, None, ..., (1, (2, frozenset([3])))):
    code = compile(Expression(Constant(value, lineno=1, col_offset=0)), "<tree>", "eval")
    assert eval(code) == value and type(eval(code)) is type(value)

typed = ast.parse("# type: ignore\nx = 1 # type: int\n# type: ignore[foo]\ny = 2 # type: ignore", type_comments=True)
assert typed.body[0].type_comment == "int"
assert [(i.lineno, i.tag) for i in typed.type_ignores] == [(1, ""), (3, "[foo]"), (4, "")]

# --- what compile() refuses
assert attempt(ast.Module()) == 'TypeError: required field "body" missing from Module'
assert attempt(ast.Module(3, [])) == 'TypeError: Module field "body" must be a list, not a int'
assert attempt(ast.Module([None], [])) == "ValueError: None disallowed in statement list"
assert attempt(ast.Module([ast.Pass()], [])) == 'TypeError: required field "lineno" missing from stmt'
assert attempt(ast.Module([ast.Pass(lineno="x", col_offset=0)], [])) == "ValueError: invalid integer value: 'x'"
assert attempt(ast.Module([ast.Pass(lineno=1 << 40, col_offset=0)], [])) == (
    "OverflowError: Python int too large to convert to C int")
assert attempt(Expression(Constant(1))) == "TypeError: expected Module node, got Expression"
assert attempt(statement(None)) == "ValueError: field 'value' is required for Expr"
assert attempt(statement(ast.Name(3, ast.Load()))) == "TypeError: AST identifier must be of type str"
assert attempt(statement(ast.Name("x", None))) == "TypeError: expected some sort of expr_context, but got None"
assert attempt(statement(ast.expr())) == "TypeError: expected some sort of expr, but got <ast.expr object"
assert attempt(statement(Constant([]))) == "TypeError: got an invalid type in Constant: list"
assert attempt(statement(ast.Lambda(3, Constant(1)))) == 'TypeError: required field "posonlyargs" missing from arguments'


class Plus(ast.BinOp):
    pass


assert attempt(statement(Plus(Constant(1), ast.Add(), Constant(2)))) == "fine"
print("ok")
