import html.parser, io, xml.dom.minidom, xml.etree.ElementTree as ET, xml.sax, xml.parsers.expat, xml.sax.saxutils
from _show import run
TEXT = '<?xml version="1.0"?><root a="1"><!-- c --><item id="x">text &amp; more</item>tail<item id="y"/><n:e xmlns:n="urn:n"><![CDATA[<raw>]]></n:e></root>'
run("""
r = ET.fromstring(TEXT); print(r.tag, r.attrib, [e.tag for e in r], r[0].text, r[0].tail, r.find('item').get('id'), [e.get('id') for e in r.findall('item')], r.findtext('item'), list(r.iter('item')) != [], r.find('{urn:n}e').text, len(r), r.find('none'), r.findall(".//item[@id='y']")[0].attrib)
---
print(ET.tostring(r), ET.tostring(r, encoding='unicode'))
---
e = ET.Element('a', x='1'); s = ET.SubElement(e, 'b'); s.text = 'é<'; s.tail = 't'; e.set('y', '"q"'); e.append(ET.Comment('c')); print(ET.tostring(e, 'unicode'), ET.tostring(e), ET.tostring(e, short_empty_elements=False)); ET.indent(e); print(ET.tostring(e, 'unicode')); e.remove(s); print(len(e), list(e.attrib), e.keys(), ET.iselement(e))
---
ET.fromstring('<a><b></a>')
---
ET.fromstring('')
---
ET.fromstring('<a>&undefined;</a>')
---
f = io.BytesIO(TEXT.encode()); print([(ev, el.tag) for ev, el in ET.iterparse(f, ['start', 'end'])])
---
t = ET.ElementTree(ET.fromstring('<a/>')); b = io.BytesIO(); t.write(b, encoding='utf-8', xml_declaration=True); print(b.getvalue(), t.getroot().tag)
---
p = ET.XMLPullParser(['end']); p.feed('<a><b/>'); print([e.tag for _, e in p.read_events()]); p.feed('</a>'); p.close(); print([e.tag for _, e in p.read_events()])
---
d = xml.dom.minidom.parseString(TEXT); print(d.documentElement.tagName, d.getElementsByTagName('item')[0].getAttribute('id'), d.documentElement.childNodes.length, d.documentElement.firstChild.nodeType); print(xml.dom.minidom.parseString('<a><b>x</b></a>').toprettyxml(indent=' '))
---
class H(xml.sax.ContentHandler):
    def startElement(self, n, a): print('start', n, dict(a))
    def endElement(self, n): print('end', n)
    def characters(self, c): print('chars', repr(c))
xml.sax.parseString('<a x="1">t<b/></a>', H())
---
xml.sax.parseString('<a', H())
---
p = xml.parsers.expat.ParserCreate(); p.StartElementHandler = lambda n, a: print('S', n, a); p.EndElementHandler = lambda n: print('E', n); p.CharacterDataHandler = lambda d: print('C', repr(d)); print(p.Parse('<a k="v">x</a>', True), p.CurrentLineNumber, xml.parsers.expat.ErrorString(3))
---
xml.parsers.expat.ParserCreate().Parse('<a>', True)
---
print(xml.sax.saxutils.escape('<&>'), xml.sax.saxutils.quoteattr('a"b'), xml.sax.saxutils.unescape('&lt;'))
---
class P(html.parser.HTMLParser):
    def handle_starttag(self, t, a): print('start', t, a)
    def handle_endtag(self, t): print('end', t)
    def handle_data(self, d): print('data', repr(d))
    def handle_comment(self, d): print('comment', d)
P().feed('<!DOCTYPE html><p class=x id="y">a &amp; b<br/><!-- c --></p><script>if (a<b) {}</script>')
""", globals())
