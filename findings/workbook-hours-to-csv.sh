#!/usr/bin/env bash
# A workbook with hours and amounts, made into CSV: a day less, days in place of hours, and a format in place of the amount.
#
# xlsx2csv 0.8.6, openpyxl 3.1.5 and XlsxWriter 3.3.1 from PyPI, on CPython 3.
# Behaviour: a spreadsheet keeps a duration as a part of a day, and its cell says how it is shown. xlsx2csv writes that part where the
# format is [h]:mm. Where it is [h]:mm:ss it writes a time of day, and whole days are gone. And where the format of a number has a
# text in quotes with a letter that dates have (h, d, m, y, s), it writes the format, with something filled in, and the number is
# gone: with HT (French for "before tax") and CAD, but not with TTC or EUR. openpyxl has all of them right.
# Output seen (what the spreadsheet shows, the format, openpyxl, xlsx2csv):
#   1:30 [h]:mm 1:30:00 0.0625
#   25:30 [h]:mm 1 day, 1:30:00 1.0625
#   1:30:00 [h]:mm:ss 1:30:00 01:30
#   25:30:00 [h]:mm:ss 1 day, 1:30:00 01:30
#   1234.50 TTC 0.00 "TTC" 1234.5 1234.50000000
#   1234.50 HT 0.00 "HT" 1234.5 0.00 "12t"
#   1234.50 CAD 0.00 "CAD" 1234.5 0.00 "ca18"
#   7.50 h 0.00 "h" 7.5 0.00 "12"
# So of 25 hours and a half one and a half are billed, or 1.0625, which is a number of hours like any other. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q install --disable-pip-version-check xlsx2csv==0.8.6 openpyxl==3.1.5 xlsxwriter==3.3.1
cd "$folder"
cat >cells.py <<'PY'
import csv
import io

import openpyxl
import xlsxwriter
from xlsx2csv import Xlsx2csv

cells = (
    ("1:30", 1.5 / 24, "[h]:mm"),
    ("25:30", 25.5 / 24, "[h]:mm"),
    ("1:30:00", 1.5 / 24, "[h]:mm:ss"),
    ("25:30:00", 25.5 / 24, "[h]:mm:ss"),
    ("1234.50 TTC", 1234.5, '0.00 "TTC"'),
    ("1234.50 HT", 1234.5, '0.00 "HT"'),
    ("1234.50 CAD", 1234.5, '0.00 "CAD"'),
    ("7.50 h", 7.5, '0.00 "h"'),
)
book = xlsxwriter.Workbook("cells.xlsx")
sheet = book.add_worksheet()
for row, (_, value, form) in enumerate(cells):
    sheet.write_number(row, 0, value, book.add_format({"num_format": form}))
book.close()

by_openpyxl = [row[0] for row in openpyxl.load_workbook("cells.xlsx").active.iter_rows(values_only=True)]
text = io.StringIO()
Xlsx2csv("cells.xlsx").convert(text)
by_xlsx2csv = [row[0] for row in csv.reader(io.StringIO(text.getvalue()))]
for (shown, _, form), one, two in zip(cells, by_openpyxl, by_xlsx2csv, strict=True):
    print(shown, form, one, two)
PY
"$folder/venv/bin/python" cells.py | tee seen
diff seen - <<'SEEN'
1:30 [h]:mm 1:30:00 0.0625
25:30 [h]:mm 1 day, 1:30:00 1.0625
1:30:00 [h]:mm:ss 1:30:00 01:30
25:30:00 [h]:mm:ss 1 day, 1:30:00 01:30
1234.50 TTC 0.00 "TTC" 1234.5 1234.50000000
1234.50 HT 0.00 "HT" 1234.5 0.00 "12t"
1234.50 CAD 0.00 "CAD" 1234.5 0.00 "ca18"
7.50 h 0.00 "h" 7.5 0.00 "12"
SEEN
