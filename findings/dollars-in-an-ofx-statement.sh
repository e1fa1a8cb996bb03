#!/usr/bin/env bash
# A payment of 100 dollars in an OFX statement of an account in euros: 100 euros.
#
# ofxparse 0.21, bankstatementparser 0.0.29, bankfile 0.2.0 and ofxtools 1.1.1 from PyPI, on CPython 3.
# Rule: with CURRENCY in a transaction its amount is in the currency CURSYM, and CURRATE is the rate to that of the account; with ORIGCURRENCY it has
# been changed already (OFX 1.0.2, 5.2).
# Behaviour: ofxparse has neither, so that nothing tells dollars from euros. bankstatementparser says EUR, the currency of the account. bankfile says
# USD, and has no rate. ofxtools has both elements.
# Output seen (element of the transaction; amount and currency by ofxparse (none), bankstatementparser, bankfile, ofxtools; then what the balance says
# has moved, and the sums of the first three):
#   -: 100.00, 100.00 EUR, 100.00 EUR, 100.00
#   CURRENCY: 100.00, 100.00 EUR, 100.00 USD, 100.00 USD 0.90
#   ORIGCURRENCY: 90.00, 90.00 EUR, 90.00 EUR, 90.00 USD 0.90
#   280.00 290.00 290.00 290.00
# So an invoice of 100 EUR is paid by 90, which no later step can see. A host takes the amount times `currate` where ofxtools has `currency`, and
# holds the sum against the balance. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check ofxparse==0.21 bankstatementparser==0.0.29 bankfile==0.2.0 ofxtools==1.1.1
cat >statement.ofx <<'OFX'
OFXHEADER:100
DATA:OFXSGML
VERSION:102
SECURITY:NONE
ENCODING:USASCII
CHARSET:1252
COMPRESSION:NONE
OLDFILEUID:NONE
NEWFILEUID:NONE

<OFX>
<SIGNONMSGSRSV1><SONRS><STATUS><CODE>0<SEVERITY>INFO</STATUS><DTSERVER>20250331<LANGUAGE>FRA</SONRS></SIGNONMSGSRSV1>
<BANKMSGSRSV1><STMTTRNRS><TRNUID>1<STATUS><CODE>0<SEVERITY>INFO</STATUS>
<STMTRS><CURDEF>EUR<BANKACCTFROM><BANKID>20041<ACCTID>1<ACCTTYPE>CHECKING</BANKACCTFROM>
<BANKTRANLIST><DTSTART>20250301<DTEND>20250331
<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20250303<TRNAMT>100.00<FITID>A1<NAME>CUSTOMER<MEMO>F-1</STMTTRN>
<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20250303<TRNAMT>100.00<FITID>A2<NAME>CUSTOMER<MEMO>F-2<CURRENCY><CURRATE>0.90<CURSYM>USD</CURRENCY></STMTTRN>
<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>20250303<TRNAMT>90.00<FITID>A3<NAME>CUSTOMER<MEMO>F-3<ORIGCURRENCY><CURRATE>0.90<CURSYM>USD</ORIGCURRENCY></STMTTRN>
</BANKTRANLIST><LEDGERBAL><BALAMT>280.00<DTASOF>20250331</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1>
</OFX>
OFX
cat >amounts.py <<'PY'
from pathlib import Path

import bankfile
from bankstatementparser import OfxParser
from ofxparse import OfxParser as First
from ofxtools.Parser import OFXTree

tree = OFXTree()
tree.parse("statement.ofx")
(read,) = tree.convert().statements
with open("statement.ofx", "rb") as file:
    first = First.parse(file).account.statement.transactions
second = OfxParser("statement.ofx").parse()[["amount", "currency"]].values.tolist()
third = bankfile.parse_bytes(Path("statement.ofx").read_bytes()).transactions
assert not any("cur" in name for one in first for name in vars(one))
for one, (amount, currency), two, last in zip(first, second, third, read.transactions, strict=True):
    money = last.origcurrency if last.currency is None else last.currency
    said = "" if money is None else f" {money.cursym} {money.currate}"
    print(f"{last.curtype or '-'}: {one.amount}, {amount} {currency}, {two.amount} {two.currency}, {last.trnamt}{said}")
print(read.balance.balamt, sum(one.amount for one in first), sum(amount for amount, _ in second), sum(two.amount for two in third))
PY
venv/bin/python amounts.py 2>/dev/null | tee seen
diff seen - <<'SEEN'
-: 100.00, 100.00 EUR, 100.00 EUR, 100.00
CURRENCY: 100.00, 100.00 EUR, 100.00 USD, 100.00 USD 0.90
ORIGCURRENCY: 90.00, 90.00 EUR, 90.00 EUR, 90.00 USD 0.90
280.00 290.00 290.00 290.00
SEEN
