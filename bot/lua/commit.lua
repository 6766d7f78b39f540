-- Commit a turn, all or nothing: state, marks, records and outgoing replies.
-- KEYS: conversation, outbox, lease, due, work, marks…
-- ARGV: 1 version that the state must still have ('' for none), 2 seconds to keep marks,
--       3 lane, 4 token of who delivers, 5 milliseconds of a lease, 6 seconds to keep the outbox,
--       7 the traces of a person to forget, all that they name erased ('' for nobody),
--       8 version that the speaker's work must still have ('' for none),
--       9 how many rows, the rows…, then other commands, each as its length and its words….
-- Returns {'seen'}, {'conflict'} or {'ok', rows waiting before ours, or -1 where another process delivers}.
for i = 6, #KEYS do
  if redis.call('EXISTS', KEYS[i]) == 1 then return {'seen'} end
end
local version = redis.call('HGET', KEYS[1], 'v')
if (version or '') ~= ARGV[1] then return {'conflict'} end
local work = redis.call('HGET', KEYS[5], 'v')
if (work or '') ~= ARGV[8] then return {'conflict'} end

for i = 6, #KEYS do redis.call('SET', KEYS[i], '', 'EX', ARGV[2]) end
if ARGV[7] ~= '' then
  -- The traces name keys of this home only, so they share its slot.
  for _, key in ipairs(redis.call('ZRANGE', ARGV[7], 0, -1)) do redis.call('DEL', key) end
  redis.call('DEL', ARGV[7])
end
local rows = tonumber(ARGV[9])
local at = 10 + rows
while at <= #ARGV do
  local words = tonumber(ARGV[at])
  redis.call(unpack(ARGV, at + 1, at + words))
  at = at + words + 1
end

if rows == 0 then return {'ok', 0} end
local length = redis.call('RPUSH', KEYS[2], unpack(ARGV, 10, 9 + rows))
redis.call('EXPIRE', KEYS[2], ARGV[6])
if not redis.call('SET', KEYS[3], ARGV[4], 'NX', 'PX', ARGV[5]) then return {'ok', -1} end
local now = redis.call('TIME')
redis.call('ZADD', KEYS[4], now[1] * 1000 + math.floor(now[2] / 1000) + ARGV[5], ARGV[3])
redis.call('EXPIRE', KEYS[4], ARGV[6])
return {'ok', length - rows}
