#!/usr/bin/env bash
# A list of an ERP, with rates in percent and credits as accountants write them: 20% is 20 or a fifth, and 12.50- is a charge.
#
# xlsx (SheetJS) 0.18.5, numeral 2.0.6, numbro 2.5.0, accounting 0.4.1 and currency.js 2.0.4 from npm, on Node; csvkit 2.2.0 (with agate 1.14.2) and
# petl 1.7.30 from PyPI, on CPython 3.
# Rule: % is a hundredth of what stands before it; an amount in brackets, or with its minus behind it as lists of SAP have it, is below zero. accounting says that
# it takes the formatting off and leaves the number, petl that it makes numbers of what it can.
# Behaviour: of 20% the first three make 0.2; accounting, currency.js and csvkit drop the mark, and have 20; petl leaves a text. A minus behind the digits is
# left out by accounting, refused by numbro and currency.js, heeded by numeral, and part of a text for the others. Brackets are a minus for those of npm, and
# part of a text for csvkit; petl makes a complex number above zero of them. None of them tells.
# Output seen (text of the list; by SheetJS, numeral, numbro, accounting, currency.js, csvkit, petl; a text in quotes, - where it is refused; then what petl sums up
# of 100.00 and (12.50)):
#   20%: 0.2 0.2 0.2 20 20 20.0 '20%'
#   5.5%: 0.055 0.055 0.055 5.5 5.5 5.5 '5.5%'
#   0.5%: 0.005 0.005 0.005 0.5 0.5 0.5 '0.5%'
#   -12.50: -12.5 -12.5 -12.5 -12.5 -12.5 -12.5 -12.5
#   (12.50): -12.5 -12.5 -12.5 -12.5 -12.5 '(12.50)' (12.5+0j)
#   12.50-: '12.50-' -12.5 - 12.5 - '12.50-' '12.50-'
#   (112.5+0j)
# So a rule that takes a rate for hundredths asks for a hundred times the VAT from one reader, and for a hundredth of it from another; and a credit of 12.50 is asked
# for. A host reads such cells as texts, says itself what % is, and puts the sign before the digits. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check csvkit==2.2.0 agate==1.14.2 petl==1.7.30
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts xlsx@0.18.5 numeral@2.0.6 numbro@2.5.0 accounting@0.4.1 currency.js@2.0.4
cat >read.cjs <<'JS'
const accounting = require("accounting");
const currency = require("currency.js");
const numbro = require("numbro");
const numeral = require("numeral");
const XLSX = require("xlsx");
const sheet = (text) => XLSX.read(`amount\n${text}\n`, { type: "string" }).Sheets.Sheet1.A2.v;
const ways = [sheet, (text) => numeral(text).value(), (text) => numbro.unformat(text), (text) => accounting.unformat(text), (text) => currency(text).value];
const shown = (value) => (typeof value === "string" ? `'${value}'` : Number.isFinite(value) ? String(value) : "-");
console.log(JSON.stringify(JSON.parse(process.argv[2]).map((text) => ways.map((way) => shown(way(text))).join(" "))));
JS
cat >list.py <<'PY'
import json
import subprocess
from pathlib import Path

import petl

TEXTS = ["20%", "5.5%", "0.5%", "-12.50", "(12.50)", "12.50-"]


def by_csvkit(text):
    Path("list.csv").write_text(f"amount\n{text}\n")
    read = subprocess.run(["venv/bin/csvjson", "list.csv"], capture_output=True, text=True, check=True).stdout
    return repr(json.loads(read)[0]["amount"])


def by_petl(*texts):
    return list(petl.values(petl.convertnumbers([["amount"], *([text] for text in texts)]), "amount"))


read = subprocess.run(["node", "read.cjs", json.dumps(TEXTS)], capture_output=True, text=True, check=True).stdout
for text, by_node in zip(TEXTS, json.loads(read)):
    print(f"{text}:", by_node, by_csvkit(text), repr(by_petl(text)[0]))
print(sum(by_petl("100.00", "(12.50)")))
PY
venv/bin/python list.py | tee seen
diff seen - <<'SEEN'
20%: 0.2 0.2 0.2 20 20 20.0 '20%'
5.5%: 0.055 0.055 0.055 5.5 5.5 5.5 '5.5%'
0.5%: 0.005 0.005 0.005 0.5 0.5 0.5 '0.5%'
-12.50: -12.5 -12.5 -12.5 -12.5 -12.5 -12.5 -12.5
(12.50): -12.5 -12.5 -12.5 -12.5 -12.5 '(12.50)' (12.5+0j)
12.50-: '12.50-' -12.5 - 12.5 - '12.50-' '12.50-'
(112.5+0j)
SEEN
