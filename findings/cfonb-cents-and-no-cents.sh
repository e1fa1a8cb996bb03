#!/usr/bin/env bash
# A French bank statement (CFONB 120): cents that are written wrong, and francs of the Pacific that are read as billionths.
#
# python-cfonb 2.13 from PyPI, on CPython 3.
# Rule: an amount is 14 characters, the last one digit and sign together; another field says how many of the digits are decimals: 2 for EUR,
# 0 for XPF, the money of New Caledonia and Polynesia, and JPY. A record 05 MMO has the original amount of a payment in another money.
# Behaviour: write_amount goes through a float, even from a Decimal, cuts what that has too little, and leaves a zero out where the cents are below
# ten. Statement writes the digits that the number happens to have, and says that two of them are decimals. Read with 0 decimals, all
# digits are decimals. The original amount of MMO is divided by the number of its decimals. Amounts read with 2 decimals are right.
# Output seen (amount; written and read back by write_amount and parse_amount; written by Statement, read back by StatementReader; then
# an entry of 150,000 francs of the Pacific, and its original amount of 125.70 EUR):
#   Decimal('123.40') 123.40 123.40
#   Decimal('19.99') 19.98 19.99
#   Decimal('1.05') 0.15 1.05
#   Decimal('8.20') 8.19 8.20
#   Decimal('1200') 1200.00 12.00
#   1200 1200.00 12.00
#   1200.5 1200.50 120.05
#   XPF 150000 1.50000E-9 of EUR 125.70 6285.0
# So 1.05 becomes 0.15, 1,200 becomes 12.00, and what a customer in Nouméa has paid is nothing, once it is rounded. A host writes amounts
# with its own digits, checks opening balance plus entries against the closing one, and reads XPF itself. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q install --disable-pip-version-check python-cfonb==2.13
cat >"$folder/amounts.py" <<'PY'
import io
from datetime import date
from decimal import Decimal

from cfonb import StatementReader
from cfonb.parser.common import Row, parse_amount, write_amount
from cfonb.writer.statement import Statement

ACCOUNT = ("30002", "00447", "EUR", "00000000001")


def by_statement(amount):
    statement = Statement().header(*ACCOUNT, date(2025, 3, 31), Decimal("0.00"))
    statement.add("30002", "0001", *ACCOUNT[1:], date(2025, 3, 31), "F-1", amount, "F-1")
    statement.footer(*ACCOUNT, date(2025, 3, 31), Decimal("0.00"))
    (read,) = StatementReader().parse(io.StringIO(statement.render()))
    return read.lines[0].amount


for amount in (Decimal("123.40"), Decimal("19.99"), Decimal("1.05"), Decimal("8.20"), Decimal("1200"), 1200, 1200.5):
    print(repr(amount), parse_amount(write_amount(amount, 2), 2), by_statement(amount))

HEAD = "30002" + "    " + "00447" + "XPF" + "0" + " " + "00000000001"
entry = "04" + HEAD + "18" + "310325" + "  " + "310325" + "F-1".ljust(31) + " " * 11 + "0000000015000{".rjust(14) + " " * 16
original = "05" + HEAD + "18" + "310325" + " " * 5 + "MMO" + "EUR2" + "00000000012570" + "00" + "0" * 11 + " " * 41
print("XPF 150000", Row(entry).amount, "of EUR 125.70", Row(original).equivalent_amount)
PY
"$folder/venv/bin/python" "$folder/amounts.py" | tee "$folder/seen"
diff "$folder/seen" - <<'SEEN'
Decimal('123.40') 123.40 123.40
Decimal('19.99') 19.98 19.99
Decimal('1.05') 0.15 1.05
Decimal('8.20') 8.19 8.20
Decimal('1200') 1200.00 12.00
1200 1200.00 12.00
1200.5 1200.50 120.05
XPF 150000 1.50000E-9 of EUR 125.70 6285.0
SEEN
