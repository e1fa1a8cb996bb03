"""Events and lines as columns: what each library holds gives the lines that dicts give."""

import datetime
import json
from decimal import Decimal

import duckdb
import pandas
import polars
import pyarrow as pa
import pytest
from test_conformance import FOLDER

import jalon

SCHEDULE = """schedule "Talks"
  price per action, in EUR
    action "Talk" hourly 10
  balance "Work": work on end
"""
TALKS = [
    {"case": "A", "date": datetime.date(2025, 1, 2), "kind": "action", "name": "Talk", "hours": Decimal("1.50")},
    {"case": "B", "date": datetime.date(2025, 1, 3), "kind": "action", "name": "Talk", "hours": Decimal("0.25")},
    {"case": "A", "date": datetime.date(2025, 2, 2), "kind": "end", "name": None, "hours": None},
    {"case": "B", "date": datetime.date(2025, 2, 3), "kind": "end", "name": None, "hours": None},
]


@pytest.fixture(scope="module")
def talks():
    return jalon.compile(SCHEDULE)


def rows(table):
    return pa.table(table).to_pylist()


def same(rows, lines):
    """Rows of columns beside lines that are dicts."""
    assert len(rows) == len(lines)
    for row, line in zip(rows, lines):
        line = dict(line)
        trigger = line.pop("trigger")
        told = {key: value for key, value in row.items() if value is not None}
        for column, field in [("trigger_kind", "kind"), ("trigger_date", "date"), ("trigger_name", "name"), ("trigger_id", "id")]:
            told_value = told.pop(column, None)
            assert (None if told_value is None else str(told_value)) == trigger.get(field), column
        if str(line.get("unit_price", "")).endswith("%"):
            line.pop("unit_price")
        assert told.keys() == line.keys(), (told, line)
        for key, value in told.items():
            if isinstance(value, Decimal):
                assert value == Decimal(line[key]), key
            else:
                assert str(value) == str(line[key]), key


def holders():
    table = pa.Table.from_pylist(TALKS)
    large = table.cast(pa.schema([f.with_type(pa.large_string()) if f.type == pa.string() else f for f in table.schema]))
    coded = table.set_column(2, "kind", table["kind"].dictionary_encode())
    text = table.set_column(1, "date", table["date"].cast(pa.string()))
    moments = table.set_column(1, "date", table["date"].cast(pa.timestamp("us")))
    double = table.set_column(4, "hours", table["hours"].cast(pa.float64()))
    small = pa.concat_tables([table.slice(n, 1) for n in range(4)])
    frame = table.to_pandas()
    connection = duckdb.connect()
    connection.register("talks", table)
    return {
        "pyarrow": table,
        "pyarrow, large": large,
        "pyarrow, dictionary": coded,
        "pyarrow, text days": text,
        "pyarrow, moments": moments,
        "pyarrow, doubles": double,
        "pyarrow, row by row": small,
        "pyarrow, views": table.cast(pa.schema([f.with_type(pa.string_view()) if f.type == pa.string() else f for f in table.schema])),
        "pyarrow, reader": pa.RecordBatchReader.from_batches(table.schema, iter(small.to_batches())),
        "pyarrow, batch": table.to_batches()[0],
        "pyarrow, date64": table.set_column(1, "date", table["date"].cast(pa.date64())),
        "polars": polars.from_arrow(table),
        "polars, categories": polars.from_arrow(table).with_columns(polars.col("kind").cast(polars.Categorical)),
        "pandas": frame,
        "pandas, moments": frame.assign(date=pandas.to_datetime(frame["date"])),
        "duckdb": connection.sql("select * from talks"),
    }


@pytest.mark.parametrize("name", list(holders()))
def test_every_holder_gives_the_same(talks, name):
    expected = talks.evaluate(TALKS, "2025-12-31")
    assert [line["amount"] for line in expected.lines] == ["15.00", "2.50"]
    answer = talks.evaluate_arrow(holders()[name], "2025-12-31")
    assert (answer.billed, answer.held, len(answer.withheld)) == (2, 0, 0)
    same(rows(answer.lines), expected.lines)


def test_conformance_as_columns():
    """Events of conformance whose fields columns can hold, all as texts."""
    for call in (FOLDER / "calls").read_text("utf-8").splitlines():
        what, name, lang, as_of, *files = call.split(" ")
        if what != "evaluate":
            continue
        schedules = jalon.compile({file: (FOLDER / name / file).read_bytes() for file in files}, lang=lang)
        lines = (FOLDER / name / "events.ndjson").read_text("utf-8").splitlines()
        events = [json.loads(line) for line in lines]
        sound = {row["case"] for row in schedules.evaluate(events, as_of).withheld}
        fields = sorted({field for event in events for field in event})
        events = [event for event in events if isinstance(event.get("case"), str) and event["case"] not in sound]
        texts = [{field: None if event.get(field) is None else event[field] if isinstance(event[field], str)
                  else json.dumps(event[field]) for field in fields} for event in events]
        table = pa.Table.from_pylist(texts, pa.schema([(field, pa.string()) for field in fields]))
        # A column that is null in every row is none.
        table = table.select([field for field in fields if table[field].null_count < len(table)])
        answer = schedules.evaluate_arrow(table, as_of, threads=2)
        assert rows(answer.withheld) == []
        same(rows(answer.lines), schedules.evaluate(events, as_of).lines)


