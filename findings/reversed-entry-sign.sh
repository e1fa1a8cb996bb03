#!/usr/bin/env bash
# A payment that the bank takes back, in an MT940 statement: the entry keeps the sign of the payment.
#
# mt-940 5.1.1 from PyPI, on CPython 3.
# Behaviour: an entry of a debit (D) has a negative amount, one of a credit (C) a positive one. A reversed credit
# (RC), which takes money away, is positive, too, and so is a reversed debit (RD), which rightly is: of the four, three
# are positive. The mark itself stands in `status`.
# Output seen, for a payment of 500.00, the same taken back, and a charge of 20.00 booked and given back; then what the statement's balances
# say that has moved, and the sum of the amounts:
#   C 500.00
#   RC 500.00
#   D -20.00
#   RD 20.00
#   0.00 1000.00
# So a host that makes payments of all positive amounts has an invoice paid twice that nobody has paid.
# Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q install mt-940==5.1.1
cat >"$folder/statement.sta" <<'STA'
:20:STATEMENT
:25:10000000/0000000001
:28C:1/1
:60F:C250301EUR1000,00
:61:2503030303C500,00NTRFINV-1//A1
:86:payment
:61:2503040304RC500,00NRTIINV-1//A2
:86:payment taken back
:61:2503050305D20,00NCHGFEE//A3
:86:charge
:61:2503060306RD20,00NCHGFEE//A4
:86:charge given back
:62F:C250306EUR1000,00
STA
cat >"$folder/entries.py" <<'PY'
import sys

import mt940

entries = mt940.parse(sys.argv[1])
for entry in entries:
    print(entry.data["status"], entry.data["amount"].amount)
opening, closing = (entries.data[f"final_{name}_balance"].amount.amount for name in ("opening", "closing"))
print(closing - opening, sum(entry.data["amount"].amount for entry in entries))
PY
"$folder/venv/bin/python" "$folder/entries.py" "$folder/statement.sta" | tee "$folder/seen"
diff "$folder/seen" - <<'SEEN'
C 500.00
RC 500.00
D -20.00
RD 20.00
0.00 1000.00
SEEN
