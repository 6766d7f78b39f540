-- Change a key as long as it is as it was seen, and let it be found under another name, joined with what is there.
-- KEYS: 1 key, 2 its name from now on (the same for none)
-- ARGV: 1 the digest (peek.lua), then commands, each as its length and its words…
-- Returns 0 where it has changed since. Both keys share the partition's slot.
if redis.call('EXISTS', KEYS[1]) == 0 or redis.sha1hex(redis.call('DUMP', KEYS[1])) ~= ARGV[1] then return 0 end
local at, lives = 2, redis.call('PTTL', KEYS[1])
while at <= #ARGV do
  local words = tonumber(ARGV[at])
  redis.call(unpack(ARGV, at + 1, at + words))
  at = at + words + 1
end
-- What was emptied on the way has lost its end.
if lives > 0 then redis.call('PEXPIRE', KEYS[1], lives) end
if KEYS[1] == KEYS[2] then return 1 end
if redis.call('EXISTS', KEYS[2]) == 0 then
  redis.call('RENAME', KEYS[1], KEYS[2])
  return 1
end
local kind = redis.call('TYPE', KEYS[1]).ok
lives = redis.call('PTTL', KEYS[2])
-- Of a state with a version there can be but one: the one that is in use.
if kind == 'hash' and redis.call('HEXISTS', KEYS[1], 's') == 0 then
  local held = redis.call('HGETALL', KEYS[1])
  for i = 1, #held, 2 do redis.call('HSETNX', KEYS[2], held[i], held[i + 1]) end
elseif kind == 'set' then redis.call('SUNIONSTORE', KEYS[2], KEYS[2], KEYS[1])
elseif kind == 'zset' then redis.call('ZUNIONSTORE', KEYS[2], 2, KEYS[2], KEYS[1], 'AGGREGATE', 'MAX')
elseif kind == 'list' then redis.call('RPUSH', KEYS[2], unpack(redis.call('LRANGE', KEYS[1], 0, -1))) end
if lives > 0 then redis.call('PEXPIRE', KEYS[2], lives) end
redis.call('DEL', KEYS[1])
return 1
