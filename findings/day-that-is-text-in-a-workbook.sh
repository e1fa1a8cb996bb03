#!/usr/bin/env bash
# Due days of a workbook that has them as ISO 8601 texts, as the standard allows: one library has 17 July 1905 for each of them.
#
# openpyxl 3.1.5 writes, with iso_dates=True. exceljs 4.4.0, xlsx (SheetJS) 0.18.5 and read-excel-file 9.3.17 from npm, on Node, and polars 2.1.0 with
# fastexcel 0.21.0 and python-calamine 0.9.1 from PyPI, on CPython 3, read.
# Rule: a cell of the type d holds a day or a time in the form of ISO 8601 (ECMA-376, 18.18.11). openpyxl calls it its way of writing days as texts,
# which the standard has beside the numbers.
# Behaviour: exceljs reads the digits at the beginning as a number, 2025, which is the day of 1905 that has this number; all days of a year are the
# same, and a time is the day of its hour. SheetJS has the days, and an invalid one for a time; polars has nothing for it, and read-excel-file refuses
# it. calamine has all.
# Output seen (what was written; by exceljs, SheetJS with cellDates, read-excel-file, polars, calamine):
#   2025-01-31: 1905-07-17 2025-01-31 2025-01-31 2025-01-31 2025-01-31
#   2025-12-31: 1905-07-17 2025-12-31 2025-12-31 2025-12-31 2025-12-31
#   2026-01-31: 1905-07-18 2026-01-31 2026-01-31 2026-01-31 2026-01-31
#   07:30: 1900-01-06 invalid refused nothing 07:30:00
#   14:45: 1900-01-13 invalid refused nothing 14:45:00
# So every invoice of the list has been due since 1905, interest and all, and a visit has no beginning. A host has days written as numbers, which is
# what openpyxl does unless it is told, and looks at the first and the last day of a list. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check openpyxl==3.1.5 polars==2.1.0 fastexcel==0.21.0 python-calamine==0.9.1
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund exceljs@4.4.0 xlsx@0.18.5 read-excel-file@9.3.17 2>/dev/null
cat >cells.cjs <<'JS'
const Excel = require("exceljs");
const { readFile, utils } = require("xlsx");
const readExcel = require("read-excel-file/node").default;

const shown = (value) => (isNaN(value) ? "invalid" : value.toISOString().slice(0, 10));
(async () => {
  for (const name of process.argv.slice(2)) {
    const workbook = new Excel.Workbook();
    await workbook.xlsx.readFile(name);
    const book = readFile(name, { cellDates: true });
    const [, [sheetjs]] = utils.sheet_to_json(book.Sheets[book.SheetNames[0]], { header: 1, blankrows: true });
    const third = await readExcel(name).then(
      ([{ data }]) => shown(data[1][0]),
      () => "refused",
    );
    console.log(shown(workbook.worksheets[0].getCell("A2").value), shown(sheetjs), third);
  }
})();
JS
cat >cells.py <<'PY'
import subprocess
from datetime import date, time

import openpyxl
import polars
from python_calamine import CalamineWorkbook

VALUES = [date(2025, 1, 31), date(2025, 12, 31), date(2026, 1, 31), time(7, 30), time(14, 45)]
names = [f"{number}.xlsx" for number in range(len(VALUES))]
for name, value in zip(names, VALUES, strict=True):
    workbook = openpyxl.Workbook(iso_dates=True)
    for row in (["cell", "amount"], [value, 120]):
        workbook.active.append(row)
    workbook.save(name)
by_node = subprocess.run(["node", "cells.cjs", *names], capture_output=True, text=True, check=True).stdout.splitlines()
for name, value, line in zip(names, VALUES, by_node, strict=True):
    first = polars.read_excel(name)["cell"][0]
    second = CalamineWorkbook.from_path(name).get_sheet_by_index(0).to_python()[1][0]
    print(f"{f'{value:%H:%M}' if isinstance(value, time) else value}: {line} {'nothing' if first is None else first} {second}")
PY
TZ=UTC venv/bin/python cells.py | tee seen
diff seen - <<'SEEN'
2025-01-31: 1905-07-17 2025-01-31 2025-01-31 2025-01-31 2025-01-31
2025-12-31: 1905-07-17 2025-12-31 2025-12-31 2025-12-31 2025-12-31
2026-01-31: 1905-07-18 2026-01-31 2026-01-31 2026-01-31 2026-01-31
07:30: 1900-01-06 invalid refused nothing 07:30:00
14:45: 1900-01-13 invalid refused nothing 14:45:00
SEEN
