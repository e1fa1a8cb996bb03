#!/usr/bin/env bash
# The advice of a health insurer (X12 835) on what a patient pays: of 25.00 and 35.00, one library has the first.
#
# edi-835-parser 1.8.0 (with pandas 2.3.3) and oxedi 0.6.0 from PyPI, on CPython 3.
# Rule: a segment CAS has up to six adjustments of one group, each with its reason, amount and quantity. Paid is what was charged less all of them; those of the group PR
# are what the patient pays, and CLP has their sum (X12 005010X221A1).
# Behaviour: edi-835-parser has the first adjustment of each segment, in its objects and in its table, and leaves the others out in silence. Neither has it the patient's
# sum of CLP. oxedi has all. Written as two segments, which is the same, both have all.
# Output seen (adjustments as they stand; those of the patient and all that were left out, that is charged less paid less adjustments, by edi-835-parser; by oxedi):
#   CAS*CO*45*80.00 CAS*PR*1*25.00**2*35.00: 25.00 35.00; 60.00 0.00
#   CAS*CO*45*80.00 CAS*PR*1*25.00 CAS*PR*2*35.00: 60.00 0.00; 60.00 0.00
#   CAS*CO*45*60.00**97*20.00 CAS*PR*1*25.00**2*30.00**3*5.00: 25.00 55.00; 60.00 0.00
# So the patient is billed 25.00 of 60.00, and the other 35.00 are open with nobody: the insurer has paid all that it will. A host holds charged less adjustments against
# paid, for each service. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check edi-835-parser==1.8.0 pandas==2.3.3 oxedi==0.6.0 pyarrow==26.0.1
cat >advice.py <<'PY'
from decimal import Decimal
from pathlib import Path

import oxedi
import pyarrow
from edi_835_parser import parse

BEFORE = """
ISA*00*          *00*          *ZZ*PAYER          *ZZ*CLINIC         *250401*0800*^*00501*000000001*0*P*:
GS*HP*PAYER*CLINIC*20250401*0800*1*X*005010X221A1
ST*835*0001
BPR*I*160.00*C*ACH*CCP*01*111000025*DA*0001*1999999999**01*111000025*DA*0002*20250401
TRN*1*0001*1999999999
DTM*405*20250401
N1*PR*PAYER
N3*1 STREET
N4*TOWN*OH*43004
PER*BL*PAYER*TE*8005550100
N1*PE*CLINIC*XX*1234567893
LX*1
CLP*F-1*1*300.00*160.00*60.00*12*0001*11*1
NM1*QC*1*DOE*JANE****MI*0001
DTM*232*20250303
SVC*HC:99213*300.00*160.00**1
DTM*472*20250303
"""
ADJUSTMENTS = [
    "CAS*CO*45*80.00 CAS*PR*1*25.00**2*35.00",
    "CAS*CO*45*80.00 CAS*PR*1*25.00 CAS*PR*2*35.00",
    "CAS*CO*45*60.00**97*20.00 CAS*PR*1*25.00**2*30.00**3*5.00",
]
CHARGED, PAID = Decimal("300.00"), Decimal("160.00")


def by_parser():
    [service] = parse("advice.835").to_dataframe().to_dict("records")
    places = range(sum(name.endswith("_amount") and name.startswith("adj_") for name in service))
    return [(service[f"adj_{place}_group"], Decimal(str(service[f"adj_{place}_amount"]))) for place in places]


def by_oxedi():
    read = oxedi.parse(Path("advice.835").read_bytes())
    assert not list(read.diagnostics)
    rows = pyarrow.table(read.tables["adjustments"]).to_pylist()
    return [(row["group_code"].decode(), row["amount"]) for row in rows]


for adjustments in ADJUSTMENTS:
    inside = [*BEFORE.split("\n")[1:-1], *adjustments.split(" "), "AMT*B6*220.00"]
    segments = [*inside, f"SE*{len(inside) - 1}*0001", "GE*1*1", "IEA*1*000000001"]
    Path("advice.835").write_text("".join(f"{segment}~\n" for segment in segments))
    sums = []
    for read in (by_parser(), by_oxedi()):
        patient = sum(amount for group, amount in read if group == "PR")
        sums.append(f"{patient:.2f} {CHARGED - PAID - sum(amount for _, amount in read):.2f}")
    print(f"{adjustments}: {'; '.join(sums)}")
PY
venv/bin/python advice.py | tee seen
diff seen - <<'SEEN'
CAS*CO*45*80.00 CAS*PR*1*25.00**2*35.00: 25.00 35.00; 60.00 0.00
CAS*CO*45*80.00 CAS*PR*1*25.00 CAS*PR*2*35.00: 60.00 0.00; 60.00 0.00
CAS*CO*45*60.00**97*20.00 CAS*PR*1*25.00**2*30.00**3*5.00: 25.00 55.00; 60.00 0.00
SEEN
