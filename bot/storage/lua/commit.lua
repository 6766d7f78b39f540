-- Commit a turn, all or nothing: state, idempotency keys, records and outgoing messages, all in one partition.
-- KEYS: 1 due, then what must not have changed (hashes with a version v)…, then idempotency keys…
-- ARGV: 1 how many keys must not have changed, then the version of each ('' for none)…, seconds to keep these keys,
--       token of who delivers, milliseconds of a lease, seconds to keep the outbox, key prefix of outboxes,
--       key prefix of leases, the traces of a person to forget, all that they name erased ('' for nobody),
--       how many messages, each as its queue and its words…, then other commands, each as its length and its words….
-- Returns {'seen'}, {'conflict'} or {'ok', queue, messages waiting before ours there, or -1 where another process
-- delivers there…}. A partition's keys share one slot, so the built names are safe.
local guards = tonumber(ARGV[1])
for i = 2 + guards, #KEYS do
  if redis.call('EXISTS', KEYS[i]) == 1 then return {'seen'} end
end
for i = 1, guards do
  if (redis.call('HGET', KEYS[1 + i], 'v') or '') ~= ARGV[1 + i] then return {'conflict'} end
end

local at = 2 + guards
local keep_keys, token, lease, keep_messages, outboxes, leases, traces, messages = unpack(ARGV, at, at + 7)
for i = 2 + guards, #KEYS do redis.call('SET', KEYS[i], '', 'EX', keep_keys) end
if traces ~= '' then
  for _, key in ipairs(redis.call('ZRANGE', traces, 0, -1)) do redis.call('DEL', key) end
  redis.call('DEL', traces)
end
local first = at + 8
at = first + 2 * tonumber(messages)
while at <= #ARGV do
  local words = tonumber(ARGV[at])
  redis.call(unpack(ARGV, at + 1, at + words))
  at = at + words + 1
end

local answer, before = {'ok'}, {}
local time = redis.call('TIME')
local taken = time[1] * 1000 + math.floor(time[2] / 1000) + lease
for i = first, first + 2 * tonumber(messages) - 1, 2 do
  local queue = ARGV[i]
  local length = redis.call('RPUSH', outboxes .. queue, ARGV[i + 1])
  if not before[queue] then
    before[queue] = true
    redis.call('EXPIRE', outboxes .. queue, keep_messages)
    answer[#answer + 1] = queue
    local free = redis.call('EXISTS', leases .. queue) == 0
    local due = length > 1 and free and redis.call('ZSCORE', KEYS[1], queue)
    if due and tonumber(due) > taken - lease then
      -- Nobody holds the queue, since its head waits as long as the platform asked: ours wait behind it.
      answer[#answer + 1] = -1
    elseif redis.call('SET', leases .. queue, token, 'NX', 'PX', lease) then
      redis.call('ZADD', KEYS[1], taken, queue)
      answer[#answer + 1] = length - 1
    else
      redis.call('ZADD', KEYS[1], 'NX', taken, queue)
      answer[#answer + 1] = -1
    end
  end
end
if #answer > 1 then redis.call('EXPIRE', KEYS[1], keep_messages) end
return answer
