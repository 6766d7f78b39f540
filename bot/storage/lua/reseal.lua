-- Put pseudonyms under another secret, all at once: whose is taken out is then not told by which one is missing.
-- KEYS: 1 the secret, then pseudonyms, key by key
-- ARGV: 1 the secret as it was seen, 2 the one in its place, then for each key: how many pseudonyms it has, these as they
--       were seen, how many there are from now on, these
-- Returns 0 where anything has changed since.
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
local at, fresh = 3, {}
for i = 2, #KEYS do
  local count = tonumber(ARGV[at])
  if redis.call('ZCARD', KEYS[i]) ~= count then return 0 end
  for j = at + 1, at + count do
    if not redis.call('ZSCORE', KEYS[i], ARGV[j]) then return 0 end
  end
  at = at + count + 1
  fresh[i] = {}
  for j = at + 1, at + tonumber(ARGV[at]) do table.insert(fresh[i], ARGV[j]) end
  at = at + #fresh[i] + 1
end
redis.call('SET', KEYS[1], ARGV[2], 'KEEPTTL')
for i = 2, #KEYS do
  local lives = redis.call('PTTL', KEYS[i])
  redis.call('DEL', KEYS[i])
  for _, pseudonym in ipairs(fresh[i]) do redis.call('ZADD', KEYS[i], 0, pseudonym) end
  if lives > 0 then redis.call('PEXPIRE', KEYS[i], lives) end
end
return 1
