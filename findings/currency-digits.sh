#!/usr/bin/env bash
# An amount with cents, shown by what formats currencies: the cents are rounded away where people leave them out.
#
# py-moneyed 3.0 and Babel 2.19.0 from PyPI, on CPython 3.
# Behaviour: py-moneyed counts in the minor units of ISO 4217, two decimals for HUF, COP and IDR, and prints with Babel,
# which shows as many decimals as CLDR has for the currency, none for these. The amount itself stays exact.
# Output seen, for 99.50 (in minor units, as printed, by Babel alone):
#   EUR 9950 € 99.50 €99.50
#   HUF 9950 HUF 100 HUF100
#   COP 9950 COP 100 COP100
#   IDR 9950 IDR 100 IDR100
# So an invoice that is printed with it names another sum than the one that was billed and is owed.
# Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q install py-moneyed==3.0 babel==2.19.0
cat >"$folder/shown.py" <<'PY'
from decimal import Decimal

from babel.numbers import format_currency
from moneyed import Money

for currency in ("EUR", "HUF", "COP", "IDR"):
    amount = Decimal("99.50")
    money = Money(amount, currency)
    print(currency, money.get_amount_in_sub_unit(), money, format_currency(amount, currency, locale="en"))
PY
LC_ALL=C.UTF-8 "$folder/venv/bin/python" "$folder/shown.py" | sed 's/\xc2\xa0/ /g' | tee "$folder/seen"
diff "$folder/seen" - <<'SEEN'
EUR 9950 € 99.50 €99.50
HUF 9950 HUF 100 HUF100
COP 9950 COP 100 COP100
IDR 9950 IDR 100 IDR100
SEEN
