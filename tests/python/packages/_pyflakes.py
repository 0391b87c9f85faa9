# package: pyflakes
from pyflakes import api
api.check("import os\ndef f():\n    x = 1\n    return y\nfrom a import *\n'%s %s' % (1,)\n", "f.py")
