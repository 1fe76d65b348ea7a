#!/bin/sh
# Measures pages of lists on histories of different length, over HTTP, on SQLite: a page must cost the
# same however many runs there are. Exports the longest history of at most a million runs as well, in
# each form: that must not take more memory because there are more runs. Prints two tables in
# Markdown, and leaves nothing else.
#
#   src/benchmark/history.sh [RUNS...]    10000 1000000 10000000 unless said otherwise
#
# REPETITIONS  how often each page is read; 100
# JAVA_OPTS    more JVM options for the server, as of start.sh
#
# Needs Linux, a JDK 17, curl, and 6 GB on the disk for ten million runs.
# Exit status: 0 if everything could be measured, whatever the figures are.
. "$(dirname -- "$0")/common.sh"

repetitions=${REPETITIONS:-100}
case "${1:-}" in
  -*) usage ;;
  "") set -- 10000 1000000 10000000 ;;
esac

begin
extract_driver sqlite-jdbc
port=$(free_port $((20000 + $$ % 9973)))
api=http://127.0.0.1:$port

# Starts the service on the database in a folder of this name and waits until it is ready.
start_service() {
  start_server "$1" "$product" "$port" AUTH=off STORAGE=sqlite
  await "$1" "$started" answers "$api/health/ready"
}

# What is asked for by time ends now, as the histories do.
sed "s/90_DAYS_AGO/$(date -u -d "@$(($(date +%s) - 90 * 86400))" +%Y-%m-%dT%H:%M:%SZ)/" \
  "$here/lists.txt" >"$work/lists.txt"

# The most memory that a process has had since this was asked for the last time, in KiB.
forget_peak_of() {
  echo 5 >"/proc/$1/clear_refs"
}
peak_of() {
  awk '/^VmHWM:/ { print $2 }' "/proc/$1/status"
}

# Exports everything to nowhere: content type. Adds a row: type, bytes, seconds, KiB before and at most.
measure_export() {
  idle=$(memory_of "$started")
  forget_peak_of "$started"
  run curl -s -S -f -H "Accept: $1" -o /dev/null -w '%{size_download}\t%{time_total}' "$api/runs/export" \
    >"$work/export.out" || stop_with "the export as $1 broke off"
  printf '%s\t%s\t%s\t%s\n' "$1" "$(cat "$work/export.out")" "$idle" "$(peak_of "$started")" >>"$work/exports.tsv"
}

exported=$(printf '%s\n' "$@" | sort -n | awk '$1 <= 1000000 || NR == 1' | tail -n 1)

say "making the tables"
start_service empty
stop_last_server

for runs in "$@"; do
  folder=$work/$runs
  mkdir "$folder"
  # With the secret beside it, without which the service does not start.
  cp "$work/empty/"* "$folder/"
  say "filling in $runs runs"
  run "${jdk}java" -Djava.io.tmpdir="$work/tmp" -cp "$work/$driver" \
    "$here/java/HistoryGenerator.java" "$folder/chronotrack.db" "$runs" >&2
  DATABASE_FILE="$folder/chronotrack.db" run "${jdk}java" -Djava.io.tmpdir="$work/tmp" -jar "$product" \
    --rebuild-statistics >&2
  start_service "$runs"
  say "reading pages of $runs runs"
  # Once for the compiler and the caches, once to be counted.
  run "${jdk}java" "$here/java/PageTimes.java" "$api" "$work/lists.txt" 20 >/dev/null
  run "${jdk}java" "$here/java/PageTimes.java" "$api" "$work/lists.txt" "$repetitions" \
    >"$work/$runs.tsv"
  if [ "$runs" = "$exported" ] && [ ! -f "$work/exports.tsv" ]; then
    say "exporting $runs runs"
    measure_export application/x-ndjson
    measure_export text/csv
  fi
  stop_last_server
  rm -rf "$folder"
done

# Each list with its first and its far page; the ratio is that of the last history to the first.
echo "| list | page | $(printf '%s runs, ms (p99) | ' "$@")last ÷ first |"
echo "|---|---:|$(for runs in "$@"; do printf '%s' '---:|'; done)---:|"
for runs in "$@"; do
  awk -F '\t' -v OFS='\t' -v runs="$runs" '{ print NR, $1, $2, $4, $5, runs }' "$work/$runs.tsv"
done | sort -t "$(printf '\t')" -s -n -k1,1 | awk -F '\t' '
  $1 != row { finish(); row = $1; list = $2; page = $3; cells = ""; first = $4 }
  { cells = cells " " $4 " (" $5 ") |"; last = $4 }
  END { finish() }
  function finish() {
    if (row) printf "| `%s` | %s |%s %.2f |\n", list, page, cells, last / first
  }'

echo
echo "| export of $exported runs | MB | s | runs a second | memory before, MB | at most, MB | more by, MB | bound |"
echo "|---|---:|---:|---:|---:|---:|---:|---|"
awk -F '\t' -v runs="$exported" '{
  printf "| `%s` | %.1f | %.1f | %d | %.0f | %.0f | %.0f | at most 64 |\n",
    $1, $2 / 1e6, $3, runs / $3, $4 * 1024 / 1e6, $5 * 1024 / 1e6, ($5 - $4) * 1024 / 1e6
}' "$work/exports.tsv"
