#!/usr/bin/env bash
# A bank statement (CAMT.053) read in JavaScript: a payment that was taken back is none, yen are a hundred times as many, and 19.99 is no whole number of cents.
#
# iso20022.js 0.0.15 from npm, on Node; camt053 0.0.23 from PyPI, on CPython 3.
# Rule: RvslInd is true where an entry takes back one that was booked before; the type is that of XML, true or 1. The amount has the decimals of its
# currency, none for JPY and XPF, three for KWD (ISO 20022, ISO 4217). Ustrd is text, in which zeros in front count. iso20022.js says of reversal that
# it tells whether the entry is one.
# Behaviour: reversal is false for each entry. Amounts are made minor units, by a float times a hundred for every currency. A reference that is made
# of digits becomes a number. camt053 has the mark, and the amounts as they are.
# Output seen (entry as it stands in the file: reference, amount, credit or debit, mark; reversal, amount and reference by iso20022.js; reversal and
# amount by camt053):
#   0000123 500.00 EUR CRDT -; false 50000 number 123; False 500.00
#   F-2 500.00 EUR DBIT true; false 50000 string F-2; True 500.00
#   F-3 20.00 EUR CRDT true; false 2000 string F-3; True 20.00
#   F-4 19.99 EUR CRDT false; false 1998.9999999999998 string F-4; False 19.99
#   F-5 1500 JPY CRDT false; false 150000 string F-5; False 1500
#   F-6 150000 XPF CRDT false; false 15000000 string F-6; False 150000
#   F-7 1.250 KWD CRDT false; false 125 string F-7; False 1.250
# So a charge that the bank gave back is income, an invoice of 1,500 yen is paid a hundred times over, one of 19.99 by a cent too little where the
# rest is cut off, and invoice 0000123 is not found. A host reads `RvslInd`, `Amt` and `Ustrd` from the XML itself. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check camt053==0.0.23
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund iso20022.js@0.0.15
cat >entries.mjs <<'JS'
import { CashManagementEndOfDayReport } from "iso20022.js";
import { readFileSync } from "node:fs";

for (const name of process.argv.slice(2)) {
  const [entry] = CashManagementEndOfDayReport.fromXML(readFileSync(name, "utf8")).statements[0].entries;
  const reference = entry.transactions[0].remittanceInformation;
  console.log(`${entry.reversal} ${entry.amount} ${typeof reference} ${reference}`);
}
JS
cat >entries.py <<'PY'
import subprocess
from pathlib import Path

import camt053

ENTRIES = [
    ("0000123", "500.00", "EUR", "CRDT", None),
    ("F-2", "500.00", "EUR", "DBIT", "true"),
    ("F-3", "20.00", "EUR", "CRDT", "true"),
    ("F-4", "19.99", "EUR", "CRDT", "false"),
    ("F-5", "1500", "JPY", "CRDT", "false"),
    ("F-6", "150000", "XPF", "CRDT", "false"),
    ("F-7", "1.250", "KWD", "CRDT", "false"),
]


def balance(code, amount, currency):
    return (
        f'<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp><Amt Ccy="{currency}">{amount}</Amt>'
        "<CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>2025-03-03</Dt></Dt></Bal>"
    )


def statement(reference, amount, currency, mark, reversal):
    taken_back = f"<RvslInd>{reversal}</RvslInd>" if reversal else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt>'
        "<GrpHdr><MsgId>M1</MsgId><CreDtTm>2025-03-04T06:00:00</CreDtTm></GrpHdr><Stmt><Id>S1</Id><CreDtTm>2025-03-04T06:00:00</CreDtTm>"
        f"<Acct><Id><IBAN>DE89370400440532013000</IBAN></Id><Ccy>{currency}</Ccy><Svcr><FinInstnId><BIC>COBADEFFXXX</BIC></FinInstnId></Svcr></Acct>"
        f"{balance('OPBD', amount, currency)}{balance('CLBD', amount, currency)}"
        f'<Ntry><Amt Ccy="{currency}">{amount}</Amt><CdtDbtInd>{mark}</CdtDbtInd>{taken_back}<Sts>BOOK</Sts>'
        "<BookgDt><Dt>2025-03-03</Dt></BookgDt><ValDt><Dt>2025-03-03</Dt></ValDt><BkTxCd><Prtry><Cd>166</Cd></Prtry></BkTxCd>"
        f"<NtryDtls><TxDtls><RmtInf><Ustrd>{reference}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>"
    )


names = [f"{number}.xml" for number in range(len(ENTRIES))]
for name, entry in zip(names, ENTRIES, strict=True):
    Path(name).write_text(statement(*entry))
by_node = subprocess.run(["node", "entries.mjs", *names], capture_output=True, text=True, check=True).stdout.splitlines()
for name, entry, line in zip(names, ENTRIES, by_node, strict=True):
    (one,) = camt053.parse_document(Path(name).read_text()).statements[0].entries
    print(*(part or "-" for part in entry), end=f"; {line}; ")
    print(one.reversal_indicator, one.amount)
PY
venv/bin/python entries.py | tee seen
diff seen - <<'SEEN'
0000123 500.00 EUR CRDT -; false 50000 number 123; False 500.00
F-2 500.00 EUR DBIT true; false 50000 string F-2; True 500.00
F-3 20.00 EUR CRDT true; false 2000 string F-3; True 20.00
F-4 19.99 EUR CRDT false; false 1998.9999999999998 string F-4; False 19.99
F-5 1500 JPY CRDT false; false 150000 string F-5; False 1500
F-6 150000 XPF CRDT false; false 15000000 string F-6; False 150000
F-7 1.250 KWD CRDT false; false 125 string F-7; False 1.250
SEEN
