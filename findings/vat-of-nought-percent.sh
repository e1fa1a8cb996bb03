#!/usr/bin/env bash
# The words of an invoice that a sheet makes with TEXT, worked out on a server: VAT of 20 % is one of 0 %, 1,234.50 is 1235,##0.00, and a charge is a credit.
#
# hyperformula 3.5.0, fast-formula-parser 1.0.19 and @formulajs/formulajs 4.6.1 from npm, on Node; formulas 1.3.4 and pycel 1.0b30 from PyPI, on CPython 3.
# Rule: in a number format % shows hundredths, a comma between digits groups them by thousands, the part behind a semicolon is for numbers below zero, [h] has all hours,
# 000000 has at least six digits (ECMA-376, 18.8.31). TEXT writes a number by such a format. hyperformula says in its list of differences that not all of them are
# supported, and not what comes of the others.
# Behaviour: what hyperformula does not know stands in the text as it was in the format, beside a number that was rounded without it. formulajs knows no parts, hours or
# leading zeros, and gives a date whatever form it likes. formulas has a charge in the form of a credit. pycel and formulas take half a cent to the even one, which
# spreadsheets take up. None of them refuses a format but formulas the hours. fast-formula-parser has all of them.
# Output seen (formula; by hyperformula, formulajs, formulas, pycel, fast-formula-parser; - for an error):
#   TEXT(0.2,"0%"): 0%, 20%, 20%, 20%, 20%
#   TEXT(0.055,"0.0%"): 0.1%, 5.5%, 5.5%, 5.5%, 5.5%
#   TEXT(1234.5,"#,##0.00"): 1235,##0.00, 1,234.50, 1,234.50, 1,234.50, 1,234.50
#   TEXT(12.5,"0.00;(0.00)"): 12.50;(0.00), 12.500, (12.50), 12.50, 12.50
#   TEXT(-12.5,"0.00;(0.00)"): -12.50;(0.00), -12.500, -(12.50), (12.50), (12.50)
#   TEXT(0.125,"0.00"): 0.13, 0.13, 0.12, 0.12, 0.13
#   TEXT(1.0625,"[h]:mm"): [1]:30, 1, -, 25:30, 25:30
#   TEXT(7,"000000"): 000007, 7, 000007, 000007, 000007
#   TEXT(DATE(2025,3,31),"mmmm yyyy"): 0300 2025, 2025-03-31, March 2025, March 2025, March 2025
# So the amounts of an invoice are right, and its words say that no VAT is in them, that 12.50 are given back, or that one hour and a half was worked. A host makes the words
# of numbers itself, or compares each one with what wrote the sheet. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check formulas==1.3.4 pycel==1.0b30
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts hyperformula@3.5.0 fast-formula-parser@1.0.19 @formulajs/formulajs@4.6.1 2>/dev/null
cat >texts.mjs <<'JS'
import * as formulajs from "@formulajs/formulajs";
import FormulaParser from "fast-formula-parser";
import { HyperFormula } from "hyperformula";

const tried = (call) => {
  try {
    const value = call();
    return typeof value === "string" ? value : "-";
  } catch {
    return "-";
  }
};
const answers = JSON.parse(process.argv[2]).map(([number, format, formula]) => {
  const sheet = HyperFormula.buildFromArray([[`=${formula}`]], { licenseKey: "gpl-v3" });
  const value = typeof number === "number" ? number : formulajs.DATE(...number);
  return [
    tried(() => sheet.getCellValue({ sheet: 0, row: 0, col: 0 })),
    tried(() => formulajs.TEXT(value, format)),
    tried(() => new FormulaParser().parse(formula)),
  ];
});
console.log(JSON.stringify(answers));
JS
cat >texts.py <<'PY'
import json
import subprocess
import warnings

import formulas
from pycel.excelformula import ExcelFormula

warnings.filterwarnings("ignore")
CASES = [
    (0.2, "0%"),
    (0.055, "0.0%"),
    (1234.5, "#,##0.00"),
    (12.5, "0.00;(0.00)"),
    (-12.5, "0.00;(0.00)"),
    (0.125, "0.00"),
    (1.0625, "[h]:mm"),
    (7, "000000"),
    ((2025, 3, 31), "mmmm yyyy"),
]


def written(number, form):
    value = "DATE({},{},{})".format(*number) if isinstance(number, tuple) else number
    return f'TEXT({value},"{form}")'


def by_formulas(formula):
    value = str(formulas.Parser().ast(f"={formula}")[1].compile()())
    return "-" if "#VALUE!" in value else value


evaluate = ExcelFormula.build_eval_context(None, None)
asked = [(number, form, written(number, form)) for number, form in CASES]
call = ["node", "texts.mjs", json.dumps(asked)]
by_node = json.loads(subprocess.run(call, capture_output=True, text=True, check=True).stdout)
for (_, _, formula), (hyper, js, fast) in zip(asked, by_node):
    print(f"{formula}:", ", ".join((hyper, js, by_formulas(formula), str(evaluate(ExcelFormula(f"={formula}"))), fast)))
PY
TZ=UTC venv/bin/python texts.py | tee seen
diff seen - <<'SEEN'
TEXT(0.2,"0%"): 0%, 20%, 20%, 20%, 20%
TEXT(0.055,"0.0%"): 0.1%, 5.5%, 5.5%, 5.5%, 5.5%
TEXT(1234.5,"#,##0.00"): 1235,##0.00, 1,234.50, 1,234.50, 1,234.50, 1,234.50
TEXT(12.5,"0.00;(0.00)"): 12.50;(0.00), 12.500, (12.50), 12.50, 12.50
TEXT(-12.5,"0.00;(0.00)"): -12.50;(0.00), -12.500, -(12.50), (12.50), (12.50)
TEXT(0.125,"0.00"): 0.13, 0.13, 0.12, 0.12, 0.13
TEXT(1.0625,"[h]:mm"): [1]:30, 1, -, 25:30, 25:30
TEXT(7,"000000"): 000007, 7, 000007, 000007, 000007
TEXT(DATE(2025,3,31),"mmmm yyyy"): 0300 2025, 2025-03-31, March 2025, March 2025, March 2025
SEEN
