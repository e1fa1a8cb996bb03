#!/usr/bin/env bash
# A payment that came back, in a statement in MT940 that is made CAMT.053: it has come twice. In the report of the day, MT942: it has not come back.
#
# camt053-loader-mt940, camt053-loader-mt942 and camt053, each 0.0.23, bankstatementparser-loader-mt942 0.0.28, bankstatementparser 0.0.29 and bankfile 0.2.0
# from PyPI, on CPython 3.
# Rule: in MT940 and MT942, RC is the reversal of a credit, by which money goes, and RD that of a debit; a letter of the currency may follow, R of EUR (SWIFT, field 61).
# In CAMT, CdtDbtInd tells what the entry itself is: where it is CRDT and RvslInd true, the original operation was a debit (ISO 20022, usage of RvslInd). So RC is
# DBIT there.
# Behaviour: both loaders of camt053 make CRDT of RC and DBIT of RD, with RvslInd, and so it stands in the CAMT.053 that is written of them, while camt053, which
# makes reversing entries as well, has DBIT for that of a credit. bankstatementparser-loader-mt942 leaves out RC, RD and what has a letter behind its mark, in
# silence, and gives their texts to the entry before. bankstatementparser and bankfile have all.
# Output seen (mark and amount; as CAMT by loader-mt940, loader-mt942; amount and text by bankstatementparser-loader-mt942; by bankstatementparser of MT940, of
# MT942, by bankfile; then what camt053 has for the reversal of a credit; what moved between the balances, and the sums of all):
#   C 500.00: CRDT -, CRDT -; 500.00 TEXT OF F-2; 500.00 500.00 500.00
#   RC 500.00: CRDT true, CRDT true; -; -500.00 -500.00 -500.00
#   D 20.00: DBIT -, DBIT -; -20.00 TEXT OF F-5; -20.00 -20.00 -20.00
#   RD 20.00: DBIT true, DBIT true; -; 20.00 20.00 20.00
#   CR 70.00: CRDT -, CRDT -; -; 70.00 70.00 70.00
#   DBIT
#   70.00; 1030.00 1030.00 480.00 70.00 70.00 70.00
# So an invoice whose payment bounced is paid, or paid twice; a payment of another is not there, and its text says that a charge was for it. A host takes the marks
# from the statement itself, and holds the sum of what it has read against the balances. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check camt053==0.0.23 camt053-loader-mt940==0.0.23 camt053-loader-mt942==0.0.23 \
  bankstatementparser==0.0.29 bankstatementparser-loader-mt942==0.0.28 bankfile==0.2.0
cat >marks.py <<'PY'
import re
from decimal import Decimal
from pathlib import Path

import bankfile
from bankstatementparser import Mt940Parser, Mt942Parser
from bankstatementparser_loader_mt942 import load_mt942
from camt053 import serialize_document
from camt053.constants import reverse_credit_debit
from camt053_loader_mt940 import parse_mt940
from camt053_loader_mt942 import parse_mt942

MARKS = [("C", "500.00"), ("RC", "500.00"), ("D", "20.00"), ("RD", "20.00"), ("CR", "70.00")]
HEAD = ":20:S1\n:25:BANKDEFF/1234567890\n:28C:1\n"
LINES = [f":61:25030{day}030{day}{mark}{amount.replace('.', ',')}NTRFF-{day}//B{day}\n:86:TEXT OF F-{day}\n" for day, (mark, amount) in enumerate(MARKS, 1)]
BOOKED = f"{HEAD}:60F:C250228EUR1000,00\n{''.join(LINES)}:62F:C250305EUR1070,00\n"
OF_THE_DAY = f"{HEAD}:34F:EUR0,\n:13D:2503051200+0100\n{''.join(LINES)}:90D:2EUR520,00\n:90C:3EUR590,00\n"
Path("booked.mt940").write_text(BOOKED)
Path("day.mt942").write_text(OF_THE_DAY)


def entries(xml):
    read = []
    for entry in re.findall(r"<Ntry>.*?</Ntry>", xml, re.S):
        number, mark = (re.search(f"<{name}>([^<]*)", entry).group(1) for name in ("NtryRef", "CdtDbtInd"))
        amount = Decimal(re.search(r'<Amt Ccy="EUR">([^<]*)', entry).group(1))
        read.append((number, f"{mark} {'true' if '<RvslInd>true' in entry else '-'}", amount if mark == "CRDT" else -amount))
    return read


of_day = [
    (entry.reference, f"{entry.credit_debit_indicator} {'true' if entry.reversal_indicator else '-'}", entry.amount)
    for entry in parse_mt942(OF_THE_DAY).statements[0].entries
]
of_day = [(number, words, Decimal(amount) * (1 if words.startswith("CRDT") else -1)) for number, words, amount in of_day]
camt = entries(serialize_document(parse_mt940(BOOKED)))
loaded = [(line.transaction_id[4:], line.amount, line.description) for line in load_mt942(OF_THE_DAY)]
tables = [parser(name).parse() for parser, name in ((Mt940Parser, "booked.mt940"), (Mt942Parser, "day.mt942"))]
amounts = [[Decimal(str(amount)) for amount in table["amount"]] for table in tables]
amounts.append([transaction.amount for transaction in bankfile.parse("booked.mt940").transactions])
for place, (mark, amount) in enumerate(MARKS):
    left = next((f"{amount} {text}" for number, amount, text in loaded if number == f"F-{place + 1}"), "-")
    print(f"{mark} {amount}: {camt[place][1]}, {of_day[place][1]}; {left};", *(f"{column[place]:.2f}" for column in amounts))
print(reverse_credit_debit("CRDT"))
sums = [sum(line[-1] for line in lines) for lines in (camt, of_day)] + [sum(line[1] for line in loaded)] + [sum(column) for column in amounts]
print("70.00;", *(f"{value:.2f}" for value in sums))
PY
venv/bin/python marks.py | tee seen
diff seen - <<'SEEN'
C 500.00: CRDT -, CRDT -; 500.00 TEXT OF F-2; 500.00 500.00 500.00
RC 500.00: CRDT true, CRDT true; -; -500.00 -500.00 -500.00
D 20.00: DBIT -, DBIT -; -20.00 TEXT OF F-5; -20.00 -20.00 -20.00
RD 20.00: DBIT true, DBIT true; -; 20.00 20.00 20.00
CR 70.00: CRDT -, CRDT -; -; 70.00 70.00 70.00
DBIT
70.00; 1030.00 1030.00 480.00 70.00 70.00 70.00
SEEN
