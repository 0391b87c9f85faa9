import argparse
import contextlib
import getopt
import io
import sys
p = argparse.ArgumentParser(prog="prog", description="A program.", epilog="The end.")
p.add_argument("file", help="the file")
p.add_argument("rest", nargs="*", type=int)
p.add_argument("-v", "--verbose", action="count", default=0, help="more words")
p.add_argument("-o", "--output", metavar="FILE", default="out", help="where to (default: %(default)s)")
p.add_argument("--level", type=int, choices=[1, 2, 3], required=False)
p.add_argument("--flag", action=argparse.BooleanOptionalAction, default=True)
p.add_argument("--add", action="append")
p.add_argument("--const", action="store_const", const=5)
p.add_argument("--version", action="version", version="%(prog)s 1.0")
g = p.add_mutually_exclusive_group(); g.add_argument("--yes", action="store_true"); g.add_argument("--no", dest="yes", action="store_false")
for line in ("x", "x 1 2 -vv", "x -o a --level 2 --no-flag", "x --add 1 --add 2 --const", "x --yes", "", "x --level 9", "x --level a", "x --nope", "x a", "x --yes --no", "x --verb", "x -vo out2", "-- -x", "x --output=z", "x --out z", "--version", "--help", "x --add"):
    err, out = io.StringIO(), io.StringIO()
    try:
        with contextlib.redirect_stderr(err), contextlib.redirect_stdout(out): ns = p.parse_args(line.split())
        print(repr(line), ns)
    except SystemExit as e: print(repr(line), "exit", e.code, out.getvalue(), err.getvalue())
sub = argparse.ArgumentParser(prog="git"); sp = sub.add_subparsers(dest="command", required=True, help="commands")
a = sp.add_parser("add", help="adds", aliases=["a"]); a.add_argument("what"); a.set_defaults(func="f_add")
c = sp.add_parser("commit"); c.add_argument("-m")
for line in ("add x", "a y", "commit -m msg", "", "push", "add"):
    try:
        with contextlib.redirect_stderr(err := io.StringIO()): print(line, sub.parse_args(line.split()))
    except SystemExit as e: print(line, "exit", e.code, err.getvalue())
print(p.format_usage(), sub.format_help(), p.parse_known_args(["x", "--zz", "5"]), argparse.Namespace(a=1), argparse.Namespace(a=1) == argparse.Namespace(a=1), vars(argparse.Namespace(b=2)))
n = argparse.ArgumentParser(); n.add_argument("-n", nargs="+"); n.add_argument("-q", nargs="?", const="c", default="d"); n.add_argument("-r", nargs=2); n.add_argument("--neg", type=float)
for line in ("-n a b -q", "-q x", "-r 1 2", "--neg -5", "-r 1", "-n"):
    try:
        with contextlib.redirect_stderr(err := io.StringIO()): print(line, n.parse_args(line.split()))
    except SystemExit as e: print(line, err.getvalue().splitlines()[-1].split(": ", 1)[1])
def positive(s):
    if int(s) < 0: raise argparse.ArgumentTypeError("negative!")
    return int(s)
t = argparse.ArgumentParser(prog="t", exit_on_error=False); t.add_argument("n", type=positive)
for line in (["5"], ["-5"], ["x"]):
    try: print(t.parse_args(line))
    except (argparse.ArgumentError, SystemExit) as e: print(type(e).__name__, e)
print(getopt.getopt(["-a", "-b", "v", "--long", "--val=x", "rest", "-z"], "ab:", ["long", "val="]), getopt.gnu_getopt(["rest", "-a"], "a"))
for args in ((["-z"], "a"), (["-b"], "b:"), (["--nope"], "", []), (["--val"], "", ["val="])):
    try: getopt.getopt(*args)
    except getopt.GetoptError as e: print(e, e.opt)
