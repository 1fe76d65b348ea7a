# What the benchmarks share. Sourced by them, not run; works in the folder $work, which is gone
# afterwards, as is every process that was started here.
set -eu
LC_ALL=C
export LC_ALL

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
root=$(CDPATH='' cd -- "$here/../.." && pwd)
start=$root/server-config/payara-micro/start.sh
product=$root/target/chronotrack.jar

say() {
  echo "benchmark: $*" >&2
}

stop_with() {
  say "$*"
  exit 1
}

# What the script's first lines tell, for who called it otherwise.
usage() {
  sed -n '2,/^[.]/s/^# \{0,1\}//p' "$0" >&2
  exit 2
}

needs() {
  command -v "$1" >/dev/null 2>&1 || stop_with "$2"
}

needs_wrk() {
  needs wrk "wrk is missing: install it with the system's package manager, for example 'apt-get install wrk'"
}

jdk=
if [ -n "${JAVA_HOME:-}" ]; then
  jdk=$JAVA_HOME/bin/
fi
needs curl "curl is missing: install it with the system's package manager"
for tool in java javac jar; do
  needs "$jdk$tool" "$tool is missing: a JDK 17 or later is needed, on the PATH or as JAVA_HOME"
done

[ -r /proc/self/stat ] || stop_with "there is no /proc: CPU and memory are read from there, on Linux"

# Everything that runs or lies about on the way, and its end, whichever way that comes.
work='' child='' servers=''
clean() {
  trap '' INT TERM HUP
  for process in $child $servers; do
    kill "$process" 2>/dev/null || true
  done
  patience=120
  for process in $child $servers; do
    while kill -0 "$process" 2>/dev/null && [ "$patience" -gt 0 ]; do
      patience=$((patience - 1))
      sleep 0.1
    done
    kill -9 "$process" 2>/dev/null || true
  done
  wait
  if [ -n "$work" ]; then
    rm -rf "$work"
  fi
}
trap clean EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# Runs a command so that a signal ends this script at once and not after the command.
run() {
  "$@" &
  child=$!
  status=0
  wait "$child" || status=$?
  child=
  return "$status"
}

# Makes sure that there is a package to measure, and a folder to work in.
begin() {
  if [ ! -f "$product" ] ||
    [ -n "$(find "$root/src/main" "$root/server-config" "$root/pom.xml" -newer "$product" | head -n 1)" ]; then
    say "building the package"
    (cd "$root" && run ./mvnw -q -B package -DskipTests >&2) || stop_with "the package cannot be built"
  fi
  # In the build's folder: on the disk of this project, and not on one that is only memory.
  work=$(mktemp -d "$root/target/benchmark.XXXXXX")
  mkdir "$work/tmp"
  results=$work/results.tsv
  : >"$results"
}

# A port that nobody listens on, different from run to run.
free_port() {
  port=$1
  while grep -qi ":$(printf %04X "$port") [0-9A-F:]* 0A" /proc/net/tcp /proc/net/tcp6 2>/dev/null; do
    port=$((port + 1))
  done
  echo "$port"
}

# Starts a server in the background: name, jar, port, and more variables of its environment. Leaves
# its process id in $started.
start_server() {
  name=$1 jar=$2 port_of_server=$3
  shift 3
  # The temporary folder is ours, so that nothing of it is left after a kill.
  env PORT="$port_of_server" BIND=127.0.0.1 APP_ENV=development CHRONOTRACK_JAR="$jar" \
    DATABASE_FILE="$work/$name/chronotrack.db" \
    JAVA_OPTS="${JAVA_OPTS:-} -Djava.io.tmpdir=$work/tmp" "$@" \
    sh "$start" >"$work/$name.log" 2>&1 &
  started=$!
  servers="$servers $started"
}

# Waits until a server is there: name, process, and the command that succeeds when it is.
await() {
  name=$1 process=$2
  shift 2
  patience=900
  until "$@"; do
    patience=$((patience - 1))
    if [ "$patience" -eq 0 ] || ! kill -0 "$process" 2>/dev/null; then
      cat "$work/$name.log" >&2
      stop_with "the server '$name' does not start"
    fi
    sleep 0.1
  done
}

answers() {
  curl -s -f -o /dev/null "$1"
}

# Ends the server that was started last.
stop_last_server() {
  kill "$started" 2>/dev/null || true
  wait "$started" 2>/dev/null || true
  servers=${servers% *}
}

# A request, with the credential if there is one, which stays off the command line.
ask() {
  printf 'Content-Type: application/json\nAuthorization: %s\n' "${AUTHORIZATION:-}" |
    curl -s -S -f -H @- "$@"
}

