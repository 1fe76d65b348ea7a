-- POST /runs/batch: 1,000 new runs in a request.
dofile("report.lua")

local batch
-- Not before: until then wrk does not know the host.
function init()
  local operations = {}
  local jobs = setting("JOBS")
  for n = 1, 1000 do
    operations[n] = string.format('{"op":"create","jobId":%d,"run":%s}', n % jobs + 1, body_of_run(n))
  end
  batch = post("/runs/batch", '{"operations":[' .. table.concat(operations, ",") .. "]}")
end

function request()
  return batch
end
