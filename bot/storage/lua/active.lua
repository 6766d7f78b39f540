-- The partitions in which something may have to be done.
-- KEYS: 1 the active ones; ARGV: 1 those that were last marked before this (seconds) are let go, then those to mark….
-- Returns {now (seconds), {partitions…}}.
local now = redis.call('TIME')[1]
for i = 2, #ARGV do redis.call('ZADD', KEYS[1], now, ARGV[i]) end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', '(' .. ARGV[1])
return {now, redis.call('ZRANGE', KEYS[1], 0, -1)}
