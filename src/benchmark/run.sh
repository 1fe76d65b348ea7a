#!/bin/sh
# Measures ChronoTrack over HTTP, and beside it, in the same minutes on the same machine, what it is
# compared with. Prints tables in Markdown, writes the same to target/benchmark.json, and leaves
# nothing else. docs/benchmarks.md tells what the figures mean.
#
#   src/benchmark/run.sh           about fifteen minutes
#   src/benchmark/run.sh --quick   about two minutes: whether everything works; figures are rough
#   src/benchmark/run.sh --full    about thirty minutes: longer loads, and the memory after five
#                                  minutes of a mix
#
# JAVA_OPTS  more JVM options for the servers, as of start.sh, to compare settings
#
# Needs Linux, a JDK 17, curl and wrk; a C compiler for the rows with slow flushes.
# Exit status: 0 if everything could be measured, whatever the figures are.
. "$(dirname -- "$0")/common.sh"

repetitions=3 seconds=2 warm_up=200000 mix=0 length=default
case "${1:-}" in
  "") ;;
  --quick) repetitions=1 seconds=1 warm_up=2 length=quick ;;
  --full) repetitions=3 seconds=5 mix=300 length=full ;;
  *) usage ;;
esac

needs_wrk
begin
mkdir "$work/plain" "$work/raw"
extract_driver sqlite-jdbc

say "packing the plain-text application"
(cd "$work" && run "${jdk}jar" xf "$product" MICRO-INF/runtime)
classes=$work/plain/WEB-INF/classes
mkdir -p "$classes" "$work/plain-jar/MICRO-INF/deploy"
run "${jdk}javac" -proc:none -nowarn -d "$classes" \
  -cp "$work/MICRO-INF/runtime/*" "$here/java/PlainText.java"
run "${jdk}jar" cf "$work/plain-jar/MICRO-INF/deploy/ROOT.war" -C "$work/plain" .
cp "$product" "$work/plain.jar"
# -0: nested archives are stored in the product's jar, too.
run "${jdk}jar" uf0 "$work/plain.jar" -C "$work/plain-jar" MICRO-INF/deploy/ROOT.war
rm -rf "$work/MICRO-INF" "$work/plain-jar"

slow_flush='' slow_reason=''
if ! command -v cc >/dev/null 2>&1; then
  slow_reason="not measured: there is no C compiler (cc)"
elif ! run cc -shared -fPIC -O2 -o "$work/slow_flush.so" "$here/slow_flush.c" -ldl; then
  slow_reason="not measured: slow_flush.c does not compile here"
else
  slow_flush=$work/slow_flush.so
fi
SLOW_FLUSH_SWITCH=$work/slow
export SLOW_FLUSH_SWITCH

say "starting the servers"
port=$(free_port $((20000 + $$ % 9973)))
plain_port=$(free_port $((port + 1)))
guarded_port=$(free_port $((plain_port + 1)))
key=$("${jdk}java" -jar "$product" --new-key)
start_server app "$product" "$port" AUTH=off STORAGE=sqlite LD_PRELOAD="$slow_flush"
app=$started
start_server plain-text "$work/plain.jar" "$plain_port" AUTH=off
plain=$started
start_server guarded "$product" "$guarded_port" AUTH=on ADMIN_KEY="$key" STORAGE=sqlite
guarded=$started
api=http://127.0.0.1:$port
plain_api=http://127.0.0.1:$plain_port
guarded_api=http://127.0.0.1:$guarded_port
await app "$app" answers "$api/health/ready"
await plain-text "$plain" answers "$plain_api/plain"
await guarded "$guarded" answers "$guarded_api/health/ready"

# For what follows in a subshell: requests with the administrator's key.
with_key() {
  AUTHORIZATION="Bearer $key"
  export AUTHORIZATION
}

create_jobs "$api"
(with_key && create_jobs "$guarded_api")

# What clients were told must be there: $1 more runs than before, or the row counts as failed.
require_runs() {
  before=$next_id
  next_id=$(new_run "$api")
  if [ $((next_id - before - 1)) -lt "$1" ]; then
    say "ERRORS: $row: $1 runs were acknowledged, but only $((next_id - before - 1)) are there"
    add_row "$row" "$disk" "$connections" 0 1 0 0 "$1" 0 0
  fi
}

# Passes over the runs that a load of transitions has taken, or may have: connections.
leave_transitions() {
  used=$((used + requests / 2 + LAG + $1))
}

transitions() {
  prepare_transitions "$2" "$api"
  measure transitions "$1" "$2" "$app" transitions "$api"
  if [ "$requests" -gt $((LAG + 2 * $2)) ] &&
    ! ask "$api/runs/$((used + 1))/events" | grep -q '"PENDING".*"RUNNING".*"SUCCESS"'; then
    say "ERRORS: transitions: run $((used + 1)) did not end"
    add_row transitions "$1" "$2" 0 1 0 0 1 0 0
  fi
  leave_transitions "$2"
}

raw() {
  disk=$1
  shift
  preload=
  if [ "$disk" = slow ]; then
    preload=$slow_flush
  fi
  run env LD_PRELOAD="$preload" "${jdk}java" -Djava.io.tmpdir="$work/tmp" -cp "$work/$driver" \
    "$here/java/RawDriver.java" "$work/app/chronotrack.db" "$work/raw" "$seconds" "$@" \
    >"$work/raw.out" || stop_with "the raw driver failed"
  awk -v OFS='\t' -v disk="$disk" '{ print "raw " $1, disk, 1, $2, $3 * 1e6, $4, $5, 0, 0, 0 }' \
    "$work/raw.out" >>"$results"
}

