#!/usr/bin/env bash
# A Spanish bank statement (norma 43) made into OFX: payments of two files have one number, and the closing balance is that of the first day.
#
# csb43 1.1.0 (its csb2format) and ofxtools 1.1.1 from PyPI, on CPython 3.
# Rule: FITID is the bank's number of a transaction, by which a client knows what it has had already; LEDGERBAL is the balance of the day DTASOF (OFX
# 2.1.1, chapters 3 and 11). A movement of one day may come in the file of the next, where the bank booked it late.
# Behaviour: norma 43 has no such number, and csb43 makes one of account, day and place among the movements of that day in the file, which it calls
# unique. The first of a day in each file is number 0 of that day. The final balance has the first day of the statement.
# Output seen (file: number, amount and text of each payment, as ofxtools reads them; balance and its day; then what a client keeps that leaves out a
# number that it has had, and what moved):
#   3 March: 20250303-0 500.00 F-1; 1500.00 2025-03-03
#   4 to 31 March: 20250303-0 200.00 F-2, 20250304-0 300.00 F-3; 2000.00 2025-03-04
#   kept 800.00 of 1000.00
# So invoice F-2 has been paid, and gets a reminder, and the balance of 31 March stands on the 4th. A host takes amount and text into the number, or
# reads the file with csb43 itself and holds opening balance plus movements against the closing one. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check csb43==1.1.0 ofxtools==1.1.1
cat >payments.py <<'PY'
import subprocess
from pathlib import Path

from ofxtools.Parser import OFXTree

ACCOUNT = "123456781234567890"
FILES = {
    "3 March": ("250303", "250303", 1000, [("250303", 500, "F-1")]),
    "4 to 31 March": ("250304", "250331", 1500, [("250303", 200, "F-2"), ("250304", 300, "F-3")]),
}


def record(text):
    return text.ljust(80) + "\r\n"


def statement(start, end, opening, payments):
    moved = sum(amount for _, amount, _ in payments)
    lines = [record(f"11{ACCOUNT}{start}{end}2{opening * 100:014}9783HOLDER")]
    for day, amount, text in payments:
        lines += [record(f"22    5678{day}{day}020012{amount * 100:014}{0:010}{0:012}"), record(f"2301{text}")]
    lines.append(record(f"33{ACCOUNT}{0:05}{0:014}{len(payments):05}{moved * 100:014}2{(opening + moved) * 100:014}978"))
    return "".join(lines) + record(f"88{'9' * 18}{len(lines):06}")


kept = {}
moved = 0
for name, (start, end, opening, payments) in FILES.items():
    Path("statement.43").write_text(statement(start, end, opening, payments), newline="")
    made = ["venv/bin/csb2format", "--strict", "--format", "ofx", "statement.43", "statement.ofx"]
    subprocess.run(made, check=True, capture_output=True)
    tree = OFXTree()
    tree.parse("statement.ofx")
    (read,) = tree.convert().statements
    listed = [(one.fitid[-10:], f"{one.trnamt:.2f}", one.memo) for one in read.transactions]
    print(f"{name}: {', '.join(' '.join(one) for one in listed)}; {read.balance.balamt:.2f} {read.balance.dtasof:%Y-%m-%d}")
    moved += sum(one.trnamt for one in read.transactions)
    for one in read.transactions:
        kept.setdefault(one.fitid, one.trnamt)
print(f"kept {sum(kept.values()):.2f} of {moved:.2f}")
PY
venv/bin/python payments.py | tee seen
diff seen - <<'SEEN'
3 March: 20250303-0 500.00 F-1; 1500.00 2025-03-03
4 to 31 March: 20250303-0 200.00 F-2, 20250304-0 300.00 F-3; 2000.00 2025-03-04
kept 800.00 of 1000.00
SEEN
