#!/usr/bin/env bash
# A list as Germany writes it, 1.234,50 due on 03.04.2025: each due day is one of 1970, and the invoices 2025.1.17 and 2025.11.7 have one number.
#
# pandas 3.1.1, duckdb 2.0.1 and polars 2.1.0 from PyPI, on CPython 3.
# Rule: a point between thousands has three digits behind it. pandas calls thousands, and DuckDB too, the mark that separates thousands; polars has none to be told.
# Behaviour: pandas drops the mark wherever it stands, from days and numbers of invoices as well, and makes whole numbers of them, of which to_datetime makes nanoseconds
# of 1970; and of 3042025, told that it is day, month and year, 30 April. DuckDB knows days, and drops the points of numbers of invoices. Neither tells. With a type for
# the column (dtype, parse_dates; types) the texts stay. polars with decimal_comma leaves all as texts that have both marks.
# Output seen (who; first row: day, invoice, amount; how many invoices three rows have; of the day of pandas to_datetime makes):
#   pandas: 3042025 2025117 1234.5 2 of 3
#   pandas, types: 03.04.2025 2025.1.17 1234.5 3 of 3
#   duckdb: 2025-04-03 2025117 1234.5 2 of 3
#   duckdb, types: 2025-04-03 2025.1.17 1234.5 3 of 3
#   polars: 03.04.2025 2025.1.17 1.234,50 3 of 3
#   to_datetime: 1970-01-01 2025-04-30
# So every invoice has been due for more than fifty years, with a reminder and a fee each, and the payment of one invoice settles another. A host names the types of all
# columns but the amounts. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check pandas==3.1.1 duckdb==2.0.1 polars==2.1.0
cat >list.py <<'PY'
import duckdb
import pandas
import polars

with open("list.csv", "w") as file:
    file.write("day;invoice;amount\n03.04.2025;2025.1.17;1.234,50\n28.02.2025;2025.11.7;-12,50\n28.02.2025;2025.2.3;99,00\n")


def show(name, rows):
    print(f"{name}:", *rows[0], f"{len({row[1] for row in rows})} of {len(rows)}")


def by_pandas(**told):
    return pandas.read_csv("list.csv", sep=";", decimal=",", thousands=".", **told)


def by_duckdb(told=""):
    return duckdb.sql(f"SELECT * FROM read_csv('list.csv', delim=';', decimal_separator=',', thousands='.'{told})").fetchall()


table = by_pandas()
show("pandas", list(table.itertuples(index=False)))
show("pandas, types", list(by_pandas(dtype={"day": str, "invoice": str}).itertuples(index=False)))
show("duckdb", by_duckdb())
show("duckdb, types", by_duckdb(", types={'invoice': 'VARCHAR'}"))
show("polars", polars.read_csv("list.csv", separator=";", decimal_comma=True).rows())
days = [pandas.to_datetime(table["day"]), pandas.to_datetime(table["day"].astype(str), format="%d%m%Y")]
print("to_datetime:", *(day[0].date() for day in days))
PY
venv/bin/python -W ignore list.py | tee seen
diff seen - <<'SEEN'
pandas: 3042025 2025117 1234.5 2 of 3
pandas, types: 03.04.2025 2025.1.17 1234.5 3 of 3
duckdb: 2025-04-03 2025117 1234.5 2 of 3
duckdb, types: 2025-04-03 2025.1.17 1234.5 3 of 3
polars: 03.04.2025 2025.1.17 1.234,50 3 of 3
to_datetime: 1970-01-01 2025-04-30
SEEN
