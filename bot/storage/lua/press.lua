-- What a recipient's press comes to: checked against the ledger, stored and told in one call.
-- KEYS: 1 series, 2 ledger, 3 answers, 4 who took part through a channel, 5 comments, 6 who pressed for whom
-- ARGV: 1 'done', 'answer' or 'comment', 2 the recipient, 3 another that it may stand for ('' for none),
--       4 the person who pressed, 5 their name, 6 the answer or the comment, 7 a fresh name for what is
--       anonymous, 8 seconds to keep it
-- Returns {what became of it, the series, detail}: 'ok', 'anew' (a named answer replaced), 'first' (an earlier
-- one counts), 'none' (no such series), 'date' (no such occurrence), 'stranger', 'kind' (the wrong kind).
local series = redis.call('HMGET', KEYS[1], 's', 'kind', 'anonymous')
if not series[1] then return {'none'} end
if redis.call('EXISTS', KEYS[2]) == 0 then return {'date', series[1]} end
local who, through = ARGV[2], false
local line = redis.call('HGET', KEYS[2], who)
if not line and ARGV[3] ~= '' then
  who = ARGV[3]
  line = redis.call('HGET', KEYS[2], who)
end
if not line then return {'stranger', series[1]} end
through = who ~= ARGV[4]
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
local anonymous = series[3] == '1'
if ARGV[1] == 'comment' then
  -- Of the anonymous, only that they have commented is known.
  if anonymous and through and redis.call('SADD', KEYS[4], 'c ' .. ARGV[4]) == 0 then return {'first', series[1]} end
  if anonymous and not through then
    if flags:find('c') then return {'first', series[1]} end
    flags = flags .. 'c'
    write(state, detail)
  end
  redis.call('HSET', KEYS[5], anonymous and ARGV[7] or ARGV[4], ARGV[6])
  redis.call('EXPIRE', KEYS[5], ARGV[8])
  if anonymous and through then redis.call('EXPIRE', KEYS[4], ARGV[8]) end
  return {'ok', series[1]}
end

if not anonymous then
  local new = redis.call('HSET', KEYS[3], ARGV[4], ARGV[6]) == 1
  redis.call('EXPIRE', KEYS[3], ARGV[8])
  write('answered', '')
  return {new and 'ok' or 'anew', series[1]}
end
if through then
  if redis.call('SADD', KEYS[4], ARGV[4]) == 0 then return {'first', series[1]} end
  redis.call('EXPIRE', KEYS[4], ARGV[8])
elseif state == 'answered' then return {'first', series[1]} end
redis.call('HINCRBY', KEYS[3], ARGV[6], 1)
redis.call('EXPIRE', KEYS[3], ARGV[8])
write('answered', '')
return {'ok', series[1]}
