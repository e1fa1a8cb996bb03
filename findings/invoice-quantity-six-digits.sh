#!/usr/bin/env bash
# An electronic invoice whose quantity is a number: six digits of it are kept, and quantity times price is no longer the amount.
#
# factur-x 7.8 from PyPI, on CPython 3.
# Behaviour: generate_xml takes quantities, prices and amounts as texts or as numbers. Of a quantity that is a number it announces four decimals, and
# writes six digits in all, the decimals among them. Prices and amounts keep theirs. A text is written as it is. The file is valid against
# the schema that the package checks itself, both as Factur-X and as UBL; from a million on the quantity gets an exponent, and this check fails.
# Output seen (quantity; in the Factur-X, then in the UBL invoice; of the same as a text; amount of the line at 0.2516, and what the quantity
# that is written comes to):
#   1234.5 1234.5 1234.5 1234.5 310.60 310.60
#   1234.567 1234.57 1234.57 1234.567 310.62 310.62
#   12345.25 12345.2 12345.2 12345.25 3106.06 3106.05
#   123456.7 123457 123457 123456.7 31061.71 31061.78
# So an invoice of work, of kilowatt-hours or of square metres states a quantity that nobody delivered, and whoever checks it by working it out
# pays another sum, or refuses it. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q install --disable-pip-version-check factur-x==7.8
cat >"$folder/quantities.py" <<'PY'
import datetime
from decimal import ROUND_HALF_UP, Decimal

from facturx import generate_xml, parse_ubl_cii_xml

PRICE, CENT = Decimal("0.2516"), Decimal("0.01")


def amount_of(quantity):
    return (Decimal(quantity) * PRICE).quantize(CENT, ROUND_HALF_UP)


def written(quantity, total, flavor):
    line = {
        "BT-126": "1",
        "BT-129": quantity,
        "BT-130": "KWH",
        "BT-131": total,
        "BT-146": str(PRICE),
        "BT-151": "Z",
        "BT-152": "0.00",
        "BT-153": "energy",
    }
    invoice = {
        "BT-1": "F-1",
        "BT-2": datetime.date(2025, 3, 31),
        "BT-3": "380",
        "BT-5": "EUR",
        "BT-9": datetime.date(2025, 4, 30),
        "BT-72": datetime.date(2025, 3, 31),
        "BG-4": {"name": "Seller", "country_code": "FR"},
        "BG-7": {"name": "Buyer", "country_code": "FR"},
        "BG-23": [{"BT-116": total, "BT-117": "0.00", "BT-118": "Z", "BT-119": "0.00"}],
        "BG-25": [line],
    }
    invoice |= {"BT-106": total, "BT-109": total, "BT-110": "0.00", "BT-112": total, "BT-115": total}
    xml = generate_xml(invoice, flavor, "en16931", check_xsd=True, check_schematron=False)
    return parse_ubl_cii_xml(xml)["BG-25"][0]["BT-129"]


for quantity in ("1234.5", "1234.567", "12345.25", "123456.7"):
    total = str(amount_of(quantity))
    by_number = [written(float(quantity), total, flavor) for flavor in ("factur-x", "ubl-2.1")]
    print(quantity, *by_number, written(quantity, total, "factur-x"), total, amount_of(by_number[0]))
PY
"$folder/venv/bin/python" "$folder/quantities.py" | tee "$folder/seen"
diff "$folder/seen" - <<'SEEN'
1234.5 1234.5 1234.5 1234.5 310.60 310.60
1234.567 1234.57 1234.57 1234.567 310.62 310.62
12345.25 12345.2 12345.2 12345.25 3106.06 3106.05
123456.7 123457 123457 123456.7 31061.71 31061.78
SEEN
