# package: mypy
from pathlib import Path
from mypy import api
Path("m.py").write_text("from typing import List\ndef f(x: int) -> List[str]:\n    return [x]\nclass A:\n    y: 'A'\n    def g(self) -> int: return self.y.z\nf('a')\nreveal_type([f(i) for i in range(3)])\n")
out, err, status = api.run(["--no-incremental", "--cache-dir=/dev/null", "m.py"]); print(out, err, status)
