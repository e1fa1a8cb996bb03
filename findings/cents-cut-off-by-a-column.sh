#!/usr/bin/env bash
# Exact amounts with more decimals, put into a column with two: 19.999 is 19.99 in one engine, and 100.005 is 100.00 in two, 100.01 in the third.
#
# chdb 4.4.0 (ClickHouse 26.9.2), duckdb 2.0.1 and polars 2.1.0 from PyPI, on CPython 3.
# Rule: half a cent and more goes up on an invoice. The column is DECIMAL(10,2) in each engine; what goes into it is exact, a text or a decimal with four places, and no
# floating point.
# Behaviour: ClickHouse leaves out what stands behind the second decimal, of a text, of a decimal, and of a column of a file (CSV). Polars takes half a cent to the even
# one. DuckDB takes it up, away from zero. None of them tells. `round` of ClickHouse rounds a decimal as DuckDB does.
# Output seen (amount; by ClickHouse as a text, as a decimal, from CSV; by Polars, by DuckDB; then 20 % of 33.33, a hundred times, by ClickHouse, with round in
# ClickHouse, by DuckDB):
#   19.999: 19.99 19.99 19.99; 20.00 20.00
#   2.675: 2.67 2.67 2.67; 2.68 2.68
#   -2.675: -2.67 -2.67 -2.67; -2.68 -2.68
#   100.005: 100.00 100.00 100.00; 100.00 100.01
#   0.0099: 0.00 0.00 0.00; 0.01 0.01
#   VAT: 666.00 667.00 667.00
# So VAT of 6.666 is 6.66, each such invoice is a cent short, and two tools that add up the same lines differ. A host rounds where it means to (`round(…, 2)` in
# ClickHouse), and puts amounts into such columns in one tool only. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check duckdb==2.0.1 polars==2.1.0
venv/bin/pip -q install --disable-pip-version-check --no-compile --no-deps chdb==4.4.0 chdb-core==26.9.0
cat >amounts.py <<'PY'
from decimal import Decimal

import chdb
import duckdb
import polars

AMOUNTS = ["19.999", "2.675", "-2.675", "100.005", "0.0099"]
polars_cents = polars.Decimal(10, 2)


def clickhouse(query):
    return f"{Decimal(str(chdb.query(query, 'TabSeparated'))):.2f}"


def polars_cast(text):
    return polars.Series([text]).cast(polars.Decimal(12, 4)).cast(polars_cents)[0]


for amount in AMOUNTS:
    text, exact = f"'{amount}'", f"CAST('{amount}' AS DECIMAL(12,4))"
    with open("amounts.csv", "w") as file:
        file.write(f"amount\n{amount}\n")
    read = [
        clickhouse(f"SELECT CAST({text} AS Decimal(10,2))"),
        clickhouse(f"SELECT CAST({exact} AS Decimal(10,2))"),
        clickhouse("SELECT amount FROM file('amounts.csv', CSVWithNames, 'amount Decimal(10,2)')"),
    ]
    others = [polars_cast(amount), duckdb.sql(f"SELECT CAST({exact} AS DECIMAL(10,2))").fetchall()[0][0]]
    print(f"{amount}:", f"{' '.join(read)};", *others)
tax = "CAST('33.33' AS DECIMAL(10,2)) * CAST('0.20' AS DECIMAL(3,2))"
print(
    "VAT:",
    clickhouse(f"SELECT sum(CAST({tax} AS DECIMAL(10,2))) FROM numbers(100)"),
    clickhouse(f"SELECT sum(CAST(round({tax}, 2) AS DECIMAL(10,2))) FROM numbers(100)"),
    duckdb.sql(f"SELECT sum(CAST({tax} AS DECIMAL(10,2))) FROM range(100)").fetchall()[0][0],
)
PY
venv/bin/python amounts.py | tee seen
diff seen - <<'SEEN'
19.999: 19.99 19.99 19.99; 20.00 20.00
2.675: 2.67 2.67 2.67; 2.68 2.68
-2.675: -2.67 -2.67 -2.67; -2.68 -2.68
100.005: 100.00 100.00 100.00; 100.00 100.01
0.0099: 0.00 0.00 0.00; 0.01 0.01
VAT: 666.00 667.00 667.00
SEEN
