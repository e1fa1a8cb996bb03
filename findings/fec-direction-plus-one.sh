#!/usr/bin/env bash
# A French accounting file (FEC) that gives the direction of an entry as +1 and -1: all amounts are zero.
#
# fec-parser 1.0.1 from PyPI, on CPython 3.
# Rule: in place of Debit and Credit a FEC may have Montant and Sens (article A. 47 A-1 of the livre des procédures fiscales). The tool that the
# tax office publishes to test such files (Test-Compta-Demat) takes D or +1 in Sens for a debit, C or -1 for a credit, in small letters, too.
# Behaviour: fec-parser takes D and C in capitals. Of any other direction it makes a debit and a credit of zero, without an error, and the
# file still balances.
# Output seen (columns and direction; debit and credit of the customer, of the sale and of its VAT; errors):
#   Debit Credit: 1200.00 0.00, 0.00 1000.00, 0.00 200.00, 0
#   Montant Sens D C: 1200.00 0.00, 0.00 1000.00, 0.00 200.00, 0
#   Montant Sens +1 -1: 0.00 0.00, 0.00 0.00, 0.00 0.00, 0
#   Montant Sens d c: 0.00 0.00, 0.00 0.00, 0.00 0.00, 0
# So a case that was billed 1,200 has no turnover and nothing open. A host turns Sens into D and C before it reads, and holds debits
# and credits together to the sum of Montant, not only one to the other. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" -q install --disable-pip-version-check fec-parser==1.0.1
cat >"$folder/entries.py" <<'PY'
from fec_parser.parser import FECParser

BEFORE = "JournalCode JournalLib EcritureNum EcritureDate CompteNum CompteLib CompAuxNum CompAuxLib PieceRef PieceDate EcritureLib"
AFTER = "EcritureLet DateLet ValidDate Montantdevise Idevise"
ENTRIES = (("411000", "Clients", 1200, True), ("706000", "Prestations", 1000, False), ("445710", "TVA", 200, False))


def fec(columns, cells):
    rows = ["\t".join((*BEFORE.split(), *columns, *AFTER.split()))]
    for account, name, amount, debit in ENTRIES:
        left = ["VE", "Ventes", "1", "20250331", account, name, "", "", "F-1", "20250331", "F-1"]
        rows.append("\t".join((*left, *cells(f"{amount},00", debit), "", "", "20250331", "", "")))
    return "\n".join(rows) + "\n"


files = {
    "Debit Credit": fec(("Debit", "Credit"), lambda amount, debit: (amount, "0,00") if debit else ("0,00", amount)),
    "Montant Sens D C": fec(("Montant", "Sens"), lambda amount, debit: (amount, "D" if debit else "C")),
    "Montant Sens +1 -1": fec(("Montant", "Sens"), lambda amount, debit: (amount, "+1" if debit else "-1")),
    "Montant Sens d c": fec(("Montant", "Sens"), lambda amount, debit: (amount, "d" if debit else "c")),
}
for name, file in files.items():
    errors = FECParser.from_txt(file).parse()
    entries = list(FECParser.from_txt(file).get_ecritures())
    print(f"{name}:", *(f"{one.debit:.2f} {one.credit:.2f}," for one in entries), len(errors))
PY
"$folder/venv/bin/python" "$folder/entries.py" | tee "$folder/seen"
diff "$folder/seen" - <<'SEEN'
Debit Credit: 1200.00 0.00, 0.00 1000.00, 0.00 200.00, 0
Montant Sens D C: 1200.00 0.00, 0.00 1000.00, 0.00 200.00, 0
Montant Sens +1 -1: 0.00 0.00, 0.00 0.00, 0.00 0.00, 0
Montant Sens d c: 0.00 0.00, 0.00 0.00, 0.00 0.00, 0
SEEN
