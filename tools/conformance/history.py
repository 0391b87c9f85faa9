# SPDX-License-Identifier: MIT
# What every run found: build/conformance/history.sqlite, and the same as lines of JSON in build/conformance/runs.

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
                                     peak integer, primary key (run, file, id)) without rowid;
"""


def connect():
    FOLDER.mkdir(parents=True, exist_ok=True)
    base = sqlite3.connect(FOLDER / "history.sqlite", timeout=300)
    base.executescript(SCHEMA)
    if "peak" not in {row[1] for row in base.execute("pragma table_info(outcomes)")}:
        base.execute("alter table outcomes add column peak integer")
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
    base.executemany(
        "insert or replace into outcomes (run, file, id, outcome, seconds, detail, peak) values (?,?,?,?,?,?,?)",
        [(run, outcome.name, name, kind, seconds, detail if kind != "pass" else "", outcome.peaks.get(name, 0))
         for name, (kind, seconds, detail) in outcome.methods.items()])
    base.commit()
    store_lines(run, outcome)


def store_lines(run, outcome):
    """One line for the file, one for each method."""
    lines = [{"file": outcome.name, "seconds": round(outcome.seconds, 3), "peak": outcome.peak, "note": outcome.note,
              "fixtures": outcome.fixtures, "starts": outcome.starts, "listed": outcome.listed}]
    for name, (kind, seconds, detail) in outcome.methods.items():
        entry = {"id": name, "outcome": kind, "seconds": round(seconds, 3), "peak": outcome.peaks.get(name, 0)}
        if kind != "pass" and detail:
            entry["detail"] = detail
        lines.append(entry)
    (FOLDER / "runs").mkdir(exist_ok=True)
    with open(FOLDER / "runs" / ("%d.jsonl" % run), "a", encoding="utf-8", errors="backslashreplace") as file:
        file.write("".join(json.dumps(line) + "\n" for line in lines))


def reference_run(base):
    """The run that holds python3.11's outcomes; files are added to it as they are needed."""
    row = base.execute("select id from runs where interpreter = ? and portable = 1 and scope = 'reference' order by id desc limit 1",
                       (os.path.realpath(CPYTHON),)).fetchone()
    return row[0] if row else begin(base, CPYTHON, True, "reference")


def reference_seconds(base):
    """file -> the seconds that python3.11 needed."""
    return dict(base.execute("select file, seconds from files where run = ?", (reference_run(base),)))


def files_of(base, run):
    return {row[0] for row in base.execute("select file from files where run = ?", (run,))}


def outcomes_of(base, run, file):
    """id -> (outcome, seconds, detail)"""
    rows = base.execute("select id, outcome, seconds, detail from outcomes where run = ? and file = ?", (run, file))
    return {name: (outcome, seconds, detail) for name, outcome, seconds, detail in rows}


def peaks_of(base, run, file):
    """id -> peak resident bytes."""
    return dict(base.execute("select id, coalesce(peak, 0) from outcomes where run = ? and file = ?", (run, file)))


def file_record(base, run, file):
    row = base.execute("select seconds, peak, note, fixtures from files where run = ? and file = ?",
                       (run, file)).fetchone()
    if row is None:
        return None
    return {"seconds": row[0], "peak": row[1], "note": row[2], "fixtures": json.loads(row[3])}


def latest_runs(base, count=8, version=None):
    """The last runs that are not the reference, newest first; of one interpreter if its version is given."""
    rows = base.execute(
        "select id, started, interpreter, version, scope, commit_name from runs where scope != 'reference' "
        "and (?1 is null or version = ?1) order by id desc limit ?2", (version, count))
    return [dict(zip(("id", "started", "interpreter", "version", "scope", "commit"), row)) for row in rows]


def shares_of(base, run, reference):
    """file -> (good, wanted) of one run beside the reference."""
    rows = base.execute("""
        select r.file, sum(coalesce(o.outcome in ('pass', 'expected failure'), 0)), count(*)
        from files f join outcomes r on r.run = ?2 and r.file = f.file and r.outcome in ('pass', 'expected failure')
        left join outcomes o on o.run = ?1 and o.file = r.file and o.id = r.id
        where f.run = ?1 group by r.file""", (run, reference))
    return {file: (good, wanted) for file, good, wanted in rows}
