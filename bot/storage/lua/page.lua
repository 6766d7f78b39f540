-- One page of a person's form in a live readiness check: checked, stored and counted in one call.
-- KEYS: 1 gate, 2 form, 3 forms, 4 tally, 5 cards, 6 the check's secret, 7 who took part,
--       8 under which organisation people of a workspace are found, as a hash
-- ARGV: 1 the form's name (the person's pseudonym), 2 their workspace or tenant, 3 '1' where this is the last
--       page, 4 seconds to keep it, 5 the secret under which the pseudonym was made ('' for a check that an earlier
--       version began: it keeps them by name), 6 the tenant through which they are reached, 7 person,
--       then field, value… ('' takes a value back)
-- Returns {'none'} or {'over'}, or {'ok', the form as a flat list}; or {'secret', the secret}, or {'moved', the
-- organisation} by which the person is to be named.
local gate = redis.call('HMGET', KEYS[1], 'open', 'over')
if not gate[1] then return {'none'} end
if gate[2] == '1' or gate[1] ~= 'check' then return {'over'} end
local organisation = redis.call('HGET', KEYS[8], ARGV[2])
if organisation then return {'moved', organisation} end
local secret = redis.call('GET', KEYS[6]) or ''
if secret ~= ARGV[5] then return {'secret', secret} end
for i = 8, #ARGV, 2 do
  if ARGV[i + 1] == '' then redis.call('HDEL', KEYS[2], ARGV[i])
  else redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1]) end
end
redis.call('HSET', KEYS[2], 'own', ARGV[2], 'through', ARGV[6])
redis.call('EXPIRE', KEYS[2], ARGV[4])
local changed = false
if redis.call('SADD', KEYS[3], ARGV[1]) == 1 then
  changed = redis.call('HINCRBY', KEYS[4], 'answered', 1)
  redis.call('EXPIRE', KEYS[3], ARGV[4])
  if secret == '' then
    redis.call('HSET', KEYS[7], ARGV[7], ARGV[6])
    redis.call('EXPIRE', KEYS[7], ARGV[4])
  end
end
if ARGV[3] == '1' and redis.call('HSETNX', KEYS[2], 'done', '1') == 1 then
  changed = redis.call('HINCRBY', KEYS[4], 'finished', 1)
end
if changed then
  redis.call('EXPIRE', KEYS[4], ARGV[4])
  redis.call('HINCRBY', KEYS[5], 'want', 1)
end
return {'ok', redis.call('HGETALL', KEYS[2])}
