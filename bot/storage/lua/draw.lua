-- Take on the drawing of a card, where it lags behind, nobody draws it and it has stood for long enough.
-- KEYS: 1 cards, 2 lease, 3 rest
-- ARGV: 1 token, 2 milliseconds of a lease, 3 the card's place, 4 milliseconds that a drawn card stands
-- Returns 1 to draw it, 0 to leave it (there is nothing to draw, or another process draws it), or else the
-- milliseconds that it still has to stand. A rest lasts from the beginning of a drawing, over all processes.
local cards = redis.call('HMGET', KEYS[1], 'want', 'drawn ' .. ARGV[3])
if not cards[1] or tonumber(cards[2] or -1) >= tonumber(cards[1]) then return 0 end
local rest = redis.call('PTTL', KEYS[3])
if rest > 0 then return math.max(rest, 2) end
if not redis.call('SET', KEYS[2], ARGV[1], 'NX', 'PX', ARGV[2]) then return 0 end
redis.call('SET', KEYS[3], '', 'PX', ARGV[4])
return 1
