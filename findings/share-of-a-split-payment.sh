#!/usr/bin/env bash
# A payment in a QIF file that pays two invoices: each share has lost its last digit, and the payment is a hundred years old.
#
# qifparse 0.5 and quiffen 4.0.1 from PyPI, on CPython 3.
# Rule: in QIF, D is the day, T the amount, S what a share is for, and $ its amount; each line ends where it ends. Quicken writes the day as
# month/day/year in the United States, the year with two digits or four, or with an apostrophe from 2000 on.
# Behaviour: qifparse cuts the last character off the amount of a share. It reads the day first, and takes two digits after a slash for a year of the
# last century. quiffen has the shares, and reads the month first unless it is told `day_first`.
# Output seen (D and $ of the file; day and shares by qifparse, then by quiffen; what the shares come to beside the payment of 1234.56 in each):
#   03/04/2025 1000.06 234.50: 2025-04-03 1000.0 234.5, 2025-03-04 1000.06 234.50; 1234.50 1234.56
#   03/04/25 1200.00 34.56: 1925-04-03 1200.0 34.5, 2025-03-04 1200.00 34.56; 1234.50 1234.56
#   03/04'25 1234 0.56: 2025-04-03 123.0 0.5, 2025-03-04 1234 0.56; 123.50 1234.56
# So an invoice of 1000.06 stays open by six cents and is reminded of, one of 1234 by 1,111, and a payment came a month late, or before all invoices. A host compares the sum
# of the shares with the payment, and days with those of its statement. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check qifparse==0.5 quiffen==4.0.1
cat >shares.py <<'PY'
import io
from decimal import Decimal
from pathlib import Path

from qifparse.parser import QifParser
from quiffen import Qif

PAYMENTS = [("03/04/2025", "1000.06", "234.50"), ("03/04/25", "1200.00", "34.56"), ("03/04'25", "1234", "0.56")]


def shown(payment):
    shares = [Decimal(str(split.amount)) for split in payment.splits]
    return f"{payment.date:%Y-%m-%d} {' '.join(map(str, shares))}", f"{sum(shares):.2f}"


for day, one, two in PAYMENTS:
    text = f"!Type:Bank\nD{day}\nT1234.56\nPBuyer\nSF-1\n${one}\nSF-2\n${two}\n^\n"
    ((first,),) = QifParser.parse(io.StringIO(text)).get_transactions()
    Path("payment.qif").write_text(text)
    (account,) = Qif.parse("payment.qif").accounts.values()
    ((second,),) = account.transactions.values()
    days, sums = zip(shown(first), shown(second))
    print(f"{day} {one} {two}: {', '.join(days)};", *sums)
PY
venv/bin/python shares.py | tee seen
diff seen - <<'SEEN'
03/04/2025 1000.06 234.50: 2025-04-03 1000.0 234.5, 2025-03-04 1000.06 234.50; 1234.50 1234.56
03/04/25 1200.00 34.56: 1925-04-03 1200.0 34.5, 2025-03-04 1200.00 34.56; 1234.50 1234.56
03/04'25 1234 0.56: 2025-04-03 123.0 0.5, 2025-03-04 1234 0.56; 123.50 1234.56
SEEN
