#!/usr/bin/env bash
# A bank's report of the day (CAMT.052): what is only expected stands beside what is booked, and looks the same.
#
# bankstatementparser 0.0.29 and pycamt 1.1.1 from PyPI, on CPython 3.
# Behaviour: each entry of such a report says whether it is booked (BOOK), pending (PDNG) or mere information (INFO). The table that
# bankstatementparser makes has no column for it. pycamt keeps it in `Status`.
# Output seen (the columns of bankstatementparser; reference, amount and mark of each entry, from its row and from pycamt's; what the
# balances of the report say has moved, and the sum of the amounts):
#   Amount Currency DrCr Debtor Creditor Reference EndToEndId ValDt BookgDt AccountId description amount date currency account_id
#   F-1 500.00 CRDT, 500.00 CRDT BOOK
#   F-2 700.00 CRDT, 700.00 CRDT PDNG
#   F-3 900.00 CRDT, 900.00 CRDT INFO
#   500.00 2100.00
# So an invoice is taken for paid by money that may never come. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q install --disable-pip-version-check bankstatementparser==0.0.29 pycamt==1.1.1
cat >"$folder/report.py" <<'PY'
import logging
import sys
from decimal import Decimal
from pathlib import Path

from bankstatementparser import Camt052Parser
from pycamt.parser import Camt053Parser

logging.disable()


def balance(code, amount):
    return (
        f'<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{amount}</Amt>'
        "<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2025-03-06</Dt></Dt></Bal>"
    )


def entry(amount, mark, reference):
    booked = "<BookgDt><Dt>2025-03-06</Dt></BookgDt>" if mark == "BOOK" else ""
    return (
        f'<Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>{mark}</Sts>{booked}'
        "<ValDt><Dt>2025-03-07</Dt></ValDt><BkTxCd><Domn><Cd>PMNT</Cd><Fmly>"
        "<Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>"
        f"<NtryDtls><TxDtls><Refs><EndToEndId>{reference}</EndToEndId></Refs></TxDtls></NtryDtls></Ntry>"
    )


report = (
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.052.001.02"><BkToCstmrAcctRpt>'
    "<GrpHdr><MsgId>REPORT</MsgId><CreDtTm>2025-03-06T12:00:00</CreDtTm></GrpHdr>"
    "<Rpt><Id>1</Id><CreDtTm>2025-03-06T12:00:00</CreDtTm>"
    "<Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy></Acct>"
    + balance("OPBD", "1000.00")
    + balance("ITBD", "1500.00")
    + entry("500.00", "BOOK", "F-1")
    + entry("700.00", "PDNG", "F-2")
    + entry("900.00", "INFO", "F-3")
    + "</Rpt></BkToCstmrAcctRpt></Document>"
)
file = Path(sys.argv[1])
file.write_text(report)
table = Camt052Parser(str(file)).parse()
print(*table.columns)
for row, other in zip(table.to_dict("records"), Camt053Parser(report).get_transactions(), strict=True):
    print(
        row["EndToEndId"],
        row["Amount"],
        row["DrCr"] + ",",
        other["Amount"],
        other["CreditDebitIndicator"],
        other["Status"],
    )
print(Decimal("1500.00") - Decimal("1000.00"), sum(table["Amount"]))
PY
"$folder/venv/bin/python" "$folder/report.py" "$folder/report.xml" | tee "$folder/seen"
diff "$folder/seen" - <<'SEEN'
Amount Currency DrCr Debtor Creditor Reference EndToEndId ValDt BookgDt AccountId description amount date currency account_id
F-1 500.00 CRDT, 500.00 CRDT BOOK
F-2 700.00 CRDT, 700.00 CRDT PDNG
F-3 900.00 CRDT, 900.00 CRDT INFO
500.00 2100.00
SEEN
