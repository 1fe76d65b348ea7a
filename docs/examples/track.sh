#!/bin/sh
# Runs a command as a tracked run of a ChronoTrack job.
#
#   track.sh [-u URL] [-t TYPE] JOB_NAME COMMAND [ARGUMENT...]
#
#   -u URL    where ChronoTrack is; else CHRONOTRACK_URL; else http://127.0.0.1:3000
#   -t TYPE   type of the job, if it has to be created
#
# The job is found by its name among those that are not archived, or created. The run is RUNNING
# while the command runs, and then SUCCESS, or FAILED with the exit code and the end of the output,
# or CANCELLED if this script was told to stop and the command did not end well. Standard input and
# outputs are the command's, and so is the exit code. If ChronoTrack cannot be reached, the command
# runs all the same.
#
# A service that asks for a credential gets an API key (or token) from CHRONOTRACK_KEY, or from the
# file that CHRONOTRACK_KEY_FILE names. The role reporter is enough if the job exists; to create it
# takes an operator. The key is on no command line, and the command does not get CHRONOTRACK_KEY.
#
# The command line is stored in the run's metadata: keep secrets out of it.
#
# Needs a POSIX shell, curl 7.55 or later, and mktemp.
set -u

url=${CHRONOTRACK_URL:-http://127.0.0.1:3000}
key=${CHRONOTRACK_KEY:-}
# What the command prints may become the run's error message, and some commands print all they have.
unset CHRONOTRACK_KEY
type=
kept_bytes=8192
grace_seconds=5

usage() {
  echo "usage: track.sh [-u URL] [-t TYPE] JOB_NAME COMMAND [ARGUMENT...]" >&2
  exit 64
}

warn() {
  printf 'track.sh: %s\n' "$1" >&2
}

while getopts u:t: option; do
  case $option in
    u) url=$OPTARG ;;
    t) type=$OPTARG ;;
    *) usage ;;
  esac
