#!/usr/bin/env bash
# A rate of 0,125 EUR, read from a text: 125 EUR; an amount of a Swiss invoice: 1 franc; and a credit: a charge.
#
# price-parser 0.5.1 from PyPI, on CPython 3.
# Rule: no number in groups of three begins with a group of 0. In Switzerland an apostrophe groups digits, straight or U+2019. price-parser says that
# it takes marks of thousands and decimals without effort of its caller.
# Behaviour: a mark that three digits follow, and no other mark, is one of thousands, also behind 0, unless decimal_separator names it. U+2019 ends
# the number; the straight apostrophe does not. A minus is left out in any of its forms, also with decimal_separator.
# Output seen (text; as read; with the mark of decimals named):
#   0,12 €/kWh: 0.12; 0.12
#   0,125 €/kWh: 125; 0.125
#   0,2516 €/kWh: 0.2516; 0.2516
#   0.085 EUR: 85; 0.085
#   0.500 KWD: 500; 0.500
#   CHF 1'234.50: 1234.50; 1234.50
#   CHF 1’234.50: 1; 1
#   1 234,50 €: 1234.50; 1234.50
#   -1 234,50 €: 1234.50; 1234.50
#   −1 234,50 €: 1234.50; 1234.50
# So a kilowatt hour costs a thousand times as much, where one at 0,12 or at 0,2516 is right, 1’234.50 are asked for as 1, and what was given back is
# paid. A host names the mark of decimals, refuses what has a sign or U+2019, and reads invoices of Switzerland otherwise. Fails if any of this
# changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check price-parser==0.5.1
cat >prices.py <<'PY'
from price_parser import Price

TEXTS = [("0,12 €/kWh", ","), ("0,125 €/kWh", ","), ("0,2516 €/kWh", ","), ("0.085 EUR", "."), ("0.500 KWD", ".")]
TEXTS += [("CHF 1'234.50", "."), ("CHF 1\u2019234.50", "."), ("1 234,50 €", ","), ("-1 234,50 €", ","), ("\u22121 234,50 €", ",")]
for text, mark in TEXTS:
    print(f"{text}: {Price.fromstring(text).amount}; {Price.fromstring(text, decimal_separator=mark).amount}")
PY
venv/bin/python prices.py | tee seen
diff seen - <<'SEEN'
0,12 €/kWh: 0.12; 0.12
0,125 €/kWh: 125; 0.125
0,2516 €/kWh: 0.2516; 0.2516
0.085 EUR: 85; 0.085
0.500 KWD: 500; 0.500
CHF 1'234.50: 1234.50; 1234.50
CHF 1’234.50: 1; 1
1 234,50 €: 1234.50; 1234.50
-1 234,50 €: 1234.50; 1234.50
−1 234,50 €: 1234.50; 1234.50
SEEN