def test_lines_are_read_by_every_library(talks):
    lines = talks.evaluate_arrow(pa.Table.from_pylist(TALKS), "2025-12-31").lines
    schema = pa.table(lines).schema
    assert schema.field("amount").type == pa.decimal128(23, 4)
    assert schema.field("date").type == pa.date32()
    assert polars.DataFrame(lines)["amount"].to_list() == [Decimal("15.0000"), Decimal("2.5000")]
    assert duckdb.sql("select sum(amount)::decimal(18, 2) from lines").fetchall() == [(Decimal("17.50"),)]
    # Again, as often as one likes.
    assert len(lines) == len(pa.table(lines)) == len(pa.table(lines)) == 2


def test_withheld_cases_are_a_table(talks):
    bad = [*TALKS, {"case": "C", "date": datetime.date(2025, 1, 1), "kind": "lunch", "name": None, "hours": None}]
    answer = talks.evaluate_arrow(pa.Table.from_pylist(bad), "2025-12-31")
    expected = talks.evaluate(bad, "2025-12-31")
    (row,) = rows(answer.withheld)
    assert (row["case"], row["batch"], row["line"]) == ("C", 1, 5)
    assert row["message"] == expected.withheld[0]["message"]
    assert (answer.billed, answer.held) == (2, 1)
    # A row whose case cannot be read could be of any.
    loose = pa.Table.from_pylist([*TALKS, {**TALKS[0], "case": None}])
    answer = talks.evaluate_arrow(loose, "2025-12-31")
    assert (answer.billed, answer.held, len(answer.lines), len(answer.withheld)) == (0, 2, 0, 3)
    answer = talks.evaluate_arrow(loose, "2025-12-31", skip_unreadable=True)
    assert (answer.billed, answer.held, len(answer.withheld)) == (2, 0, 1)


def test_dust_and_moments_withhold(talks):
    table = pa.Table.from_pylist(TALKS)
    dust = table.set_column(4, "hours", pa.array([0.1 + 0.2, float("nan"), None, None]))
    answer = talks.evaluate_arrow(dust, "2025-12-31")
    assert (answer.billed, answer.held) == (0, 2)
    late = pa.array([datetime.datetime(2025, 1, 2, 14)] * 4, pa.timestamp("ns"))
    answer = talks.evaluate_arrow(table.set_column(1, "date", late), "2025-12-31")
    assert answer.held == 2 and "a moment is not a day" in rows(answer.withheld)[0]["message"]
    zoned = table.set_column(1, "date", table["date"].cast(pa.timestamp("us", "UTC")))
    dicts = [{**talk, "date": talk["date"].isoformat() + "T00:00:00Z"} for talk in TALKS]
    same(rows(talks.evaluate_arrow(zoned, "2025-12-31").lines), talks.evaluate(dicts, "2025-12-31").lines)


def test_wrong_tables_are_errors(talks):
    table = pa.Table.from_pylist(TALKS)
    for wrong, message in [
        (table.drop_columns(["case"]), "case"),
        (table.append_column("dose", pa.array([1, 2, 3, 4])), "dose"),
        (table.append_column("hours", table["hours"]), "hours"),
        (table.set_column(1, "date", pa.array([True] * 4)), "date"),
        (table.set_column(0, "case", pa.array([[1]] * 4)), "case"),
        (table.set_column(0, "case", pa.nulls(4)), "case"),
    ]:
        with pytest.raises(jalon.JalonError, match=message):
            talks.evaluate_arrow(wrong, "2025-12-31")
    for wrong in [TALKS, None, 1, "events"]:
        with pytest.raises(TypeError):
            talks.evaluate_arrow(wrong, "2025-12-31")
    reader = pa.RecordBatchReader.from_batches(table.schema, iter(table.to_batches()))
    talks.evaluate_arrow(reader, "2025-12-31")
    # A reader has been read.
    assert talks.evaluate_arrow(reader, "2025-12-31").billed == 0

    class Fake:
        def __arrow_c_stream__(self, requested_schema=None):
            return "no capsule"

    with pytest.raises(TypeError):
        talks.evaluate_arrow(Fake(), "2025-12-31")
    with pytest.raises(jalon.JalonError):
        talks.evaluate_arrow(table, "31/12/2025")
    assert talks.evaluate_arrow(table.slice(0, 0), "2025-12-31").billed == 0


def test_texts_that_are_none_are_errors(talks):
    """Bytes that are no UTF-8 in a column that says so: nothing of the host's is trusted."""
    for kind in [pa.string(), pa.large_string()]:
        good = pa.array(["A", "B", "A", "B"], kind)
        validity, offsets, _ = good.buffers()
        bad = pa.Array.from_buffers(kind, 4, [validity, offsets, pa.py_buffer(b"\xff\xfe\xff\xff")])
        table = pa.Table.from_pylist(TALKS).set_column(0, "case", bad)
        with pytest.raises(jalon.JalonError):
            talks.evaluate_arrow(table, "2025-12-31")


def test_a_stream_that_fails_is_an_error(talks):
    table = pa.Table.from_pylist(TALKS)

    def batches():
        yield table.to_batches()[0]
        raise RuntimeError("the host failed")

    with pytest.raises(jalon.JalonError, match="the host failed"):
        talks.evaluate_arrow(pa.RecordBatchReader.from_batches(table.schema, batches()), "2025-12-31")


def test_progress_is_told_and_may_end_the_call(talks):
    many = [{**talk, "case": f"{talk['case']}{n}"} for n in range(20_000) for talk in TALKS]
    table = pa.Table.from_pylist(many)
    told = []
    answer = talks.evaluate_arrow(table, "2025-12-31", threads=2, progress=lambda *far: told.append(far))
    assert answer.billed == 40_000 and told[0] == (80_000, 0, None) and told[-1] == (80_000, 40_000, 40_000)
    one = talks.evaluate_arrow(table, "2025-12-31")
    assert rows(one.lines) == rows(answer.lines)

    def stop(*far):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        talks.evaluate_arrow(table, "2025-12-31", progress=stop)
