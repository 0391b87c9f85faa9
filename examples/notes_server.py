"""A tiny JSON API over HTTP: notes_server.py [PORT]. With --demo it serves on a free port and tests itself.

    GET /notes            POST /notes {"text": ...}
    GET /notes/ID         DELETE /notes/ID
"""
import http.server
import itertools
import json
import re
import sys
import threading
import urllib.error
import urllib.request


class Notes:
    def __init__(self):
        self.lock = threading.Lock()
        self.numbers = itertools.count(1)
        self.table = {}

    def add(self, text):
        with self.lock:
            number = next(self.numbers)
            self.table[number] = {"id": number, "text": text}
            return self.table[number]


class Handler(http.server.BaseHTTPRequestHandler):
    routes = [("GET", r"/notes", "list_notes"), ("POST", r"/notes", "create"),
              ("GET", r"/notes/(\d+)", "read"), ("DELETE", r"/notes/(\d+)", "delete")]

    def dispatch(self):
        matched = False
        for method, pattern, name in self.routes:
            found = re.fullmatch(pattern, self.path)
            matched = matched or found
            if found and method == self.command:
                return getattr(self, name)(*found.groups())
        self.answer(405 if matched else 404, {"error": "method not allowed" if matched else "not found"})

    do_GET = do_POST = do_DELETE = do_PUT = dispatch

    def list_notes(self):
        self.answer(200, sorted(self.server.notes.table.values(), key=lambda note: note["id"]))

    def create(self):
        try:
            data = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
            self.answer(201, self.server.notes.add(data["text"]))
        except (ValueError, KeyError, TypeError) as error:
            self.answer(400, {"error": f"{type(error).__name__}: {error}"})

    def read(self, number):
        note = self.server.notes.table.get(int(number))
        self.answer(200 if note else 404, note or {"error": "no such note"})

    def delete(self, number):
        gone = self.server.notes.table.pop(int(number), None)
        self.answer(200 if gone else 404, {"deleted": bool(gone)})

    def answer(self, status, data):
        body = json.dumps(data).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


def make_server(port):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.notes = Notes()
    return server


def call(base, method, path, data=None):
    body = data if isinstance(data, (bytes, type(None))) else json.dumps(data).encode()
    request = urllib.request.Request(base + path, data=body, method=method)
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return response.status, json.load(response)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def demo():
    server = make_server(0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = "http://127.0.0.1:%d" % server.server_address[1]
    for request in (("GET", "/notes"), ("POST", "/notes", {"text": "first"}), ("POST", "/notes", {"text": "zweite ü"}),
                    ("GET", "/notes"), ("GET", "/notes/2"), ("DELETE", "/notes/1"), ("GET", "/notes/1"),
                    ("PUT", "/notes"),
                    ("GET", "/other"), ("POST", "/notes", b"{bad"), ("POST", "/notes", {})):
        print(*request, "->", *call(base, *request))
    threads = [threading.Thread(target=call, args=(base, "POST", "/notes", {"text": str(i)})) for i in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(len(call(base, "GET", "/notes")[1]), sorted(note["text"] for note in server.notes.table.values())[:3])
    server.shutdown()
    server.server_close()


if __name__ == "__main__":
    if "--demo" in sys.argv:
        demo()
    else:
        make_server(int(sys.argv[1]) if len(sys.argv) > 1 else 8000).serve_forever()
