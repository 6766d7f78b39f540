-- All forms of a live readiness check, in one round trip.
-- KEYS: 1 forms
-- ARGV: 1 key prefix of a form (of the same partition, hence of the same slot)
-- Returns {name, {field, value…}, name, {…}, …}.
local found = {}
for _, name in ipairs(redis.call('SMEMBERS', KEYS[1])) do
  found[#found + 1] = name
  found[#found + 1] = redis.call('HGETALL', ARGV[1] .. name)
end
return found
