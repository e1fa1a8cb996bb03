#!/usr/bin/env bash
# An OFX statement in which the bank corrects a payment: the wrong one and the right one are both counted.
#
# ofxparse 0.21, ofxtools 1.1.1 and bankfile 0.2.0 from PyPI, on CPython 3; ofx-js 1.1.1 from npm, on Node.
# Rule: a transaction with CORRECTFITID takes the place of the one that has this number (CORRECTACTION REPLACE), or takes it away (DELETE), also one
# that was sent in an earlier file (STMTTRN, OFX 1.0.2, 11.4.2.3.1).
# Behaviour: ofxparse has no field for either element, so that nothing tells a correction from a payment; bankfile has neither. ofxtools and ofx-js
# have both, and leave it to their caller to apply them.
# Output seen (number, amount and correction by ofxtools; amounts by ofxparse, bankfile, ofx-js; then what moved, and the sums of the three):
#   A1 1000.00 - -; 1000.00 1000.00 1000.00 -
#   A2 100.00 REPLACE A1; 100.00 100.00 100.00 REPLACE
#   A3 250.00 - -; 250.00 250.00 250.00 -
#   A4 250.00 DELETE A3; 250.00 250.00 250.00 DELETE
#   100.00 1600.00 1600.00 1600.00
# So 1,000 typed for 100 at the bank's counter pays ten invoices, and the money that the bank took away stays. A host reads the two elements,
# keeps the bank's number of each payment, and takes back what a later file corrects. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check ofxparse==0.21 ofxtools==1.1.1 bankfile==0.2.0
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund ofx-js@1.1.1
cat >amounts.cjs <<'JS'
const { readFileSync } = require("node:fs");
require("ofx-js").parse(readFileSync("statement.ofx", "latin1")).then((file) => {
  const entries = file.OFX.BANKMSGSRSV1.STMTTRNRS.STMTRS.BANKTRANLIST.STMTTRN;
  for (const entry of entries) console.log(entry.TRNAMT, entry.CORRECTACTION ?? "-");
});
JS
cat >amounts.py <<'PY'
import io
import subprocess
import warnings
from decimal import Decimal
from pathlib import Path

import bankfile
from ofxparse import OfxParser
from ofxtools.Parser import OFXTree

warnings.simplefilter("ignore")


def entry(number, amount, correction=""):
    return (
        f"<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>2025040{number}<TRNAMT>{amount}<FITID>A{number}{correction}"
        f"<NAME>payment</STMTTRN>"
    )


header = "OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\nSECURITY:NONE\r\nENCODING:USASCII\r\nCHARSET:1252\r\n"
header += "COMPRESSION:NONE\r\nOLDFILEUID:NONE\r\nNEWFILEUID:NONE\r\n\r\n"
status = "<STATUS><CODE>0<SEVERITY>INFO</STATUS>"
entries = (
    entry(1, "1000.00")
    + entry(2, "100.00", "<CORRECTFITID>A1<CORRECTACTION>REPLACE")
    + entry(3, "250.00")
    + entry(4, "250.00", "<CORRECTFITID>A3<CORRECTACTION>DELETE")
)
statement = (
    f"{header}<OFX><SIGNONMSGSRSV1><SONRS>{status}<DTSERVER>20250405<LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1>"
    f"<BANKMSGSRSV1><STMTTRNRS><TRNUID>1{status}<STMTRS><CURDEF>EUR"
    "<BANKACCTFROM><BANKID>10000<ACCTID>0001<ACCTTYPE>CHECKING</BANKACCTFROM>"
    f"<BANKTRANLIST><DTSTART>20250401<DTEND>20250405{entries}</BANKTRANLIST>"
    "<LEDGERBAL><BALAMT>100.00<DTASOF>20250405</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"
).encode()
Path("statement.ofx").write_bytes(statement)

tree = OFXTree()
tree.parse(io.BytesIO(statement))
by_ofxtools = tree.convert().statements[0].transactions
by_ofxparse = OfxParser.parse(io.BytesIO(statement)).account.statement.transactions
by_bankfile = bankfile.parse_bytes(statement).transactions
assert not any("correct" in name.lower() for way in (by_ofxparse, by_bankfile) for name in dir(way[1]))
by_ofx_js = subprocess.run(["node", "amounts.cjs"], capture_output=True, text=True, check=True).stdout.splitlines()
for one, two, three, four in zip(by_ofxtools, by_ofxparse, by_bankfile, by_ofx_js, strict=True):
    print(one.fitid, one.trnamt, one.correctaction or "-", f"{one.correctfitid or '-'};", two.amount, three.amount, four)

kept = {one.fitid: one.trnamt for one in by_ofxtools}
for one in by_ofxtools:
    if one.correctfitid:
        del kept[one.correctfitid]
        if one.correctaction == "DELETE":
            del kept[one.fitid]
sums = [sum(one.amount for one in way) for way in (by_ofxparse, by_bankfile)]
print(sum(kept.values()), *sums, sum(Decimal(four.split()[0]) for four in by_ofx_js))
PY
venv/bin/python amounts.py | tee seen
diff seen - <<'SEEN'
A1 1000.00 - -; 1000.00 1000.00 1000.00 -
A2 100.00 REPLACE A1; 100.00 100.00 100.00 REPLACE
A3 250.00 - -; 250.00 250.00 250.00 -
A4 250.00 DELETE A3; 250.00 250.00 250.00 DELETE
100.00 1600.00 1600.00 1600.00
SEEN
