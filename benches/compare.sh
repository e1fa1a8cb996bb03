#!/usr/bin/env bash
# Measures this library, rule engines, Python and DuckDB on the same cases and prints one table of ratios.
# Usage: benches/compare.sh [CASES]. Needs Rust and, for the last rows, Python with pip; the first build of
# the rule engines takes a while, all the more with PEERS_FEATURES=zen-engine, which adds GoRules' decision
# graphs. docs/performance.md says how to read the table.
set -euo pipefail
cd "$(dirname "$0")/.."
cases="${1:-100000}"
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$PWD/target}"
export CARGO_TERM_COLOR=never

# Everything is built before anything is measured.
peers=benches/peers/Cargo.toml
cargo build --release
cargo bench --bench ratios --no-run
cargo build --release --manifest-path "$peers" --features "${PEERS_FEATURES:-}"
python="$CARGO_TARGET_DIR/peers-python/bin/python"
if [ ! -x "$python" ]; then
  python3 -m venv "$CARGO_TARGET_DIR/peers-python"
fi
"$python" -m pip install --quiet --disable-pip-version-check -r benches/peers/requirements.txt
events="$CARGO_TARGET_DIR/peers-workload.ndjson"
"$CARGO_TARGET_DIR/release/jalon-peers" workload "$events" "$cases"

# Rows only: each part prints a heading of its own.
rows() {
  grep '^|' | grep -v -e '^| measure' -e '^| ---'
}

# The library's rows have what was measured beside its ratio, and both marks in one column.
own_rows() {
  rows | awk -F'|' '{
    split($6, marks, "·")
    gsub(/ +$/, "", $2); gsub(/^ +| +$/, "", $3); gsub(/^ +| +$/, "", $4); gsub(/^ +| +$/, "", $5)
    measured = $4 == "" ? "" : sprintf(" (%s ÷ %s)", $3, $4)
    printf "|%s%s | %s |%s|%s|\n", $2, measured, $5 == "" ? $3 : $5, marks[1], marks[2]
  }'
}

echo "| measure | value | reach | excellent |"
echo "| --- | ---: | ---: | ---: |"
cargo bench --quiet --bench ratios -- "$cases" | own_rows
"$CARGO_TARGET_DIR/release/jalon-peers" "$((cases / 50))" | rows
"$python" benches/peers/end_to_end.py "$CARGO_TARGET_DIR/release/jalon" "$python" "$events"
