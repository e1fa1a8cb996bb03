#!/usr/bin/env bash
# A cash report of a bank (BAI2) in yen or dinars: a hundredth of the yen, ten times the dinars.
#
# bankstatementparser 0.0.29, bankstatementparser-loader-bai2 0.0.28 and bai2 0.15.0 from PyPI, on CPython 3.
# Rule: an amount has no point, and as many decimals as its currency: two of USD and EUR, none of JPY, three of KWD (BAI2, of amounts, with the digits
# of ISO 4217). The loader says that amounts are in minor units of the currency of the account.
# Behaviour: both of bankstatementparser divide by a hundred, whatever the currency is. bai2 keeps the number as it stands, without a sign, and says
# credit or debit.
# Output seen (currency, code and number in the file; by bankstatementparser, by its loader, by bai2; the amount itself):
#   USD 165 125000: 1250 1250 125000 credit; 1250.00
#   JPY 165 150000: 1500 1500 150000 credit; 150000
#   KWD 165 1250: 12.5 12.5 1250 credit; 1.250
#   USD 475 2000: -20 -20 2000 debit; -20.00
# So an invoice of 150,000 yen is paid by a hundredth, and one of 1.250 dinars ten times over. A host takes the number as it stands, and shifts it by
# the digits of the currency. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check bankstatementparser==0.0.29 bankstatementparser-loader-bai2==0.0.28 bai2==0.15.0
cat >amounts.py <<'PY'
from pathlib import Path

from bai2 import bai2
from bankstatementparser import Bai2Parser
from bankstatementparser_loader_bai2 import load_bai2

ENTRIES = [("USD", 165, 125000, "1250.00"), ("JPY", 165, 150000, "150000"), ("KWD", 165, 1250, "1.250"), ("USD", 475, 2000, "-20.00")]
for currency, code, number, amount in ENTRIES:
    total = number * 3
    report = (
        "01,SENDER,RECEIVER,250303,0600,1,80,,2/\n"
        f"02,RECEIVER,SENDER,1,250303,0600,{currency},2/\n"
        f"03,1234567,{currency},010,{number},,,015,{number},,/\n"
        f"16,{code},{number},Z,REF1,CUST1,PAYMENT/\n"
        f"49,{total},3/\n98,{total},1,5/\n99,{total},1,7/\n"
    )
    Path("report.bai").write_text(report)
    (first,) = Bai2Parser("report.bai").parse()["amount"]
    (second,) = load_bai2(report)
    with open("report.bai") as file:
        (third,) = bai2.parse_from_file(file).children[0].children[0].children
    kind = third.type_code.transaction.value
    print(f"{currency} {code} {number}: {first:f} {second.amount:f} {third.amount} {kind}; {amount}")
PY
venv/bin/python amounts.py 2>/dev/null | tee seen
diff seen - <<'SEEN'
USD 165 125000: 1250 1250 125000 credit; 1250.00
JPY 165 150000: 1500 1500 150000 credit; 150000
KWD 165 1250: 12.5 12.5 1250 credit; 1.250
USD 475 2000: -20 -20 2000 debit; -20.00
SEEN
