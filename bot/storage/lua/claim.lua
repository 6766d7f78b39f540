-- Take over queues whose replies nobody is delivering any more.
-- KEYS: due
-- ARGV: 1 token, 2 milliseconds of a lease, 3 how many queues at most, 4 key prefix of outboxes, 5 of leases
-- Returns {queue, {messages…}, queue, {messages…}, …}. A partition's keys share one slot, so the built names are safe.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local claimed = {}
for _, queue in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[3])) do
  local messages = redis.call('LRANGE', ARGV[4] .. queue, 0, 49)
  if #messages == 0 then
    redis.call('ZREM', KEYS[1], queue)
  elseif redis.call('SET', ARGV[5] .. queue, ARGV[1], 'NX', 'PX', ARGV[2]) then
    redis.call('ZADD', KEYS[1], now + ARGV[2], queue)
    claimed[#claimed + 1] = queue
    claimed[#claimed + 1] = messages
  end
end
return claimed
