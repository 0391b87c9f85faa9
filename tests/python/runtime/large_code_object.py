# The code object of a large module (more than 16 KiB) survives collections while the module runs.
import gc

source = "def f():\n    return 1\n" * 300 + "table = {\n"
source += "".join("    'key%d': 'value%d',\n" % (i, i) for i in range(600)) + "}\n"
source += "import gc\ngarbage = [[i] for i in range(200000)]\ngc.collect()\ntotal = len(table) + f()\n"
space = {}
exec(compile(source, "large", "exec"), space)
gc.collect()
print(space["total"], space["table"]["key599"])  # expect: 601 value599
