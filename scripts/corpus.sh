#!/usr/bin/env bash
# Runs two builds over the whole corpus and compares every byte: invoice lines, ids and notices, artefacts and
# hashes, explanations, forecasts, tables, situations, scenarios, comparisons and findings, in both languages.
# In: two programs (the paths of two builds of `jalon`) and how many cases to make for each schedule.
# Out: nothing but a count where all is the same; else each command whose output differs, and its first lines.
# It must never change a file of the repository.
# Usage: scripts/corpus.sh OLD NEW [CASES] [SEED]
set -euo pipefail
old="$(realpath "$1")" new="$(realpath "$2")" cases="${3:-120}" seed="${4:-1}"
cd "$(dirname "$0")/.."
export NO_COLOR=1
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
compared=0 different=0

# The same command with both programs: exit code, standard output and standard error. Standard input is $input.
input=/dev/null
same() {
  local build
  for build in old new; do
    local out="$work/$build"
    rm -rf "$out" && mkdir "$out"
    local code=0
    (cd "$out" && "${!build}" "$@" <"$input" >stdout 2>stderr) || code=$?
    echo "$code" >"$out/code"
  done
  compared=$((compared + 1))
  if ! diff -r "$work/old" "$work/new" >"$work/diff"; then
    different=$((different + 1))
    echo "jalon $*"
    sed 's/^/    /' "$work/diff" | head -20
  fi
}

# Histories, drawn from a seed: every kind of event in any order, names that the file states and others, repeated
# ids, withdrawals, months of silence, and now and then an event that withholds its case.
histories() {
  awk -v cases="$cases" -v seed="$seed" '
    # A generator of its own, so that every awk draws the same.
    function draw(n) { state = (state * 69069 + 12345) % 4294967296; return int(state / 65536) % n }
    function name(kind) { return count[kind] && draw(9) ? names[kind, draw(count[kind])] : "Inconnu" }
    function line(kind, rest) {
      id = draw(3) ? sprintf(",\"id\":\"e%d\"", draw(150) ? ++number : number) : ""
      printf "{\"case\":\"C-%04d\",\"date\":\"%s\",\"kind\":\"%s\"%s%s}\n", c, date(day), kind, rest, id
    }
    function date(day,  y, m, left) {
      y = 2024; left = day
      while (left >= length_of(y)) { left -= length_of(y); y++ }
      for (m = 1; left >= days(y, m); m++) left -= days(y, m)
      return sprintf("%04d-%02d-%02d", y, m, left + 1)
    }
    function leap(y) { return y % 4 == 0 }
    function length_of(y) { return leap(y) ? 366 : 365 }
    function days(y, m) { return m == 2 ? 28 + leap(y) : (m == 4 || m == 6 || m == 9 || m == 11 ? 30 : 31) }
    function schedule_is(n) { return titles ? title[n % titles] : "Inconnu" }
    /^[[:space:]]*#/ { next }
    match($0, /(schedule|échéancier)[[:space:]]+"[^"]*"/) && $0 ~ /^[[:space:]]*(schedule|échéancier)/ {
      title[titles++] = quoted($0)
    }
    function quoted(text) { sub(/^[^"]*"/, "", text); sub(/".*/, "", text); return text }
    {
      rest = $0
      while (match(rest, /(action|deliverable|livrable|event|événement)[[:space:]]+"[^"]*"/)) {
        found = substr(rest, RSTART, RLENGTH); rest = substr(rest, RSTART + RLENGTH)
        kind = found ~ /^action/ ? "action" : found ~ /^(deliverable|livrable)/ ? "deliverable" : "event"
        if (!seen[kind, quoted(found)]++) names[kind, count[kind]++] = quoted(found)
      }
    }
    END {
      state = seed * 7919 + 17
      for (c = 0; c < cases; c++) {
        day = draw(700); number = 0
        terms = draw(4) ? sprintf(",\"planned_hours\":\"%d.%d\",\"planned_months\":%d", 1 + draw(60), draw(100), 1 + draw(18)) : ""
        line("opened", sprintf(",\"schedule\":\"%s\"%s", schedule_is(draw(97)), terms))
        steps = draw(26)
        for (s = 0; s < steps; s++) {
          day += draw(3) ? draw(12) : draw(3) ? 0 : draw(150)
          what = draw(24)
          if (what < 2) line("signature", "")
          else if (what < 4) line("start", "")
          else if (what < 13) {
            much = draw(4) ? sprintf(",\"hours\":\"%d.%d\"", draw(7), 25 * draw(4)) : draw(2) ? sprintf(",\"minutes\":%d", draw(200)) : ""
            line("action", sprintf(",\"name\":\"%s\"%s", name("action"), much))
          }
          else if (what < 16) line("deliverable", sprintf(",\"name\":\"%s\"", name("deliverable")))
          else if (what < 19) line("event", sprintf(",\"name\":\"%s\"", name("event")))
          else if (what < 21 && !draw(3)) line("end", "")
          else if (what < 22 && !draw(2)) line("abandonment", "")
          else if (what < 23 && number) line("void", sprintf(",\"ref\":\"e%d\"", 1 + draw(number)))
          else if (!draw(12)) line("action", ",\"name\":\"x\",\"hours\":\"1000000\"")
        }
      }
    }'
}

root="$PWD"
mapfile -t files < <(find "$root/schedules" "$root/docs/examples" -name '*.jalon' | LC_ALL=C sort)
for file in "${files[@]}"; do
  events="$work/events.ndjson"
  histories <"$file" >"$events"
  same compile "$file" -o -
  for lang in en fr; do
    same check "$file" --lang "$lang"
    same check "$file" --lang "$lang" --format json
    same verify "$file" --lang "$lang"
    same verify "$file" --lang "$lang" --format json --witnesses witnesses
    same show "$file" --lang "$lang"
    same show "$file" --lang "$lang" --situations
    input="$file" same fmt - --lang "$lang"
    same test "$file" --lang "$lang" --coverage
    same test "$file" --lang "$lang" --generate
    same explain --schedule "$file" --events "$events" --as-of 2026-06-30 --lang "$lang"
    same forecast --schedule "$file" --events "$events" --as-of 2025-03-31 --until 2026-12-31 --lang "$lang"
  done
  same explain --schedule "$file" --events "$events" --as-of 2026-06-30 --format json
  same forecast --schedule "$file" --events "$events" --as-of 2025-03-31 --until 2026-12-31 --format csv
  for as_of in 2024-12-31 2025-06-30 2028-12-31; do
    same run --schedule "$file" --events "$events" --as-of "$as_of" --notices notices --summary summary
  done
done
# Each schedule with the one before it: what is different, and by how much.
for ((place = 1; place < ${#files[@]}; place++)); do
  same compare "${files[place - 1]}" "${files[place]}" --lang en
  same compare "${files[place]}" "${files[place]}" --lang fr --money
done
echo "$compared commands compared, $different differ"
[ "$different" = 0 ]
