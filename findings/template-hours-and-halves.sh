#!/usr/bin/env bash
# The same Liquid template of a reminder, filled in by two libraries: an hour and a half, or one hour.
#
# python-liquid 2.3.6 from PyPI, on CPython 3; liquidjs 10.30.1 from npm, on Node.
# Rule: divided_by rounds down if what it divides by is a whole number (Shopify's reference of Liquid, which both libraries follow); round is that of
# Ruby there, which takes a half away from zero.
# Behaviour: liquidjs has one kind of number, and rounds down only where a second argument asks for it. python-liquid rounds down, and takes a half
# to the even number. An amount that is a text, as the lines of Jalon have them, is compared with a number by liquidjs and is an error in
# python-liquid; as a condition it is true in both, also where it says 0.00.
# Output seen (template; by liquidjs; by python-liquid):
#   {{ minutes | divided_by: 60 }} h; 1.5 h; 1 h
#   {{ text | divided_by: 60 }} h; 1.5 h; 1 h
#   {{ minutes | divided_by: 60.0 }} h; 1.5 h; 1.5 h
#   {{ cents | divided_by: 100 }} EUR; 2.5 EUR; 2 EUR
#   {{ 2.5 | round }} and {{ 3.5 | round }}; 3 and 4; 2 and 4
#   {{ 0.125 | round: 2 }} and {{ 0.375 | round: 2 }}; 0.13 and 0.38; 0.12 and 0.38
#   {% if open > 5 %}reminder{% else %}none{% endif %}; reminder; an error
#   {% if nothing %}reminder{% else %}none{% endif %}; reminder; reminder
# So the page that the customer sees says another number of hours or of euros than the mail that was sent to him. A host works amounts out before
# the template, hands them over as texts, and lets the template print them only. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check python-liquid==2.3.6
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund liquidjs@10.30.1 2>/dev/null
cat >templates.mjs <<'JS'
import { Liquid } from "liquidjs";

const [values, ...templates] = process.argv.slice(2).map((text) => JSON.parse(text));
const engine = new Liquid();
console.log(JSON.stringify(templates.map((template) => engine.parseAndRenderSync(template, values))));
JS
cat >templates.py <<'PY'
import json
import subprocess

from liquid import render
from liquid.exceptions import LiquidError

VALUES = {"minutes": 90, "text": "90", "cents": 250, "open": "12.50", "nothing": "0.00"}
TEMPLATES = [
    "{{ minutes | divided_by: 60 }} h",
    "{{ text | divided_by: 60 }} h",
    "{{ minutes | divided_by: 60.0 }} h",
    "{{ cents | divided_by: 100 }} EUR",
    "{{ 2.5 | round }} and {{ 3.5 | round }}",
    "{{ 0.125 | round: 2 }} and {{ 0.375 | round: 2 }}",
    "{% if open > 5 %}reminder{% else %}none{% endif %}",
    "{% if nothing %}reminder{% else %}none{% endif %}",
]


def by_python(template):
    try:
        return render(template, **VALUES)
    except LiquidError:
        return "an error"


node = ["node", "templates.mjs", *map(json.dumps, [VALUES, *TEMPLATES])]
by_node = json.loads(subprocess.run(node, capture_output=True, text=True, check=True).stdout)
for template, text in zip(TEMPLATES, by_node, strict=True):
    print(f"{template}; {text}; {by_python(template)}")
PY
venv/bin/python templates.py | tee seen
diff seen - <<'SEEN'
{{ minutes | divided_by: 60 }} h; 1.5 h; 1 h
{{ text | divided_by: 60 }} h; 1.5 h; 1 h
{{ minutes | divided_by: 60.0 }} h; 1.5 h; 1.5 h
{{ cents | divided_by: 100 }} EUR; 2.5 EUR; 2 EUR
{{ 2.5 | round }} and {{ 3.5 | round }}; 3 and 4; 2 and 4
{{ 0.125 | round: 2 }} and {{ 0.375 | round: 2 }}; 0.13 and 0.38; 0.12 and 0.38
{% if open > 5 %}reminder{% else %}none{% endif %}; reminder; an error
{% if nothing %}reminder{% else %}none{% endif %}; reminder; reminder
SEEN
