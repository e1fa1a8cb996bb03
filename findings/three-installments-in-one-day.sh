#!/usr/bin/env bash
# Three installments by direct debit (pain.008), at the end of three months: all of them are collected on the first day, each as the first one.
#
# pain001 0.0.74 (pain.008.001.08) and sepaxml 2.7.0 (pain.008.001.02) from PyPI, on CPython 3.
# Rule: the day of collection, the kind of sequence (first, recurring) and the account of the creditor stand in a block PmtInf and hold for all collections in it; another
# day needs another block (ISO 20022, pain.008; rulebook of SEPA direct debits). pain001 takes them as columns of each row.
# Behaviour: pain001 writes one block, with what the first row has, and what the other rows have otherwise is left out, without a word; its number and sum of collections
# are those of all rows, and what it has written holds against the schema. So it does with transfers (pain.001), also in the example that comes with it, whose rows have
# several debtors and days. sepaxml writes a block for each day and kind.
# Output seen (what was asked, a row each; what stands in the file by pain001, by sepaxml: of each block day, kind, account, number; then a transfer of two accounts by
# pain001):
#   asked: 2026-01-31 FRST 3000, 2026-02-28 RCUR 3000, 2026-03-31 RCUR 3000
#   pain001: 2026-01-31 FRST 3000 3
#   sepaxml: 2026-01-31 FRST 3000 1, 2026-02-28 RCUR 3000 1, 2026-03-31 RCUR 3000 1
#   pain001, of 3000 and 6199: 2026-01-31 - 3000 2
# So a customer pays three months at once, and what another account was to pay is taken from the first. A host calls pain001 once for each day, kind and account. Fails if
# any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check pain001==0.0.74 sepaxml==2.7.0
cat >asked.csv <<'CSV'
2026-01-31,FRST,DE89370400440532013000,100.00
2026-02-28,RCUR,DE89370400440532013000,100.00
2026-03-31,RCUR,DE89370400440532013000,100.00
CSV
cat >debits.py <<'PY'
import csv
from collections import Counter
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pain001
from sepaxml import SepaDD

NAMES = ("day", "kind", "account", "amount")
CUSTOMER = "FR1420041010050500013M02606"
with open("asked.csv") as file:
    asked = [dict(zip(NAMES, row, strict=True)) for row in csv.reader(file)]


def by_pain001(message, rows, method):
    folder = Path(pain001.__file__).parent / "templates" / message
    records = [
        {
            "id": "M-1", "date": "2026-01-15T08:00:00", "initiator_name": "School", "payment_information_id": "P-1", "payment_method": method,
            "batch_booking": "false", "service_level_code": "SEPA", "charge_bearer": "SLEV", "debtor_name": "School",
            "debtor_agent_BIC": "DEUTDEFFXXX", "forwarding_agent_BIC": "DEUTDEFFXXX", "creditor_agent_BIC": "BNPAFRPPXXX",
            "creditor_name": "Customer", "creditor_account_IBAN": CUSTOMER, "remittance_information": f"F-{number}",
            "payment_id": f"F-{number}", "mandate_id": "M-1", "date_of_signature": "2025-12-01", "currency": "EUR", "payment_currency": "EUR",
            "requested_execution_date": row["day"], "sequence_type": row["kind"], "debtor_account_IBAN": row["account"], "payment_amount": row["amount"],
        }
        for number, row in enumerate(rows, 1)
    ]
    return pain001.generate_xml_string(records, message, str(folder / "template.xml"), str(folder / f"{message}.xsd"))


def by_sepaxml(rows):
    config = {"name": "School", "IBAN": rows[0]["account"], "BIC": "DEUTDEFFXXX", "batch": True, "creditor_id": "DE98ZZZ09999999999", "currency": "EUR"}
    debits = SepaDD(config, schema="pain.008.001.02", clean=True)
    for number, row in enumerate(rows, 1):
        debits.add_payment({
            "name": "Customer", "IBAN": CUSTOMER, "BIC": "BNPAFRPPXXX", "amount": int(row["amount"].replace(".", "")), "type": row["kind"],
            "collection_date": date.fromisoformat(row["day"]), "mandate_id": "M-1", "mandate_date": date(2025, 12, 1), "description": f"F-{number}",
        })
    return debits.export(validate=True).decode()


def blocks(text):
    for block in (element for element in ElementTree.fromstring(text).iter() if element.tag.endswith("}PmtInf")):
        first = {}
        for element in block.iter():
            first.setdefault(element.tag.split("}")[1], element.text)
        count = Counter(element.tag.split("}")[1] for element in block.iter())
        day = first.get("ReqdColltnDt") or first["Dt"]
        yield " ".join([day, first.get("SeqTp", "-"), first["IBAN"][-4:], str(count["InstdAmt"])])


print("asked:", ", ".join(f"{row['day']} {row['kind']} {row['account'][-4:]}" for row in asked))
print("pain001:", ", ".join(blocks(by_pain001("pain.008.001.08", asked, "DD"))))
print("sepaxml:", ", ".join(blocks(by_sepaxml(asked))))
other = dict(asked[1], account="DE75512108001245126199")
print("pain001, of 3000 and 6199:", ", ".join(blocks(by_pain001("pain.001.001.09", [asked[0], other], "TRF"))))
PY
venv/bin/python debits.py | tee seen
diff seen - <<'SEEN'
asked: 2026-01-31 FRST 3000, 2026-02-28 RCUR 3000, 2026-03-31 RCUR 3000
pain001: 2026-01-31 FRST 3000 3
sepaxml: 2026-01-31 FRST 3000 1, 2026-02-28 RCUR 3000 1, 2026-03-31 RCUR 3000 1
pain001, of 3000 and 6199: 2026-01-31 - 3000 2
SEEN
