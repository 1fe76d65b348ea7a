# Reads the rows that postgresql.sh has measured (their fields: see report.awk) and prints tables in
# Markdown. Several rows of a name and number of connections are repetitions: their median counts.
# Exit status 1 if a row has errors.

BEGIN { FS = "\t" }

{
  key = $1 FS $3
  if (!(key in count)) {
    keys[++number_of_keys] = key
  }
  errors += $8
  n = ++count[key]
  rate[key, n] = $4 / ($5 / 1e6)
  p50[key, n] = $6 / 1e3
  p99[key, n] = $7 / 1e3
  cpu[key, n] = $9 / ticks / ($5 / 1e6)
  rss[key, n] = $10 * 1024 / 1e6
}

END {
  print "| creates ÷ raw driver, one row a commit, as many connections | measured | bound | met |"
  print "|---|---:|---|---|"
  split("1 16 64", connections, " ")
  for (i = 1; i <= 3; i++) {
    value = median(rate, "creates" FS connections[i]) / median(rate, "raw driver" FS connections[i])
    printf "| %d connections | %.2f | %s | %s |\n", connections[i], value,
      i == 3 ? "at least 0.5" : "", i == 3 ? (value >= 0.5 ? "yes" : "no") : ""
  }
  print "\n| measure | connections | per second | median ms | p99 ms | CPUs | MB |"
  print "|---|---:|---:|---:|---:|---:|---:|"
  for (i = 1; i <= number_of_keys; i++) {
    key = keys[i]
    split(key, part, FS)
    raw = part[1] ~ /^raw/
    printf "| %s | %s | %.0f | %.3f | %.3f | %s | %s |\n",
      raw ? part[1] : "`POST /jobs/{id}/runs`", part[2], median(rate, key), median(p50, key),
      median(p99, key), raw ? "" : sprintf("%.2f", median(cpu, key)),
      raw ? "" : sprintf("%.0f", median(rss, key))
  }
  exit errors > 0
}
