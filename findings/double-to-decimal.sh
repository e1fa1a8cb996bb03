#!/usr/bin/env bash
# The same column of doubles, cast to DECIMAL(10,2), is not the same money everywhere.
#
# duckdb 1.4.1, polars 1.35.1, pyarrow 22.0.0, on CPython 3.
# Behaviour: pyarrow rounds the value that the double really has; DuckDB and Polars first multiply it by a
# hundred, in binary, which may lift it to the half. 2.675 is stored a little below 2.675.
# Output seen:
#   2.675: duckdb 2.68, polars 2.68, pyarrow 2.67
#   1.115: duckdb 1.12, polars 1.12, pyarrow 1.11
#   1.005: duckdb 1.00, polars 1.00, pyarrow 1.00
# So two steps of one pipeline may differ by a cent on one invoice line, and "half up" is neither of them.
# Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q install duckdb==1.4.1 polars==1.35.1 pyarrow==22.0.0 numpy==2.3.4
cat >"$folder/cast.py" <<'PY'
import duckdb
import polars
import pyarrow
from pyarrow import compute

amounts = pyarrow.table({"amount": pyarrow.array([2.675, 1.115, 1.005], pyarrow.float64())})
by_duckdb = duckdb.sql("select amount::decimal(10, 2) from amounts").fetchall()
by_polars = polars.from_arrow(amounts)["amount"].cast(polars.Decimal(10, 2)).to_list()
by_pyarrow = compute.cast(amounts["amount"], pyarrow.decimal128(10, 2)).to_pylist()
for amount, (one,), two, three in zip(amounts["amount"].to_pylist(), by_duckdb, by_polars, by_pyarrow):
    print(f"{amount}: duckdb {one}, polars {two}, pyarrow {three}")
PY
"$folder/venv/bin/python" "$folder/cast.py" | tee "$folder/seen"
diff "$folder/seen" - <<'SEEN'
2.675: duckdb 2.68, polars 2.68, pyarrow 2.67
1.115: duckdb 1.12, polars 1.12, pyarrow 1.11
1.005: duckdb 1.00, polars 1.00, pyarrow 1.00
SEEN