done
shift $((OPTIND - 1))
[ $# -ge 2 ] || usage
url=${url%/}
job_name=$1
shift

# --- Signals ------------------------------------------------------------------------------------

# The last signal that told this script to stop, and what it was waiting for.
stopped_by=
command_pid=

# Passed on as TERM, whichever it was: a shell starts what runs in the background with INT ignored.
stop() {
  stopped_by=$1
  if [ -n "$command_pid" ]; then
    kill -TERM "$command_pid" 2>/dev/null
  fi
}
trap 'stop HUP' HUP
trap 'stop INT' INT
trap 'stop TERM' TERM

# --- JSON ---------------------------------------------------------------------------------------

# Standard input, at most $1 bytes of it, as a JSON string. Everything but printable ASCII becomes
# an escape, and bytes that are no UTF-8 are dropped, so that the result is the same in each locale.
json_string() {
  od -An -v -tu1 -N "$1" | LC_ALL=C awk '
    function emit(point) {
      if (point == 34 || point == 92) printf "\\%c", point
      else if (point >= 32 && point < 127) printf "%c", point
      else if (point < 65536) printf "\\u%04x", point
      else printf "\\u%04x\\u%04x", 55296 + int((point - 65536) / 1024), 56320 + (point - 65536) % 1024
    }
    function begin(bits, missing, least) { value = bits; open = missing; lowest = least }
    function take(byte) {
      if (open > 0 && byte >= 128 && byte < 192) {
        value = value * 64 + byte - 128
        # Not in a longer form than needed, not half of a surrogate pair, not beyond Unicode.
        if (--open == 0 && value >= lowest && value < 1114112 && (value < 55296 || value > 57343)) emit(value)
        return
      }
      open = 0
      if (byte < 128) emit(byte)
      else if (byte >= 194 && byte < 224) begin(byte - 192, 1, 128)
      else if (byte >= 224 && byte < 240) begin(byte - 224, 2, 2048)
      else if (byte >= 240 && byte < 245) begin(byte - 240, 3, 65536)
    }
    BEGIN { open = 0; printf "\"" }
    { for (i = 1; i <= NF; i++) take($i + 0) }
    END { printf "\"" }'
}

json_text() {
  printf '%s' "$1" | json_string 16384
}

# --- ChronoTrack --------------------------------------------------------------------------------

# Sends what it reads: api METHOD PATH CONTENT_TYPE [curl option...]
api() {
  api_method=$1 api_path=$2 api_type=$3
  shift 3
  curl -sSf --connect-timeout 5 --max-time 20 -X "$api_method" -H "@$folder/credential" \
    -H "Content-Type: $api_type" --data-binary @- "$@" "$url$api_path"
}

# What curl reads the credential from: everybody on this machine can see its command line. The file
# is empty if there is no credential.
write_credential() {
  if [ -z "$key" ] && [ -n "${CHRONOTRACK_KEY_FILE:-}" ]; then
    key=$(tr -d '\r' <"$CHRONOTRACK_KEY_FILE") || return
  fi
  (
    umask 077
    if [ -n "$key" ]; then
      printf 'Authorization: Bearer %s\n' "$key"
    fi >"$folder/credential"
  )
}

# The number at the end of the address in an answer's header Location.
created_id() {
  tr -d '\r' | sed -n 's/^[Ll][Oo][Cc][Aa][Tt][Ii][Oo][Nn]:.*\/\([0-9][0-9]*\)$/\1/p'
}

# The newest job of that name. In its JSON a quote after a brace or a comma begins the name of a
# member, because a quote within a string has a backslash before it.
find_job() {
  found=$(curl -sSf --connect-timeout 5 --max-time 20 -H "@$folder/credential" -G "$url/jobs" \
    --data-urlencode "name=$job_name" -d archived=false -d limit=1) || return
  printf '%s\n' "$found" |
    sed -n 's/.*[{,][[:space:]]*"id"[[:space:]]*:[[:space:]]*\([0-9][0-9]*\).*/\1/p'
}

create_job() {
  job_type=null
  if [ -n "$type" ]; then
    job_type=$(json_text "$type")
  fi
  printf '{"name":%s,"type":%s}' "$(json_text "$job_name")" "$job_type" |
    api POST /jobs application/json -o /dev/null -D - | created_id
}

create_run() {
  printf '{"status":"RUNNING","metadata":{"command":%s,"host":%s,"user":%s}}' \
    "$(json_text "$*")" "$(json_text "$(uname -n)")" "$(json_text "$(id -un 2>/dev/null)")" |
    api POST "/jobs/$job_id/runs" application/json -o /dev/null -D - | created_id
}

# A report can be repeated, because one that has arrived changes nothing the second time.
report() {
  api PATCH "/runs/$run_id" application/merge-patch+json -o /dev/null --retry 4 --retry-connrefused
}

# --- The command --------------------------------------------------------------------------------

run_untracked() {
  warn "$1; the command runs untracked"
  shift
  [ -z "${folder:-}" ] || rm -rf "$folder"
  [ -z "$stopped_by" ] || exit 143
  trap - HUP INT TERM EXIT
  exec "$@"
}

folder=$(mktemp -d) || run_untracked "there is no temporary folder" "$@"
trap 'rm -rf "$folder"' EXIT
mkfifo "$folder/out" "$folder/err" "$folder/both" || run_untracked "there are no named pipes" "$@"
write_credential || run_untracked "the file CHRONOTRACK_KEY_FILE cannot be read" "$@"

job_id=$(find_job) || run_untracked "ChronoTrack cannot be reached at $url, or does not accept the credential" "$@"
[ -n "$job_id" ] || job_id=$(create_job)
[ -n "$job_id" ] || run_untracked "the job '$job_name' could not be created" "$@"
run_id=$(create_run "$@")
[ -n "$run_id" ] || run_untracked "the run could not be created" "$@"

if [ -n "$stopped_by" ]; then
  printf '{"status":"CANCELLED","errorMessage":"Stopped by SIG%s before the start"}' "$stopped_by" | report
  exit 143
fi

# What copies the output goes on until the output ends, also when the whole group is told to stop.
(
  trap '' HUP TERM
  exec tail -c "$kept_bytes" <"$folder/both" >"$folder/end"
) &
tail_pid=$!
exec 3>"$folder/both" # Held open, so that tail does not see an end before both outputs have one.
(
  trap '' HUP TERM
  exec tee "$folder/both" <"$folder/out" 3>&-
) &
out_pid=$!
(
  trap '' HUP TERM
  exec tee "$folder/both" <"$folder/err" >&2 3>&-
) &
err_pid=$!

# By way of another number, because a shell gives what runs in the background no input.
exec 4<&0
"$@" <&4 4<&- 3>&- >"$folder/out" 2>"$folder/err" &
command_pid=$!
exec 4<&-
# A signal between the check above and here found no command to pass it on to.
[ -z "$stopped_by" ] || stop "$stopped_by"

exit_code=0
wait "$command_pid" || exit_code=$?
while kill -0 "$command_pid" 2>/dev/null; do
  # A signal ended the waiting, not the command.
  exit_code=0
  wait "$command_pid" || exit_code=$?
done
command_pid=

not_reported="the end of run $run_id could not be reported to $url"
if [ "$exit_code" -eq 0 ]; then
  printf '{"status":"SUCCESS"}' | report || warn "$not_reported"
fi

# The command may have left processes behind which hold its output open: these are not waited for
# longer than this, and what they write later is lost.
(
  trap 'kill "$nap"; exit' TERM
  sleep "$grace_seconds" &
  nap=$!
  wait "$nap"
  kill -KILL "$out_pid" "$err_pid"
) </dev/null >/dev/null 2>&1 3>&- &
watch_pid=$!
for pid in "$out_pid" "$err_pid"; do
  while kill -0 "$pid" 2>/dev/null; do
    wait "$pid" 2>/dev/null
  done
done
kill "$watch_pid" 2>/dev/null
exec 3>&-
wait "$tail_pid"

if [ "$exit_code" -ne 0 ]; then
  status=FAILED
  message="Exit code $exit_code"
  if [ -n "$stopped_by" ]; then
    status=CANCELLED
    message="Stopped by SIG$stopped_by, exit code $exit_code"
  fi
  {
    printf '{"status":"%s","errorMessage":' "$status"
    {
      printf '%s' "$message"
      [ ! -s "$folder/end" ] || {
        printf '\n\n'
        cat "$folder/end"
      }
    } | json_string 16384
    printf '}'
  } | report || warn "$not_reported"
fi

exit "$exit_code"