# Reads while writers are busy: connections of the reads.
reads_during_writes() {
  (cd "$here/lua" && exec wrk --threads 1 --connections 64 --duration "$((seconds + 1))s" \
    --timeout 10s --script creates.lua "$api") >"$work/writers.out" 2>&1 &
  writers=$!
  servers="$servers $writers"
  sleep 0.5
  measure "reads during writes" this "$1" "$app" reads "$api"
  wait "$writers" || true
  servers=${servers% *}
  # shellcheck disable=SC2046 # fields
  set -- "$1" $(sed -n 's/^RESULT	//p' "$work/writers.out")
  if [ "$#" -ne 7 ] || [ "$6$7" != 00 ]; then
    say "ERRORS: the writers beside the reads failed"
    add_row "reads during writes" this "$1" 0 1 0 0 1 0 0
  fi
  next_id=$(new_run "$api")
}

# The servers that are compared must have been equally busy with what is compared.
warm_up_both() {
  for connections in 16 64; do
    warm_up $((warm_up / 2)) "$connections" "$1" "$api"
    (with_key && warm_up $((warm_up / 2)) "$connections" "$1" "$guarded_api")
  done
}

say "warming up"
for connections in 16 64; do
  warm_up "$warm_up" "$connections" report "$plain_api/plain"
done
FIRST_ID=1 LAST_ID=1000
export FIRST_ID LAST_ID
warm_up_both creates
warm_up_both reads
warm_up "$warm_up" 16 pages "$api"
next_id=$(new_run "$api")
left=$warm_up
while [ "$left" -gt 0 ]; do
  prepare_transitions 64 "$api"
  prepare 64 "$seconds" transitions "$api"
  leave_transitions 64
  left=$((left - requests))
done

warm_up $((warm_up / 1000)) 16 batches "$api"
next_id=$(new_run "$api")
used=$next_id

creates() {
  for connections in 1 16 64; do
    measure creates "$1" "$connections" "$app" creates "$api"
    require_runs "$requests"
  done
}

repetition=1
while [ "$repetition" -le "$repetitions" ]; do
  say "repetition $repetition of $repetitions"
  raw this 1 256 1b 256b
  for connections in 1 16 64; do
    measure plain none "$connections" "$plain" report "$plain_api/plain"
  done
  creates this
  for connections in 1 16 64; do
    transitions this "$connections"
  done
  FIRST_ID=1 LAST_ID=$next_id
  export FIRST_ID LAST_ID
  for connections in 1 16 64; do
    measure reads this "$connections" "$app" reads "$api"
    measure pages this "$connections" "$app" pages "$api"
  done
  # In turn, and both with runs of the same range: what the credential costs, and nothing else.
  LAST_ID=1000
  measure "reads, AUTH=off" this 16 "$app" reads "$api"
  (with_key && measure "reads, AUTH=on" this 16 "$guarded" reads "$guarded_api")
  measure "creates, AUTH=off" this 64 "$app" creates "$api"
  (with_key && measure "creates, AUTH=on" this 64 "$guarded" creates "$guarded_api")
  next_id=$(new_run "$api")
  LAST_ID=$next_id
  for connections in 1 16; do
    reads_during_writes "$connections"
  done
  for connections in 1 16 64; do
    measure batches this "$connections" "$app" batches "$api"
    require_runs $((1000 * requests))
  done
  if [ -n "$slow_flush" ]; then
    : >"$SLOW_FLUSH_SWITCH"
    raw slow 1
    creates slow
    for connections in 1 16 64; do
      transitions slow "$connections"
    done
    rm "$SLOW_FLUSH_SWITCH"
  fi
  repetition=$((repetition + 1))
done

if [ "$mix" -gt 0 ]; then
  say "the mix for $mix s"
  next_id=$(new_run "$api")
  FIRST_ID=$((next_id + 1))
  export FIRST_ID
  seconds=$mix
  measure mix this 64 "$app" mix "$api"
fi
memory=$(memory_of "$app")

options=${JAVA_OPTS:-}
awk -v when="$(date -u +%Y-%m-%dT%H:%M:%SZ)" -v length_of_run="$length" \
  -v cpus="$(getconf _NPROCESSORS_ONLN)" \
  -v model="$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" \
  -v kernel="$(uname -sr)" -v disk_type="$(stat -f -c %T "$work" 2>/dev/null || echo unknown)" \
  -v java="$("${jdk}java" -version 2>&1 | head -n 1 | tr -d '"')" \
  -v load_now="$(cut -d ' ' -f 1-3 /proc/loadavg)" -v options="$options" \
  -v revision="$(git -C "$root" describe --always --dirty 2>/dev/null || echo unknown)" \
  -v ticks="$(getconf CLK_TCK)" -v memory="$memory" -v slow_reason="$slow_reason" \
  -v json="$work/benchmark.json" -f "$here/median.awk" -f "$here/report.awk" "$results" || {
  mv "$work/benchmark.json" "$root/target/benchmark.json"
  stop_with "some rows failed, see ERRORS above"
}
mv "$work/benchmark.json" "$root/target/benchmark.json"
