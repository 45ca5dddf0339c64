-- Sends the requests of a file in order. A line is a request whose line ends are written as "|".
-- When the file is out, the thread says OUT and stops, so that nothing is sent twice; with "again" as
-- the second argument it begins anew.
local requests = {}
local at = 0
local again = false

function init(args)
  for line in io.lines(args[1]) do
    requests[#requests + 1] = line:gsub("|", "\r\n")
  end
  again = args[2] == "again"
end

function request()
  at = at + 1
  if at > #requests then
    if not again then
      io.write("OUT\n")
      io.flush()
      wrk.thread:stop()
      return requests[#requests]
    end
    at = 1
  end
  return requests[at]
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    'RESULT {"requests":%d,"microseconds":%d,"p50":%d,"p99":%d,"refused":%d,"broken":%d}\n',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    errors.status, errors.connect + errors.read + errors.write + errors.timeout
  ))
end
