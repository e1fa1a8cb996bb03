#!/usr/bin/env bash
# A quantity times a rate, both exact decimals: one engine rounds the product, without saying so.
#
# duckdb 1.4.1, polars 1.35.1, pyarrow 22.0.0, on CPython 3.
# Behaviour: the product of two decimals has the decimals of both in DuckDB and in pyarrow, and is exact. In Polars it
# has as many as the factor that has more of them, and is rounded to these, a half to the even digit. Of a quotient
# DuckDB makes a double, Polars a decimal of the larger scale, pyarrow one of many more decimals.
# Output seen (duckdb, polars, pyarrow):
#   1.25 * 70.10 87.6250 87.62 87.6250
#   2.5 * 0.085 0.2125 0.212 0.2125
#   100.00 / 3.00 33.333333333333336 33.33 33.3333333333333333333
# So an hour and a quarter at 70.10 is 87.63 where the product is rounded once to the cent, a half away from zero, as on an
# invoice of Jalon; a host that has Polars multiply has lost the half before it can round it. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q install duckdb==1.4.1 polars==1.35.1 pyarrow==22.0.0
cat >"$folder/products.py" <<'PY'
from decimal import Decimal

import duckdb
import polars
import pyarrow
from pyarrow import compute


def scale(number):
    return -Decimal(number).as_tuple().exponent


def in_duckdb(one, sign, other):
    casts = (f"'{number}'::DECIMAL(18, {scale(number)})" for number in (one, other))
    return duckdb.sql(f"SELECT {sign.join(casts)}").fetchone()[0]


def in_polars(one, sign, other):
    one, other = (
        polars.Series([Decimal(number)], dtype=polars.Decimal(18, scale(number))) for number in (one, other)
    )
    return (one * other if sign == "*" else one / other)[0]


def in_pyarrow(one, sign, other):
    one, other = (
        pyarrow.array([Decimal(number)], pyarrow.decimal128(18, scale(number))) for number in (one, other)
    )
    return (compute.multiply if sign == "*" else compute.divide)(one, other)[0]


for sum_ in (("1.25", "*", "70.10"), ("2.5", "*", "0.085"), ("100.00", "/", "3.00")):
    print(*sum_, in_duckdb(*sum_), in_polars(*sum_), in_pyarrow(*sum_))
PY
"$folder/venv/bin/python" "$folder/products.py" | tee "$folder/seen"
diff "$folder/seen" - <<'SEEN'
1.25 * 70.10 87.6250 87.62 87.6250
2.5 * 0.085 0.2125 0.212 0.2125
100.00 / 3.00 33.333333333333336 33.33 33.3333333333333333333
SEEN
