#!/usr/bin/env bash
# Hours as a spreadsheet shows them, 1:30: of an hour and a half one tool makes a minute and a half.
#
# csvkit 2.2.0 (with agate 1.14.2 and pytimeparse 1.1.10) and duckdb 2.0.1 from PyPI, on CPython 3.
# Behaviour: csvkit looks at a column of a CSV file, and takes one whose cells are all like 1:30 for durations of minutes and
# seconds. DuckDB, asked for an interval of the same text, makes hours and minutes. With --no-inference csvkit leaves the texts alone.
# Output seen (the file; by csvjson, by csvjson with --no-inference, by DuckDB; then the sums):
#   1:30 0:01:30 1:30 1:30:00
#   25:30 0:25:30 25:30 1 day, 1:30:00
#   7:45 0:07:45 7:45 7:45:00
#   csvkit 0:34:45 DuckDB 1 day, 10:45:00
# So a sixtieth of the work is billed, and csvsql puts it into the database as a moment of 1970. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q install --disable-pip-version-check csvkit==2.2.0 agate==1.14.2 pytimeparse==1.1.10 duckdb==2.0.1
cd "$folder"
printf '%s\n' case,hours M-1,1:30 M-2,25:30 M-3,7:45 >hours.csv
venv/bin/csvjson hours.csv >read.json
venv/bin/csvjson --no-inference hours.csv >texts.json
venv/bin/csvstat --columns hours --sum hours.csv >sum.txt
cat >compared.py <<'PY'
import csv
import json
from datetime import timedelta
from pathlib import Path

import duckdb

with open("hours.csv", newline="") as file:
    cells = [row["hours"] for row in csv.DictReader(file)]
read, texts = ([row["hours"] for row in json.loads(Path(name).read_text())] for name in ("read.json", "texts.json"))
intervals = [duckdb.sql(f"SELECT CAST('{cell}' AS INTERVAL)").fetchall()[0][0] for cell in cells]
for row in zip(cells, read, texts, intervals, strict=True):
    print(*row)
print("csvkit", Path("sum.txt").read_text().strip(), "DuckDB", sum(intervals, timedelta()))
PY
venv/bin/python compared.py | tee seen
diff seen - <<'SEEN'
1:30 0:01:30 1:30 1:30:00
25:30 0:25:30 25:30 1 day, 1:30:00
7:45 0:07:45 7:45 7:45:00
csvkit 0:34:45 DuckDB 1 day, 10:45:00
SEEN
