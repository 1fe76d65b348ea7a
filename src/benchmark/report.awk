# Reads the rows that run.sh has measured, prints tables in Markdown and writes JSON to the file
# `json`. A row: name, disk, connections, requests, microseconds, median and 99th percentile of the
# latency in microseconds, errors, CPU ticks, memory in KiB. Several rows of a name, disk and number
# of connections are repetitions: their median counts. Exit status 1 if a row has errors.

BEGIN { FS = "\t" }

{
  key = $1 FS $2 FS $3
  if (!(key in count)) {
    keys[++number_of_keys] = key
  }
  errors[key] += $8
  if ($4 == 0) {
    next # not a measure, but a remark that one was wrong
  }
  n = ++count[key]
  rate[key, n] = $4 * unit($1) / ($5 / 1e6)
  p50[key, n] = $6 / 1e3
  p99[key, n] = $7 / 1e3
  cpu[key, n] = $9 / ticks / ($5 / 1e6)
  rss[key, n] = $10 * 1024 / 1e6
}

END {
  printf "ChronoTrack %s, %s run, %s. %s CPUs (%s), %s, %s, %s. Load average at the end: %s.%s\n\n",
    revision, length_of_run, when, cpus, model, kernel, disk_type, java, load_now,
    options == "" ? "" : " More JVM options: `" options "`."
  print_figures()
  print_measures()
  write_json()
  for (key in errors) {
    if (errors[key] > 0) {
      exit 1
    }
  }
}

# Runs in a request.
function unit(name) { return name == "batches" ? 1000 : 1 }

function key_of(name, disk, connections) { return name FS disk FS connections }

function divided(a, b) { return a == "" || b == "" || b == 0 ? "" : a / b }

# A figure of the table: what it is, its value, the bound and its side, the rows it comes from.
function figure(text, value, side, bound, a, b, why,    failed) {
  failed = errors[a] + errors[b] > 0
  figures++
  figure_text[figures] = text
  figure_value[figures] = failed ? "" : value
  figure_side[figures] = side
  figure_bound[figures] = bound
  if (failed) {
    figure_verdict[figures] = "FAILED: errors"
  } else if (value == "") {
    figure_verdict[figures] = why == "" ? "not measured" : why
  } else if (bound == "") {
    figure_verdict[figures] = why
  } else {
    figure_verdict[figures] = (side == "at least" ? value >= bound : value <= bound) ? "yes" : "no"
  }
}

function print_figures(    raw, raw_slow, plain1, plain16, create, i) {
  raw = key_of("raw 1", "this", 1)
  raw_slow = key_of("raw 1", "slow", 1)
  plain1 = key_of("plain", "none", 1)
  plain16 = key_of("plain", "none", 16)

  ratio("creates, 64 connections ÷ raw driver, one row a commit; 2 ms flush", "at least", 18,
    key_of("creates", "slow", 64), raw_slow, slow_reason)
  ratio("the same on this disk", "at least", 1.3, key_of("creates", "this", 64), raw, "")
  ratio("transitions, 64 connections ÷ raw driver, one row a commit; 2 ms flush", "at least", 15,
    key_of("transitions", "slow", 64), raw_slow, slow_reason)
  ratio("the same on this disk", "at least", 1, key_of("transitions", "this", 64), raw, "")
  create = key_of("creates", "slow", 64)
  figure("p99 of creates, 64 connections, 2 ms flush; ms", median(p99, create), "at most", 25,
    create, create, slow_reason)
  ratio("reads by id, 16 connections ÷ plain text, 16 connections", "at least", 0.6,
    key_of("reads", "this", 16), plain16, "")
  ratio("runs by batches of 1,000, 16 connections ÷ raw driver, 256 rows a commit", "at least", 0.25,
    key_of("batches", "this", 16), key_of("raw 256", "this", 1), "")
  ratio("the same ÷ raw driver on a table without secondary indexes", "", "",
    key_of("batches", "this", 16), key_of("raw 256b", "this", 1), "")
  create = key_of("creates", "this", 1)
  figure("lone create, median latency ÷ (one raw commit + one plain-text request)",
    divided(median(p50, create), median(p50, raw) + median(p50, plain1)), "at most", 3,
    create, plain1, "")
  figure("p99 of reads during creates by 64 connections ÷ p99 of reads alone; 16 connections",
    divided(median(p99, key_of("reads during writes", "this", 16)), median(p99, key_of("reads", "this", 16))),
    "at most", 4, key_of("reads during writes", "this", 16), key_of("reads", "this", 16), "")
  figure("the same with 1 connection",
    divided(median(p99, key_of("reads during writes", "this", 1)), median(p99, key_of("reads", "this", 1))),
    "", "", key_of("reads during writes", "this", 1), key_of("reads", "this", 1), "")
  ratio("reads by id with AUTH=on ÷ AUTH=off, 16 connections", "at least", 0.9,
    key_of("reads, AUTH=on", "this", 16), key_of("reads, AUTH=off", "this", 16), "")
  ratio("creates with AUTH=on ÷ AUTH=off, 64 connections", "at least", 0.9,
    key_of("creates, AUTH=on", "this", 64), key_of("creates, AUTH=off", "this", 64), "")
  if (key_of("mix", "this", 64) in count) {
    figure("resident memory after five minutes of the mix; MB", memory * 1024 / 1e6, "at most", 420,
      key_of("mix", "this", 64), key_of("mix", "this", 64), "")
  } else {
    figure("resident memory at the end; MB (after five minutes of a mix: --full)",
      memory * 1024 / 1e6, "", "", "", "", "")
  }

  print "| figure | measured | bound | met |"
  print "|---|---:|---|---|"
  for (i = 1; i <= figures; i++) {
    printf "| %s | %s | %s | %s |\n", figure_text[i], shown(figure_value[i]),
      figure_bound[i] == "" ? "" : figure_side[i] " " figure_bound[i], figure_verdict[i]
  }
  print ""
}

