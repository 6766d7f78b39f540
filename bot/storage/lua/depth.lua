-- How much of a home's outbox is waiting.
-- KEYS: due
-- ARGV: 1 key prefix of outboxes, 2 how many lanes to look at, at most
-- Returns {rows waiting, first row of each lane…}.
local rows, heads = 0, {}
for _, lane in ipairs(redis.call('ZRANGE', KEYS[1], 0, ARGV[2] - 1)) do
  rows = rows + redis.call('LLEN', ARGV[1] .. lane)
  local head = redis.call('LINDEX', ARGV[1] .. lane, 0)
  if head then heads[#heads + 1] = head end
end
return {rows, unpack(heads)}
