# package: mistune
import mistune
print(mistune.html("# T\n\na *b* **c** `d`\n\n* x\n* y\n\n> q\n\n[l](http://x.org)\n\n    code\n"))
print(mistune.create_markdown(renderer="ast")("a **b**\n\n1. c"))
