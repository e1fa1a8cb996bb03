#!/usr/bin/env bash
# A list of invoices as a binary workbook (.xlsb) that JavaScript has written: in Python most of its amounts are empty.
#
# xlsx (SheetJS) 0.18.5 from npm, on Node, writes; pyxlsb 1.0.10, python-calamine 0.9.1 and pandas 3.1.1 with pyxlsb from PyPI, on CPython 3, read.
# Behaviour: SheetJS writes a cell whose neighbour on the left has a value in a short form, without the number of its column, and reads it. pyxlsb and
# calamine skip such cells without a word, and have only those that begin a row, pyxlsb no text among them, or stand behind a gap. As .xlsx, all are there.
# Output seen (reader; invoice, amount, paid, open of two rows; then the same sheet as .xlsx by calamine):
#   SheetJS: F-1 1234.5 1000 234.5, F-2 99 - 99
#   pyxlsb: - - - -, - - - 99.0
#   calamine: F-1 - - -, F-2 - - 99
#   pandas: nan nan nan nan, nan nan nan 99.0
#   calamine, .xlsx: F-1 1234.5 1000.0 234.5, F-2 99.0 - 99.0
# So an invoice on which something was paid has no amount and nothing is open, while one without a payment is reminded of. A host writes .xlsx, and counts the amounts
# that it has read. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check pyxlsb==1.0.10 python-calamine==0.9.1 pandas==3.1.1
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund xlsx@0.18.5 2>/dev/null
cat >invoices.cjs <<'JS'
const XLSX = require("xlsx");

const rows = [["invoice", "amount", "paid", "open"], ["F-1", 1234.5, 1000, 234.5], ["F-2", 99, null, 99]];
const book = XLSX.utils.book_new();
XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(rows), "invoices");
for (const type of ["xlsb", "xlsx"]) XLSX.writeFile(book, `invoices.${type}`, { bookType: type });
const [, ...read] = XLSX.utils.sheet_to_json(XLSX.readFile("invoices.xlsb").Sheets.invoices, { header: 1, defval: "-" });
console.log("SheetJS:", read.map((row) => row.join(" ")).join(", "));
JS
cat >invoices.py <<'PY'
import pandas
import pyxlsb
from python_calamine import CalamineWorkbook


def shown(reader, rows):
    cells = [["-" if cell in (None, "") else cell for cell in row] for row in rows]
    print(f"{reader}:", ", ".join(" ".join(map(str, row)) for row in cells))


with pyxlsb.open_workbook("invoices.xlsb") as book:
    shown("pyxlsb", [[cell.v for cell in row] for row in list(book.get_sheet(1).rows())[1:]])
read = {kind: CalamineWorkbook.from_path(f"invoices.{kind}").get_sheet_by_index(0).to_python()[1:] for kind in ("xlsb", "xlsx")}
shown("calamine", read["xlsb"])
shown("pandas", pandas.read_excel("invoices.xlsb", engine="pyxlsb").itertuples(index=False))
shown("calamine, .xlsx", read["xlsx"])
PY
node invoices.cjs | tee seen
venv/bin/python -W ignore invoices.py | tee -a seen
diff seen - <<'SEEN'
SheetJS: F-1 1234.5 1000 234.5, F-2 99 - 99
pyxlsb: - - - -, - - - 99.0
calamine: F-1 - - -, F-2 - - 99
pandas: nan nan nan nan, nan nan nan 99.0
calamine, .xlsx: F-1 1234.5 1000.0 234.5, F-2 99.0 - 99.0
SEEN
