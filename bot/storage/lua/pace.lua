-- A paced queue takes one step: a message is struck off (or set aside), the next is marked as being sent.
-- KEYS: 1 outbox, 2 lease, 3 due, 4 ledger of the message struck off, 5 ledger of the next,
--       6 under which organisation people of a workspace are found since they were moved, as a hash
-- ARGV: 1 token, 2 queue, 3 milliseconds of a lease, 4 how many messages to give back (-1: give the queue up),
--       5 what became of the head message ('' where there was none, else 'sent', 'failed', 'later', 'skipped'),
--       6 its recipient, 7 why, 8 '' or '1' where a later try may be the second to arrive,
--       9 queue to set it aside in ('' for none), 10 the message anew, 11 milliseconds until it is tried there,
--       12 key prefix of outboxes, 13 seconds to keep them, 14 recipient of the next message ('' for none)
-- Returns {'lost'} where another process has the queue, else {1 where the next message is still wanted (2: and may
-- have been sent before), the recipient of the next message as the ledger has them, messages…}.
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return {'lost'} end
local function read(ledger, recipient)
  local line = redis.call('HGET', ledger, recipient)
  if not line then return nil end
  return line:match('^([^\n]*)\n([^\n]*)\n([^\n]*)\n(.*)$')
end
local function write(ledger, recipient, state, detail, flags, name)
  redis.call('HSET', ledger, recipient, table.concat({state, detail, flags, name}, '\n'))
end

-- Whoever was moved after the message was read stands in the ledger under their organisation.
local function known(ledger, recipient)
  if redis.call('HEXISTS', ledger, recipient) == 1 then return recipient end
  local team, user = recipient:match('^(.-)(/.*)$')
  local moved = team and redis.call('HGET', KEYS[6], team)
  return moved and moved .. user or recipient
end

local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if ARGV[5] ~= '' then
  redis.call('LPOP', KEYS[1])
  local recipient = known(KEYS[4], ARGV[6])
  local state, detail, flags, name = read(KEYS[4], recipient)
  -- Whoever was quicker than the strike-off, and has pressed a button already, stays where they are.
  if state == 'sending' or state == 'scheduled' then
    if ARGV[5] == 'sent' then write(KEYS[4], recipient, 'sent', '', flags, name)
    elseif ARGV[5] == 'failed' then write(KEYS[4], recipient, 'failed', ARGV[7], flags, name)
    elseif ARGV[5] == 'later' and ARGV[8] == '' then write(KEYS[4], recipient, 'scheduled', '', flags, name) end
  end
  -- Without a line its recipient has been forgotten meanwhile.
  if ARGV[9] ~= '' and state then
    redis.call('RPUSH', ARGV[12] .. ARGV[9], ARGV[10])
    redis.call('EXPIRE', ARGV[12] .. ARGV[9], ARGV[13])
    redis.call('ZADD', KEYS[3], now + ARGV[11], ARGV[9])
    redis.call('EXPIRE', KEYS[3], ARGV[13])
  end
end

local wanted, recipient = 1, ARGV[14]
if recipient ~= '' then
  recipient = known(KEYS[5], recipient)
  local state, detail, flags, name = read(KEYS[5], recipient)
  if state == 'scheduled' then write(KEYS[5], recipient, 'sending', '', flags, name)
  elseif state == 'sending' then
    wanted = 2
    if not flags:find('t') then write(KEYS[5], recipient, 'sending', '', flags .. 't', name) end
  else wanted = 0 end
end
if tonumber(ARGV[4]) == -1 then redis.call('DEL', KEYS[2]) end
if tonumber(ARGV[4]) < 1 then return {wanted, recipient} end

local messages = redis.call('LRANGE', KEYS[1], 0, ARGV[4] - 1)
if #messages == 0 then
  redis.call('DEL', KEYS[2])
  redis.call('ZREM', KEYS[3], ARGV[2])
else
  redis.call('PEXPIRE', KEYS[2], ARGV[3])
  redis.call('ZADD', KEYS[3], now + ARGV[3], ARGV[2])
end
return {wanted, recipient, unpack(messages)}
