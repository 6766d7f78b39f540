-- What a recipient's press comes to: checked against the ledger, stored and told in one call.
-- KEYS: 1 series, 2 ledger, 3 answers, 4 who took part through a channel (as earlier versions kept it),
--       5 comments, 6 who pressed for whom, 7 the occurrence's secret, 8 pseudonyms of what is anonymous,
--       9 under which organisation people of a workspace are found, as a hash
-- ARGV: 1 'done', 'answer' or 'comment', 2 the recipients for whom it may be, the likelier first, a line each, 3 the
--       workspace or tenant of the person,
--       4 the person who pressed, 5 their name, 6 the answer or the comment, 7 a fresh name for what is
--       anonymous, 8 seconds to keep it, 9 the occurrence, 10 the secret under which the pseudonym was made (''
--       where it isn't known yet), 11 the pseudonym, 12 a secret for an occurrence that has none, 13 seconds to keep it,
--       then what may stand there for the person besides: a mark from when they were forgotten, pseudonyms of
--       the ids under which they were known
-- Returns {what became of it, the series, detail}: 'ok', 'anew' (a named answer replaced), 'first' (an earlier
-- one counts), 'none' (no such series), 'date' (no such occurrence), 'stranger', 'kind' (the wrong kind),
-- 'closed' (an anonymous one takes no more); or {'secret', the secret} where the pseudonym is to be made under it, or
-- {'moved', the organisation} by which the person is to be named.
-- What is anonymous is written without the person, and without a line of theirs in the ledger: see bot/storage/pseudonyms.py.
local series = redis.call('HMGET', KEYS[1], 's', 'kind', 'anonymous', 'sent')
if not series[1] then return {'none'} end
if redis.call('EXISTS', KEYS[2]) == 0 then return {'date', series[1]} end
local organisation = redis.call('HGET', KEYS[9], ARGV[3])
if organisation then return {'moved', organisation} end
local who, line
for recipient in ARGV[2]:gmatch('[^\n]+') do
  who, line = recipient, redis.call('HGET', KEYS[2], recipient)
  if line then break end
end
if not line then return {'stranger', series[1]} end
local through = not who:find('/', 1, true) -- a channel's line
local state, detail, flags, name = line:match('^([^\n]*)\n([^\n]*)\n([^\n]*)\n(.*)$')
local function write(to, why)
  redis.call('HSET', KEYS[2], who, table.concat({to, why, flags, name}, '\n'))
end

if ARGV[1] == 'done' then
  if series[2] ~= 'remind' then return {'kind', series[1]} end
  if state == 'acknowledged' then return {'first', series[1], detail} end
  write('acknowledged', through and ARGV[5] or '')
  if through then
    redis.call('HSET', KEYS[6], who, ARGV[4])
    redis.call('EXPIRE', KEYS[6], ARGV[8])
  end
  return {'ok', series[1]}
end

if series[2] ~= 'pulse' then return {'kind', series[1]} end
local answers = ARGV[1] == 'answer'
local anonymous, open = series[3] == '1', true
if series[4] then -- earlier versions told of the series alone
  local _, found = series[4]:find('\n' .. ARGV[9] .. ' ', 1, true)
  local as, is = series[4]:match('^(%a+) (%a+)', (found or 0) + 1)
  if found then anonymous = as == 'anonymous' end
  open = found ~= nil and is == 'open'
end
if not anonymous then
  local new = redis.call('HSET', answers and KEYS[3] or KEYS[5], ARGV[4], ARGV[6]) == 1
  redis.call('EXPIRE', answers and KEYS[3] or KEYS[5], ARGV[8])
  if not answers then return {'ok', series[1]} end
  write('answered', '')
  return {new and 'ok' or 'anew', series[1]}
end

-- Only once: what is kept anew each time says in the append-only file when.
local function ends(key, seconds)
  if redis.call('TTL', key) < 0 then redis.call('EXPIRE', key, seconds) end
end
if not open then return {'closed', series[1]} end
local secret = redis.call('GET', KEYS[7])
if not secret then
  secret = ARGV[12]
  redis.call('SET', KEYS[7], secret, 'EX', ARGV[13])
end
if secret ~= ARGV[10] then return {'secret', secret} end
local by_name = answers and ARGV[4] or 'c ' .. ARGV[4]
if through and redis.call('SISMEMBER', KEYS[4], by_name) == 1 then return {'first', series[1]} end
if not through and (answers and state == 'answered' or not answers and flags:find('c')) then return {'first', series[1]} end
for i = 14, #ARGV do
  if redis.call('ZSCORE', KEYS[8], ARGV[i]) then return {'first', series[1]} end
end
-- Ordered by themselves, so that their order isn't the one in which people came.
if redis.call('ZADD', KEYS[8], 'NX', 0, ARGV[11]) == 0 then return {'first', series[1]} end
ends(KEYS[8], ARGV[13])
if answers then
  redis.call('HINCRBY', KEYS[3], ARGV[6], 1)
  ends(KEYS[3], ARGV[8])
  if through and state ~= 'answered' then write('answered', '') end
else
  redis.call('HSET', KEYS[5], ARGV[7], ARGV[6])
  ends(KEYS[5], ARGV[8])
end
return {'ok', series[1]}
