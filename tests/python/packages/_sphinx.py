# package: sphinx
from pathlib import Path
import io, os
from sphinx.application import Sphinx
os.makedirs("s"); Path("s/conf.py").write_text("project = 'p'\nextensions = ['sphinx.ext.autodoc']\n"); Path("s/index.rst").write_text("Title\n=====\n\n.. autofunction:: textwrap.shorten\n\n.. code-block:: python\n\n   x = 1\n\n.. toctree::\n\n   other\n"); Path("s/other.rst").write_text("Other\n-----\n\n:ref:`search`\n")
app = Sphinx("s", "s", "o", "d", "text", status=None, warning=io.StringIO()); app.build(); print(open("o/index.txt").read(), open("o/other.txt").read(), app.statuscode)
