#!/bin/sh
# Measures pages of lists on histories of different length, over HTTP, on SQLite: a page must cost the
# same however many runs there are. Prints a table in Markdown, and leaves nothing else.
#
#   src/benchmark/history.sh [RUNS...]    10000 1000000 10000000 unless said otherwise
#
# REPETITIONS  how often each page is read; 100
# JAVA_OPTS    more JVM options for the server, as of start.sh
#
# Needs Linux, a JDK 17, curl, and 6 GB on the disk for ten million runs. The package must be built:
# ./mvnw package. Exit status: 0 if everything could be measured, whatever the figures are.
set -eu
LC_ALL=C
export LC_ALL

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$(CDPATH='' cd -- "$here/../.." && pwd)
start=$root/server-config/payara-micro/start.sh
product=$root/target/chronotrack.jar
repetitions=${REPETITIONS:-100}

say() {
  echo "history: $*" >&2
}

stop_with() {
  say "$*"
  exit 1
}

case "${1:-}" in
  -*)
    sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
  "") set -- 10000 1000000 10000000 ;;
esac

jdk=
if [ -n "${JAVA_HOME:-}" ]; then
  jdk=$JAVA_HOME/bin/
fi
[ -f "$product" ] || stop_with "there is no $product: ./mvnw package makes it"

work='' server=''
stop_server() {
  if [ -n "$server" ]; then
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    server=
  fi
}
clean() {
  trap '' INT TERM HUP
  stop_server
  if [ -n "$work" ]; then
    rm -rf "$work"
  fi
}
trap clean EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

work=$(mktemp -d "$root/target/history.XXXXXX")
mkdir "$work/tmp"
(cd "$work" && "${jdk}jar" xf "$product" MICRO-INF/deploy/ROOT.war)
war=$work/MICRO-INF/deploy/ROOT.war
driver=$("${jdk}jar" tf "$war" | grep '^WEB-INF/lib/sqlite-jdbc-') ||
  stop_with "the application has no sqlite-jdbc"
(cd "$work" && "${jdk}jar" xf "$war" "$driver")

# A port that nobody listens on, different from run to run.
port=$((20000 + $$ % 9973))
while grep -qi ":$(printf %04X "$port") [0-9A-F:]* 0A" /proc/net/tcp /proc/net/tcp6 2>/dev/null; do
  port=$((port + 1))
done
api=http://127.0.0.1:$port

# Starts the service on a database and waits until it is ready.
start_server() {
  env PORT="$port" BIND=127.0.0.1 APP_ENV=development AUTH=off STORAGE=sqlite \
    DATABASE_FILE="$1" CHRONOTRACK_JAR="$product" \
    JAVA_OPTS="${JAVA_OPTS:-} -Djava.io.tmpdir=$work/tmp" sh "$start" >"$work/server.log" 2>&1 &
  server=$!
  patience=900
  until curl -s -f -o /dev/null "$api/health/ready"; do
    patience=$((patience - 1))
    if [ "$patience" -eq 0 ] || ! kill -0 "$server" 2>/dev/null; then
      cat "$work/server.log" >&2
      stop_with "the service does not start"
    fi
    sleep 0.1
  done
}

say "making the tables"
start_server "$work/empty/chronotrack.db"
stop_server

for runs in "$@"; do
  folder=$work/$runs
  mkdir "$folder"
  # With the secret beside it, without which the service does not start.
  cp "$work/empty/"* "$folder/"
  say "filling in $runs runs"
  "${jdk}java" -Djava.io.tmpdir="$work/tmp" -cp "$work/$driver" "$here/java/HistoryGenerator.java" \
    "$folder/chronotrack.db" "$runs" >&2
  start_server "$folder/chronotrack.db"
  say "reading pages of $runs runs"
  # Once for the compiler and the caches, once to be counted.
  "${jdk}java" "$here/java/PageTimes.java" "$api" "$here/lists.txt" 20 >/dev/null
  "${jdk}java" "$here/java/PageTimes.java" "$api" "$here/lists.txt" "$repetitions" >"$work/$runs.tsv"
  stop_server
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
