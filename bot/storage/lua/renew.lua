-- Keep a queue while its platform makes us wait.
-- KEYS: lease, due
-- ARGV: 1 token, 2 queue, 3 milliseconds from now
-- Returns 1, or 0 where another process has the queue.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
local time = redis.call('TIME')
redis.call('PEXPIRE', KEYS[1], ARGV[3])
redis.call('ZADD', KEYS[2], time[1] * 1000 + math.floor(time[2] / 1000) + ARGV[3], ARGV[2])
return 1
