# Reads the rows that events.sh has measured (their fields: see report.awk) and prints a table in
# Markdown. Several rows of a name are repetitions: their median counts. Exit status 1 if a row has
# errors.

BEGIN { FS = "\t" }

{
  errors += $8
  n = ++count[$1]
  rate[$1, n] = $4 / ($5 / 1e6)
  cpu[$1, n] = $9 / ticks / $4 * 1e6
}

END {
  print "| write, 64 connections | per second, with events and statistics | without | time that they add | bound | met | processor time, µs | without |"
  print "|---|---:|---:|---:|---|---|---:|---:|"
  split("creates transitions", writes, " ")
  for (i = 1; i <= 2; i++) {
    with = median(rate, writes[i] " with")
    without = median(rate, writes[i] " without")
    added = (without / with - 1) * 100
    printf "| %s | %.0f | %.0f | %.0f %% | at most 25 %% | %s | %.0f | %.0f |\n", writes[i], with,
      without, added, added <= 25 ? "yes" : "no", median(cpu, writes[i] " with"),
      median(cpu, writes[i] " without")
  }
  exit errors > 0
}
