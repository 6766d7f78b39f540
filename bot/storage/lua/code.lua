-- Look a join code up, unless the person has tried too many wrong ones.
-- KEYS: 1 code, 2 the person's wrong tries
-- ARGV: 1 most wrong tries, 2 seconds in which they count
-- Returns {'often'}, or {'found', the session} or {'unknown'}.
if tonumber(redis.call('GET', KEYS[2]) or 0) >= tonumber(ARGV[1]) then return {'often'} end
local session = redis.call('GET', KEYS[1])
if session then return {'found', session} end
redis.call('INCR', KEYS[2])
redis.call('EXPIRE', KEYS[2], ARGV[2])
return {'unknown'}
