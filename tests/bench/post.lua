-- Posts one file over and over; with a think time, every connection waits between an answer
-- and its next request for an exponentially distributed time of that mean (in ms), and never
-- for so long that the server closes it as idle.

local longest = 4000

function init(arguments)
  local file = assert(io.open(arguments[1], "rb"))
  wrk.method = "POST"
  wrk.body = file:read("*a")
  wrk.headers["Content-Type"] = "application/json"
  file:close()
  local mean = tonumber(arguments[2])
  if mean > 0 then
    math.randomseed(tonumber(tostring({}):match("0x(%x+)"), 16) % 2147483647)
    function delay()
      return math.floor(math.min(longest, -mean * math.log(1 - math.random())) + 0.5)
    end
  end
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    '{"requests": %d, "duration_us": %d, "errors": %d, "p50_us": %d, "p99_us": %d}\n',
    summary.requests, summary.duration,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end
