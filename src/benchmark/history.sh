#!/bin/sh
# Measures pages of lists on histories of different length, over HTTP, on SQLite: a page must cost the
# same however many runs there are. Prints a table in Markdown, and leaves nothing else.
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
  -*)
    sed -n '2,/^[.]/s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
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
