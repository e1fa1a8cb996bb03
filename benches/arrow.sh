#!/usr/bin/env bash
# Measures `evaluate_arrow` of the Python module beside `jalon run` on one Parquet file, and prints the ratio.
# Usage: benches/arrow.sh [CASES [ROUNDS]]: a million cases and five rounds, if not stated. Needs Rust and Python with pip.
# docs/performance.md says how to read it.
set -euo pipefail
cd "$(dirname "$0")/.."
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$PWD/target}"
export CARGO_TERM_COLOR=never
cargo build --quiet --locked --release --features parquet
room="$CARGO_TARGET_DIR/arrow-python"
[ -x "$room/bin/python" ] || python3 -m venv "$room"
pip=("$room/bin/python" -m pip install --quiet --disable-pip-version-check)
"${pip[@]}" 'maturin>=1.9,<2' 'numpy>=2' 'pyarrow>=19'
rm -rf "$room/wheels"
# The hosts' own target folder: other features of the same packages would be built anew each time.
CARGO_TARGET_DIR="$CARGO_TARGET_DIR/hosts" "$room/bin/maturin" build --quiet --locked --release --manifest-path hosts/python/Cargo.toml --out "$room/wheels"
"${pip[@]}" --force-reinstall --no-deps "$room"/wheels/*.whl
"$CARGO_TARGET_DIR/release/jalon" --version
"$room/bin/python" benches/arrow.py "$CARGO_TARGET_DIR/release/jalon" "$@"
