#!/usr/bin/env bash
# A list of open invoices on a page, as Europe writes amounts: 99,50 is 9,950, a rate of 5,5 % is 55, and told of the decimal comma it stays so.
#
# pandas 3.1.1 with lxml 6.1.3 from PyPI, on CPython 3: read_html; xlsx (SheetJS) 0.18.5 from npm, on Node.
# Rule: a comma in an amount of a German or French page is the decimal mark. read_html has a comma for thousands unless told otherwise, and takes decimal="," beside it.
# Behaviour: both drop commas, wherever they stand and how many digits follow; in a column with one amount that is no number then, as 1.234,50, pandas leaves all as they
# are. With decimal="," pandas still drops them first. With thousands="." as well, amounts are right, and each day loses its points and is a number. With decimal="," and
# thousands=None, days and amounts are right. SheetJS leaves them as they stand with raw.
# Output seen (how it is read; first row: due, open, rate; sum of open):
#   read_html: 03.04.2025 9950 200; 132105
#   decimal=',': 03.04.2025 9950 200; 132105
#   decimal=',', thousands='.': 3042025 99.5 20.0; 1321.05
#   decimal=',', thousands=None: 03.04.2025 99.5 20.0; 1321.05
#   SheetJS: 2025-03-04 9950 200; 132105
# So customers are asked for a hundred times of what they owe, or every invoice has a day that no calendar has. A host takes a file that is meant to be read, or holds the
# sum against the one of the page. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check pandas==3.1.1 lxml==6.1.3
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund xlsx@0.18.5 2>/dev/null
cat >page.html <<'HTML'
<table>
  <tr><th>invoice</th><th>due</th><th>open</th><th>rate</th></tr>
  <tr><td>F-1</td><td>03.04.2025</td><td>99,50</td><td>20,0</td></tr>
  <tr><td>F-2</td><td>28.02.2025</td><td>1234,05</td><td>5,5</td></tr>
  <tr><td>F-3</td><td>28.02.2025</td><td>-12,50</td><td>5,5</td></tr>
</table>
HTML
cat >page.cjs <<'JS'
const { readFile, SSF, utils } = require("xlsx");

const book = readFile("page.html");
const rows = utils.sheet_to_json(book.Sheets[book.SheetNames[0]]);
const [{ due, open, rate }] = rows;
console.log("SheetJS:", SSF.format("yyyy-mm-dd", due), open, `${rate};`, rows.reduce((sum, row) => sum + row.open, 0));
JS
cat >page.py <<'PY'
import pandas

for told in ({}, {"decimal": ","}, {"decimal": ",", "thousands": "."}, {"decimal": ",", "thousands": None}):
    [table] = pandas.read_html("page.html", **told)
    words = ", ".join(f"{name}={value!r}" for name, value in told.items())
    print(f"{words or 'read_html'}:", table["due"][0], table["open"][0], f"{table['rate'][0]};", table["open"].sum())
PY
(venv/bin/python page.py && TZ=UTC node page.cjs) | tee seen
diff seen - <<'SEEN'
read_html: 03.04.2025 9950 200; 132105
decimal=',': 03.04.2025 9950 200; 132105
decimal=',', thousands='.': 3042025 99.5 20.0; 1321.05
decimal=',', thousands=None: 03.04.2025 99.5 20.0; 1321.05
SheetJS: 2025-03-04 9950 200; 132105
SEEN
