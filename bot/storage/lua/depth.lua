-- How much of a partition's outbox is waiting.
-- KEYS: due
-- ARGV: 1 key prefix of outboxes, 2 how many queues to look at, at most
-- Returns {messages waiting, first message of each queue…}.
local messages, heads = 0, {}
for _, queue in ipairs(redis.call('ZRANGE', KEYS[1], 0, ARGV[2] - 1)) do
  messages = messages + redis.call('LLEN', ARGV[1] .. queue)
  local head = redis.call('LINDEX', ARGV[1] .. queue, 0)
  if head then heads[#heads + 1] = head end
end
return {messages, unpack(heads)}
