-- GET /jobs/{id}/runs: the newest runs of a job, a page as it comes.
dofile("report.lua")

local jobs = setting("JOBS")
local n = 0
function request()
  n = n + 1
  return get("/jobs/" .. (n % jobs + 1) .. "/runs")
end
