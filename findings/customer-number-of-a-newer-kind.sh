#!/usr/bin/env bash
# The VAT number of a customer, checked before an invoice without VAT: that of a young Belgian company is no number, and a British one is one of the Union.
#
# jsvat 2.5.4, jsvat-next 3.0.4, validator 13.15.35 and stdnum 1.12.0 from npm, on Node; python-stdnum 2.2 (stdnum.eu.vat) and pyvat 1.3.18 from PyPI, on
# CPython 3. None asks a register.
# Rule: Belgian numbers begin with 0, and since 2023 also with 1, as the others are running out (FPS Economy, on enterprise numbers). Irish ones have had a second
# letter since 2013. Northern Ireland has XI since 2021, and GB is none of the Union's since (directive (EU) 2020/1756). A service to a business in another member
# state is invoiced without VAT, and with that number (articles 44, 196 and 226 of directive 2006/112/EC). jsvat says that it checks the format of an EU VAT number.
# Behaviour: jsvat refuses a Belgian number with 1. validator refuses a second letter, and has no XI. Only jsvat-next and python-stdnum take XI. jsvat,
# jsvat-next and stdnum give GB the same yes as a member state, stdnum by its country. The numbers are made up, with right check digits.
# Output seen (number; by jsvat, jsvat-next, validator, stdnum, python-stdnum, pyvat; - where there is no such country):
#   BE0123456749: yes yes yes yes yes yes
#   BE1000000021: no yes yes yes yes yes
#   IE1234567T: yes yes yes yes yes yes
#   IE1234567WH: yes yes no yes yes yes
#   XI123456782: no yes - - yes no
#   GB123456782: yes yes no yes no no
# So a customer in Belgium that was founded since is billed with VAT, or not served, and one in London is invoiced in words that hold in the Union alone. A host tries one
# number of each kind, asks the register (VIES) where two libraries differ, and has the reason for no VAT stated for each customer. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check python-stdnum==2.2 pyvat==1.3.18
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts jsvat@2.5.4 jsvat-next@3.0.4 validator@13.15.35 stdnum@1.12.0
cat >check.cjs <<'JS'
const jsvat = require("jsvat");
const next = require("jsvat-next");
const { stdnum } = require("stdnum");
const validator = require("validator");
const by_validator = (number, country) => {
  try {
    return validator.isVAT(number, country);
  } catch {
    return null;
  }
};
const answers = JSON.parse(process.argv[2]).map((number) => {
  const country = number.slice(0, 2);
  return [
    jsvat.checkVAT(number, jsvat.countries).isValid,
    next.checkVAT(number, next.countries).isValid,
    by_validator(number, country),
    stdnum[country]?.vat.validate(number).isValid ?? null,
  ];
});
console.log(JSON.stringify(answers));
JS
cat >check.py <<'PY'
import json
import subprocess

import pyvat
from stdnum.eu import vat

NUMBERS = ["BE0123456749", "BE1000000021", "IE1234567T", "IE1234567WH", "XI123456782", "GB123456782"]
WORDS = {True: "yes", False: "no", None: "-"}
read = subprocess.run(["node", "check.cjs", json.dumps(NUMBERS)], capture_output=True, text=True, check=True).stdout
for number, by_node in zip(NUMBERS, json.loads(read)):
    answers = [*by_node, vat.is_valid(number), pyvat.is_vat_number_format_valid(number)]
    print(f"{number}:", *(WORDS[answer] for answer in answers))
PY
venv/bin/python check.py | tee seen
diff seen - <<'SEEN'
BE0123456749: yes yes yes yes yes yes
BE1000000021: no yes yes yes yes yes
IE1234567T: yes yes yes yes yes yes
IE1234567WH: yes yes no yes yes yes
XI123456782: no yes - - yes no
GB123456782: yes yes no yes no no
SEEN
