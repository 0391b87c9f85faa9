# Native modules whose entry in sys.modules is gone go on working; made again they share types and state.
import sys, signal, zlib, time, termios, resource, socket, xml.etree.ElementTree as ET, locale, _csv, pyexpat
kept = {n: sys.modules.pop(n) for n in ("_signal", "zlib", "time", "termios", "resource", "_socket", "_elementtree", "_locale", "_csv", "pyexpat")}
def show(f):
    try: print(type(f()).__name__)
    except Exception as e: print(type(e).__name__, type(e).__module__)
show(lambda: zlib.decompress(b"x"))
show(lambda: termios.tcgetattr(0 if not sys.stdin or not sys.stdin.isatty() else 99))
show(lambda: resource.getrusage(0))
show(lambda: socket.getaddrinfo("127.0.0.1", "nosuchservice"))
show(lambda: socket.socketpair()[0].close())
show(lambda: ET.SubElement(ET.Element("a"), "b"))
show(lambda: locale.setlocale(0, "nowhere"))
show(lambda: time.gmtime(0))
show(lambda: pyexpat.ParserCreate().Parse("<a", True))
print(signal.getsignal(signal.SIGINT).__name__)
import _elementtree, _socket
print(_elementtree.Element is kept["_elementtree"].Element or sys.implementation.name == "cpython")
print(len(_elementtree.SubElement(_elementtree.Element("q"), "r")))
