-- Take over lanes whose replies nobody is delivering any more.
-- KEYS: due
-- ARGV: 1 token, 2 milliseconds of a lease, 3 how many lanes at most, 4 key prefix of outboxes, 5 of leases
-- Returns {lane, {rows…}, lane, {rows…}, …}. A home's keys share one slot, so the built names are safe.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local claimed = {}
for _, lane in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[3])) do
  local rows = redis.call('LRANGE', ARGV[4] .. lane, 0, 49)
  if #rows == 0 then
    redis.call('ZREM', KEYS[1], lane)
  elseif redis.call('SET', ARGV[5] .. lane, ARGV[1], 'NX', 'PX', ARGV[2]) then
    redis.call('ZADD', KEYS[1], now + ARGV[2], lane)
    claimed[#claimed + 1] = lane
    claimed[#claimed + 1] = rows
  end
end
return claimed
