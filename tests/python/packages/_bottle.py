# package: bottle
import bottle, io
app = bottle.Bottle()
@app.route("/h/<name:re:[a-z]+>")
def hello(name): return bottle.template("Hi {{n}}% if n:\n!", n=name) if 0 else bottle.template("Hi {{n}}", n="<" + name)
environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/h/bob", "wsgi.errors": io.StringIO(), "wsgi.input": io.BytesIO()}
print(b"".join(app(environ, lambda status, headers, exc=None: print(status, sorted(headers)))))
