#!/usr/bin/env bash
# The rate of VAT on a given day: the day is asked for, and does not count.
#
# pyvat 1.3.18 from PyPI, on CPython 3.
# Rule: the rate is the one in force at the chargeable event, when the service is rendered (article 93 of directive 2006/112/EC). Standard rates:
# Germany 16 % from July to December 2020; Luxembourg 16 % in 2023; Estonia 20, 22 % from 2024, 24 % from July 2025; Finland 25.5 % from
# September 2024; Slovakia 23 % from 2025; Romania 21 % from August 2025.
# Behaviour: get_sale_vat_charge takes the day of the sale as its first argument, and has one rate for each country, whatever the day is.
# The day decides only whose rate it is, seller's or buyer's. Four of the rates are those of before the last change.
# Output seen (country, day, the rate in force, the rate given, VAT on 1,000.00 by one and by the other):
#   DE 2020-06-30 19 19 190.00 190.00
#   DE 2020-09-15 16 19 160.00 190.00
#   LU 2023-06-01 16 17 160.00 170.00
#   EE 2023-12-31 20 22 200.00 220.00
#   EE 2025-07-01 24 22 240.00 220.00
#   FI 2024-09-01 25.5 24 255.00 240.00
#   SK 2025-01-01 23 20 230.00 200.00
#   RO 2025-08-01 21 19 210.00 190.00
# So the credit for a service of 2020 gives back more tax than was paid, and an invoice of today asks for less than is owed. A host keeps
# a table of rates with the days from which they hold, and takes the rate of a credit from its invoice. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q install --disable-pip-version-check pyvat==1.3.18
cat >"$folder/rates.py" <<'PY'
from datetime import date
from decimal import Decimal

from pyvat import ItemType, Party, get_sale_vat_charge

for country, day, rate in (
    ("DE", date(2020, 6, 30), "19"),
    ("DE", date(2020, 9, 15), "16"),
    ("LU", date(2023, 6, 1), "16"),
    ("EE", date(2023, 12, 31), "20"),
    ("EE", date(2025, 7, 1), "24"),
    ("FI", date(2024, 9, 1), "25.5"),
    ("SK", date(2025, 1, 1), "23"),
    ("RO", date(2025, 8, 1), "21"),
):
    seller, buyer = Party(country, True), Party(country, False)
    given = get_sale_vat_charge(day, ItemType.generic_electronic_service, buyer, seller).rate
    print(country, day, rate, given, *(f"{Decimal(one) * 10:.2f}" for one in (rate, given)))
PY
"$folder/venv/bin/python" -W ignore "$folder/rates.py" | tee "$folder/seen"
diff "$folder/seen" - <<'SEEN'
DE 2020-06-30 19 19 190.00 190.00
DE 2020-09-15 16 19 160.00 190.00
LU 2023-06-01 16 17 160.00 170.00
EE 2023-12-31 20 22 200.00 220.00
EE 2025-07-01 24 22 240.00 220.00
FI 2024-09-01 25.5 24 255.00 240.00
SK 2025-01-01 23 20 230.00 200.00
RO 2025-08-01 21 19 210.00 190.00
SEEN
