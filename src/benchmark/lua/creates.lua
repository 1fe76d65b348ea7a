-- POST /jobs/{id}/runs: announces runs, job after job.
dofile("report.lua")

local requests = {}
-- Not before: until then wrk does not know the host.
function init()
  local jobs = setting("JOBS")
  for n = 1, 320 do
    requests[n] = post("/jobs/" .. (n % jobs + 1) .. "/runs", body_of_run(n))
  end
end

local n = 0
function request()
  n = n % #requests + 1
  return requests[n]
end
