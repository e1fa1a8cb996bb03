#!/usr/bin/env bash
# A payment in an OFX statement: on which day it came depends on the library.
#
# ofxparse 0.21, ofxtools 1.1.1 and bankfile 0.2.0 from PyPI, on CPython 3.
# Behaviour: a day in OFX may carry a time and, in brackets, the hours that its zone is ahead of GMT. ofxparse takes these
# hours off and leaves a time without a zone, ofxtools takes them off and says that it is UTC. bankfile has the day that
# stands in the file. Where no zone stands there, all three agree.
# Output seen (as it stands in the file; the day by ofxparse, ofxtools, bankfile):
#   20250401000000[+2:CEST] 2025-03-31 2025-03-31 2025-04-01
#   20250401003000.000[+2:CEST] 2025-03-31 2025-03-31 2025-04-01
#   20250331230000[-4:EDT] 2025-04-01 2025-04-01 2025-03-31
#   20250331120000[-4:EDT] 2025-03-31 2025-03-31 2025-03-31
#   20250401 2025-04-01 2025-04-01 2025-04-01
# So of a bank in Paris that writes days as midnights every payment is a day, a month or a year early, and of one in Montréal those
# of the evening are a day late, which is a reminder, or a fee, for somebody who paid in time. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q install --disable-pip-version-check ofxparse==0.21 ofxtools==1.1.1 bankfile==0.2.0
cat >"$folder/days.py" <<'PY'
import io
import warnings

import bankfile
from ofxparse import OfxParser
from ofxtools.Parser import OFXTree

warnings.simplefilter("ignore")
days = ("20250401000000[+2:CEST]", "20250401003000.000[+2:CEST]", "20250331230000[-4:EDT]", "20250331120000[-4:EDT]", "20250401")
header = "OFXHEADER:100\r\nDATA:OFXSGML\r\nVERSION:102\r\nSECURITY:NONE\r\nENCODING:USASCII\r\nCHARSET:1252\r\n"
header += "COMPRESSION:NONE\r\nOLDFILEUID:NONE\r\nNEWFILEUID:NONE\r\n\r\n"
status = "<STATUS><CODE>0<SEVERITY>INFO</STATUS>"
entries = "".join(
    f"<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>{day}<TRNAMT>100.00<FITID>A{number}<NAME>payment</STMTTRN>"
    for number, day in enumerate(days)
)
statement = (
    f"{header}<OFX><SIGNONMSGSRSV1><SONRS>{status}<DTSERVER>20250402<LANGUAGE>ENG</SONRS></SIGNONMSGSRSV1>"
    f"<BANKMSGSRSV1><STMTTRNRS><TRNUID>1{status}<STMTRS><CURDEF>EUR"
    "<BANKACCTFROM><BANKID>10000<ACCTID>0001<ACCTTYPE>CHECKING</BANKACCTFROM>"
    f"<BANKTRANLIST><DTSTART>20250301<DTEND>20250430{entries}</BANKTRANLIST>"
    "<LEDGERBAL><BALAMT>500.00<DTASOF>20250430</LEDGERBAL></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"
).encode()

by_ofxparse = [entry.date for entry in OfxParser.parse(io.BytesIO(statement)).account.statement.transactions]
tree = OFXTree()
tree.parse(io.BytesIO(statement))
by_ofxtools = [entry.dtposted for entry in tree.convert().statements[0].transactions]
by_bankfile = [entry.date for entry in bankfile.parse_bytes(statement).transactions]
for day, one, two, three in zip(days, by_ofxparse, by_ofxtools, by_bankfile, strict=True):
    print(day, one.date(), two.date(), three)
PY
"$folder/venv/bin/python" "$folder/days.py" | tee "$folder/seen"
diff "$folder/seen" - <<'SEEN'
20250401000000[+2:CEST] 2025-03-31 2025-03-31 2025-04-01
20250401003000.000[+2:CEST] 2025-03-31 2025-03-31 2025-04-01
20250331230000[-4:EDT] 2025-04-01 2025-04-01 2025-03-31
20250331120000[-4:EDT] 2025-03-31 2025-03-31 2025-03-31
20250401 2025-04-01 2025-04-01 2025-04-01
SEEN
