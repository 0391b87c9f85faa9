import io
import logging
import logging.handlers
import sys
stream = io.StringIO()
h = logging.StreamHandler(stream); h.setFormatter(logging.Formatter("%(levelname)s:%(name)s:%(funcName)s:%(message)s"))
log = logging.getLogger("app.sub"); log.addHandler(h); log.setLevel(logging.DEBUG); log.propagate = False
def work():
    log.debug("d %s", 1); log.info("i %d %s", 2, "x"); log.warning("w"); log.error("e %(k)s", {"k": 5}); log.critical("c"); log.log(15, "custom")
    try: 1 / 0
    except ZeroDivisionError: log.exception("exc")
work(); print(stream.getvalue().replace(__file__, "FILE"))
print(log.name, log.level, log.getEffectiveLevel(), log.isEnabledFor(10), log.parent.name, logging.getLogger("app.sub") is log, logging.getLevelName(10), logging.getLevelName("INFO"), repr(log), logging.getLogger("app"), log.hasHandlers())
log.setLevel("WARNING"); stream.truncate(0); stream.seek(0); log.info("hidden"); log.warning("seen"); print(repr(stream.getvalue()))
class F(logging.Filter):
    def filter(self, r): r.msg = "filtered " + str(r.msg); return "no" not in r.msg
log.addFilter(F()); log.warning("a"); log.warning("no"); print(repr(stream.getvalue()))
fmt = logging.Formatter("{levelname} {message}", style="{"); print(fmt.format(logging.LogRecord("n", 20, "p", 1, "m %s", ("a",), None)), logging.Formatter("$message", style="$").format(logging.makeLogRecord({"msg": "x"})))
mem = logging.handlers.MemoryHandler(10, target=h); mem.emit(logging.makeLogRecord({"msg": "buffered", "levelno": 30, "levelname": "WARNING", "name": "m"})); mem.flush(); print(stream.getvalue().splitlines()[-1])
ad = logging.LoggerAdapter(log, {"extra": 1}); print(ad.process("m", {}))
logging.basicConfig(stream=sys.stdout, format="%(levelname)s %(message)s", level=logging.INFO, force=True); logging.info("root info"); logging.debug("hidden"); logging.warning("root warn")
logging.disable(logging.WARNING); logging.warning("disabled"); logging.disable(logging.NOTSET)
import logging.config
logging.config.dictConfig({"version": 1, "formatters": {"f": {"format": "CFG %(message)s"}}, "handlers": {"h": {"class": "logging.StreamHandler", "formatter": "f", "stream": "ext://sys.stdout"}}, "root": {"handlers": ["h"], "level": "DEBUG"}})
logging.debug("configured"); logging.addLevelName(25, "NOTICE"); logging.log(25, "x"); print(logging.getLevelName(25), logging.root.handlers[0].formatter._fmt)
for bad in (lambda: log.setLevel("NOPE"), lambda: logging.getLogger(5), lambda: logging.Formatter("%(x)", style="q"), lambda: logging.Formatter("bad {", style="{") if False else logging.Formatter("nothing", style="%")):
    try: bad(); print("ok")
    except Exception as e: print(type(e).__name__, e)
