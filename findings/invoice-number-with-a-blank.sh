#!/usr/bin/env bash
# The number of an invoice in the text of a payment, where the text goes on in the next field: with a blank in it, it is no invoice.
#
# pycoda 1.1.0 and febelfin-coda 0.5.0 (CODA), x940 0.1.1 and mt-940 5.1.1 (MT940 of German banks), norma43 0.1.4 and norma43parser 1.1.2 (norma 43)
# from PyPI, on CPython 3.
# Rule: what a payer writes is cut where a field is full, and goes on in the next: after 53 characters from record 2.1 to 2.2 in CODA, after 27 from
# ?20 to ?21 in field :86:, after 38 from the first text of a record 23 to the second. A blank that belongs there ends a field, or begins the next.
# Behaviour: pycoda, x940 and norma43 put a blank between two fields. febelfin-coda and mt-940 put nothing. norma43parser gives the record as it is.
# Output seen (library: text of the payment, and whether the number is found in it):
#   pycoda: PAYMENT OF THE INVOICES OF MARCH, OUR ORDER 7, F-2025 -000123 AND THANKS; not found
#   febelfin-coda: PAYMENT OF THE INVOICES OF MARCH, OUR ORDER 7, F-2025-000123 AND THANKS; found
#   x940: SVWZ+Invoice of March F-202 5-000123 with thanks; not found
#   mt-940: Invoice of March F-2025-000123 with thanks; found
#   norma43: TRANSFER OF MARCH FOR INVOICE F-2025-0 00123 WITH THANKS; not found
#   norma43parser: TRANSFER OF MARCH FOR INVOICE F-2025-000123 WITH THANKS; found
# So a reminder goes out to who has paid, but only to those with a long text. A host looks for the number with
# all blanks taken out of the text and of the number. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check febelfin-coda==0.5.0 x940==0.1.1 mt-940==5.1.1 norma43==0.1.4 norma43parser==1.1.2
python3 -m venv other
other/bin/pip -q install --disable-pip-version-check pycoda==1.1.0
cat >other.py <<'PY'
from coda.parser import Parser

print(Parser().parse_file("statement.cod")[0].movements[0].communication)
PY
cat >texts.py <<'PY'
import subprocess
from pathlib import Path

import mt940
import x940
from coda import CODA
from norma43 import Norma43Parser
from norma43parser import DateFormat
from norma43parser.parsers.norma_43_parser import Norma43Parser as Second

NUMBER = "F-2025-000123"
TEXT = {
    "coda": f"PAYMENT OF THE INVOICES OF MARCH, OUR ORDER 7, {NUMBER} AND THANKS",
    "mt940": f"Invoice of March {NUMBER} with thanks",
    "norma": f"TRANSFER OF MARCH FOR INVOICE {NUMBER} WITH THANKS",
}


def record(length, *parts):
    line = [" "] * length
    for place, part in parts:
        line[place : place + len(part)] = part
    return "".join(line)


def coda(text):
    account = "BE68539007547034"
    lines = [
        record(128, (0, "00000"), (5, "04032530005"), (24, "F1"), (34, "HOLDER"), (60, "KREDBEBB"), (71, "0" * 11), (83, "0" * 5), (127, "2")),
        record(128, (0, "12001" + account), (39, "EUR0" + f"{1000000:015}" + "030325HOLDER"), (125, "001")),
        record(128, (0, "2100010000"), (31, "0" + f"{500000:015}" + "040325" + "00150000" + "0" + text[:53]), (115, "0403250010"), (125, "1 0")),
        record(128, (0, "2200010000" + text[53:106]), (125, "0 0")),
        record(128, (0, "8001" + account), (38, "EUR0" + f"{1500000:015}" + "040325"), (127, "0")),
    ]
    return "\n".join([*lines, record(128, (0, "9"), (16, f"{len(lines) - 1:06}{0:015}{500000:015}"), (127, "2"))]) + "\n"


def sta(text):
    fields = "".join(f"?{20 + place}{text[27 * place : 27 * place + 27]}" for place in range(-(-len(text) // 27)))
    return (
        ":20:STATEMENT\n:25:10000000/0000000001\n:28C:1/1\n:60F:C250303EUR1000,00\n"
        f":61:2503040304C500,00NTRFNONREF\n:86:166?00CREDIT{fields}?32CUSTOMER\n:62F:C250304EUR1500,00\n"
    )


def norma(text):
    account = "123456781234567890"
    lines = [
        f"11{account}2503042503042{100000:014}9783HOLDER",
        f"22    5678250304250304020012{50000:014}{0:022}",
        f"2301{text}",
        f"33{account}{0:019}{1:05}{50000:014}2{150000:014}978",
    ]
    return "".join(line.ljust(80) + "\n" for line in [*lines, f"88{'9' * 18}{len(lines):06}"])


Path("statement.cod").write_text(coda(TEXT["coda"]), newline="")
Path("statement.sta").write_text(sta(f"SVWZ+{TEXT['mt940']}"))
Path("statement.43").write_text(norma(TEXT["norma"]))
texts = {
    "pycoda": subprocess.run(["other/bin/python", "other.py"], capture_output=True, text=True, check=True).stdout.strip(),
    "febelfin-coda": CODA("statement.cod").statements[0].moves[0].communication,
    "x940": x940.MT940(Path("statement.sta").read_text()).transactions[0].purpose,
    "mt-940": next(iter(mt940.parse("statement.sta"))).data["purpose"],
    "norma43": Norma43Parser("statement.43").parse()[0].transactions[0].full_description,
    "norma43parser": Second(DateFormat.ENGLISH).parse(Path("statement.43").read_text()).accounts[0].movement_lines[0].extra_information[0].strip(),
}
for name, text in texts.items():
    print(f"{name}: {text}; {'found' if NUMBER in text else 'not found'}")
PY
venv/bin/python texts.py | tee seen
diff seen - <<'SEEN'
pycoda: PAYMENT OF THE INVOICES OF MARCH, OUR ORDER 7, F-2025 -000123 AND THANKS; not found
febelfin-coda: PAYMENT OF THE INVOICES OF MARCH, OUR ORDER 7, F-2025-000123 AND THANKS; found
x940: SVWZ+Invoice of March F-202 5-000123 with thanks; not found
mt-940: Invoice of March F-2025-000123 with thanks; found
norma43: TRANSFER OF MARCH FOR INVOICE F-2025-0 00123 WITH THANKS; not found
norma43parser: TRANSFER OF MARCH FOR INVOICE F-2025-000123 WITH THANKS; found
SEEN
