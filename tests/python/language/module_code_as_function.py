# Code of a module, called as a function, works on the globals of the function.
import ast
import types

space = {}
types.FunctionType(compile("a = 1", "?", "exec"), space)()
print(space["a"])


async def three():
    return 3


space = {"three": three}
code = compile("a = await three()", "?", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
for make in (lambda: types.FunctionType(code, space)(), lambda: eval(code, space)):
    space.pop("a", None)
    try:
        make().send(None)
    except StopIteration:
        print(space["a"])
