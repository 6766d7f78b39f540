-- A live session as it stands, in one round trip, whatever number of people take part.
-- KEYS: 1 session, 2 gate, 3 cards, idempotency keys…
-- ARGV: 1 key prefix of tallies (of the same partition, hence of the same slot)
-- Returns {version or false, state or false, tally as a flat list, cards as a flat list, 1 if seen else 0}.
local state = redis.call('HMGET', KEYS[1], 'v', 's')
local tally = redis.call('HGET', KEYS[2], 'tally')
local seen = 0
for i = 4, #KEYS do
  if redis.call('EXISTS', KEYS[i]) == 1 then seen = 1 end
end
return {state[1], state[2], tally and redis.call('HGETALL', ARGV[1] .. tally) or {},
        redis.call('HGETALL', KEYS[3]), seen}
