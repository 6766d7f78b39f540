-- All that is stored about a person, in one round trip.
-- KEYS: traces
-- ARGV: 1 now (seconds); traces that ended before it are dropped
-- Returns {key, value, key, value, …}; a conversation's value is its state. Keys share the partition's slot.
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', '(' .. ARGV[1])
local found = {}
for _, key in ipairs(redis.call('ZRANGE', KEYS[1], 0, -1)) do
  local kind = redis.call('TYPE', key).ok
  local value = false
  if kind == 'string' then value = redis.call('GET', key)
  elseif kind == 'hash' then value = redis.call('HGET', key, 's')
  elseif kind == 'list' then value = redis.call('LINDEX', key, 0) end
  if value then
    found[#found + 1] = key
    found[#found + 1] = value
  end
end
return found
