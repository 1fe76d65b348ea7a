-- The last line of every load: completed requests, microseconds that it took, median and 99th
-- percentile of the latency in microseconds, answers with an error status, failed connections.
function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("RESULT\t%d\t%d\t%d\t%d\t%d\t%d\n",
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end

-- A number that the benchmark passes in its environment.
function setting(name)
  return assert(tonumber(os.getenv(name)), name .. " is not set")
end

function body_of_run(n)
  return string.format('{"metadata":{"host":"worker-%02d","trigger":"cron","attempt":1}}', n % 32)
end

-- A credential, if the server that is loaded asks for one.
local credential = os.getenv("AUTHORIZATION")

local json = { ["Content-Type"] = "application/json", ["Authorization"] = credential }

function get(path)
  return wrk.format("GET", path, { ["Authorization"] = credential })
end

function post(path, body)
  return wrk.format("POST", path, json, body)
end

function patch(path, body)
  return wrk.format("PATCH", path, json, body)
end
