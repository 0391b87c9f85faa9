# package: bs4
from bs4 import BeautifulSoup
text = "<html><body><p class='a b'>One<b>two</b><p>Three &amp; &eacute;<table><tr><td>x</table><!-- c --></body>"
for parser in ("html.parser", "html5lib"):
    soup = BeautifulSoup(text, parser)
    print(soup.prettify(), soup.p["class"], [t.name for t in soup.find_all(True)], soup.get_text("|"), soup.select("p.a > b"))
