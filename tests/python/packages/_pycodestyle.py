# package: pycodestyle
from pathlib import Path
import pycodestyle
Path("p.py").write_text("import os,sys\ndef f( a ):\n  return a==None\nx=1\n\n\n\n\ny = lambda : 0\n" + "z = '" + "x" * 90 + "'\n")
pycodestyle.StyleGuide(select="E,W").check_files(["p.py"])
