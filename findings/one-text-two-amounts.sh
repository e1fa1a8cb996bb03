#!/usr/bin/env bash
# One text, two amounts.
#
# The text `1.005`, an amount of three decimals as rates and quantities give it, is put into a column of two decimals, with no
# floating point anywhere:
#
#   DuckDB 2.0.1     cast('1.005' as decimal(9,2))          1.01    half away from zero
#   Polars 2.1.0     pl.col(…).cast(pl.Decimal(9, 2))       1.00    half to even
#   pyarrow 26.0.1   pc.cast(…, pa.decimal128(9, 2))        an error: digits would be lost
#
# Neither of the first two says that it rounded, so that a portfolio which is summed in one of them and invoiced from the other
# is a cent apart for each such line, in one direction: of 1,000 amounts that end in half a cent, 500 differ.
#
# Seen on 2026-11-28. This fails if any of them changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check duckdb==2.0.1 polars==2.1.0 pyarrow==26.0.1
"$folder/venv/bin/python" - <<'PYTHON'
import duckdb, polars as pl, pyarrow as pa, pyarrow.compute as pc
from decimal import Decimal

texts = [f"{cents // 100}.{cents % 100:02}5" for cents in range(1000)]
texts_of = ", ".join(f"('{text}')" for text in texts)
by_duckdb = [row[0] for row in duckdb.sql(f"select cast(t as decimal(9,2)) from (values {texts_of}) v(t)").fetchall()]
by_polars = pl.Series(texts).cast(pl.Decimal(9, 2)).to_list()
try:
    pc.cast(pa.array(["1.005"]), pa.decimal128(9, 2))
    by_pyarrow = "a value"
except pa.ArrowInvalid as error:
    by_pyarrow = f"an error: {error}"

place = texts.index("1.005")
print("1.005 in DuckDB", by_duckdb[place], "| in Polars", by_polars[place], "| in pyarrow", by_pyarrow)
apart = [(text, d, p) for text, d, p in zip(texts, by_duckdb, by_polars) if d != p]
print(len(apart), "of", len(texts), "amounts differ; the sums are", sum(by_duckdb), "and", sum(by_polars))

assert by_duckdb[place] == Decimal("1.01") and by_polars[place] == Decimal("1.00")
assert by_pyarrow.startswith("an error")
assert len(apart) == 500 and all(d - p == Decimal("0.01") for _, d, p in apart)
assert sum(by_duckdb) - sum(by_polars) == Decimal("5.00")
PYTHON
