# package: requests
import http.server, threading, requests
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.send_header("Content-Type", "application/json"); self.end_headers(); self.wfile.write(b'{"path": "%s"}' % self.path.encode())
    def log_message(self, *a): pass
server = http.server.HTTPServer(("127.0.0.1", 0), Handler); threading.Thread(target=server.serve_forever, daemon=True).start()
answer = requests.get("http://127.0.0.1:%d/x" % server.server_port, params={"a": "b c"}); print(answer.status_code, answer.json(), answer.headers["content-type"], answer.ok); server.shutdown()
