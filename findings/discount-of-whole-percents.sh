#!/usr/bin/env bash
# A discount of 2.5 % on an electronic invoice: two or three are granted, and of 1 % a hundred; with two rates of VAT it is taken off twice.
#
# en16931 0.2 from PyPI, on CPython 3.
# Rule: the percentage of a discount (BT-94) may have decimals, and goes with its base and its amount; a discount belongs to one rate of VAT
# (BT-95, BT-96), and lowers the taxable amount of that rate (EN 16931, BR-S-08 and its like).
# Behaviour: discount_percent is rounded to a whole percent, and the amount worked out from that: 2.5 is 3 % as a float, 2 % as a Decimal.
# What is not above 1 is taken for a share, so that 1 is 100 %, and 1.5 is 1 %. The whole discount is taken off the taxable
# amount of each rate. With a single rate the figures of the file agree, so that no check of it finds anything.
# Output seen (discount asked for, on one line of 1,000.00 at 20 %: percentage and amount in the file, amount due; then lines of 500.00 at
# 20 and 500.00 at 10 % with a discount of 100.00: the taxable amounts, what the net amount is, the VAT, and VAT on that net amount, half
# at each rate):
#   2.5 3.00 30.00 1164.00
#   Decimal('2.5') 2.00 20.00 1176.00
#   12.5 12.00 120.00 1056.00
#   10 10.00 100.00 1080.00
#   1.5 1.00 10.00 1188.00
#   1 100.00 1000.00 0.00
#   400.00 400.00 900.00 120.00 135.00
# So the customer pays another sum than agreed, or nothing at all, and the seller states less VAT than is owed. A host works discounts out
# itself, and states the lines after discount. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q install --disable-pip-version-check en16931==0.2
cat >"$folder/discounts.py" <<'PY'
import re
from decimal import Decimal

from en16931 import Entity, Invoice, InvoiceLine

PARTY = Entity(
    name="Party",
    registration_name="Party",
    country="BE",
    tax_scheme="VAT",
    tax_scheme_id="BE0123456749",
    party_legal_entity_id="BE0123456749",
    endpoint="BE0123456749",
    endpoint_scheme="9925",
    mail="party@example.org",
    address="Street 1",
    city="City",
    postalzone="1000",
)


def invoice(*lines):
    made = Invoice(invoice_id="F-1", currency="EUR")
    made.issue_date, made.due_date = "2025-03-31", "2025-04-30"
    made.seller_party = made.buyer_party = PARTY
    for price, rate in lines:
        made.add_line(InvoiceLine(quantity=1, price=price, item_name="work", tax_percent=rate, tax_category="S"))
    return made


def in_file(made, *names):
    xml = made.to_xml()
    return [found for name in names for found in re.findall(f"<cbc:{name}[ >](?:[^<>]*>)?([^<]*)</cbc:{name}>", xml)]


for percent in (2.5, Decimal("2.5"), 12.5, 10, 1.5, 1):
    made = invoice((1000, 0.2))
    made.discount_percent = percent
    share, amount, due = in_file(made, "MultiplierFactorNumeric", "AllowanceTotalAmount", "PayableAmount")
    print(repr(percent), f"{Decimal(share):.2f}", amount, due)
made = invoice((500, 0.2), (500, 0.1))
made.discount_amount = 100
(net,) = in_file(made, "TaxExclusiveAmount")
half = Decimal(net) / 2
print(*sorted(in_file(made, "TaxableAmount")), net, in_file(made, "TaxAmount")[0], f"{half * Decimal('0.2') + half * Decimal('0.1'):.2f}")
PY
"$folder/venv/bin/python" "$folder/discounts.py" | tee "$folder/seen"
diff "$folder/seen" - <<'SEEN'
2.5 3.00 30.00 1164.00
Decimal('2.5') 2.00 20.00 1176.00
12.5 12.00 120.00 1056.00
10 10.00 100.00 1080.00
1.5 1.00 10.00 1188.00
1 100.00 1000.00 0.00
400.00 400.00 900.00 120.00 135.00
SEEN
