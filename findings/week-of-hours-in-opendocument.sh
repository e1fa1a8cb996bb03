#!/usr/bin/env bash
# The hours of a week in a sheet of LibreOffice (.ods), 38:30: nothing, as if nobody had worked.
#
# polars 2.1.0 with fastexcel 0.21.0, python-calamine 0.9.1, pandas 3.1.1 and odfpy 1.4.1 from PyPI, on CPython 3; xlsx (SheetJS) 0.18.5 from npm, on
# Node.
# Rule: a cell of the type time holds a duration, PT38H30M00S, beside the text that is shown (OpenDocument 1.2, part 1, office:time-value). polars
# says of read_ods that it reads a sheet of OpenDocument into a table.
# Behaviour: polars has a duration below a day, and nothing from a day on, in silence. calamine makes the text of the cell of it. pandas with odfpy
# reads the text that is shown, as a time of day: of a minute and a half that is shown as 01:30 it makes an hour and a half. SheetJS has a part of a
# day for each.
# Output seen (duration, as it is shown; by polars, by calamine, by pandas with odfpy, by SheetJS, times 24):
#   PT07H30M00S 07:30: 7:30:00, 07:30:00, 07:30:00, 7.5
#   PT23H59M00S 23:59: 23:59:00, 23:59:00, 23:59:00, 23.98
#   PT24H00M00S 24:00: nothing, PT24H00M00S, refused, 24
#   PT38H30M00S 38:30: nothing, PT38H30M00S, refused, 38.5
#   PT00H01M30S 01:30: 0:01:30, 00:01:30, 01:30:00, 0.025
# So a week of 38 hours and a half is not billed, days of eight hours are, and short calls become sixty times as long. A host has hours as numbers in
# its sheet, or counts the nulls of a column that has none. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check polars==2.1.0 fastexcel==0.21.0 python-calamine==0.9.1 pandas==3.1.1 odfpy==1.4.1
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund xlsx@0.18.5
cat >hours.cjs <<'JS'
const { readFile, utils } = require("xlsx");

for (const name of process.argv.slice(2)) {
  const book = readFile(name);
  console.log(utils.sheet_to_json(book.Sheets[book.SheetNames[0]], { header: 1 })[1][1]);
}
JS
cat >hours.py <<'PY'
import subprocess

import pandas
import polars
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from python_calamine import CalamineWorkbook

HOURS = [("PT07H30M00S", "07:30"), ("PT23H59M00S", "23:59"), ("PT24H00M00S", "24:00"), ("PT38H30M00S", "38:30"), ("PT00H01M30S", "01:30")]


def sheet(name, duration, shown):
    document = OpenDocumentSpreadsheet()
    table = Table(name="hours")
    head = [({"valuetype": "string"}, "case"), ({"valuetype": "string"}, "hours")]
    for cells in (head, [({"valuetype": "string"}, "A"), ({"valuetype": "time", "timevalue": duration}, shown)]):
        row = TableRow()
        for attributes, text in cells:
            cell = TableCell(**attributes)
            cell.addElement(P(text=text))
            row.addElement(cell)
        table.addElement(row)
    document.spreadsheet.addElement(table)
    document.save(name)


def by_pandas(name):
    try:
        return pandas.read_excel(name, engine="odf")["hours"][0]
    except ValueError:
        return "refused"


names = [f"{number}.ods" for number in range(len(HOURS))]
for name, (duration, shown) in zip(names, HOURS, strict=True):
    sheet(name, duration, shown)
by_node = subprocess.run(["node", "hours.cjs", *names], capture_output=True, text=True, check=True).stdout.split()
for name, (duration, shown), part in zip(names, HOURS, by_node, strict=True):
    first = polars.read_ods(name)["hours"][0]
    second = CalamineWorkbook.from_path(name).get_sheet_by_index(0).to_python()[1][1]
    print(f"{duration} {shown}: {'nothing' if first is None else first}, {second}, {by_pandas(name)}, {float(part) * 24:.4g}")
PY
venv/bin/python hours.py | tee seen
diff seen - <<'SEEN'
PT07H30M00S 07:30: 7:30:00, 07:30:00, 07:30:00, 7.5
PT23H59M00S 23:59: 23:59:00, 23:59:00, 23:59:00, 23.98
PT24H00M00S 24:00: nothing, PT24H00M00S, refused, 24
PT38H30M00S 38:30: nothing, PT38H30M00S, refused, 38.5
PT00H01M30S 01:30: 0:01:30, 00:01:30, 01:30:00, 0.025
SEEN
