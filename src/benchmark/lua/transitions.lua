-- PATCH /runs/{id}: PENDING -> RUNNING -> SUCCESS over runs that are PENDING. A run is ended LAG
-- runs after it was started, so that its start has been answered on whatever connection it was.
dofile("report.lua")

local first, last, lag = setting("FIRST_ID"), setting("LAST_ID"), setting("LAG")
local started, ended = 0, 0
-- wrk asks for one request before it begins, to see whether it is well-formed, and drops it.
local dropped = false
function request()
  if not dropped then
    dropped = true
    return wrk.format("GET", "/")
  end
  if started - ended < lag then
    started = started + 1
    -- Past the last one the answer is 404, which is counted as the error that it is.
    local id = first + started <= last and first + started or 0
    return patch("/runs/" .. id, '{"status":"RUNNING"}')
  end
  ended = ended + 1
  return patch("/runs/" .. (first + ended), '{"status":"SUCCESS"}')
end
