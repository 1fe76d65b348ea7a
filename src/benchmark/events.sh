#!/bin/sh
# Measures what events and statistics cost those who write: ChronoTrack over HTTP, and beside it, in
# the same minutes on the same machine, the same without the lines that write them. Prints a table
# in Markdown, and leaves nothing else. docs/benchmarks.md tells what the figures mean.
#
#   src/benchmark/events.sh           about ten minutes
#   src/benchmark/events.sh --quick   about one minute: whether everything works
#
# JAVA_OPTS  more JVM options for the servers, as of start.sh, to compare settings
#
# Needs Linux, a JDK 17, curl and wrk.
# Exit status: 0 if everything could be measured, whatever the figures are.
. "$(dirname -- "$0")/common.sh"

repetitions=7 seconds=4 warm_up=60
case "${1:-}" in
  "") ;;
  --quick) repetitions=1 seconds=1 warm_up=5 ;;
  *) usage ;;
esac

needs_wrk
begin
sources=$root/src/main/java
classes=$work/without/overlay/WEB-INF/classes
mkdir -p "$work/without/sources" "$classes"

# Copies a class of the product without the lines that match; there must be so many.
without() {
  file=$work/without/sources/${1##*/} lines=$2
  [ "$(grep -c "$3" "$sources/$1")" -eq "$lines" ] ||
    stop_with "$1 has not $lines lines with '$3': this benchmark must follow what has become of them"
  grep -v "$3" "$sources/$1" >"$file"
}

say "packing the application without events and statistics"
without io/chronotrack/run/store/SqliteRunTable.java 1 'insertEvents(connection, runs);'
without io/chronotrack/stats/store/JpaStatisticsRepository.java 1 'pending().add(run)'
(cd "$work" && run "${jdk}jar" xf "$product" MICRO-INF/runtime MICRO-INF/deploy/ROOT.war)
(cd "$work/without" && run "${jdk}jar" xf "$work/MICRO-INF/deploy/ROOT.war" WEB-INF)
run "${jdk}javac" -proc:none -nowarn -d "$classes" \
  -cp "$work/without/WEB-INF/classes:$work/without/WEB-INF/lib/*:$work/MICRO-INF/runtime/*" \
  "$work"/without/sources/*.java
run "${jdk}jar" uf0 "$work/MICRO-INF/deploy/ROOT.war" -C "$work/without/overlay" WEB-INF/classes
cp "$product" "$work/without.jar"
run "${jdk}jar" uf0 "$work/without.jar" -C "$work" MICRO-INF/deploy/ROOT.war
rm -rf "$work/MICRO-INF" "$work/without"

say "starting the servers"
with_port=$(free_port $((20000 + $$ % 9973)))
without_port=$(free_port $((with_port + 1)))
start_server with "$product" "$with_port" AUTH=off STORAGE=sqlite
with=$started
start_server without "$work/without.jar" "$without_port" AUTH=off STORAGE=sqlite
without=$started
with_api=http://127.0.0.1:$with_port
without_api=http://127.0.0.1:$without_port
await with "$with" answers "$with_api/health/ready"
await without "$without" answers "$without_api/health/ready"
create_jobs "$with_api"
create_jobs "$without_api"

# That the one writes events and the other does not, and is what it is taken for.
events_of_a_run() {
  ask "$1/runs/$(new_run "$1")/events" | grep -c '"CREATED"' || true
}
[ "$(events_of_a_run "$with_api")$(events_of_a_run "$without_api")" = 10 ] ||
  stop_with "what was packed still writes events"

# New runs, and then their transitions, both measured: name, process, address.
writes() {
  used=$(new_run "$3")
  measure "creates $1" this 64 "$2" creates "$3"
  next_id=$(new_run "$3")
  prepare_transitions 64 "$3"
  measure "transitions $1" this 64 "$2" transitions "$3"
}

say "warming up for $warm_up s"
for api in "$with_api" "$without_api"; do
  FIRST_ID=$(($(new_run "$api") + 1))
  export FIRST_ID
  prepare 64 "$warm_up" mix "$api"
  prepare 64 "$warm_up" creates "$api"
done

repetition=1
while [ "$repetition" -le "$repetitions" ]; do
  say "repetition $repetition of $repetitions"
  writes with "$with" "$with_api"
  writes without "$without" "$without_api"
  repetition=$((repetition + 1))
done

awk -v ticks="$(getconf CLK_TCK)" -f "$here/median.awk" -f "$here/events.awk" "$results" ||
  stop_with "some rows failed, see ERRORS above"
