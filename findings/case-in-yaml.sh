#!/usr/bin/env bash
# Visits in YAML, written by one library and read by another: case 0129 is case 129, half past seven hours are 450, and case 2e3 is 2000.
#
# PyYAML 6.0.4 and ruamel.yaml 0.19.1 from PyPI, on CPython 3; js-yaml 5.5.0 and yaml 2.9.1 from npm, on Node. Each writes the same texts.
# Rule: in YAML 1.1 1:30 is a number to the base of sixty, and 0129 and 2e3 are none; in YAML 1.2 it is the other way round. A library puts a text in quotes that it would
# read as a number itself; each of them reads what it has written.
# Behaviour: PyYAML writes and reads YAML 1.1, yaml and ruamel.yaml YAML 1.2, and none says in the file which. So 0129 and 2e3 of PyYAML have no quotes, as 7:30 and 17:45
# of the other two, and what was a text is a number where it is read. 00123, which is a number for both, has quotes everywhere. js-yaml puts all of them in quotes.
# Output seen (text; of PyYAML by js-yaml, by yaml; of yaml and of ruamel.yaml by PyYAML; of js-yaml by PyYAML; of yaml by js-yaml; in quotes where it is a text still):
#   0129: 129 129 "0129" "0129" "0129" "0129"
#   2e3: 2000 2000 "2e3" "2e3" "2e3" "2e3"
#   00123: "00123" "00123" "00123" "00123" "00123" "00123"
#   7:30: "7:30" "7:30" 450 450 "7:30" "7:30"
#   08:30: "08:30" "08:30" "08:30" "08:30" "08:30" "08:30"
#   17:45: "17:45" "17:45" 1065 1065 "17:45" "17:45"
#   1:30:00: "1:30:00" "1:30:00" 5400 5400 "1:30:00" "1:30:00"
# So events of case 0129 are those of case 129, and seven and a half hours are billed as 450, while the eight and a half, written 08:30, stay a text. A host writes JSON,
# or has each text written in quotes (default_style='"' of PyYAML, defaultStringType of yaml). Fails if any of this changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip -q install --disable-pip-version-check PyYAML==6.0.4 ruamel.yaml==0.19.1
echo '{ "private": true }' >package.json
npm install --silent --no-audit --no-fund js-yaml@5.5.0 yaml@2.9.1 2>/dev/null
cat >visits.mjs <<'JS'
import { dump, load } from "js-yaml";
import { parse, stringify } from "yaml";

const [what, tool, text] = process.argv.slice(2);
const call = { write: { js: dump, yaml: stringify }, read: { js: load, yaml: parse } }[what][tool];
console.log(what === "write" ? call(JSON.parse(text)) : JSON.stringify(call(text)));
JS
cat >visits.py <<'PY'
import io
import json
import subprocess

import yaml
from ruamel.yaml import YAML

TEXTS = ["0129", "2e3", "00123", "7:30", "08:30", "17:45", "1:30:00"]


def ruamel_written(texts):
    file = io.StringIO()
    YAML(typ="safe", pure=True).dump(texts, file)
    return file.getvalue()


def node(*words):
    return subprocess.run(["node", "visits.mjs", *words], capture_output=True, text=True, check=True).stdout


WRITERS = {
    "PyYAML": yaml.safe_dump,
    "ruamel.yaml": ruamel_written,
    "yaml": lambda texts: node("write", "yaml", json.dumps(texts)),
    "js-yaml": lambda texts: node("write", "js", json.dumps(texts)),
}
READERS = {
    "PyYAML": yaml.safe_load,
    "js-yaml": lambda text: json.loads(node("read", "js", text)),
    "yaml": lambda text: json.loads(node("read", "yaml", text)),
}
PAIRS = [("PyYAML", "js-yaml"), ("PyYAML", "yaml"), ("yaml", "PyYAML"), ("ruamel.yaml", "PyYAML"), ("js-yaml", "PyYAML"), ("yaml", "js-yaml")]
written = {name: write(TEXTS) for name, write in WRITERS.items()}
assert all(read(written[name]) == TEXTS for name, read in READERS.items())
assert YAML(typ="safe", pure=True).load(written["ruamel.yaml"]) == TEXTS
read = [READERS[reader](written[writer]) for writer, reader in PAIRS]
for text, *values in zip(TEXTS, *read, strict=True):
    print(f"{text}:", *(json.dumps(value) for value in values))
PY
venv/bin/python visits.py | tee seen
diff seen - <<'SEEN'
0129: 129 129 "0129" "0129" "0129" "0129"
2e3: 2000 2000 "2e3" "2e3" "2e3" "2e3"
00123: "00123" "00123" "00123" "00123" "00123" "00123"
7:30: "7:30" "7:30" 450 450 "7:30" "7:30"
08:30: "08:30" "08:30" "08:30" "08:30" "08:30" "08:30"
17:45: "17:45" "17:45" 1065 1065 "17:45" "17:45"
1:30:00: "1:30:00" "1:30:00" 5400 5400 "1:30:00" "1:30:00"
SEEN
