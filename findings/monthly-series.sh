#!/usr/bin/env bash
# A day a month, from 31 January: four ways that hosts use, three different lists.
#
# duckdb 1.4.1, pandas 2.3.3, polars 1.35.1, python-dateutil 2.9.0.post0, on CPython 3.
# Behaviour: DuckDB's generate_series and pandas' date_range add a month to the day before, so that the
# 28th of February is kept for good; Polars counts each from the first; dateutil's rrule, as RFC 5545 has
# it, leaves out each month without a 31st.
# Output seen (2025):
#   duckdb  01-31 02-28 03-28 04-28 05-28 06-28 07-28
#   pandas  01-31 02-28 03-28 04-28 05-28 06-28 07-28
#   polars  01-31 02-28 03-31 04-30 05-31 06-30 07-31
#   rrule   01-31 03-31 05-31 07-31
# So a host that makes due days itself and moves from one to another bills three days early each month, or
# leaves out three months of seven. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q install duckdb==1.4.1 pandas==2.3.3 polars==1.35.1 python-dateutil==2.9.0.post0 numpy==2.3.4
cat >"$folder/days.py" <<'PY'
from datetime import date, datetime

import duckdb
import pandas
import polars
from dateutil.rrule import MONTHLY, rrule

first, last = date(2025, 1, 31), date(2025, 7, 31)
series = "select unnest(generate_series(timestamp '2025-01-31', timestamp '2025-07-31', interval 1 month))"
ways = {
    "duckdb": [row[0] for row in duckdb.sql(series).fetchall()],
    "pandas": pandas.date_range(first, last, freq=pandas.DateOffset(months=1)),
    "polars": polars.date_range(first, last, "1mo", eager=True).to_list(),
    "rrule": rrule(MONTHLY, dtstart=datetime(2025, 1, 31), until=datetime(2025, 7, 31)),
}
for way, days in ways.items():
    print(way, *(day.strftime("%m-%d") for day in days))
PY
"$folder/venv/bin/python" "$folder/days.py" | tee "$folder/seen"
diff "$folder/seen" - <<'SEEN'
duckdb 01-31 02-28 03-28 04-28 05-28 06-28 07-28
pandas 01-31 02-28 03-28 04-28 05-28 06-28 07-28
polars 01-31 02-28 03-31 04-30 05-31 06-30 07-31
rrule 01-31 03-31 05-31 07-31
SEEN
