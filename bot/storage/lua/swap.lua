-- Put another value in the place of one in a list, wherever it stands by now.
-- KEYS: 1 list
-- ARGV: 1 the value, 2 the one in its place
-- Returns 1 where it was there.
local at = redis.call('LPOS', KEYS[1], ARGV[1])
if not at then return 0 end
redis.call('LSET', KEYS[1], at, ARGV[2])
return 1
