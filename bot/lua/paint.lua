-- Take on the drawing of a card, where it lags behind and nobody draws it.
-- KEYS: 1 paint, 2 lease
-- ARGV: 1 token, 2 milliseconds of a lease, 3 the card's place
-- Returns 1, or 0 where there is nothing to draw, or 2 where another process draws it.
local marks = redis.call('HMGET', KEYS[1], 'want', 'drawn ' .. ARGV[3])
if not marks[1] or tonumber(marks[2] or -1) >= tonumber(marks[1]) then return 0 end
if redis.call('SET', KEYS[2], ARGV[1], 'NX', 'PX', ARGV[2]) then return 1 end
return 2
