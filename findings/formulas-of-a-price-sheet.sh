#!/usr/bin/env bash
# A price sheet whose formulas a server works out: a month later is 3 March, and five working days before a day is that day.
#
# fast-formula-parser 1.0.19, hyperformula 3.5.0 and @formulajs/formulajs 4.6.1 from npm, on Node; xlcalculator 0.5.0 and formulas 1.3.4 from PyPI,
# on CPython 3.
# Rule: EDATE goes to the same day of a later month, or to its last one; WORKDAY counts back where its number is below zero; DATEDIF with "M" counts
# whole months; INT rounds down, also below zero (OpenDocument 1.2, part 2, of these functions; Excel's own help says the same).
# Behaviour: EDATE of fast-formula-parser goes past the end of February, and its WORKDAY does not count back. DATEDIF of xlcalculator has a month too
# few here. INT of hyperformula, whose list of functions says that it rounds down, rounds towards zero, so that a sum that is rounded to the
# cent with INT, as old sheets do, is another one below zero.
# Output seen (formula; by fast-formula-parser, hyperformula, formulajs, xlcalculator, formulas; - where it is not known):
#   EDATE(DATE(2025,1,31),1): 2025-03-03 2025-02-28 2025-02-28 2025-02-28 2025-02-28
#   WORKDAY(DATE(2025,3,31),-5): 2025-03-31 2025-03-24 2025-03-24 - 2025-03-24
#   DATEDIF(DATE(2025,1,31),DATE(2025,4,30),"M"): 2 2 2 1 2
#   INT(-1.5): -2 -1 -2 -2 -2
#   INT(12.346*100+0.5)/100: 12.35 12.35 12.35 12.35 12.35
#   INT(-12.346*100+0.5)/100: -12.35 -12.34 -12.35 -12.35 -12.35
# So the second invoice is due in March, the reminder that should come before the due day comes on it, and a credit is a cent less than its charge.
# A host works out each formula of its sheet once with what wrote it, and compares. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check xlcalculator==0.5.0 formulas==1.3.4
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund fast-formula-parser@1.0.19 hyperformula@3.5.0 @formulajs/formulajs@4.6.1 2>/dev/null
cat >formulas.mjs <<'JS'
import * as formulajs from "@formulajs/formulajs";
import FormulaParser from "fast-formula-parser";
import { HyperFormula } from "hyperformula";

const asked = JSON.parse(process.argv[2]);
const parser = new FormulaParser();
const known = (value) => (["number", "boolean"].includes(typeof value) || value instanceof Date ? value : null);
const day = (year, month, date) => new Date(year, month - 1, date);
const of = {
  "EDATE(DATE(2025,1,31),1)": () => formulajs.EDATE(day(2025, 1, 31), 1),
  "WORKDAY(DATE(2025,3,31),-5)": () => formulajs.WORKDAY(day(2025, 3, 31), -5),
  'DATEDIF(DATE(2025,1,31),DATE(2025,4,30),"M")': () => formulajs.DATEDIF(day(2025, 1, 31), day(2025, 4, 30), "M"),
  "INT(-1.5)": () => formulajs.INT(-1.5),
  "INT(12.346*100+0.5)/100": () => formulajs.INT(12.346 * 100 + 0.5) / 100,
  "INT(-12.346*100+0.5)/100": () => formulajs.INT(-12.346 * 100 + 0.5) / 100,
};
const tried = (call) => {
  try {
    return known(call());
  } catch {
    return null;
  }
};
const shown = (value) => (value instanceof Date ? Math.round((value - day(1899, 12, 30)) / 86400000) : value);
const answers = asked.map((formula) => {
  const sheet = HyperFormula.buildFromArray([[`=${formula}`]], { licenseKey: "gpl-v3" });
  const calls = [() => parser.parse(formula), () => sheet.getCellValue({ sheet: 0, row: 0, col: 0 }), of[formula]];
  return calls.map((call) => shown(tried(call)));
});
console.log(JSON.stringify(answers));
JS
cat >sheet.py <<'PY'
import datetime
import json
import subprocess

import formulas
from xlcalculator import Evaluator, ModelCompiler

ASKED = [
    "EDATE(DATE(2025,1,31),1)",
    "WORKDAY(DATE(2025,3,31),-5)",
    'DATEDIF(DATE(2025,1,31),DATE(2025,4,30),"M")',
    "INT(-1.5)",
    "INT(12.346*100+0.5)/100",
    "INT(-12.346*100+0.5)/100",
]


def tried(call, formula):
    try:
        value = call(formula)
    except Exception:
        return None
    value = getattr(value, "value", value)
    if isinstance(value, datetime.datetime):
        return (value - datetime.datetime(1899, 12, 30)).days
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def by_xlcalculator(formula):
    return Evaluator(ModelCompiler().read_and_parse_dict({"A1": f"={formula}"})).evaluate("Sheet1!A1")


def by_formulas(formula):
    return formulas.Parser().ast(f"={formula}")[1].compile()()


def shown(value, formula):
    if value is None:
        return "-"
    if formula.startswith(("EDATE", "WORKDAY")):
        return str(datetime.date(1899, 12, 30) + datetime.timedelta(days=int(value)))
    return f"{value:g}"


node = subprocess.run(["node", "formulas.mjs", json.dumps(ASKED)], capture_output=True, text=True, check=True)
for formula, values in zip(ASKED, json.loads(node.stdout), strict=True):
    values += [tried(by_xlcalculator, formula), tried(by_formulas, formula)]
    print(f"{formula}: {' '.join(shown(value, formula) for value in values)}")
PY
TZ=UTC venv/bin/python sheet.py 2>/dev/null | tee seen
diff seen - <<'SEEN'
EDATE(DATE(2025,1,31),1): 2025-03-03 2025-02-28 2025-02-28 2025-02-28 2025-02-28
WORKDAY(DATE(2025,3,31),-5): 2025-03-31 2025-03-24 2025-03-24 - 2025-03-24
DATEDIF(DATE(2025,1,31),DATE(2025,4,30),"M"): 2 2 2 1 2
INT(-1.5): -2 -1 -2 -2 -2
INT(12.346*100+0.5)/100: 12.35 12.35 12.35 12.35 12.35
INT(-12.346*100+0.5)/100: -12.35 -12.34 -12.35 -12.35 -12.35
SEEN
