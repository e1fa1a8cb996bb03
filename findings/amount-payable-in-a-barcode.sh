#!/usr/bin/env bash
# A payment slip with its amount in a barcode (GS1-128), 12.50 EUR: one library reads 97812.50.
#
# bark-js 1.2.1, gs1js 0.0.2 and gs1-barcode-parser-mod 1.2.1 from npm, on Node; biip 5.2.0 from PyPI, on CPython 3.
# Rule: the application identifiers 3900 to 3909 have an amount payable, 3910 to 3919 one behind the three digits of its currency (978 for EUR). The
# fourth digit says how many of the amount are decimals (GS1 General Specifications).
# Behaviour: bark-js has the digits of the currency in front of those of the amount in `value`, and writes the amount itself beside it. gs1js knows
# none of these identifiers: it says that a 39 has the rest, number of decimals and all. The other two have the amount.
# Output seen (what stands in the code; by bark-js, gs1js, gs1-barcode-parser-mod, biip):
#   (3902)1250: 12.50, 39 021250, 12.5, 12.50
#   (3912)9781250: 97812.50, 39 129781250, 12.5, 12.50
#   (3913)41412500: 41412.500, 39 1341412500, 12.5, 12.500
#   (3910)3921500: 3921500, 39 103921500, 1500, 1500
# So the same field of the same library has the amount of a slip in local money, and one of thousands where the slip says which money; 1,500 yen are
# 3,921,500. A host takes `amount` where there is one, and compares it with what is open. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check biip==5.2.0
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund bark-js@1.2.1 gs1js@0.0.2 gs1-barcode-parser-mod@1.2.1 2>/dev/null
cat >slips.cjs <<'JS'
const bark = require("bark-js");
const { GS1Reader } = require("gs1js");
const { parseBarcode } = require("gs1-barcode-parser-mod");

for (const slip of process.argv.slice(2)) {
  const [one] = bark(slip).elements;
  const [two] = new GS1Reader(slip).getApplicationIdentifiers();
  const [three] = parseBarcode(`]C1${slip}`).parsedCodeItems;
  console.log([one.value, `${two.identifier} ${two.value}`, three.data].join(", "));
}
JS
cat >slips.py <<'PY'
import subprocess

import biip

SLIPS = [("3902", "1250"), ("3912", "9781250"), ("3913", "41412500"), ("3910", "3921500")]
by_node = subprocess.run(["node", "slips.cjs", *map("".join, SLIPS)], capture_output=True, text=True, check=True).stdout.splitlines()
for (identifier, digits), npm in zip(SLIPS, by_node, strict=True):
    (element,) = biip.parse(identifier + digits).gs1_message.element_strings
    print(f"({identifier}){digits}: {npm}, {element.decimal}")
PY
venv/bin/python slips.py | tee seen
diff seen - <<'SEEN'
(3902)1250: 12.50, 39 021250, 12.5, 12.50
(3912)9781250: 97812.50, 39 129781250, 12.5, 12.50
(3913)41412500: 41412.500, 39 1341412500, 12.5, 12.500
(3910)3921500: 3921500, 39 103921500, 1500, 1500
SEEN
