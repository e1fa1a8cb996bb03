"""Several executors bill what one machine bills, also where one of them is killed in the middle of its work."""

import datetime
import os
import random
import signal
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet
import pytest
from in_spark import bill, columns_of, whole_cases
from pyspark import TaskContext
from pyspark.sql import SparkSession

import jalon

SOURCE = """schedule "Talks"
  price per action, in EUR
    action "Talk" hourly 70.10
    action "Journey" flat 12
  balance "Month": work itemised on month end, stays open
  balance "Closing": work on end
"""
AS_OF = datetime.date(2025, 12, 31)
CASES = 1_500
EXECUTORS = 3


def events():
    """Rows of all cases, mixed; their numbers say how they follow one another. Of every 50th case one cannot be billed."""
    made = random.Random(1)
    rows = []
    for case in range(CASES):
        name = f"D-{case:05}"
        for _ in range(made.randrange(2, 30)):
            day = datetime.date(2025, 1, 1) + datetime.timedelta(made.randrange(300))
            talk = made.random() < 0.8
            hours = Decimal(made.randrange(1, 30)) / 4 if talk else None
            rows.append((name, day, "action", "Talk" if talk else "Journey", hours))
        if case % 50 == 7:
            rows.append((name, AS_OF, "action", "Lunch", None))
        if case % 3:
            rows.append((name, datetime.date(2025, 12, 1), "end", None, None))
    made.shuffle(rows)
    columns = ["case", "date", "kind", "name", "hours", "number"]
    types = [pa.string(), pa.date32(), pa.string(), pa.string(), pa.decimal128(8, 2), pa.int64()]
    numbered = [(*row, number) for number, row in enumerate(rows)]
    return pa.Table.from_pylist([dict(zip(columns, row)) for row in numbered], pa.schema(list(zip(columns, types))))


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    folder = tmp_path_factory.mktemp("events")
    table = events()
    # Cases are scattered over files, too.
    for part in range(8):
        pa.parquet.write_table(table.take(pa.array(range(part, len(table), 8))), folder / f"{part}.parquet")
    return folder


@pytest.fixture(scope="module")
def one_machine():
    """Lines of each case, and why cases are withheld."""
    answer = jalon.compile(SOURCE).evaluate_arrow(events().drop_columns(["number"]), AS_OF)
    lines = {}
    for line in pa.table(answer.lines).to_pylist():
        lines.setdefault(line["case"], []).append(line)
    withheld = {row["case"]: row["message"] for row in pa.table(answer.withheld).to_pylist()}
    assert len(withheld) == CASES // 50 and len(lines) == CASES - CASES // 50
    return lines, withheld


@pytest.fixture(scope="module")
def spark():
    """A master, and workers with an executor each: processes of their own on this machine."""
    folder = str(Path(__file__).parent)
    session = (
        SparkSession.builder.master(f"local-cluster[{EXECUTORS},1,1024]")
        .config("spark.executorEnv.PYTHONPATH", folder)
        .config("spark.sql.shuffle.partitions", 2 * EXECUTORS)
        # So little data would else be put together into one share.
        .config("spark.sql.adaptive.enabled", "false")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", 1_000)
        .config("spark.ui.enabled", "false")
        .getOrCreate()
    )
    yield session
    session.stop()


def executor():
    """The process that this task is part of."""
    daemon = Path(f"/proc/{os.getppid()}/stat").read_text()
    process = int(daemon.rsplit(")", 1)[1].split()[1])
    assert b"CoarseGrainedExecutorBackend" in Path(f"/proc/{process}/cmdline").read_bytes()
    return process


def noting(room, kills):
    """Passes batches on and notes in a folder which executor did what; the first that passes its second batch is killed."""

    def passed(batches):
        task, process = TaskContext.get(), executor()
        (room / f"share-{task.partitionId()}-{task.attemptNumber()}-{process}").touch()
        for number, batch in enumerate(batches):
            yield batch
            if kills and number == 1:
                try:
                    (room / "killed").touch(exist_ok=False)
                except FileExistsError:
                    continue
                (room / f"killed-{process}").touch()
                os.kill(process, signal.SIGKILL)

    return passed


@pytest.mark.parametrize("kills", [False, True], ids=["all live", "one executor is killed"])
def test_lines_are_those_of_one_machine(spark, file, one_machine, tmp_path, kills):
    billed = bill(spark.read.parquet(str(file)), SOURCE, AS_OF, order="number", rows=1_500)
    rows = [row.asDict() for row in billed.mapInArrow(noting(tmp_path, kills), billed.schema).collect()]
    lines, withheld = {}, {}
    for row in rows:
        why = row.pop("withheld")
        if why is None:
            lines.setdefault(row["case"], []).append(row)
        else:
            assert row["case"] not in withheld
            withheld[row["case"]] = why
    # Of each case the same lines, with their ids, in the same order; and no case that was billed twice.
    assert (lines, withheld) == one_machine
    shares = [name.name.split("-")[1:] for name in tmp_path.glob("share-*")]
    assert len({process for _, _, process in shares}) >= 2
    killed = [name.name.split("-")[1] for name in tmp_path.glob("killed-*")]
    assert len(killed) == int(kills)
    # What the killed one had begun was begun anew, by others.
    begun = {share for share, _, process in shares if process in killed}
    assert all(any(one == share and process not in killed for one, _, process in shares) for share in begun)
    assert bool(begun) == kills


def test_an_event_without_a_case_ends_the_job(spark, file):
    told = spark.read.parquet(str(file)).selectExpr("if(number = 77, null, `case`) as `case`", "date", "kind", "name", "hours")
    with pytest.raises(Exception, match="could belong to any"):
        bill(told, SOURCE, AS_OF).collect()


def test_tables_hold_whole_cases():
    table = events().sort_by([("case", "ascending"), ("number", "ascending")])
    for size in (1, 1_000):
        pieces = list(whole_cases(table.to_batches(max_chunksize=size), 500))
        assert pa.concat_tables(pieces).equals(table) and len(pieces) > 10
        seen = [set(piece["case"].to_pylist()) for piece in pieces]
        assert sum(map(len, seen)) == CASES
    assert columns_of(jalon.compile(SOURCE), AS_OF).field("amount").type == pa.decimal128(23, 4)
