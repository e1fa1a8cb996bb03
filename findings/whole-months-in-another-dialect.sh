#!/usr/bin/env bash
# A query of MySQL translated for DuckDB: a month has gone by since yesterday.
#
# sqlglot 30.30.0 and duckdb 2.0.1 from PyPI, on CPython 3.
# Rule: TIMESTAMPDIFF of MySQL counts whole units, those that have gone by entirely (manual of MySQL, date and time functions). NUMERIC of
# PostgreSQL without digits keeps all decimals (its manual, numeric types).
# Behaviour: sqlglot makes date_diff of TIMESTAMPDIFF, which counts how often a new month, hour or year has begun; whole ones are date_sub in
# DuckDB. Of NUMERIC it makes DECIMAL, which has three decimals in DuckDB. Both queries run, with the same columns and no warning.
# Output seen (from, to, unit; as translated; whole ones by date_sub; then a rate, as translated, and what 1,000 kWh come to by it, and by
# the rate):
#   2025-01-31 00:00 2025-02-01 00:00 MONTH: 1; 0
#   2025-01-31 00:00 2025-04-01 00:00 MONTH: 3; 2
#   2025-03-03 08:50 2025-03-03 09:10 HOUR: 1; 0
#   2025-03-03 08:10 2025-03-03 09:50 HOUR: 1; 1
#   2024-12-31 00:00 2025-01-01 00:00 YEAR: 1; 0
#   0.2516: 0.252 252.00; 251.60
# So a fee that falls due after three months is asked for after two and a day, hours of work are counted by the clock's strokes, and 40 cents too
# much are billed. A host writes such columns for the engine that runs them. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check sqlglot==30.30.0 duckdb==2.0.1
cat >dialects.py <<'PY'
import duckdb
import sqlglot

engine = duckdb.connect()
engine.execute("create table work (start timestamp, stop timestamp, rate varchar)")
SPANS = [
    ("2025-01-31 00:00", "2025-02-01 00:00", "MONTH"),
    ("2025-01-31 00:00", "2025-04-01 00:00", "MONTH"),
    ("2025-03-03 08:50", "2025-03-03 09:10", "HOUR"),
    ("2025-03-03 08:10", "2025-03-03 09:50", "HOUR"),
    ("2024-12-31 00:00", "2025-01-01 00:00", "YEAR"),
]


def answered(query):
    return engine.execute(query).fetchall()[0][0]


def translated(query, dialect):
    return answered(sqlglot.transpile(query, read=dialect, write="duckdb")[0])


for start, stop, unit in SPANS:
    engine.execute("delete from work")
    engine.execute("insert into work values (?, ?, null)", [start, stop])
    counted = translated(f"SELECT TIMESTAMPDIFF({unit}, start, stop) FROM work", "mysql")
    print(f"{start} {stop} {unit}: {counted}; {answered(f'''select date_sub('{unit}', start, stop) from work''')}")
engine.execute("delete from work")
engine.execute("insert into work values (null, null, '0.2516')")
rate = translated("SELECT CAST(rate AS NUMERIC) FROM work", "postgres")
by_translation = translated("SELECT ROUND(CAST(rate AS NUMERIC) * 1000, 2) FROM work", "postgres")
print(f"0.2516: {rate} {by_translation}; {answered('select (rate::decimal(9, 4) * 1000)::decimal(9, 2) from work')}")
PY
venv/bin/python dialects.py | tee seen
diff seen - <<'SEEN'
2025-01-31 00:00 2025-02-01 00:00 MONTH: 1; 0
2025-01-31 00:00 2025-04-01 00:00 MONTH: 3; 2
2025-03-03 08:50 2025-03-03 09:10 HOUR: 1; 0
2025-03-03 08:10 2025-03-03 09:50 HOUR: 1; 1
2024-12-31 00:00 2025-01-01 00:00 YEAR: 1; 0
0.2516: 0.252 252.00; 251.60
SEEN
