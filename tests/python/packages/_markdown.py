# package: markdown
import markdown
print(markdown.markdown("# T\n\na *b* **c** `d`\n\n1. x\n2. y\n\n> q\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```python\nx = 1\n```\n[^1]\n\n[^1]: note", extensions=["extra", "toc", "sane_lists"]))
