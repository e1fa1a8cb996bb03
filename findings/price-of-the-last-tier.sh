#!/usr/bin/env bash
# A price by quantity, looked up in a sheet that a server works out: beyond the last tier it is 100 in place of 0.70, or that of the tier below.
#
# fast-formula-parser 1.0.19, xlsx-calc 0.9.2, hyperformula 3.5.0 from npm, on Node; xlcalculator 0.5.0, formulas 1.3.4, openpyxl 3.1.5 from PyPI, on CPython 3.
# Rule: without a fourth argument VLOOKUP takes the last row whose first cell is not above what is looked up, and so does MATCH with 1, of sorted cells
# (OpenFormula, part 2 of OpenDocument 1.2, 6.14).
# Behaviour: VLOOKUP of fast-formula-parser gives the cell of the first column where what is looked up is above all of them, and otherwise the right one.
# MATCH of xlsx-calc takes the row before where a cell is the same. VLOOKUP of xlcalculator finds what is the same only. hyperformula and formulas have
# the price.
# Output seen (quantity, of tiers from 0 at 1.00, 10 at 0.90, 50 at 0.80, 100 at 0.70; VLOOKUP by fast-formula-parser, hyperformula, xlcalculator, formulas;
# INDEX and MATCH by xlsx-calc, hyperformula, formulas):
#   5: 1 1 #N/A 1; 1 1 1
#   10: 0.9 0.9 0.9 0.9; 1 0.9 0.9
#   99: 0.8 0.8 #N/A 0.8; 0.8 0.8 0.8
#   100: 0.7 0.7 0.7 0.7; 0.8 0.7 0.7
#   101: 100 0.7 #N/A 0.7; 0.8 0.7 0.7
#   500: 100 0.7 #N/A 0.7; 0.8 0.7 0.7
# So 500 units are billed with 50,000 in place of 350, or with 400. A host has the schedule hold the tiers. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check xlcalculator==0.5.0 formulas==1.3.4 openpyxl==3.1.5
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund fast-formula-parser@1.0.19 xlsx-calc@0.9.2 hyperformula@3.5.0
cat >prices.cjs <<'JS'
const Parser = require("fast-formula-parser");
const calculate = require("xlsx-calc");
const { HyperFormula } = require("hyperformula");

const [tiers, ...quantities] = process.argv.slice(2).map((text) => JSON.parse(text));
const parser = new Parser({ onRange: () => tiers });
for (const quantity of quantities) {
  const looked = `VLOOKUP(${quantity},A1:B4,2)`;
  const matched = `INDEX(B1:B4,MATCH(${quantity},A1:A4,1))`;
  const hyper = HyperFormula.buildFromArray([...tiers, [`=${looked}`, `=${matched}`]], { licenseKey: "gpl-v3" });
  const sheet = { "!ref": "A1:C4", C1: { t: "n", f: matched } };
  tiers.forEach(([from, price], row) => Object.assign(sheet, { [`A${row + 1}`]: { t: "n", v: from }, [`B${row + 1}`]: { t: "n", v: price } }));
  calculate({ SheetNames: ["a"], Sheets: { a: sheet } });
  const [found, matching] = [0, 1].map((col) => hyper.getCellValue({ sheet: 0, row: 4, col }));
  console.log(parser.parse(looked, { sheet: "a", row: 9, col: 9 }), found, Number(sheet.C1.v), matching);
}
JS
cat >prices.py <<'PY'
import json
import subprocess

from formulas import ExcelModel
from openpyxl import Workbook
from xlcalculator import Evaluator, ModelCompiler

TIERS = [[0, 1], [10, 0.9], [50, 0.8], [100, 0.7]]
QUANTITIES = [5, 10, 99, 100, 101, 500]
book = Workbook()
sheet = book.create_sheet("P", 0)
for row in TIERS:
    sheet.append(row)
for row, quantity in enumerate(QUANTITIES, 1):
    sheet.cell(row, 4, f"=VLOOKUP({quantity},A1:B4,2)")
    sheet.cell(row, 5, f"=INDEX(B1:B4,MATCH({quantity},A1:A4,1))")
book.save("prices.xlsx")
by_formulas = ExcelModel().loads("prices.xlsx").finish().calculate()
by_xlcalculator = Evaluator(ModelCompiler().read_and_parse_archive("prices.xlsx"))
call = ["node", "prices.cjs", json.dumps(TIERS), *map(str, QUANTITIES)]
by_node = subprocess.run(call, capture_output=True, text=True, check=True).stdout.splitlines()
for row, (quantity, line) in enumerate(zip(QUANTITIES, by_node, strict=True), 1):
    fast, hyper_looked, calc, hyper_matched = line.split()
    looked, matched = (by_formulas[f"'[prices.xlsx]P'!{column}{row}"].value[0, 0] for column in "DE")
    print(f"{quantity}: {fast} {hyper_looked} {by_xlcalculator.evaluate(f'P!D{row}')} {looked}; {calc} {hyper_matched} {matched}")
PY
venv/bin/python prices.py 2>/dev/null | tee seen
diff seen - <<'SEEN'
5: 1 1 #N/A 1; 1 1 1
10: 0.9 0.9 0.9 0.9; 1 0.9 0.9
99: 0.8 0.8 #N/A 0.8; 0.8 0.8 0.8
100: 0.7 0.7 0.7 0.7; 0.8 0.7 0.7
101: 100 0.7 #N/A 0.7; 0.8 0.7 0.7
500: 100 0.7 #N/A 0.7; 0.8 0.7 0.7
SEEN