function ratio(text, side, bound, a, b, why) {
  figure(text, divided(median(rate, a), median(rate, b)), side, bound, a, b, why)
}

function shown(value) {
  if (value == "") {
    return "-"
  }
  return sprintf(value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value)
}

function title(name, disk) {
  if (name == "raw 1") name = "raw driver, 1 row a commit"
  if (name == "raw 256") name = "raw driver, 256 rows a commit"
  if (name == "raw 1b") name = "raw driver, 1 row a commit, no secondary indexes"
  if (name == "raw 256b") name = "raw driver, 256 rows a commit, no secondary indexes"
  if (name == "plain") name = "plain text"
  if (name == "creates") name = "`POST /jobs/{id}/runs`"
  if (name == "transitions") name = "`PATCH /runs/{id}`"
  if (name == "reads") name = "`GET /runs/{id}`"
  if (name == "reads during writes") name = "`GET /runs/{id}` during creates by 64 connections"
  if (name ~ /^reads, AUTH/) name = "`GET /runs/{id}`, " substr(name, 8)
  if (name ~ /^creates, AUTH/) name = "`POST /jobs/{id}/runs`, " substr(name, 10)
  if (name == "pages") name = "`GET /jobs/{id}/runs`"
  if (name == "batches") name = "`POST /runs/batch`, runs; latency of 1,000"
  return name (disk == "slow" ? ", 2 ms flush" : "")
}

function print_measures(    i, key, part) {
  print "| measure | connections | per second | median ms | p99 ms | CPUs | MB |"
  print "|---|---:|---:|---:|---:|---:|---:|"
  for (i = 1; i <= number_of_keys; i++) {
    key = keys[i]
    split(key, part, FS)
    if (errors[key] > 0 || !(key in count)) {
      printf "| %s | %s | FAILED: %d errors | | | | |\n", title(part[1], part[2]), part[3], errors[key]
    } else {
      printf "| %s | %s | %.0f | %.3f | %.3f | %s | %s |\n", title(part[1], part[2]), part[3],
        median(rate, key), median(p50, key), median(p99, key),
        part[1] ~ /^raw/ ? "" : sprintf("%.2f", median(cpu, key)),
        part[1] ~ /^raw/ ? "" : sprintf("%.0f", median(rss, key))
    }
  }
  if (slow_reason != "") {
    print "\nRows with a 2 ms flush: " slow_reason "."
  }
}

function quoted(text) {
  gsub(/\\/, "\\\\", text)
  gsub(/"/, "\\\"", text)
  return "\"" text "\""
}

function number(value) { return value == "" ? "null" : sprintf("%.4f", value) }

function write_json(    i, n, key, part, raw, values) {
  printf "{\"revision\":%s,\"run\":%s,\"time\":%s,\n", quoted(revision), quoted(length_of_run), quoted(when) >json
  printf "\"machine\":{\"cpus\":%d,\"model\":%s,\"kernel\":%s,\"fileSystem\":%s,\"java\":%s,\"loadAverage\":%s},\n",
    cpus, quoted(model), quoted(kernel), quoted(disk_type), quoted(java), quoted(load_now) >json
  printf "\"javaOptions\":%s,\n\"figures\":[", quoted(options) >json
  for (i = 1; i <= figures; i++) {
    printf "%s\n{\"figure\":%s,\"value\":%s,\"%s\":%s,\"verdict\":%s}", (i > 1 ? "," : ""),
      quoted(figure_text[i]), number(figure_value[i]),
      figure_side[i] == "at most" ? "atMost" : "atLeast", number(figure_bound[i]),
      quoted(figure_verdict[i]) >json
  }
  printf "],\n\"measures\":[" >json
  for (i = 1; i <= number_of_keys; i++) {
    key = keys[i]
    split(key, part, FS)
    raw = part[1] ~ /^raw/
    values = ""
    for (n = 1; n <= count[key]; n++) {
      values = values (n > 1 ? "," : "") number(rate[key, n])
    }
    printf "%s\n{\"measure\":%s,\"flush\":%s,\"connections\":%d,\"perSecond\":%s,\"repetitions\":[%s],\"medianMs\":%s,\"p99Ms\":%s,\"cpus\":%s,\"residentMb\":%s,\"errors\":%d}",
      (i > 1 ? "," : ""), quoted(part[1]), quoted(part[2]), part[3], number(median(rate, key)), values,
      number(median(p50, key)), number(median(p99, key)), raw ? "null" : number(median(cpu, key)),
      raw ? "null" : number(median(rss, key)), errors[key] >json
  }
  print "]}" >json
  close(json)
}
