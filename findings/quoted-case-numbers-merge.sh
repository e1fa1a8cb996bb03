#!/usr/bin/env bash
# Two cases in quotes become one.
#
# JSON tells texts from numbers, and these cases are texts. `pandas.read_json` 3.1.1, called the ordinary way, makes numbers of
# a column whose texts all look like some, and what was billed to two customers is billed to one:
#
#   {"case":"012","amount":"10.10"}      groupby("case")["amount"].sum()  →  12    30.299999999999997
#   {"case":"12","amount":"20.20"}
#
# `dtype=False` leaves them apart. DuckDB 2.0.1 (`read_json`) and Polars 2.1.0 (`read_ndjson`) leave them apart by themselves; but
# of the same cases as CSV, DuckDB and Polars make one of `1E5` and `100000`, both being numbers in the eyes of their readers.
#
# Seen on 2026-11-28. This fails if any of them changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pandas==3.1.1 duckdb==2.0.1 polars==2.1.0
cd "$folder"
printf '%s\n' '{"case":"012","amount":"10.10"}' '{"case":"12","amount":"20.20"}' > lines.ndjson
printf '%s\n' 'case,amount' '1E5,10.10' '100000,20.20' > lines.csv
"$folder/venv/bin/python" - <<'PYTHON'
import duckdb, pandas as pd, polars as pl

read = pd.read_json("lines.ndjson", lines=True)
merged = read.groupby("case")["amount"].sum()
apart = pd.read_json("lines.ndjson", lines=True, dtype=False)["case"].tolist()
by_duckdb = [row[0] for row in duckdb.sql("select \"case\" from read_json('lines.ndjson')").fetchall()]
by_polars = pl.read_ndjson("lines.ndjson")["case"].to_list()
csv_duckdb = [row[0] for row in duckdb.sql("select \"case\" from read_csv('lines.csv')").fetchall()]
csv_polars = pl.read_csv("lines.csv")["case"].to_list()
print("pandas:", merged.to_dict(), "| dtype=False:", apart, "| DuckDB:", by_duckdb, "| Polars:", by_polars)
print("CSV in DuckDB:", csv_duckdb, "| in Polars:", csv_polars)

assert len(merged) == 1 and merged.index.tolist() == [12], merged
assert apart == ["012", "12"] and by_duckdb == ["012", "12"] and by_polars == ["012", "12"]
assert len(set(csv_duckdb)) == 1 and len(set(csv_polars)) == 1
PYTHON
