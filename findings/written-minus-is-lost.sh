#!/usr/bin/env bash
# A credit, written as a number of Swedish, Norwegian or Finnish: read back, it is a charge.
#
# Intl.NumberFormat of Node; accounting 0.4.1, currency.js 2.0.4, numeral 2.0.6 from npm.
# Behaviour: CLDR has the true minus (U+2212) for some languages, and Intl writes it; for French, German and Danish it writes a
# hyphen. accounting and currency.js, told which decimal mark there is, leave out what they do not know, the minus among it, and
# so does numeral with a locale that has these marks. None of them says so, currency.js not even with errorOnInvalid.
# Output seen (language, the sign as Intl writes it, the amount that accounting, currency.js and numeral read):
#   fr U+002D -1234.5 -1234.50 -1234.5
#   de U+002D -1234.5 -1234.50 -1234.5
#   sv U+2212 1234.5 1234.50 1234.5
#   nb U+2212 1234.5 1234.50 1234.5
#   fi U+2212 1234.5 1234.50 1234.5
#   hr U+2212 1234.5 1234.50 1234.5
# So what a page has shown and takes back from its field, or a list that one program wrote and another reads, asks for the money
# that was to be given back. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund accounting@0.4.1 currency.js@2.0.4 numeral@2.0.6
cat >signs.cjs <<'JS'
const accounting = require("accounting");
const currency = require("currency.js");
const numeral = require("numeral");
for (const language of ["fr", "de", "sv", "nb", "fi", "hr"]) {
  const format = new Intl.NumberFormat(language, { minimumFractionDigits: 2 });
  const parts = format.formatToParts(-1234.5);
  const part = (type) => parts.find((one) => one.type === type).value;
  const [text, decimal, thousands] = [format.format(-1234.5), part("decimal"), part("group")];
  numeral.register("locale", `as-${language}`, {
    delimiters: { thousands, decimal },
    abbreviations: { thousand: "t", million: "m", billion: "b", trillion: "tr" },
    ordinal: () => ".",
    currency: { symbol: "€" },
  });
  numeral.locale(`as-${language}`);
  const sign = `U+${part("minusSign").codePointAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
  const read = [
    accounting.unformat(text, decimal),
    currency(text, { decimal, separator: thousands, errorOnInvalid: true }).toString(),
    numeral(text).value(),
  ];
  console.log(language, sign, ...read);
}
JS
node signs.cjs | tee seen
diff seen - <<'SEEN'
fr U+002D -1234.5 -1234.50 -1234.5
de U+002D -1234.5 -1234.50 -1234.5
sv U+2212 1234.5 1234.50 1234.5
nb U+2212 1234.5 1234.50 1234.5
fi U+2212 1234.5 1234.50 1234.5
hr U+2212 1234.5 1234.50 1234.5
SEEN
