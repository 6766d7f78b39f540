-- What a key holds, and a digest by which a change since is noticed.
-- KEYS: 1 key
-- Returns {its type, the digest, all that it holds: a list of one value, of fields and values, of members, or of
-- members and scores}.
local kind = redis.call('TYPE', KEYS[1]).ok
if kind == 'none' then return {kind, '', {}} end
local digest, held = redis.sha1hex(redis.call('DUMP', KEYS[1])), {}
if kind == 'string' then held = {redis.call('GET', KEYS[1])}
elseif kind == 'hash' then held = redis.call('HGETALL', KEYS[1])
elseif kind == 'set' then held = redis.call('SMEMBERS', KEYS[1])
elseif kind == 'zset' then held = redis.call('ZRANGE', KEYS[1], 0, -1, 'WITHSCORES')
elseif kind == 'list' then held = redis.call('LRANGE', KEYS[1], 0, -1) end
return {kind, digest, held}
