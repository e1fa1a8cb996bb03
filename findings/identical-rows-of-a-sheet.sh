#!/usr/bin/env bash
# Three visits that are written alike in a sheet of LibreOffice: one of them is read.
#
# tablib 3.10.0 with odfpy 1.4.1, pandas 3.1.1 and pyexcel-ods3 0.6.1 from PyPI, on CPython 3; xlsx (SheetJS) 0.18.5 from npm, on Node.
# Rule: where rows of an OpenDocument sheet that follow one another are the same, one row stands for them, with their number in
# table:number-rows-repeated; cells likewise (OpenDocument 1.2, part 1, of these attributes). LibreOffice saves them so.
# Behaviour: tablib heeds the number neither of rows nor of cells: it reads each row once. The same cell twice in a row is one, too, and what
# stands to its right moves to the left. pandas, pyexcel-ods3 and SheetJS repeat both.
# Output seen (cases in the rows below the first; then hours of case C-3 on two days, and the sum of hours of the first day; by tablib, pandas,
# pyexcel-ods3, SheetJS):
#   tablib A-1 B-2 C-3; 2.0 visit; 4.5
#   pandas A-1 B-2 B-2 B-2 C-3; 2 2; 6.5
#   pyexcel-ods3 A-1 B-2 B-2 B-2 C-3; 2 2; 6.5
#   SheetJS A-1 B-2 B-2 B-2 C-3; 2 2; 6.5
# So of three visits that took an hour each one is billed, and only where they stand next to each other: a column with the day or a number would
# have kept them. A host reads such sheets with another library, or gives each row its number. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check tablib==3.10.0 odfpy==1.4.1 pandas==3.1.1 pyexcel-ods3==0.6.1
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund xlsx@0.18.5 2>/dev/null
cat >rows.py <<'PY'
import json
import subprocess
import zipfile
from pathlib import Path

import pandas
import pyexcel_ods3
import tablib

NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)
MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
KIND = "application/vnd.oasis.opendocument.spreadsheet"


def cell(value, times=1):
    repeated = f' table:number-columns-repeated="{times}"' if times > 1 else ""
    kind = "string" if isinstance(value, str) else "float"
    number = "" if isinstance(value, str) else f' office:value="{value}"'
    return f'<table:table-cell office:value-type="{kind}"{number}{repeated}><text:p>{value}</text:p></table:table-cell>'


def row(*cells, times=1):
    repeated = f' table:number-rows-repeated="{times}"' if times > 1 else ""
    return f"<table:table-row{repeated}>{''.join(cells)}</table:table-row>"


rows = [
    row(cell("case"), cell("monday"), cell("tuesday"), cell("what")),
    row(cell("A-1"), cell(1.5), cell(1), cell("visit")),
    row(cell("B-2"), cell(1), cell(0), cell("visit"), times=3),
    row(cell("C-3"), cell(2, times=2), cell("visit")),
]
sheet = f'<table:table table:name="Work"><table:table-column table:number-columns-repeated="4"/>{"".join(rows)}</table:table>'
with zipfile.ZipFile("work.ods", "w") as book:
    book.writestr("mimetype", KIND)
    book.writestr(
        "content.xml",
        f'<office:document-content {NAMES} office:version="1.2"><office:body><office:spreadsheet>{sheet}'
        "</office:spreadsheet></office:body></office:document-content>",
    )
    book.writestr(
        "META-INF/manifest.xml",
        f'<m:manifest xmlns:m="{MANIFEST}" m:version="1.2"><m:file-entry m:full-path="/" m:media-type="{KIND}"/>'
        '<m:file-entry m:full-path="content.xml" m:media-type="text/xml"/></m:manifest>',
    )

by_sheetjs = (
    "const xlsx = require('xlsx'); const sheet = xlsx.readFile('work.ods').Sheets.Work;"
    "console.log(JSON.stringify(xlsx.utils.sheet_to_json(sheet, { header: 1 })))"
)
node = subprocess.run(["node", "-e", by_sheetjs], capture_output=True, text=True, check=True)
read = {
    "tablib": list(tablib.Dataset().load(Path("work.ods").read_bytes(), "ods", headers=False)),
    "pandas": pandas.read_excel("work.ods", engine="odf", header=None).to_numpy().tolist(),
    "pyexcel-ods3": pyexcel_ods3.get_data("work.ods")["Work"],
    "SheetJS": json.loads(node.stdout),
}
for name, (_, *lines) in read.items():
    lines = [line for line in lines if line]
    cases = " ".join(line[0] for line in lines)
    print(f"{name} {cases}; {lines[-1][1]} {lines[-1][2]}; {sum(line[1] for line in lines)}")
PY
venv/bin/python rows.py | tee seen
diff seen - <<'SEEN'
tablib A-1 B-2 C-3; 2.0 visit; 4.5
pandas A-1 B-2 B-2 B-2 C-3; 2 2; 6.5
pyexcel-ods3 A-1 B-2 B-2 B-2 C-3; 2 2; 6.5
SheetJS A-1 B-2 B-2 B-2 C-3; 2 2; 6.5
SEEN
