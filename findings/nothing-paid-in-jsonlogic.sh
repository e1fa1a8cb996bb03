#!/usr/bin/env bash
# A rule in JsonLogic, "remind where nothing was paid": the page reminds, and the server does not, or the other way round.
#
# json-logic-js 2.0.5 and json-logic-engine 5.0.7 from npm, on Node; panzi-json-logic 1.0.1 and json-logic-qubit 0.9.1 from PyPI, on CPython 3.
# Rule: a rule of JsonLogic is JSON, so that the same one runs in a page and on a server (jsonlogic.com); == compares with a change of type, as that of
# JavaScript does, in which the empty text is 0, and null is not.
# Behaviour: of what is empty, null or not there, each has its own. json-logic-qubit compares no text with a number, and says that nothing is not below 100. The
# remainder of a number below zero is below zero in JavaScript, and above in Python.
# Output seen (rule and paid, or days; by json-logic-js, json-logic-engine, panzi-json-logic, json-logic-qubit):
#   paid == 0, "": true true false false
#   paid == 0, null: false true true false
#   paid == 10, "10.00": true true true false
#   paid < 100, null: true true true false
#   paid < 100, not there: true true true false
#   missing paid, "": ["paid"] [] ["paid"] ["paid"]
#   days % 14, -3: -3 -3 11 11
# So a customer of whom the file has an empty cell is reminded by one and not by another, "10.00" is no ten, and what is to be done each 14 days, 3 before the due
# day as well, is done on another. A host hands such a rule numbers, and a 0 where nothing was paid. Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
for package in panzi-json-logic==1.0.1 json-logic-qubit==0.9.1; do
  python3 -m venv "${package%=*=*}"
  "${package%=*=*}/bin/pip" -q install --disable-pip-version-check "$package"
done
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund json-logic-js@2.0.5 json-logic-engine@5.0.7
cat >rules.json <<'JSON'
[["paid == 0, \"\"", { "==": [{ "var": "paid" }, 0] }, { "paid": "" }],
 ["paid == 0, null", { "==": [{ "var": "paid" }, 0] }, { "paid": null }],
 ["paid == 10, \"10.00\"", { "==": [{ "var": "paid" }, 10] }, { "paid": "10.00" }],
 ["paid < 100, null", { "<": [{ "var": "paid" }, 100] }, { "paid": null }],
 ["paid < 100, not there", { "<": [{ "var": "paid" }, 100] }, {}],
 ["missing paid, \"\"", { "missing": ["paid"] }, { "paid": "" }],
 ["days % 14, -3", { "%": [{ "var": "days" }, 14] }, { "days": -3 }]]
JSON
cat >rules.mjs <<'JS'
import { readFileSync } from "node:fs";
import { LogicEngine } from "json-logic-engine";
import jsonLogic from "json-logic-js";

const engine = new LogicEngine();
for (const [name, rule, data] of JSON.parse(readFileSync("rules.json"))) {
  console.log(`${name}:`, JSON.stringify(jsonLogic.apply(rule, data)), JSON.stringify(engine.run(rule, data)));
}
JS
cat >rules.py <<'PY'
import json

from json_logic import jsonLogic

with open("rules.json") as rules:
    for _, rule, data in json.load(rules):
        print(json.dumps(jsonLogic(rule, data)))
PY
paste -d ' ' <(node rules.mjs) <(panzi-json-logic/bin/python rules.py) <(json-logic-qubit/bin/python rules.py) | tee seen
diff seen - <<'SEEN'
paid == 0, "": true true false false
paid == 0, null: false true true false
paid == 10, "10.00": true true true false
paid < 100, null: true true true false
paid < 100, not there: true true true false
missing paid, "": ["paid"] [] ["paid"] ["paid"]
days % 14, -3: -3 -3 11 11
SEEN
