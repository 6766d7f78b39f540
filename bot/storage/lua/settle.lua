-- Strike delivered messages off a queue and say what is still to be sent there.
-- KEYS: outbox, lease, due, whether whoever the messages are for has been forgotten since
-- ARGV: 1 token, 2 queue, 3 messages struck from the head, 4 milliseconds of a lease,
--       5 milliseconds to leave the queue alone after this (0: go on now), 6 the head message anew ('' as it is),
--       7 how many messages to give back (0 where the caller knows the next ones),
--       8 when the messages were made (seconds; what was made before its person was forgotten is not kept, and a head
--       message is not put back, but struck off where we go on), 9… other commands, each as its length and its words….
-- Returns {'lost'} where another process has the queue, else {'ok', messages still waiting…} (none: queue given up,
-- unless none were asked for).
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return {'lost'} end
if tonumber(ARGV[3]) > 0 then redis.call('LTRIM', KEYS[1], ARGV[3], -1) end
local forgotten = tonumber(redis.call('HGET', KEYS[4], 'v') or -1) > tonumber(ARGV[8])
local at = forgotten and #ARGV + 1 or 9
while at <= #ARGV do
  local words = tonumber(ARGV[at])
  redis.call(unpack(ARGV, at + 1, at + words))
  at = at + words + 1
end
if ARGV[6] ~= '' then
  if not forgotten then redis.call('LSET', KEYS[1], 0, ARGV[6])
  elseif ARGV[5] == '0' then redis.call('LPOP', KEYS[1]) end
end
local wanted, pause = tonumber(ARGV[7]), tonumber(ARGV[5])
if wanted == 0 and pause == 0 then return {'ok'} end

local messages = redis.call('LRANGE', KEYS[1], 0, wanted - 1)
if #messages == 0 and redis.call('LLEN', KEYS[1]) == 0 then
  redis.call('DEL', KEYS[2])
  redis.call('ZREM', KEYS[3], ARGV[2])
  return {'ok'}
end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if pause > 0 then
  redis.call('DEL', KEYS[2])
  redis.call('ZADD', KEYS[3], now + pause, ARGV[2])
  return {'ok'}
end
redis.call('PEXPIRE', KEYS[2], ARGV[4])
redis.call('ZADD', KEYS[3], now + ARGV[4], ARGV[2])
return {'ok', unpack(messages)}
