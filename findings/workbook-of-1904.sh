#!/usr/bin/env bash
# A due day in a workbook that counts its days from 1904: four years and a day early.
#
# XlsxWriter 3.3.1 writes; openpyxl 3.1.5 and pylightxl 1.61 from PyPI, on CPython 3, and xlsx (SheetJS) 0.18.5, exceljs 4.4.0 and
# read-excel-file 9.3.17 from npm, on Node, read.
# Rule: date1904 in workbook.xml says that day 0 is 1 January 1904 and not 30 December 1899 (ECMA-376, 18.2.28 and 18.17.4). Excel of the
# Mac made such workbooks by default until 2011, and keeps the system of a workbook that is edited today.
# Behaviour: with cellDates, SheetJS makes days of the cells, and counts from 1899 in any workbook, while the text that it makes of the same cell
# is right. pylightxl counts from 1899, too. openpyxl, exceljs and read-excel-file heed the workbook.
# Output seen (system; due day by SheetJS, then as its text; by pylightxl, openpyxl, exceljs, read-excel-file):
#   1900 2025-03-31 2025-03-31 2025-03-31 2025-03-31 2025-03-31 2025-03-31
#   1904 2021-03-30 2025-03-31 2021-03-30 2025-03-31 2025-03-31 2025-03-31
# So every due day of the list has long passed, and every invoice gets a reminder and a fee. A host takes the text of SheetJS, or adds 1,462
# days where `Workbook.WBProps.date1904` is set. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check xlsxwriter==3.3.1 openpyxl==3.1.5 pylightxl==1.61
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund xlsx@0.18.5 exceljs@4.4.0 read-excel-file@9.3.17 2>/dev/null
cat >days.mjs <<'JS'
import exceljs from "exceljs";
import readExcelFile from "read-excel-file/node";
import xlsx from "xlsx";

const file = process.argv[2];
const sheet = (options) => xlsx.readFile(file, options).Sheets.Sheet1;
const [row] = xlsx.utils.sheet_to_json(sheet({ cellDates: true }));
const text = xlsx.utils.sheet_to_csv(sheet({})).split("\n")[1].split(",")[1];
const book = new exceljs.Workbook();
await book.xlsx.readFile(file);
const [{ data }] = await readExcelFile(file);
console.log([row.due, text, book.worksheets[0].getCell("B2").value, data[1][1]].map((day) => new Date(day).toISOString().slice(0, 10)).join(" "));
JS
cat >days.py <<'PY'
import subprocess
from datetime import date

import openpyxl
import pylightxl
import xlsxwriter

for name, since_1904 in (("1900", False), ("1904", True)):
    file = f"{name}.xlsx"
    book = xlsxwriter.Workbook(file, {"date_1904": since_1904})
    sheet = book.add_worksheet("Sheet1")
    sheet.write_row(0, 0, ["invoice", "due"])
    sheet.write(1, 0, "F-1")
    sheet.write_datetime(1, 1, date(2025, 3, 31), book.add_format({"num_format": "yyyy-mm-dd"}))
    book.close()
    one, text, *others = subprocess.run(["node", "days.mjs", file], capture_output=True, text=True, check=True).stdout.split()
    by_pylightxl = pylightxl.readxl(file).ws("Sheet1").address("B2").replace("/", "-")
    print(name, one, text, by_pylightxl, openpyxl.load_workbook(file)["Sheet1"]["B2"].value.date(), *others)
PY
TZ=UTC venv/bin/python days.py | tee seen
diff seen - <<'SEEN'
1900 2025-03-31 2025-03-31 2025-03-31 2025-03-31 2025-03-31 2025-03-31
1904 2021-03-30 2025-03-31 2021-03-30 2025-03-31 2025-03-31 2025-03-31
SEEN
