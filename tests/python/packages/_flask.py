# package: flask
from flask import Flask, request, jsonify, render_template_string, session
app = Flask("app"); app.secret_key = "k"
@app.route("/u/<int:n>", methods=["GET", "POST"])
def user(n):
    session["n"] = n
    return jsonify(n=n, form=request.form.to_dict(), args=request.args.to_dict())
@app.route("/t")
def page(): return render_template_string("{{ x }} {{ session.get('n') }} {{ url_for('user', n=3) }}", x="<b>")
@app.errorhandler(404)
def missing(error): return "none: %s" % error, 404
c = app.test_client(); print(c.post("/u/5?a=b", data={"k": "v"}).data, c.get("/t").data, c.get("/zz").data, c.get("/u/5").headers["Content-Type"], app.url_map)
