# package: isort
import isort
print(isort.code("import sys, os\nfrom b import d, c\nimport a\nfrom . import x\nimport collections.abc\n"))
