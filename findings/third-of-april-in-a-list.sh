#!/usr/bin/env bash
# Due days of a list as Europe writes them, 03.04.2025 or 03/04/25: 4 March, 25 April 2003, or a day of the year 25.
#
# duckdb 2.0.1, polars 2.1.0, pandas 3.1.1 and csvkit 2.2.0 (with agate 1.14.2) from PyPI, on CPython 3; xlsx (SheetJS) 0.18.5 from npm, on Node.
# Rule: with points the day comes first (DIN 5008); 25 is a year of this century. A CSV file does not say what its columns are, and each of them finds out days by itself:
# DuckDB and csvkit by default, polars by try_parse_dates, pandas by parse_dates, SheetJS by cellDates.
# Behaviour: DuckDB and polars take the day first, the other three the month, with points as well. Of a list with the 28th csvkit makes texts, and so does pandas
# if another day stands above it; SheetJS makes days of those cells that can be some, and leaves texts beside them. Of two digits at the end DuckDB makes a day,
# of those in front the year; polars leaves the century out; pandas takes each by itself, 28/04/25 beside 4 March. None of them fails, and only pandas
# warns, of the short years and of the 28th in front, not of the others.
# Output seen (due days as written in two rows; as read by DuckDB, polars, pandas, csvkit, SheetJS):
#   03.04.2025 05.04.2025: 2025-04-03 2025-04-05, 2025-04-03 2025-04-05, 2025-03-04 2025-05-04, 2025-03-04 2025-05-04, 2025-03-04 2025-05-04
#   03.04.2025 28.04.2025: 2025-04-03 2025-04-28, 2025-04-03 2025-04-28, 03.04.2025 28.04.2025, 03.04.2025 28.04.2025, 2025-03-04 28.04.2025
#   28.04.2025 03.04.2025: 2025-04-28 2025-04-03, 2025-04-28 2025-04-03, 2025-04-28 2025-04-03, 28.04.2025 03.04.2025, 28.04.2025 2025-03-04
#   03/04/2025 05/04/2025: 2025-04-03 2025-04-05, 2025-04-03 2025-04-05, 2025-03-04 2025-05-04, 2025-03-04 2025-05-04, 2025-03-04 2025-05-04
#   03/04/25 05/04/25: 2003-04-25 2005-04-25, 0025-04-03 0025-04-05, 2025-03-04 2025-05-04, 2025-03-04 2025-05-04, 2025-03-04 2025-05-04
#   03/04/25 28/04/25: 2003-04-25 2028-04-25, 0025-04-03 0025-04-28, 2025-03-04 2025-04-28, 03/04/25 28/04/25, 2025-03-04 28/04/25
# So an invoice of 3 April is overdue a month early, one of 5 April a month late, and on the 13th the same lists become texts, in whole or in part; with short years
# all has been due for decades, or for two thousand years. A host has days written as 2025-04-03, or reads them as texts and says their form. Fails if any of this
# changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check duckdb==2.0.1 polars==2.1.0 pandas==3.1.1 csvkit==2.2.0 agate==1.14.2
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts xlsx@0.18.5
cat >days.cjs <<'JS'
const XLSX = require("xlsx");
const sheet = XLSX.readFile("list.csv", { cellDates: true }).Sheets.Sheet1;
console.log(JSON.stringify([sheet.B2.v, sheet.B3.v]));
JS
cat >days.py <<'PY'
import json
import os
import subprocess
import warnings
from pathlib import Path

import duckdb
import pandas
import polars

warnings.filterwarnings("ignore")
LISTS = [
    ("03.04.2025", "05.04.2025"),
    ("03.04.2025", "28.04.2025"),
    ("28.04.2025", "03.04.2025"),
    ("03/04/2025", "05/04/2025"),
    ("03/04/25", "05/04/25"),
    ("03/04/25", "28/04/25"),
]


def told(*call):
    return json.loads(subprocess.run(call, capture_output=True, text=True, check=True, env=os.environ | {"TZ": "UTC"}).stdout)


for days in LISTS:
    Path("list.csv").write_text("invoice,due\n" + "".join(f"F-{number},{day}\n" for number, day in enumerate(days, 1)))
    ways = [
        [due for _, due in duckdb.sql("from 'list.csv'").fetchall()],
        polars.read_csv("list.csv", try_parse_dates=True)["due"],
        pandas.read_csv("list.csv", parse_dates=["due"])["due"],
        [row["due"] for row in told("venv/bin/csvjson", "list.csv")],
        told("node", "days.cjs"),
    ]
    print(" ".join(days) + ":", ", ".join(" ".join(str(due)[:10] for due in way) for way in ways))
PY
TZ=UTC venv/bin/python days.py | tee seen
diff seen - <<'SEEN'
03.04.2025 05.04.2025: 2025-04-03 2025-04-05, 2025-04-03 2025-04-05, 2025-03-04 2025-05-04, 2025-03-04 2025-05-04, 2025-03-04 2025-05-04
03.04.2025 28.04.2025: 2025-04-03 2025-04-28, 2025-04-03 2025-04-28, 03.04.2025 28.04.2025, 03.04.2025 28.04.2025, 2025-03-04 28.04.2025
28.04.2025 03.04.2025: 2025-04-28 2025-04-03, 2025-04-28 2025-04-03, 2025-04-28 2025-04-03, 28.04.2025 03.04.2025, 28.04.2025 2025-03-04
03/04/2025 05/04/2025: 2025-04-03 2025-04-05, 2025-04-03 2025-04-05, 2025-03-04 2025-05-04, 2025-03-04 2025-05-04, 2025-03-04 2025-05-04
03/04/25 05/04/25: 2003-04-25 2005-04-25, 0025-04-03 0025-04-05, 2025-03-04 2025-05-04, 2025-03-04 2025-05-04, 2025-03-04 2025-05-04
03/04/25 28/04/25: 2003-04-25 2028-04-25, 0025-04-03 0025-04-28, 2025-03-04 2025-04-28, 03/04/25 28/04/25, 2025-03-04 28/04/25
SEEN
