-- One answer to a live quiz: checked, stored and counted in one call, by whoever presses first.
-- KEYS: 1 gate, 2 people, 3 votes on the question, 4 their tally, 5 cards, 6 the secret of a quiz without names,
--       7 under which organisation people of a workspace are found, as a hash, 8 how many have answered anything,
--       where all questions are open at once
-- ARGV: 1 question, 2 number of the option (from 0), 3 its letter, 4 person (or their pseudonym), 5 name,
--       6 seconds to keep it all, 7 the secret under which the pseudonym was made ('' for a quiz with names),
--       8 the workspace or tenant of the person
-- Returns {'ok' or 'twice' (an earlier one counts), the letter that counts, what the options are called, a line each}, or
-- {why not}: 'none' (no such session), 'over', 'left', 'closed' (that question isn't open), 'choice' (it has no such
-- option); or {'secret', the secret}, or {'moved', the organisation} by which the person is to be named.
local gate = redis.call('HMGET', KEYS[1], 'open', 'options', 'over', 'names', 'options ' .. ARGV[1], 'names ' .. ARGV[1])
if not gate[1] then return {'none'} end
if gate[3] == '1' then return {'over'} end
local organisation = redis.call('HGET', KEYS[7], ARGV[8])
if organisation then return {'moved', organisation} end
local secret = redis.call('GET', KEYS[6]) or ''
if secret ~= ARGV[7] then return {'secret', secret} end
if redis.call('HGET', KEYS[2], ARGV[4]) == '-' then return {'left'} end
local all = gate[1] == 'all'
if all then gate[2], gate[4] = gate[5] or 0, gate[6] end
if not all and gate[1] ~= ARGV[1] then return {'closed'} end
if tonumber(ARGV[2]) >= tonumber(gate[2]) then return {'choice'} end
if redis.call('HSETNX', KEYS[3], ARGV[4], ARGV[3]) == 0 then
  return {'twice', redis.call('HGET', KEYS[3], ARGV[4]), gate[4] or ''}
end
if redis.call('HSETNX', KEYS[2], ARGV[4], ARGV[5]) == 1 and all then
  redis.call('HINCRBY', KEYS[8], 'answered', 1)
  redis.call('EXPIRE', KEYS[8], ARGV[6])
end
redis.call('HINCRBY', KEYS[5], 'want', 1)
redis.call('HINCRBY', KEYS[4], ARGV[3], 1)
if redis.call('HINCRBY', KEYS[4], 'answered', 1) == 1 then
  for i = 2, 4 do redis.call('EXPIRE', KEYS[i], ARGV[6]) end
end
return {'ok', ARGV[3], gate[4] or ''}
