#!/usr/bin/env bash
# A payment from abroad in a CAMT.053 statement: the amount of one currency under the name of another.
#
# pycamt 1.1.1 and camt053 0.0.23 from PyPI, on CPython 3.
# Behaviour: an entry has the amount that was booked, and its details may say what the customer's bank was told to pay (InstdAmt),
# in the currency in which it was told. pycamt gives a detail without an amount of its own that instructed amount, and the
# currency of the entry. Two details of one entry without amounts each get the whole of the entry. camt053 has amounts of entries only.
# Output seen, for 100 USD booked as 90 EUR, 500 EUR of which a bank has kept 10, and 300 EUR for two invoices (pycamt, then camt053, then
# what the balances of the statement say has moved):
#   F-1 100.00 EUR, F-2 500.00 EUR, F-3 300.00 EUR, F-4 300.00 EUR: 1200.00
#   90.00 EUR, 490.00 EUR, 300.00 EUR: 880.00
#   880.00
# So an invoice of 100 EUR is taken for paid when 90 EUR have come, and two invoices by the money of one. The sum of the entries is what
# moved: compare. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q install --disable-pip-version-check pycamt==1.1.1 camt053==0.0.23
cat >"$folder/entries.py" <<'PY'
from decimal import Decimal

import camt053
from pycamt.parser import Camt053Parser


def balance(code, amount, day):
    return (
        f'<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">{amount}</Amt>'
        f"<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>"
    )


def detail(reference, instructed=""):
    amounts = f"<AmtDtls><InstdAmt>{instructed}</InstdAmt></AmtDtls>" if instructed else ""
    return f"<TxDtls><Refs><EndToEndId>{reference}</EndToEndId></Refs>{amounts}</TxDtls>"


def entry(amount, *details):
    return (
        f'<Ntry><Amt Ccy="EUR">{amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>'
        "<BookgDt><Dt>2025-03-04</Dt></BookgDt><ValDt><Dt>2025-03-04</Dt></ValDt><BkTxCd><Domn><Cd>PMNT</Cd><Fmly>"
        "<Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>"
        f"<NtryDtls>{''.join(details)}</NtryDtls></Ntry>"
    )


statement = (
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>'
    "<GrpHdr><MsgId>STATEMENT</MsgId><CreDtTm>2025-03-05T06:00:00</CreDtTm></GrpHdr>"
    "<Stmt><Id>1</Id><CreDtTm>2025-03-05T06:00:00</CreDtTm>"
    "<Acct><Id><IBAN>DE02120300000000202051</IBAN></Id><Ccy>EUR</Ccy></Acct>"
    + balance("OPBD", "1000.00", "2025-03-04")
    + balance("CLBD", "1880.00", "2025-03-04")
    + entry("90.00", detail("F-1", '<Amt Ccy="USD">100.00</Amt>'))
    + entry("490.00", detail("F-2", '<Amt Ccy="EUR">500.00</Amt>'))
    + entry("300.00", detail("F-3"), detail("F-4"))
    + "</Stmt></BkToCstmrStmt></Document>"
)

parser = Camt053Parser(statement)
details = parser.get_transactions()
print(
    ", ".join(f"{one['EndToEndId']} {one['Amount']} {one['Currency']}" for one in details) + ":",
    sum(Decimal(one["Amount"]) for one in details),
)
entries = camt053.parse_document(statement).statements[0].entries
print(", ".join(f"{one.amount} {one.currency}" for one in entries) + ":", sum(Decimal(one.amount) for one in entries))
(balances,) = parser.get_statement_info()
print(Decimal(balances["ClosingBalance"]) - Decimal(balances["OpeningBalance"]))
PY
"$folder/venv/bin/python" "$folder/entries.py" | tee "$folder/seen"
diff "$folder/seen" - <<'SEEN'
F-1 100.00 EUR, F-2 500.00 EUR, F-3 300.00 EUR, F-4 300.00 EUR: 1200.00
90.00 EUR, 490.00 EUR, 300.00 EUR: 880.00
880.00
SEEN
