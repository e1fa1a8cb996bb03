#!/usr/bin/env bash
# A length of time in a workbook whose format hides zeros: read as a part of a day, and not as a time.
#
# openpyxl 3.1.5 and python-calamine 0.9.1 from PyPI, on CPython 3.
# Behaviour: a cell holds 0.3125 of a day and shows 7:30. Both libraries tell a time by the first section of the cell's
# number format. In [=0]"";[h]:mm the first section is for zero alone, and the second is what is shown; both then give the
# number 0.3125, as of a cell that is no time.
# Output seen (format; what openpyxl gives; what calamine gives):
#   [h]:mm 7:30:00 7:30:00
#   [h]:mm;; 7:30:00 7:30:00
#   [=0]"";[h]:mm 0.3125 0.3125
#   [=0]"-";hh:mm 0.3125 0.3125
# So of a time sheet that hides empty days 7.5 hours come out as 0.3125 h, and at 100 an hour 31.25 are billed for 750.00.
# Every multiple of 18 minutes has no more than four decimals and looks like hours. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q install --disable-pip-version-check openpyxl==3.1.5 python-calamine==0.9.1
cat >"$folder/hours.py" <<'PY'
import io

import openpyxl
from python_calamine import CalamineWorkbook

formats = ("[h]:mm", "[h]:mm;;", '[=0]"";[h]:mm', '[=0]"-";hh:mm')
book = openpyxl.Workbook()
for row, code in enumerate(formats, 1):
    cell = book.active.cell(row, 1, 0.3125)
    cell.number_format = code
file = io.BytesIO()
book.save(file)
by_openpyxl = [row[0] for row in openpyxl.load_workbook(io.BytesIO(file.getvalue())).active.values]
sheet = CalamineWorkbook.from_filelike(io.BytesIO(file.getvalue())).get_sheet_by_index(0)
by_calamine = [row[0] for row in sheet.to_python()]
for code, one, other in zip(formats, by_openpyxl, by_calamine, strict=True):
    print(code, one, other)
PY
"$folder/venv/bin/python" "$folder/hours.py" | tee "$folder/seen"
diff "$folder/seen" - <<'SEEN'
[h]:mm 7:30:00 7:30:00
[h]:mm;; 7:30:00 7:30:00
[=0]"";[h]:mm 0.3125 0.3125
[=0]"-";hh:mm 0.3125 0.3125
SEEN
