#!/usr/bin/env bash
# An electronic invoice with a price for 100 kWh: read and written again, it is the price of one.
#
# factur-x 7.8 and facturex 0.6.4 from PyPI, on CPython 3.
# Rule: a price may be that of several units; BT-149 (BasisQuantity in CII, BaseQuantity in UBL) says of how many, and the line is
# quantity times price over it (EN 16931, PEPPOL-EN16931-R120).
# Behaviour: factur-x writes and reads it. facturex, which reads, checks and converts, has no field for it: its check says that the amount of the
# line is wrong, and the invoice that it writes from the one it read has the same price and quantity, and no base.
# Output seen (file by factur-x; quantity, price, base and amount as factur-x reads them, then of the UBL and CII that facturex has made
# of it; what quantity times price over base comes to in each; what facturex says of the line):
#   factur-x: 1000 25.00 100 250.00, 1000 25.00 - 250.00, 1000 25.00 - 250.00; 250.00 25000.00 25000.00 FX-LINE-1
#   ubl-2.1: 1000 25.00 100 250.00, 1000 25.00 - 250.00, 1000 25.00 - 250.00; 250.00 25000.00 25000.00 FX-LINE-1
# So an invoice of 250.00 becomes one whose line says 1,000 kWh at 25.00 each: it is refused, or 25,000.00 are owed by it. A host looks for a base
# before it takes a price, and states prices for one unit, with up to four decimals or more. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q install --disable-pip-version-check factur-x==7.8 facturex==0.6.4
cat >"$folder/prices.py" <<'PY'
import datetime
from decimal import Decimal

import facturex
from facturx import generate_xml, parse_ubl_cii_xml

LINE = {
    "BT-126": "1",
    "BT-129": "1000",
    "BT-130": "KWH",
    "BT-131": "250.00",
    "BT-146": "25.00",
    "BT-149": "100",
    "BT-151": "Z",
    "BT-152": "0.00",
    "BT-153": "energy",
}
INVOICE = {
    "BT-1": "F-1",
    "BT-2": datetime.date(2025, 3, 31),
    "BT-3": "380",
    "BT-5": "EUR",
    "BT-9": datetime.date(2025, 4, 30),
    "BT-72": datetime.date(2025, 3, 31),
    "BG-4": {"name": "Seller", "country_code": "FR"},
    "BG-7": {"name": "Buyer", "country_code": "FR"},
    "BG-23": [{"BT-116": "250.00", "BT-117": "0.00", "BT-118": "Z", "BT-119": "0.00"}],
    "BG-25": [LINE],
} | {name: "250.00" for name in ("BT-106", "BT-109", "BT-112", "BT-115")}


def line_of(xml):
    line = parse_ubl_cii_xml(xml)["BG-25"][0]
    quantity, price, base, amount = (line.get(name, "-") for name in ("BT-129", "BT-146", "BT-149", "BT-131"))
    worth = Decimal(quantity) * Decimal(price) / (1 if base == "-" else Decimal(base))
    return f"{quantity} {price} {base} {amount}", f"{worth:.2f}"


for flavor in ("factur-x", "ubl-2.1"):
    xml = generate_xml(INVOICE | {"BT-110": "0.00"}, flavor, "en16931", check_xsd=True, check_schematron=False)
    read = facturex.parse_bytes(xml)
    lines, worths = zip(*(line_of(one) for one in (xml, facturex.write_ubl(read), facturex.write_cii(read))))
    findings = [finding.rule for finding in facturex.validate(read).findings if "lines[0]" in (finding.path or "")]
    print(f"{flavor}:", ", ".join(lines) + ";", *worths, *findings)
PY
"$folder/venv/bin/python" "$folder/prices.py" | tee "$folder/seen"
diff "$folder/seen" - <<'SEEN'
factur-x: 1000 25.00 100 250.00, 1000 25.00 - 250.00, 1000 25.00 - 250.00; 250.00 25000.00 25000.00 FX-LINE-1
ubl-2.1: 1000 25.00 100 250.00, 1000 25.00 - 250.00, 1000 25.00 - 250.00; 250.00 25000.00 25000.00 FX-LINE-1
SEEN
