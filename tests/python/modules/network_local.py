import http.client, http.server, json, socket, socketserver, ssl, threading, urllib.error, urllib.parse, urllib.request, email.message, http.cookies
from _show import show
show("""
urllib.parse.urlparse('http://u:p@host:80/a/b;c?q=1&r=2#f'), urllib.parse.urlparse('http://h/').port, urllib.parse.urlsplit('//h/p').netloc, urllib.parse.urljoin('http://a/b/c', '../d'), urllib.parse.quote('a b/ü'), urllib.parse.quote('a/b', safe=''), urllib.parse.quote_plus('a b&'), urllib.parse.unquote('a%20b%C3%BC'), urllib.parse.unquote_plus('a+b'), urllib.parse.urlencode({'a': 1, 'b': [2, 3]}, doseq=True), urllib.parse.parse_qs('a=1&a=2&b='), urllib.parse.parse_qsl('x=1&y=2'), urllib.parse.urlunparse(('http', 'h', '/p', '', 'q', '')), urllib.parse.urlparse('http://H:8080').hostname, urllib.parse.urldefrag('a#b'), urllib.parse.quote_from_bytes(b'\\xff')
urllib.parse.urlparse('http://h:99999').port
http.cookies.SimpleCookie('a=1; b="x y"')['b'].value, http.HTTPStatus.NOT_FOUND.phrase, http.HTTPStatus(200), socket.inet_aton('127.0.0.1'), socket.inet_ntoa(b'\\1\\2\\3\\4'), socket.htons(1), socket.AF_INET, socket.SOCK_STREAM, socket.inet_pton(socket.AF_INET6, '::1')[-1], socket.gethostbyname('127.0.0.1'), socket.getservbyname('http'), socket.has_ipv6
socket.inet_aton('x')
""", globals())
class H(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/missing": return self.send_error(404)
        if self.path == "/redirect": self.send_response(302); self.send_header("Location", "/ok"); self.end_headers(); return
        body = json.dumps({"path": self.path, "agent": self.headers.get("X-Test")}).encode()
        self.send_response(200); self.send_header("Content-Type", "application/json"); self.send_header("Content-Length", str(len(body))); self.end_headers(); self.wfile.write(body)
    def do_POST(self):
        data = self.rfile.read(int(self.headers["Content-Length"])); self.send_response(201); self.end_headers(); self.wfile.write(data.upper())
    def log_message(self, *a): pass
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), H); port = server.server_address[1]
t = threading.Thread(target=server.serve_forever, daemon=True); t.start(); base = f"http://127.0.0.1:{port}"
with urllib.request.urlopen(urllib.request.Request(base + "/x?y=1", headers={"X-Test": "v"})) as r: print(r.status, r.headers["Content-Type"], json.load(r), r.reason)
print(urllib.request.urlopen(base + "/redirect").read(), urllib.request.urlopen(base + "/p", data=b"abc").read())
try: urllib.request.urlopen(base + "/missing")
except urllib.error.HTTPError as e: print(e.code, e.reason, str(e))
c = http.client.HTTPConnection("127.0.0.1", port); c.request("GET", "/c"); r = c.getresponse(); print(r.status, r.version, r.getheader("Server").startswith("BaseHTTP"), r.read()); c.request("POST", "/", body="xyz"); print(c.getresponse().read()); c.close()
server.shutdown(); server.server_close()
try: urllib.request.urlopen(base, timeout=2)
except urllib.error.URLError as e: print(type(e.reason).__name__)
class Echo(socketserver.StreamRequestHandler):
    def handle(self):
        for line in self.rfile: self.wfile.write(line[::-1])
with socketserver.TCPServer(("127.0.0.1", 0), Echo) as s:
    threading.Thread(target=s.handle_request, daemon=True).start()
    with socket.create_connection(s.server_address, timeout=5) as k: k.sendall(b"abc\n"); k.shutdown(socket.SHUT_WR); print(k.recv(100), k.family.name, k.type.name, k.gettimeout())
a, b = socket.socketpair(); a.send(b"hello"); print(b.recv(2), b.recv_into(buf := bytearray(3)), buf, a.fileno() > 0, a.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE) == socket.SOCK_STREAM); b.settimeout(0.01)
try: b.recv(1)
except TimeoutError as e: print(type(e).__name__, e)
a.close(); print(b.recv(1)); b.close()
try: b.recv(1)
except OSError as e: print(e)
u = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); u.bind(("127.0.0.1", 0)); v = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); v.sendto(b"dgram", u.getsockname()); print(u.recvfrom(10)[0]); u.close(); v.close()
for bad in (lambda: socket.create_connection(("127.0.0.1", 1), timeout=1), lambda: socket.socket().connect(5), lambda: socket.socket().bind(("nope.invalid", 0)) if False else socket.getaddrinfo("127.0.0.1", "nosuchservice"), lambda: socket.socket(999)):
    try: bad(); print("ok")
    except Exception as e: print(type(e).__name__)
m = email.message.EmailMessage(); m["Subject"] = "Grüße"; m["From"] = "a@b.c"; m["To"] = "x@y.z"; m.set_content("Body é\n"); m.add_attachment(b"data", maintype="application", subtype="octet-stream", filename="f.bin")
text = m.as_string(); import email, email.policy; n = email.message_from_string(text, policy=email.policy.default); print(n["subject"], n.get_body().get_content(), [p.get_filename() for p in n.iter_attachments()], n.is_multipart(), n.get_content_type())
import email.utils, email.header; print(email.utils.parseaddr("A B <a@b.c>"), email.utils.formataddr(("Ä", "a@b.c")), email.utils.parsedate("Mon, 20 Nov 1995 19:12:08 -0500")[:6], email.header.decode_header("=?utf-8?q?caf=C3=A9?="), email.utils.format_datetime(__import__("datetime").datetime(2020, 1, 1)))