# Ticks of the CPU that a process has used; its resident memory in KiB.
cpu_of() {
  sed 's/.*) //' "/proc/$1/stat" | awk '{ print $12 + $13 }'
}
memory_of() {
  awk '/^VmRSS:/ { print $2 }' "/proc/$1/status"
}

# One load by wrk: connections, seconds, script, URL. The numbers that it came to are in $result.
load() {
  (cd "$here/lua" && exec wrk --threads 1 --connections "$1" --duration "$2s" --timeout 10s \
    --script "$3.lua" --latency "$4") >"$work/wrk.out" 2>&1 &
  child=$!
  wait "$child" || {
    cat "$work/wrk.out" >&2
    stop_with "wrk failed with $3.lua"
  }
  child=
  result=$(sed -n 's/^RESULT	//p' "$work/wrk.out")
  # shellcheck disable=SC2086 # the result is fields
  set -- $result
  requests=$1 failed_answers=$5 failed_connections=$6
}

# A load that is not measured, and without which nothing that follows would be right.
prepare() {
  load "$@"
  if [ "$failed_answers$failed_connections" != 00 ]; then
    cat "$work/wrk.out" >&2
    stop_with "the load $3.lua, which prepares the others, had errors"
  fi
}

# Loads a server until it has answered so many requests: number, connections, script, URL. By their
# number and not by the clock, because it is calls that the JVM's compilers wait for: the optimizing
# one for 100,000, as start.sh tells it, and until then a request takes two or three times as long.
warm_up() {
  left=$1 rounds=120
  shift
  while [ "$left" -gt 0 ] && [ "$rounds" -gt 0 ]; do
    prepare "$1" 3 "$2" "$3"
    left=$((left - requests)) rounds=$((rounds - 1))
  done
}

# A row of the results: name, disk, connections, process, and then what load wants.
measure() {
  row=$1 disk=$2 process=$4
  ticks=$(cpu_of "$process")
  load "$3" "$seconds" "$5" "$6"
  ticks=$(($(cpu_of "$process") - ticks))
  # shellcheck disable=SC2086 # the result is fields
  set -- "$3" $result
  requests=$2
  errors=$(($6 + $7))
  add_row "$row" "$disk" "$1" "$requests" "$3" "$4" "$5" "$errors" "$ticks" "$(memory_of "$process")"
  if [ "$errors" -ne 0 ]; then
    say "ERRORS: $row, $disk, $1 connections: $6 answers with an error status, $7 failed connections or time-outs"
  fi
}

# name, disk, connections, requests, microseconds, p50, p99, errors, CPU ticks, KiB of memory
add_row() {
  (IFS='	' && echo "$*") >>"$results"
}

# The jobs that runs are created for.
jobs=20
JOBS=$jobs
export JOBS

# Creates them on the service at an address.
create_jobs() {
  job=1
  while [ "$job" -le "$jobs" ]; do
    ask -o /dev/null -d "{\"name\": \"Benchmark $job\", \"type\": \"benchmark\"}" "$1/jobs"
    job=$((job + 1))
  done
}

# The id of a run that is made there for this purpose: ids are given out one after the other.
new_run() {
  ask -d '{}' "$1/jobs/1/runs" | sed -n 's/^{"id":\([0-9]*\),.*/\1/p'
}

# Runs that are PENDING have ids after $used up to $next_id: sees that there are enough of them for
# $seconds of transitions, two a run, and tells the script about them: connections, address.
used=0 next_id=0
prepare_transitions() {
  LAG=$((4 * $1 + 16))
  # More than a server does in this time.
  wanted=$((seconds * 6000 + LAG))
  while [ $((next_id - used)) -lt "$wanted" ]; do
    prepare 64 1 creates "$2"
    next_id=$(new_run "$2")
  done
  FIRST_ID=$used LAST_ID=$next_id
  export LAG FIRST_ID LAST_ID
}

# The driver out of the package whose name begins so: leaves its path, below $work, in $driver.
extract_driver() {
  (cd "$work" && run "${jdk}jar" xf "$product" MICRO-INF/deploy/ROOT.war)
  war=$work/MICRO-INF/deploy/ROOT.war
  driver=$("${jdk}jar" tf "$war" | grep "^WEB-INF/lib/$1-[0-9]") || stop_with "the application has no $1"
  (cd "$work" && run "${jdk}jar" xf "$war" "$driver")
  rm -rf "$work/MICRO-INF"
}
