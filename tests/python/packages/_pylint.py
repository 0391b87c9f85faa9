# package: pylint
from pathlib import Path
import io
from pylint.lint import Run
from pylint.reporters.text import TextReporter
Path("sample.py").write_text("import os, sys\ndef f(a, b=[]):\n    x = 1\n    if a == None: return undefined\n    for i in range(len(a)): print(a[i])\nclass c: pass\n")
out = io.StringIO()
try: Run(["--persistent=n", "--score=n", "sample.py"], reporter=TextReporter(out), exit=False)
except SystemExit as error: print("exit", error.code)
print(out.getvalue())
