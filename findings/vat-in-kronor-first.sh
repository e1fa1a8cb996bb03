#!/usr/bin/env bash
# An electronic invoice in euros whose VAT is stated in Swedish kronor as well: 2,750.00 of VAT on 1,000.00.
#
# tallystick-core 1.0.0, facturex 0.6.4, eu-einvoice 1.0.0 and factur-x 7.8 from PyPI, on CPython 3.
# Rule: an invoice may state its VAT in the currency of accounting, too (BT-6, BT-111), beside that in its own (BT-5, BT-110). In UBL these are two
# TaxTotal, told apart by currencyID; nothing says which comes first.
# Behaviour: tallystick and facturex take the first, and leave the currency out. The CII that facturex writes of the invoice it read has kronor as the VAT
# in euros, and none in kronor; its own check finds the sums wrong. eu-einvoice and factur-x go by the currency.
# Output seen (first TaxTotal; net, VAT and gross by tallystick, facturex, eu-einvoice, factur-x; VAT of the CII by facturex as factur-x reads it, its check):
#   EUR: 1000.00 250.00 1250.00, 1000.00 250.00 1250.00, 1000.00 250.00 1250.00, 1000.00 250.00 1250.00; 250.00 -
#   SEK: 1000.00 2750.00 1250.00, 1000.00 2750.00 1250.00, 1000.00 250.00 1250.00, 1000.00 250.00 1250.00; 2750.00 BR-CO-14 BR-CO-15
# So eleven times the VAT of a purchase is deducted, and neither net nor gross shows it. A host takes the amount whose currency is that of the invoice, and
# holds net plus VAT against gross. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q install --disable-pip-version-check tallystick-core==1.0.0 facturex==0.6.4 eu-einvoice==1.0.0 factur-x==7.8
cat >"$folder/taxes.py" <<'PY'
import eu_einvoice.parse
import facturex
from facturx import parse_ubl_cii_xml
from lxml import etree
from tallystick.engine.einvoice import parse_ubl

UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
SPACES = f'xmlns="{UBL}Invoice-2" xmlns:cac="{UBL}CommonAggregateComponents-2" xmlns:cbc="{UBL}CommonBasicComponents-2"'


def tag(name, *inside, **attributes):
    prefix = "cac" if inside and inside[0].startswith("<") else "cbc"
    written = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<{prefix}:{name}{written}>{''.join(inside)}</{prefix}:{name}>"


def amount(name, value, currency="EUR"):
    return tag(name, value, currencyID=currency)


def party(role, name):
    country = tag("PostalAddress", tag("Country", tag("IdentificationCode", "SE")))
    return tag(role, tag("Party", country, tag("PartyLegalEntity", tag("RegistrationName", name))))


CATEGORY = tag("ID", "S") + tag("Percent", "25") + tag("TaxScheme", tag("ID", "VAT"))
SUBTOTAL = tag("TaxSubtotal", amount("TaxableAmount", "1000.00"), amount("TaxAmount", "250.00"), tag("TaxCategory", CATEGORY))
TAXES = {
    "EUR": tag("TaxTotal", amount("TaxAmount", "250.00"), SUBTOTAL),
    "SEK": tag("TaxTotal", amount("TaxAmount", "2750.00", "SEK")),
}
HEAD = "".join(
    tag(name, value)
    for name, value in [
        ("CustomizationID", "urn:cen.eu:en16931:2017"),
        ("ID", "F-1"),
        ("IssueDate", "2025-03-31"),
        ("DueDate", "2025-04-30"),
        ("InvoiceTypeCode", "380"),
        ("DocumentCurrencyCode", "EUR"),
        ("TaxCurrencyCode", "SEK"),
    ]
) + party("AccountingSupplierParty", "Seller") + party("AccountingCustomerParty", "Buyer")
SUMS = [("LineExtension", "1000.00"), ("TaxExclusive", "1000.00"), ("TaxInclusive", "1250.00"), ("Payable", "1250.00")]
ITEM = tag("Item", tag("Name", "work"), tag("ClassifiedTaxCategory", CATEGORY)) + tag("Price", amount("PriceAmount", "100.00"))
LINE = tag("ID", "1") + tag("InvoicedQuantity", "10", unitCode="HUR") + amount("LineExtensionAmount", "1000.00") + ITEM
TAIL = tag("LegalMonetaryTotal", *(amount(f"{name}Amount", value) for name, value in SUMS)) + tag("InvoiceLine", LINE)

for order in (("EUR", "SEK"), ("SEK", "EUR")):
    xml = f"<Invoice {SPACES}>{HEAD}{''.join(TAXES[name] for name in order)}{TAIL}</Invoice>".encode()
    one, two = parse_ubl(xml, ""), facturex.parse_bytes(xml)
    three = eu_einvoice.parse.parse_ubl(etree.fromstring(xml))[0]["totals"]
    four = parse_ubl_cii_xml(xml)
    ways = [
        (one.total_net, one.total_tax, one.total_gross),
        (two.total_net, two.total_vat, two.total_gross),
        [three[name] for name in ("tax_exclusive", "tax_total", "tax_inclusive")],
        [four[name] for name in ("BT-109", "BT-110", "BT-112")],
    ]
    found = [finding.rule for finding in facturex.validate(two).findings if finding.rule.startswith("BR-CO")] or ["-"]
    written = parse_ubl_cii_xml(facturex.write_cii(two))["BT-110"]
    print(f"{order[0]}:", ", ".join(" ".join(map(str, way)) for way in ways) + ";", written, *found)
PY
"$folder/venv/bin/python" "$folder/taxes.py" | tee "$folder/seen"
diff "$folder/seen" - <<'SEEN'
EUR: 1000.00 250.00 1250.00, 1000.00 250.00 1250.00, 1000.00 250.00 1250.00, 1000.00 250.00 1250.00; 250.00 -
SEK: 1000.00 2750.00 1250.00, 1000.00 2750.00 1250.00, 1000.00 250.00 1250.00, 1000.00 250.00 1250.00; 2750.00 BR-CO-14 BR-CO-15
SEEN
