"""One Parquet file of events: `jalon run`, and `evaluate_arrow` of the Python module.

    python3 arrow.py JALON [CASES [ROUNDS]]

The file is made first: CASES cases (a million) of about ten events each on `schedules/teo/cpf-assiduite.jalon`, the cases one after the
other. Both bill it on one thread, in processes of their own that take turns; what counts is the processor time of each, start and end
included, as the median of the rounds, and its memory at the peak. The call alone is measured, too, in a third process that has read the
file before: what is left out is the start of Python and what pyarrow needs to read. Both must give the same lines, or nothing is measured
and the exit code is 1.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from decimal import Decimal
from pathlib import Path

import numpy
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

ROOT = Path(__file__).resolve().parent.parent
SCHEDULE = ROOT / "schedules" / "teo" / "cpf-assiduite.jalon"
AS_OF = "2027-12-31"
AT_ONCE = 100_000


def events(first, count):
    """The events of so many cases: sessions, and in the end the end or an abandonment."""
    dice = numpy.random.default_rng(first)
    sessions = dice.integers(4, 15, count)
    of_case = numpy.repeat(numpy.arange(count), sessions + 1)
    last = numpy.append(of_case[1:] != of_case[:-1], True)
    begins = numpy.cumsum(sessions + 1) - sessions - 1
    place = numpy.arange(len(of_case)) - begins[of_case]
    start = dice.integers(0, 700, count)
    day = numpy.datetime64("2025-01-01") + start[of_case] + place * 7
    abandoned = dice.random(count) < 0.6
    names = dice.integers(0, 2, len(of_case))
    quarters = dice.integers(1, 7, len(of_case))
    kinds = numpy.where(last, numpy.where(abandoned[of_case], 2, 1), 0)
    column = lambda codes, texts: pa.DictionaryArray.from_arrays(pa.array(codes, pa.int8()), texts).dictionary_decode()
    hours = pa.array([Decimal(number) / 4 for number in range(7)], pa.decimal128(6, 2)).take(pa.array(quarters))
    nothing = pa.array(last)
    return pa.table(
        {
            "case": pa.array([f"D-{number:08}" for number in range(first, first + count)]).take(pa.array(of_case)),
            "date": pa.array(day.astype("datetime64[D]")),
            "kind": column(kinds, ["action", "end", "abandonment"]),
            "name": pc.if_else(nothing, None, column(names, ["Formation", "Entretien"])),
            "hours": pc.if_else(nothing, None, hours),
        }
    )


def generate(file, cases):
    """Writes the file, and prints what it has."""
    count, writer = 0, None
    for first in range(0, cases, AT_ONCE):
        table = events(first, min(AT_ONCE, cases - first))
        writer = writer or pq.ParquetWriter(file, table.schema, compression="zstd")
        writer.write_table(table)
        count += len(table)
    writer.close()
    print(f"{count} events in {cases} cases, {os.path.getsize(file) / 1e6:.0f} MB of Parquet", flush=True)


def bill(file, out=None):
    """What a host does: reads the file, bills it, and has the lines."""
    import jalon

    schedules = jalon.compile(SCHEDULE.read_text("utf-8"))
    source = pq.ParquetFile(file)
    reader = pa.RecordBatchReader.from_batches(source.schema_arrow, source.iter_batches())
    answer = schedules.evaluate_arrow(reader, AS_OF)
    if out:
        pq.write_table(pa.table(answer.lines), out)


def call(file):
    """Prints the processor seconds of the call alone, the columns at hand."""
    import jalon

    schedules = jalon.compile(SCHEDULE.read_text("utf-8"))
    source = pq.ParquetFile(file)
    reader = pa.RecordBatchReader.from_batches(source.schema_arrow, list(source.iter_batches()))
    begun = time.process_time()
    schedules.evaluate_arrow(reader, AS_OF)
    print(time.process_time() - begun)


def compare(one, other):
    """Ends with an error if two files of lines differ; prints how many lines there are."""
    given = [pq.read_table(file) for file in (one, other)]
    if not given[0].cast(given[1].schema).equals(given[1]):
        sys.exit("the lines are not the same")
    print(f"{len(given[0])} lines, the same of both")


def apart(*arguments):
    """Does a part of this in a process of its own: what is measured afterwards begins with the peak of memory of the one that starts it."""
    subprocess.run([sys.executable, __file__, *arguments], check=True)


def child(command, out=os.devnull):
    """Processor seconds and the peak of memory, in bytes, of a process."""
    written = (os.POSIX_SPAWN_OPEN, 1, out, os.O_WRONLY | os.O_CREAT, 0o600)
    process = os.posix_spawn(command[0], command, os.environ, file_actions=[written])
    _, status, used = os.wait4(process, 0)
    if status:
        sys.exit(f"{command} failed")
    return used.ru_utime + used.ru_stime, used.ru_maxrss * 1024


def main(program, cases=1_000_000, rounds=5):
    with tempfile.TemporaryDirectory() as folder:
        file = os.path.join(folder, "events.parquet")
        apart("--generate", file, str(cases))
        run = [program, "run", "--schedule", str(SCHEDULE), "--as-of", AS_OF, "--events", file, "--threads", "1"]
        whole = [sys.executable, __file__, "--bill", file]
        lines = [os.path.join(folder, name) for name in ("run.parquet", "call.parquet")]
        child([*run, "--format", "parquet"], lines[0])
        child([*whole, lines[1]])
        apart("--compare", *lines)
        runs, wholes, calls = [], [], []
        for _ in range(rounds):
            runs.append(child(run))
            wholes.append(child(whole))
            alone = subprocess.run([sys.executable, __file__, "--call", file], check=True, capture_output=True, text=True)
            calls.append(float(alone.stdout))
        run_time, whole_time = (statistics.median(seconds for seconds, _ in taken) for taken in (runs, wholes))
        run_peak, whole_peak = (max(peak for _, peak in taken) / 1e6 for taken in (runs, wholes))
        call_time = statistics.median(calls)
        print("| measure | Python | jalon run | ratio | reach |")
        print("| --- | ---: | ---: | ---: | --- |")
        print(f"| `evaluate_arrow`, the columns at hand | {call_time:.2f} s | {run_time:.2f} s | {call_time / run_time:.2f} | ≤ 1.5 |")
        print(f"| the whole process, with pyarrow's reading | {whole_time:.2f} s | {run_time:.2f} s | {whole_time / run_time:.2f} | |")
        print(f"| memory at its peak | {whole_peak:.0f} MB | {run_peak:.0f} MB | {whole_peak / run_peak:.2f} | |")


if __name__ == "__main__":
    if sys.argv[1] == "--bill":
        bill(*sys.argv[2:])
    elif sys.argv[1] == "--call":
        call(sys.argv[2])
    elif sys.argv[1] == "--generate":
        generate(sys.argv[2], int(sys.argv[3]))
    elif sys.argv[1] == "--compare":
        compare(*sys.argv[2:])
    else:
        main(os.path.abspath(sys.argv[1]), *map(int, sys.argv[2:]))
