"""Converts a useful part of Markdown to HTML: markdown.py [FILE]"""
import html
import re
import sys

SAMPLE = """# Viperine *notes*

A paragraph with **bold**, *emphasis*, `code <b>`, a [link](https://example.org/?a=1&b=2) and
a line that goes on.
After a break.

* one
* two with **stars**
  * nested
* three

1. first
2. second

> quoted text
> over two lines

```python
def f(x):
    return x < 1 & x > 0
```

| name | value |
| ---- | ----: |
| a    | 1     |
| b *x*| 2     |

---
![image](pic.png "title") \\*escaped\\* <https://auto.link>
"""
INLINE = [
    (re.compile(r"\\([\\`*_\[\]#])"), lambda m: "&#%d;" % ord(m[1])),
    (re.compile(r"`([^`]+)`"), lambda m: "<code>%s</code>" % m[1].replace("*", "&#42;")),
    (re.compile(r'!\[([^\]]*)\]\((\S+?)(?:\s+&quot;(.*?)&quot;)?\)'),
     lambda m: '<img src="%s" alt="%s"%s>' % (m[2], m[1], ' title="%s"' % m[3] if m[3] else "")),
    (re.compile(r"\[([^\]]+)\]\((\S+?)\)"), lambda m: '<a href="%s">%s</a>' % (m[2], m[1])),
    (re.compile(r"&lt;(https?://[^&\s]+)&gt;"), lambda m: '<a href="%s">%s</a>' % (m[1], m[1])),
    (re.compile(r"\*\*(.+?)\*\*"), lambda m: "<strong>%s</strong>" % m[1]),
    (re.compile(r"\*(.+?)\*"), lambda m: "<em>%s</em>" % m[1]),
    (re.compile(r" {2,}\n"), lambda m: "<br>\n"),
]


def inline(text):
    text = html.escape(text)
    for pattern, replacement in INLINE:
        text = pattern.sub(replacement, text)
    return text


class Converter:
    def __init__(self, text):
        self.lines = text.expandtabs(4).split("\n")
        self.position = 0

    def while_matching(self, pattern):
        taken = []
        while self.position < len(self.lines) and (m := re.match(pattern, self.lines[self.position])):
            taken.append(m)
            self.position += 1
        return taken

    def blocks(self):
        while self.position < len(self.lines):
            line = self.lines[self.position]
            if not line.strip():
                self.position += 1
            elif m := re.match(r"(#{1,6})\s+(.*?)\s*#*$", line):
                self.position += 1
                yield "<h%d>%s</h%d>" % (len(m[1]), inline(m[2]), len(m[1]))
            elif line.startswith("```"):
                yield self.fenced()
            elif re.match(r"(-{3,}|\*{3,})\s*$", line):
                self.position += 1
                yield "<hr>"
            elif line.startswith(">"):
                inner = "\n".join(m[1] for m in self.while_matching(r">\s?(.*)"))
                yield "<blockquote>%s</blockquote>" % "".join(Converter(inner).blocks())
            elif re.match(r"\s*(\*|-|\d+\.)\s", line):
                yield self.list_at(len(line) - len(line.lstrip()))
            elif line.startswith("|"):
                yield self.table()
            else:
                yield "<p>%s</p>" % inline("\n".join(m[0] for m in self.while_matching(r"(?![#>|]|```|\s*$|-{3,}$).+")))

    def fenced(self):
        language = self.lines[self.position][3:].strip()
        self.position += 1
        body = []
        while self.position < len(self.lines) and not self.lines[self.position].startswith("```"):
            body.append(self.lines[self.position])
            self.position += 1
        self.position += 1
        return "<pre><code%s>%s</code></pre>" % (' class="%s"' % language if language else "",
                                                 html.escape("\n".join(body)))

    def list_at(self, indent):
        ordered = self.lines[self.position].lstrip()[0].isdigit()
        items = []
        while self.position < len(self.lines):
            m = re.match(r"(\s*)(\*|-|\d+\.)\s+(.*)", self.lines[self.position])
            if not m or len(m[1]) < indent or (len(m[1]) == indent and m[2][0].isdigit() != ordered):
                break
            if len(m[1]) > indent:
                items[-1] += self.list_at(len(m[1]))
                continue
            items.append(inline(m[3]))
            self.position += 1
        tag = "ol" if ordered else "ul"
        return "<%s>%s</%s>" % (tag, "".join("<li>%s</li>" % item for item in items), tag)

    def table(self):
        rows = [[cell.strip() for cell in m[0].strip().strip("|").split("|")] for m in self.while_matching(r"\|.*")]
        right = [cell.endswith(":") for cell in rows[1]] if len(rows) > 1 else []
        def row(cells, tag):
            return "<tr>%s</tr>" % "".join("<%s%s>%s</%s>" % (tag, ' align="right"' if r else "", inline(c), tag)
                                           for c, r in zip(cells, right))
        return "<table>%s%s</table>" % (row(rows[0], "th"), "".join(row(cells, "td") for cells in rows[2:]))


def convert(text):
    return "\n".join(Converter(text).blocks())


if __name__ == "__main__":
    print(convert(SAMPLE if "--demo" in sys.argv else (open(sys.argv[1]).read() if len(sys.argv) > 1
                                                       else sys.stdin.read())))
