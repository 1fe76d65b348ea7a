-- What a day is made of, in twenty requests: eight runs announced, four started, four ended, three
-- read, one page of a job. FIRST_ID is the id that the first of the runs will get.
dofile("report.lua")

local first, jobs = setting("FIRST_ID"), setting("JOBS")
-- Far enough behind the newest id for its request to have been answered.
local lag = 1000
local created, started, ended = 0, 0, 0
math.randomseed(os.time())

local function create()
  created = created + 1
  return post("/jobs/" .. (created % jobs + 1) .. "/runs", body_of_run(created))
end

local function read()
  if created <= lag then
    return create()
  end
  return get("/runs/" .. math.random(first, first + created - lag))
end

local function start()
  if created - started <= lag then
    return create()
  end
  started = started + 1
  return patch("/runs/" .. (first + started - 1), '{"status":"RUNNING"}')
end

local function finish()
  if started - ended <= lag then
    return read()
  end
  ended = ended + 1
  return patch("/runs/" .. (first + ended - 1), '{"status":"SUCCESS"}')
end

local function page()
  return get("/jobs/" .. math.random(1, jobs) .. "/runs")
end

local turn = {
  create, start, create, finish, read, create, start, create, finish, page,
  create, start, create, finish, read, create, start, create, finish, read,
}

local n = 0
function request()
  n = n % #turn + 1
  return turn[n]()
end
