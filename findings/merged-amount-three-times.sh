#!/usr/bin/env bash
# An amount in a cell that is merged over three lessons: a library has it three times, and writes it three times to CSV.
#
# openpyxl 3.1.5 writes; exceljs 4.4.0, xlsx (SheetJS) 0.18.5 and read-excel-file 9.3.17 from npm, on Node, and python-calamine 0.9.1 read. openpyxl and
# calamine from PyPI, on CPython 3.
# Rule: merged cells show the value of the first of them, and the others have none: SUM of a spreadsheet counts it once (ECMA-376, 18.3.1.55).
# Behaviour: exceljs gives each of the cells the value of the first, as `values` of a row, to eachCell, and in the CSV that it writes. Its own reader of
# streams has it once, as the others have.
# Output seen (reader; amounts of four lessons, whose first three are paid with 100.00 together, the last with 5.00; their sum):
#   exceljs: 100 100 100 5, 305
#   exceljs to CSV: 100 100 100 5, 305
#   exceljs, stream: 100 - - 5, 105
#   SheetJS: 100 - - 5, 105
#   read-excel-file: 100 - - 5, 105
#   calamine: 100 - - 5, 105
# So 305 are billed where the sheet says 105. A host leaves out a cell that is not its own `master`, or hands on the workbook itself. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check openpyxl==3.1.5 python-calamine==0.9.1
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund exceljs@4.4.0 xlsx@0.18.5 read-excel-file@9.3.17
cat >amounts.cjs <<'JS'
const { readFileSync } = require("node:fs");
const ExcelJS = require("exceljs");
const SheetJS = require("xlsx");
const { default: readExcelFile } = require("read-excel-file/node");

const show = (name, amounts) => {
  const sum = amounts.reduce((total, amount) => total + Number(amount ?? 0), 0);
  console.log(`${name}: ${amounts.map((amount) => amount || "-").join(" ")}, ${sum}`);
};
(async () => {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile("lessons.xlsx");
  const rows = book.worksheets[0].getRows(2, 4);
  show("exceljs", rows.map((row) => row.values[2]));
  await book.csv.writeFile("lessons.csv");
  const lines = readFileSync("lessons.csv", "utf8").split("\n").slice(1);
  show("exceljs to CSV", lines.map((line) => line.split(",")[1]));
  const streamed = [];
  for await (const sheet of new ExcelJS.stream.xlsx.WorkbookReader("lessons.xlsx")) for await (const row of sheet) streamed.push(row.values[2]);
  show("exceljs, stream", streamed.slice(1));
  const sheet = SheetJS.readFile("lessons.xlsx").Sheets.Lessons;
  show("SheetJS", SheetJS.utils.sheet_to_json(sheet, { header: 1 }).slice(1).map((row) => row[1]));
  show("read-excel-file", (await readExcelFile("lessons.xlsx"))[0].data.slice(1).map((row) => row[1]));
})();
JS
cat >amounts.py <<'PY'
import subprocess

from openpyxl import Workbook
from python_calamine import CalamineWorkbook

book = Workbook()
sheet = book.active
sheet.title = "Lessons"
for row in [("lesson", "amount"), ("2025-03-03", 100), ("2025-03-10", None), ("2025-03-17", None), ("2025-03-24", 5)]:
    sheet.append(row)
sheet.merge_cells("B2:B4")
book.save("lessons.xlsx")
print(subprocess.run(["node", "amounts.cjs"], capture_output=True, text=True, check=True).stdout, end="")
amounts = [row[1] for row in CalamineWorkbook.from_path("lessons.xlsx").get_sheet_by_index(0).to_python()[1:]]
print(f"calamine: {' '.join(f'{amount:g}' if amount else '-' for amount in amounts)}, {sum(amount or 0 for amount in amounts):g}")
PY
venv/bin/python amounts.py | tee seen
diff seen - <<'SEEN'
exceljs: 100 100 100 5, 305
exceljs to CSV: 100 100 100 5, 305
exceljs, stream: 100 - - 5, 105
SheetJS: 100 - - 5, 105
read-excel-file: 100 - - 5, 105
calamine: 100 - - 5, 105
SEEN
