-- Take one from each of some budgets that all processes share (buckets that fill at a steady rate), or none.
-- KEYS: 1 pause, then the budgets…
-- ARGV: 1 '1' to take ahead of time: then the wait is until what was taken may be used,
--       then of each budget how many a second, and how many at once at most…
-- Returns {milliseconds to wait, 1 where they were taken}.
local pause = redis.call('PTTL', KEYS[1])
if pause > 0 then return {pause, 0} end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local wait, left = 0, {}
for i = 2, #KEYS do
  local rate, burst = tonumber(ARGV[2 * i - 2]), tonumber(ARGV[2 * i - 1])
  local held = redis.call('HMGET', KEYS[i], 'left', 'at')
  left[i] = math.min(burst, (tonumber(held[1]) or burst) + (now - (tonumber(held[2]) or now)) * rate / 1000)
  if left[i] < 1 then wait = math.max(wait, math.ceil((1 - left[i]) / rate * 1000)) end
end
if wait > 0 and ARGV[1] == '' then return {wait, 0} end
for i = 2, #KEYS do
  local rate, burst = tonumber(ARGV[2 * i - 2]), tonumber(ARGV[2 * i - 1])
  redis.call('HSET', KEYS[i], 'left', tostring(left[i] - 1), 'at', now)
  redis.call('PEXPIRE', KEYS[i], math.ceil(burst / rate * 1000) + 1000 + wait)
end
return {wait, 1}
