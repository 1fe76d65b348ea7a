-- GET /runs/{id}: any run there is.
dofile("report.lua")

local first, last = setting("FIRST_ID"), setting("LAST_ID")
math.randomseed(os.time())
function request()
  return get("/runs/" .. math.random(first, last))
end
