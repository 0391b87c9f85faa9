# SPDX-License-Identifier: MIT
# The SQLite file that keeps every run: build/conformance/history.sqlite.

import json
import os
import sqlite3
import subprocess
import time

from common import BUILD, CPYTHON, ROOT

FOLDER = BUILD / "conformance"
SCHEMA = """
create table if not exists runs (id integer primary key, started text, interpreter text, version text, portable integer,
                                 scope text, commit_name text);
create table if not exists files (run integer, file text, seconds real, peak integer, note text, fixtures text,
                                  primary key (run, file)) without rowid;
create table if not exists outcomes (run integer, file text, id text, outcome text, seconds real, detail text,
                                     primary key (run, file, id)) without rowid;
"""


def connect():
    FOLDER.mkdir(parents=True, exist_ok=True)
    base = sqlite3.connect(FOLDER / "history.sqlite", timeout=60)
    base.executescript(SCHEMA)
    return base


def version_of(interpreter):
    try:
        done = subprocess.run([interpreter, "-V"], capture_output=True, text=True, timeout=20)
        return (done.stdout + done.stderr).strip()
    except (OSError, subprocess.TimeoutExpired):
        return "?"


def commit_name():
    done = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True)
    return done.stdout.strip()


def begin(base, interpreter, portable, scope):
    cursor = base.execute("insert into runs (started, interpreter, version, portable, scope, commit_name) values (?,?,?,?,?,?)",
                          (time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), os.path.realpath(interpreter),
                           version_of(interpreter), int(portable), scope, commit_name()))
    base.commit()
    return cursor.lastrowid


def store(base, run, outcome):
    base.execute("insert or replace into files values (?,?,?,?,?,?)", (
        run, outcome.name, outcome.seconds, outcome.peak, outcome.note, json.dumps(outcome.fixtures)))
    base.execute("delete from outcomes where run = ? and file = ?", (run, outcome.name))
    base.executemany("insert or replace into outcomes values (?,?,?,?,?,?)", [
        (run, outcome.name, name, kind, seconds, detail if kind not in ("pass",) else "")
        for name, (kind, seconds, detail) in outcome.methods.items()])
    base.commit()


def reference_run(base):
    """The run that holds python3.11's outcomes; files are added to it as they are needed."""
    row = base.execute("select id from runs where interpreter = ? and portable = 1 and scope = 'reference' order by id desc limit 1",
                       (os.path.realpath(CPYTHON),)).fetchone()
    return row[0] if row else begin(base, CPYTHON, True, "reference")


def files_of(base, run):
    return {row[0] for row in base.execute("select file from files where run = ?", (run,))}


def outcomes_of(base, run, file):
    """id -> (outcome, seconds, detail)"""
    rows = base.execute("select id, outcome, seconds, detail from outcomes where run = ? and file = ?", (run, file))
    return {name: (outcome, seconds, detail) for name, outcome, seconds, detail in rows}


def file_record(base, run, file):
    row = base.execute("select seconds, peak, note, fixtures from files where run = ? and file = ?",
                       (run, file)).fetchone()
    if row is None:
        return None
    return {"seconds": row[0], "peak": row[1], "note": row[2], "fixtures": json.loads(row[3])}


def latest_runs(base, count=8):
    """The last runs of interpreters that are not the reference, newest first."""
    rows = base.execute("select id, started, interpreter, version, scope, commit_name from runs where scope != 'reference' "
                        "order by id desc limit ?", (count,))
    return [dict(zip(("id", "started", "interpreter", "version", "scope", "commit"), row)) for row in rows]
