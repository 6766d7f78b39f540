-- Keep what a platform told of a person, unless they have been forgotten since it was asked for.
-- KEYS: 1 profile, 2 when they were last forgotten
-- ARGV: 1 when the look-up was asked for (seconds), 2 seconds to keep the profile, then field, value…
-- Returns 1 where it was kept.
if tonumber(redis.call('HGET', KEYS[2], 'v') or -1) >= tonumber(ARGV[1]) then return 0 end
redis.call('HSET', KEYS[1], unpack(ARGV, 3))
redis.call('EXPIRE', KEYS[1], ARGV[2])
return 1
