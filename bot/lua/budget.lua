-- Take one from a budget that all processes share (a bucket that fills at a steady rate).
-- KEYS: 1 budget
-- ARGV: 1 how many a second, 2 how many at once at most
-- Returns milliseconds to wait before asking again; 0 where one was taken.
local rate, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local held = redis.call('HMGET', KEYS[1], 'left', 'at')
local left = math.min(burst, (tonumber(held[1]) or burst) + (now - (tonumber(held[2]) or now)) * rate / 1000)
if left < 1 then return math.ceil((1 - left) / rate * 1000) end
redis.call('HSET', KEYS[1], 'left', tostring(left - 1), 'at', now)
redis.call('PEXPIRE', KEYS[1], math.ceil(burst / rate * 1000) + 1000)
return 0
