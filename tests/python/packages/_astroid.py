# package: astroid
import astroid
module = astroid.parse("class A:\n    def f(self): return [x * 2 for x in (1, 2)]\ny = A().f()\nz = 1 + 2 * 3\n")
print(module.repr_tree(), module.as_string(), [v.as_string() for v in module["z"].infer()], list(module["y"].infer()))
