"""Bills cases in Spark: what a host copies. `bill` bills a data frame of events on as many executors as there are, each whole case on one
of them; an executor holds some cases at a time, not its whole share."""

import pyarrow as pa
from pyspark.sql.pandas.types import from_arrow_schema

import jalon


def whole_cases(batches, rows):
    """Tables of whole cases, each of about so many rows, or of one case that has more. The rows come sorted by case."""
    held, count = [], 0
    for batch in batches:
        if batch["case"].null_count:
            raise ValueError("an event without a case could belong to any: nothing is billed")
        if not batch.num_rows:
            continue
        held.append(batch)
        count += batch.num_rows
        if count < rows:
            continue
        # Of the last case more may come.
        names = batch["case"].to_pylist()
        begun = names.index(names[-1])
        if begun == 0 and (len(held) == 1 or held[-2]["case"][-1].as_py() == names[0]):
            # It has begun before, or fills the batch: nothing is looked at twice.
            continue
        yield pa.Table.from_batches([*held[:-1], batch.slice(0, begun)])
        held, count = [batch.slice(begun)], batch.num_rows - begun
    if held:
        yield pa.Table.from_batches(held)


def columns_of(schedules, as_of):
    """The columns of lines as Spark holds them, and `withheld`."""
    of_events = pa.schema([("case", pa.string()), ("date", pa.date32()), ("kind", pa.string())])
    lines = pa.table(schedules.evaluate_arrow(of_events.empty_table(), as_of).lines).schema
    # A row of a withheld case has nothing else.
    in_spark = [(field.name, pa.string() if field.type == pa.large_string() else field.type) for field in lines]
    return pa.schema([*in_spark, ("withheld", pa.string())])


def bill(events, source, as_of, *, order=None, rows=200_000):
    """A data frame of the lines of all cases, in the columns of `evaluate_arrow`, beside a row for each withheld case, whose `withheld`
    says why. `source` is the text of a schedule file, or several by their names. `order` names a column of numbers that says how the
    events of a case follow one another, since Spark keeps no order of rows; it is not handed on."""
    schema = columns_of(jalon.compile(source), as_of)

    def billed(batches):
        # What is compiled stays where it is: each task compiles for itself.
        schedules = jalon.compile(source)
        for cases in whole_cases(batches, rows):
            answer = schedules.evaluate_arrow(cases.drop_columns([order] if order else []), as_of)
            lines, withheld = pa.table(answer.lines), pa.table(answer.withheld)
            yield from lines.append_column("withheld", pa.nulls(len(lines), pa.string())).cast(schema).to_batches()
            told = {field.name: pa.nulls(len(withheld), field.type) for field in schema}
            told |= {"case": withheld["case"].cast(pa.string()), "withheld": withheld["message"].cast(pa.string())}
            yield from pa.table(told, schema).to_batches()

    by = ["case"] + ([order] if order else [])
    return events.repartition("case").sortWithinPartitions(*by).mapInArrow(billed, from_arrow_schema(schema))
