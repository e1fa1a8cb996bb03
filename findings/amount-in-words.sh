#!/usr/bin/env bash
# The amount in words on an invoice: a hundredth of it, a tenth of its fraction, or another currency.
#
# num2words 0.5.14 from PyPI, on CPython 3.
# Rule: the dinars of Kuwait and Tunisia have three decimals (ISO 4217), a thousand fils or millimes, as has that of Bahrain.
# Behaviour: a whole number is a number of cents when it is an int, and of units when it is a Decimal, but in Arabic one of
# units both times. In Arabic 1.250 of Kuwait is 25 fils in words where it is 250; for Tunisia the same is right. A currency that Arabic
# does not know, EUR and BHD among them, is written as riyals (of Saudi Arabia) and halalas, where English, French or German refuse theirs.
# Output seen (language, currency, amount, in words):
#   en EUR 100 one euro, zero cents
#   en EUR Decimal('100') one hundred euro, zero cents
#   fr EUR 100 un euro et zéro centimes
#   fr EUR Decimal('100') cent euros et zéro centimes
#   ar EUR 100 مائة ريال
#   ar EUR Decimal('100') مائة ريال
#   ar TND Decimal('1.250') واحد دينار و مئتان و خمسون مليم
#   ar KWD Decimal('1.250') واحد دينار و خمس و عشرون فلس
#   ar BHD Decimal('1.250') واحد ريال و خمس و عشرون هللة
#   fr TND Decimal('1.250') NotImplementedError
# So the words, which often prevail over the figures, say another sum. A host hands on Decimals only, and names in a list the pairs of language
# and currency that somebody has read. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q install --disable-pip-version-check num2words==0.5.14
cat >"$folder/words.py" <<'PY'
from decimal import Decimal

from num2words import num2words

whole, fraction = Decimal("100"), Decimal("1.250")
for language, currency, amount in (
    ("en", "EUR", 100),
    ("en", "EUR", whole),
    ("fr", "EUR", 100),
    ("fr", "EUR", whole),
    ("ar", "EUR", 100),
    ("ar", "EUR", whole),
    ("ar", "TND", fraction),
    ("ar", "KWD", fraction),
    ("ar", "BHD", fraction),
    ("fr", "TND", fraction),
):
    try:
        words = num2words(amount, to="currency", lang=language, currency=currency)
    except NotImplementedError as error:
        words = type(error).__name__
    print(language, currency, repr(amount), " ".join(words.split()))
PY
PYTHONUTF8=1 "$folder/venv/bin/python" "$folder/words.py" | tee "$folder/seen"
diff "$folder/seen" - <<'SEEN'
en EUR 100 one euro, zero cents
en EUR Decimal('100') one hundred euro, zero cents
fr EUR 100 un euro et zéro centimes
fr EUR Decimal('100') cent euros et zéro centimes
ar EUR 100 مائة ريال
ar EUR Decimal('100') مائة ريال
ar TND Decimal('1.250') واحد دينار و مئتان و خمسون مليم
ar KWD Decimal('1.250') واحد دينار و خمس و عشرون فلس
ar BHD Decimal('1.250') واحد ريال و خمس و عشرون هللة
fr TND Decimal('1.250') NotImplementedError
SEEN
