#!/bin/sh
# Measures ChronoTrack on PostgreSQL over HTTP, and beside it, in the same minutes and on the same
# server, the bare driver: one row a commit from as many connections. Prints tables in Markdown,
# and leaves nothing else. docs/benchmarks.md tells what the figures mean.
#
#   src/benchmark/postgresql.sh           about ten minutes
#   src/benchmark/postgresql.sh --quick   about one minute: whether everything works
#
# JAVA_OPTS  more JVM options for the service, as of start.sh, to compare settings
# DATABASE_URL, DATABASE_USER, DATABASE_PASSWORD
#            an empty database of a PostgreSQL to use; without them the build fetches a server, which
#            runs on this machine with its default settings, and so with durable commits
#
# Needs Linux, a JDK 17, curl and wrk.
# Exit status: 0 if everything could be measured, whatever the figures are.
. "$(dirname -- "$0")/common.sh"

repetitions=3 seconds=4 warm_up=300000
case "${1:-}" in
  "") ;;
  --quick) repetitions=1 seconds=1 warm_up=1 ;;
  *) usage ;;
esac

needs_wrk
begin
extract_driver postgresql

if [ -z "${DATABASE_URL:-}" ]; then
  say "starting PostgreSQL"
  (cd "$root" && run ./mvnw -q -B dependency:build-classpath -DincludeScope=test \
    -Dmdep.outputFile="$work/class-path" >&2) || stop_with "the build cannot fetch PostgreSQL"
  mkfifo "$work/open"
  # It runs for as long as this end of the pipe is open.
  "${jdk}java" -cp "$(cat "$work/class-path")" -Djava.io.tmpdir="$work/tmp" \
    "$here/java/PostgresServer.java" "$work" "$work/port" <"$work/open" >"$work/postgresql.log" 2>&1 &
  postgresql=$!
  servers="$servers $postgresql"
  exec 9>"$work/open"
  await postgresql "$postgresql" test -f "$work/port"
  DATABASE_URL=jdbc:postgresql://127.0.0.1:$(cat "$work/port")/postgres
  DATABASE_USER=postgres
  DATABASE_PASSWORD=none
fi
export DATABASE_URL DATABASE_USER DATABASE_PASSWORD

say "starting the service"
port=$(free_port $((20000 + $$ % 9973)))
api=http://127.0.0.1:$port
start_server app "$product" "$port" AUTH=off STORAGE=postgresql
app=$started
await app "$app" answers "$api/health/ready"
create_jobs "$api"

say "warming up"
warm_up "$warm_up" 64 creates "$api"

raw() {
  run "${jdk}java" -Djava.io.tmpdir="$work/tmp" -cp "$work/$driver" "$here/java/RawPostgres.java" \
    "$DATABASE_URL" "$DATABASE_USER" "$seconds" "$1" >"$work/raw.out" || stop_with "the raw driver failed"
  awk -v OFS='\t' '{ print "raw driver", "this", $1, $2, $3 * 1e6, $4, $5, 0, 0, 0 }' \
    "$work/raw.out" >>"$results"
}

repetition=1
while [ "$repetition" -le "$repetitions" ]; do
  say "repetition $repetition of $repetitions"
  for connections in 1 16 64; do
    raw "$connections"
    measure creates this "$connections" "$app" creates "$api"
  done
  repetition=$((repetition + 1))
done

awk -v ticks="$(getconf CLK_TCK)" -f "$here/median.awk" -f "$here/postgresql.awk" "$results" ||
  stop_with "some rows failed, see ERRORS above"
