#!/usr/bin/env bash
# An electronic invoice (UBL), read and written again: 0.2516 a kilowatt hour is 0.25, an hour and an eighth 1.13 hours, and the total another.
#
# einvoicing 0.0.3 from npm, on Node.
# Rule: price (BT-146) and quantity (BT-129) may have more than two decimals, and the amount of a line comes of them (PEPPOL-EN16931-R120); the total
# with VAT is total plus VAT, without the amount of rounding, which stands by itself (EN 16931, BR-CO-15, BR-CO-16, BT-114). The reference of the
# buyer (BT-10) is text. einvoicing says that it adheres fully to EN 16931.
# Behaviour: all numbers are rounded to two decimals at the most. The amount of rounding is counted into the total with VAT and left out itself. A reference
# that is made of digits loses its zeros.
# Output seen (field; in the file; in the file that was made of what was read):
#   InvoicedQuantity: 1000 1.125; 1000 1.13
#   PriceAmount: 0.2516 80.00; 0.25 80
#   LineExtensionAmount: 341.60 251.60 90.00; 341.6 251.6 90
#   TaxExclusiveAmount: 341.60; 341.6
#   TaxAmount: 68.32 68.32; 68.32 68.32
#   TaxInclusiveAmount: 409.92; 409.9
#   PayableRoundingAmount: -0.02; nothing
#   PayableAmount: 409.90; 409.9
#   BuyerReference: 0012; 12
# So the amounts of the lines are right, and quantity times price is 250.00 where 251.60 stands: who checks refuses the invoice, who works it out pays less, and a
# buyer whose order is 0012 does not find 12. A host changes an invoice in its XML, or writes it anew from its own figures. Fails if any of this
# changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund einvoicing@0.0.3
cat >invoice.cjs <<'JS'
const { UblReader, UblWriter } = require("einvoicing");

const amount = (name, value) => `<cbc:${name} currencyID="EUR">${value}</cbc:${name}>`;
const scheme = "<cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>";
const rate = (name) => `<cac:${name}><cbc:ID>S</cbc:ID><cbc:Percent>20</cbc:Percent>${scheme}</cac:${name}>`;
const party = (role, name) =>
  `<cac:${role}><cac:Party><cbc:EndpointID schemeID="0088">7300010000001</cbc:EndpointID><cac:PostalAddress><cbc:CityName>City</cbc:CityName>` +
  "<cbc:PostalZone>1000</cbc:PostalZone><cac:Country><cbc:IdentificationCode>BE</cbc:IdentificationCode></cac:Country></cac:PostalAddress>" +
  `<cac:PartyTaxScheme><cbc:CompanyID>BE0123456749</cbc:CompanyID>${scheme}</cac:PartyTaxScheme>` +
  `<cac:PartyLegalEntity><cbc:RegistrationName>${name}</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party></cac:${role}>`;
const line = (id, quantity, unit, price, net) =>
  `<cac:InvoiceLine><cbc:ID>${id}</cbc:ID><cbc:InvoicedQuantity unitCode="${unit}">${quantity}</cbc:InvoicedQuantity>${amount("LineExtensionAmount", net)}` +
  `<cac:Item><cbc:Name>Item ${id}</cbc:Name>${rate("ClassifiedTaxCategory")}</cac:Item><cac:Price>${amount("PriceAmount", price)}</cac:Price></cac:InvoiceLine>`;
const space = "urn:oasis:names:specification:ubl:schema:xsd:";
const invoice =
  `<?xml version="1.0" encoding="UTF-8"?><Invoice xmlns="${space}Invoice-2" xmlns:cac="${space}CommonAggregateComponents-2" xmlns:cbc="${space}CommonBasicComponents-2">` +
  "<cbc:CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0</cbc:CustomizationID>" +
  "<cbc:ProfileID>urn:fdc:peppol.eu:2017:poacc:billing:01:1.0</cbc:ProfileID><cbc:ID>F-42</cbc:ID><cbc:IssueDate>2025-03-31</cbc:IssueDate>" +
  "<cbc:DueDate>2025-04-30</cbc:DueDate><cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>" +
  `<cbc:BuyerReference>0012</cbc:BuyerReference>${party("AccountingSupplierParty", "Seller")}${party("AccountingCustomerParty", "Buyer")}` +
  `<cac:TaxTotal>${amount("TaxAmount", "68.32")}<cac:TaxSubtotal>${amount("TaxableAmount", "341.60")}${amount("TaxAmount", "68.32")}${rate("TaxCategory")}</cac:TaxSubtotal></cac:TaxTotal>` +
  `<cac:LegalMonetaryTotal>${amount("LineExtensionAmount", "341.60")}${amount("TaxExclusiveAmount", "341.60")}${amount("TaxInclusiveAmount", "409.92")}` +
  `${amount("PayableRoundingAmount", "-0.02")}${amount("PayableAmount", "409.90")}</cac:LegalMonetaryTotal>` +
  `${line(1, "1000", "KWH", "0.2516", "251.60")}${line(2, "1.125", "HUR", "80.00", "90.00")}</Invoice>`;

const fields = ["InvoicedQuantity", "PriceAmount", "LineExtensionAmount", "TaxExclusiveAmount", "TaxAmount", "TaxInclusiveAmount", "PayableRoundingAmount", "PayableAmount", "BuyerReference"];
const values = (xml, name) => [...xml.matchAll(new RegExp(`<cbc:${name}[ >][^<]*`, "g"))].map(([text]) => text.split(">")[1]).join(" ") || "nothing";
(async () => {
  const again = String(await new UblWriter().write(await new UblReader().read(invoice)));
  for (const name of fields) console.log(`${name}: ${values(invoice, name)}; ${values(again, name)}`);
})();
JS
node invoice.cjs | tee seen
diff seen - <<'SEEN'
InvoicedQuantity: 1000 1.125; 1000 1.13
PriceAmount: 0.2516 80.00; 0.25 80
LineExtensionAmount: 341.60 251.60 90.00; 341.6 251.6 90
TaxExclusiveAmount: 341.60; 341.6
TaxAmount: 68.32 68.32; 68.32 68.32
TaxInclusiveAmount: 409.92; 409.9
PayableRoundingAmount: -0.02; nothing
PayableAmount: 409.90; 409.9
BuyerReference: 0012; 12
SEEN
