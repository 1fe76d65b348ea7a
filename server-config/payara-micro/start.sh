#!/bin/sh
# Starts ChronoTrack with the JVM settings that it is measured and shipped with.
#
#   start.sh [option]     start the service; options are those of chronotrack.jar (see --help)
#   start.sh --prepare    write a class data archive beside the jar, which makes later starts faster
#
# CHRONOTRACK_JAR  the jar, if it is neither beside this script nor in the build's target folder
# JAVA_HOME        the Java to use, if it is not the one on the PATH
# JAVA_OPTS        more JVM options; a later option wins over an earlier one
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)

if [ -n "${CHRONOTRACK_JAR:-}" ]; then
  jar=$CHRONOTRACK_JAR
elif [ -f "$here/chronotrack.jar" ]; then
  jar=$here/chronotrack.jar
else
  jar=$here/../../target/chronotrack.jar
fi
if [ ! -f "$jar" ]; then
  echo "ChronoTrack cannot start: CHRONOTRACK_JAR must be the path of chronotrack.jar, but there is no '$jar'" >&2
  exit 2
fi

if [ -n "${JAVA_HOME:-}" ]; then
  java=$JAVA_HOME/bin/java
else
  java=java
fi

archive=${jar%.jar}.jsa

# Serial collector and a heap that begins near what the service needs: it lives on a few cores and in
# a small container. The server loads about 90 MB of classes: a metaspace that begins near there
# saves full collections during the start. What the optimizing compiler has used is given back to
# the system every second (by JVMs from 17.0.9). When memory runs out, ending is better than
# going on with what is left.
flags="-XX:+UseSerialGC -Xms112m -Xmx176m -Xmn24m -XX:MinHeapFreeRatio=20 -XX:MaxHeapFreeRatio=40
  -XX:MetaspaceSize=96m -XX:CICompilerCount=2
  -XX:+IgnoreUnrecognizedVMOptions -XX:TrimNativeHeapInterval=1000 -XX:+ExitOnOutOfMemoryError"

# The C library would keep freed memory in an arena for each of eight threads a processor.
MALLOC_ARENA_MAX=${MALLOC_ARENA_MAX:-2}
export MALLOC_ARENA_MAX

# The JVM checks by itself whether an archive fits it and the jar, and does without if not; its
# remarks about that, and about single classes that cannot be archived, help nobody here.
quiet="-Xlog:cds=off -Xlog:cds+dynamic=off -Xlog:class+path=off"

if [ "${1:-}" = "--prepare" ]; then
  # A full start and stop, on a database of its own, in which the JVM notes the classes it loads.
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  rm -f "$archive"
  # shellcheck disable=SC2086 # the flags are words
  DATABASE_FILE=$folder/prepare.db STORAGE=sqlite AUTH=off "$java" $flags $quiet ${JAVA_OPTS:-} \
    -XX:ArchiveClassesAtExit="$archive" -jar "$jar" --check
  test -f "$archive"
  exit
fi

if [ -f "$archive" ]; then
  # shellcheck disable=SC2086 # the flags are words
  set -- $quiet -XX:SharedArchiveFile="$archive" -jar "$jar" "$@"
else
  set -- -jar "$jar" "$@"
fi
# shellcheck disable=SC2086 # the flags are words
exec "$java" $flags ${JAVA_OPTS:-} "$@"
