"""Event lines in, invoice lines out: this program, Python with Decimal, and DuckDB.

    python3 end_to_end.py JALON PYTHON EVENTS.ndjson [ROUNDS]

JALON is the program, PYTHON an interpreter that has duckdb. Each reads the same file and writes its
lines to a file, in one thread; they take turns, and what counts is the processor time of each process,
start and end included, as the median of the rounds. All three must give the same lines, or nothing is
measured and the exit code is 1. Prints rows of `| measure | value | reach | excellent |`.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

AS_OF = "2027-12-31"
HERE = Path(__file__).resolve().parent
SCHEDULES = HERE.parent.parent / "schedules" / "teo"


def processor_seconds(command, out, log):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with open(out, "wb") as output, open(log, "wb") as errors:
        done = subprocess.run(command, stdout=output, stderr=errors)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        sys.exit(f"{command} failed:\n{Path(log).read_text(errors='replace')}")
    return (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)


def lines_of(file):
    fields = ("case", "schedule", "date", "line", "label", "amount", "currency")
    with open(file, encoding="utf-8") as lines:
        return sorted(tuple(json.loads(line)[field] for field in fields) for line in lines)


def must_agree(name, own, other):
    if own != other:
        missing = sorted(set(own) - set(other))[:3]
        extra = sorted(set(other) - set(own))[:3]
        sys.exit(f"{name} disagrees: it lacks {missing}, and has {extra}")


def main(jalon, python, events, rounds="5"):
    with tempfile.TemporaryDirectory() as folder:
        names = ("jalon", "python", "duckdb")
        lines = {name: os.path.join(folder, f"{name}.ndjson") for name in names}
        log = os.path.join(folder, "log")
        by_python = [python, str(HERE / "decimal_billing.py"), events, AS_OF, lines["python"]]
        by_duckdb = [python, str(HERE / "duckdb_billing.py"), events, AS_OF, lines["duckdb"]]
        by_jalon = [jalon, "run", "--schedule", str(SCHEDULES), "--events", events]
        by_jalon += ["--as-of", AS_OF, "--threads", "1"]
        # This program writes to standard output, the others to the file that they are given.
        commands = {
            "jalon": (by_jalon, lines["jalon"]),
            "python": (by_python, log + ".out"),
            "duckdb": (by_duckdb, log + ".out"),
        }
        for command, out in commands.values():
            processor_seconds(command, out, log)
        own = lines_of(lines["jalon"])
        if len(own) == 0:
            sys.exit("no line at all: there is nothing to compare")
        must_agree("Python", own, lines_of(lines["python"]))
        must_agree("DuckDB", own, lines_of(lines["duckdb"]))
        times = {name: [] for name in commands}
        for _ in range(int(rounds)):
            for name, (command, out) in commands.items():
                times[name].append(processor_seconds(command, out, log))
        medians = {name: statistics.median(taken) for name, taken in times.items()}
    size = os.path.getsize(events) / 1e6
    what = f"NDJSON ({size:.0f} MB) to lines, one thread"
    print(f"| {what}: jalon | {medians['jalon']:.2f} s | | |")
    for name, title, reach, excellent in (
        ("duckdb", "DuckDB", 5, 8),
        ("python", "Python, Decimal", 25, 40),
    ):
        ratio = medians[name] / medians["jalon"]
        print(
            f"| {what}: {title} ({medians[name]:.2f} s) ÷ jalon"
            f" | {ratio:.1f} × | {reach} × | {excellent} × |"
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
