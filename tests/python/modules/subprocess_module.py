import os, subprocess, sys, time, select, selectors, socket
from subprocess import *
py = sys.executable
print(run(["echo", "hi"], capture_output=True, text=True), run("exit 3", shell=True).returncode, check_output(["printf", "a\\nb"]), call(["true"]), check_output("echo $X", shell=True, env={"X": "v"}), getoutput("echo out"), getstatusoutput("exit 2"))
for f in (lambda: run(["false"], check=True), lambda: check_output("echo e; exit 4", shell=True), lambda: run(["/nonexistent"]), lambda: run(["sleep", "5"], timeout=0.05), lambda: Popen([]), lambda: Popen("a", bufsize="x"), lambda: run(["true"], cwd="/nope"), lambda: run([py, "-c", "import os; os.kill(os.getpid(), 9)"], check=True), lambda: run(["true"], capture_output=True, stdout=PIPE)):
    try: print(f())
    except Exception as e: print(type(e).__name__, str(e).replace(py, "PY").split(" after ")[0][:150], getattr(e, "returncode", ""), getattr(e, "output", ""))
p = Popen(["cat"], stdin=PIPE, stdout=PIPE, text=True); print(p.communicate("line1\nline2"), p.returncode, p.poll(), p.args)
p = Popen([py, "-c", "import sys; sys.stderr.write('err'); print('out'); sys.exit(5)"], stdout=PIPE, stderr=PIPE); print(p.communicate(), p.wait())
p = Popen(["sh", "-c", "echo both; echo err >&2"], stdout=PIPE, stderr=STDOUT); print(p.stdout.read()); p.wait(); p.stdout.close()
p = Popen(["sleep", "30"]); p.terminate(); print(p.wait()); p = Popen(["sleep", "30"]); p.kill(); print(p.wait(), repr(p).startswith("<Popen"))
with Popen(["echo", "ctx"], stdout=PIPE) as p: print(p.stdout.read())
print(run([py, "-c", "import sys; print(sys.stdin.read())"], input="given", capture_output=True, text=True).stdout, run(["cat"], input=b"bytes", stdout=PIPE).stdout, run(["pwd"], cwd="/", stdout=PIPE, text=True).stdout, run(["true"], stdout=DEVNULL).returncode, subprocess.list2cmdline(["a b", "c"]))
r, w = os.pipe(); p = Popen(["echo", "to pipe"], stdout=w); os.close(w); p.wait(); print(os.read(r, 100)); os.close(r)
p = Popen([py, "-u", "-c", "for i in range(3): print(i)"], stdout=PIPE, text=True, bufsize=1); print([l for l in p.stdout], p.wait()); p.stdout.close()
p1 = Popen(["printf", "c\\na\\nb\\n"], stdout=PIPE); p2 = Popen(["sort"], stdin=p1.stdout, stdout=PIPE); p1.stdout.close(); print(p2.communicate()[0], p1.wait())
print(run([py, "-c", "print('é')"], capture_output=True, encoding="utf-8").stdout, run(["env"], env={}, capture_output=True).stdout[:0], run([py, "-c", "pass"], preexec_fn=lambda: None).returncode, run(["sh", "-c", "echo $0"], executable="/bin/sh", capture_output=True).stdout)
a, b = socket.socketpair(); s = selectors.DefaultSelector(); s.register(a, selectors.EVENT_READ, "data"); print(s.select(0)); b.send(b"x"); print([(k.data, m) for k, m in s.select(1)], a.recv(5), len(s.get_map())); s.unregister(a); s.close()
print(select.select([], [b], [], 0)[1] == [b], select.poll().poll(0)); po = select.poll(); po.register(b, select.POLLOUT); print(po.poll(0)[0][1] == select.POLLOUT); ep = select.epoll(); ep.register(b.fileno(), select.EPOLLOUT); print(ep.poll(0)[0][1] == select.EPOLLOUT); ep.close()
a.close(); b.close()
import multiprocessing
def child(q, n): q.put(n * 2)
if __name__ == "__main__":
    ctx = multiprocessing.get_context("fork"); q = ctx.Queue(); ps = [ctx.Process(target=child, args=(q, i)) for i in range(3)]; [x.start() for x in ps]; print(sorted(q.get() for _ in ps)); [x.join() for x in ps]; print([x.exitcode for x in ps])
    with ctx.Pool(2) as pool: print(pool.map(abs, [-1, 2]), pool.apply(pow, (2, 3)))
    c1, c2 = ctx.Pipe(); c1.send({"k": [1]}); print(c2.recv(), c1.poll()); v = ctx.Value("i", 5); print(v.value)
